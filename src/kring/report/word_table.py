"""Tables for Word, laid out at once: python-docx's own way takes a second for each hundred rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kring.report.drawing.svg import xml_text
from kring.report.parts import Table

if TYPE_CHECKING:
    from docx.document import Document

STYLE, TEXT = "Report Table", "Table Text"
WIDTH = 9411  # twentieths of a point: 166 mm, the paper between its margins
LETTER = 112  # how wide a letter is in them, about, in the same measure
LONGEST_WORD, LONGEST_CELL = 18, 60  # letters for which a column is made, whatever stands in it
LINE = "C5CBD3"


def add_table(document: Document, table: Table) -> None:
    """Add a table with a head that repeats on each page, and a title for who has it read aloud."""
    document.add_paragraph(xml_text(table.caption), style="Caption")
    widths = _widths(table)
    made = _element("w:tbl", _properties(table.caption), _grid(widths))
    numeric = [column.numeric for column in table.columns]
    made.append(_row([column.title for column in table.columns], numeric, widths, head=True))
    for row in table.rows:
        made.append(_row(row, numeric, widths))
    body: Any = document.element.body
    body.insert(len(body) - 1, made)  # the last element is the paper's
    document.add_paragraph(style=TEXT)


def add_style(document: Document) -> None:
    """Add the look of these tables as a style of its own: hairlines under the rows, a bold head."""
    style = _element(
        "w:style",
        _element("w:name", val=STYLE),
        _element("w:basedOn", val="TableNormal"),
        _element(
            "w:tblPr",
            _element(
                "w:tblBorders",
                *(_element(f"w:{side}", val="single", sz="4", space="0", color=LINE) for side in ("bottom", "insideH")),
            ),
            _element("w:tblCellMar", *(_element(f"w:{side}", w="60", type="dxa") for side in ("left", "right"))),
        ),
        _element("w:tblStylePr", _element("w:rPr", _element("w:b")), type="firstRow"),
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


def _properties(caption: str) -> Any:
    return _element(
        "w:tblPr",
        _element("w:tblStyle", val=STYLE.replace(" ", "")),
        _element("w:tblW", w=str(WIDTH), type="dxa"),
        _element("w:tblLayout", type="fixed"),
        _element("w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0"),
        _element("w:tblCaption", val=xml_text(caption)[:255]),
    )


def _grid(widths: list[int]) -> Any:
    return _element("w:tblGrid", *(_element("w:gridCol", w=str(width)) for width in widths))


def _row(cells: Any, numeric: list[bool], widths: list[int], *, head: bool = False) -> Any:
    marks = [_element("w:cantSplit"), *([_element("w:tblHeader")] if head else [])]
    return _element("w:tr", _element("w:trPr", *marks), *map(_cell, cells, numeric, widths, [head] * len(widths)))


def _cell(text: str, numeric: bool, width: int, head: bool) -> Any:
    looks = [_element("w:pStyle", val=TEXT.replace(" ", ""))]
    if head:
        looks.append(_element("w:keepNext"))
    if numeric:
        looks.append(_element("w:jc", val="right"))
    run = _element("w:r", *([_element("w:rPr", _element("w:b"))] if head else []))
    for number, line in enumerate(xml_text(text).split("\n")):
        if number:
            run.append(_element("w:br"))
        words = _element("w:t")
        words.text = line.replace("\t", " ")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return _element(
        "w:tc",
        _element("w:tcPr", _element("w:tcW", w=str(width), type="dxa")),
        _element("w:p", _element("w:pPr", *looks), run),
    )


def _element(tag: str, *inside: Any, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    for each in inside:
        made.append(each)
    return made
