"""Workbooks of Excel and LibreOffice as numbered rows of cells, dates as text; bounded, whatever the file claims."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from kring.domain.text import N_, clean
from kring.system.office.zip_files import Fault, fault_in
from kring.system.text_files import OLE, ZIP, Unreadable, kind_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_XML = 64 * 1024 * 1024
LARGEST_CONTENT = 128 * 1024 * 1024
MOST_CELLS = 2_000_000
"""Cells from the first to the last that is filled: five thousand answers to four hundred questions."""

_BROKEN = N_("{file} is damaged, or no workbook; open it in Excel and save it again as .xlsx, or as CSV.")
LARGE = N_("{file} is larger than a list can be; save the sheet that you mean as CSV.")
_PROTECTED = N_("{file} is protected with a password; save it in Excel without one and try again.")
_FAULTS: dict[Fault, str] = {
    "broken": _BROKEN,
    "large": LARGE,
    "hostile": N_("{file} holds what no workbook needs and is not read; save the sheet that you mean as CSV."),
    "protected": _PROTECTED,
}
_PANIC = "pyo3_runtime"
_Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_Merge = tuple[int, int, int]  # a column, and the first and last row of one cell over several rows, all from 0


class Sheet(NamedTuple):
    """A sheet: its name, and its rows that are not empty, each with its number as the program shows it.

    `wide` are the numbers of those in which a cell lies over several columns.
    """

    name: str
    rows: list[tuple[int, list[str]]]
    wide: frozenset[int] = frozenset()


def is_workbook(content: bytes) -> bool:
    """Whether bytes may be a workbook: a zip with sheets in it, or the container of Excel until 2003."""
    return kind_of(content) in ("workbook", "old workbook", "old", "protected")


def read_sheets(content: bytes, name: str, *, spreads: bool = True) -> list[Sheet]:
    """Return the visible sheets of a workbook (.xlsx, .xls, .ods) that hold anything, in order.

    What several rows share in one cell stands in each of them where it `spreads`, else in the first. Raises Unreadable
    with a sentence for people.
    """
    merges = _require_sound(content, name)
    try:
        sheets = list(_sheets(content, name, merges if spreads else None))
    except Unreadable:
        raise
    except ImportError:
        raise Unreadable(
            N_(
                "{file} is a workbook, and python-calamine, which reads these, is not installed here; install kring "
                "anew, or save the sheet as CSV."
            ),
            file=name,
        ) from None
    except BaseException as problem:
        # The library is written in Rust: a slip in it ends as a panic, which is no Exception.
        if isinstance(problem, Exception) or type(problem).__module__ == _PANIC:
            template = _PROTECTED if type(problem).__name__ == "PasswordError" else _BROKEN
            raise Unreadable(template, file=name) from None
        raise
    if not sheets:
        raise Unreadable(N_("{file} has no filled cell."), file=name)
    return sheets


def _require_sound(content: bytes, name: str) -> list[list[_Merge]]:
    """Raise Unreadable where reading would be in vain or fill the memory; return the merged cells of an .ods."""
    if len(content) > LARGEST_FILE:
        raise Unreadable(LARGE, file=name)
    if kind_of(content) == "protected":
        raise Unreadable(_PROTECTED, file=name)
    if content.startswith(OLE):
        return []
    if not content.startswith(ZIP):
        raise Unreadable(_BROKEN, file=name)
    if fault := fault_in(content, largest_xml=LARGEST_XML, largest_content=LARGEST_CONTENT):
        raise Unreadable(_FAULTS[fault], file=name)
    found: list[list[_Merge]] = []
    for extent in _extents(content, name):
        if extent.rows * extent.columns > MOST_CELLS:
            raise Unreadable(LARGE, file=name)
        found.append(extent.merges)
    return found


class _Extent:
    """How far the filled cells of a table reach, as its XML says: the library takes memory for all between them."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.merges: list[_Merge] = []
        self._row = self._column = 0  # where the parser is, counted from 0
        self._next_row = self._next_column = 0

    def open_row(self, row: int | None, repeated: int) -> None:
        """Begin a row, the next one where its number is not said."""
        self._row = self._next_row if row is None else row
        self._next_row, self._next_column = self._row + repeated, 0

    def open_cell(self, place: tuple[int, int] | None, repeated: int, spanned: int) -> None:
        """Begin a cell, the next one where its place is not said."""
        if place is not None:
            self._row, self._next_column = place
            self._next_row = self._row + 1
        self._column = self._next_column
        self._next_column += repeated
        if spanned > 1:
            self.merges.append((self._column, self._row, self._row + spanned - 1))

    def fill(self) -> None:
        """Count the cell that is open as filled."""
        self.rows, self.columns = max(self.rows, self._next_row), max(self.columns, self._next_column)


