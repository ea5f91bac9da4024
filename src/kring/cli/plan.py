"""`kring check`, `kring new`, `kring guide`: what a plan says, a plan to begin with, and its guide in Word."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from kring.cli.json_text import json_text
from kring.domain.plan import Plan, PlanWarning
from kring.domain.text import KringError, clean, one_line
from kring.plans.file import as_typed, read_plan_file
from kring.plans.lint import planned_s
from kring.plans.outline import OutlineLine, all_warnings, check_report, checks_by_phase, outline
from kring.system.i18n import _, as_written, language, ngettext, say
from kring.system.output_files import already_there, creating, replacing


def check_command(asked: Namespace, speak: Callable[[Namespace, str | None], None]) -> int:
    """Print outline, times and warnings of a plan in its language; the exit code is 0 whatever it says."""
    plan = read_plan_file(asked.plan).plan
    speak(asked, plan.language)
    if asked.explain:
        if asked.json:
            raise KringError("--explain and --json do not go together; kring import --json says what each line is.")
        from kring.cli.importing.guide import explain

        explain(asked.plan)
        return 0
    text = json_text(check_report(plan, say)) if asked.json else "\n".join(report(plan, asked.plan))
    sys.stdout.write(text + "\n")
    return 0


def new_command(asked: Namespace) -> int:
    """Write a plan to begin with, a template or what a guide says; a file that is there stays as it is."""
    path: Path = asked.plan
    if asked.source is not None:
        return _new_from_guide(path, asked)
    from kring.plans.study.file import read_study_file
    from kring.plans.study.place import text_file
    from kring.plans.template import template, template_of_group
    from kring.session.open import local_day
    from kring.system.clock import SystemClock

    form = "in_person" if asked.place == "in-person" else "online"
    today = local_day(SystemClock(), simulated=False)
    beside = text_file(path.parent)
    if beside is None:
        _write_new(path, template(form, language(), today))
    else:
        _write_new(path, template_of_group(form, language(), today, read_study_file(beside), path.name))
    done = _("{file} is written. Fill it in, then see what it says with: kring check {file}")
    sys.stdout.write(done.format(file=as_typed(path)) + "\n")
    return 0


def guide_command(asked: Namespace, speak: Callable[[Namespace, str | None], None]) -> int:
    """Write the guide of a plan in Word, in the plan's language, and say what was replaced in its texts."""
    from kring.exports.sign_off.written import on_paper, written
    from kring.invite.without_names import without_names
    from kring.privacy.replaced import told_codes, told_doubts

    path: Path = asked.plan
    plan = read_plan_file(path).plan
    speak(asked, plan.language)
    out: Path = asked.out or path.with_name(f"{path.stem}-{_('guide')}.docx")
    leaving, replaced = without_names(on_paper(plan, with_checks=asked.checklist))
    content = written(leaving, with_checks=asked.checklist)
    with replacing(out, force=asked.force) as file:
        file.write(content)
    lines = [
        _("{file} is written: for the client to comment on and sign. It names no participant.").format(file=out),
        *told_codes(replaced),
        *told_doubts(replaced.doubts),
        _("What comes back becomes a plan again with: {command}").format(
            command=f"kring import {as_typed(path.with_name(f'{path.stem}-2.md'))} {as_typed(out)}"
        ),
    ]
    sys.stdout.write(clean("\n".join(lines)) + "\n")
    return 0


def _new_from_guide(path: Path, asked: Namespace) -> int:
    from kring.plans.guide_file import read_guide_file
    from kring.plans.plan_reader import read_outline
    from kring.plans.writing.plan_text import plan_text

    if path.exists():
        raise already_there(path)
    guide = read_guide_file(asked.source)
    reading = read_outline(guide.lines, asked.source.name, is_foreign=guide.is_foreign)
    _write_new(path, plan_text(reading.plan, reading.language, (asked.place or "").replace("-", "_")))
    lines = report(read_plan_file(path).plan, path)
    warnings = [*(warning.sentence for warning in reading.plan.warnings), *guide.warnings]
    lines += [f"{one_line(str(asked.source))}: {one_line(say(warning))}" for warning in warnings]
    done = _("{file} is written. Read it, mend what came out wrong, then start with: kring run {file}")
    sys.stdout.write("\n".join([*lines, "", done.format(file=as_typed(path))]) + "\n")
    return 0


def _write_new(path: Path, text: str) -> None:
    with creating(path) as file:
        file.write(text.encode())


def report(plan: Plan, path: Path) -> list[str]:
    """Return what `kring check` prints, line by line."""
    lines = [plan.title, *_head(plan), ""]
    for line in outline(plan):
        if not line.depth and line.left[:1].isdigit() and lines[-1]:
            lines.append("")
        lines.append(_outline_line(line))
    lines += ["", *_sums(plan), ""]
    warnings = all_warnings(plan)
    lines += [_warning_line(warning, path) for warning in warnings]
    if not warnings:
        lines.append(_("No warnings: this plan is ready."))
    return lines


def _head(plan: Plan) -> list[str]:
    forms = {"online": _("online"), "in_person": _("on location"), "hybrid": _("hybrid")}
    start = (plan.starts_at or "").replace("T", " ")
    length = _("{minutes} min").format(minutes=plan.planned_min) if plan.planned_min else ""
    facts = [part for part in (start, length, forms.get(plan.form or "", ""), plan.platform) if part]
    keys = ", ".join(one_line(key) for key, _value in plan.extra if key)
    kept = _("Kept as remarks, not used: {keys}.").format(keys=keys) if keys else ""
    return [line for line in (plan.objective, ", ".join(facts), kept) if line]


def _outline_line(line: OutlineLine) -> str:
    remarks = ", ".join(part if isinstance(part, str) else say(part) for part in line.remarks)
    indent = "  " * line.depth
    return f"{indent}{line.left:<4} {line.text}" + (f"  ({remarks})" if remarks else "")


def _sums(plan: Plan) -> list[str]:
    minutes = as_written(planned_s(plan) / 60)
    lines = [
        _("Time: {sum} of {length} min").format(sum=minutes, length=plan.planned_min)
        if plan.planned_min
        else _("Time: {sum} min").format(sum=minutes)
    ]
    questions, people = len(plan.questions), len(plan.participants)
    lines.append(ngettext("{n} question", "{n} questions", questions).format(n=questions))
    lines.append(ngettext("{n} participant", "{n} participants", people).format(n=people))
    for phase, checks, gates in checks_by_phase(plan):
        counted = ngettext("{n} check", "{n} checks", checks).format(n=checks)
        asked = ngettext("{n} gate", "{n} gates", gates).format(n=gates) if gates else ""
        lines.append(f"{say(phase)}: {', '.join(part for part in (counted, asked) if part)}")
    return lines


def _warning_line(warning: PlanWarning, path: Path) -> str:
    file = path.parent / warning.source if warning.source else path
    place = f"{file}:{warning.line}" if warning.line else f"{file}"
    return f"{one_line(place)}: {one_line(say(warning.sentence))}"
