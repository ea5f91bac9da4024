"""What researchers do afterwards: they correct the log with a reason, code it, judge it again and answer COREQ."""

from __future__ import annotations

import msgspec

from kring.domain.facts.base import Fact
from kring.domain.rows import TurnKind, Whole


class TurnMoved(Fact, frozen=True):
    """The begin or end of a turn was corrected."""

    turn: str
    started_ms: Whole
    ended_ms: Whole
    why: str = ""


class TurnSplit(Fact, frozen=True):
    """A turn turned out to be two: from `at_ms` on somebody else speaks."""

    turn: str
    at_ms: Whole
    to: TurnKind
    participant: str | None = None
    why: str = ""


class TurnsMerged(Fact, frozen=True):
    """Two turns turned out to be one; it keeps the speaker of the first."""

    turn: str
    other: str
    why: str = ""


class TurnAdded(Fact, frozen=True):
    """A turn that nobody logged was put in."""

    to: TurnKind
    started_ms: Whole
    ended_ms: Whole
    participant: str | None = None
    why: str = ""


class TurnRemoved(Fact, frozen=True):
    """A turn was taken out: nobody spoke; its history stays in the file."""

    turn: str
    why: str = ""


class TurnJudged(Fact, frozen=True):
    """A second coder said who speaks in a turn; the log stays as it is."""

    turn: str
    to: TurnKind
    participant: str | None = None


class CodeAdded(Fact, frozen=True):
    """A code came into the codebook."""

    name: str
    description: str = ""
    colour: str = ""
    parent: str | None = None


class CodeChanged(Fact, frozen=True, omit_defaults=True):
    """A code was corrected; what is not given stays."""

    code: str
    name: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType = msgspec.UNSET
    colour: str | msgspec.UnsetType = msgspec.UNSET
    parent: str | msgspec.UnsetType | None = msgspec.UNSET


class CodeRemoved(Fact, frozen=True):
    """A code was taken out of the codebook, and with it off everything that it was on."""

    code: str


class Coded(Fact, frozen=True):
    """Somebody put a code on a note or a turn."""

    code: str
    note: str | None = None
    turn: str | None = None


class Uncoded(Fact, frozen=True):
    """A code was taken off a note or a turn."""

    coding: str


class MemoWritten(Fact, frozen=True):
    """A memo was written on a note, a turn, a code or the session, or written anew (`memo`)."""

    text: str
    note: str | None = None
    turn: str | None = None
    code: str | None = None
    memo: str | None = None


class MemoRemoved(Fact, frozen=True):
    """A memo was taken out; its history stays in the file."""

    memo: str


class CoreqAnswered(Fact, frozen=True):
    """A researcher answered an item of COREQ; an empty answer takes it back."""

    item: Whole
    answer: str
