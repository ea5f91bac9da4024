"""What becomes true of the summary that is read back to the group, and of the team's debrief."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, happened_at, on_clock
from kring.domain.evolve.notes import MOST_NUMBER
from kring.domain.state import State


def _line_written(state: State, event: Event, fact: f.SummaryLineWritten) -> list[r.Row]:
    before = state.summary_lines.get(fact.line or "")
    if before is not None:
        return [replace(before, text=fact.text, changed_at=event.at)]
    taken = {line.number for line in state.summary_lines.values()}
    is_free = 0 < fact.number <= MOST_NUMBER and fact.number not in taken  # two laptops may give one number
    return [
        r.SummaryLineRow(
            id=event.id,
            number=fact.number if is_free else max(taken, default=0) + 1,
            text=fact.text,
            note=fact.note if fact.note in state.notes else None,
            written_by=event.actor,
            written_at=event.at,
        )
    ]


def _line_removed(state: State, event: Event, fact: f.SummaryLineRemoved) -> list[r.Row]:
    line = state.summary_lines.get(fact.line)
    return [] if line is None else [replace(line, removed_at=line.removed_at or event.at)]


def _read_back(state: State, event: Event, fact: f.SummaryReadBack) -> list[r.Row]:
    at = happened_at(event, fact.at_ms)
    return [replace(line, read_at=at) for line in state.summary_lines.values() if line.removed_at is None]


def _answered(state: State, event: Event, fact: f.SummaryAnswered) -> list[r.Row]:
    if fact.participant not in state.participants:
        return []
    return [
        r.SummaryAnswerRow(
            id=event.id,
            participant=fact.participant,
            line=fact.line if fact.line in state.summary_lines else None,
            agreed=not fact.text,
            correction=fact.text,
            at=event.at,
            t=on_clock(state, event.at),
            noted_by=event.actor,
        )
    ]


def _begun(state: State, event: Event, fact: f.DebriefBegun) -> list[r.Row]:
    session = state.session
    if not session.id or (session.debrief_at is not None and session.debrief_skipped_at is None):
        return []
    return [replace(session, debrief_at=event.at, debrief_skipped_at=None, debrief_skipped_why="")]


def _debrief_answered(state: State, event: Event, fact: f.DebriefAnswered) -> list[r.Row]:
    row_id = f"{fact.field}/{event.actor}"
    before = state.debrief.get(row_id)
    if not fact.answer:
        return [] if before is None else [replace(before, removed_at=event.at)]
    row = r.DebriefRow(
        id=row_id,
        field=fact.field,
        answer=fact.answer,
        author=event.actor,
        role=event.role,
        answered_at=event.at,
    )
    return [*_begun(state, event, f.DebriefBegun()), row]


def _skipped(state: State, event: Event, fact: f.DebriefSkipped) -> list[r.Row]:
    session = state.session
    if not session.id or any(row.removed_at is None for row in state.debrief.values()):
        return []
    return [replace(session, debrief_skipped_at=event.at, debrief_skipped_why=fact.why)]


EVOLVERS: Evolvers = {
    f.SummaryLineWritten: _line_written,
    f.SummaryLineRemoved: _line_removed,
    f.SummaryReadBack: _read_back,
    f.SummaryAnswered: _answered,
    f.DebriefBegun: _begun,
    f.DebriefAnswered: _debrief_answered,
    f.DebriefSkipped: _skipped,
}
