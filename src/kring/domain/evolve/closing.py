"""What several facts share: places on the session's clock, and closing what is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.state import State

Evolvers = dict[type, Callable[[State, Event, Any], list[r.Row]]]


def on_clock(state: State, at: int) -> float | None:
    """Return a moment as seconds on the session's clock, None before the session started."""
    started = state.session.started_at
    return None if started is None or at < started else round((at - started) / 1000, 3)


def seconds(started_at: int, ended_at: int) -> float:
    """Return a length in seconds, never below zero whatever order the facts came in."""
    return max(0, ended_at - started_at) / 1000


def closed_turn(state: State, at: r.Moment) -> list[r.Row]:
    """Return the running turn, ended now."""
    turn = state.open_turn
    if turn is None:
        return []
    return [replace(turn, ended_at=r.Moment(max(at, turn.started_at)), duration_s=seconds(turn.started_at, at))]


def closed_pause(state: State, at: r.Moment) -> list[r.Row]:
    """Return the running pause, ended now."""
    pause = state.open_pause
    if pause is None:
        return []
    return [replace(pause, ended_at=r.Moment(max(at, pause.started_at)), duration_s=seconds(pause.started_at, at))]


def paused_visit(state: State, at: r.Moment) -> r.VisitRow | None:
    """Return the running visit with the running pause, if there is one, taken into account."""
    visit, pause = state.open_visit, state.open_pause
    if visit is None or pause is None:
        return visit
    return replace(visit, paused_s=round(visit.paused_s + seconds(max(pause.started_at, visit.started_at), at), 3))


def closed_visit(state: State, at: r.Moment) -> list[r.Row]:
    """Return the running visit, ended now."""
    visit = paused_visit(state, at)
    if visit is None:
        return []
    return [replace(visit, ended_at=r.Moment(max(at, visit.started_at)), duration_s=seconds(visit.started_at, at))]


def closed_recording(state: State, at: r.Moment) -> list[r.Row]:
    """Return the running recording, ended now."""
    running = state.open_recording
    if running is None:
        return []
    return [
        replace(
            running,
            ended_at=r.Moment(max(at, running.started_at)),
            duration_s=seconds(running.started_at, at),
        )
    ]


def attendance_now(
    state: State, event_id: str, at: r.Moment, code: str, status: r.Status, reason: str = ""
) -> list[r.Row]:
    """Return a participant's change of attendance: the stretch that ends, the one that begins, and the participant."""
    person = state.participants[code]
    ended = [
        replace(
            stretch,
            ended_at=r.Moment(max(at, stretch.started_at)),
            duration_s=seconds(stretch.started_at, at),
        )
        for stretch in state.attendance.values()
        if stretch.participant == code and stretch.ended_at is None
    ]
    begun = r.AttendanceRow(
        id=event_id, participant=code, status=status, reason=reason, started_at=at, t=on_clock(state, at)
    )
    hand_at = person.hand_at if status == "present" else None
    return [*ended, begun, replace(person, status=status, status_at=at, reason=reason, hand_at=hand_at)]
