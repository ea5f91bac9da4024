"""Facts that happened, in the past tense; what a verb decides and what an event carries.

Times within a fact are epoch milliseconds UTC (`…_ms`); `at_ms` is when it happened, where that is said later. A kind
that this version doesn't know, or data it can't read, stays in the file as it is and changes nothing.

The types stand here as they are and not as text (`from __future__ import annotations`): of text a decoder takes four
times as long to make, and each kind that a session holds needs one before the first screen.
"""

import re
from typing import ClassVar

import msgspec

from kring.domain.plan import Plan
from kring.domain.rows import (
    CheckPhase,
    DebriefField,
    ImportClock,
    MatchedAs,
    NonverbalCode,
    NoteKind,
    NotesShown,
    ProbeKind,
    QuestionStatus,
    RecordingSource,
    Reminder,
    Righted,
    RoomsBy,
    Situation,
    SpeechSource,
    Stance,
    Status,
    SurveyKind,
    TakenAs,
    TurnChange,
    TurnKind,
    Whole,
)


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that happened.

    `meant` is of each code of somebody who was added in the session, that the fact names, the act that added them.
    """

    kind: ClassVar[str] = ""
    v: ClassVar[int] = 1  # of its shape; `upcast` reads the ones before
    undoable: ClassVar[bool] = True  # by the person who did it
    meant: tuple[tuple[str, str], ...] | msgspec.UnsetType = msgspec.UNSET  # not written where it says nothing

    @property
    def can_be_undone(self) -> bool:
        """Whether the person who did it may take it back."""
        return self.undoable


class SessionCreated(Fact, frozen=True):
    """A session file was made, on a computer in this time zone."""

    undoable: ClassVar[bool] = False
    session: str
    zone: str
    utc_offset_min: Whole


class PlanRead(Fact, frozen=True):
    """A plan was read into the session, for the first time or again.

    It names no participant: each is a fact of their own behind this one. `roster` is that of version 1.
    """

    v: ClassVar[int] = 2
    plan: Plan
    again: bool = False
    roster: "tuple[ParticipantListed, ...] | None" = None

    @property
    def can_be_undone(self) -> bool:
        """Whether the person who did it may take it back: without its first plan there is no session."""
        return self.again


class ParticipantListed(Fact, frozen=True):
    """Somebody stands on the list of participants; `consents` is what their consent was read as, per scope."""

    code: str
    name: str
    seat: Whole
    segment: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    consent: str = ""
    consents: tuple[tuple[str, bool], ...] = ()


class ParticipantUnlisted(Fact, frozen=True):
    """Somebody who was expected no longer stands on the list."""

    participant: str


class StaffJoined(Fact, frozen=True):
    """Somebody of the team opened the session."""

    undoable: ClassVar[bool] = False
    name: str
    role: str


class RoleChanged(Fact, frozen=True):
    """Somebody of the team has another role from now on: the assistant leads, or assists again."""

    undoable: ClassVar[bool] = False  # changing back is the same act
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

    at_ms: Whole | None = None


class SessionStarted(Fact, frozen=True):
    """The talk began; `passed_gates` names the checks that were open and passed on purpose."""

    passed_gates: tuple[str, ...] = ()
    at_ms: Whole | None = None


class SessionPaused(Fact, frozen=True):
    """The guide's clock was stopped."""

    at_ms: Whole | None = None


class SessionResumed(Fact, frozen=True):
    """The guide's clock went on."""

    at_ms: Whole | None = None


class PauseAdded(Fact, frozen=True):
    """The guide's clock should have stood still meanwhile."""

    started_ms: Whole
    ended_ms: Whole
    why: str = ""


class SessionEnded(Fact, frozen=True):
    """The talk was over; what was still open closed with it."""

    at_ms: Whole | None = None


