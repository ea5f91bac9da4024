"""`xlsx`: a workbook with a sheet a table; whatever people said stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from kring.exports.csv_tables import FORMULAS
from kring.exports.material import Material
from kring.exports.tables import Cell, Table, tables_of
from kring.exports.writing import Progress, restabled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL = 32_767
"""What a cell of a spreadsheet can hold."""
LEFT_OUT = {("transcript", "words")}
"""Longer than a cell can be; it is in the csv and in the session file."""
NARROWEST, WIDEST = 8, 60
ROWS_LOOKED_AT = 200
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:(created|modified)>")


def write(material: Material, file: BinaryIO, progress: Progress) -> None:
    """Write every table that holds something."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "kring"
    book.properties.title = material.state.session.title
    tables = [_readable(table) for table in tables_of(material) if table.rows]
    for number, table in enumerate(tables, 1):
        _fill(book.create_sheet(table.name), table)
        progress(number, len(tables) + 1)
    made = BytesIO()
    book.save(made)
    file.write(restabled(made.getvalue(), _undated))
    progress(1, 1)


def _readable(table: Table) -> Table:
    kept = [number for number, column in enumerate(table.columns) if (table.name, column) not in LEFT_OUT]
    columns = tuple(table.columns[number] for number in kept)
    return Table(table.name, columns, [tuple(row[number] for number in kept) for row in table.rows])


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.append([_cell(sheet, name, bold=True) for name in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Worksheet, value: Cell, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value[:LONGEST_CELL])
    cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    cell.quotePrefix = value.startswith(FORMULAS)  # and so would a spreadsheet, once somebody edits the cell
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(table: Table) -> Iterator[float]:
    for number, column in enumerate(table.columns):
        lengths = [len(str(row[number] or "").partition("\n")[0]) for row in table.rows[:ROWS_LOOKED_AT]]
        yield min(max(NARROWEST, len(column) + 3, *lengths, 0) + 1, WIDEST)


def _undated(name: str, inside: bytes) -> bytes:
    return _DATES.sub(b"", inside) if name == "docProps/core.xml" else inside
