"""The state: every row that is true now, sharing what did not change with the state before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from kring.domain import rows as r
from kring.domain.tally import Tally

R = TypeVar("R", bound=r.Row)
Tables = dict[str, dict[str, r.Row]]


class Table(Generic[R]):
    """One table of a state, by its own name and with rows of its own type."""

    __slots__ = ("_name",)

    def __init__(self, row_type: type[R]) -> None:
        self._name = row_type.TABLE

    def __get__(self, state: State, owner: type[State]) -> dict[str, R]:
        return state.tables[self._name]  # type: ignore[return-value]


class State:
    """All tables at one moment; frozen by custom and compared by identity: `put` returns another one.

    Rows stand by their id, in order of arrival; those with a `removed_at` too.
    """

    __slots__ = ("tables", "tally")

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

    def __init__(self, tables: Tables, tally: Tally) -> None:
        self.tables = tables
        self.tally = tally

    def put(self, rows: Iterable[r.Row]) -> State:
        """Return the state in which these rows are true."""
        rows = list(rows)
        tables = dict(self.tables)
        for name in {row.TABLE for row in rows}:
            tables[name] = tables[name].copy()
        state = State(tables, self.tally)
        state.settle(rows)
        return state

    def draft(self) -> State:
        """Return a copy that shares no table, for `settle` to work on."""
        return State({name: table.copy() for name, table in self.tables.items()}, self.tally)

    def settle(self, rows: Iterable[r.Row]) -> None:
        """Put rows into this very state; only for a draft that nobody else has seen."""
        for row in rows:
            if type(row) is r.TurnRow:
                turns = self.turns
                before = turns.get(row.id)
                turns[row.id] = row
                self.tally = self.tally.after(before, row, turns)
            else:
                self.tables[row.TABLE][row.id] = row
                if type(row) is r.NoteRow and row.number > self.tally.last_note:
                    self.tally = self.tally._replace(last_note=row.number)

    @property
    def session(self) -> r.SessionRow:
        """Return the session's row, or an empty one while there is none."""
        for row in self.tables["session"].values():
            assert isinstance(row, r.SessionRow)
            return row
        return NO_SESSION

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
EMPTY = State({row_type.TABLE: {} for row_type in r.ROWS}, Tally())
