"""`kring study new` and `kring study check`: the text of a study, begun and read."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kring.cli.json_text import json_text
from kring.cli.parser import speak
from kring.cli.study import progress
from kring.domain.plan import PlanWarning
from kring.domain.study.model import Study
from kring.domain.study.words import ACTION_STATES, VERDICTS
from kring.domain.text import KringError, clean, one_line
from kring.plans.file import as_typed
from kring.plans.study.place import NAME, text_file
from kring.plans.study.rules import rule_text
from kring.session.open import local_day
from kring.study.folder import StudyFolder, read_folder
from kring.study.guides.carrying import waiting
from kring.study.standing import Standing, standing
from kring.study.template import text_to_begin_with
from kring.study.withdrawn import still_named
from kring.system.clock import SystemClock
from kring.system.i18n import _, language, ngettext, say
from kring.system.output_files import already_there, creating


def new_command(asked: Namespace) -> int:
    """Write the text of a study to begin with; a folder that is not there is made."""
    folder: Path = asked.folder
    if folder.exists() and not folder.is_dir():
        raise KringError("{file} is no folder; name the folder of the study.", file=str(folder))
    there = text_file(folder)
    if there is not None:
        raise already_there(there)
    plans = [(one.path.name, one.plan) for one in read_folder(folder).plans] if folder.is_dir() else []
    speak(asked, next((plan.language for _file, plan in plans if plan.language), None))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise KringError("The folder {folder} cannot be made: {reason}.", folder=str(folder),
                         reason=problem.strerror or "") from problem  # fmt: skip
    today = local_day(SystemClock(), simulated=False)
    with creating(folder / NAME) as file:
        file.write(text_to_begin_with(plans, language(), today).encode())
    done = _("{file} is written. Fill it in, then see what it says with: kring study check {folder}")
    _print([done.format(file=as_typed(folder / NAME), folder=as_typed(folder)), *_left(standing(folder, today))])
    return 0


def check_command(asked: Namespace) -> int:
    """Print what the text of a study was understood as, and what may go wrong; the exit code is 0 whatever it says."""
    with progress.told() as reads:
        found = standing(asked.folder, local_day(SystemClock(), simulated=False), reads)
    folder = msgspec.structs.replace(found.folder, doubts=(*found.folder.doubts, *still_named(found.folder)))
    speak(asked, folder.study.language)
    if asked.json:
        sys.stdout.write(json_text(check_report(folder, found.unresolved)) + "\n")
    else:
        _print([*report(folder, found.unresolved), *_left(found)])
    return 0


def _left(found: Standing) -> Iterator[str]:
    """Yield what earlier groups left for the next one, and how it comes into its plan."""
    wanted = waiting(found)
    if wanted is not None:
        n, folder = len(wanted.left), as_typed(found.folder.path)
        told = ngettext("Earlier groups left {n} question for {file}: kring study carry {folder}",
                        "Earlier groups left {n} questions for {file}: kring study carry {folder}", n)  # fmt: skip
        yield told.format(n=n, file=wanted.plan.name, folder=folder)


def check_report(folder: StudyFolder, pointing: Sequence[PlanWarning] = ()) -> dict[str, Any]:
    """Return what `kring study check --json` prints."""
    return {
        "study": msgspec.to_builtins(msgspec.structs.replace(folder.study, warnings=(), kept=())),
        "kept": [{"line": line, "title": title} for line, title in folder.study.kept],
        "plans": [one.path.name for one in folder.plans],
        "sessions": [msgspec.to_builtins(one) for one in folder.sessions],
        "warnings": [
            {"file": place.name, "line": warning.line, "sentence": say(warning.sentence)}
            for place, warning in all_warnings(folder, pointing)
        ],
    }


def all_warnings(folder: StudyFolder, pointing: Sequence[PlanWarning] = ()) -> list[tuple[Path, PlanWarning]]:
    """Return each warning with the file that it is about: the study's text, its plans, then the folder's files.

    `pointing` are of what its text points to.
    """
    text = folder.text_path or folder.path
    return [
        *((text, warning) for warning in (*folder.study.warnings, *pointing) if folder.text_path),
        *((folder.path / warning.source, warning) for warning in folder.doubts),
        *((folder.path, PlanWarning(0, remark)) for remark in folder.remarks),
    ]


def report(folder: StudyFolder, pointing: Sequence[PlanWarning] = ()) -> list[str]:
    """Return what `kring study check` prints, line by line."""
    lines = [folder.title, *_understood(folder.study), *_files(folder), ""]
    warnings = all_warnings(folder, pointing)
    lines += [_warning_line(place, warning) for place, warning in warnings]
    return lines if warnings else [*lines, _("No warnings.")]


def _understood(study: Study) -> Iterator[str]:
    yield from (text for text in (study.question, study.client) if text)
    if audience := study.audience:
        yield ""
        yield _("Target audience") + ": " + (one_line(audience.text) or "–")
        yield from _named((_("characteristics"), audience.characteristics), (_("audience size"), audience.size),
                          (_("source"), audience.source), (_("revised"), str(audience.revised or "")))  # fmt: skip
    if study.segments:
        yield from ("", _("Segments"))
    for segment in study.segments:
        for one in segment.definitions or (None,):
            since = _("from {day}").format(day=one.since) if one and one.since else ""
            how = _("computed: {rule}").format(rule=rule_text(one.rule)) if one and one.rule else _("by hand")
            parts = [segment.name, one.text if one else "", since, how]
            yield "  " + " · ".join(part for part in parts if part)
    if study.personas:
        yield from ("", _("Personas"))
        yield from ("  " + " · ".join(part for part in (one.name, one.segment) if part) for one in study.personas)
    if study.findings:
        yield from ("", _("Findings"))
        yield from (f"  {one.code} {one.text}" for one in study.findings)
    if study.hypotheses:
        yield from ("", _("Hypotheses"))
        yield from (f"  {one.code} {one.text}: {_(VERDICTS[one.verdict])}" for one in study.hypotheses)
    if study.actions:
        yield from ("", _("Actions"))
        yield from (f"  {one.code} {one.text}: {_(ACTION_STATES[one.state])}" for one in study.actions)
    kept = [title for _line, title in study.kept] + [key for key, _value in study.extra if key]
    if kept:
        yield from ("", _("Kept as it is, not used: {keys}.").format(keys=", ".join(kept)))


def _named(*pairs: tuple[str, str]) -> Iterator[str]:
    yield from (f"  {name}: {value}" for name, value in pairs if value)


def _files(folder: StudyFolder) -> Iterator[str]:
    yield ""
    plans, sessions = len(folder.plans), len(folder.sessions)
    yield ngettext("{n} plan", "{n} plans", plans).format(n=plans)
    yield ngettext("{n} session", "{n} sessions", sessions).format(n=sessions)


def _warning_line(file: Path, warning: PlanWarning) -> str:
    place = f"{file}:{warning.line}" if warning.line else f"{file}"
    return f"{one_line(place)}: {one_line(say(warning.sentence))}"


def _print(lines: list[str]) -> None:
    sys.stdout.write("\n".join(clean(line) for line in lines) + "\n")
