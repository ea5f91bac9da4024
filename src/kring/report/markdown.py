"""The report as Markdown: for who works on with it in a text of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kring.report.drawing.svg import xml_text
from kring.report.parts import (
    Beside,
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Folded,
    Grid,
    Heading,
    Leaf,
    Listing,
    Mentions,
    Paragraph,
    Quote,
    Quotes,
    Report,
    Section,
    Sentences,
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
    parts = [f"# {plain(report.title)}", *(plain(line) for line in (report.subtitle, report.facts) if line)]
    for section in report.sections:
        parts += _section(section, 2)
    parts += ["---", plain(report.colophon)]
    return "\n\n".join(parts) + "\n"


def _section(section: Section, depth: int) -> Iterator[str]:
    yield f"{'#' * depth} {plain(section.title)}"
    if section.above:
        yield plain(section.above)
    for block in section.blocks:
        yield from _told(block, depth)
    for part in section.parts:
        yield from _section(part, depth + 1)


def plain(words: str) -> str:
    """Return text of people so that no Markdown reader takes any of it for markup, on one line."""
    words = " ".join(xml_text(words).split())
    words = _NAKED_LINK.sub(lambda link: f"{link[1] or link[3]}\\{link[2] or link[4]}", _SIGNS.sub(r"\\\1", words))
    return _AT_BEGIN.sub(r"\1\\", words)


def _lines(words: str) -> list[str]:
    return [plain(line) for line in words.split("\n") if line.strip()]


def _told(block: Block, depth: int) -> Iterator[str]:
    match block:
        case Folded():
            if not isinstance(block.blocks[0], Table):  # which has a title of its own
                yield _head(block.title, depth)
            for each in block.blocks:
                yield from _leaf(each, depth)
        case Beside():
            for each in (*block.main, *block.aside):
                yield from _leaf(each, depth)
        case _:
            yield from _leaf(block, depth)


def _leaf(block: Leaf, depth: int) -> Iterator[str]:
    match block:
        case Paragraph():
            yield " ".join([*([f"**{plain(block.strong)}**"] if block.strong else []), plain(block.text)]).strip()
        case Heading():
            yield _head(block.text, depth)
        case Figures():
            yield "\n".join(_figure(*pair) for pair in block.pairs)
        case Listing():
            yield "\n".join("- " + "  \n  ".join(_lines(item) or [""]) for item in block.items)
        case Table():
            yield from _table(block)
        case Timeline():
            yield from _table(_as_table(block))
        case _:
            yield from _in_words(block, depth)


def _in_words(block: Sentences | Quotes | Mentions | Grid | Figure, depth: int) -> Iterator[str]:
    match block:
        case Figure():
            if block.numbers is not None:
                yield from _table(block.numbers)
            elif not block.is_told:
                yield f"*{plain(block.title)}* {plain(block.description)}"
        case Sentences():
            yield from _sentences(block, depth)
        case Quotes():
            yield _head(block.title, depth)
            yield from map(_quote, block.quotes)
            yield from ([plain(block.remark)] if block.remark else [])
        case Mentions():
            yield from _mentions(block, depth)
        case Grid():
            yield from _table(_as_plain(block))


def _head(title: str, depth: int) -> str:
    return f"{'#' * (depth + 1)} {plain(title)}"


def _sentences(block: Sentences, depth: int) -> Iterator[str]:
    if block.title:
        yield _head(block.title, depth)
    lines = []
    for one in block.sentences:
        words = f"“{plain(one.text)}” {plain(one.by)}" if one.by else plain(one.text)
        lines.append(f"- {words} ({plain(one.moment.told)})")
        lines += [f"  - {plain(correction)}" for correction in one.corrections]
    lines += [f"- {plain(correction)}" for correction in block.corrections]
    yield "\n".join(lines)
    if block.source:
        yield plain(block.source)


def _mentions(block: Mentions, depth: int) -> Iterator[str]:
    if block.title:
        yield _head(block.title, depth)
    lines = []
    for one in block.mentions:
        people = ", ".join(person.name for person in one.people if person.is_marked)
        told = f"- **{plain(one.label)}** {plain(', '.join(filter(None, one.figures)))}"
        told += f": {plain(people)}" if people else ""
        words = f"“{plain(one.words)}”" if one.is_quote else plain(one.words)
        by = f" {plain(one.by)}" if one.is_quote else f" – {plain(one.by)}"
        told += f"  \n  {words}{by if one.by else ''}" if one.words else ""
        lines.append(told)
    if lines:
        yield "\n".join(lines)
    yield from (plain(told) for told in (block.rest, block.explained) if told)


def _figure(figure: str, what: str, remark: str) -> str:
    told = f"- **{plain(figure)}** {plain(what)}"
    return f"{told} ({plain(remark)})" if remark else told


def _quote(quote: Quote) -> str:
    told = "  \n> ".join(_lines(quote.text))
    by = ", ".join(
        part
        for part in (f"{quote.who.name} {quote.sign}".rstrip(), quote.segment, quote.place, quote.moment.told)
        if part
    )
    tags = " ".join(f"#{tag}" for tag in quote.tags)
    star = "★ " if quote.starred else ""
    return f"> “{told}”\n>\n> — {star}{plain(f'{by} {tags}'.strip())}"


def _table(table: Table) -> Iterator[str]:
    yield f"**{plain(table.caption)}**"
    head = "| " + " | ".join(plain(column.title) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.numeric else " --- " for column in table.columns) + "|"
    rows = ["| " + " | ".join(map(plain, row)) + " |" for row in table.rows]
    yield "\n".join([head, rule, *rows])


def _as_plain(grid: Grid) -> Table:
    """Return a grid as a table of words: who of each group, and how many."""
    columns = (Column(""), *(Column(f"{head.name} ({many})") for head, many in grid.heads))
    return Table(grid.title, columns, tuple((row.label, *map(_cell, row.cells)) for row in grid.rows))


def _cell(cell: Cell) -> str:
    names = ", ".join(person.name for person in cell.people if person.is_marked)
    told = f"“{cell.quote}” {cell.text}" if cell.quote else cell.text
    return f"{names}: {told}" if names else told


def _as_table(timeline: Timeline) -> Table:
    return Table(timeline.caption, timeline.columns, tuple(entry.cells for entry in timeline.entries))
