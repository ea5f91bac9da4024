"""How the bench drives kring: every place where it touches the program is here."""

import importlib.util
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

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
        if importlib.util.find_spec(module) is None:
            raise NotMeasurable(f"{module} is not there")


def acting(folder: Path) -> Callable[[], None]:
    """A function that adds one more note to a new, running session in `folder`."""
    return acts_on(folder / "kring.db", notes_only=True)


def acts_on(file: Path, *, notes_only: bool) -> Callable[[], None]:
    """A function that does one more act in a new session: a note, or in turns a note and a change of the floor."""
    require("kring.session", "kring.domain.plan_text")
    from kring.clock import SystemClock
    from kring.domain.note_line import read
    from kring.domain.plan import read_plan
    from kring.domain.verbs import floor, notes
    from kring.domain.verbs import session as session_verbs
    from kring.session import Me, begin

    session = begin(file, read_plan(PLAN, "plan.md"), PLAN, SystemClock(), Me("Bo", "assistant", "laptop"))
    session.do(session_verbs.start, passing=True)
    numbers = count(1)

    def act() -> None:
        number = next(numbers)
        if notes_only or number % 2:
            session.do(notes.add, read(f'"I forget the card, time {number}'))
        else:
            session.do(floor.give, str(number // 2 % 8 + 1))

    return act


def session_with(folder: Path, events: int) -> Path:
    """A session file in `folder` that holds at least that many events, half of them notes."""
    file = folder / f"events-{events}.db"
    act = acts_on(file, notes_only=False)
    for _ in range(events):
        act()
    return file


def live(session: Path) -> list[str]:
    """The command line that opens a session file on the live screen."""
    require("kring.ui.app")
    return [sys.executable, "-m", "kring", "--lang", "en", "run", str(session), "--as", "assistant", "--name", "Bo"]
