"""Tables in a web page, as many programs write them and call them `.xls`: each as a sheet, bounded."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from kring.domain.text import one_line
from kring.system.office.sheets import LARGE, MOST_CELLS, Sheet
from kring.system.text_files import Unreadable

_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|meta|style|table|div)[\s>]", re.IGNORECASE)
_SILENT = {"script", "style", "title"}
_WIDEST = 400


def holds_tables(content: bytes) -> bool:
    """Whether bytes are a web page with a table in it."""
    return _PAGE.match(content[:2000]) is not None and _TABLE.search(content) is not None


def tables_in_page(text: str, name: str) -> list[Sheet]:
    """Return the tables in a page that hold anything, numbered, none of one with marks that no page has.

    Of a table within a cell the words stay in that cell. Raises Unreadable where they hold more than a workbook may.
    """
    reader = _Reader()
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # a `<![` with a word behind it that the library does not know
        return []
    reader.end()
    if reader.count > MOST_CELLS:
        raise Unreadable(LARGE, file=name)
    return [Sheet(str(number), rows) for number, rows in enumerate(reader.tables, 1) if rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[int, list[str]]]] = []
        self._depth = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[int, str]] = {}
        self._silent = 0
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._below = {}
                self.tables.append([])
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th"):
            self._end_cell()
            told = dict(attrs)
            self._cell, self._span = [], (_number(told.get("colspan")), _number(told.get("rowspan")))
        elif tag in ("br", "p", "div") and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_row()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def end(self) -> None:
        """End what a page that was cut off left open."""
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            self._cell = None
            return
        self._take_from_above()
        text = "\n".join(filter(None, map(one_line, "".join(self._cell).split("\n"))))
        across, down = self._span
        across = min(across, max(1, _WIDEST - len(self._row)))
        if down > 1:
            self._below |= {len(self._row) + place: (down - 1, text) for place in range(across)}
        self._row += [text, *[""] * (across - 1)]
        self._cell = None

    def _take_from_above(self) -> None:
        """Fill the places of cells that reach down from an earlier row."""
        assert self._row is not None
        while len(self._row) in self._below and len(self._row) < _WIDEST:
            place = len(self._row)
            rows, text = self._below.pop(place)
            if rows > 1:
                self._below[place] = (rows - 1, text)
            self._row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None or not self.tables:
            return
        self._take_from_above()
        self.count += len(self._row)
        if any(self._row) and self.count <= MOST_CELLS:
            self.tables[-1].append((len(self.tables[-1]) + 1, self._row))
        self._row = None


def _number(written: str | None) -> int:
    return min(_WIDEST, int(written)) if written and written.isascii() and written.isdigit() and int(written) else 1
