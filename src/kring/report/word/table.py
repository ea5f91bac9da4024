"""Tables for Word: rows under heads, and people as small boxes behind what they said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docx.shared import Pt

from kring.report.drawing.person import Person
from kring.report.drawing.svg import xml_text
from kring.report.parts import Cell, Grid, Mention, Table
from kring.report.word.colours import EMPTY, GROUPS, INSIDE, LINE, SOFT
from kring.report.word.xml import element, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

    Place = Document | _Cell

GAP = Pt(4)
STYLE, TEXT = "Report Table", "Table Text"
NAME = "TableText"  # as the file itself calls the style
WIDTH = 9411  # twentieths of a point: 166 mm, the paper between its margins
LETTER = 112  # how wide a letter is in them, about, in the same measure
LONGEST_WORD, LONGEST_CELL = 18, 60  # letters for which a column is made, whatever stands in it
LABELS = 1900  # the column of what was said, in the same measure
ASIDE = 4050  # what stands beside the text


def add_columns(document: Document) -> tuple[_Cell, _Cell]:
    """Add two columns beside each other, the first one wider, and return them; each has to end with a paragraph."""
    from docx.table import Table as Columns

    widths = [WIDTH - ASIDE, ASIDE]
    row = element("w:tr", element("w:trPr"), *map(_holding, widths))  # which may go on on the next page
    made = element("w:tbl", _properties("", is_plain=True), _grid(widths), row)
    put(document, made)
    main, aside = Columns(made, document).row_cells(0)
    return main, aside


def add_table(document: Place, table: Table) -> None:
    """Add a table with a head that repeats on each page, and a title for who has it read aloud."""
    document.add_paragraph(xml_text(table.caption), style="Caption")
    widths = _widths(table)
    made = element("w:tbl", _properties(table.caption), _grid(widths))
    numeric = [column.numeric for column in table.columns]
    made.append(_row([column.title for column in table.columns], numeric, widths, head=True))
    for row in table.rows:
        made.append(_row(row, numeric, widths))
    put(document, made)
    document.add_paragraph(style=TEXT)


def add_mentions(document: Place, title: str, mentions: Sequence[Mention], *, is_narrow: bool = False) -> None:
    """Add for each thing that was said: what, a box for each person, and the words of one of them; side by side where
    there is room.
    """
    if is_narrow:
        for one in mentions:
            for line in (paragraph(NAME, run(one.label, element("w:b")), keepNext=""), *_said(one)):
                put(document, line)
        return
    widths = [LABELS, WIDTH - LABELS]
    made = element("w:tbl", _properties(title, is_plain=True), _grid(widths))
    for one in mentions:
        label = paragraph(NAME, run(one.label, element("w:b")))
        cells = _holding(widths[0], label), _holding(widths[1], *_said(one))
        made.append(element("w:tr", *cells))
    put(document, made)
    document.add_paragraph(style=TEXT)


def add_grid(document: Place, grid: Grid) -> None:
    """Add groups beside each other, with the people of each as boxes; those that are not filled bear a code too."""
    wide = (WIDTH - LABELS) // max(1, len(grid.heads))
    widths = [LABELS, *[wide] * len(grid.heads)]
    made = element("w:tbl", _properties(grid.title), _grid(widths))
    heads = [paragraph(NAME, *box(head), run(f" {many}"), keepNext="") for head, many in grid.heads]
    marks = element("w:trPr", element("w:cantSplit"), element("w:tblHeader"))
    made.append(element("w:tr", marks, _holding(LABELS, paragraph(NAME)), *(_holding(wide, each) for each in heads)))
    for row in grid.rows:
        cells = (_holding(wide, *_told(cell)) for cell in row.cells)
        label = _holding(LABELS, paragraph(NAME, run(row.label, element("w:b"))))
        made.append(element("w:tr", label, *cells))
    put(document, made)
    document.add_paragraph(style=TEXT)


def _told(cell: Cell) -> list[Any]:
    boxes = [each for person in cell.people for each in box(person, is_named=True)]
    lines = [paragraph(NAME, run(f"“{cell.quote}”", serif()), keepNext="")] if cell.quote else []
    return [*lines, paragraph(NAME, *boxes, run(cell.text, element("w:color", val=SOFT)))]


def _said(one: Mention) -> list[Any]:
    counted = [run(f" {one.figures[0]} ", element("w:b")), run(one.figures[1], element("w:color", val=SOFT))]
    boxes = [each for person in one.people for each in box(person)]
    told = [paragraph(NAME, *boxes, *counted, **({"keepNext": ""} if one.words else {}))]
    if one.words or one.by:
        words = [run(f"“{one.words}”", serif())] if one.is_quote and one.words else [run(one.words)]
        by = f" – {one.by}" if one.by and one.words and not one.is_quote else f" {one.by}"
        told.append(paragraph(NAME, *words, run(by, element("w:color", val=SOFT))))
    return told


def serif() -> Any:
    """Return the look of participants' own words."""
    return element("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs"), "Georgia"))


