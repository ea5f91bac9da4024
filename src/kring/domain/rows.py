"""What is true now: one frozen struct is one table, its fields are the columns.

A row's values go into the file as they are: a `Moment` as ISO text, a tuple as a JSON array (`store/values.py`).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

NoteKind = Literal["quote", "paraphrase", "remark", "nonverbal", "summary", "mark"]
TurnKind = Literal["participant", "moderator", "crosstalk", "unknown", "silence"]
Status = Literal["expected", "waiting", "present", "away", "left", "no_show"]
Phase = Literal["prepared", "lobby", "live", "ended"]
GuideKind = Literal[
    "section", "break", "question", "probe", "instruction", "stimulus", "poll", "activity", "breakout", "note"
]
QuestionKind = Literal["opening", "introductory", "transition", "key", "ending"]
CheckPhase = Literal["week_before", "half_hour_before", "start", "during", "break", "after"]
RecordingSource = Literal["platform", "kring"]
TurnChange = Literal["move", "reassign", "add", "remove"]


class Moment(int):
    """A point in time: epoch milliseconds UTC."""


FIRST_MS = -62_135_596_800_000  # year 1
LAST_MS = 253_402_300_799_999  # year 9999
Whole = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]  # what a file's column can hold


# rows, facts and events hold no cycles: with gc=False the collector need not walk through thousands of them
class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row of one table; `id` is the same in memory, in the file and on every laptop."""

    TABLE: ClassVar[str]
    id: str


class SessionRow(Row, frozen=True, kw_only=True):
    """The session itself; one row a file."""

    TABLE: ClassVar[str] = "session"
    title: str = ""
    objective: str = ""
    study: str = ""
    group_number: str = ""
    language: str | None = None
    form: str | None = None
    planned_start: str | None = None
    planned_min: float | None = None
    platform: str = ""
    link: str = ""
    assistant_phone: str = ""
    moderator: str = ""
    assistant: str = ""
    plan_file: str = ""
    zone: str = ""
    utc_offset_min: int = 0
    phase: Phase = "prepared"
    created_at: Moment | None = None
    doors_at: Moment | None = None
    started_at: Moment | None = None
    ended_at: Moment | None = None
    passed_gates: tuple[str, ...] = ()
    open_visit: str | None = None
    open_turn: str | None = None
    open_pause: str | None = None
    open_recording: str | None = None
    open_own_recording: str | None = None


class StaffRow(Row, frozen=True, kw_only=True):
    """Somebody of the team who worked in this file."""

    TABLE: ClassVar[str] = "staff"
    name: str
    role: str
    joined_at: Moment


class GuideRow(Row, frozen=True, kw_only=True):
    """One line of the discussion guide: a section, a question, a probe …"""

    TABLE: ClassVar[str] = "guide"
    parent: str | None = None
    position: int = 0
    number: str = ""
    kind: GuideKind = "note"
    title: str = ""
    question_kind: QuestionKind | None = None
    must_ask: bool = False
    planned_s: int | None = None
    planned_low_s: int | None = None
    added_s: int = 0
    until: str | None = None
    warn_s: int | None = None
    options: tuple[str, ...] = ()
    label: str | None = None
    file: str | None = None
    url: str | None = None
    asked_at: Moment | None = None
    used_at: Moment | None = None
    skipped_at: Moment | None = None
    removed_at: Moment | None = None


class ParticipantRow(Row, frozen=True, kw_only=True):
    """One participant; `id` is the code (P1), `seat` the key."""

    TABLE: ClassVar[str] = "participants"
    name: str = ""
    seat: int = 0
    segment: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    consent: str = ""
    status: Status = "expected"
    status_at: Moment | None = None
    reason: str = ""
    hand_at: Moment | None = None
    on_list: bool = True
    removed_at: Moment | None = None


class VisitRow(Row, frozen=True, kw_only=True):
    """One time that an item of the guide was open."""

    TABLE: ClassVar[str] = "visits"
    item: str
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    paused_s: float = 0.0


