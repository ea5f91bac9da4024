"""The sentences of the rooms in which parts of the group talk apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.measures.group.rooms import talk_in
from kring.domain.rows import RoomsBy
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.words import called

_MADE: dict[RoomsBy, str] = {
    "drawn": N_("Rooms drawn by {seed}: {rooms}"),
    "segment": N_("Rooms by segment: {rooms}"),
    "hand": N_("Rooms: {rooms}"),
}


def _made(state: State, event: Event, fact: f.RoomsMade) -> Sentence:
    """Tell who is where, or, as long as nobody went there, how many rooms there are."""
    rooms = [room for room in state.rooms.values() if room.id.startswith(f"{event.id}/")]
    people = [[called(state, one.person.id) for one in talk_in(state, room, event.at)] for room in rooms]
    told = "; ".join(f"{room.number} {', '.join(names)}".strip() for room, names in zip(rooms, people, strict=True))
    return Sentence(_MADE[fact.how], {"seed": fact.seed, "rooms": told if any(people) else str(len(rooms))})


def _entered(state: State, event: Event, fact: f.RoomEntered) -> Sentence:
    return Sentence("{who} goes to room {n}", {"who": called(state, fact.participant), "n": fact.number})


def _led(state: State, event: Event, fact: f.RoomLed) -> Sentence:
    return Sentence("{who} leads room {n}", {"who": fact.leader, "n": fact.number})


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.RoomsMade: _made,
    f.RoomEntered: _entered,
    f.RoomLed: _led,
    f.RoomsClosed: lambda state, event, fact: Sentence("Everybody is back from the rooms"),
}
