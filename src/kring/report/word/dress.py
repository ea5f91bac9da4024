"""How a report for Word looks: paper, styles, language, and a foot with the page's number."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kring.report.parts import Report
from kring.report.word.colours import INK, LINE, SOFT
from kring.report.word.table import TEXT, WIDTH, add_style
from kring.report.word.xml import element, field, run

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
SIZES = (
    ("Normal", 10),
    ("Title", 18),
    ("Subtitle", 13),
    ("Heading 1", 15),
    ("Heading 2", 12.5),
    ("Heading 3", 10.5),
    ("List Bullet", 9.5),
)
SIZES_OF_ONE_PAGE = (("Normal", 9), ("Title", 15), ("Subtitle", 10), ("Heading 1", 11), ("Heading 2", 10))
"""In points, by Word's own styles."""
SPACES = (
    ("Normal", 0, 5),
    ("Title", 0, 2),
    ("Subtitle", 0, 3),
    ("List Bullet", 0, 2),
    ("Heading 1", 13, 4),
    ("Heading 2", 10, 3),
    ("Heading 3", 8, 2),
)
"""In points, before and after a paragraph."""
SANS, SERIF = "Arial", "Georgia"
"""Of the program and the researchers; of what participants said, word for word."""
INDENT = Mm(6)
"""Of quotes, with who said them, and of corrections."""
NOTE, READING, CORRECTION, CONTENTS = "Report Note", "Report Reading", "Report Correction", "Report Contents"


def dress(document: Document, report: Report) -> None:
    """Set paper, language, fonts and the file's own particulars."""
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = Mm(22)
    paper.top_margin = paper.bottom_margin = Mm(14 if report.is_short else 15)
    told = document.core_properties
    told.title, told.language, told.author, told.comments = report.title[:255], LANGUAGES[report.language], "kring", ""
    told.created = told.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - Word wants one, and a report has no moment
    for name, size in SIZES_OF_ONE_PAGE if report.is_short else SIZES:
        style: Any = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(INK)
        style.font.bold = name not in {"Normal", "Subtitle", "List Bullet"}
        style.font.italic = False
        for spacing in style.element.xpath("w:rPr/w:spacing"):
            spacing.getparent().remove(spacing)
        _font(style, SANS)
    _headings(document)
    add_style(document)
    _speak(document, LANGUAGES[report.language])
    small = new_style(document, TEXT, 9)
    small.paragraph_format.space_after, small.paragraph_format.keep_together = Pt(1), True  # a row on one page
    new_style(document, NOTE, 9, SOFT)
    new_style(document, READING, 11)
    corrected = new_style(document, CORRECTION, 9.5, "6B5800")
    corrected.paragraph_format.left_indent = INDENT
    contents = new_style(document, CONTENTS, 10)
    _tab(contents)
    contents.paragraph_format.space_after = Pt(2)
    caption: Any = document.styles["Caption"]
    caption.font.color.rgb, caption.paragraph_format.keep_with_next = RGBColor.from_string(SOFT), True
    _font(caption, SANS)
    quote: Any = document.styles["Quote"]
    quote.font.color.rgb, quote.paragraph_format.left_indent = RGBColor.from_string(INK), INDENT
    quote.font.italic, quote.font.size = False, Pt(11)
    quote.paragraph_format.space_after, quote.paragraph_format.keep_with_next = Pt(0), True
    _font(quote, SERIF)
    points: Any = document.styles["List Bullet"].paragraph_format
    points.left_indent, points.first_line_indent = INDENT, -INDENT
    if report.is_short:
        _press(document)
    if report.foot:
        _foot(document, report.foot)


def _headings(document: Document) -> None:
    title: Any = document.styles["Title"]
    for border in title.element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)
    for name, before, after in SPACES:
        style: Any = document.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = name.startswith("Heading")


def new_style(document: Document, name: str, size: float, colour: str = INK) -> Any:
    """Add a style of paragraphs that is like the usual one but for size (in points) and colour."""
    made: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.font.size, made.font.color.rgb = Pt(size), RGBColor.from_string(colour)
    return made


def _font(style: Any, name: str) -> None:
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), name)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def _press(document: Document) -> None:
    """Take out the air between paragraphs, so that a page holds more."""
    small: Any = document.styles[TEXT]
    small.font.size = Pt(8)
    for name, before, after in (("Title", 0, 2), ("Subtitle", 0, 2), ("Heading 1", 6, 2), ("List Bullet", 0, 0)):
        style: Any = document.styles[name]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _speak(document: Document, language: str) -> None:
    """Say in which language the text is, for spelling and for who has it read aloud."""
    root: Any = document.styles.element
    for marks in (*root.xpath("w:docDefaults/w:rPrDefault/w:rPr"), root.xpath("w:style[@w:styleId='Normal']/w:rPr")[0]):
        for old in marks.findall(qn("w:lang")):
            marks.remove(old)
        marks.append(element("w:lang", val=language, eastAsia=language, bidi=language))


def _tab(style: Any) -> None:
    """Set a stop at the right margin, with dots up to it, for the numbers of pages."""
    stop = element("w:tab", val="right", leader="dot", pos=str(WIDTH))
    style.element.get_or_add_pPr().append(element("w:tabs", stop))


def _foot(document: Document, told: str) -> None:
    """Put what the report is, and the page's number of how many, at the foot of each page."""
    line = document.sections[0].footer.paragraphs[0]
    line.style = document.styles[NOTE]
    own: Any = line._p
    stop = element("w:tab", val="right", pos=str(WIDTH))
    rule = element("w:top", val="single", sz="4", space="6", color=LINE)
    own.get_or_add_pPr().extend([element("w:pBdr", rule), element("w:tabs", stop)])
    tab = element("w:r", element("w:tab"))
    for each in (run(told), tab, *field("PAGE", "1"), run(" / "), *field("NUMPAGES", "1")):
        own.append(each)
