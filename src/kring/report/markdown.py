"""The report as Markdown: for who works on with it in a text of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.report.drawing.svg import xml_text
from kring.report.parts import (
    Block,
    Figure,
    Figures,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Quotes,
    Report,
    Table,
    Timeline,
)

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$^&@!])")
_AT_BEGIN = re.compile(r"^(\s*\d+(?=[.)](?:\s|$))|\s*(?=[-+=:]))")
_NAKED_LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)")


def written(report: Report) -> bytes:
    """Return the file of a report."""
    return text(report).encode()


def text(report: Report) -> str:
    """Return the whole report."""
    parts = [f"# {plain(report.title)}"]
    if report.subtitle:
        parts.append(plain(report.subtitle))
    for section in report.sections:
        parts.append(f"## {plain(section.title)}")
        for block in section.blocks:
            parts += _told(block)
    parts += ["---", plain(report.colophon)]
    return "\n\n".join(parts) + "\n"


def plain(words: str) -> str:
    """Return text of people so that no Markdown reader takes any of it for markup, on one line."""
    words = " ".join(xml_text(words).split())
    words = _NAKED_LINK.sub(lambda link: f"{link[1] or link[3]}\\{link[2] or link[4]}", _SIGNS.sub(r"\\\1", words))
    return _AT_BEGIN.sub(r"\1\\", words)


def _lines(words: str) -> list[str]:
    return [plain(line) for line in words.split("\n") if line.strip()]


def _told(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield plain(block.text)
        case Heading():
            yield f"### {plain(block.text)}"
        case Figures():
            yield "\n".join(_figure(*pair) for pair in block.pairs)
        case Listing():
            yield "\n".join("- " + "  \n  ".join(_lines(item) or [""]) for item in block.items)
        case Table():
            yield from _table(block)
        case Figure():
            if block.numbers is not None:
                yield from _table(block.numbers)
            else:
                yield f"*{plain(block.title)}* {plain(block.description)}"
        case Quotes():
            yield f"### {plain(block.question)}"
            yield from map(_quote, block.quotes)
        case Timeline():
            yield from _table(_as_table(block))


def _figure(figure: str, what: str, remark: str) -> str:
    told = f"- **{plain(figure)}** {plain(what)}"
    return f"{told} ({plain(remark)})" if remark else told


def _quote(quote: Quote) -> str:
    told = "  \n> ".join(_lines(quote.text))
    by = ", ".join(part for part in (quote.who, quote.segment, quote.when) if part)
    tags = " ".join(f"#{tag}" for tag in quote.tags)
    star = "★ " if quote.starred else ""
    return f"> “{told}”\n>\n> — {star}{plain(f'{by} {tags}'.strip())}"


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**"
    head = "| " + " | ".join(plain(column.title) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.numeric else " --- " for column in table.columns) + "|"
    rows = ["| " + " | ".join(map(plain, row)) + " |" for row in table.rows]
    yield "\n".join([head, rule, *rows])


def _as_table(timeline: Timeline) -> Table:
    return Table(timeline.caption, timeline.columns, tuple(entry.cells for entry in timeline.entries))