def box(person: Person, *, is_named: bool = False) -> list[Any]:
    """Return a person as a box with what they are called in it, where it is about them or `is_named`."""
    small = element("w:sz", val="16")
    gap = run(" ", element("w:sz", val="16"))
    if not person.is_marked:
        name = f"\u00a0{person.name}\u00a0" if is_named else "\u00a0" * 4
        soft, line = element("w:color", val=SOFT), element("w:bdr", val="single", sz="4", space="0", color=EMPTY)
        return [run(name, soft, small, line), gap]
    colour = element("w:color", val=INSIDE)
    shade = element("w:shd", val="clear", color="auto", fill=GROUPS[person.look])
    return [run(f"\u00a0{person.name}\u00a0", element("w:b"), colour, small, shade), gap]


def add_figures(document: Place, pairs: Sequence[tuple[str, str, str]]) -> None:
    """Add a few figures beside each other, each with what it is below it."""
    widths = [WIDTH // len(pairs)] * len(pairs)
    told = "; ".join(f"{figure} {what}" for figure, what, _remark in pairs)
    made = element("w:tbl", _properties(told, is_plain=True), _grid(widths))
    cells = []
    for (figure, what, remark), width in zip(pairs, widths, strict=True):
        soft = element("w:color", val=SOFT)
        lines = [
            run(figure, element("w:b"), element("w:sz", val="30")),
            run(what, soft),
            *([run(remark)] if remark else []),
        ]
        cells.append(_holding(width, *(paragraph(NAME, line) for line in lines)))
    made.append(element("w:tr", *cells))
    put(document, made)
    add_gap(document)


def add_gap(document: Place) -> None:
    """Part a table from what comes below it: Word makes one of two that touch each other."""
    document.add_paragraph(style=TEXT).paragraph_format.line_spacing = GAP


def put(document: Place, made: Any) -> None:
    """Put an element at the end of the text, or of a column."""
    last: Any = document.add_paragraph()._p
    last.getparent().replace(last, made)


def add_style(document: Document) -> None:
    """Add the look of these tables as a style of its own: hairlines under the rows, a bold head."""
    style = element(
        "w:style",
        element("w:name", val=STYLE),
        element("w:basedOn", val="TableNormal"),
        element(
            "w:tblPr",
            element(
                "w:tblBorders",
                *(element(f"w:{side}", val="single", sz="4", space="0", color=LINE) for side in ("bottom", "insideH")),
            ),
            element("w:tblCellMar", *(element(f"w:{side}", w="60", type="dxa") for side in ("left", "right"))),
        ),
        element("w:tblStylePr", element("w:rPr", element("w:b")), type="firstRow"),
        type="table",
        customStyle="1",
        styleId=STYLE.replace(" ", ""),
    )
    document.styles.element.append(style)


def _widths(table: Table) -> list[int]:
    """Return the columns' widths: room for the longest word, and what is left to those that have more to say."""
    head = [column.title for column in table.columns]
    least: list[int] = []
    more: list[int] = []
    for cells in zip(head, *table.rows[:200], strict=True):
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        least.append(LETTER * (min(LONGEST_WORD, word) + 2))
        more.append(min(LONGEST_CELL, max(map(len, cells))))
    room = WIDTH - sum(least)
    if room <= 0:
        return [WIDTH * each // sum(least) for each in least]
    return [each + room * letters // sum(more) for each, letters in zip(least, more, strict=True)]


def _properties(caption: str, *, is_plain: bool = False) -> Any:
    none = [element(f"w:{side}", val="nil") for side in ("bottom", "insideH")]
    return element(
        "w:tblPr",
        element("w:tblStyle", val=STYLE.replace(" ", "")),
        element("w:tblW", w=str(WIDTH), type="dxa"),
        *([element("w:tblBorders", *none)] if is_plain else []),
        element("w:tblLayout", type="fixed"),
        element(
            "w:tblLook",
            val="0000" if is_plain else "0020",
            firstRow="0" if is_plain else "1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
        ),
        element("w:tblCaption", val=xml_text(caption)[:255]),
    )


def _grid(widths: list[int]) -> Any:
    return element("w:tblGrid", *(element("w:gridCol", w=str(width)) for width in widths))


def _row(cells: Any, numeric: list[bool], widths: list[int], *, head: bool = False) -> Any:
    marks = [element("w:trPr", element("w:cantSplit"), element("w:tblHeader"))] if head else []
    return element("w:tr", *marks, *map(_cell, cells, numeric, widths, [head] * len(widths)))


def _cell(text: str, numeric: bool, width: int, head: bool) -> Any:
    looks = ({"keepNext": ""} if head else {}) | ({"jc": "right"} if numeric else {})
    words = run(text, *([element("w:b")] if head else []))
    return _holding(width, paragraph(NAME, words, **looks))


def _holding(width: int, *paragraphs: Any) -> Any:
    return element("w:tc", element("w:tcPr", element("w:tcW", w=str(width), type="dxa")), *paragraphs)
