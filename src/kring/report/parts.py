"""What a report is made of: sections with paragraphs, tables, figures, quotes; no format knows more than this.

Every text is as people wrote it: whoever writes a report into a format makes it harmless for that format.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from kring.report.drawing.svg import Drawing

Tone = Literal["plain", "small"]


class Paragraph(Struct, frozen=True):
    """Running text; `small` is a remark on what stands above it."""

    text: str
    tone: Tone = "plain"


class Heading(Struct, frozen=True):
    """The title of a part of a section."""

    text: str


class Figures(Struct, frozen=True):
    """A few figures with what they say, for who reads nothing else."""

    pairs: tuple[tuple[str, str, str], ...]  # figure, what it is, a remark


class Listing(Struct, frozen=True):
    """Things one below another."""

    items: tuple[str, ...]


class Column(Struct, frozen=True):
    """A column of a table; `numeric` ones are set to the right."""

    title: str
    numeric: bool = False


class Table(Struct, frozen=True):
    """Rows under columns; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class Figure(Struct, frozen=True):
    """A drawing with its title, what it shows in words, and its numbers where no other table has them."""

    title: str
    description: str
    drawing: Drawing
    numbers: Table | None = None


class Quote(Struct, frozen=True):
    """What somebody said, word for word, with who and when."""

    text: str
    who: str
    when: str
    segment: str = ""
    tags: tuple[str, ...] = ()
    starred: bool = False


class Quotes(Struct, frozen=True):
    """The quotes on one question."""

    question: str
    quotes: tuple[Quote, ...]


class Entry(Struct, frozen=True):
    """One line of the timeline; `what` is the word for its kind, by which the filters go."""

    when: str
    clock: str
    kind: str
    what: str
    who: str
    question: str
    text: str
    starred: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the line as the cells of a table."""
        text = f"★ {self.text}" if self.starred else self.text
        return (self.when, self.clock, self.what, self.who, self.question, text)


class Timeline(Struct, frozen=True):
    """Everything that happened, in order, with the words for the kinds that occur."""

    caption: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...]
    people: tuple[str, ...]
    questions: tuple[str, ...]
    entries: tuple[Entry, ...]


Block = Paragraph | Heading | Figures | Listing | Table | Figure | Quotes | Timeline


class Section(Struct, frozen=True):
    """A section of the report; `id` is its anchor."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Report(Struct, frozen=True):
    """A whole report, in one language; `is_short` = it has to fit one page."""

    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    colophon: str
    is_short: bool = False
