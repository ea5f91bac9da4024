"""`xlsx`: a workbook with a sheet a table; whatever people said stays text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from kring.exports.csv_tables import FORMULAS
from kring.exports.tables import Table, tables_of, tables_together
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress, restabled

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
"""What a cell of a spreadsheet can hold, in units of UTF-16."""
LEFT_OUT = {("transcript", "words")}
"""Longer than a cell can be; it is in the csv and in the session file."""
NARROWEST, WIDEST = 8, 60
ROWS_LOOKED_AT = 200
_UNDATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the first day of a zip: the same session gives the same file


class Looks(NamedTuple):
    """Formats of cells; a spreadsheet leaves a quoted text what it is, also once somebody edits the cell."""

    head: Format
    quoted: Format


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write every table that holds something."""
    _write(tables_of(snapshot), snapshot.state.session.title, file, progress)


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write the tables of sessions of a study, a sheet each."""
    _write(tables_together(snapshots), snapshots[0].state.session.study, file, progress)


def _write(found: Iterable[Table], title: str, file: BinaryIO, progress: Progress) -> None:
    from xlsxwriter import Workbook

    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "kring", "title": title, "created": _UNDATED})
    looks = Looks(book.add_format({"bold": True}), book.add_format({"quote_prefix": True}))
    tables = [_readable(table) for table in found if table.rows]
    total = sum(len(table.rows) for table in tables)
    done = 0
    for table in tables:
        _fill(book.add_worksheet(table.name), table, looks)
        done += len(table.rows)
        progress(done, total + 1)
    book.close()
    file.write(restabled(made.getvalue()))
    progress(1, 1)


def _readable(table: Table) -> Table:
    kept = [number for number, column in enumerate(table.columns) if (table.name, column) not in LEFT_OUT]
    columns = tuple(table.columns[number] for number in kept)
    return Table(table.name, columns, [tuple(row[number] for number in kept) for row in table.rows])


def _fill(sheet: Worksheet, table: Table, looks: Looks) -> None:
    for number, width in enumerate(_widths(table)):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for number, name in enumerate(table.columns):
        sheet.write_string(0, number, name, looks.head)
    for place, row in enumerate(table.rows, 1):
        for number, value in enumerate(row):
            _put(sheet, place, number, value, looks)


def _put(sheet: Worksheet, row: int, column: int, value: Any, looks: Looks) -> None:
    match value:
        case None:
            return
        case str():
            quoted = looks.quoted if value.startswith(FORMULAS) else None
            sheet.write_string(row, column, _that_fits(value), quoted)
        case bool() | int() | float():
            sheet.write_number(row, column, value)


def _that_fits(text: str) -> str:
    if len(text) * 2 <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore")


def _widths(table: Table) -> Iterator[float]:
    for number, column in enumerate(table.columns):
        lengths = [len(str(row[number] or "").partition("\n")[0]) for row in table.rows[:ROWS_LOOKED_AT]]
        yield min(max(NARROWEST, len(column) + 3, *lengths, 0) + 1, WIDEST)
