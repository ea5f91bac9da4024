"""`kring study carry`: what earlier groups left, shown, and on request written into the plan of the next."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import msgspec

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study import progress
from kring.cli.study.asked import print_lines
from kring.plans.file import as_typed
from kring.session.open import local_day
from kring.study.guides.carrying import Next, carry, next_of
from kring.study.standing import standing
from kring.system.clock import SystemClock
from kring.system.i18n import _, language
from kring.ui.study.words import left_told


def carry_command(asked: Namespace) -> int:
    """Show what is left for the next group; with `--write` put it into its plan."""
    with progress.told() as reads:
        found = standing(asked.folder, local_day(SystemClock(), simulated=False), reads)
    speak(asked, found.folder.study.language)
    wanted = next_of(found, asked.group or "")
    if asked.write and wanted.left:
        carry(wanted, found.folder.study.language or language())
    if asked.json:
        sys.stdout.write(json_text(_as_json(wanted, written=bool(asked.write and wanted.left))) + "\n")
    else:
        print_lines(_lines(wanted, is_written=asked.write, folder=as_typed(asked.folder)))
    return 0


def _lines(wanted: Next, *, is_written: bool, folder: str) -> Iterator[str]:
    told = {"group": wanted.group.number or "?", "file": wanted.plan.name}
    if not wanted.left:
        yield _("Earlier groups left nothing for group {group}.").format(**told)
        return
    yield _("Earlier groups left this for group {group} ({file}):").format(**told)
    yield from (f"  {left_told(one)}" for one in wanted.left)
    if is_written:
        yield _("It is written into {file}, each with its group; look it over there.").format(**told)
    else:
        yield _("Put it into {file} with: kring study carry {folder} --write").format(folder=folder, **told)


def _as_json(wanted: Next, *, written: bool) -> dict[str, Any]:
    return {
        "group": wanted.group.number,
        "plan": wanted.plan.name,
        "left": [msgspec.to_builtins(one) for one in wanted.left],
        "written": written,
    }
