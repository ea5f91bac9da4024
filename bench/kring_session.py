"""How the bench drives kring: every place where it touches the program is here."""

import importlib.util
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path

from pty_harness import Term

from kring.domain.decide import decision
from kring.system.sqlite import sqlite3

NAMES = ("Fatima", "Joost", "Mei", "Sander", "Ayse", "Ruud", "Lotte", "Kees")
SEATS = len(NAMES)
PLAN = """\
---
title: Loyalty programme
moderator: Els
assistant: Bo
length: 90 min
---

# Welcome (10 min)
1. Who are you, and what do you see in your room?

# Using the programme (40 min)
2. Tell us about the last time you used your points. ! {key}
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


class NotMeasurable(Exception):
    """The program, or the machine, cannot be measured in this way; the text says why."""


def require(*modules: str) -> None:
    """Raises NotMeasurable when a part of the program is not there."""
    for module in modules:
        try:
            found = importlib.util.find_spec(module)
        except ModuleNotFoundError:
            found = None
        if found is None:
            raise NotMeasurable(f"{module} is not there")


class Acting:
    """A new, running session, and one more act in it at each call: a note, a new speaker, or these in turns."""

    def __init__(self, file: Path, acts: str) -> None:
        require("kring.session.session", "kring.plans.plan_reader", "kring.plans.freeform_reader")
        from kring.domain.decide import session as session_verbs
        from kring.plans.plan_reader import read_plan
        from kring.session.session import Me, begin
        from kring.system.clock import SystemClock

        plan = read_plan(PLAN, "plan.md")
        self.session = begin(file, plan, SystemClock(), Me("Bo", "assistant", "laptop"))
        self.session.do(decision(session_verbs.start, passing=True))
        self.acts = cycle(acts.split())
        self.number = 0

    def __call__(self) -> None:
        from kring.domain.decide import floor, notes
        from kring.domain.note_line import read

        self.number += 1
        match next(self.acts):
            case "note":
                self.session.do(decision(notes.add, read(f'"{remark(self.number)}')))
            case "floor":
                self.session.do(decision(floor.give, str(self.number // 2 % SEATS + 1)))


def remark(number: int) -> str:
    """A text of a note that no other note has."""
    return f"card forgotten {number:06}"


def sentence(number: int) -> str:
    """A note as people write them, different each time."""
    return f"I had the card with me at visit {number}, but they did not ask for it. #card"


def session_with(folder: Path, events: int) -> Path:
    """A session file in `folder` that holds that many acts, half of them notes; the newest act is a note."""
    file = folder / f"events-{events}.db"
    with place("/dev/shm") as quick:
        act = Acting(quick / file.name, "floor note")
        for _ in range(events):
            act()
        act.session.close()
        shutil.copy(quick / file.name, file)
    return file


def events_in(file: Path, kind: str) -> int:
    """How many events of a kind a session file holds."""
    with closing(sqlite3.connect(str(file))) as connection:
        count: int = connection.execute("select count(*) from events where kind = ?", (kind,)).fetchone()[0]
    return count


@contextmanager
def place(parent: str) -> Iterator[Path]:
    """A folder of our own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kring-bench-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class Live:
    """The live screen of the assistant on a terminal, and the keys that the bench presses there."""

    COLUMNS, ROWS = 100, 30
    OPTIONS = ("--as", "assistant", "--name", "Bo")

    def __init__(self, file: Path, events: int) -> None:
        require("kring.ui.app", "kring.ui.live.screen")
        self.argv = [sys.executable, "-m", "kring", "--lang", "en", "run", str(file), *self.OPTIONS]
        self.newest = remark(events)
        self.turns = 0
        self.notes = 0

    def open(self) -> Term:
        """Starts the program; it is there when its newest note can be read."""
        return Term(self.argv, columns=self.COLUMNS, rows=self.ROWS)

    def is_there(self, term: Term) -> bool:
        return term.shows(self.newest)

    def give_floor(self, term: Term) -> float:
        """Seconds from the key of a seat until the screen says that this person speaks."""
        self.turns += 1
        seat = self.turns % SEATS + 1
        return term.key(str(seat), lambda shown: shown.shows(f"✓ {NAMES[seat - 1]} has the floor"))

    def add_note(self, term: Term) -> float:
        """Seconds from Enter until the note stands in its list; it stood in the input line before."""
        self.notes += 1
        text = f"measured {self.notes:06}"
        term.write("n")
        term.record(quiet_s=0.05, at_most_s=0.5)
        term.write(f'"{text}')
        term.wait_for(f'"{text}')
        return term.key("\r", lambda shown: listed(shown, text))


def listed(term: Term, text: str) -> bool:
    """Whether a text stands on a line that also shows a time: in a list, not in the input line."""
    return any(text in line and re.search(r"\d:\d\d", line) for line in term.screen.display)
