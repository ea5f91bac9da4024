"""Tables in a guide: time | question, time | section | question, stimulus | file."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kring.domain.rows import GuideKind
from kring.domain.text import N_
from kring.plans.draft import Draft, GuideDraft
from kring.plans.lines import Line, bare_title, cells, is_ruler
from kring.plans.marks import Command, Marks, asks, find_url, read_marks, unquoted
from kring.plans.time_box import TimeBox, clock, is_time_of_day, time_box

_COLUMNS_IN_WORDS = {
    "time": "tijd, time, duur, duration, minuten, minutes, min, timing, tijdstip, klok, tijd (min), time (min)",
    "section": "onderdeel, thema, topic, onderwerp, section, fase, phase, blok, block, theme, part, deel",
    "question": "vraag, vragen, question, questions, gesprek, wat, what, inhoud, content, programma, item, hoofdvraag",
    "probe": "doorvragen, doorvraag, probes, probe, follow-up, follow-ups, vervolgvragen, prompts",
    "instruction": "instructie, instructies, opmerking, opmerkingen, notes, note, toelichting, instruction, werkvorm",
    "yield": "opbrengst, opbrengsten, yield, yields",
    "stimulus": "stimulus, stimuli, stimulusmateriaal, prikkel",
    "file": "bestand, file, bestandsnaam, filename",
}
_COLUMNS = {word.strip(): column for column, words in _COLUMNS_IN_WORDS.items() for word in words.split(",")}


def known_columns(row: list[str]) -> list[str]:
    """Return what each column of a header row means, "" where that is not known."""
    return [_COLUMNS.get(bare_title(cell), "") for cell in row]


def is_guide_table(row: list[str]) -> bool:
    """Whether a header row belongs to a table of the talk."""
    columns = known_columns(row)
    return "stimulus" in columns or ("time" in columns and ("question" in columns or "section" in columns))


def read_table(draft: GuideDraft, lines: Sequence[Line]) -> None:
    """Read the rows of one table into the guide; a table that is none of these becomes notes."""
    rows = [(line.number, cells(line)) for line in lines]
    header = rows[0][1]
    filled = [(number, row) for number, row in rows[1:] if not is_ruler(row) and any(row)]
    columns = known_columns(header)
    if not is_guide_table(header) and len(header) > 1 and _cell_box(header[0]) is not None:
        columns = ["time", "section", "question"] if len(header) > 2 else ["time", "question"]
        filled.insert(0, rows[0])
    elif not is_guide_table(header):
        draft.warn(rows[0][0], N_("This table is not understood; its rows are notes."))
        for number, row in [(rows[0][0], header), *filled]:
            draft.add("note", " | ".join(row), number)
        return
    by_heading = draft.section
    for number, row in filled:
        named = {column: cell for column, cell in zip(columns, row, strict=False) if column and cell}
        beside = [cell for column, cell in zip(columns, row, strict=False) if not column and cell]
        if "stimulus" in columns:
            _stimulus(draft, number, named, beside)
            continue
        section, asked = draft.section, len(draft.items)
        _timed(draft, number, named, beside)
        if section is not by_heading and section is draft.section:
            _lengthen(section, [item for item in draft.items[asked:] if item.kind == "question"])


def _lengthen(section: Draft | None, questions: list[Draft]) -> None:
    """Give a section of the table the time of a question row below it: in a table every row is a slot of its own."""
    more_s = sum(question.box.planned_s or 0 for question in questions if question.box)
    if section and section.box and section.box.planned_s and more_s:
        section.box = msgspec.structs.replace(section.box, planned_s=section.box.planned_s + more_s)


def _stimulus(draft: GuideDraft, number: int, named: dict[str, str], beside: list[str]) -> None:
    title, file = named.get("stimulus", ""), named.get("file")
    if title or file:
        command = Command("stimulus", "stimulus", title or file or "", file=file, url=find_url(title))
        draft.add_command(command, number, under_question=False)
    for remark in beside:
        draft.add("instruction", remark, number, under_question=False)


def _timed(draft: GuideDraft, number: int, named: dict[str, str], beside: list[str]) -> None:
    box = _cell_box(named.get("time", ""))
    if section := named.get("section"):
        marks = read_marks(section, heading=True)
        if draft.section is None or marks.text != draft.section.text:
            draft.open_section(marks.text, number, msgspec.structs.replace(marks, box=box or marks.box))
            box = None
    for part in _parts(named.get("question", "")):
        marks = read_marks(unquoted(part))
        if asks(part):
            if box and draft.section and draft.section.kind == "break":
                draft.section = None  # the talk goes on after a break, not in it
            draft.open_question(msgspec.structs.replace(marks, box=box or marks.box), number)
        elif section:
            draft.add("instruction", marks.text, number)
        else:
            _open_section(draft, number, marks, box)
        box = None
    if box is not None and not section:
        draft.warn(number, N_("This row has a time and nothing to do in it."))
    _companions(draft, number, named, beside)


def _companions(draft: GuideDraft, number: int, named: dict[str, str], beside: list[str]) -> None:
    """Add what stands beside a question: probes, what it must yield, instructions."""
    for part in _parts(named.get("probe", "")):
        if draft.question:
            draft.add_probe(part, number)
        else:
            draft.add("note", part, number)
    for part in _parts(named.get("yield", "")):
        draft.add_yields(part, number)
    for part in [named.get("instruction", ""), *beside]:
        draft.add("instruction", part, number)


def _open_section(draft: GuideDraft, number: int, marks: Marks, box: TimeBox | None) -> None:
    kind: GuideKind = "break" if bare_title(marks.text).startswith(("pauze", "break")) else "section"
    draft.open_section(marks.text, number, msgspec.structs.replace(marks, box=box or marks.box), kind)


def _cell_box(cell: str) -> TimeBox | None:
    cell = cell.strip("()[] ")
    if not cell:
        return None
    if is_time_of_day(cell):
        return TimeBox(starts=clock(cell))
    return time_box(cell, bare_minutes=True)


def _parts(cell: str) -> list[str]:
    text = cell.replace("<br/>", "\n").replace("<br />", "\n").replace("<br>", "\n")
    return [part.strip(" -•") for part in text.split("\n") if part.strip(" -•")]
