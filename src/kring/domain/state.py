"""The state: every row that is true now, sharing what did not change with the state before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from kring.domain import rows as r
from kring.domain.tally import Tally

Tables = dict[str, dict[str, r.Row]]


class State:
    """All tables at one moment; frozen by custom and compared by identity: `put` returns another one."""

    __slots__ = ("tables", "tally")

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
            table = self.tables[row.TABLE]
            if type(row) is r.TurnRow:
                before = cast("r.TurnRow | None", table.get(row.id))
                table[row.id] = row
                self.tally = self.tally.after(before, row, cast("dict[str, r.TurnRow]", table))
            else:
                table[row.id] = row

    @property
    def session(self) -> r.SessionRow:
        """Return the session's row, or an empty one while there is none."""
        for row in self.tables["session"].values():
            return cast("r.SessionRow", row)
        return NO_SESSION

    @property
    def guide(self) -> dict[str, r.GuideRow]:
        """Return the guide's rows by id."""
        return cast("dict[str, r.GuideRow]", self.tables["guide"])

    @property
    def visits(self) -> dict[str, r.VisitRow]:
        """Return the visits by id, in order of arrival."""
        return cast("dict[str, r.VisitRow]", self.tables["visits"])

    @property
    def pauses(self) -> dict[str, r.PauseRow]:
        """Return the pauses by id."""
        return cast("dict[str, r.PauseRow]", self.tables["pauses"])

    @property
    def participants(self) -> dict[str, r.ParticipantRow]:
        """Return the participants by code."""
        return cast("dict[str, r.ParticipantRow]", self.tables["participants"])

    @property
    def attendance(self) -> dict[str, r.AttendanceRow]:
        """Return the stretches of attendance by id."""
        return cast("dict[str, r.AttendanceRow]", self.tables["attendance"])

    @property
    def consents(self) -> dict[str, r.ConsentRow]:
        """Return the consents by id."""
        return cast("dict[str, r.ConsentRow]", self.tables["consents"])

    @property
    def turns(self) -> dict[str, r.TurnRow]:
        """Return the turns by id, removed ones too."""
        return cast("dict[str, r.TurnRow]", self.tables["turns"])

    @property
    def alive_turns(self) -> list[r.TurnRow]:
        """Return the turns that count, in order of arrival."""
        return [turn for turn in self.turns.values() if turn.removed_at is None]

    @property
    def notes(self) -> dict[str, r.NoteRow]:
        """Return the notes by id, removed ones too."""
        return cast("dict[str, r.NoteRow]", self.tables["notes"])

    @property
    def checks(self) -> dict[str, r.CheckRow]:
        """Return the checks by id."""
        return cast("dict[str, r.CheckRow]", self.tables["checks"])

    @property
    def issues(self) -> dict[str, r.IssueRow]:
        """Return the technical issues by id."""
        return cast("dict[str, r.IssueRow]", self.tables["issues"])

    @property
    def cues(self) -> dict[str, r.CueRow]:
        """Return the cues by id."""
        return cast("dict[str, r.CueRow]", self.tables["cues"])

    @property
    def stimuli(self) -> dict[str, r.StimulusRow]:
        """Return the stimuli by id."""
        return cast("dict[str, r.StimulusRow]", self.tables["stimuli"])

    @property
    def polls(self) -> dict[str, r.PollRow]:
        """Return the polls by id."""
        return cast("dict[str, r.PollRow]", self.tables["polls"])

    @property
    def answers(self) -> dict[str, r.AnswerRow]:
        """Return the answers to polls by id."""
        return cast("dict[str, r.AnswerRow]", self.tables["answers"])

    @property
    def recordings(self) -> dict[str, r.RecordingRow]:
        """Return the recordings by id."""
        return cast("dict[str, r.RecordingRow]", self.tables["recordings"])

    @property
    def segments(self) -> dict[str, r.SegmentRow]:
        """Return the files of kring's own recordings by id."""
        return cast("dict[str, r.SegmentRow]", self.tables["segments"])

    @property
    def anchors(self) -> dict[str, r.AnchorRow]:
        """Return how the files of the recordings are tied to the session's clock."""
        return cast("dict[str, r.AnchorRow]", self.tables["anchors"])

    @property
    def voice(self) -> dict[str, r.VoiceRow]:
        """Return the stretches in which somebody speaks."""
        return cast("dict[str, r.VoiceRow]", self.tables["voice"])

    @property
    def turn_proposals(self) -> dict[str, r.TurnProposalRow]:
        """Return the changes of the hand log that the sound suggests."""
        return cast("dict[str, r.TurnProposalRow]", self.tables["turn_proposals"])

    @property
    def transcript(self) -> dict[str, r.TranscriptRow]:
        """Return what a machine wrote down, by id."""
        return cast("dict[str, r.TranscriptRow]", self.tables["transcript"])

    @property
    def codes(self) -> dict[str, r.CodeRow]:
        """Return the codebook by id, removed codes too."""
        return cast("dict[str, r.CodeRow]", self.tables["codes"])

    @property
    def codings(self) -> dict[str, r.CodingRow]:
        """Return which code is on what, by id."""
        return cast("dict[str, r.CodingRow]", self.tables["codings"])

    @property
    def memos(self) -> dict[str, r.MemoRow]:
        """Return the memos by id, removed ones too."""
        return cast("dict[str, r.MemoRow]", self.tables["memos"])

    @property
    def turn_judgements(self) -> dict[str, r.TurnJudgementRow]:
        """Return whom second coders hear in a turn."""
        return cast("dict[str, r.TurnJudgementRow]", self.tables["turn_judgements"])

    @property
    def coreq(self) -> dict[str, r.CoreqRow]:
        """Return the answers to COREQ by the number of the item."""
        return cast("dict[str, r.CoreqRow]", self.tables["coreq"])

    @property
    def meta(self) -> dict[str, r.MetaRow]:
        """Return what the file knows of itself, by name."""
        return cast("dict[str, r.MetaRow]", self.tables["meta"])

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
        """Return kring's own recording that is running."""
        return self.recordings.get(self.session.open_own_recording or "")

    @property
    def current_item(self) -> r.GuideRow | None:
        """Return the guide item that is open."""
        visit = self.open_visit
        return self.guide.get(visit.item) if visit else None


NO_SESSION = r.SessionRow(id="")
EMPTY = State({row_type.TABLE: {} for row_type in r.ROWS}, Tally())
