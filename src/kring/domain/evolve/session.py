"""What becomes true of the session itself: its phases, its clock, its team, its recording."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, closed, ended, happened_at, on_clock, open_item, paused_visit, seconds
from kring.domain.evolve.group.rooms import rooms_over
from kring.domain.evolve.group.study import of_the_day
from kring.domain.evolve.speakers import followed_where_late
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS


def device_of(state: State, event: Event) -> r.DeviceRow:
    """Return what the file tells of the computer of an event."""
    return state.devices.get(event.device) or r.DeviceRow(id=event.device)


def _created(state: State, event: Event, fact: f.SessionCreated) -> list[r.Row]:
    if state.tables["session"]:
        return []
    return [r.SessionRow(id=fact.session, zone=fact.zone, utc_offset_min=fact.utc_offset_min, created_at=event.at)]


def _staff(state: State, event: Event, fact: f.StaffJoined) -> list[r.Row]:
    known = state.staff.get(f"{fact.role}:{fact.name}")
    joined_at = event.at if known is None else known.joined_at
    return [
        r.StaffRow(
            id=f"{fact.role}:{fact.name}", name=fact.name, role=fact.role, joined_at=joined_at, computer=event.device
        )
    ]


def _role(state: State, event: Event, fact: f.RoleChanged) -> list[r.Row]:
    staff = r.StaffRow(id=f"{fact.role}:{event.actor}", name=event.actor, role=fact.role, joined_at=event.at)
    change = r.RoleChangeRow(
        id=event.id,
        name=event.actor,
        was=event.role,
        role=fact.role,
        at=event.at,
        t=on_clock(state, event.at),
        item=open_item(state),
    )
    return [change, *([] if staff.id in state.staff else [staff])]


def _anchored(state: State, event: Event, fact: f.ClockAnchored) -> list[r.Row]:
    return [
        replace(
            device_of(state, event),
            boot=fact.boot,
            wall_ms=fact.wall_ms,
            elapsed_ms=fact.elapsed_ms,
            awake_ms=fact.awake_ms,
            drift_ms=0,
            slept_ms=0,
        )
    ]


def _wall_moved(state: State, event: Event, fact: f.WallClockMoved) -> list[r.Row]:
    device = device_of(state, event)
    return [replace(device, drift_ms=_within(device.drift_ms + fact.by_ms))]


def _slept(state: State, event: Event, fact: f.ComputerSlept) -> list[r.Row]:
    device = device_of(state, event)
    return [replace(device, slept_ms=_within(device.slept_ms + fact.slept_ms))]


def _within(length_ms: int) -> int:
    """Return a length that a column can hold, whatever clocks told."""
    return max(-FOREVER_MS, min(length_ms, FOREVER_MS))


def _doors(state: State, event: Event, fact: f.DoorsOpened) -> list[r.Row]:
    session = state.session
    if not session.id or session.phase != "prepared":
        return []
    return [replace(session, phase="lobby", doors_at=happened_at(event, fact.at_ms))]


def _started(state: State, event: Event, fact: f.SessionStarted) -> list[r.Row]:
    session = state.session
    if not session.id or session.started_at is not None:
        return []
    at = happened_at(event, fact.at_ms)
    begun = replace(session, phase="live", started_at=at, passed_gates=fact.passed_gates)
    known = (row for row in state.segment_definitions.values() if row.removed_at is None)
    rows: list[r.Row] = [begun, *of_the_day(begun, known, at)]
    return [*rows, *_on_clock_from(state, at)] if at < event.at else rows


def _on_clock_from(state: State, started: int) -> list[r.Row]:
    """Return what was logged since a start that is said later, with its place on the session's clock."""
    dated = ((row, getattr(row, when)) for name, when in ON_CLOCK for row in state.tables[name].values())
    return [replace(row, t=seconds(started, at)) for row, at in dated if at is not None and at >= started]


WHEN = ("started_at", "at", "heard_at", "shown_at")
ON_CLOCK = [
    (row_type.TABLE, next(name for name in WHEN if name in row_type.__struct_fields__))
    for row_type in r.ROWS
    if "t" in row_type.__struct_fields__
]
"""The tables with places on the session's clock, and the column of which moment that is."""


def _paused(state: State, event: Event, fact: f.SessionPaused) -> list[r.Row]:
    session = state.session
    if session.phase != "live" or session.open_pause:
        return []
    at = happened_at(event, fact.at_ms, state.open_visit.started_at if state.open_visit else session.started_at)
    pause = r.PauseRow(id=event.id, started_at=at, t=on_clock(state, at))
    turn = state.open_turn
    is_over = turn is not None and turn.started_at <= at  # one that began since goes on: not all saw the pause
    return [*(closed(turn, at) if is_over else ()), pause, replace(session, open_pause=pause.id)]


def _resumed(state: State, event: Event, fact: f.SessionResumed) -> list[r.Row]:
    if state.open_pause is None:
        return []
    at = happened_at(event, fact.at_ms, state.open_pause.started_at)
    visit = paused_visit(state, at)
    return [
        *closed(state.open_pause, at),
        *([visit] if visit else []),
        replace(state.session, open_pause=None),
    ]


def _ended(state: State, event: Event, fact: f.SessionEnded) -> list[r.Row]:
    session = state.session
    if session.phase != "live":
        return []
    at = happened_at(event, fact.at_ms, session.started_at)
    absent: list[r.Row] = [
        replace(person, status="no_show", status_at=at)
        for person in state.participants.values()
        if person.status == "expected" and person.removed_at is None
    ]
    stretches: list[r.Row] = [ended(stretch, at) for stretch in state.attendance.values() if stretch.ended_at is None]
    issues: list[r.Row] = [ended(issue, at) for issue in state.issues.values() if issue.ended_at is None]
    shown: list[r.Row] = [ended(showing, at) for showing in state.showings.values() if showing.ended_at is None]
    return [
        *closed(state.open_turn, at),
        *rooms_over(state, at),
        *closed(state.open_pause, at),
        *closed(paused_visit(state, at), at),
        *closed(state.open_recording, at),
        *absent,
        *stretches,
        *issues,
        *shown,
        replace(
            session,
            phase="ended",
            ended_at=at,
            ended_by=event.id,
            open_visit=None,
            open_pause=None,
            open_recording=None,
        ),
    ]


EVOLVERS: Evolvers = {
    f.SessionCreated: _created,
    f.StaffJoined: _staff,
    f.RoleChanged: _role,
    f.ClockAnchored: _anchored,
    f.WallClockMoved: _wall_moved,
    f.ComputerSlept: _slept,
    f.DoorsOpened: _doors,
    f.SessionStarted: _started,
    f.SessionPaused: followed_where_late(_paused),
    f.SessionResumed: _resumed,
    f.SessionEnded: followed_where_late(_ended),
}
