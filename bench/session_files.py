"""Session files of any length: made once a run, in a few transactions, and as whole as any other."""

import atexit
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

from kring.domain import facts
from kring.domain.decide import correcting, decision, ending, floor, guide
from kring.domain.decide import session as session_verbs
from kring.domain.events import Event, next_hlc, uuid7
from kring.domain.evolve.closing import on_clock
from kring.domain.text import Refused
from kring.plans.plan_reader import read_plan
from kring.session.copies.arriving import Arrivals
from kring.session.session import Me, Session, begin
from kring.store.chain import START, digest_of, link
from kring.store.event_line import EventLine
from kring.store.values import iso
from kring.system.clock import SimulatedClock, SystemClock
from kring.system.sqlite import sqlite3

ON_DISK = "/var/tmp"
IN_MEMORY = "/dev/shm"
NAMES = ("Fatima", "Joost", "Mei", "Sander", "Ayse", "Ruud", "Lotte", "Kees")
ITEMS = ("1", "2", "3", "4")
LASTING_MS = 90 * 60_000
CORRECTED = 5_000
NAMED, MOVED = 300, 200
PLAN_FILE = "plan.md"
TITLE = "Loyalty programme"
PLAN = f"""\
---
title: {TITLE}
moderator: Els
assistant: Bo
length: 90 min
---

# Welcome (10 min)
1. Who are you, and what do you see in your room?

# Using the programme (40 min)
2. Tell us about the last time you used your points. ! {{key}}
   - what went well
3. What made you join?

# Closing (10 min)
4. What did we forget to ask?

# Participants
| code | name |
| P1 | Fatima |
| P2 | Joost |
| P3 | Mei |
| P4 | Sander |
| P5 | Ayse |
| P6 | Ruud |
| P7 | Lotte |
| P8 | Kees |
"""


def remark(number: int) -> str:
    """The beginning of a note that no other note has."""
    return f"card forgotten {number:06}"


@contextmanager
def place(parent: str) -> Iterator[Path]:
    """A folder of our own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kring-bench-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def copy_of(folder: Path, events: int, corrected: bool = False) -> Path:
    """A copy in `folder` of the session that holds that many acts, half of them notes; the newest act is a note."""
    made = _made(events, corrected)
    return Path(shutil.copy(made, folder / made.name))


def prepared(file: Path) -> None:
    """Make a session that a moderator has looked at, and nobody started."""
    begin(file, read_plan(PLAN, PLAN_FILE), SystemClock(), Me("Els", "moderator", "laptop")).close()


def sealed(file: Path) -> None:
    """Make a short session that has ended."""
    session = _recorded(file, 2)
    session.do(decision(ending.end))
    session.close()


def events_in(file: Path, kind: str) -> int:
    """How many events of a kind a session file holds."""
    with closing(sqlite3.connect(str(file))) as connection:
        count: int = connection.execute("select count(*) from events where kind = ?", (kind,)).fetchone()[0]
    return count


@cache
def _shelf() -> Path:
    folder = tempfile.mkdtemp(prefix="kring-bench-", dir=ON_DISK)
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


@cache
def _made(events: int, corrected: bool) -> Path:
    file = _shelf() / f"events-{events}{'-corrected' * corrected}.db"
    with place(IN_MEMORY) as quick:
        session = _recorded(quick / file.name, events)
        if corrected:
            _correct(session)
        session.close()
        shutil.copy(quick / file.name, file)
    return file


def _recorded(file: Path, events: int) -> Session:
    """A session that began so long ago that it fills the time until now with its acts."""
    lasting_ms = min(LASTING_MS, 4_000 * events)
    clock = SimulatedClock(time.time_ns() // 1_000_000 - lasting_ms - 1_000)
    session = begin(file, read_plan(PLAN, PLAN_FILE), clock, Me("Bo", "assistant", "laptop"))
    session.do(decision(session_verbs.start, passing=True))
    typist = _Typist(session)
    share = max(2, events // len(ITEMS) // 2 * 2)
    for first in range(1, events + 1, share):
        item = ITEMS[min((first - 1) // share, len(ITEMS) - 1)]
        with suppress(Refused):  # it is open
            session.do(decision(guide.go, item))
        last = min(first + share, events + 1)
        with closing(Arrivals.at(file)) as door:
            door.take([typist.act(number, lasting_ms // events)._asdict() for number in range(first, last)])
        session.catch_up()
        clock.advance(max(0, typist.now - session.now()))
    return session


class _Typist:
    """Somebody on a computer of their own who gives the floor and writes a note, in turns."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.now = session.now()
        self._chance = random.Random(1)
        self._hlc = session.history.last_hlc
        self._chain = START

    def act(self, number: int, after_ms: int) -> EventLine:
        """The next act, sealed as their computer would hand it over; every eighth turn is somebody's unknown."""
        self.now += after_ms
        place = (number - 1) // 2 % len(NAMES)
        kind, code = ("unknown", None) if place == len(NAMES) - 1 else ("participant", f"P{place + 1}")
        if number % 2:
            return self._sealed(facts.FloorGiven(kind, code))
        text = f"{remark(number)}, though {NAMES[number // 2 * 7 % len(NAMES)]} had it at visit {number % 97}."
        visit = self.session.state.open_visit
        item = visit.item if visit else None
        tags = ("card",) if number % 10 == 0 else ()
        return self._sealed(
            facts.NoteAdded("quote", text, self.now, item, code, kind, tags, number=number // 2),
        )

    def _sealed(self, fact: facts.Fact) -> EventLine:
        self._hlc = next_hlc(self._hlc, self.now)
        event = Event(
            id=uuid7(self.now, self._chance.randbytes(10)),
            hlc=self._hlc,
            device="tablet",
            actor="Bo",
            role="assistant",
            kind=fact.kind,
            v=fact.v,
            data=facts.encode(fact).decode(),
            fact=fact,
        )
        salt = self._chance.randbytes(8).hex()
        digest, t = digest_of(salt, event.data), on_clock(self.session.state, event.at)
        self._chain = link(self._chain, event, t, digest)
        told = (event.actor, event.role, event.device, event.kind, event.v, event.data)
        return EventLine(0, event.id, event.hlc, iso(event.at), t, *told, salt, digest, self._chain)


def _correct(session: Session) -> None:
    """What a researcher does afterwards: say who the unknown speakers were, and move ends of turns."""
    turns = session.state.alive_turns[:-1]
    unknown = [turn for turn in turns if turn.kind == "unknown"][:NAMED]
    known = [turn for turn in turns if turn.kind != "unknown"]
    for number, turn in enumerate(unknown):
        session.do(decision(floor.name_turn, str(number % len(NAMES) + 1), turn.id))
    for turn in known[:: len(known) // MOVED][:MOVED]:
        session.do(decision(correcting.move, turn.id, turn.started_at + 50, turn.ended_at))