def _extents(content: bytes, name: str) -> Iterator[_Extent]:
    with ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            if part == "content.xml" or (part.startswith("xl/worksheets/") and part.endswith(".xml")):
                try:
                    yield from _extents_in(package.read(part))
                except (expat.ExpatError, ValueError):
                    raise Unreadable(_BROKEN, file=name) from None


def _extents_in(xml: bytes) -> list[_Extent]:
    found: list[_Extent] = []

    def opened(element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(":")[2]
        if local in ("table", "worksheet"):
            found.append(_Extent())
        if not found:
            return
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        match local:
            case "row" | "table-row":
                row = int(said["r"]) - 1 if "r" in said else None
                found[-1].open_row(row, int(said.get("number-rows-repeated", 1)))
            case "c" | "table-cell" | "covered-table-cell":
                place = _place(said["r"]) if "r" in said else None
                repeated, spanned = said.get("number-columns-repeated", 1), said.get("number-rows-spanned", 1)
                found[-1].open_cell(place, int(repeated), int(spanned))
                if "value-type" in said:
                    found[-1].fill()
            case "v" | "is" | "t" | "p":
                found[-1].fill()

    parser = expat.ParserCreate()
    parser.StartElementHandler = opened
    parser.Parse(xml, True)
    return found


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of a cell such as `AB12`, both from 0; raises ValueError where it is none."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(reference)
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]) - 1, column - 1


def _sheets(content: bytes, name: str, merges: Sequence[Sequence[_Merge]] | None) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for place, metadata in enumerate(workbook.sheets_metadata):
        if metadata.visible != SheetVisibleEnum.Visible or metadata.name not in workbook.sheet_names:
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise Unreadable(LARGE, file=name)
        rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        if merges is not None:
            _fill_down(rows, _merged(sheet) or (merges[place] if place < len(merges) else ()))
        filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
        if filled:
            yield Sheet(clean(metadata.name), filled, _wide(sheet))


def _merged(sheet: CalamineSheet) -> list[_Merge]:
    return [(start[1], start[0], end[0]) for start, end in sheet.merged_cell_ranges or () if end[0] > start[0]]


def _wide(sheet: CalamineSheet) -> frozenset[int]:
    ranges = sheet.merged_cell_ranges or ()
    return frozenset(start[0] + 1 for start, end in ranges if end[1] > start[1] and end[0] == start[0])


def _fill_down(rows: list[list[str]], merges: Iterable[_Merge]) -> None:
    for column, first, last in merges:
        for row in rows[first + 1 : last + 1]:
            if column < len(row) and not row[column]:
                row[column] = rows[first][column]


def _text(cell: _Cell) -> str:
    """Return a cell as a CSV of it would say; a moment to the second, a day without the hour that it has not."""
    match cell:
        case str():
            return clean(cell).strip()
        case bool():
            return str(cell).upper()
        case float():
            return f"{cell:.15g}"
        case dt.datetime():
            cell = (cell + dt.timedelta(milliseconds=500)).replace(microsecond=0)
            return cell.isoformat(" ").removesuffix(" 00:00:00").removesuffix(":00")
        case dt.time():
            return cell.replace(microsecond=0).isoformat().removesuffix(":00")
        case _:
            return str(cell)
