"""The rooms in which parts of the group talk apart: who is where, who was heard there, and when they come back."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from kring.domain import rows as r
from kring.domain.measures.sections import SectionTime, pace_of, planned_ms
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS, stretch_of
from kring.domain.text import N_, Sentence
from kring.domain.time_text import MINUTE_MS

CUES_BEFORE_BACK: dict[int, str] = {
    3: N_("{value} minutes left in the rooms: tell them"),
    0: N_("Time to come back from the rooms: call them"),
}
"""What the moderator is told, so many minutes before people come back."""


class RoomTalk(msgspec.Struct, frozen=True):
    """A participant in a room: how often and how long (ms) they spoke there, and since when they speak now."""

    person: r.ParticipantRow
    turns: int
    spoken_ms: int
    speaks_since: int | None


def open_rooms(state: State) -> list[r.RoomRow]:
    """Return the rooms in which people are now, by number."""
    if not state.rooms:
        return []
    return sorted((room for room in state.rooms.values() if room.ended_at is None), key=lambda room: room.number)


def room_numbered(state: State, number: int) -> r.RoomRow | None:
    """Return the open room of a number."""
    return next((room for room in open_rooms(state) if room.number == number), None)


def stay_of(state: State, code: str) -> r.RoomStayRow | None:
    """Return in which room a participant is now."""
    if not state.room_stays:
        return None
    return next((one for one in state.room_stays.values() if one.participant == code and one.ended_at is None), None)


def room_of(state: State, code: str) -> r.RoomRow | None:
    """Return the open room in which a participant is now."""
    stay = stay_of(state, code)
    room = state.rooms.get(stay.room) if stay is not None else None
    return room if room is not None and room.ended_at is None else None


def own_room(state: State, name: str) -> r.RoomRow | None:
    """Return the room that somebody of the team is in: where they gave the floor last, else the only one they lead."""
    rooms = {room.id: room for room in open_rooms(state)}
    if not rooms:
        return None
    turns = (turn for turn in _turns_given(state) if turn.logged_by == name and turn.room in rooms)
    if (last := next(turns, None)) is not None:
        return rooms[last.room]
    led = [room for room in rooms.values() if name and room.leader == name]
    return led[0] if len(led) == 1 else None


def _turns_given(state: State) -> Iterator[r.RoomTurnRow]:
    """Yield the turns in rooms that were given, the newest first; of who withdrew too: they tell where others were."""
    for turn in reversed(state.tables[r.RoomTurnRow.TABLE].values()):
        if isinstance(turn, r.RoomTurnRow) and (turn.removed_at is None or turn.participant in state.withdrawn):
            yield turn


def room_at(state: State, code: str, at: int) -> str | None:
    """Return the room in which a participant was at a moment."""
    if not state.room_stays:
        return None
    stays = (one for one in state.room_stays.values() if one.participant == code)
    return next(
        (one.room for one in stays if one.started_at <= at and (one.ended_at is None or at < one.ended_at)), None
    )


def talk_in(state: State, room: r.RoomRow, now: int) -> list[RoomTalk]:
    """Return who is in a room, or who was there at its end, by seat, with their part in its talk."""
    end = int(room.ended_at or now)
    people = {
        one.participant
        for one in state.room_stays.values()
        if one.room == room.id and (one.ended_at is None or (room.ended_at is not None and one.ended_at >= end))
    }
    turns = [turn for turn in state.room_turns.values() if turn.room == room.id]
    found = []
    for person in sorted(state.participants.values(), key=lambda person: (person.seat, person.id)):
        mine = [turn for turn in turns if turn.participant == person.id]
        if person.id in people or mine:
            spoken = sum(until - begin for begin, until in (stretch_of(turn, end) for turn in mine))
            since = next((int(turn.started_at) for turn in mine if turn.id == room.open_turn), None)
            found.append(RoomTalk(person, len(mine), spoken, since))
    return found


def turns_during(state: State, stay: r.RoomStayRow) -> list[r.RoomTurnRow]:
    """Return the turns that a participant had in a room while they were there."""
    mine = stay.room, stay.participant
    theirs = (turn for turn in state.room_turns.values() if (turn.room, turn.participant) == mine)
    end = FOREVER_MS if stay.ended_at is None else stay.ended_at
    return [turn for turn in theirs if stay.started_at <= turn.started_at < end]


def rooms_time(state: State, now: int) -> SectionTime | None:
    """Return how the rooms stand against the time box of the line on which they were opened; None without rooms."""
    rooms = open_rooms(state)
    if not rooms:
        return None
    begun = min(int(room.started_at) for room in rooms)
    item = state.guide.get(rooms[0].item or "")
    planned, spent = planned_ms(item) if item is not None else None, max(0, now - begun)
    return SectionTime(planned, spent, pace_of(planned, spent))


def back_at(state: State, now: int) -> int | None:
    """Return when people come back from the rooms by its time box, epoch ms."""
    time = rooms_time(state, now)
    return None if time is None or time.left_ms is None else now + time.left_ms


def cue_due(state: State, now: int) -> int | None:
    """Return how many minutes before people come back it is, where the moderator is to be told that and was not yet."""
    back, rooms = back_at(state, now), open_rooms(state)
    for minutes, template in CUES_BEFORE_BACK.items():
        mark = 0 if back is None else back - minutes * MINUTE_MS
        begun = min((int(room.started_at) for room in rooms), default=now)
        text = str(Sentence(template, {"value": str(minutes)}))
        told = any(cue.automatic and cue.text == text and cue.at >= mark for cue in state.cues.values())
        if back is not None and begun < mark <= now < mark + MINUTE_MS and not told:
            return minutes
    return None


def is_recorded(state: State, room: r.RoomRow) -> bool:
    """Whether kring records now on the computer of a room's leader, and on no other room's."""
    return bool(room.computer) and state.own_recording_on(room.computer) is not None
