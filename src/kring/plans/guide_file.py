"""A guide from a file, in Word, in a workbook or as text, as the lines that the one reader of guides reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kring.domain.text import N_, Sentence, one_line
from kring.plans.escapes import literal
from kring.plans.lines import Line, read_line
from kring.plans.plan_reader import text_lines
from kring.plans.reading.columns import is_guide_table
from kring.plans.reading.facts import facts_in_row, says_fact
from kring.plans.reading.part_rows import part_of_row
from kring.plans.word.package import LARGEST_FILE
from kring.system.office.sheets import Sheet, read_sheets
from kring.system.text_files import ReadText, Unreadable, decoded, kind_of, read_bytes, sentence_for_page


class GuideFile(NamedTuple):
    """The lines of a guide, what is uncertain about them, and whether they come from a program with its own marks."""

    lines: list[Line]
    warnings: tuple[Sentence, ...]
    is_foreign: bool


def read_guide_file(path: Path) -> GuideFile:
    """Read a guide, by what is in the file and not by its name; raises Unreadable with a sentence."""
    content = read_bytes(path, LARGEST_FILE)
    if is_word(content, path.name):
        from kring.plans.word.guide import word_guide

        lines, warnings, is_own = word_guide(content, path.name)
        return GuideFile(lines, warnings, is_foreign=not is_own)
    if kind_of(content) in ("workbook", "old workbook"):
        return _guide_in_sheets(content, path.name)
    found = read_guide_text(content, path.name)
    if not any(mark.isalnum() for mark in found.text):
        raise Unreadable(N_("{file} has no text to make a plan of."), file=path.name)
    return GuideFile(text_lines(found.text), found.warnings, is_foreign=False)


def is_word(content: bytes, name: str) -> bool:
    """Whether bytes are those of a Word file, by its name also where they are damaged."""
    kind = kind_of(content)
    return kind == "document" or (name.lower().endswith(".docx") and kind in ("", "zip"))


def _guide_in_sheets(content: bytes, name: str) -> GuideFile:
    sheets = read_sheets(content, name, spreads=False)
    chosen = next((sheet for sheet in sheets if any(is_guide_table(row) for _, row in sheet.rows)), sheets[0])
    others = ", ".join(sheet.name for sheet in sheets if sheet is not chosen)
    said = Sentence(N_("Of this workbook the sheet {sheet} is read, and not: {others}."),
                    {"sheet": chosen.name, "others": others})  # fmt: skip
    return GuideFile(list(_lines(chosen)), (said,) if others else (), is_foreign=True)


def _lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the rows of a sheet, those above its table as lines of text, those with one wide cell in it as bold."""
    rows = sheet.rows
    width = max(place for _, row in rows for place, cell in enumerate(row, 1) if cell)
    header = next((number for number, row in rows if is_guide_table(row)), 0)
    is_above = True
    for number, row in rows:
        filled = [one_line(cell) for cell in row if cell]
        is_above = is_above and part_of_row(row) is None and (number < header if header else _tells(filled))
        if is_above:
            for text in facts_in_row(filled):
                title = literal(text, keeps_marks=True)
                is_title = number == rows[0][0] and text == filled[0] and not says_fact(text)
                yield Line(number, 0, title, "heading", 1, wide=title) if is_title else read_line(number, title)
        else:
            cells = tuple("\n".join(literal(one_line(part)) for part in cell.split("\n")) for cell in row[:width])
            wide = " | ".join(one_line(cell) for cell in cells)
            is_title = len(filled) == 1 and number in sheet.wide
            yield Line(number, 0, wide, "row", wide=wide, bold=is_title, cells=cells)


def _tells(filled: Sequence[str]) -> bool:
    """Whether a row says something by itself: it has one cell, or facts such as `Datum` and its value."""
    return len(filled) == 1 or any(map(says_fact, facts_in_row(filled)))


def read_guide_text(content: bytes, name: str) -> ReadText:
    """Return a guide or a plan that is a text; raises Unreadable where it is none, or a web page or a mail."""
    if sentence := sentence_for_page(content):
        raise Unreadable(sentence, file=name)
    return decoded(content, name)
