"""`kring study FOLDER`: how a study stands, on a screen or as lines."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from kring.cli.json_text import json_text
from kring.cli.parser import COMMANDS, parsed, speak
from kring.cli.study import progress
from kring.domain.study.due import Due
from kring.domain.study.groups import Group, Places
from kring.domain.study.words import ACTION_STATES, VERDICTS
from kring.domain.text import KringError, clean, one_line
from kring.domain.time_text import as_clock
from kring.session.open import local_day
from kring.study.kto.told import brief
from kring.study.reads import for_a_moment
from kring.study.recruiting.recruitment import recruitment
from kring.study.standing import Standing, standing
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _, ngettext, say
from kring.ui.study.recruiting_words import counted as counted_list
from kring.ui.study.recruiting_words import to_do
from kring.ui.study.words import how_many, state_of, when_due


def open_command(asked: Namespace) -> int:
    """Show a study on a screen; as lines where that is asked, or there is no terminal."""
    today = local_day(SystemClock(), simulated=False)
    if has_terminal() and not (asked.json or asked.plain):
        _on_screens(asked, today)
        return 0
    with progress.told() as reads:
        found = standing(asked.folder, today, reads)
    speak(asked, found.folder.study.language)
    told = json_text(_report(found)) if asked.json else "\n".join(clean(line) for line in overview(found))
    sys.stdout.write(told + "\n")
    return 0


def has_terminal() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _on_screens(asked: Namespace, today: date) -> None:
    """Show the study, do what is wished outside its screen, and show it again, until it is closed."""
    look = partial(standing, asked.folder, today)
    found = look(for_a_moment())
    speak(asked, found.folder.study.language)
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.study import screen

    wish, said = None, ""
    while wish := screen.run(found, look, settings.read(), wish, said):
        said = ""
        try:
            if wish.what == "edit":
                edit(wish.file)
            else:
                words = ["study", wish.what] if wish.what in screen.OF_STUDY else [wish.what]
                moment = ["--at", as_clock(wish.second * 1000)] if wish.second is not None else []
                spoken = ["--lang", lang] if (lang := asked.lang) else []
                inside = parsed([*words, str(wish.file), *moment, *spoken])
                COMMANDS[words[0]].asked(inside).run(inside)
        except KringError as problem:
            said = say(problem.sentence)
        found = look(for_a_moment())
        speak(asked, found.folder.study.language)


def edit(file: Path) -> None:
    """Open a text in the editor that this computer names; raises KringError where it names none."""
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    words = shlex.split(told) or [word for word in ("nano", "vi") if shutil.which(word)][:1]
    if not words:
        raise KringError("No editor is known here; set EDITOR, or open {file} yourself.", file=str(file))
    try:
        subprocess.run([*words, str(file)], check=False)
    except OSError:
        raise KringError("The editor {name} can't be started.", name=words[0]) from None


def _report(found: Standing) -> dict[str, object]:
    """Return what `--json` prints: the study as it stands on a day."""
    study = found.folder.study
    return {
        "title": found.folder.title,
        "question": study.question,
        "day": found.today.isoformat(),
        "due": [
            {"what": say(one.what), "day": one.day.isoformat(), "owner": one.owner, "days_late": one.late(found.today)}
            for one in found.todo
        ],
        "groups": [msgspec.to_builtins(group) for group in found.groups],
        "findings": [msgspec.to_builtins(one) for one in study.findings],
        "hypotheses": [msgspec.to_builtins(one) for one in study.hypotheses],
        "actions": [msgspec.to_builtins(one) for one in study.actions],
        "differing": found.differing,
    }


def overview(found: Standing) -> list[str]:
    """Return how a study stands, line by line, what is late first."""
    folder, study = found.folder, found.folder.study
    counted = ngettext("{n} group", "{n} groups", len(found.groups)).format(n=len(found.groups))
    lines = [f"{folder.title} · {counted}, {_('{n} held').format(n=found.held)}"]
    lines += [text for text in (study.question, study.client) if text]
    lines += ["", _("To do"), *(_due_line(one, found.today) for one in found.todo)] if found.todo else []
    lines += (
        ["", _("Groups"), *(line for group in found.groups for line in _group_lines(group))] if found.groups else []
    )
    for segment, by_text in found.differing.items():
        for text, groups in by_text.items():
            told = _("{segment} in group {groups}: {definition}")
            lines.append("  " + told.format(segment=segment, groups=", ".join(groups), definition=text))
    if found.people is not None:
        people = recruitment(found)
        told = _("Recruitment: {list}").format(list=counted_list(people))
        lines += ["", ", ".join((told, *to_do(people)))]
    if study.findings:
        lines += ["", _("Findings")]
        lines += [f"  {one.code} {one.text}" for one in study.findings]
    if folder.surveys:
        lines += ["", "KTO", *(f"  {line}" for survey in folder.surveys for line in brief(survey))]
    if study.hypotheses:
        lines += ["", _("Hypotheses")]
        lines += [f"  {one.code} {one.text}: {_(VERDICTS[one.verdict])}" for one in study.hypotheses]
    if study.actions:
        lines += ["", _("Actions")]
        lines += [f"  {one.code} {one.text}: {_(ACTION_STATES[one.state])}" for one in study.actions]
    if warnings := len(study.warnings) + len(found.unresolved) + len(folder.doubts) + len(folder.remarks):
        counted = ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings)
        lines += ["", _("{warnings}: kring study check {folder}").format(warnings=counted, folder=folder.path)]
    return [one_line(line) if line.strip() == line else line for line in lines]


def _due_line(one: Due, today: date) -> str:
    return f"  {when_due(one.late(today), one.day)}: {say(one.what)}" + (f" ({one.owner})" if one.owner else "")


def _group_lines(group: Group) -> Iterator[str]:
    when = group.starts_at.replace("T", " ")
    parts = [_("group {number}").format(number=group.number or "?"), when, state_of(group)]
    yield "  " + ", ".join(part for part in parts if part)
    yield from (f"    {_place(one)}" for one in group.places)


def _place(one: Places) -> str:
    counted = (
        str(one.there) if one.wanted is None else _("{n} of {wanted}").format(n=one.there, wanted=how_many(one.wanted))
    )
    more = ", " + ngettext("{n} fits", "{n} fit", one.fit).format(n=one.fit) if one.fit else ""
    if one.short:
        more += ", " + _("{n} short").format(n=one.short)
    elif one.over:
        more += f", +{one.over}"
    return f"{one.segment or _('unknown')}: {counted}{more}"
