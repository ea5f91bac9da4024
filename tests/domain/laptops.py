"""Laptops with a copy each of one session, without files: apart each goes on alone, and when they meet each takes in
what the others did.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from acting import decided
from conftest import START_MS, make_plan
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import Decision
from kring.domain.decide import plan as plan_verbs
from kring.domain.events import Event, events_of, uuid7
from kring.domain.evolve.group.whom import naming
from kring.domain.history import History
from kring.domain.plan import Plan
from kring.domain.rows import Row
from kring.domain.upcast import decode

WHO = (("Els", "moderator", "laptop"), ("Bo", "assistant", "tablet"), ("Kim", "assistant", "desk"))


class Laptop(Desk):
    """One of them; what it writes is what `Session` writes."""

    def __init__(self, number: int = 0, events: Sequence[Event] = (), now: int = START_MS) -> None:
        super().__init__(begun=False, started=False)
        self.who = WHO[number]
        self.now = now
        self._random = random.Random(number).randbytes
        self.take(events)

    def take(self, events: Sequence[Event]) -> None:
        """Take in events of others."""
        self.history.accept(self.history.change(events))

    def do(self, wanted: Decision) -> Event:
        """Decide and log an act, or refuse."""
        found = wanted(self.state, self.now)
        return self.happen_together((found,) if isinstance(found, f.Fact) else found)

    def type(self, line: str, who: str = "") -> Event:
        return self.do(decided(line, self.history, lambda event: (event.actor, event.role, event.device) == self.who))

    def happen_together(self, facts: Sequence[f.Fact], who: str = "") -> Event:
        made = events_of(naming(self.state, facts), self.now, self.history.last_hlc, self.who, self._new_id)
        events = [replace(event, fact=decode(event.kind, event.data, event.v)) for event in made]
        self.take(events)
        return events[0]

    def _new_id(self, now: int) -> str:
        return uuid7(now, self._random(10))


def apart(laptops: int = 2, skew_ms: int = 0, plan: Plan | None = None, *before: str) -> list[Laptop]:
    """Return laptops that hold the same session, which began, and are not connected any more."""
    first = Laptop()
    first.happen_together([f.SessionCreated("s", "UTC", 0)])
    first.happen_together(plan_verbs.facts_of(first.state, plan or make_plan()))
    first.happen_together([f.SessionStarted()])
    for line in before:
        first.wait(1)
        first.type(line)
    others = [Laptop(number, first.history.events, first.now + skew_ms * number) for number in range(1, laptops)]
    return [first, *others]


def meet(laptops: Sequence[Laptop], order: Sequence[int] | None = None) -> None:
    """Let each take in what all did, in an order of its own, some at a time."""
    everything = list({event.id: event for one in laptops for event in one.history.events}.values())
    for number, laptop in enumerate(laptops):
        mixed = random.Random(f"{order} {number}").sample(everything, len(everything))
        for begin in range(0, len(mixed), 7):
            laptop.take(mixed[begin : begin + 7])
    latest = max(laptop.now for laptop in laptops)
    for laptop in laptops:
        laptop.now = latest + 1000
    first, *others = (rows_of(laptop.history) for laptop in laptops)
    assert all(other == first for other in others)


def rows_of(history: History) -> list[Row]:
    """Return every row of every table."""
    return list(chain.from_iterable(table.values() for table in history.state.tables.values()))