class ItemOpened(Fact, frozen=True):
    """The moderator went to an item of the guide; where the group splits, nobody has the floor any more.

    `ends_rooms` = people came back for it from the rooms in which they were.
    """

    item: str
    at_ms: Whole | None = None
    why: str = ""
    ends_turn: bool = False
    ends_rooms: bool = False


class ItemSkipped(Fact, frozen=True):
    """An item was passed over on purpose."""

    item: str
    at_ms: Whole | None = None
    why: str = ""


class ItemUnskipped(Fact, frozen=True):
    """An item that was skipped belongs to the talk again."""

    item: str
    at_ms: Whole | None = None
    why: str = ""


class ItemMarkedAsked(Fact, frozen=True):
    """A question counts as asked (or not) although nobody opened it as such."""

    item: str
    asked: bool
    at_ms: Whole | None = None
    why: str = ""


class ProbeUsed(Fact, frozen=True):
    """A probe of the guide was put to the group."""

    item: str
    at_ms: Whole | None = None
    probe_kind: ProbeKind | None = None


class OwnProbeUsed(Fact, frozen=True):
    """The moderator put a probe of their own to the group."""

    text: str
    probe_kind: ProbeKind | None = None
    at_ms: Whole | None = None


class ProbeKindTold(Fact, frozen=True):
    """Somebody said of what kind a probe was that had been put to the group."""

    probe: str
    probe_kind: ProbeKind


class YieldHeard(Fact, frozen=True):
    """What a question must bring was heard."""

    item: str
    at_ms: Whole | None = None


class YieldUnheard(Fact, frozen=True):
    """What a question must bring turned out not to have been heard."""

    item: str


class InvitedToSpeak(Fact, frozen=True):
    """The moderator invited a participant to speak."""

    participant: str
    at_ms: Whole | None = None


class SentenceShown(Fact, frozen=True):
    """A sentence for a difficult moment was put on the moderator's screen."""

    situation: Situation
    text: str


class ReminderSeen(Fact, frozen=True):
    """The moderator put a reminder away."""

    reminder: Reminder


class TimeAdded(Fact, frozen=True):
    """Minutes were given to a section, or taken from it; `becomes_s` is how much it has then, by a proposal."""

    item: str
    by_s: Whole
    becomes_s: Whole | msgspec.UnsetType = msgspec.UNSET


class PacedLine(msgspec.Struct, frozen=True, gc=False):
    """How many seconds a line of the guide would have had in all, and would have by a proposal; 0 where it is skipped.

    `skipped` = it would be skipped.
    """

    item: str
    before_s: Whole
    after_s: Whole
    skipped: bool = False


class PaceDecided(Fact, frozen=True):
    """Somebody accepted or declined a proposal for the time to come; what it changes are facts behind this one.

    The expected end was `over_s` seconds behind the plan, and `still_over_s` by the proposal; below zero ahead of it.
    """

    accepted: bool
    over_s: Whole
    still_over_s: Whole = 0
    lines: tuple[PacedLine, ...] = ()


class RoomsMade(Fact, frozen=True):
    """So many rooms were opened for parts of the group, from number `first` on; who goes where are facts behind this.

    `anew` = all that were open are over; else those of the same number. `seed` is the number by which they were drawn:
    the same people and number give the same rooms. `leaders` go with the rooms, in order; "" = not known.
    """

    how: RoomsBy
    count: Whole
    first: Whole = 1
    anew: bool = False
    item: str | None = None
    leaders: tuple[str, ...] = ()
    seed: Whole | None = None


class RoomEntered(Fact, frozen=True):
    """A participant went to a room, by its number; they leave the one in which they were."""

    participant: str
    number: Whole


class RoomLed(Fact, frozen=True):
    """Somebody of the team leads a room, by its number."""

    number: Whole
    leader: str


class RoomsClosed(Fact, frozen=True):
    """Everybody came back from the rooms."""


