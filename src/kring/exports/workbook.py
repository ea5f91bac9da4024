"""`xlsx`: a workbook with a sheet a table; whatever people said stays text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kring.exports.tables import for_programs
from kring.exports.tables.for_people import meaning_of, meaning_of_column, tables_for_people
from kring.exports.tables.formulas import FORMULAS
from kring.exports.tables.stored import Cell, Table
from kring.exports.tables.told_values import in_words
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _
from kring.system.output_files import Progress, restabled

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
"""What a cell of a spreadsheet can hold, in units of UTF-16."""
LEFT_OUT = {("transcript", "words")}
"""Longer than a cell can be; it is in the csv and in the session file."""
NARROWEST, NARROW, WIDEST = 8, 20, 60
LEGIBLE = 330
"""What fits on an A4 of its side in letters that can be read, as widths of columns."""
NARROW_SHEET, SMALL = 190, 60
"""What fits on it as small as so many percent."""
FOLDED = {"level": 1, "hidden": True}
LINE_POINTS = 15
ROWS_LOOKED_AT = 200
_A4 = 9
_MEANING_WIDTH = 90
_LETTERS_IN_WIDTH = 1.1  # a width is counted in digits, and most letters are narrower
_HIGHEST = 409  # points; a spreadsheet has no higher row
_FIRST_YEAR = 1900  # a spreadsheet knows no day before it
_UNDATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the first day of a zip: the same session gives the same file


class Looks(NamedTuple):
    """Formats of cells; a spreadsheet leaves a quoted text what it is, also once somebody edits the cell."""

    title: Format
    head: Format
    quoted: Format
    wrapped: Format
    time: Format
    high: Format


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write every table that holds something."""
    write_together([snapshot], file, progress)


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write the tables of sessions of a study, a sheet each, in the words of their language."""
    from xlsxwriter import Workbook

    session = snapshots[0].state.session
    title = session.study if len(snapshots) > 1 else session.title
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "kring", "title": title, "created": _UNDATED})
    looks = Looks(
        book.add_format({"bold": True}),
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        book.add_format({"quote_prefix": True, "valign": "top"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"}),
        book.add_format({"valign": "top"}),
    )
    tables = [in_words(_readable(table)) for table in tables_for_people(snapshots) if table.rows]
    _explain(book.add_worksheet(_sheet_name()), title, tables, looks)
    total = sum(len(table.rows) for table in tables)
    done = 0
    for table in tables:
        sheet = book.add_worksheet(table.name)
        _fill(sheet, table, looks)
        if table.name in for_programs.SHEETS:
            sheet.hide()
        done += len(table.rows)
        progress(done, total + 1)
    book.close()
    file.write(restabled(made.getvalue()))
    progress(1, 1)


def _sheet_name() -> str:
    return _("Read me")


def _explain(sheet: Worksheet, title: str, tables: Iterable[Table], looks: Looks) -> None:
    """Fill the first sheet: what each sheet holds, and what each of its columns is; those for programs do not print."""
    told = [
        (_("Sheet"), _("Column"), _("What it is")),
        (
            "",
            "",
            _("Moments are UTC; the column behind each has the local time. Sheets for programs are hidden."),
        ),
        (
            "",
            "",
            _("Columns for programs, and those in which nothing stands, are folded away: + above them shows them."),
        ),
    ]
    printed = 0
    for table in sorted(tables, key=lambda table: table.name in for_programs.SHEETS):
        told.append((table.name, "", meaning_of(table.name)))
        told += [(table.name, column, meaning_of_column(table.name, column)) for column in table.columns]
        if table.name not in for_programs.SHEETS:
            printed = len(told)
    _lay_out(sheet, 1, LEGIBLE)
    sheet.set_portrait()
    sheet.print_area(0, 0, printed, 2)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, _MEANING_WIDTH)
    sheet.write_string(0, 0, _that_fits(title), looks.title)
    for row, cells in enumerate(told, 1):
        for column, cell in enumerate(cells):
            if row == 1:
                sheet.write_string(row, column, cell, looks.head)
            else:
                _put(sheet, row, column, cell, looks, column == 2)
        _make_room(sheet, row, cells[2:], _MEANING_WIDTH, looks)


def _lay_out(sheet: Worksheet, first: int, width: float) -> None:
    """Have a sheet print on as few pages as it can be read on, with its head on each; `width` = of its columns."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    if width <= NARROW_SHEET:
        sheet.set_print_scale(SMALL)  # made to fit, LibreOffice would enlarge it
    else:
        sheet.fit_to_pages(ceil(width / LEGIBLE), 0)
    sheet.repeat_rows(first, first)
    sheet.set_footer("&L&A&R&P / &N")


def _readable(table: Table) -> Table:
    kept = [number for number, column in enumerate(table.columns) if (table.name, column) not in LEFT_OUT]
    columns = tuple(table.columns[number] for number in kept)
    return Table(table.name, columns, [tuple(row[number] for number in kept) for row in table.rows])


def _fill(sheet: Worksheet, table: Table, looks: Looks) -> None:
    wide = set()
    folded = for_programs.columns(table)
    widths = list(_widths(table))
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width, None, FOLDED if number in folded else {})
        if width == WIDEST:
            wide.add(number)
    shown = sum(width for number, width in enumerate(widths) if number not in folded)
    _lay_out(sheet, 0, shown)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for number, name in enumerate(table.columns):
        sheet.write_string(0, number, name, looks.head)
    for place, row in enumerate(table.rows, 1):
        for number, value in enumerate(row):
            _put(sheet, place, number, value, looks, number in wide)
        _make_room(sheet, place, [row[number] for number in wide], WIDEST, looks)


def _make_room(sheet: Worksheet, row: int, wrapped: Iterable[Cell], width: int, looks: Looks) -> None:
    """Make a row as high as its wrapped texts are: not every program does that itself."""
    texts = (value for value in wrapped if isinstance(value, str))
    lines = max(
        (sum(ceil(max(len(part), 1) / (width * _LETTERS_IN_WIDTH)) for part in text.split("\n")) for text in texts),
        default=1,
    )
    if lines > 1:
        sheet.set_row(row, min(lines * LINE_POINTS, _HIGHEST), looks.high)


def _put(sheet: Worksheet, row: int, column: int, value: Cell, looks: Looks, is_wide: bool) -> None:
    match value:
        case None:
            return
        case str():
            usual = looks.wrapped if is_wide else None
            sheet.write_string(row, column, _that_fits(value), looks.quoted if value.startswith(FORMULAS) else usual)
        case datetime() if value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, column, value, looks.time)
        case datetime():
            sheet.write_string(row, column, value.isoformat(" "))
        case bool() | int() | float():
            sheet.write_number(row, column, value)


def _that_fits(text: str) -> str:
    if len(text) * 2 <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: LONGEST_CELL * 2].decode("utf-16-le", "ignore")


def _widths(table: Table) -> Iterator[float]:
    leading = for_programs.leading(table.name)
    for number, column in enumerate(table.columns):
        lengths = [len(str(row[number] or "").partition("\n")[0]) for row in table.rows[:ROWS_LOOKED_AT]]
        yield min(max(NARROWEST, len(column) + 3, *lengths, 0) + 1, NARROW if column in leading else WIDEST)
