"""Verbs of the rooms in which parts of the group talk apart: drawn, made by hand, led, and over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide.guide import given
from kring.domain.decide.session import require_live
from kring.domain.measures.group.rooms import CUES_BEFORE_BACK, cue_due, open_rooms, room_numbered, room_of
from kring.domain.measures.presence import are_here, seated
from kring.domain.rows import ParticipantRow, RoomRow, RoomsBy
from kring.domain.state import State
from kring.domain.text import Refused, Sentence, folded, one_line

FEWEST, MOST = 2, 9
SEEDS = 10_000


def draw(state: State, now: int, count: str = "") -> tuple[f.Fact, ...]:
    """Divide who is here over so many rooms at random, spread over the segments.

    What comes out follows from a number that the fact keeps, and the codes.
    """
    people, number = _people(state, now), _count(count or str(FEWEST))
    if number > len(people):
        raise Refused("There are fewer people than rooms: {n} are here.", n=len(people))
    seed = int(sha256(f"{now}".encode()).hexdigest(), 16) % SEEDS
    rooms: list[list[str]] = [[] for _ in range(number)]
    for place, code in enumerate(_spread(people, seed)):
        rooms[place % number].append(code)
    return _made(state, rooms, "drawn", seed)


def by_segment(state: State, now: int) -> tuple[f.Fact, ...]:
    """Give each segment a room of its own; who is in none goes to the smallest."""
    people = _people(state, now)
    rooms: dict[str, list[str]] = {}
    for person in people:
        if person.segment:
            rooms.setdefault(folded(person.segment), []).append(person.id)
    if not FEWEST <= len(rooms) <= MOST:
        raise Refused("A room for each segment needs two to nine of them; there are {n}.", n=len(rooms))
    for person in people:
        if not person.segment:
            min(rooms.values(), key=len).append(person.id)
    return _made(state, list(rooms.values()), "segment")


def put(state: State, now: int, number: str, who: str) -> tuple[f.Fact, ...]:
    """Send people to a room; a room that is not there yet is opened, and those before it."""
    require_live(state)
    wanted = _number(number)
    people = lookup.several(state, who)
    if all(_is_in(state, person, wanted) for person in people):
        raise Refused("They are in room {n} already.", n=wanted)
    there = {room.number for room in open_rooms(state)}
    first = max(there, default=0) + 1
    fresh = [_rooms(state, "hand", wanted - first + 1, first)] if wanted not in there else []
    moved = [f.RoomEntered(person.id, wanted) for person in people if not _is_in(state, person, wanted)]
    return (*fresh, *moved)


def lead(state: State, now: int, number: str, name: str) -> f.RoomLed:
    """Say who of the team leads a room."""
    room = _open(state, _number(number))
    leader = one_line(name)
    if not leader:
        raise Refused("Give a name.")
    known = next((row.name for row in state.staff.values() if folded(row.name) == folded(leader)), leader)
    if room.leader == known:
        raise Refused("That was so already.")
    return f.RoomLed(room.number, known)


def close(state: State, now: int) -> f.RoomsClosed:
    """Have everybody back in the main room."""
    require_live(state)
    _require_open(state)
    return f.RoomsClosed()


def add_time(state: State, now: int, seconds: int) -> f.TimeAdded:
    """Give the rooms seconds, or take them: of the line of the guide on which they were opened."""
    _require_open(state)
    item = state.guide.get(open_rooms(state)[0].item or "")
    if item is None:
        raise Refused("The rooms belong to no line of the guide, so they have no time.")
    return given(item, seconds)


def cue(state: State, now: int, minutes: int) -> f.CueSent:
    """Tell the moderator that people come back in so many minutes; refused when that is not so, or was told."""
    if cue_due(state, now) != minutes:
        raise Refused("That cue was sent.")
    value = str(minutes)
    return f.CueSent(str(Sentence(CUES_BEFORE_BACK[minutes], {"value": value})), automatic=True, value=value)


def _made(state: State, rooms: Sequence[Sequence[str]], how: RoomsBy, seed: int | None = None) -> tuple[f.Fact, ...]:
    entered = [f.RoomEntered(code, number) for number, codes in enumerate(rooms, 1) for code in codes]
    return (_rooms(state, how, len(rooms), seed=seed, anew=bool(open_rooms(state))), *entered)


def _rooms(
    state: State, how: RoomsBy, count: int, first: int = 1, seed: int | None = None, *, anew: bool = False
) -> f.RoomsMade:
    here = state.current_item
    leaders = tuple(_leader(state, number) for number in range(first, first + count))
    return f.RoomsMade(how, count, first, anew, here.id if here is not None else None, leaders, seed)


def _leader(state: State, number: int) -> str:
    """Return who leads a room where nobody said so: the moderator the first, the assistant the second."""
    moderator = _of_team(state, "moderator", state.session.moderator)
    if number == 1:
        return moderator
    assistant = _of_team(state, "assistant", state.session.assistant, but=moderator)
    return assistant if number == FEWEST else ""


def _of_team(state: State, role: str, planned: str, but: str = "") -> str:
    """Return who opened the session in a role last, else who has it by the plan; nobody leads two rooms."""
    names = [row.name for row in state.staff.values() if row.role == role]
    return next((name for name in (*reversed(names), planned) if name and name != but), "")


def _spread(people: Iterable[ParticipantRow], seed: int) -> list[str]:
    """Return codes in an order drawn by a number, one segment after the other, so that each is dealt round."""
    in_order = sorted(people, key=lambda person: sha256(f"{seed}/{person.id}".encode()).digest())
    return [person.id for person in sorted(in_order, key=lambda person: folded(person.segment))]


def _people(state: State, now: int) -> list[ParticipantRow]:
    require_live(state)
    here = are_here(state, now)
    people = [person for person in seated(state) if person.id in here]
    if len(people) < FEWEST:
        raise Refused("For rooms at least two participants have to be here.")
    return people


def _count(word: str) -> int:
    number = lookup.number_of(word)
    if number is None or not FEWEST <= number <= MOST:
        raise Refused("{word} is no number of rooms: say 2 to 9.", word=one_line(word))
    return number


def _number(word: str) -> int:
    number = lookup.number_of(word)
    if number is None or not 1 <= number <= MOST:
        raise Refused("{word} is no number of a room: say 1 to 9.", word=one_line(word))
    return number


def _open(state: State, number: int) -> RoomRow:
    _require_open(state)
    room = room_numbered(state, number)
    if room is None:
        raise Refused("There is no room {n}.", n=number)
    return room


def _require_open(state: State) -> None:
    if not open_rooms(state):
        raise Refused("Nobody is in a room apart.")


def _is_in(state: State, person: ParticipantRow, number: int) -> bool:
    room = room_of(state, person.id)
    return room is not None and room.number == number