class FloorGiven(Fact, frozen=True):
    """Somebody else has the floor: a participant, the moderator, several at once, somebody unknown, or nobody.

    `ends` is the turn that this ends where it is the end of that turn alone: somebody else may have the floor by then.
    """

    to: TurnKind
    participant: str | None = None
    at_ms: Whole | None = None
    ends: str | msgspec.UnsetType = msgspec.UNSET


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


class PlaceGiven(Fact, frozen=True):
    """A participant was put at a place of the gallery or the table, from 1; who was there took theirs."""

    participant: str
    place: Whole


class ConsentChanged(Fact, frozen=True):
    """A participant consented to something or took that back, per scope, and `how` they said so; the rest stays.

    So did `others`, each told by a fact behind this one. Who `withdraws` no longer takes part; `labels` are the names
    in files brought in that nobody matched, and that may be theirs.
    """

    participant: str
    consents: tuple[tuple[str, bool], ...]
    how: str = ""
    others: Whole = 0
    withdraws: bool = False
    labels: tuple[str, ...] = ()


class AttendanceChanged(Fact, frozen=True):
    """A participant came, went away for a moment, left …; so did `others`, each told by a fact behind this one.

    `issue` = their going away is a technical issue of this name, which ends when they are back. `reason` is theirs,
    `why` that of whoever puts it in afterwards.
    """

    participant: str
    status: Status
    reason: str = ""
    at_ms: Whole | None = None
    others: Whole = 0
    issue: str = ""
    why: str = ""


class ParticipantBriefed(Fact, frozen=True):
    """Somebody who came late, or came back, was told what was said so far."""

    participant: str


class NoteAdded(Fact, frozen=True):
    """A note was written; `at_ms` is the moment that it's about, `number` its own for good.

    `by_itself` = nobody said who spoke: it is taken from the log of that moment, also where that is put right.
    """

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
    number: Whole = 0
    by_itself: bool = False
    code: NonverbalCode | None = None


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
    drafted: bool | msgspec.UnsetType = msgspec.UNSET
    why: str = ""


class NoteHeard(Fact, frozen=True):
    """Somebody listened to what a machine had written out of a quote."""

    note: str


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


class CheckWaived(Fact, frozen=True):
    """A check does not apply: whoever has no camera needs none tested."""

    check: str


class CheckAdded(Fact, frozen=True):
    """A check was added to the checklist."""

    title: str
    phase: CheckPhase


class IssueOpened(Fact, frozen=True):
    """Something technical went wrong, for one participant or for all; `check` = a check that failed.

    Put in afterwards also until when it lasted, and why that is put in.
    """

    title: str
    participant: str | None = None
    since_ms: Whole | None = None
    check: str | None = None
    until_ms: Whole | None = None
    why: str = ""


class IssueClosed(Fact, frozen=True):
    """A technical issue was over; `minutes_lost` as people felt it, where that differs from its length."""

    issue: str
    minutes_lost: float | None = None
    at_ms: Whole | None = None


class CueSent(Fact, frozen=True):
    """A cue was slipped to the moderator; of an automatic one the value counts, its text is for other readers."""

    text: str
    automatic: bool = False
    value: str = ""


class CueSeen(Fact, frozen=True):
    """The moderator saw a cue."""

    cue: str


class ObserverQuestionAsked(Fact, frozen=True):
    """An observer put a question to the team: the actor; `question` is its own id, `number` its own for good.

    It comes once, however often it is brought.
    """

    undoable: ClassVar[bool] = False  # the observer sees it; whoever filters declines it
    question: str
    text: str
    number: Whole = 0


class ObserverQuestionFiltered(Fact, frozen=True):
    """Somebody of the team decided on the question of an observer: accepted, put to the group, declined, or new again.

    `reason` is what the observer is told.
    """

    question: str
    status: QuestionStatus
    reason: str = ""


class NotesShownToObservers(Fact, frozen=True):
    """The moderator decided which notes observers see from now on."""

    notes: NotesShown


class BackRoomTalked(Fact, frozen=True):
    """An observer, the actor, said something to the other observers, where the plan has that kept."""

    undoable: ClassVar[bool] = False
    text: str


