"""What bringing in a file would do, all of it in one object, before anything is written: what a face shows and asks."""

from __future__ import annotations

from typing import Literal

import msgspec

from kring.domain.text import Sentence
from kring.imports.parsed import Clock, Parsed, Skipped

Who = Literal["participant", "moderator", "team", "unknown", "left_out"]
"""Whom a name in a file means: `team` is of the team but doesn't lead, `unknown` comes in under that name alone, what
is of somebody who is `left_out` does not come in."""


class Match(msgspec.Struct, frozen=True):
    """Whom a name in a file means, and by what that is told.

    `is_open` = somebody has to choose first, of `candidates` (codes of participants) or otherwise; `rows` are how many
    lines of the file are theirs.
    """

    label: str
    who: Who
    participant: str = ""
    """The code, of a participant."""
    why: Sentence = Sentence("")
    is_open: bool = False
    candidates: tuple[str, ...] = ()
    rows: int = 0


class Evidence(msgspec.Struct, frozen=True):
    """What says how far the clock of a file is from the session's, with every difference that it found."""

    what: Sentence
    offsets_ms: tuple[int, ...]


class Offset(msgspec.Struct, frozen=True):
    """How far the times of a file are to be moved to lie on the session's clock.

    Of a clock that counts from the beginning of a recording it is where on the session's clock that beginning lies.
    """

    ms: int
    spread_ms: int = 0
    """Between the middle half of what was found."""
    evidence: tuple[Evidence, ...] = ()


class Counts(msgspec.Struct, frozen=True):
    """How many of each a file holds; `messages` to everybody and `private` are apart, `rows` are all that come in."""

    messages: int = 0
    private: int = 0
    replies: int = 0
    reactions: int = 0
    cues: int = 0
    utterances: int = 0
    intervals: int = 0
    joins: int = 0
    answers: int = 0
    responses: int = 0
    rows: int = 0


class Landing(msgspec.Struct, frozen=True):
    """A line as it will lie on the timeline: when (epoch ms, None = without a moment), who, and what it says."""

    at_ms: int | None
    label: str
    text: str
    line: int


class Preview(msgspec.Struct, frozen=True):
    """What bringing in a file would do.

    `offset` is None where nobody can say yet where its times lie; `first` and `last` are epoch ms. `twice` says that
    this very file was brought in before; `asks` says what must be chosen before it can come in, "" = nothing.
    """

    file: str
    format: str
    clock: Clock
    parsed: Parsed
    counts: Counts
    offset: Offset | None = None
    first_ms: int | None = None
    last_ms: int | None = None
    people: tuple[Match, ...] = ()
    landings: tuple[Landing, ...] = ()
    anchors: tuple[Landing, ...] = ()
    """The turns of the log by which a recording lies, and how much later each begins than somebody is heard."""
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[Sentence, ...] = ()
    twice: Sentence | None = None
    asks: Sentence | None = None
