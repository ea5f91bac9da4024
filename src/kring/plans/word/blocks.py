"""The body of a Word file as paragraphs and tables: changes accepted, content controls opened, furniture left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from kring.plans.word.styles import Lists, Style, Styles, child, local, number, switched, value

_GONE = {"del", "moveFrom"}
_PROPERTIES = {"pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "instrText", "delText", "delInstrText", "rt"}
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference", "endnoteReference"}
ITALIC = "\U0010fdfe"
"""A private character, which stands in no text."""
_WIDEST_TABLE = 63  # columns, as Word has it
_BOX_GLYPHS = {0x6F, 0x71, 0x72, 0xA8, 0xFD, 0xFE}


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, and what its author's word processor says that it is."""

    text: str
    kind: Literal["title", "heading", "numbered", "lettered", "bullet", "check", "plain"] = "plain"
    level: int = 0  # of a heading from 1, of a list from 0
    label: str = ""  # the number or letter of a list
    italic: bool = False
    bold: bool = False
    lead: str = ""  # what is bold or in italics at its start
    is_continued: bool = False  # behind a soft end of line
    styles: tuple[str, ...] = ()  # the names of its style and of those that this is based on
    parts: tuple[tuple[str, str], ...] = ()  # its text with the name of the style of each run
    bookmarks: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """A table; the paragraphs of a cell are its lines, `ITALIC` in front of those in italics.

    `titles` are the places of rows with one filled cell that is bold, a heading, or as wide as the table.
    """

    rows: tuple[tuple[str, ...], ...]
    titles: frozenset[int] = frozenset()


Block = Paragraph | Table


class LeftOut(msgspec.Struct):
    """How much of a file is not in its paragraphs and tables."""

    text_boxes: int = 0
    pictures: int = 0
    comments: int = 0
    notes: int = 0
    changes: int = 0
    hidden: int = 0
    struck: list[str] = []


class _Run(msgspec.Struct, frozen=True):
    text: str
    italic: bool
    bold: bool
    style: str = ""


