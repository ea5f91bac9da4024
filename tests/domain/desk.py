"""A session without a file: typed lines in, events and state out, all clocks by hand."""

from __future__ import annotations

from collections.abc import Sequence

from acting import decided
from conftest import START_MS, make_plan
from kring.domain import facts as f
from kring.domain.decide import plan as plan_verbs
from kring.domain.events import Event, next_hlc
from kring.domain.history import History
from kring.domain.plan import Plan
from kring.domain.state import State
from kring.domain.text import Refused


class Desk:
    """The history of a session on one laptop, and the people who type in it."""

    def __init__(self, begun: bool = True, started: bool = True) -> None:
        self.history = History()
        self.now = START_MS
        if begun:
            self.happen(f.SessionCreated("s", "UTC", 0))
            self.read(make_plan())
        if started:
            self.happen(f.SessionStarted())

    @property
    def state(self) -> State:
        return self.history.state

    def wait(self, seconds: float) -> None:
        self.now += round(seconds * 1000)

    def read(self, plan: Plan) -> None:
        """Read a plan, as it stands."""
        self.happen_together(plan_verbs.facts_of(self.state, plan, again=self.history.plan is not None))

    def happen_together(self, facts: Sequence[f.Fact], who: str = "kring") -> Event:
        """Take in the facts of one act."""
        first, *others = facts
        head = self.happen(first, who)
        for fact in others:
            self.happen(fact, who, head.id)
        return head

    def happen(self, fact: f.Fact, who: str = "kring", act: str | None = None) -> Event:
        """Take in a fact, whether or not it makes sense."""
        event = Event(
            id=f"e{len(self.history.events):04}",
            hlc=next_hlc(self.history.last_hlc, self.now),
            device="laptop",
            actor=who,
            role="assistant",
            kind=fact.kind,
            v=fact.v,
            data=f.encode(fact).decode(),
            fact=fact,
            act=act,
        )
        self.history.accept(self.history.change((event,)))
        return event

    def type(self, line: str, who: str = "Bo") -> Event:
        """Do what a typed line says, or refuse."""
        facts = decided(line, self.history, lambda event: event.actor == who)(self.state, self.now)
        return self.happen_together((facts,) if isinstance(facts, f.Fact) else facts, who)

    def try_to_type(self, line: str, who: str = "Bo") -> Event | None:
        """Do what a line says if it makes sense now."""
        try:
            return self.type(line, who)
        except Refused:
            return None
