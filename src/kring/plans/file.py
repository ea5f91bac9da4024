"""A plan from a file: its text, the roster beside it, and the stimuli that it names."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from kring.domain.plan import Plan, PlanWarning
from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence, one_line
from kring.plans.escapes import put_back
from kring.plans.guide_file import is_word, read_guide_text
from kring.plans.lines import without_emphasis
from kring.plans.people import roster
from kring.plans.people.header import Rows
from kring.plans.plan_reader import read_plan
from kring.plans.study.place import text_file
from kring.plans.word.package import LARGEST_FILE, require_sound
from kring.system.office.sheets import is_workbook, read_sheets
from kring.system.text_files import Unreadable, decoded, kind_of, read_bytes, rows_of, sentence_for_page

_LONGEST_FRONT = 4_096


class PlanFile(NamedTuple):
    """A plan, and the text that it was read from."""

    plan: Plan
    text: str


def read_plan_file(path: Path) -> PlanFile:
    """Read a plan and what lies beside it; raises Unreadable only where the file is no text at all."""
    content = read_bytes(path)
    _refuse_guide(path, content)
    found = read_guide_text(content, path.name)
    plan = read_plan(found.text, path.name)
    warnings = [PlanWarning(0, sentence) for sentence in found.warnings]
    if plan.roster_file:
        plan = _with_roster_file(plan, path.parent)
    plan = _with_own_segment(plan)
    if text := text_file(path.parent):
        from kring.plans.study import beside  # slow to load, and most plans are of no study

        plan = beside.with_study(plan, text)
    warnings += _missing_files(plan, path.parent)
    return PlanFile(msgspec.structs.replace(plan, warnings=(*plan.warnings, *warnings)), found.text)


def _refuse_guide(path: Path, content: bytes) -> None:
    """Say of a guide in Word or in a workbook how it becomes a plan, and of one that is damaged that it is."""
    if is_word(content, path.name):
        require_sound(read_bytes(path, LARGEST_FILE), path.name)
        template = N_("{file} is a Word file; make a plan of it with: kring new {plan} --from {guide}")
    elif kind_of(content) in ("workbook", "old workbook"):
        template = N_("{file} is a workbook; make a plan of it with: kring new {plan} --from {guide}")
    else:
        return
    made = path.with_suffix(".md")
    plan = path.with_name(f"{path.stem}-plan.md") if made == path else made
    raise Unreadable(template, file=path.name, plan=as_typed(plan), guide=as_typed(path))


def _with_own_segment(plan: Plan) -> Plan:
    """Return the plan with its segment for everybody on the list who has none of their own."""
    people = (msgspec.structs.replace(one, segment=one.segment or plan.segment) for one in plan.participants)
    return msgspec.structs.replace(plan, participants=tuple(people)) if plan.segment else plan


def refuse_plan(path: Path, state: State) -> None:
    """Refuse to write in the place of a plan: of this session, or any text that opens with the facts of one."""
    is_own = path.name == state.session.plan_file
    try:
        begins = path.read_text("utf-8", errors="replace")[:_LONGEST_FRONT] if path.is_file() else ""
    except OSError:
        begins = ""
    is_text = path.suffix.lower() in (".md", ".txt", ".markdown")
    if path.is_file() and (is_own or (is_text and begins.lstrip("\ufeff").startswith("---\n"))):
        raise KringError("{file} is a plan and stays as it is; choose another name.", file=path.name)


def as_typed(path: Path) -> str:
    """Return a path as a person types it behind a command."""
    text = one_line(str(path))
    return f'"{text}"' if " " in text else text


def _with_roster_file(plan: Plan, folder: Path) -> Plan:
    """Return the plan with the roster file that it names, looked for in its folder; a problem becomes a warning."""
    try:
        rows, warnings = rows_in(folder / plan.roster_file)
    except KringError as problem:
        return _warned(
            plan, Sentence(N_("The list of participants is left out: {problem}"), {"problem": problem.sentence})
        )
    for sentence in warnings:
        plan = _warned(plan, sentence, plan.roster_file)
    read = roster.with_roster(plan, rows, plan.roster_file)
    if not read.participants:
        return _warned(read, Sentence(N_("The list of participants is empty.")), plan.roster_file)
    return read


def rows_in(path: Path) -> tuple[Rows, tuple[Sentence, ...]]:
    """Return the rows of a list, and what is uncertain about them: of a workbook those of the sheet with people."""
    content = read_bytes(path, LARGEST_FILE)
    if is_word(content, path.name):
        from kring.plans.word.guide import word_guide

        lines, warnings, _is_own = word_guide(content, path.name)
        return [
            (line.number, [put_back(without_emphasis(cell)) for cell in line.cells]) for line in lines if line.cells
        ], warnings
    if not is_workbook(content):
        found = decoded(content, path.name)
        if (people := _people_in_page(content, found.text, path.name)) is not None:
            return people, found.warnings
        if sentence := sentence_for_page(content):
            raise Unreadable(sentence, file=path.name)
        return rows_of(found.text), found.warnings
    sheets = read_sheets(content, path.name)
    chosen = next((sheet for sheet in sheets if roster.lists_people(sheet.rows)), sheets[0])
    others = ", ".join(sheet.name for sheet in sheets if sheet is not chosen)
    said = Sentence(N_("Of this workbook the sheet {sheet} is read, and not: {others}."),
                    {"sheet": chosen.name, "others": others})  # fmt: skip
    return chosen.rows, (said,) if others else ()


def _people_in_page(content: bytes, text: str, name: str) -> Rows | None:
    """Return the rows of the first table of a web page that lists people, None where there is none."""
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    from kring.system.office.web_tables import holds_tables, tables_in_page  # few lists are pages

    tables = tables_in_page(text, name) if holds_tables(content) else []
    return next((table.rows for table in tables if roster.lists_people(table.rows)), None)


def _warned(plan: Plan, sentence: Sentence, source: str = "") -> Plan:
    return msgspec.structs.replace(plan, warnings=(*plan.warnings, PlanWarning(0, sentence, source)))


def _missing_files(plan: Plan, folder: Path) -> list[PlanWarning]:
    return [
        PlanWarning(item.line, Sentence(N_("The file {file} is not found beside the plan."), {"file": item.file}))
        for item in plan.guide
        if item.file and not _is_there(folder / item.file)
    ]


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