class StimulusShown(Fact, frozen=True):
    """Stimulus material was shown or handed out; what was on is gone then, unless it came `beside` that.

    Of what is put in afterwards `until_ms` is its end; others stay as they were.
    """

    stimulus: str
    at_ms: Whole | None = None
    why: str = ""
    beside: bool = False
    until_ms: Whole | None = None


class StimulusTaken(Fact, frozen=True):
    """Stimulus material was taken away: that which is named, else all that was on."""

    stimulus: str = ""
    at_ms: Whole | None = None


class PollAsked(Fact, frozen=True):
    """A poll was put to the group: again, where its round is above 1."""

    poll: str
    round: Whole
    at_ms: Whole | None = None


class AnswerGiven(Fact, frozen=True):
    """A participant answered a poll, in one of its rounds; so did `others`, each told by a fact behind this one."""

    poll: str
    participant: str
    value: str
    at_ms: Whole | None = None
    why: str = ""
    round: Whole = 1
    others: Whole = 0


class PollCounted(Fact, frozen=True):
    """The answers of a round of a poll were counted without names; an option that isn't named was chosen by nobody."""

    poll: str
    counts: tuple[tuple[str, Whole], ...]
    at_ms: Whole | None = None
    round: Whole = 1


class StatementAdded(Fact, frozen=True):
    """A statement came up on a question; `number` is its own there for good, and gives its letter (1 = a)."""

    item: str
    text: str
    number: Whole = 0


class StatementChanged(Fact, frozen=True):
    """A statement was worded otherwise."""

    statement: str
    text: str


class StatementRemoved(Fact, frozen=True):
    """A statement was taken out; its history stays in the file."""

    statement: str


class StanceNoted(Fact, frozen=True):
    """It was seen or heard where a participant stands on a question, or on a statement there; None = not known again.

    So was it of `others`, each told by a fact behind this one.
    """

    item: str
    participant: str
    stance: Stance | None
    statement: str | None = None
    at_ms: Whole | None = None
    others: Whole = 0


class Undone(Fact, frozen=True):
    """An earlier event counts as not having happened; undoing an `undone` brings it back."""

    event: str


class RowMoved(Fact, frozen=True):
    """The begin, the end, or both of what was logged were put right; None = as it was.

    Of a visit and of attendance the end is where the next one begins; of the session only the end can be moved.
    """

    table: Righted
    row: str
    started_ms: Whole | None = None
    ended_ms: Whole | None = None
    why: str = ""


class RowReassigned(Fact, frozen=True):
    """What was logged is of something else: a visit of another item, an issue of another participant or of all."""

    table: Righted
    row: str
    to: str = ""
    why: str = ""


class RowRemoved(Fact, frozen=True):
    """What was logged had not happened; its history stays in the file."""

    table: Righted
    row: str
    why: str = ""


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
    """A code came into the codebook; `below` is the name of its theme, where that comes in with the same act."""

    name: str
    description: str = ""
    colour: str = ""
    parent: str | None = None
    below: str = ""
    why: str = ""


class CodeChanged(Fact, frozen=True, omit_defaults=True):
    """A code was corrected; what is not given stays. `below` is as in `CodeAdded`."""

    code: str
    name: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType = msgspec.UNSET
    colour: str | msgspec.UnsetType = msgspec.UNSET
    parent: str | msgspec.UnsetType | None = msgspec.UNSET
    below: str = ""
    why: str = ""


class CodeRemoved(Fact, frozen=True):
    """A code was taken out of the codebook, and with it off everything that it was on."""

    code: str


class CodeMerged(Fact, frozen=True):
    """A code went into another one, with all that it is on, each by whoever put it there."""

    code: str
    into: str
    why: str = ""


class CodeSplit(Fact, frozen=True):
    """Of a code some codings went to another one: one of the codebook (`into`), or a new one below the same theme."""

    code: str
    codings: tuple[str, ...]
    into: str | None = None
    name: str = ""
    colour: str = ""
    why: str = ""


