"""The paragraphs and tables of a Word file as the lines that the one reader of guides reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kring.domain.text import one_line
from kring.plans.escapes import literal
from kring.plans.lines import Line, Shape, read_line
from kring.plans.word.blocks import ITALIC, Block, Paragraph, Table

_INDENT = 3
_DRAWN = re.compile(r"([_=*~])\1{2,}")
_NOTHING = Line(0, 0, "", "blank")
_LISTED = {"numbered", "lettered", "bullet", "check"}


def outline_lines(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of a document, each with the number of its paragraph or row, counted from 1."""
    deeper = any(isinstance(block, Paragraph) and block.kind == "title" for block in blocks)
    lines: list[Line] = []
    before, number = "", 1
    for block in blocks:
        kind = block.kind if isinstance(block, Paragraph) else "table"
        is_apart = not (isinstance(block, Paragraph) and block.is_continued)
        if lines and is_apart and {kind, before} - _LISTED:
            lines.append(_NOTHING)
        found = list(_lines(block, number, deeper=deeper))
        lines += found
        before, number = kind, number + len(found)
    return lines


def _lines(block: Block, first: int, *, deeper: bool) -> Iterator[Line]:
    if isinstance(block, Table):
        for number, row in enumerate(block.rows, first):
            texts = tuple("\n".join(map(_line_of_cell, cell.split("\n"))) for cell in row)
            wide = " | ".join(one_line(cell.replace("*", "")) for cell in texts)
            yield Line(number, 0, wide, "row", wide=wide, bold=number - first in block.titles, cells=texts)
    elif one_line(block.text):
        yield _line(block, first, deeper=deeper)


def _line_of_cell(written: str) -> str:
    front, is_italic, text = written.partition(ITALIC)
    said = literal(one_line(text))
    return f"{literal(front)}*{said}*" if is_italic and said else literal(one_line(written.replace(ITALIC, "")))


def _line(block: Paragraph, number: int, *, deeper: bool) -> Line:
    text, indent = one_line(block.text), _INDENT * block.level
    match block.kind:
        case "title":
            text = literal(text)
            return Line(number, 0, text, "heading", 1, wide=text)
        case "heading":
            text = literal(text)
            return Line(number, 0, text, "heading", block.level + deeper, wide=text)
        case "numbered" | "lettered":
            text = literal(text, keeps_marks=True)
            return _emphasised(Line(number, indent, text, _shape(block), 0, block.label, text), block)
        case "bullet" | "check":
            text = literal(text)
            if block.kind == "bullet" and (box := read_line(number, f"- {text}")).shape == "check":
                return msgspec.structs.replace(box, indent=indent, wide=text)
            return _emphasised(Line(number, indent, text, _shape(block), wide=text), block)
        case "plain" if block.italic:
            return _emphasised(Line(number, 0, literal(text), "text", wide=literal(text)), block)
        case _ if _DRAWN.fullmatch(text):
            return Line(number, 0, text, "rule", wide=text)
        case _:
            line = read_line(number, literal(text, keeps_marks=True))
            is_listed = line.shape in ("numbered", "lettered")
            return _emphasised(line if is_listed else msgspec.structs.replace(line, text=literal(line.text)), block)


def _shape(block: Paragraph) -> Shape:
    match block.kind:
        case "numbered" | "lettered" | "bullet" | "check":
            return block.kind
        case _:
            return "text"


def _emphasised(line: Line, block: Paragraph) -> Line:
    italic = block.italic and not block.bold
    leads = (literal(one_line(block.lead), keeps_marks=keeps) for keeps in (True, False))
    lead = next((lead for lead in leads if lead and line.text.startswith(lead)), "")
    if not lead:
        return msgspec.structs.replace(line, bold=block.bold, italic=italic, lead=line.text if block.bold else "")
    return msgspec.structs.replace(line, lead=lead, after=line.text[len(lead) :].strip())
