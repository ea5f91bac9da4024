"""What becomes true when statements come up, and when it is noted where somebody stands on one."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, happened_at, on_clock
from kring.domain.state import State

MOST_NUMBER = 78  # 3.2zzz; what a hostile file says must not fill the memory


def _added(state: State, event: Event, fact: f.StatementAdded) -> list[r.Row]:
    if fact.item not in state.guide:
        return []
    known = max((row.number for row in state.statements.values() if row.item == fact.item), default=0)
    row = r.StatementRow(
        id=event.id,
        item=fact.item,
        number=fact.number if 0 < fact.number <= MOST_NUMBER else known + 1,
        text=fact.text,
        at=event.at,
        t=on_clock(state, event.at),
        added_by=event.actor,
    )
    return [row]


def _changed(state: State, event: Event, fact: f.StatementChanged) -> list[r.Row]:
    statement = state.statements.get(fact.statement)
    return [] if statement is None else [replace(statement, text=fact.text)]


def _removed(state: State, event: Event, fact: f.StatementRemoved) -> list[r.Row]:
    """Return that a statement is gone, and with it where people stood on it."""
    statement = state.statements.get(fact.statement)
    if statement is None:
        return []
    on_it = (row for row in state.consensus.values() if row.statement == statement.id)
    return [replace(statement, removed_at=event.at), *(replace(row, removed_at=event.at) for row in on_it)]


def _noted(state: State, event: Event, fact: f.StanceNoted) -> list[r.Row]:
    is_known = fact.item in state.guide and fact.participant in state.participants
    if not is_known or (fact.statement is not None and fact.statement not in state.statements):
        return []
    row_id = f"{fact.statement or fact.item}/{fact.participant}"
    if fact.stance is None:
        before = state.consensus.get(row_id)
        return [] if before is None else [replace(before, removed_at=event.at)]
    at = happened_at(event, fact.at_ms)
    row = r.StanceRow(
        id=row_id,
        item=fact.item,
        statement=fact.statement,
        participant=fact.participant,
        stance=fact.stance,
        at=at,
        t=on_clock(state, at),
        noted_by=event.actor,
    )
    return [row]


EVOLVERS: Evolvers = {
    f.StatementAdded: _added,
    f.StatementChanged: _changed,
    f.StatementRemoved: _removed,
    f.StanceNoted: _noted,
}
