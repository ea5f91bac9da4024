"""What becomes true of the participants and their attendance."""

from __future__ import annotations

from string import ascii_lowercase

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.attendance import attendance_from, free_seat
from kring.domain.evolve.closing import (
    Evolvers,
    closed,
    happened_at,
    item_at,
    on_clock,
    open_item,
)
from kring.domain.evolve.consent import read_by_gate
from kring.domain.evolve.plan import checks_of_person, numbered
from kring.domain.evolve.speakers import followed_where_late
from kring.domain.measures.group.gallery import swapped
from kring.domain.state import State
from kring.domain.text import folded


def _added(state: State, event: Event, fact: f.ParticipantAdded) -> list[r.Row]:
    same = _same_person(state, fact)
    if same is not None:
        return [replace(same, additions=f"{same.additions} {event.id}".strip())]
    code = _code_of_added(state, fact)
    if not code:
        return []
    at = event.at
    person = r.ParticipantRow(
        id=code,
        name=fact.name,
        seat=free_seat(state, fact.seat),
        segment=fact.segment,
        status="present",
        status_at=at,
        on_list=False,
        additions=event.id,
    )
    stretch = r.AttendanceRow(id=event.id, participant=code, status="present", started_at=at, t=on_clock(state, at))
    patterns = [check for check in state.checks.values() if check.each and check.removed_at is None]
    copies = [copy for pattern in patterns for copy in checks_of_person(state, pattern, code)]
    return [person, stretch, *numbered(state, copies)]


def _same_person(state: State, fact: f.ParticipantAdded) -> r.ParticipantRow | None:
    """Return who is added once more, by a computer that was apart: under one code somebody of the same name, or who
    withdrew and has no name any more; under another code somebody of the same name who was added too.
    """
    known = state.participants.get(fact.code)
    if known is not None and (known.withdrawn_at is not None or folded(known.name) == folded(fact.name)):
        return known
    others = (person for person in state.participants.values() if person.additions and person.removed_at is None)
    return next((person for person in others if fact.name and folded(person.name) == folded(fact.name)), None)


def _code_of_added(state: State, fact: f.ParticipantAdded) -> str:
    """Return the code of somebody who was added: with a letter where another has it, for two computers gave the same
    while they were apart.
    """
    if fact.code not in state.participants:
        return fact.code
    with_letter = (f"{fact.code}{letter}" for letter in ascii_lowercase[1:])
    return next((code for code in with_letter if fact.code and code not in state.participants), "")


def _changed(state: State, event: Event, fact: f.ParticipantChanged) -> list[r.Row]:
    person = state.participants.get(fact.participant)
    if person is None:
        return []
    name = person.name if fact.name is None else fact.name
    segment = person.segment if fact.segment is None else fact.segment
    return [replace(person, name=name, segment=segment)]


def _attendance(state: State, event: Event, fact: f.AttendanceChanged) -> list[r.Row]:
    person = state.participants.get(fact.participant)
    if person is None:
        return []
    at = happened_at(event, fact.at_ms)
    stretch = next((s for s in state.attendance.values() if s.participant == person.id and s.ended_at is None), None)
    is_same = stretch is not None and stretch.status == fact.status
    if stretch is not None and is_same and fact.reason and fact.at_ms is None:  # why, said afterwards
        return [replace(stretch, reason=fact.reason), replace(person, reason=fact.reason)]
    rows = attendance_from(state, event.id, at, person.id, fact.status, fact.reason)
    if fact.issue:
        rows.append(_issue_of(state, event, at, fact))
    turn = state.open_turn
    is_now = any(isinstance(row, r.ParticipantRow) for row in rows)
    if is_now and turn is not None and turn.participant == person.id and fact.status != "present":
        rows += closed(turn, at)
    return rows


def _briefed(state: State, event: Event, fact: f.ParticipantBriefed) -> list[r.Row]:
    if fact.participant not in state.participants:
        return []
    return [
        r.BriefingRow(
            id=event.id,
            participant=fact.participant,
            item=open_item(state),
            at=event.at,
            t=on_clock(state, event.at),
            logged_by=event.actor,
        )
    ]


def _issue_of(state: State, event: Event, at: r.Moment, fact: f.AttendanceChanged) -> r.IssueRow:
    """Return the technical issue of who went away by it; it has the id of that stretch of attendance."""
    return r.IssueRow(
        id=event.id,
        title=fact.issue,
        participant=fact.participant,
        item=item_at(state, at),
        started_at=at,
        t=on_clock(state, at),
        logged_by=event.actor,
    )


def _placed(state: State, event: Event, fact: f.PlaceGiven) -> list[r.Row]:
    moved = swapped(state, fact.participant, fact.place)
    return [replace(person, place=place) for person, place in moved if person.place != place]


EVOLVERS: Evolvers = {
    f.ParticipantAdded: read_by_gate(_added),
    f.ParticipantChanged: _changed,
    f.AttendanceChanged: read_by_gate(followed_where_late(_attendance)),
    f.PlaceGiven: _placed,
    f.ParticipantBriefed: _briefed,
}
