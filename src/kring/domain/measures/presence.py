"""Presence: who sits where, who took part, and for how long they were there."""

from __future__ import annotations

from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.stretches import shared_ms, stretch_of


def seated(state: State) -> list[ParticipantRow]:
    """Return the participants by seat."""
    people = [person for person in state.participants.values() if person.removed_at is None]
    return sorted(people, key=lambda person: (person.seat or 99, person.id))


def here(state: State) -> str:
    """Return how many participants are present now, of how many on the list and walked in: 7/8."""
    people = seated(state)
    return f"{sum(person.status == 'present' for person in people)}/{len(people)}"


def presence_ms(state: State, code: str, now: int) -> int:
    """Return how long a participant was present: the sum of the stretches logged as such, from start to end; in ms."""
    session = state.session
    if session.started_at is None:
        return 0
    talk = int(session.started_at), int(session.ended_at or now)
    there = (row for row in state.attendance.values() if row.participant == code and row.status == "present")
    return round(sum(shared_ms(stretch_of(row, now), talk) for row in there))


def took_part(state: State, now: int) -> list[ParticipantRow]:
    """Return the participants who were present or spoke at any moment of the talk, by seat."""
    spoke = {turn.participant for turn in state.alive_turns}
    return [person for person in seated(state) if person.id in spoke or presence_ms(state, person.id, now) > 0]
