"""`xlsx`: a workbook with a sheet a table, as Office Open XML (ECMA-376); whatever people said stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from kring.exports.csv_tables import FORMULAS
from kring.exports.material import Material
from kring.exports.tables import Cell, Table, tables_of
from kring.exports.writing import Progress, StableZip
from kring.exports.xml_writing import allowed

LONGEST_CELL = 32_767
"""What a cell of a spreadsheet can hold, in units of UTF-16."""
LEFT_OUT = {("transcript", "words")}
"""Longer than a cell can be; it is in the csv and in the session file."""
NARROWEST, WIDEST = 8, 60
ROWS_LOOKED_AT = 200
PLAIN, BOLD, QUOTED = 0, 1, 2
"""The styles by number; a spreadsheet leaves a quoted text what it is, also once somebody edits the cell."""
_BEGIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_STYLES = f"""<styleSheet xmlns="{_MAIN}">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


def write(material: Material, file: BinaryIO, progress: Progress) -> None:
    """Write every table that holds something."""
    tables = [_readable(table) for table in tables_of(material) if table.rows]
    total = sum(len(table.rows) for table in tables)
    done = 0
    with StableZip(file) as book:
        for name, content in _frame([table.name for table in tables], material.state.session.title):
            book.add(name, f"{_BEGIN}{content}".encode())
        for number, table in enumerate(tables, 1):
            book.add(f"xl/worksheets/sheet{number}.xml", f"{_BEGIN}{''.join(_sheet(table))}".encode())
            done += len(table.rows)
            progress(done, total)


def _readable(table: Table) -> Table:
    kept = [number for number, column in enumerate(table.columns) if (table.name, column) not in LEFT_OUT]
    columns = tuple(table.columns[number] for number in kept)
    return Table(table.name, columns, [tuple(row[number] for number in kept) for row in table.rows])


def _frame(sheets: list[str], title: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a workbook that hold no table."""
    parts = {
        "/xl/workbook.xml": f"{_TYPES}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPES}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/xl/worksheets/sheet{number}.xml": f"{_TYPES}.worksheet+xml" for number, _name in enumerate(sheets, 1)},
    }
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    yield "[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{overrides}</Types>'
    document = (f"{_RELATED}/officeDocument", "xl/workbook.xml")
    yield (
        "_rels/.rels",
        _related([document, (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")]),
    )
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{names}</sheets></workbook>'
    targets = [(f"{_RELATED}/worksheet", f"worksheets/sheet{number}.xml") for number, _name in enumerate(sheets, 1)]
    yield "xl/_rels/workbook.xml.rels", _related([*targets, (f"{_RELATED}/styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    properties = f"<dc:title>{escape(allowed(title))}</dc:title><dc:creator>kring</dc:creator>"
    spaces = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    yield "docProps/core.xml", f"<cp:coreProperties {spaces}>{properties}</cp:coreProperties>"


def _related(targets: Iterable[tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _sheet(table: Table) -> Iterator[str]:
    letters = [_letters(number) for number in range(len(table.columns))]
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    for number, width in enumerate(_widths(table), 1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    yield '</cols><sheetData><row r="1">'
    yield from (_text(f"{letter}1", name, BOLD) for letter, name in zip(letters, table.columns, strict=True))
    yield "</row>"
    for place, row in enumerate(table.rows, 2):
        yield f'<row r="{place}">'
        yield from (_cell(f"{letter}{place}", value) for letter, value in zip(letters, row, strict=True))
        yield "</row>"
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{len(table.rows) + 1}"/></worksheet>'


def _cell(place: str, value: Cell) -> str:
    match value:
        case None | "":
            return ""
        case str():
            return _text(place, value, QUOTED if value.startswith(FORMULAS) else PLAIN)
        case _:
            return f'<c r="{place}"><v>{value!r}</v></c>'


def _text(place: str, text: str, style: int) -> str:
    """Return a cell with text; `_x000D_` in it would be read as a sign, as the standard has it."""
    told = escape(_LOOKS_ESCAPED.sub("_x005F_", allowed(_shortened(text))))
    dressed = f' s="{style}"' if style else ""
    return f'<c r="{place}"{dressed} t="inlineStr"><is><t xml:space="preserve">{told}</t></is></c>'


def _shortened(text: str) -> str:
    if 2 * len(text) <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _letters(number: int) -> str:
    """Return what a spreadsheet calls a column: A, Z, AA."""
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _widths(table: Table) -> Iterator[int]:
    for number, column in enumerate(table.columns):
        lengths = [len(str(row[number] or "").partition("\n")[0]) for row in table.rows[:ROWS_LOOKED_AT]]
        yield min(max(NARROWEST, len(column) + 3, *lengths, 0) + 1, WIDEST)