class Coded(Fact, frozen=True):
    """Somebody put a code on a note or a turn."""

    code: str
    note: str | None = None
    turn: str | None = None


class Uncoded(Fact, frozen=True):
    """A code was taken off a note or a turn."""

    coding: str


class CodedUntil(Fact, frozen=True):
    """A coder had coded everything up to a moment, also where no code fits."""

    until_ms: Whole


class NameRuled(Fact, frozen=True):
    """Somebody decided whether a word, or words that belong together, name somebody; `open` takes that back.

    A name is that of the participant, or without one of whoever bears it. It holds at one `place`, a row as `table/id`,
    or with "" wherever the words stand.
    """

    words: str
    taken_as: TakenAs
    participant: str | None = None
    place: str = ""


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


class SummaryLineWritten(Fact, frozen=True):
    """A line of the summary for the group was written, or written anew (`line`); `note` is what it was made of.

    `number` is its own for good.
    """

    text: str
    note: str | None = None
    line: str | None = None
    number: Whole = 0


class SummaryLineRemoved(Fact, frozen=True):
    """A line was taken out of the summary; its history stays in the file."""

    line: str


class SummaryReadBack(Fact, frozen=True):
    """The summary, as it stood, was read back to the group."""

    at_ms: Whole | None = None


class SummaryAnswered(Fact, frozen=True):
    """A participant said of the summary that it is right, or what is not (`text`), of all or of one `line`."""

    participant: str
    text: str = ""
    line: str | None = None


class DebriefBegun(Fact, frozen=True):
    """The team began to look back on the talk."""


class DebriefAnswered(Fact, frozen=True):
    """Somebody of the team answered a field of the debrief; an empty answer takes theirs back."""

    field: DebriefField
    answer: str


class DebriefSkipped(Fact, frozen=True):
    """The team did not look back on the talk, on purpose, and why."""

    why: str


class RecordingStarted(Fact, frozen=True):
    """A recording began: the platform's, or kring's own, which brings its id, its device and its folder."""

    source: RecordingSource = "platform"
    recording: str = ""
    device: str = ""
    folder: str = ""
    since_ms: Whole | None = None

    @property
    def can_be_undone(self) -> bool:
        """Whether the person who did it may take it back: kring's own recorder isn't stopped by that."""
        return self.source == "platform"


class RecordingStopped(Fact, frozen=True):
    """A recording stopped, and why; kring's own is named."""

    source: RecordingSource = "platform"
    recording: str = ""
    why: str = ""
    at_ms: Whole | None = None

    @property
    def can_be_undone(self) -> bool:
        """Whether the person who did it may take it back: kring's own recorder isn't stopped by that."""
        return self.source == "platform"


class SegmentOpened(Fact, frozen=True):
    """A new file of kring's own recording was begun."""

    undoable: ClassVar[bool] = False
    recording: str
    number: Whole
    file: str
    rate: Whole
    channels: Whole
    device: str
    at_ms: Whole


class Anchored(msgspec.Struct, frozen=True, gc=False):
    """How many frames had come in at a moment of the session."""

    frames: Whole
    elapsed_us: Whole
    wall_ms: Whole
    at_ms: Whole


class SegmentAnchored(Fact, frozen=True):
    """A file of the recording was tied to the session's clock, once for each second since the last time."""

    undoable: ClassVar[bool] = False
    segment: str
    anchors: tuple[Anchored, ...]


class Voiced(msgspec.Struct, frozen=True, gc=False):
    """Somebody spoke, from a frame of a file on, and from and to in the session."""

    from_frame: Whole
    started_ms: Whole
    ended_ms: Whole


class VoiceHeard(Fact, frozen=True):
    """Somebody spoke, in the sound of one file."""

    undoable: ClassVar[bool] = False
    segment: str
    stretches: tuple[Voiced, ...]


