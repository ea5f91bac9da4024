"""`kring import PLAN.md GUIDE.docx`: a guide of another shape becomes a plan, after a look at each of its lines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.domain.text import KringError, Sentence, one_line
from kring.plans.explained import Taken, table
from kring.plans.file import as_typed
from kring.plans.guide_file import read_guide_file
from kring.plans.writing.plan_text import plan_text
from kring.system import settings
from kring.system.i18n import _, say
from kring.system.output_files import already_there, creating
from kring.ui.plan_lines.screen import Guide, guide_of, run

_OF_A_SESSION = ("format", "offset", "who", "with_private", "no_file", "join", "at", "take_out", "shift", "why", "name")


def import_guide(asked: Namespace) -> int:
    """Show what each line of a guide is taken for, and write the plan where that is meant."""
    guide, warnings = _guide(asked)
    speak(asked, guide.reading.language)
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if asked.json:
        sys.stdout.write(json_text({"lines": [_as_json(line) for line in guide.taken]}) + "\n")
        return 0
    if asked.dry_run or asked.plain or asked.yes or not is_terminal:
        sys.stdout.write("\n".join(shown(guide.taken, warnings)) + "\n")
    elif not run(guide, settings.read()):
        return 1
    else:
        sys.stdout.writelines(f"{one_line(say(warning))}\n" for warning in warnings)
    if asked.dry_run:
        return 0
    if not (asked.yes or is_terminal):
        raise KringError("Nothing is written: where nobody can be asked, say --yes.")
    with creating(asked.target) as file:
        file.write(plan_text(guide.reading.plan, guide.reading.language).encode())
    done = _("{file} is written. Read it, mend what came out wrong, then start with: kring run {file}")
    sys.stdout.write(done.format(file=as_typed(asked.target)) + "\n")
    return 0


def explain(path: Path) -> None:
    """Show what each line of a plan is taken for: on the screen, without a terminal as a table."""
    lines, _warnings, is_foreign = read_guide_file(path)
    guide = guide_of(lines, path.name, is_foreign=is_foreign)
    if sys.stdin.isatty() and sys.stdout.isatty():
        run(guide, settings.read(), is_fixed=True)
    else:
        sys.stdout.write("\n".join(shown(guide.taken)) + "\n")


def shown(taken: list[Taken], warnings: tuple[Sentence, ...] = ()) -> Iterator[str]:
    """Return the table of lines, a line of text each."""
    rows = [
        (str(number), ", ".join(_(kind) for kind in kinds), _(why), one_line(text))
        for number, kinds, why, text in table(taken)
    ]
    wide, wider = (max((len(row[column]) for row in rows), default=0) for column in (1, 2))
    for number, names, why, text in rows:
        yield f"{number:>5}  {names:<{wide}}  {why:<{wider}}  {text}".rstrip()
    for warning in warnings:
        yield one_line(say(warning))


def _guide(asked: Namespace) -> tuple[Guide, tuple[Sentence, ...]]:
    if any(getattr(asked, option) for option in _OF_A_SESSION):
        raise KringError("A guide becomes a plan with --dry-run, --json, --plain and --yes alone.")
    if len(asked.files) != 1:
        raise KringError("Name one guide: kring import {plan} GUIDE.docx", plan=as_typed(asked.target))
    if asked.target.exists():
        raise already_there(asked.target)
    (path,) = asked.files
    lines, warnings, is_foreign = read_guide_file(path)
    return guide_of(lines, path.name, is_foreign=is_foreign), warnings


def _as_json(line: Taken) -> dict[str, object]:
    return {
        "line": line.number,
        "taken_for": list(line.kinds),
        "reason": line.reason,
        "text": line.text,
        "warnings": [say(warning) for warning in line.warnings],
    }
