"""`kring study diff`: what changed in the guide between the groups of a study."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import msgspec

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study import progress
from kring.cli.study.asked import print_lines
from kring.domain.study.guide_changes import GuideChange, GuideLine, What, guide_changes
from kring.domain.text import N_, KringError
from kring.domain.time_text import as_length
from kring.session.open import local_day
from kring.study.guides.of_groups import GroupGuide, guide_of, guides_of
from kring.study.standing import standing
from kring.system.clock import SystemClock
from kring.system.i18n import _

WORDS: dict[What, str] = {
    "added": N_("added: {now}"),
    "dropped": N_("dropped: {before}"),
    "reworded": N_("reworded: {before} → {now}"),
    "moved": N_("moved: {now}, from {place} to {new_place}"),
    "must ask": N_("must be asked now: {now}"),
    "need not ask": N_("need not be asked any more: {now}"),
    "time": N_("time: {now}, {time} → {new_time}"),
}


def diff_command(asked: Namespace) -> int:
    """Print what changed from each group to the next, or from one group to another."""
    with progress.told() as reads:
        found = standing(asked.folder, local_day(SystemClock(), simulated=False), reads)
    speak(asked, found.folder.study.language)
    guides = guides_of(found)
    if len(asked.groups) not in (0, 2):
        raise KringError("Name two groups, or none for each beside the next.")
    pairs = [tuple(guide_of(guides, number) for number in asked.groups)] if asked.groups else list(pairwise(guides))
    if not pairs:
        raise KringError("There are no two groups with a guide in {folder}.", folder=str(asked.folder))
    told = [(before, now, guide_changes(before.lines, now.lines)) for before, now in pairs]
    if asked.json:
        sys.stdout.write(json_text([_as_json(*one) for one in told]) + "\n")
    else:
        print_lines(line for one in told for line in _lines(*one))
    return 0


def _lines(before: GroupGuide, now: GroupGuide, changes: list[GuideChange]) -> Iterator[str]:
    yield _("group {before} → group {now}").format(before=_called(before), now=_called(now))
    yield from (f"  {told(change)}" for change in changes)
    if not changes:
        yield "  " + _("no section, question or probe is another one, or has another time")


def _called(guide: GroupGuide) -> str:
    return guide.group.number or "?"


def told(change: GuideChange) -> str:
    """Return a change on one line."""
    before, now = change.before, change.now
    return _(WORDS[change.what]).format(
        before=_line(before),
        now=_line(now),
        place=before.number if before else "",
        new_place=now.number if now else "",
        time=_time(before),
        new_time=_time(now),
    )


def _line(line: GuideLine | None) -> str:
    if line is None:
        return ""
    number = _("{number} probe").format(number=line.number) if line.kind == "probe" else line.number
    return " ".join(part for part in (number, line.text) if part)


def _time(line: GuideLine | None) -> str:
    return as_length(line.planned_s * 1000) if line is not None and line.planned_s is not None else "–"


def _as_json(before: GroupGuide, now: GroupGuide, changes: list[GuideChange]) -> dict[str, Any]:
    return {
        "before": before.group.number,
        "now": now.group.number,
        "changes": [msgspec.to_builtins(change) for change in changes],
    }