class WordBody:
    """Reads the body of a document, block by block."""

    def __init__(self, styles: Any | None, numbering: Any | None) -> None:
        self.left_out = LeftOut()
        self._styles = Styles(styles)
        self._lists = Lists(numbering)
        self._is_struck = False
        self._joined: list[_Run] = []  # of a paragraph whose end was deleted

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Yield the paragraphs and tables in an element, in order."""
        for element in parent:
            match local(element):
                case "p":
                    yield from self._paragraphs(element)
                case "tbl":
                    yield self._table(element)
                case name if name in _GONE:
                    self.left_out.changes += 1
                case name if name not in _PROPERTIES:
                    yield from self.blocks(element)

    def _paragraphs(self, element: Any) -> Iterator[Paragraph]:
        properties = child(element, "pPr")
        style = self._styles.of(value(child(properties, "pStyle")) if properties is not None else "")
        self._is_struck = False
        runs = [*self._joined, *self._runs(element, style)]
        text = "".join(run.text for run in runs)
        if properties is not None and child(properties, "rPr", "del") is not None:
            self._joined, self.left_out.changes = runs, self.left_out.changes + 1
            return
        self._joined = []
        if not text.strip() or style.is_contents:
            return
        spoken = [run for run in runs if run.text.strip()]
        paragraph = msgspec.structs.replace(
            self._named(properties, style),
            text=text,
            italic=bool(spoken) and all(run.italic for run in spoken),
            bold=bool(spoken) and all(run.bold for run in spoken),
            lead=_lead(runs),
            styles=style.names,
            parts=tuple((run.style, run.text) for run in runs),
            bookmarks=tuple(value(one, "name") for one in element.iter() if local(one) == "bookmarkStart"),
        )
        if paragraph.kind != "plain":
            yield paragraph
            return
        for place, line in enumerate(part for part in text.split("\n") if part.strip()):
            lead = paragraph.lead if line.startswith(paragraph.lead) else ""
            yield msgspec.structs.replace(paragraph, text=line, lead=lead, is_continued=place > 0)

    def _named(self, properties: Any | None, style: Style) -> Paragraph:
        outline = child(properties, "outlineLvl") if properties is not None else None
        heading = style.heading or (number(value(outline)) + 1 if outline is not None else 0)
        if style.is_title:
            return Paragraph("", "title")
        if 0 < heading < 10:
            return Paragraph("", "heading", heading)
        listed = child(properties, "numPr") if properties is not None else None
        name, level = style.listed
        list_id = value(child(listed, "numId")) if listed is not None else ""
        list_id = list_id or style.list_id
        if listed is not None and child(listed, "ilvl") is not None:
            level = number(value(child(listed, "ilvl")))
        else:
            level = level or style.level
        if list_id and list_id != "0":
            return self._listed(list_id, level, name)
        if list_id == "0" or not name:
            return Paragraph("")
        if name == "bullet":
            return Paragraph("", "bullet", level)
        return Paragraph("", "numbered", level, str(self._lists.next_number("list number", level)))

    def _listed(self, list_id: str, level: int, name: str) -> Paragraph:
        found = self._lists.level(list_id, 0 if name else level)
        if found.is_box:
            return Paragraph("", "check", level)
        match found.format:
            case "bullet":
                return Paragraph("", "bullet", level)
            case "none":
                return Paragraph("")
        count = self._lists.next_number(list_id, level)
        if found.is_lettered:
            return Paragraph("", "lettered", level, _letter(count, capital=found.format.startswith("upper")))
        return Paragraph("", "numbered", level, str(count))

    def _runs(self, parent: Any, style: Style, italic: bool | None = None, bold: bool | None = None) -> Iterator[_Run]:
        for element in parent:
            name = local(element)
            match name:
                case "t":
                    text = str(element.text or "")
                    yield _Run(text, style.italic if italic is None else italic, style.bold if bold is None else bold)
                case "r":
                    yield from self._run(element, style)
                case "AlternateContent":
                    yield from self._runs(element[:1], style, italic, bold)
                case "sym":
                    yield _Run(_symbol(element), italic=True, bold=True)
                case "fldChar":
                    if next((one for one in element.iter() if local(one) == "checkBox"), None) is not None:
                        yield _Run("☐ ", italic=True, bold=True)
                case _ if name in _SIGNS:
                    yield _Run(_SIGNS[name], italic=True, bold=True)
                case _ if not self._is_left_out(element, name):
                    yield from self._runs(element, style, italic, bold)

    def _run(self, run: Any, style: Style) -> Iterator[_Run]:
        properties = child(run, "rPr")
        if switched(properties, "strike") or switched(properties, "dstrike"):
            self._strike("".join(str(one.text or "") for one in run.iter() if local(one) == "t"))
            return
        self._is_struck = False
        if switched(properties, "vanish"):
            self.left_out.hidden += 1
            return
        named = value(child(properties, "rStyle")) if properties is not None else ""
        called = self._styles.of(named).name if named else ""
        for one in self._runs(run, style, *self._emphasis(run)):
            yield msgspec.structs.replace(one, style=called) if called else one

    def _strike(self, text: str) -> None:
        """Keep what has a line through it, several runs behind each other as one."""
        if self._is_struck and self.left_out.struck:
            self.left_out.struck[-1] += text
        elif text.strip():
            self.left_out.struck.append(text)
        self._is_struck = True

    def _emphasis(self, run: Any) -> tuple[bool | None, bool | None]:
        properties = child(run, "rPr")
        named = value(child(properties, "rStyle")) if properties is not None else ""
        style = self._styles.of(named) if named else Style()
        italic, bold = switched(properties, "i"), switched(properties, "b")
        return (
            (style.italic or None) if italic is None else italic,
            (style.bold or None) if bold is None else bold,
        )

    def _is_left_out(self, element: Any, name: str) -> bool:
        match name:
            case "drawing" | "pict" | "object":
                boxes = sum(local(one) == "txbxContent" for one in element.iter())
                self.left_out.text_boxes += boxes
                self.left_out.pictures += not boxes
                return True
            case "commentReference":
                self.left_out.comments += 1
                return True
            case "ins" | "moveTo":
                self.left_out.changes += 1
                return False
        self.left_out.notes += name in _NOTES
        self.left_out.changes += name in _GONE
        return name in _GONE or name in _NOTES or name in _PROPERTIES

    def _table(self, element: Any) -> Table:
        rows = [self._row(row) for row in self._inside(element, "tr") if not self._is_deleted(row)]
        filled = [(cells, is_title) for cells, is_title in rows if any(cell.strip() for cell in cells)]
        titles = frozenset(place for place, (_cells, is_title) in enumerate(filled) if is_title)
        return Table(tuple(cells for cells, _is_title in filled), titles)

    def _row(self, row: Any) -> tuple[tuple[str, ...], bool]:
        cells: list[str] = []
        own = list(self._inside(row, "tc"))
        stands_out = False
        for cell in own:
            properties = child(cell, "tcPr")
            merged = child(properties, "vMerge") if properties is not None else None
            span = number(value(child(properties, "gridSpan"))) if properties is not None else 1
            inner = [] if merged is not None and value(merged) != "restart" else list(self.blocks(cell))
            cells.append(_lines_of(inner))
            cells.extend("" for _ in range(span - 1))
            stands_out |= _stands_out(inner) or len(own) == 1 < span
            if len(cells) > _WIDEST_TABLE:
                break
        return tuple(cells), stands_out and sum(bool(cell.strip()) for cell in cells) == 1

    def _inside(self, parent: Any, wanted: str) -> Iterator[Any]:
        for element in parent:
            name = local(element)
            if name == wanted:
                yield element
            elif name not in _PROPERTIES and name not in _GONE and name not in ("tbl", "p"):
                yield from self._inside(element, wanted)

    def _is_deleted(self, row: Any) -> bool:
        is_deleted = child(row, "trPr", "del") is not None
        self.left_out.changes += is_deleted
        return is_deleted


def _lines_of(inner: Sequence[Block]) -> str:
    """Return what stands in a cell, a line for each of its paragraphs."""
    lines: list[str] = []
    for block in inner:
        if isinstance(block, Paragraph):
            lines.append(f"{_in_front(block)}{ITALIC if block.italic and not block.bold else ''}{block.text}")
        else:
            lines += [text for row in block.rows for text in row if text.strip()]
    return "\n".join(lines)


def _stands_out(inner: Sequence[Block]) -> bool:
    """Whether a cell begins as a title does: bold, or as a heading."""
    first = next(iter(inner), None)
    return isinstance(first, Paragraph) and (first.bold or first.kind in ("heading", "title"))


def _lead(runs: Sequence[_Run]) -> str:
    """Return the start of a paragraph that is bold or in italics while the rest of it is not."""
    spoken = [run for run in runs if run.text]
    if not spoken or not (spoken[0].bold or spoken[0].italic):
        return ""
    lead = ""
    for run in spoken:
        if (run.bold, run.italic) != (spoken[0].bold, spoken[0].italic) and run.text.strip():
            return lead
        lead += run.text
    return ""


def _in_front(paragraph: Paragraph) -> str:
    """Return what stands before a line of a list in a cell, which has no paragraphs of its own."""
    match paragraph.kind:
        case "bullet":
            return "- "
        case "numbered" | "lettered":
            return f"{paragraph.label}. "
        case _:
            return ""


def _letter(count: int, *, capital: bool) -> str:
    letter = chr(ord("a") + (count - 1) % 26)
    return letter.upper() if capital else letter


def _symbol(element: Any) -> str:
    code = value(element, "char")
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if "wingdings" in value(element, "font").lower() and point & 0xFF in _BOX_GLYPHS:
        return "☐"
    return chr(point) if 0x20 <= point < 0xD800 or 0xE000 <= point < 0x110000 else ""
