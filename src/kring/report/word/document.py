"""The report for Word: its own styles for headings, quotes and lists, so that a house style can be laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kring.domain.text import KringError
from kring.report.drawing import svg
from kring.report.drawing.svg import xml_text
from kring.report.parts import (
    Beside,
    Block,
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
from kring.report.word.colours import DRAWING, SOFT
from kring.system.output_files import restabled

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

    Place = Document | _Cell

SHARPNESS = 3  # pixels for a unit of a drawing: sharp on paper
LONGEST_ALT = 2000
FONTS = ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf")
"""The letters of a drawing come along: a machine without them would draw none, and each another."""


def written(report: Report) -> bytes:
    """Return the Word file of a report; the same report gives the same bytes."""
    try:
        import docx
        import resvg_py  # noqa: F401 - asked for here, so that nobody waits for half a file
    except ImportError as missing:
        raise KringError(
            "For a report in Word, install kring with its extra word: pipx install --force '.[word]', "
            "or uv tool install --force '.[word]'."
        ) from missing
    from kring.report.word.contents import Entry, add_contents
    from kring.report.word.dress import NOTE, dress

    document = docx.Document()
    dress(document, report)
    document.add_paragraph(xml_text(report.title), style="Title")
    if report.subtitle:
        document.add_paragraph(xml_text(report.subtitle), style="Subtitle")
    if report.facts:
        document.add_paragraph(xml_text(report.facts), style=NOTE)
    sections = [section for section in report.sections if report.with_annexes or not section.is_annex]
    marks = {one.id: f"part_{number}" for number, one in enumerate(_all(sections), 1)}
    for number, section in enumerate(sections):
        if number == 1 and not report.is_short:
            add_contents(document, (Entry(one.title, marks[one.id], one not in sections) for one in _all(sections)))
        _section(document, section, 1, marks, has_columns=number == 0 and not report.is_short)
    document.add_paragraph(xml_text(report.colophon), style=NOTE)
    made = BytesIO()
    document.save(made)
    return restabled(made.getvalue())


def _all(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from section.parts


def _section(
    document: Document, section: Section, depth: int, marks: dict[str, str], *, has_columns: bool = False
) -> None:
    from docx.shared import Pt

    from kring.report.word.contents import mark
    from kring.report.word.dress import NOTE

    above = document.add_paragraph(xml_text(section.above), style=NOTE).paragraph_format if section.above else None
    title: Any = document.add_paragraph(xml_text(section.title), style=f"Heading {depth}")
    if above is not None:
        above.keep_with_next = True
        above.space_before, above.space_after = title.style.paragraph_format.space_before, Pt(0)
        title.paragraph_format.space_before = Pt(0)
    mark(title._p, marks[section.id], int(marks[section.id].removeprefix("part_")))
    for block in section.blocks:
        _told(document, block, depth, has_columns=has_columns)
    for part in section.parts:
        _section(document, part, depth + 1, marks)


def _told(document: Document, block: Block, depth: int, *, has_columns: bool) -> None:
    """Add a block; what is folded repeats what stands there, and paper does not fold."""
    from kring.report.word.table import add_columns, add_gap

    match block:
        case Folded():
            pass
        case Beside(main, aside) if has_columns and aside:
            wide, narrow = add_columns(document)
            for each in main:
                _leaf(wide, each, depth)
            for each in aside:
                _leaf(narrow, each, depth, is_narrow=True)
            add_gap(document)
        case Beside(main, aside):
            for each in (*main, *aside):
                _leaf(document, each, depth)
        case _:
            _leaf(document, block, depth)


def _leaf(document: Place, block: Leaf, depth: int, *, is_narrow: bool = False) -> None:
    from kring.report.word.table import add_table

    match block:
        case Paragraph():
            _paragraph(document, block)
        case Heading(text):
            _heading(document, text, depth)
        case Listing(items):
            for item in items:
                document.add_paragraph(xml_text(item), style="List Bullet")
        case Table():
            add_table(document, block)
        case Figure():
            _picture(document, block)
        case Timeline():
            rows = tuple(entry.cells for entry in block.entries)
            add_table(document, Table(block.caption, block.columns, rows))
        case Mentions():
            _mentions(document, block, depth, is_narrow=is_narrow)
        case _:
            _in_words(document, block, depth)


def _in_words(document: Place, block: Figures | Sentences | Quotes | Grid, depth: int) -> None:
    from kring.report.word.table import add_figures, add_grid

    match block:
        case Figures(pairs):
            if pairs:
                add_figures(document, pairs)
        case Sentences():
            _sentences(document, block, depth)
        case Quotes():
            _heading(document, block.title, depth)
            for quote in block.quotes:
                _quote(document, quote)
            _note(document, block.remark)
        case Grid():
            add_grid(document, block)


def _mentions(document: Place, block: Mentions, depth: int, *, is_narrow: bool) -> None:
    from kring.report.word.table import add_mentions

    _heading(document, block.title, depth)
    _note(document, f"{block.drawn} {block.explained}".strip())
    if block.mentions:
        add_mentions(document, block.title, block.mentions, is_narrow=is_narrow)
    _note(document, block.rest)
    _legend(document, block)


def _heading(document: Place, text: str, depth: int) -> None:
    if text:
        document.add_paragraph(xml_text(text), style=f"Heading {depth + 1}")


def _note(document: Place, text: str) -> None:
    from kring.report.word.dress import NOTE

    if text:
        document.add_paragraph(xml_text(text), style=NOTE)


def _paragraph(document: Place, block: Paragraph) -> None:
    from kring.report.word.dress import NOTE, READING

    styles = {"plain": "Normal", "small": NOTE, "reading": READING}
    line = document.add_paragraph(style=styles[block.tone])
    if block.strong:
        line.add_run(xml_text(f"{block.strong} ")).bold = True
    line.add_run(xml_text(block.text))
    line.paragraph_format.keep_with_next = block.tone == "reading"


def _sentences(document: Place, block: Sentences, depth: int) -> None:
    from kring.report.word.dress import CORRECTION, SERIF
    from kring.report.word.xml import element, run

    _heading(document, block.title, depth)
    for one in block.sentences:
        line: Any = document.add_paragraph(style="List Bullet")
        words = line.add_run(xml_text(f"“{one.text}” " if one.by else f"{one.text} "))
        if one.by:
            words.font.name = SERIF
            line.add_run(xml_text(f"{one.by}, "))
        line._p.append(run(one.moment.told, element("w:color", val=SOFT), element("w:sz", val="17")))
        for correction in one.corrections:
            document.add_paragraph(xml_text(correction), style=CORRECTION)
    for correction in block.corrections:
        document.add_paragraph(xml_text(correction), style=CORRECTION)
    _note(document, block.source)


def _quote(document: Place, quote: Quote) -> None:
    from kring.report.word.dress import INDENT, NOTE
    from kring.report.word.table import box
    from kring.report.word.xml import run

    document.add_paragraph(xml_text(f"“{quote.text}”"), style="Quote")
    line: Any = document.add_paragraph(style=NOTE)
    line.paragraph_format.left_indent = INDENT
    for each in box(quote.who):
        line._p.append(each)
    rest = " · ".join(part for part in (quote.segment, quote.place, quote.moment.told) if part)
    tags = "".join(f" #{tag}" for tag in quote.tags)
    star = " ★" if quote.starred else ""
    line._p.append(run(f"{quote.sign} {rest}{star}{tags}".lstrip()))


def _legend(document: Place, block: Mentions) -> None:
    from kring.report.word.dress import NOTE
    from kring.report.word.table import box

    if block.groups:
        line: Any = document.add_paragraph(style=NOTE)
        for group in block.groups:
            for each in box(group):
                line._p.append(each)


def _picture(document: Place, figure: Figure) -> None:
    from docx.shared import Mm

    if not figure.is_told:
        document.add_paragraph(xml_text(figure.title), style="Caption")
    width = Mm(166 * min(1.0, figure.drawing.width / 720))
    shape = document.add_paragraph().add_run().add_picture(BytesIO(picture_of(figure)), width=width)
    particulars: Any = shape._inline.docPr
    particulars.set("descr", xml_text(f"{figure.title}. {figure.description}")[:LONGEST_ALT])
    particulars.set("title", xml_text(figure.title)[:255])


def picture_of(figure: Figure) -> bytes:
    """Return a drawing as a picture, with letters of our own; those that our font lacks are of the machine's."""
    import resvg_py

    told = svg.alone(figure.drawing, DRAWING, figure.title)
    with as_file(files("kring.report").joinpath("assets", "fonts")) as fonts:
        picture: bytes = resvg_py.svg_to_bytes(
            svg_string=told,
            zoom=SHARPNESS,
            background="#ffffff",
            skip_system_fonts=not svg.has_foreign_letters(figure.drawing),
            font_files=[str(fonts / name) for name in FONTS],
            font_family="Liberation Sans",
            sans_serif_family="Liberation Sans",
        )
    return bytes(picture)
