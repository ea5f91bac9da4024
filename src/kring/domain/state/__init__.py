"""The state: every row that is true now, sharing what did not change with the state before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar, cast

from kring.domain import rows as r
from kring.domain.state.row_table import Rows

R = TypeVar("R", bound=r.Row)
Tables = dict[str, Rows[r.Row]]


class Table(Generic[R]):
    """One table of a state, by its own name and with rows of its own type."""

    __slots__ = ("_name",)

    def __init__(self, row_type: type[R]) -> None:
        self._name = row_type.TABLE

    def __get__(self, state: State, owner: type[State]) -> Rows[R]:
        return state.tables[self._name]  # type: ignore[return-value]


class Standing(Table[R]):
    """One table of a state without what was taken out of it; `tables` has that too."""

    __slots__ = ()

    def __get__(self, state: State, owner: type[State]) -> Rows[R]:
        if self._name in state.taken_out:
            return state.standing(self._name)
        return state.tables[self._name]  # type: ignore[return-value]


class State:
    """All tables at one moment; frozen by custom and compared by identity: `put` returns another one.

    Rows stand by their id, in order of arrival; those with a `removed_at` too, but of visits and other stretches.
    `last_note` is the highest number that a note has; `taken_out` names those of the latter that hold a removed row;
    `withdrawn` are the codes of participants who withdrew; `open_turn` is the turn that is running; `session` is the
    session's row, or an empty one while there is none.
    """

    __slots__ = ("_own", "_standing", "last_note", "open_turn", "session", "tables", "taken_out", "withdrawn")

    staff = Table(r.StaffRow)
    role_changes = Table(r.RoleChangeRow)
    guide = Table(r.GuideRow)
    pacing = Table(r.PacingRow)
    visits = Standing(r.VisitRow)
    pauses = Standing(r.PauseRow)
    participants = Table(r.ParticipantRow)
    attendance = Standing(r.AttendanceRow)
    briefings = Table(r.BriefingRow)
    consents = Table(r.ConsentRow)
    turns = Table(r.TurnRow)
    rooms = Table(r.RoomRow)
    room_stays = Standing(r.RoomStayRow)
    room_turns = Standing(r.RoomTurnRow)
    notes = Table(r.NoteRow)
    checks = Table(r.CheckRow)
    issues = Standing(r.IssueRow)
    cues = Standing(r.CueRow)
    observer_questions = Table(r.ObserverQuestionRow)
    back_room = Table(r.BackRoomRow)
    stimuli = Table(r.StimulusRow)
    showings = Standing(r.ShowingRow)
    polls = Table(r.PollRow)
    yields = Table(r.YieldRow)
    segment_definitions = Table(r.SegmentDefinitionRow)
    personas = Table(r.PersonaRow)
    probes = Table(r.ProbeRow)
    invitations_to_speak = Standing(r.InvitationRow)
    sentences = Table(r.SentenceRow)
    reminders = Table(r.ReminderRow)
    poll_rounds = Table(r.PollRoundRow)
    answers = Standing(r.AnswerRow)
    poll_counts = Standing(r.PollCountRow)
    statements = Table(r.StatementRow)
    consensus = Standing(r.StanceRow)
    recordings = Table(r.RecordingRow)
    segments = Standing(r.SegmentRow)
    anchors = Table(r.AnchorRow)
    voice = Table(r.VoiceRow)
    turn_proposals = Table(r.TurnProposalRow)
    imports = Table(r.ImportRow)
    import_names = Standing(r.ImportNameRow)
    chat_reactions = Standing(r.ReactionRow)
    signals = Standing(r.SignalRow)
    platform_stays = Standing(r.PlatformStayRow)
    platform_answers = Standing(r.PlatformAnswerRow)
    survey_questions = Standing(r.SurveyQuestionRow)
    survey_answers = Standing(r.SurveyAnswerRow)
    attachments = Standing(r.AttachmentRow)
    transcript = Table(r.TranscriptRow)
    codes = Table(r.CodeRow)
    codings = Table(r.CodingRow)
    coded_until = Table(r.CodedUntilRow)
    name_rulings = Table(r.NameRulingRow)
    memos = Table(r.MemoRow)
    turn_judgements = Table(r.TurnJudgementRow)
    coreq = Table(r.CoreqRow)
    summary_lines = Table(r.SummaryLineRow)
    summary_answers = Table(r.SummaryAnswerRow)
    debrief = Table(r.DebriefRow)
    devices = Table(r.DeviceRow)

    def __init__(
        self,
        tables: Tables,
        last_note: int = 0,
        taken_out: frozenset[str] | None = None,
        withdrawn: frozenset[str] | None = None,
        open_turn: str | None = None,
    ) -> None:
        self.tables = tables
        self.taken_out = _taken_out(tables) if taken_out is None else taken_out
        self.withdrawn = _withdrawn(tables) if withdrawn is None else withdrawn
        self.last_note = last_note
        self.open_turn = _open_turn(self.turns, open_turn)
        self.session = cast("r.SessionRow", next(iter(tables[r.SessionRow.TABLE].values()), NO_SESSION))
        self._own: set[str] = set()
        self._standing: dict[str, tuple[Rows[Any], Rows[Any]]] = {}

    def put(self, rows: Iterable[r.Row]) -> State:
        """Return the state in which these rows are true."""
        draft = self.draft()
        draft.settle(rows)
        return draft.finished()

    def draft(self) -> State:
        """Return a copy for `settle` to work on; what that changes becomes the copy's own."""
        draft: State = State.__new__(State)
        draft.tables, draft._own, draft._standing = self.tables.copy(), set(), self._standing.copy()
        draft.taken_out, draft.withdrawn, draft.last_note = self.taken_out, self.withdrawn, self.last_note
        draft.session, draft.open_turn = self.session, self.open_turn
        return draft

    def draft_without(self, codes: frozenset[str]) -> State:
        """Return such a copy in which these participants count as withdrawn, from before their first row on."""
        draft = self.draft()
        draft.withdrawn |= codes
        return draft

    def settle(self, rows: Iterable[r.Row]) -> None:
        """Put rows into this very state; only for a draft that nobody else has seen."""
        own, tables = self._own, self.tables
        for row in rows:
            name = row.TABLE
            table = tables[name]
            if name not in own:
                own.add(name)
                table = tables[name] = table.draft()
            if name in NOTED:
                self._note(row)
            table.put(row)

    def _note(self, row: r.Row) -> None:
        if type(row) is r.TurnRow:
            if row.is_running:
                self.open_turn = row
            elif self.open_turn is not None and row.id == self.open_turn.id:
                self.open_turn = None
        elif type(row) is r.NoteRow:
            self.last_note = max(self.last_note, row.number)
        elif type(row) is r.SessionRow:
            self.session = row
        elif type(row) is r.ParticipantRow:
            if (row.withdrawn_at is not None) != (row.id in self.withdrawn):
                self.withdrawn ^= {row.id}
        elif is_removed(row):
            self.taken_out |= {row.TABLE}

    def finished(self) -> State:
        """Return this draft as a state that never changes again."""
        for name in self._own:
            self.tables[name].finish()
        self._own.clear()
        return self

    def standing(self, name: str) -> Rows[Any]:
        """Return a table without what was taken out of it, worked out once for as long as the table is the same."""
        table = self.tables[name]
        of, rows = self._standing.get(name, (None, table))
        if of is table:
            return rows
        rows = Rows({row.id: row for row in table.values() if not is_removed(row)})
        if name not in self._own:  # one that is still written to may be another one at the next look
            self._standing[name] = table, rows
        return rows

    @property
    def alive_turns(self) -> list[r.TurnRow]:
        """Return the turns that count, in order of arrival."""
        return [turn for turn in self.turns.values() if turn.removed_at is None]

    @property
    def written_notes(self) -> list[r.NoteRow]:
        """Return the notes that somebody here wrote and that count: no messages of a chat that a file brought in."""
        return [note for note in self.notes.values() if note.removed_at is None and note.import_id is None]

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
        return self.guide.get(visit.item) if (visit := self.open_visit) else None


