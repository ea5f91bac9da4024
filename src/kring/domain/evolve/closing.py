"""What several facts share: places on the session's clock, and closing what is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.state import State

Evolver = Callable[[State, Event, Any], list[r.Row]]
Evolvers = dict[type, Evolver]
Stretch = TypeVar(
    "Stretch",
    r.RoomRow,
    r.RoomStayRow,
    r.RoomTurnRow,
    r.TurnRow,
    r.PauseRow,
    r.VisitRow,
    r.RecordingRow,
    r.SegmentRow,
    r.AttendanceRow,
    r.IssueRow,
    r.ShowingRow,
)


def happened_at(event: Event, said_ms: int | None, earliest: int | None = None) -> r.Moment:
    """Return when something happened: with its event, or before, where that was said later."""
    at = event.at if said_ms is None else min(said_ms, event.at)
    return r.Moment(at if earliest is None else max(at, earliest))


def on_clock(state: State, at: int) -> float | None:
    """Return a moment as seconds on the session's clock, None before the session started."""
    started = state.session.started_at
    return None if started is None or at < started else (at - started) / 1000


def seconds(started_at: int, ended_at: int) -> float:
    """Return a length in seconds, never below zero whatever order the facts came in."""
    return max(0, ended_at - started_at) / 1000


def ended(row: Stretch, at: r.Moment) -> Stretch:
    """Return a stretch of time, ended now."""
    return replace(row, ended_at=r.Moment(max(at, row.started_at)), duration_s=seconds(row.started_at, at))


def lasting(state: State, row: Any, began: r.Moment, ended: r.Moment | None) -> Any:
    """Return a stretch of time with another begin and end; None = it runs."""
    length = None if ended is None else seconds(began, ended)
    return replace(row, started_at=began, ended_at=ended, t=on_clock(state, began), duration_s=length)


def closed(running: Stretch | None, at: r.Moment) -> list[r.Row]:
    """Return what is running, ended now."""
    return [] if running is None else [ended(running, at)]


def paused_visit(state: State, at: r.Moment) -> r.VisitRow | None:
    """Return the running visit with the running pause, if there is one, taken into account."""
    visit, pause = state.open_visit, state.open_pause
    if visit is None or pause is None:
        return visit
    return replace(visit, paused_s=round(visit.paused_s + seconds(max(pause.started_at, visit.started_at), at), 3))


def open_item(state: State) -> str | None:
    """Return the item of the guide that is open now."""
    visit = state.open_visit
    return visit.item if visit is not None else None


def item_at(state: State, at: int) -> str | None:
    """Return the item of the guide that was open at a moment."""
    visit = state.open_visit
    if visit is not None and visit.started_at <= at:
        return visit.item
    before = [v for v in state.visits.values() if v.started_at <= at and (v.ended_at or at) >= at]
    return max(before, key=lambda v: v.started_at).item if before else None
