"""Evenings as sloppy people log them, made by chance: nobody logs who is there, keys come late, much is put right."""

from __future__ import annotations

import random
from typing import Any

from acting import decided
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.events import Event, next_hlc
from kring.domain.text import Refused

FLOOR = ("1", "2", "3", "5", "8", "nobody", "moderator", "crosstalk", "unknown")
OFTEN = (
    "next", "next", "back", "go 2.1", "go 4.1", "go pauze", "next -60s", "next -10s", "time +2", "time -9", "pause",
    "resume",
    "hand 6", "answer 3 8", "answer 7 4", 'note "te duur" @4', "note ~ mee eens @5", "name 4", "undo", "redo",
    "issue P4 geluid", "issue beeld", "solved", "solved 1 3", "attend 4 away", "attend 4 present", "attend 5 left",
    "attend 3 waiting", "attend 6 present", "attend 6 no-show", "add Noor", "remove last", "skip 2.2",
)  # fmt: skip
SELDOM = (
    "rooms draw 2", "rooms draw 3", "room 1 2, 3", "room 2 5", "room 3 8", "rooms back", "consent 3 no", "consent 8 no",
    "answers 1 3, 4 9", "poll again", "poll counts 8=3 7=1", "consensus 2.1 3 nods", "consensus 2.1 all agrees",
    "consensus 2.1 5 clear", "statement 2.1 te duur", "consensus 2.1a 1 dissents", "statement 2.1a remove",
    "pace accept", "pace decline", "show A", "hide", "probe 1", "invite 2", "failed camera", "waive chat",
    "summary new zo is het",
    "brief 4", "say talker",
)  # fmt: skip
ARRIVALS = (
    (),
    (),
    ("attend 1 present", "attend 2 present", "attend 3 present"),
    ("attend 1 waiting", "attend 2 present"),
    ("attend 6 no-show",),
    ("attend all", "attend 6 no-show", "attend 2 no-show"),
)


class TwoLaptops(Desk):
    """A desk at which two people type, each on a computer of their own."""

    device = "laptop"

    def happen(self, fact: f.Fact, who: str = "kring", act: str | None = None) -> Event:
        event = Event(
            id=f"e{len(self.history.events):04}",
            hlc=next_hlc(self.history.last_hlc, self.now),
            device=self.device,
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

    def say(self, line: str) -> None:
        """Do what a line says, where it makes sense now."""
        who = "Bo" if self.device == "laptop" else "Els"
        try:
            found = decided(line, self.history, lambda event: event.actor == who)(self.state, self.now)
        except Refused:
            return
        if isinstance(found, f.Fact):
            self.happen(found, who)
        else:
            self.happen_together(found, who)

    def told(self) -> list[dict[str, Any]]:
        """Return what the table of events would hold."""
        names = ("id", "hlc", "device", "at", "actor", "kind", "data", "act")
        return [{name: getattr(event, name) for name in names} for event in self.history.events]


def sloppy(seed: int) -> TwoLaptops:
    """Return the evening of a seed, always the same."""
    chance = random.Random(seed)
    desk = TwoLaptops(started=False)
    for line in chance.choice(ARRIVALS):
        desk.say(line)
    if chance.random() < 0.3:
        desk.say("issue P2 camera")
        desk.wait(chance.randint(1, 900))
        desk.say("solved")
    desk.say("start anyway")
    desk.wait(chance.choice((0, 0, 2, 90)))
    for _ in range(chance.randint(15, 70)):
        desk.device = chance.choice(("laptop", "laptop", "tablet"))
        if chance.random() < 0.6:
            late = chance.choice(("", "", "", " -5s", " -40s"))
            desk.say(f"floor {chance.choice(FLOOR)}{late}")
        elif chance.random() < 0.7:
            desk.say(chance.choice(OFTEN))
        elif chance.random() < 0.9:
            desk.say(chance.choice(SELDOM))
        else:
            desk.happen(f.RoleChanged(chance.choice(("moderator", "assistant"))), chance.choice(("Bo", "Els")))
        desk.wait(chance.choice((0, 1, 3, 4, 5, 7, 10, 11, 30, 75, 200)))
    desk.wait(1)  # a turn that has just begun has no second yet
    if chance.random() < 0.2:
        desk.say("attend 7 present")
        desk.wait(60)
    if chance.random() < 0.8:
        late_s = chance.choice((0, 0, 0, 20, 600))
        begin = int(desk.state.session.started_at or 0)
        desk.happen(f.SessionEnded(at_ms=max(desk.now - 1000 * late_s, begin)) if late_s else f.SessionEnded())
        desk.wait(chance.choice((0, 300)))
    _correct(desk, chance)
    return desk


def _correct(desk: TwoLaptops, chance: random.Random) -> None:
    """Put turns right as a review does; some come to overlap others."""
    begin = int(desk.state.session.started_at or desk.now)
    for _ in range(chance.choice((0, 0, 1, 4))):
        turns = [turn for turn in desk.state.alive_turns if turn.ended_at is not None]
        if not turns:
            return
        turn = chance.choice(turns)
        since = max(turn.started_at + 1000 * chance.randint(-60, 20), begin)
        until = min(since + 1000 * chance.randint(1, 90), desk.now)
        if until <= since:
            continue
        match chance.choice("marn"):
            case "m":
                desk.happen(f.TurnMoved(turn.id, since, until))
            case "a":
                desk.happen(f.TurnAdded("participant", since, until, chance.choice(("P1", "P4", "P7"))))
            case "r":
                desk.happen(f.TurnRemoved(turn.id))
            case _:
                desk.happen(f.TurnNamed(turn.id, "participant", chance.choice(("P2", "P5"))))