def _taken_out(tables: Tables) -> frozenset[str]:
    """Return which of the tables of stretches hold a row that was taken out."""
    return frozenset(name for name in STANDING if any(is_removed(row) for row in tables[name].values()))


def _open_turn(turns: Rows[r.TurnRow], known: str | None) -> r.TurnRow | None:
    """Return the turn that is running, the last one if there are several; `known` is its id, "" for none."""
    if known is not None:
        return turns.get(known) if known else None  # to ask for "" would read a late table
    return next((turn for turn in reversed(turns.values()) if turn.is_running), None)


def _withdrawn(tables: Tables) -> frozenset[str]:
    """Return the codes of the participants who withdrew."""
    people = tables[r.ParticipantRow.TABLE].values()
    return frozenset(row.id for row in people if isinstance(row, r.ParticipantRow) and row.withdrawn_at is not None)


def is_removed(row: r.Row) -> bool:
    """Whether a row was taken out."""
    return getattr(row, "removed_at", None) is not None


STANDING = frozenset(name for name, table in vars(State).items() if type(table) is Standing)
# the tables of which a state knows more than their rows
NOTED = STANDING | {r.NoteRow.TABLE, r.SessionRow.TABLE, r.ParticipantRow.TABLE, r.TurnRow.TABLE}
NO_SESSION = r.SessionRow(id="")
EMPTY = State({row_type.TABLE: Rows() for row_type in r.ROWS})
