"""What is true of a session while people talk: guide, people, turns, notes, checks."""

from __future__ import annotations

from typing import ClassVar

from kring.domain.rows.base import CheckPhase, GuideKind, Moment, NoteKind, Phase, QuestionKind, Row, Status, TurnKind


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


class StaffRow(Row, frozen=True, kw_only=True):
    """Somebody of the team who worked in this file."""

    TABLE: ClassVar[str] = "staff"
    name: str
    role: str
    joined_at: Moment


class MetaRow(Row, frozen=True, kw_only=True):
    """What the file knows of itself, such as the anchor of its clock."""

    TABLE: ClassVar[str] = "meta"
    value: str
