"""`kring invite`: letters, an appointment and a run sheet made of a plan."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from kring.domain.plan import Plan
from kring.domain.text import KringError, clean
from kring.invite import facts as told_by
from kring.invite.appointment import appointment, zone_named
from kring.invite.letters import letters, write_templates
from kring.invite.run_sheet import on_sheet, page
from kring.invite.without_names import without_names
from kring.plans.file import read_plan_file
from kring.privacy.replaced import Replaced, told_codes, told_doubts
from kring.system.clock import SystemClock, local_zone
from kring.system.i18n import _
from kring.system.output_files import replacing


def invite_command(asked: Namespace, speak: Callable[[Namespace, str | None], None]) -> int:
    """Write the invitation kit of a plan, in its language; says what the plan leaves blank."""
    plan = read_plan_file(asked.plan).plan
    speak(asked, plan.language)
    lines: list[str] = []
    if asked.templates is not None:
        make_folder(asked.templates)
        new = write_templates(asked.templates)
        lines += [_("{file} is written, to change as you like.").format(file=path) for path in new]
    folder = asked.out or asked.plan.with_name(f"{asked.plan.stem}-{_('invitation')}")
    leaving, replaced = (plan, Replaced()) if asked.names else without_names(on_sheet(plan), with_contacts=True)
    kit = list(_kit(plan, leaving, asked))
    make_folder(folder)
    for name, content in kit:
        with replacing(folder / name, force=asked.force) as file:
            file.write(content)
    lines.append(_("Written in {folder}: {files}.").format(folder=folder, files=", ".join(name for name, _text in kit)))
    blanks = told_by.left_blank("\n".join(content.decode() for name, content in kit if name.endswith(".txt")))
    if blanks:
        lines.append(_("Still to be filled in, between square brackets: {blanks}.").format(blanks=", ".join(blanks)))
    if not plan.starts_at:
        lines.append(_("No appointment is written: the plan has no date and time of the start."))
    elif not plan.planned_min:
        lines.append(_("The appointment has no end: the plan has no length."))
    lines += [*(told_codes(replaced) if replaced.codes else ()), *told_doubts(replaced.doubts)]
    sys.stdout.write(clean("\n".join(lines)) + "\n")
    return 0


def _kit(plan: Plan, leaving: Plan, asked: Namespace) -> Iterator[tuple[str, bytes]]:
    """Yield each file; the run sheet has the texts of the plan, so it is made of what may leave."""
    facts, times = told_by.facts(plan), told_by.times(plan)
    for letter in letters(facts, asked.templates):
        yield letter.name, letter.text.encode()
    if times is not None:
        zone = zone_named(asked.zone or local_zone(plan.starts_at)[0])
        written_at = datetime.fromtimestamp(SystemClock().wall_ms() / 1000, UTC)
        yield _("appointment") + ".ics", appointment(plan, times, facts, zone, written_at)
    yield _("run-sheet") + ".html", page(leaving, times, facts, with_names=asked.names).encode()


def make_folder(folder: Path) -> None:
    """Make a folder, for its owner only, where it is not there; raises KringError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise KringError(
            "The folder {folder} cannot be made: {reason}.", folder=str(folder), reason=problem.strerror or ""
        ) from problem