class SegmentClosed(Fact, frozen=True):
    """A file of the recording came to its end."""

    undoable: ClassVar[bool] = False
    segment: str
    frames: Whole
    at_ms: Whole
    why: str = ""


class SegmentKept(Fact, frozen=True):
    """A file of the recording has this name, size and fingerprint from now on."""

    undoable: ClassVar[bool] = False
    segment: str
    file: str
    sha256: str
    bytes: Whole


class TurnProposal(msgspec.Struct, frozen=True, gc=False):
    """A change of the hand log, as version 1 of `turns_proposed` held them all."""

    change: TurnChange
    turn: str | None
    to: TurnKind
    participant: str | None
    started_ms: Whole
    ended_ms: Whole


class TurnsProposed(Fact, frozen=True):
    """The sound was compared with the hand log; proposals of before that nobody decided on are gone.

    Each proposal is a fact of its own behind this one, `count` of them; `proposals` are those of version 1.
    """

    v: ClassVar[int] = 2
    method: str
    count: Whole = 0
    proposals: tuple[TurnProposal, ...] = ()


class TurnProposed(Fact, frozen=True):
    """The sound suggests one change of the hand log; `turn` is None for a turn that nobody logged.

    `number` is its place among those that were proposed together, from 1.
    """

    change: TurnChange
    turn: str | None
    to: TurnKind
    participant: str | None
    started_ms: Whole
    ended_ms: Whole
    number: Whole = 0


class ProposalDecided(Fact, frozen=True):
    """Somebody accepted or declined proposed changes of the hand log."""

    proposals: tuple[str, ...]
    accepted: bool


class Utterance(msgspec.Struct, frozen=True, gc=False):
    """A stretch of speech, as version 1 of `transcript_read` held them all."""

    text: str
    started_ms: Whole
    ended_ms: Whole
    turn: str | None = None
    words: tuple[tuple[float, float, str], ...] = ()


class TranscriptRead(Fact, frozen=True):
    """A transcript was read; one of the same source before is gone.

    Each utterance is a fact of its own behind this one, `count` of them; `utterances` are those of version 1.
    """

    v: ClassVar[int] = 2
    engine: str
    language: str
    source: str = "draft"
    count: Whole = 0
    utterances: tuple[Utterance, ...] = ()


class UtteranceRead(Fact, frozen=True):
    """A stretch of speech as it was written down; `words` with begin and end in seconds on the session's clock.

    What a file says has a speaker of its own, `participant` or a `speaker_kind`; `label` is the name in that file of
    who is nobody on the list. `approximate` = its time is only near.
    """

    text: str
    started_ms: Whole
    ended_ms: Whole
    turn: str | None = None
    words: tuple[tuple[float, float, str], ...] = ()
    participant: str | None = None
    speaker_kind: TurnKind | None = None
    label: str = ""
    approximate: bool = False
    same_as: str = ""


class FileImported(Fact, frozen=True):
    """A file of another program was brought in; what of it came in are facts behind this one, one for each thing.

    `offset_ms` is how far its times were moved; of a clock that counts from a recording's beginning where on the
    session's clock that lies. `counts` says how many of each came in, `skipped` how many lines were not read, `also`
    which rows of earlier files it holds too: what stands behind it with `same_as` one of these is true where that row
    is not. `number` is that of the file, its own for good.
    """

    file: str
    format: str
    sha256: str
    clock: ImportClock
    offset_ms: Whole | None = None
    counts: tuple[tuple[str, Whole], ...] = ()
    skipped: Whole = 0
    also: tuple[str, ...] = ()
    number: Whole = 0


class NameMatched(Fact, frozen=True):
    """It was said whom a name in a file means."""

    label: str
    who: MatchedAs
    participant: str | None = None


