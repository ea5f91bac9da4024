"""A session without a file: typed lines in, events and state out, all clocks by hand."""

from __future__ import annotations

from collections.abc import Sequence

from conftest import START_MS, make_plan
from kring.domain import facts as f
from kring.domain.decide import plan as plan_verbs
from kring.domain.decide import undoing
from kring.domain.events import Event, next_hlc
from kring.domain.history import History
from kring.domain.plan import Plan
from kring.domain.state import State
from kring.domain.text import Refused
from kring.session.commands import call_of, command_of

# What people may type, sensible or not at the moment it comes.
LINES = (
    "next", "back", "go 2.2", "go pauze", "skip", "skip 2.2", "asked 2.1", "probe 1", "time +2", "time -1:30",
    "show A", "answer 3 8", "floor 1", "floor 2", "floor 3", "floor nobody", "floor moderator", "floor unknown",
    "name 4", "hand 6", "hand 1", 'note "te veel gedoe" #app', "note ~ vond het duur @3", 'note *"ik dacht …', "mark",
    "star", "tag last #app #prijs", "edit last ~ toch anders", "remove last", "raise", "note ? wat kost het -20s",
    "attend 4 away", "attend 4 present", "attend 5 left", "attend 8 waiting", "add Noor", "add Ria", "rename 4 Piet",
    "tick 1", "tick 2", "tick 4", "check gordijn dicht", "issue P4 geluid", "issue beeld weg", "solved", "solved 4 3",
    "cue nog 5 minuten", "seen", "doors", "start", "start anyway", "pause", "recording", "end", "undo", "redo",
)  # fmt: skip


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
        command, said = command_of(line)
        mine = lambda event: event.actor == who  # noqa: E731
        if command.word == "undo":
            fact: f.Fact = undoing.undo(self.state, self.now, self.history, mine)
        elif command.word == "redo":
            fact = undoing.redo(self.state, self.now, self.history, mine)
        else:
            call = call_of(self.state, command, said)
            fact = call.verb(self.state, self.now, *call.arguments, **call.named)
        return self.happen(fact, who)

    def try_to_type(self, line: str, who: str = "Bo") -> Event | None:
        """Do what a line says if it makes sense now."""
        try:
            return self.type(line, who)
        except Refused:
            return None
