"""What a report is made of: sections with paragraphs, tables, figures, quotes; no format knows more than this.

Every text is as people wrote it: whoever writes a report into a format makes it harmless for that format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from kring.report.drawing.person import Person
from kring.report.drawing.svg import Drawing

Tone = Literal["plain", "small", "reading"]


class Paragraph(Struct, frozen=True):
    """Running text; `small` is a remark on what stands above it, `reading` tells what a drawing below it shows.

    `strong` stands before the text, as the one thing to remember.
    """

    text: str
    tone: Tone = "plain"
    strong: str = ""


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
    is_told: bool = False
    """Whether a sentence above it says what it shows, so that its title is for who has it read aloud."""


class Moment(Struct, frozen=True):
    """When something was: as it is written, and in epoch ms; `entry` is the anchor of its line in the timeline."""

    told: str
    at: int
    entry: str = ""


class Sentence(Struct, frozen=True):
    """A sentence of a summary with its moment, and what participants corrected in it; of `by` they are the words."""

    text: str
    moment: Moment
    corrections: tuple[str, ...] = ()
    by: str = ""


class Sentences(Struct, frozen=True):
    """The sentences by which somebody summed up, and what participants corrected in them as a whole.

    `source` says who wrote them and what became of them.
    """

    title: str
    sentences: tuple[Sentence, ...]
    corrections: tuple[str, ...] = ()
    source: str = ""


class Quote(Struct, frozen=True):
    """What somebody said, word for word, with who and when; `place` is the question on which it was said.

    `sign` stands behind who said it, where nobody confirmed that.
    """

    text: str
    who: Person
    moment: Moment
    segment: str = ""
    place: str = ""
    tags: tuple[str, ...] = ()
    starred: bool = False
    sign: str = ""
    id: str = ""
    """Its anchor, where it has one."""


class Quotes(Struct, frozen=True):
    """Quotes that belong together; `remark` says of how many, or what is left out."""

    title: str
    quotes: tuple[Quote, ...]
    remark: str = ""


class Mention(Struct, frozen=True):
    """A tag or an answer with the people who gave it, a box for each who was there, and one of them in words.

    `figures` are the number of people, and a remark on it. `is_quote` = the words are theirs, else a note-taker's.
    """

    label: str
    people: tuple[Person, ...]
    figures: tuple[str, str]
    words: str = ""
    by: str = ""
    is_quote: bool = True


class Mentions(Struct, frozen=True):
    """How many people said a thing, a row each; `drawn` says what a box is, `groups` explain the colours.

    `explained` says what counts, `rest` what has no row.
    """

    title: str
    drawn: str
    explained: str
    mentions: tuple[Mention, ...]
    rest: str = ""
    groups: tuple[Person, ...] = ()


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
    id: str = ""
    quote: str = ""
    """The anchor of the quote that it is the line of."""
    at: int = 0
    """When it was, in epoch ms."""

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


class Cell(Struct, frozen=True):
    """What stands under one column of a grid: people as boxes, a text, and words that somebody said."""

    people: tuple[Person, ...]
    text: str
    quote: str = ""


class GridRow(Struct, frozen=True):
    """A row of a grid, with a cell for each column."""

    label: str
    cells: tuple[Cell, ...]


class Grid(Struct, frozen=True):
    """Groups beside each other, a column each with its look and how many they are."""

    title: str
    heads: tuple[tuple[Person, str], ...]
    rows: tuple[GridRow, ...]


Leaf = Paragraph | Heading | Figures | Listing | Table | Figure | Sentences | Quotes | Mentions | Grid | Timeline


class Folded(Struct, frozen=True):
    """What repeats a drawing or a sentence in full: opened by who wants it, not printed."""

    title: str
    blocks: tuple[Leaf, ...]


class Beside(Struct, frozen=True):
    """Two columns where there is room for them, else one below the other."""

    main: tuple[Leaf, ...]
    aside: tuple[Leaf, ...]


Block = Leaf | Folded | Beside


class Section(Struct, frozen=True):
    """A section of the report, or a part of one; `id` is its anchor.

    `above` is a line over its title, `label` what it is called in the contents where the title is long; `is_struck` =
    it tells of something that did not take place.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    parts: tuple[Section, ...] = ()
    above: str = ""
    label: str = ""
    is_struck: bool = False
    is_annex: bool = False
    """Whether it stays out of Word and of print unless somebody asks for it."""


class Heard(Struct, frozen=True):
    """A stretch of sound that a page can play, in epoch ms: its file, and from which second its first moment is played.

    That is a little before it, below zero at the begin of a file: people write behind the talk.
    """

    begin_ms: float
    end_ms: float
    file: str
    second: float


class Report(Struct, frozen=True):
    """A whole report, in one language; `is_short` = it has to fit one page.

    `facts` are a line on when and where, below the subtitle; `foot` stands on each page of paper.
    """

    language: str
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    colophon: str
    is_short: bool = False
    facts: str = ""
    foot: str = ""
    with_annexes: bool = False
    sound: tuple[Heard, ...] = ()


def leaves(sections: Iterable[Section]) -> Iterator[Leaf]:
    """Yield everything that stands in sections and their parts, in order, without what holds it together."""
    for section in sections:
        for block in section.blocks:
            match block:
                case Folded():
                    yield from block.blocks
                case Beside():
                    yield from (*block.main, *block.aside)
                case _:
                    yield block
        yield from leaves(section.parts)
