"""What becomes true of the floor: turns, hands and the queue."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.attendance import attendance_from, followed_by_attendance
from kring.domain.evolve.closing import (
    Evolvers,
    closed,
    happened_at,
    item_at,
    on_clock,
    open_item,
)
from kring.domain.evolve.group.rooms import floor_given
from kring.domain.evolve.speakers import followed_by_notes, followed_where_late
from kring.domain.evolve.utterances import followed_by_words
from kring.domain.state import State


def _given(state: State, event: Event, fact: f.FloorGiven) -> list[r.Row]:
    session = state.session
    person = state.participants.get(fact.participant or "")
    if session.phase != "live" or (fact.to == "participant") != (person is not None):
        return []
    apart = floor_given(state, event, fact, person)
    if apart is not None:
        return apart
    running = state.open_turn
    ends = state.turns.get(fact.ends) if fact.ends else None
    if fact.ends and (ends is None or ends.ended_at is not None):  # on another laptop the floor was passed on
        return []
    at = now = event.at
    if fact.at_ms is not None:
        at = happened_at(event, fact.at_ms, running.started_at if running else session.started_at)
    turn = r.TurnRow(
        id=event.id,
        kind=fact.to,
        participant=person.id if person else None,
        item=open_item(state) if at == now else item_at(state, at),
        started_at=at,
        t=on_clock(state, at),
        logged_by=event.actor,
    )
    rows: list[r.Row] = [*closed(running, at), turn]
    if person is None:
        return rows
    if person.status != "present":
        rows += attendance_from(state, event.id, at, person.id, "present", logged=False)
        person = next((row for row in rows if isinstance(row, r.ParticipantRow)), person)
    if person.hand_at is not None:
        rows.append(replace(person, hand_at=None))
    return rows


def _named(state: State, event: Event, fact: f.TurnNamed) -> list[r.Row]:
    turn = state.turns.get(fact.turn)
    known = fact.participant in state.participants
    if turn is None or (fact.to == "participant") != known:
        return []
    return [replace(turn, kind=fact.to, participant=fact.participant if known else None)]


def _hand_raised(state: State, event: Event, fact: f.HandRaised) -> list[r.Row]:
    person = state.participants.get(fact.participant)
    return [] if person is None else [_with_hand(person, event.at)]


def _with_hand(person: r.ParticipantRow, at: r.Moment) -> r.ParticipantRow:
    return replace(person, hand_at=person.hand_at or at, seen_at=person.seen_at or at)


def _hand_lowered(state: State, event: Event, fact: f.HandLowered) -> list[r.Row]:
    person = state.participants.get(fact.participant)
    return [] if person is None else [replace(person, hand_at=None)]


EVOLVERS: Evolvers = {
    f.FloorGiven: followed_where_late(_given),
    f.TurnNamed: followed_by_attendance(followed_by_notes(followed_by_words(_named))),
    f.HandRaised: _hand_raised,
    f.HandLowered: _hand_lowered,
}
