"""What becomes true of the rooms in which parts of the group talk apart."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, closed, ended, happened_at, lasting, on_clock
from kring.domain.measures.group.rooms import open_rooms, own_room, room_numbered, room_of, stay_of
from kring.domain.state import State

MOST = 99  # more than any group, and what a hostile file says must not fill the memory


def rooms_over(state: State, at: r.Moment, rooms: list[r.RoomRow] | None = None) -> list[r.Row]:
    """Return these rooms, or all that are open, ended with what runs in them."""
    over = open_rooms(state) if rooms is None else rooms
    ids = {room.id for room in over}
    stays = [stay for stay in state.room_stays.values() if stay.ended_at is None and stay.room in ids]
    turns = [turn for turn in state.room_turns.values() if turn.ended_at is None and turn.room in ids]
    return [
        *(replace(ended(room, at), open_turn=None) for room in over),
        *(ended(stay, at) for stay in stays),
        *(ended(turn, at) for turn in turns),
    ]


def _made(state: State, event: Event, fact: f.RoomsMade) -> list[r.Row]:
    session, at = state.session, event.at
    if session.phase != "live" or not (1 <= fact.count <= MOST and 1 <= fact.first <= MOST):
        return []
    numbers = range(fact.first, fact.first + fact.count)
    leaders = [*fact.leaders, *[""] * fact.count]
    fresh = [
        r.RoomRow(
            id=f"{event.id}/{number}",
            number=number,
            item=fact.item if fact.item in state.guide else None,
            leader=leader,
            how=fact.how,
            seed=fact.seed,
            started_at=at,
            t=on_clock(state, at),
        )
        for number, leader in zip(numbers, leaders, strict=False)
    ]
    over = [room for room in open_rooms(state) if fact.anew or room.number in numbers]
    others = [room for room in open_rooms(state) if room not in over]
    return [
        *(rooms_over(state, at, over)),
        *closed(state.open_turn, at),
        *_on_computers(state, [*others, *fresh], fresh),
    ]


def _on_computers(state: State, rooms: list[r.RoomRow], new: list[r.RoomRow]) -> list[r.Row]:
    """Return the rooms whose leader's computer is another one now, and the new ones; two on one computer have none."""
    staff = {row.name: row.computer for row in state.staff.values() if row.computer}
    computers = [staff.get(room.leader, "") for room in rooms]
    placed = [
        replace(room, computer=computer if computers.count(computer) == 1 else "")
        for room, computer in zip(rooms, computers, strict=True)
    ]
    return [after for before, after in zip(rooms, placed, strict=True) if after != before or before in new]


def _entered(state: State, event: Event, fact: f.RoomEntered) -> list[r.Row]:
    room, person = room_numbered(state, fact.number), state.participants.get(fact.participant)
    if room is None or person is None:
        return []
    at, before = event.at, stay_of(state, person.id)
    if before is not None and before.room == room.id:
        return []
    stay = r.RoomStayRow(id=event.id, room=room.id, participant=person.id, started_at=at, t=on_clock(state, at))
    left = state.rooms.get(before.room) if before is not None else None
    turn = state.room_turns.get(left.open_turn or "") if left is not None else None
    speaks = left is not None and turn is not None and turn.participant == person.id
    return [
        *closed(before, at),
        *(closed(turn, at) if speaks else []),
        *([replace(left, open_turn=None)] if speaks and left is not None else []),
        stay,
    ]


def _led(state: State, event: Event, fact: f.RoomLed) -> list[r.Row]:
    room = room_numbered(state, fact.number)
    if room is None:
        return []
    led = replace(room, leader=fact.leader)
    return _on_computers(state, [one if one is not room else led for one in open_rooms(state)], new=[led])


def _closed(state: State, event: Event, fact: f.RoomsClosed) -> list[r.Row]:
    return rooms_over(state, event.at)


def floor_given(state: State, event: Event, fact: f.FloorGiven, person: r.ParticipantRow | None) -> list[r.Row] | None:
    """Return who speaks now in the room of a participant, else of who logs it; None where neither is in one."""
    room = room_of(state, person.id) if person is not None else own_room(state, event.actor)
    if room is None:
        return None
    running = state.room_turns.get(room.open_turn or "")
    at = happened_at(event, fact.at_ms, running.started_at if running is not None else room.started_at)
    turn = r.RoomTurnRow(
        id=event.id,
        room=room.id,
        kind=fact.to,
        participant=person.id if person else None,
        started_at=at,
        t=on_clock(state, at),
        logged_by=event.actor,
    )
    lowered = [replace(person, hand_at=None)] if person is not None and person.hand_at is not None else []
    return [*closed(running, at), turn, replace(room, open_turn=turn.id), *lowered]


def turn_moved(state: State, turn: r.RoomTurnRow, began: r.Moment, end: r.Moment | None) -> list[r.Row]:
    """Return a turn in a room with another begin and end; the one before it, which it ended, lasts until its begin."""
    room, before = state.rooms.get(turn.room), _before(state, turn)
    began = r.Moment(max(began, 0 if before is None else before.started_at))
    moved = lasting(state, turn, began, None if end is None else r.Moment(max(end, began)))
    is_over = room is not None and room.open_turn == turn.id and end is not None
    return [
        *([] if before is None else [lasting(state, before, before.started_at, began)]),
        moved,
        *([replace(room, open_turn=None)] if is_over and room is not None else []),
    ]


def turn_reassigned(state: State, turn: r.RoomTurnRow, to: str) -> list[r.Row]:
    """Return a turn in a room as one of a participant, by code, or of another kind of speaker."""
    if to in state.participants:
        return [replace(turn, kind="participant", participant=to)]
    kind = next((one for one in get_args(r.TurnKind) if one == to and one != "participant"), None)
    return [] if kind is None else [replace(turn, kind=kind, participant=None)]


def turn_removed(state: State, event: Event, turn: r.RoomTurnRow) -> list[r.Row]:
    """Return that a turn in a room had not begun: where it runs, whoever spoke until then speaks on."""
    room, gone = state.rooms.get(turn.room), replace(turn, removed_at=event.at)
    if room is None or room.open_turn != turn.id:
        return [gone]
    before = _before(state, turn)
    on = [] if before is None else [lasting(state, before, before.started_at, None)]
    return [ended(gone, turn.started_at), *on, replace(room, open_turn=None if before is None else before.id)]


def _before(state: State, turn: r.RoomTurnRow) -> r.RoomTurnRow | None:
    """Return the turn in the same room that ended when this one began."""
    others = (one for one in state.room_turns.values() if one.room == turn.room and one.id != turn.id)
    return next((one for one in others if one.ended_at == turn.started_at), None)


EVOLVERS: Evolvers = {
    f.RoomsMade: _made,
    f.RoomEntered: _entered,
    f.RoomLed: _led,
    f.RoomsClosed: _closed,
}
