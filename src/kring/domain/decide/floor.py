"""Verbs of the floor: who speaks, who wants to."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide.session import require_live
from kring.domain.measures.group.rooms import open_rooms, room_of
from kring.domain.rows import RoomTurnRow, TurnRow
from kring.domain.state import State
from kring.domain.text import MarkedAlready, Refused, one_line
from kring.domain.words import called

JUST_NOW = 3
"""So many turns back one by somebody unknown is still the one that is meant."""


def give(state: State, now: int, word: str) -> f.FloorGiven:
    """Give the floor by a seat, a name, or one of nobody, moderator, crosstalk, unknown."""
    require_live(state)
    kind, code = lookup.speaker(state, word)
    running = _running(state, code)
    if running is not None and running.kind == kind and running.participant == code and kind != "unknown":
        if code is None:
            raise Refused("That was so already.")
        raise Refused("{who} has the floor already.", who=called(state, code))
    return f.FloorGiven(kind, code)


def _running(state: State, code: str | None) -> TurnRow | RoomTurnRow | None:
    """Return the turn that would end; None where that depends on who logs it, as each leads a room."""
    if code is None and open_rooms(state):
        return None
    room = room_of(state, code) if code is not None else None
    return state.open_turn if room is None else state.room_turns.get(room.open_turn or "")


def name_turn(state: State, now: int, word: str, turn: str = "", why: str = "") -> f.TurnNamed:
    """Say who it was: in the turn given, else in one by somebody unknown just now, else in the last one of anybody."""
    kind, code = lookup.speaker(state, word)
    named = state.turns.get(turn) if turn else last_turn(state)
    if named is None:
        raise Refused("That turn is not in this session.")
    if kind == "unknown":
        raise Refused("Say who it was.")
    if (kind, code) == (named.kind, named.participant):
        raise Refused("That was so already.")
    return f.TurnNamed(named.id, kind, code, one_line(why))


def last_turn(state: State) -> TurnRow:
    """Return the turn that is meant where none is named: what nobody could tell just now goes first."""
    spoken = [row for row in state.alive_turns if row.kind != "silence"]
    if not spoken:
        raise Refused("Nobody spoke yet.")
    return next((row for row in reversed(spoken[-JUST_NOW:]) if row.kind == "unknown"), spoken[-1])


def hand(state: State, now: int, word: str) -> f.HandRaised:
    """Put a participant on the queue."""
    person = lookup.person(state, word)
    if person.hand_at is not None:
        raise MarkedAlready("{who} is on the queue already.", "lower", who=called(state, person.id))
    if person.status in ("left", "no_show"):
        raise Refused("{who} is not here.", who=called(state, person.id))
    return f.HandRaised(person.id)


def lower(state: State, now: int, word: str) -> f.HandLowered:
    """Take a participant off the queue."""
    person = lookup.person(state, word)
    if person.hand_at is None:
        raise Refused("{who} is not on the queue.", who=called(state, person.id))
    return f.HandLowered(person.id)
