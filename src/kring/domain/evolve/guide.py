"""What becomes true of the discussion guide as the talk goes through it."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, closed, ended, happened_at, on_clock, paused_visit
from kring.domain.evolve.group.rooms import rooms_over
from kring.domain.evolve.speakers import followed_where_late
from kring.domain.evolve.visits import laid_out
from kring.domain.measures.group.rooms import open_rooms
from kring.domain.state import State

MOST_ADDED_S = 24 * 3600  # more fits no session, and what is in a file must fit its column


def _opened(state: State, event: Event, fact: f.ItemOpened) -> list[r.Row]:
    item = state.guide.get(fact.item)
    session = state.session
    if item is None or session.started_at is None:
        return []
    if fact.at_ms is not None and fact.at_ms < (session.ended_at or event.at):
        return _opened_before(state, event, fact, item)
    if session.phase != "live":
        return []
    at, here = event.at, state.open_visit
    if here is not None and here.item == item.id and fact.at_ms is None:  # on another laptop it was opened already
        return _gone_on_with(state, item, here, at)
    visit = r.VisitRow(id=event.id, item=item.id, started_at=at, t=on_clock(state, at))
    asked_at = item.asked_at or (at if item.kind == "question" else None)
    ends_turn = item.kind == "break" or fact.ends_turn
    return [
        *closed(paused_visit(state, at), at),
        *closed(state.open_pause, at),
        *(closed(state.open_turn, at) if ends_turn else []),
        *(rooms_over(state, at) if fact.ends_rooms else []),
        replace(item, asked_at=asked_at, skipped_at=None),
        visit,
        replace(session, open_visit=visit.id, open_pause=None),
    ]


def _gone_on_with(state: State, item: r.GuideRow, here: r.VisitRow, at: r.Moment) -> list[r.Row]:
    """Return what becomes true when an item is opened that is open: nothing but that a pause is over."""
    again: list[r.Row] = [] if item.skipped_at is None else [replace(item, skipped_at=None)]
    if state.open_pause is None:
        return again
    visit = paused_visit(state, at) or here
    return [*again, visit, *closed(state.open_pause, at), replace(state.session, open_pause=None)]


def _opened_before(state: State, event: Event, fact: f.ItemOpened, item: r.GuideRow) -> list[r.Row]:
    """Return what becomes true when an item was opened a while ago: what came since belongs to it."""
    session, turn, pause, here = state.session, state.open_turn, state.open_pause, state.open_visit
    at = happened_at(event, fact.at_ms, session.started_at)
    visit = r.VisitRow(id=event.id, item=item.id, started_at=at, t=on_clock(state, at))
    ends_pause = pause is not None and pause.started_at < at
    ends_turn = (item.kind == "break" or fact.ends_turn) and turn is not None and turn.started_at < at
    apart = [room for room in open_rooms(state) if fact.ends_rooms and room.started_at < at]
    is_last = session.phase == "live" and (here is None or here.started_at <= at)
    rows = laid_out(state, [visit, *([ended(pause, at)] if pause is not None and ends_pause else [])])
    opened = next((row for row in rows if isinstance(row, r.GuideRow) and row.id == item.id), item)
    return [
        *(row for row in rows if row is not opened),
        *(closed(turn, at) if ends_turn else []),
        *(rooms_over(state, at, apart)),
        replace(opened, skipped_at=None),
        replace(
            session,
            open_visit=visit.id if is_last else session.open_visit,
            open_pause=None if ends_pause else session.open_pause,
        ),
    ]


def _skipped(state: State, event: Event, fact: f.ItemSkipped) -> list[r.Row]:
    item = state.guide.get(fact.item)
    return [] if item is None else [replace(item, skipped_at=happened_at(event, fact.at_ms))]


def _unskipped(state: State, event: Event, fact: f.ItemUnskipped) -> list[r.Row]:
    item = state.guide.get(fact.item)
    return [] if item is None else [replace(item, skipped_at=None)]


def _marked_asked(state: State, event: Event, fact: f.ItemMarkedAsked) -> list[r.Row]:
    item = state.guide.get(fact.item)
    asked_at = happened_at(event, fact.at_ms) if fact.asked else None
    return [] if item is None else [replace(item, asked_at=asked_at, asked_by_hand=fact.asked)]


def _time_added(state: State, event: Event, fact: f.TimeAdded) -> list[r.Row]:
    item = state.guide.get(fact.item)
    if item is None:
        return []
    added_s = item.added_s + fact.by_s
    if isinstance(fact.becomes_s, int):  # two laptops that accept a proposal each give the time once
        added_s = fact.becomes_s - (item.planned_s or 0)
    return [replace(item, added_s=max(-MOST_ADDED_S, min(added_s, MOST_ADDED_S)))]


EVOLVERS: Evolvers = {
    f.ItemOpened: followed_where_late(_opened),
    f.ItemSkipped: _skipped,
    f.ItemUnskipped: _unskipped,
    f.ItemMarkedAsked: _marked_asked,
    f.TimeAdded: _time_added,
}
