"""Verbs of the participants: who is here, who joined."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide.earlier import require_after
from kring.domain.measures.group.gallery import in_gallery
from kring.domain.measures.presence import are_here, places, seated, status_of
from kring.domain.rows import ParticipantRow, Status
from kring.domain.state import State
from kring.domain.text import N_, Refused, folded, one_line
from kring.domain.time_text import When
from kring.domain.words import called

STATUSES: dict[str, Status] = {
    "expected": "expected",
    "verwacht": "expected",
    "waiting": "waiting",
    "wachtruimte": "waiting",
    "present": "present",
    "aanwezig": "present",
    "in": "present",
    "away": "away",
    "weg": "away",
    "left": "left",
    "vertrokken": "left",
    "no-show": "no_show",
    "no_show": "no_show",
    "afwezig": "no_show",
}
ALREADY: dict[Status, str] = {
    "expected": N_("{who} is expected already."),
    "waiting": N_("{who} is in the waiting room already."),
    "present": N_("{who} is present already."),
    "away": N_("{who} is away already."),
    "left": N_("{who} left already."),
    "no_show": N_("{who} is a no-show already."),
}
LOST = frozenset({"lost", "connection", "verbinding", "weggevallen"})
"""Words for away because the connection is gone, which is a technical issue too."""
SEATS = 15


def attend(
    state: State,
    now: int,
    who: str,
    status: str = "present",
    reason: str = "",
    when: When | None = None,
    issue: str = "",
) -> f.AttendanceChanged | tuple[f.AttendanceChanged, ...]:
    """Log that a participant, several or all wait, are present, away, left, or did not come; said later, since when.

    With an `issue` their going away is a technical issue of that name, which ends when they are back.
    """
    wanted = "away" if issue else STATUSES.get(folded(status.strip()))
    if wanted is None:
        raise Refused(
            "{word} is no attendance: say waiting, present, away, lost, left or no-show.", word=one_line(status)
        )
    why = one_line(reason)
    people, here = lookup.several(state, who), are_here(state, now)
    other = [
        person
        for person in people
        if when is not None
        or {person.status, status_of(person, here)} != {wanted}
        or issue
        or why not in ("", person.reason)
    ]
    if not other:
        if len(people) == 1:
            raise Refused(ALREADY[wanted], who=called(state, people[0].id))
        raise Refused("That was so already.")
    at = when.moment(state, now) if when is not None else None
    if at is not None:
        require_after(state, at, [state.session.created_at], now)
    first, *others = [f.AttendanceChanged(person.id, wanted, why, at, issue=issue) for person in other]
    return (replace(first, others=len(others)), *others) if others else first


def to_admit(state: State) -> list[ParticipantRow]:
    """Return who is to be let in: who waits, or where nobody waits who is expected."""
    waiting = [person for person in seated(state) if person.status == "waiting"]
    return waiting or [person for person in seated(state) if person.status == "expected"]


def unlogged(state: State) -> list[ParticipantRow]:
    """Return who is expected, where nobody logged of anybody whether they are here; else nobody."""
    if any(one.logged for one in state.attendance.values()):
        return []
    return [person for person in seated(state) if person.on_list and person.status == "expected"]


def brief(state: State, now: int, who: str) -> f.ParticipantBriefed:
    """Log that somebody who came late, or came back, was told what was said so far."""
    return f.ParticipantBriefed(lookup.person(state, who).id)


def add(state: State, now: int, name: str, segment: str = "") -> f.ParticipantAdded:
    """Take in somebody who was not on the list, at the first free seat."""
    called = one_line(name)
    if not called:
        raise Refused("Give a name.")
    if any(folded(p.name) == folded(called) and p.removed_at is None for p in state.participants.values()):
        raise Refused("{name} is on the list.", name=called)
    taken = {person.seat for person in places(state)}
    seat = next((number for number in range(1, SEATS + 1) if number not in taken), 0)
    if not seat:
        raise Refused("All {n} seats are taken.", n=SEATS)
    number = seat
    while f"P{number}" in state.participants:
        number += 1
    return f.ParticipantAdded(f"P{number}", called, seat, one_line(segment))


def rename(state: State, now: int, who: str, name: str) -> f.ParticipantChanged:
    """Correct a participant's name."""
    person = lookup.person(state, who)
    called = one_line(name)
    if not called:
        raise Refused("Give a name.")
    return f.ParticipantChanged(person.id, name=called)


def place(state: State, now: int, who: str, where: str) -> f.PlaceGiven:
    """Put a participant at a place of the gallery or the table; who is there takes theirs."""
    person = lookup.person(state, who)
    order = in_gallery(state)
    number = lookup.number_of(where)
    if number is None or not 1 <= number <= len(order):
        raise Refused("{word} is no place: there are {n}.", word=one_line(where), n=len(order))
    if order[number - 1].id == person.id:
        raise Refused("That was so already.")
    return f.PlaceGiven(person.id, number)
