"""Who sits in the simulated group: somebody who takes much room, somebody quiet, somebody late …"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.decide.people import SEATS
from kring.domain.plan import Plan
from kring.domain.text import folded

NEWCOMERS = 6  # who come where the plan names nobody


class Person(NamedTuple):
    """A participant: how they are called on a command line, how readily they speak, and for how many seconds."""

    word: str
    code: str
    name: str
    eagerness: float = 1.0
    length_s: tuple[float, float, float] = (6, 48, 15)  # shortest, longest, most usual


class Cast(NamedTuple):
    """The participants and their parts; a part that a small group can't fill is None."""

    on_time: tuple[Person, ...]
    newcomers: tuple[Person, ...]  # not on the list
    late: Person | None
    absent: Person | None
    loud: Person | None
    quiet: Person | None
    dropping: Person | None


def cast_of(plan: Plan, names: Sequence[str], rng: random.Random) -> Cast:
    """Give the participants of a plan their parts."""
    listed = [_person(p.seat, p.code, p.name, rng) for p in plan.participants]
    taken = {folded(person.name) for person in listed}
    not_taken = [name for name in names if folded(name) not in taken]
    free_names = rng.sample(not_taken, min(NEWCOMERS, len(not_taken)))
    if not listed:
        newcomers = tuple(_newcomer(plan, name, number, rng) for number, name in enumerate(free_names))
        return Cast((), newcomers, None, None, newcomers[0], newcomers[1], newcomers[2])
    parts: list[Person | None] = [*rng.sample(listed, min(len(listed), 5)), None, None, None, None]
    loud, quiet, dropping, late, absent = parts[:5]
    if loud is not None:
        loud = loud._replace(eagerness=2.3, length_s=(12, 60, 25))
    if quiet is not None:
        quiet = quiet._replace(eagerness=0.3, length_s=(5, 24, 8))
    played = {person.code: person for person in (loud, quiet) if person is not None}
    away = {person.code for person in (late, absent) if person is not None}
    on_time = [played.get(person.code, person) for person in listed if person.code not in away]
    has_room = bool(free_names and _free_seats(plan))
    newcomers = (_newcomer(plan, free_names[0], 0, rng),) if absent is not None and has_room else ()
    return Cast(tuple(on_time), newcomers, late, absent, loud, quiet, dropping)


def _person(seat: int, code: str, name: str, rng: random.Random) -> Person:
    return Person(str(seat) if seat else f"@{code}", code, name, rng.uniform(0.7, 1.5))


def _newcomer(plan: Plan, name: str, number: int, rng: random.Random) -> Person:
    """Return somebody with the seat and the code that they will be given."""
    codes = {person.code for person in plan.participants}
    seat = _free_seats(plan)[number]
    code = seat
    while f"P{code}" in codes:
        code += 1
    return _person(seat, f"P{code}", name, rng)


def _free_seats(plan: Plan) -> list[int]:
    taken = {person.seat for person in plan.participants}
    return [seat for seat in range(1, SEATS + 1) if seat not in taken]
