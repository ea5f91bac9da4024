"""The rows of a file, and the tables among them: a report of a platform holds several, each with a title above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kring.domain.text import N_, Sentence, one_line
from kring.imports.source import Source
from kring.imports.tables.cells import Kind, kind_in, kind_of
from kring.system.office.sheets import Sheet
from kring.system.text_files import rows_of

_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_HEAD = 32 * 1024
_FIRST = 200
_OTHER_SHEETS = N_("The sheet {sheet} is read, where the data seem to be; not: {others}.")
_WORTH = {Kind.EMPTY: 0, Kind.TEXT: 1}
_COUNTED_WORTH = 3  # a sheet that only explains others, such as a codebook, holds words


class Row(NamedTuple):
    """A row: the line on which it begins, and its cells, without blanks around them or empty ones at its end."""

    line: int
    cells: tuple[str, ...]

    def cell(self, place: int) -> str:
        """Return a cell, "" where the row is shorter."""
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(bool(cell) for cell in self.cells)


class Column(NamedTuple):
    """A column: its place from 0 on, its heading, its cells and what most of them are."""

    place: int
    heading: str
    cells: tuple[str, ...]
    kind: Kind


class Table(NamedTuple):
    """A table: the title above it, the row with its headings, and its rows."""

    title: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, also those without a heading."""
        width = max([len(self.header.cells), *(len(row.cells) for row in self.rows)])
        found = []
        for place in range(width):
            cells = tuple(row.cell(place) for row in self.rows)
            found.append(Column(place, one_line(self.header.cell(place)), cells, kind_in(cells)))
        return tuple(found)


def rows_in(source: Source) -> list[Row]:
    """Return all rows of a text or of the fullest sheet of a workbook, empty ones too; raises Unreadable."""
    return _of_sheet(source.sheets) if source.sheets else _of_text(source.text)


def first_rows(source: Source) -> list[Row]:
    """Return the rows at the beginning of a file, enough to see what it is."""
    if source.sheets:
        return _of_sheet(source.sheets)[:_FIRST]
    text = source.text
    rows = _of_text(text[:_HEAD])
    return rows if len(text) <= _HEAD else rows[:-1]


def warnings_of(source: Source) -> tuple[Sentence, ...]:
    """Return what is uncertain about the rows: the encoding of a text, sheets of a workbook that are not read."""
    if len(source.sheets) < 2:
        return source.warnings
    read = _fullest(source.sheets).name
    others = ", ".join(sheet.name for sheet in source.sheets if sheet.name != read)
    return (Sentence(_OTHER_SHEETS, {"sheet": read, "others": others}),)


def tables_in(rows: Sequence[Row]) -> list[Table]:
    """Return the tables among rows, in order."""
    starts = [place for place in range(len(rows)) if _is_header(rows, place)]
    found = []
    for start, end in pairwise([*starts, len(rows)]):
        body = [row for row in rows[start + 1 : _before_title(rows, start, end)] if row.filled]
        found.append(Table(_title(rows, start), rows[start], tuple(body)))
    return found


def _of_text(text: str) -> list[Row]:
    return [_row(line, cells) for line, cells in rows_of(text)]


def _of_sheet(sheets: Sequence[Sheet]) -> list[Row]:
    found: list[Row] = []
    for number, cells in _fullest(sheets).rows:
        if found and number > found[-1].line + 1:
            found.append(Row(number - 1, ()))
        found.append(_row(number, cells))
    return found


def _fullest(sheets: Sequence[Sheet]) -> Sheet:
    """Return the sheet that holds most; numbers, moments and the like count more than words."""
    return sheets[0] if len(sheets) == 1 else max(sheets, key=_worth)


def _worth(sheet: Sheet) -> float:
    """Return how much a sheet holds, by its first rows."""
    cells = [cell.strip() for _, row in sheet.rows[:_FIRST] for cell in row if cell]
    worth = sum(_WORTH.get(kind_of(cell), _COUNTED_WORTH) for cell in cells)
    return worth * len(sheet.rows) / max(1, min(_FIRST, len(sheet.rows)))


def _row(line: int, cells: Sequence[str]) -> Row:
    bare = [_bare(cell) for cell in cells]
    while bare and not bare[-1]:
        bare.pop()
    return Row(line, tuple(bare))


def _bare(cell: str) -> str:
    cell = cell.strip()
    if cell.startswith("=") and (written := _FORMULA.fullmatch(cell)):
        return written[1].strip()
    return cell


def _is_header(rows: Sequence[Row], place: int) -> bool:
    row = rows[place]
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or len(set(filled)) < len(filled) or any(kind_of(cell) is not Kind.TEXT for cell in filled):
        return False
    below = next((other for other in rows[place + 1 :] if other.filled), None)
    if below is None or below.filled < 2 or all(kind_of(cell) in (Kind.TEXT, Kind.EMPTY) for cell in below.cells):
        return False
    return place == 0 or rows[place - 1].filled < 2 or _replaces_columns(rows, place, below)


def _replaces_columns(rows: Sequence[Row], place: int, below: Row) -> bool:
    """Whether words stand in two columns or more that hold no words in the row above, nor further on."""
    above = rows[place - 1]
    replaced = 0
    for position, cell in enumerate(rows[place].cells):
        counted = {kind_of(above.cell(position)), kind_of(below.cell(position))} - {Kind.TEXT, Kind.EMPTY}
        replaced += bool(cell and counted)
    return replaced >= 2


def _title_above(rows: Sequence[Row], start: int) -> int | None:
    for place in range(start - 1, max(-1, start - 3), -1):
        if rows[place].filled == 1 and rows[place].cells[0]:
            return place
        if rows[place].filled:
            return None
    return None


def _title(rows: Sequence[Row], start: int) -> str:
    place = _title_above(rows, start)
    return "" if place is None else one_line(rows[place].cells[0])


def _before_title(rows: Sequence[Row], start: int, end: int) -> int:
    if end == len(rows):
        return end
    place = _title_above(rows, end)
    return end if place is None or place <= start else place