class PauseRow(Row, frozen=True, kw_only=True):
    """A pause: the guide's clock stands still, the session's clock goes on."""

    TABLE: ClassVar[str] = "pauses"
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None


class AttendanceRow(Row, frozen=True, kw_only=True):
    """One stretch of time that a participant had one status."""

    TABLE: ClassVar[str] = "attendance"
    participant: str
    status: Status
    reason: str = ""
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None


class ConsentRow(Row, frozen=True, kw_only=True):
    """What one participant consents to, per scope, as the plan's roster says."""

    TABLE: ClassVar[str] = "consents"
    participant: str
    scope: str
    given: bool
    at: Moment


class TurnRow(Row, frozen=True, kw_only=True):
    """From start to end of one person speaking, or of a silence; `removed_at` where it turned out to be none."""

    TABLE: ClassVar[str] = "turns"
    kind: TurnKind
    participant: str | None = None
    item: str | None = None
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    logged_by: str = ""
    changed_at: Moment | None = None
    removed_at: Moment | None = None


class NoteRow(Row, frozen=True, kw_only=True):
    """One note; `kind` keeps what was said and what the note-taker thinks apart."""

    TABLE: ClassVar[str] = "notes"
    kind: NoteKind
    text: str = ""
    item: str | None = None
    participant: str | None = None
    speaker_kind: TurnKind | None = None
    tags: tuple[str, ...] = ()
    starred: bool = False
    parked: bool = False
    stub: bool = False
    at: Moment
    t: float | None = None
    author: str = ""
    role: str = ""
    written_at: Moment
    changed_at: Moment | None = None
    raised_at: Moment | None = None
    removed_at: Moment | None = None


class CheckRow(Row, frozen=True, kw_only=True):
    """One item of the controlelijst; `each` marks the pattern of which every participant gets copies.

    `recording` = it asks for a recording that runs, which ticks it.
    """

    TABLE: ClassVar[str] = "checks"
    phase: CheckPhase
    position: int = 0
    title: str = ""
    gate: bool = False
    recording: bool = False
    planned: bool = False
    each: bool = False
    parts: tuple[str, ...] = ()
    pattern: str | None = None
    participant: str | None = None
    item: str | None = None
    url: str | None = None
    done_at: Moment | None = None
    done_by: str | None = None
    removed_at: Moment | None = None


class IssueRow(Row, frozen=True, kw_only=True):
    """A technical issue, from and to, with the question that was running."""

    TABLE: ClassVar[str] = "issues"
    title: str
    participant: str | None = None
    item: str | None = None
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    minutes_lost: float | None = None
    logged_by: str = ""


class CueRow(Row, frozen=True, kw_only=True):
    """A private message to the moderator."""

    TABLE: ClassVar[str] = "cues"
    text: str
    value: str = ""
    sender: str = ""
    automatic: bool = False
    at: Moment
    t: float | None = None
    seen_at: Moment | None = None
    seen_by: str | None = None


class StimulusRow(Row, frozen=True, kw_only=True):
    """What is shown or handed out, and when that was done first."""

    TABLE: ClassVar[str] = "stimuli"
    item: str | None = None
    label: str = ""
    title: str = ""
    file: str | None = None
    shown_at: Moment | None = None
    t: float | None = None
    removed_at: Moment | None = None


class PollRow(Row, frozen=True, kw_only=True):
    """A poll of the plan."""

    TABLE: ClassVar[str] = "polls"
    item: str | None = None
    title: str = ""
    options: tuple[str, ...] = ()
    removed_at: Moment | None = None


class AnswerRow(Row, frozen=True, kw_only=True):
    """One participant's answer to one poll; the last one given counts."""

    TABLE: ClassVar[str] = "answers"
    poll: str
    participant: str
    value: str
    at: Moment
    t: float | None = None


class RecordingRow(Row, frozen=True, kw_only=True):
    """A stretch of the session that is recorded, by the platform or by kring itself; `why` it ended."""

    TABLE: ClassVar[str] = "recordings"
    source: str
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    device: str = ""
    folder: str = ""
    why: str = ""


