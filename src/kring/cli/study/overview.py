"""`kring study FOLDER`: how a study stands, on a screen or as lines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date

import msgspec

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study.text import ACTION_STATES, VERDICTS
from kring.domain.study.due import Due, due
from kring.domain.study.groups import Group, GroupState, Places, groups_of
from kring.domain.study.model import Range
from kring.domain.text import N_, clean, one_line
from kring.session.open import local_day
from kring.study.folder import StudyFolder, read_folder
from kring.system.clock import SystemClock
from kring.system.i18n import _, ngettext, say

STATES: dict[GroupState, str] = {
    "planned": N_("planned"),
    "prepared": N_("prepared"),
    "running": N_("runs now"),
    "held": N_("held"),
    "missed": N_("not held"),
}


def open_command(asked: Namespace) -> int:
    """Show a study; its lines where there is no terminal."""
    folder = read_folder(asked.folder)
    speak(asked, folder.study.language)
    today = local_day(SystemClock(), simulated=False)
    groups = groups_of(
        folder.study, [(one.path.name, one.plan) for one in folder.plans], folder.sessions, today
    )  # fmt: skip
    if asked.json:
        sys.stdout.write(json_text(_report(folder, groups, today)) + "\n")
    else:
        sys.stdout.write("\n".join(clean(line) for line in overview(folder, groups, today)) + "\n")
    return 0


def _report(folder: StudyFolder, groups: list[Group], today: date) -> dict[str, object]:
    """Return what `--json` prints: the study as it stands on a day."""
    return {
        "title": folder.study.title,
        "question": folder.study.question,
        "day": today.isoformat(),
        "due": [
            {"what": say(one.what), "day": one.day.isoformat(), "owner": one.owner, "days_late": one.late(today)}
            for one in due(folder.study, groups, today)
        ],
        "groups": [msgspec.to_builtins(group) for group in groups],
        "hypotheses": [msgspec.to_builtins(one) for one in folder.study.hypotheses],
        "actions": [msgspec.to_builtins(one) for one in folder.study.actions],
    }


def overview(folder: StudyFolder, groups: list[Group], today: date) -> list[str]:
    """Return how a study stands, line by line, what is late first."""
    study, held = folder.study, sum(group.state == "held" for group in groups)
    counted = ngettext("{n} group", "{n} groups", len(groups)).format(n=len(groups))
    lines = [f"{study.title} · {counted}, {_('{n} held').format(n=held)}"]
    lines += [text for text in (study.question, study.client) if text]
    todo = due(study, groups, today)
    lines += ["", _("To do"), *(_due_line(one, today) for one in todo)] if todo else []
    lines += ["", _("Groups"), *(line for group in groups for line in _group_lines(group))] if groups else []
    if study.hypotheses:
        lines += ["", _("Hypotheses")]
        lines += [f"  {one.code} {one.text}: {_(VERDICTS[one.verdict])}" for one in study.hypotheses]
    if study.actions:
        lines += ["", _("Actions")]
        lines += [f"  {one.code} {one.text}: {_(ACTION_STATES[one.state])}" for one in study.actions]
    if warnings := len(study.warnings) + len(folder.remarks):
        counted = ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings)
        lines += ["", _("{warnings}: kring study check {folder}").format(warnings=counted, folder=folder.path)]
    return [one_line(line) if line.strip() == line else line for line in lines]


def _due_line(one: Due, today: date) -> str:
    return f"  {when_due(one.late(today), one.day)}: {say(one.what)}" + (f" ({one.owner})" if one.owner else "")


def when_due(late: int, day: date) -> str:
    """Return by when something is due, in words where it is late."""
    if late > 0:
        return ngettext("{n} day late", "{n} days late", late).format(n=late)
    return _("today") if late == 0 else day.isoformat()


def _group_lines(group: Group) -> Iterator[str]:
    when = group.starts_at.replace("T", " ")
    lasted = _("{minutes} min").format(minutes=group.minutes) if group.minutes else ""
    parts = [_("group {number}").format(number=group.number or "?"), when, _(STATES[group.state]), lasted]
    yield "  " + ", ".join(part for part in parts if part)
    yield from (f"    {_place(one)}" for one in group.places)


def _place(one: Places) -> str:
    counted = (
        str(one.there) if one.wanted is None else _("{n} of {wanted}").format(n=one.there, wanted=told(one.wanted))
    )
    more = ""
    if one.short:
        more = ", " + _("{n} short").format(n=one.short)
    elif one.over:
        more = f", +{one.over}"
    return f"{one.segment or _('unknown')}: {counted}{more}"


def told(wanted: Range) -> str:
    """Return how many are wanted: 6 or 6–8."""
    return str(wanted.least) if wanted.least == wanted.most else f"{wanted.least}–{wanted.most}"
