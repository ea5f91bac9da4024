"""The state: every row that is true now, sharing what did not change with the state before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from kring.domain import rows as r
from kring.domain.shared_rows import Rows
from kring.domain.tally import Tally

R = TypeVar("R", bound=r.Row)
Tables = dict[str, Rows[r.Row]]


class Table(Generic[R]):
    """One table of a state, by its own name and with rows of its own type."""

    __slots__ = ("_name",)

    def __init__(self, row_type: type[R]) -> None:
        self._name = row_type.TABLE

    def __get__(self, state: State, owner: type[State]) -> Rows[R]:
        return state.tables[self._name]  # type: ignore[return-value]


class State:
    """All tables at one moment; frozen by custom and compared by identity: `put` returns another one.

    Rows stand by their id, in order of arrival; those with a `removed_at` too. `last_note` is the highest number that a
    note has.
    """

    __slots__ = ("_own", "_session", "_tally", "last_note", "tables")

    _sessions = Table(r.SessionRow)
    staff = Table(r.StaffRow)
    guide = Table(r.GuideRow)
    visits = Table(r.VisitRow)
    pauses = Table(r.PauseRow)
    participants = Table(r.ParticipantRow)
    attendance = Table(r.AttendanceRow)
    consents = Table(r.ConsentRow)
    turns = Table(r.TurnRow)
    notes = Table(r.NoteRow)
    checks = Table(r.CheckRow)
    issues = Table(r.IssueRow)
    cues = Table(r.CueRow)
    stimuli = Table(r.StimulusRow)
    polls = Table(r.PollRow)
    answers = Table(r.AnswerRow)
    recordings = Table(r.RecordingRow)
    segments = Table(r.SegmentRow)
    anchors = Table(r.AnchorRow)
    voice = Table(r.VoiceRow)
    turn_proposals = Table(r.TurnProposalRow)
    imports = Table(r.ImportRow)
    transcript = Table(r.TranscriptRow)
    codes = Table(r.CodeRow)
    codings = Table(r.CodingRow)
    memos = Table(r.MemoRow)
    turn_judgements = Table(r.TurnJudgementRow)
    coreq = Table(r.CoreqRow)
    devices = Table(r.DeviceRow)

    def __init__(self, tables: Tables, tally: Tally, last_note: int = 0) -> None:
        self.tables = tables
        self.last_note = last_note
        self._tally = tally
        self._session: r.SessionRow | None = None
        self._own: set[str] = set()

    def put(self, rows: Iterable[r.Row]) -> State:
        """Return the state in which these rows are true."""
        draft = self.draft()
        draft.settle(rows)
        return draft.finished()

    def draft(self) -> State:
        """Return a copy for `settle` to work on; what that changes becomes the copy's own."""
        return State(self.tables.copy(), self._tally, self.last_note)

    def settle(self, rows: Iterable[r.Row]) -> None:
        """Put rows into this very state; only for a draft that nobody else has seen."""
        for row in rows:
            name = row.TABLE
            table = self.tables[name]
            if name not in self._own:
                self._own.add(name)
                table = self.tables[name] = table.draft()
            if type(row) is r.TurnRow:
                self._tally = self._tally.after(self.turns.get(row.id), row)
            elif type(row) is r.NoteRow:
                self.last_note = max(self.last_note, row.number)
            elif type(row) is r.SessionRow:
                self._session = None
            table.put(row)

    def finished(self) -> State:
        """Return this draft as a state that never changes again."""
        for name in self._own:
            self.tables[name].finish()
        self._own.clear()
        return self

    @property
    def tally(self) -> Tally:
        """Return the sums of the turns that ended."""
        if self._tally.stale:
            self._tally = self._tally.settled(self.turns)
        return self._tally

    @property
    def session(self) -> r.SessionRow:
        """Return the session's row, or an empty one while there is none."""
        if self._session is None:
            self._session = next(iter(self._sessions.values()), NO_SESSION)
        return self._session

    @property
    def alive_turns(self) -> list[r.TurnRow]:
        """Return the turns that count, in order of arrival."""
        return [turn for turn in self.turns.values() if turn.removed_at is None]

    @property
    def open_turn(self) -> r.TurnRow | None:
        """Return the turn that is running."""
        return self.turns.get(self.session.open_turn or "")

    @property
    def open_visit(self) -> r.VisitRow | None:
        """Return the visit that is running."""
        return self.visits.get(self.session.open_visit or "")

    @property
    def open_pause(self) -> r.PauseRow | None:
        """Return the pause that is running."""
        return self.pauses.get(self.session.open_pause or "")

    @property
    def open_recording(self) -> r.RecordingRow | None:
        """Return the platform's recording that is running."""
        return self.recordings.get(self.session.open_recording or "")

    @property
    def open_own_recording(self) -> r.RecordingRow | None:
        """Return kring's own recording that is running, on whichever computer."""
        return next((one for name in self.devices if (one := self.own_recording_on(name)) is not None), None)

    def own_recording_on(self, device: str) -> r.RecordingRow | None:
        """Return kring's own recording that is running on a computer."""
        row = self.devices.get(device)
        return self.recordings.get(row.open_recording or "") if row else None

    @property
    def current_item(self) -> r.GuideRow | None:
        """Return the guide item that is open."""
        visit = self.open_visit
        return self.guide.get(visit.item) if visit else None


NO_SESSION = r.SessionRow(id="")
EMPTY = State({row_type.TABLE: Rows() for row_type in r.ROWS}, Tally())
