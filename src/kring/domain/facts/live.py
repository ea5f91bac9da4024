"""What happens while a session is prepared and people talk."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from kring.domain.facts.base import Fact
from kring.domain.plan import Plan
from kring.domain.rows import CheckPhase, NoteKind, Status, TurnKind, Whole


class SessionCreated(Fact, frozen=True):
    """A session file was made, on a computer in this time zone."""

    undoable: ClassVar[bool] = False
    session: str
    zone: str
    utc_offset_min: Whole


class PlanRead(Fact, frozen=True):
    """A plan was read into the session, for the first time or again."""

    undoable: ClassVar[bool] = False
    plan: Plan
    text: str


class StaffJoined(Fact, frozen=True):
    """Somebody of the team opened the session."""

    undoable: ClassVar[bool] = False
    name: str
    role: str


class ClockAnchored(Fact, frozen=True):
    """The session's clock was tied to wall time: `wall_ms` when `elapsed_ms` had passed since this boot.

    `awake_ms` of those the computer was not asleep.
    """

    undoable: ClassVar[bool] = False
    boot: str
    wall_ms: Whole
    elapsed_ms: Whole
    awake_ms: Whole


class WallClockMoved(Fact, frozen=True):
    """The computer's wall clock walked away from the session's clock."""

    undoable: ClassVar[bool] = False
    by_ms: Whole


class ComputerSlept(Fact, frozen=True):
    """The computer was asleep for a while; the session's clock went on."""

    undoable: ClassVar[bool] = False
    slept_ms: Whole


class DoorsOpened(Fact, frozen=True):
    """The waiting room opened: people may come in, nothing is asked yet."""


class SessionStarted(Fact, frozen=True):
    """The talk began; `passed_gates` names the checks that were open and passed on purpose."""

    passed_gates: tuple[str, ...] = ()


class SessionPaused(Fact, frozen=True):
    """The guide's clock was stopped."""


class SessionResumed(Fact, frozen=True):
    """The guide's clock went on."""


class SessionEnded(Fact, frozen=True):
    """The talk was over; what was still open closed with it."""


class ItemOpened(Fact, frozen=True):
    """The moderator went to an item of the guide."""

    item: str


class ItemSkipped(Fact, frozen=True):
    """An item was passed over on purpose."""

    item: str


class ItemUnskipped(Fact, frozen=True):
    """An item that was skipped belongs to the talk again."""

    item: str


class ItemMarkedAsked(Fact, frozen=True):
    """A question counts as asked (or not) although nobody opened it as such."""

    item: str
    asked: bool


class ProbeUsed(Fact, frozen=True):
    """A probe was put to the group."""

    item: str


class TimeAdded(Fact, frozen=True):
    """Minutes were given to a section, or taken from it."""

    item: str
    by_s: Whole


class FloorGiven(Fact, frozen=True):
    """Somebody else has the floor: a participant, the moderator, several at once, somebody unknown, or nobody."""

    to: TurnKind
    participant: str | None = None


class TurnNamed(Fact, frozen=True):
    """The speaker of a turn was told, or corrected."""

    turn: str
    to: TurnKind
    participant: str | None = None
    why: str = ""


class HandRaised(Fact, frozen=True):
    """A participant asked for the floor."""

    participant: str


class HandLowered(Fact, frozen=True):
    """A participant no longer asks for the floor."""

    participant: str


class ParticipantAdded(Fact, frozen=True):
    """Somebody who was not on the list joined."""

    code: str
    name: str
    seat: Whole
    segment: str = ""


class ParticipantChanged(Fact, frozen=True):
    """A participant's name or segment was corrected."""

    participant: str
    name: str | None = None
    segment: str | None = None


class AttendanceChanged(Fact, frozen=True):
    """A participant came, went away for a moment, left …"""

    participant: str
    status: Status
    reason: str = ""


class NoteAdded(Fact, frozen=True):
    """A note was written; `at_ms` is the moment that it's about."""

    note_kind: NoteKind
    text: str
    at_ms: Whole
    item: str | None = None
    participant: str | None = None
    speaker_kind: TurnKind | None = None
    tags: tuple[str, ...] = ()
    starred: bool = False
    parked: bool = False
    stub: bool = False


class NoteChanged(Fact, frozen=True, omit_defaults=True):
    """A note was corrected; what is not given stays."""

    note: str
    note_kind: NoteKind | msgspec.UnsetType = msgspec.UNSET
    text: str | msgspec.UnsetType = msgspec.UNSET
    at_ms: Whole | msgspec.UnsetType = msgspec.UNSET
    item: str | msgspec.UnsetType | None = msgspec.UNSET
    participant: str | msgspec.UnsetType | None = msgspec.UNSET
    speaker_kind: TurnKind | msgspec.UnsetType | None = msgspec.UNSET
    tags: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    starred: bool | msgspec.UnsetType = msgspec.UNSET
    parked: bool | msgspec.UnsetType = msgspec.UNSET
    stub: bool | msgspec.UnsetType = msgspec.UNSET
    why: str = ""


class NoteRaised(Fact, frozen=True):
    """A question parked for later was put to the group."""

    note: str


class NoteRemoved(Fact, frozen=True):
    """A note was taken out; its history stays in the file."""

    note: str
    why: str = ""


class CheckTicked(Fact, frozen=True):
    """A check was done."""

    check: str


class CheckUnticked(Fact, frozen=True):
    """A check turned out not to be done."""

    check: str


class CheckAdded(Fact, frozen=True):
    """A check was added to the controlelijst."""

    title: str
    phase: CheckPhase


class IssueOpened(Fact, frozen=True):
    """Something technical went wrong, for one participant or for all."""

    title: str
    participant: str | None = None
    since_ms: Whole | None = None


class IssueClosed(Fact, frozen=True):
    """A technical issue was over; `minutes_lost` as people felt it, where that differs from its length."""

    issue: str
    minutes_lost: float | None = None


class CueSent(Fact, frozen=True):
    """A cue was slipped to the moderator; of an automatic one the value counts, its text is for other readers."""

    text: str
    automatic: bool = False
    value: str = ""


class CueSeen(Fact, frozen=True):
    """The moderator saw a cue."""

    cue: str


class StimulusShown(Fact, frozen=True):
    """Stimulus material was shown or handed out."""

    stimulus: str


class AnswerGiven(Fact, frozen=True):
    """A participant answered a poll."""

    poll: str
    participant: str
    value: str


class Undone(Fact, frozen=True):
    """An earlier event counts as not having happened; undoing an `undone` brings it back."""

    event: str
