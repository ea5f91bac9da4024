"""A row of a folder in which the sessions of years lie: how long they keep a new evening waiting."""

import shutil
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from kring_session import KRING
from measure import Compare, Effort, Row, Sample, alternate, medians
from pty_harness import Term
from session_files import ON_DISK, PLAN, PLAN_FILE, TITLE, place, prepared, sealed

LIMIT_S = 0.2
QUESTION = "Resume it (r, or Enter)"
A_DAY = 90
"""Sessions of one plan on a day: a file of that name and more, up to what a folder may hold of one name."""


def folder(effort: Effort) -> list[Row]:
    """From the start of the program to its first question, beside sealed sessions of the same plan and without them.

    The question is about the oldest one, which was only prepared: all of the others are looked at before.
    """
    sessions = effort.sessions
    row = Row("folder", f"first question beside {sessions:,} sealed sessions", "s", LIMIT_S, compare=Compare.EXCESS)
    with place(ON_DISK) as parent:
        samples: dict[str, Sample] = {}
        for name, beside in (("floor", 0), ("kring", sessions)):
            samples[name] = partial(_asked_s, _folder_of(parent / name, beside))
        taken = alternate(samples, rounds=effort.rounds, per_round=1)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return [row]


def _folder_of(folder: Path, sessions: int) -> Path:
    """A plan in a folder, its prepared session, and so many sealed ones of later days."""
    folder.mkdir()
    plan = folder / PLAN_FILE
    plan.write_text(PLAN)
    slug = TITLE.lower().replace(" ", "-")
    first = date.fromisoformat("2020-01-01")
    prepared(folder / f"{first.isoformat()}-{slug}.db")
    if not sessions:
        return plan
    ended = folder / "ended.db"
    sealed(ended)
    for number in range(sessions):
        day = first + timedelta(days=1 + number // A_DAY)
        nth = number % A_DAY + 1
        name = f"{day.isoformat()}-{slug}{f'-{nth}' if nth > 1 else ''}.db"
        shutil.copyfile(ended, folder / name)
    ended.unlink()
    return plan


def _asked_s(plan: Path) -> float:
    with Term([*KRING, "run", str(plan)], cwd=plan.parent, columns=120) as term:
        return term.wait_for(QUESTION, at_most_s=120) - term.started_at
