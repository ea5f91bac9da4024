"""What `kring demo --study` needs: the study that comes with kring, copied, and its groups played in the copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from kring.domain.text import KringError
from kring.plans.file import read_plan_file
from kring.rehearsal.concluding import conclude
from kring.rehearsal.demo import folder_for_demos
from kring.rehearsal.playing import write_session
from kring.rehearsal.sample import NOTICE
from kring.rehearsal.words import words_of_group
from kring.system.i18n import _

NAME = "loyaliteit-2026"
TEXT = "study.md"
SAID = "loyaliteit-2026.txt"
DAYS = {
    "groep-1.md": "2026-03-03 19:30",
    "groep-2.md": "2026-03-05 19:30",
    "groep-3.md": "2026-03-10 19:30",
    "groep-4.md": "2027-01-14 19:30",
}
"""The plans, and when their groups are in a copy: where none of them is played, none of them is late."""
PLANS = tuple(DAYS)
PLAYED = PLANS[:-1]
"""The last group is still to come, so that there is something to prepare."""
FILES = (TEXT, *PLANS, "kto-2026-01.csv", "kto-2026-10.csv")


def example_study() -> Path:
    """Return the folder of the study that comes with kring."""
    package = Path(__file__).parent.parent
    for folder in (package / "plans" / "examples", package.parent.parent / "sessions"):  # installed, or its source tree
        if (folder / NAME / TEXT).is_file():
            return folder / NAME
    raise KringError("The plan {file} that comes with kring is not there; install kring again.", file=NAME)


def free_folder() -> Path:
    """Return where the next copy of the study goes; never a folder that is there."""
    places = (folder_for_demos() / f"demo-{NAME}{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(place for place in places if not place.exists())


def _give_days(copy: Path) -> None:
    """Write into the text of a copy, and into its plans, when its groups are."""
    text = (copy / TEXT).read_text("utf-8")
    for group, (name, day) in enumerate(DAYS.items(), 1):
        text = text.replace(f"\n| {group} | |", f"\n| {group} | {day} |", 1)
        plan = (copy / name).read_text("utf-8")
        (copy / name).write_text(plan.replace("\nduur:", f"\nstart: {day}\nduur:", 1), "utf-8")
    (copy / TEXT).write_text(text, "utf-8")


def play_study(copy: Path, seed: int) -> Iterator[str]:
    """Copy the study to a folder that is not there yet, play its groups, conclude, and yield what was done."""
    source = example_study()
    try:
        copy.mkdir(parents=True)
        for name in FILES:
            shutil.copyfile(source / name, copy / name)
        _give_days(copy)
    except FileExistsError:
        raise KringError("{file} exists already.", file=str(copy)) from None
    except OSError as problem:
        raise KringError("{file} cannot be made: {reason}.", file=str(copy), reason=problem.strerror or "") from problem
    for place, name in enumerate(PLAYED):
        file = copy / name
        plan = read_plan_file(file).plan
        words = words_of_group(plan, place, len(PLAYED), SAID)
        write_session(file.with_suffix(".db"), plan, seed + place, is_sample=True, words=words)
        yield _("{file} is played.").format(file=file.with_suffix(".db").name)
    conclude(copy, copy / TEXT)
    yield _(NOTICE)
