"""The report for Word: its own styles for headings, quotes and lists, so that a house style can be laid over it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from kring.domain.text import KringError
from kring.report.drawing import svg
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
    Section,
    Table,
    Timeline,
)
from kring.system.output_files import restabled

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
SIZES = (("Normal", 10), ("Title", 24), ("Subtitle", 12), ("Heading 1", 16), ("Heading 2", 12))
SIZES_OF_ONE_PAGE = (("Normal", 9), ("Title", 15), ("Subtitle", 10), ("Heading 1", 11), ("Heading 2", 10))
"""In points, by Word's own styles."""
SHARPNESS = 3  # pixels for a unit of a drawing: sharp on paper
PAPER = """
text { font: 12px sans-serif; fill: #1c2430; } .faint text { fill: #5a6675; } .on-dark text { fill: #fff; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.band { fill: #f4f6f8; } .odd { fill: #e4e8ed; }
.bar { fill: #2f6f8f; } .planned { fill: #d5e5ec; } .over { fill: #b4541a; } .quiet { fill: #8a94a1; }
.stroke { fill: none; stroke: #2f6f8f; } .stroke.lead { stroke: #1f4e66; } .stroke.quiet { stroke: #8a94a1; }
.stroke.mixed { stroke: #8d6a9f; } .stroke.tone0 { stroke: #f4f6f8; } .stroke.tone1 { stroke: #d5e5ec; }
.stroke.tone2 { stroke: #9dc3d3; } .stroke.tone3 { stroke: #3a7a99; } .stroke.tone4 { stroke: #1f4e66; }
.tick { stroke: #d9dee5; } .mark { stroke: #1c2430; stroke-width: 1.5; }
.limit { stroke: #5a6675; stroke-dasharray: 3 3; }
"""
LONGEST_ALT = 2000
NOTE = "Report Note"


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
    document = docx.Document()
    _dress(document, report)
    document.add_paragraph(xml_text(report.title), style="Title")
    if report.subtitle:
        document.add_paragraph(xml_text(report.subtitle), style="Subtitle")
    for section in report.sections:
        _section(document, section)
    document.add_paragraph(xml_text(report.colophon), style=NOTE)
    made = BytesIO()
    document.save(made)
    return restabled(made.getvalue())


def _dress(document: Document, report: Report) -> None:
    """Set paper, language, fonts and the file's own particulars."""
    from datetime import datetime

    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    from kring.report.word_table import TEXT, add_style

    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Mm(22)
    paper.top_margin = paper.bottom_margin = Mm(14 if report.is_short else 22)
    told = document.core_properties
    told.title, told.language, told.author, told.comments = report.title[:255], LANGUAGES[report.language], "kring", ""
    told.created = told.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - Word wants one, and a report has no moment
    ink = RGBColor(0x1C, 0x24, 0x30)
    for name, size in SIZES_OF_ONE_PAGE if report.is_short else SIZES:
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), ink
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), "Calibri")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    add_style(document)
    _speak(document, LANGUAGES[report.language])
    small: Any = document.styles.add_style(TEXT, WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.font.size, small.paragraph_format.space_after = Pt(9), Pt(1)
    note: Any = document.styles.add_style(NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = document.styles["Normal"]
    note.font.size, note.font.color.rgb = Pt(9), RGBColor(0x5A, 0x66, 0x75)
    caption: Any = document.styles["Caption"]
    caption.font.color.rgb, caption.paragraph_format.keep_with_next = RGBColor(0x5A, 0x66, 0x75), True
    quote: Any = document.styles["Quote"]
    quote.font.color.rgb, quote.paragraph_format.left_indent = ink, Mm(6)
    quote.paragraph_format.space_after, quote.paragraph_format.keep_with_next = Pt(0), True
    if report.is_short:
        _press(document)


def _press(document: Document) -> None:
    """Take out the air between paragraphs, so that a page holds more."""
    from docx.shared import Pt

    from kring.report.word_table import TEXT

    small: Any = document.styles[TEXT]
    small.font.size = Pt(8)
    for name, before, after in (("Title", 0, 2), ("Subtitle", 0, 2), ("Heading 1", 6, 2), ("List Bullet", 0, 0)):
        style: Any = document.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _speak(document: Document, language: str) -> None:
    """Say in which language the text is, for spelling and for who has it read aloud."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    root: Any = document.styles.element
    for marks in (*root.xpath("w:docDefaults/w:rPrDefault/w:rPr"), root.xpath("w:style[@w:styleId='Normal']/w:rPr")[0]):
        for old in marks.findall(qn("w:lang")):
            marks.remove(old)
        said = OxmlElement("w:lang")
        for place in ("w:val", "w:eastAsia", "w:bidi"):
            said.set(qn(place), language)
        marks.append(said)


def _section(document: Document, section: Section) -> None:
    document.add_paragraph(xml_text(section.title), style="Heading 1")
    for block in section.blocks:
        _told(document, block)


def _told(document: Document, block: Block) -> None:
    from kring.report.word_table import add_table

    match block:
        case Paragraph(text, tone):
            document.add_paragraph(xml_text(text), style=NOTE if tone == "small" else "Normal")
        case Heading(text):
            document.add_paragraph(xml_text(text), style="Heading 2")
        case Figures(pairs):
            _figures(document, pairs)
        case Listing(items):
            for item in items:
                document.add_paragraph(xml_text(item), style="List Bullet")
        case Table():
            add_table(document, block)
        case Figure():
            _picture(document, block)
        case Quotes():
            _quotes(document, block)
        case Timeline():
            rows = tuple(entry.cells for entry in block.entries)
            add_table(document, Table(block.caption, block.columns, rows))


def _figures(document: Document, pairs: tuple[tuple[str, str, str], ...]) -> None:
    for figure, what, remark in pairs:
        line = document.add_paragraph(style="List Bullet")
        line.add_run(xml_text(figure)).bold = True
        line.add_run(xml_text(f" {what}" + (f" ({remark})" if remark else "")))


def _quotes(document: Document, quotes: Quotes) -> None:
    document.add_paragraph(xml_text(quotes.question), style="Heading 2")
    for quote in quotes.quotes:
        _quote(document, quote)


def _quote(document: Document, quote: Quote) -> None:
    document.add_paragraph(xml_text(f"“{quote.text}”"), style="Quote")
    by = ", ".join(part for part in (quote.who, quote.segment, quote.when) if part)
    tags = "".join(f" #{tag}" for tag in quote.tags)
    line: WordParagraph = document.add_paragraph(style=NOTE)
    line.paragraph_format.left_indent = document.styles["Quote"].paragraph_format.left_indent
    line.add_run(xml_text(("★ " if quote.starred else "") + by + tags))


def _picture(document: Document, figure: Figure) -> None:
    import resvg_py
    from docx.shared import Mm

    document.add_paragraph(xml_text(figure.title), style="Caption")
    drawn = svg.alone(figure.drawing, PAPER, figure.title)
    picture = bytes(resvg_py.svg_to_bytes(svg_string=drawn, zoom=SHARPNESS, background="#ffffff"))
    width = Mm(166 * min(1.0, figure.drawing.width / 720))
    shape = document.add_picture(BytesIO(picture), width=width)
    particulars: Any = shape._inline.docPr
    particulars.set("descr", xml_text(f"{figure.title}. {figure.description}")[:LONGEST_ALT])
    particulars.set("title", xml_text(figure.title)[:255])