class SegmentRow(Row, frozen=True, kw_only=True):
    """One file of kring's own recording; `id` is the recording's with the number behind it.

    `file` is relative to the folder of the session file; `sha256` and `bytes` are those of the file that is kept.
    """

    TABLE: ClassVar[str] = "segments"
    recording: str
    number: int
    file: str
    rate: int
    channels: int
    device: str = ""
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    frames: int | None = None
    why: str = ""
    sha256: str = ""
    bytes: int | None = None


class AnchorRow(Row, frozen=True, kw_only=True):
    """How many frames of a segment had come in at a moment: `elapsed_us` since the computer started."""

    TABLE: ClassVar[str] = "anchors"
    segment: str
    frames: int
    elapsed_us: int
    wall_ms: int
    at: Moment
    t: float | None = None


class VoiceRow(Row, frozen=True, kw_only=True):
    """A stretch of sound in which somebody speaks, whoever it is."""

    TABLE: ClassVar[str] = "voice"
    segment: str
    started_at: Moment
    ended_at: Moment
    t: float | None = None
    duration_s: float


class TurnProposalRow(Row, frozen=True, kw_only=True):
    """A change of the hand log that the sound suggests; nothing changes before somebody accepts it."""

    TABLE: ClassVar[str] = "turn_proposals"
    change: TurnChange
    turn: str | None = None
    kind: TurnKind
    participant: str | None = None
    started_at: Moment
    ended_at: Moment
    t: float | None = None
    duration_s: float
    method: str = ""
    decided_at: Moment | None = None
    decided_by: str | None = None
    accepted: bool | None = None
    removed_at: Moment | None = None


class TranscriptRow(Row, frozen=True, kw_only=True):
    """A stretch of speech as a machine wrote it down, a draft; `words` with begin and end on the session's clock."""

    TABLE: ClassVar[str] = "transcript"
    turn: str | None = None
    participant: str | None = None
    speaker_kind: TurnKind | None = None
    text: str
    words: tuple[tuple[float, float, str], ...] = ()
    language: str = ""
    engine: str = ""
    started_at: Moment
    ended_at: Moment
    t: float | None = None
    duration_s: float
    removed_at: Moment | None = None


class CodeRow(Row, frozen=True, kw_only=True):
    """A code of the codebook; a theme is a code above others (`parent`)."""

    TABLE: ClassVar[str] = "codes"
    name: str
    description: str = ""
    colour: str = ""
    parent: str | None = None
    added_by: str = ""
    added_at: Moment
    removed_at: Moment | None = None


class CodingRow(Row, frozen=True, kw_only=True):
    """One coder's code on one note or one turn."""

    TABLE: ClassVar[str] = "codings"
    code: str
    note: str | None = None
    turn: str | None = None
    coder: str = ""
    at: Moment
    removed_at: Moment | None = None


class MemoRow(Row, frozen=True, kw_only=True):
    """What a researcher thinks of a note, a turn, a code, or of the session as a whole."""

    TABLE: ClassVar[str] = "memos"
    text: str
    note: str | None = None
    turn: str | None = None
    code: str | None = None
    author: str = ""
    at: Moment
    changed_at: Moment | None = None
    removed_at: Moment | None = None


class TurnJudgementRow(Row, frozen=True, kw_only=True):
    """Whom a second coder hears in a turn, beside what the log says; `id` is the turn's with the coder behind it."""

    TABLE: ClassVar[str] = "turn_judgements"
    turn: str
    coder: str
    kind: TurnKind
    participant: str | None = None
    at: Moment


class CoreqRow(Row, frozen=True, kw_only=True):
    """The researcher's answer to one item of COREQ; `id` is the item's number."""

    TABLE: ClassVar[str] = "coreq"
    answer: str
    answered_by: str = ""
    answered_at: Moment


class MetaRow(Row, frozen=True, kw_only=True):
    """What the file knows of itself, such as the anchor of its clock."""

    TABLE: ClassVar[str] = "meta"
    value: str


# in the order above, which is that of the tables in a file
ROWS: tuple[type[Row], ...] = tuple(Row.__subclasses__())