class MessageRead(Fact, frozen=True):
    """A message of the chat stood in a file; `line` is where, by which others answer and react to it.

    `number` is that of its note, its own for good. `private_to` is to whom it was written, where not to all. `answers`
    is the note that it answers where an earlier file has that.
    """

    line: Whole
    text: str
    at_ms: Whole
    participant: str | None = None
    speaker_kind: TurnKind | None = None
    label: str = ""
    number: Whole = 0
    replies_to: Whole | None = None
    private: bool = False
    private_to: str = ""
    answers: str = ""
    same_as: str = ""


class ReactionRead(Fact, frozen=True):
    """Somebody put a sign under the message of a line, or under the note `under`, which an earlier file had too."""

    line: Whole
    sign: str
    participant: str | None = None
    label: str = ""
    under: str = ""


class SignalRead(Fact, frozen=True):
    """Somebody used a button of the meeting."""

    what: str
    at_ms: Whole
    participant: str | None = None
    label: str = ""
    same_as: str = ""


class StayRead(Fact, frozen=True):
    """Somebody was in the meeting, or in its waiting room, by the platform's list."""

    participant: str | None = None
    label: str = ""
    joined_ms: Whole | None = None
    left_ms: Whole | None = None
    lasted_s: Whole | None = None
    in_waiting_room: bool = False
    role: str = ""
    same_as: str = ""


class PollAnswerRead(Fact, frozen=True):
    """Somebody answered a poll of the platform; `poll` is that of the plan which asks the same.

    `counts` = it is the answer of that participant to that poll, in that round.
    """

    question: str
    value: str
    poll: str | None = None
    round: Whole = 1
    counts: bool = False
    participant: str | None = None
    label: str = ""
    at_ms: Whole | None = None
    same_as: str = ""


class SurveyQuestionRead(Fact, frozen=True):
    """A survey asked this; `position` is its place among the questions of its file, from 1."""

    position: Whole
    name: str
    title: str
    question_kind: SurveyKind


class SurveyResponseRead(Fact, frozen=True):
    """One respondent filled in a survey: answers with the position of their question.

    `told_by_file` is the participant whom a column of the file names, for a withdrawal to find the answers.
    """

    respondent: Whole
    answers: tuple[tuple[Whole, str], ...]
    participant: str | None = None
    complete: bool = True
    test: bool = False
    told_by_file: str = ""


class FileAttached(Fact, frozen=True):
    """A file is kept in the session file as it is; its bytes lie beside the events, by their checksum."""

    name: str
    media_type: str
    sha256: str
    bytes: Whole
    at_ms: Whole | None = None


class SoundRead(Fact, frozen=True):
    """A stretch of a recording of another program lies on the session's clock, as a file of one channel beside ours.

    `number` is its place in that recording, from 1: another one begins where it was paused. `at_ms` is the moment of
    its first frame.
    """

    number: Whole
    file: str
    rate: Whole
    frames: Whole
    at_ms: Whole
    sha256: str
    bytes: Whole


class FileTakenOut(Fact, frozen=True):
    """What was brought in from a file was taken out again; its history stays in the file.

    What `stays`, so many rows, another file holds too.
    """

    import_id: str
    why: str = ""
    stays: Whole = 0


class ImportShifted(Fact, frozen=True):
    """The times of all that was brought in from a file were moved."""

    import_id: str
    by_ms: Whole
    why: str = ""


class FileErased(Fact, frozen=True):
    """The bytes of a file that was kept were erased; what came in of it stays, and the bytes never come back."""

    undoable: ClassVar[bool] = False
    sha256: str


class SpeechSourceChosen(Fact, frozen=True):
    """A researcher chose whose turns the report counts: those of the log, or those of a transcript."""

    source: SpeechSource
    why: str = ""


def _kind(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


KINDS: dict[str, type[Fact]] = {}
for _fact in Fact.__subclasses__():
    _fact.kind = _kind(_fact.__name__)
    KINDS[_fact.kind] = _fact

encode = msgspec.json.Encoder(enc_hook=int).encode  # a moment that came out of a row is a whole number
