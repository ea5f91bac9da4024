"""The lines of a plan and their shapes: heading, bullet, numbered, check, instruction, command, table row, text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

import msgspec

from kring.domain.text import clean, folded

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Shape = Literal[
    "blank",
    "rule",
    "heading",
    "check",
    "bullet",
    "numbered",
    "lettered",
    "instruction",
    "command",
    "row",
    "text",
    "overview",
]

_HEADING = re.compile(r"(#{1,6})\s*(?=[^#\s])")
_EMPTY_HEADING = re.compile(r"#+$")
_RULE = re.compile(r"(?:-{3,}|_{3,}|\*{3,}|={3,}|[–—]{2,}|(?:- ){2,}-|(?:\* ){2,}\*)$")
_CHECK = re.compile(r"(?:[-*+•]\s?)?(?:\[[ xXvV✓]?\]|[☐☑☒□])\s?(?=\S)")
_BULLET = re.compile(r"(?:[•·‣▪▫◦●○■□➢►→\uf0b7\uf0a7\uf0d8§]\s?|[-*+–—]\s)(?=\S)")
_DASH_WITHOUT_BLANK = re.compile(r"[-–—](?=[^\W\d_]|[\"“‘'«\[(])")
_ASKED = re.compile(
    r"(?:(?:vraag|question|frage)\s?(\d{1,3}(?:\.\d{1,3})?)|([qv]\s?\d{1,3}(?:\.\d{1,3})?[a-z]?))"
    r"(?:\s?[.):]\s?|\s[-–—]\s)(?=\S)",
    re.IGNORECASE,
)
_CODED_BARELY = re.compile(
    r"([QV]\d{1,3}[a-z]?(?=\s[A-ZÀ-Þ“\"].*(?:\?|\s\S+\s))|[A-H]\d{1,2}(?=\s[A-ZÀ-Þ“\"][^?]*\s[^?]*\?))\s"
)
_CODED = re.compile(r"([A-Z]\d{1,2})[.):]\s(?=\S)")  # the second question of section A
_NUMBERED = re.compile(
    r"(?:\(?(\d{1,3})\)|(\d{1,3}(?:\.\d{1,3}){0,3})[.)](?!\d)|(\d{1,3}(?:\.\d{1,3}){1,3})(?=\s))\s?(?=\S)"
)
_CLOCKED = re.compile(r"(?:0?[6-9]|1\d|2[0-3])[.:uh][0-5]\d(?!\d)(?=\s|\s?[-–—|])")
_DATED = re.compile(r"\d{1,2}\.\s[^\W\d_]{3,9}\.?\s\d{4}\b")  # `9. Dezember 2026`
_ROW = re.compile(
    r"(?:\d{1,2}[.:uh][0-5]\d[^|]{0,24}|\d{1,3}(?:\s?(?:min\.?|m|'|’|′))?\s?|(?:tijd|time|duur)\s?)\|", re.IGNORECASE
)
_SMALL_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
_LETTERED = re.compile(r"\(?([A-Za-z]|[IVXivx]{2,5})[.)](?=\s?\S)\s?(?![a-z]?\.)")
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_LEAD = re.compile(r"(\*\*|__|\*|_)(?![*_\s])([^*_]{1,200}?)\s?\1(?![^\W_])\s?(.*)$")
_LATELY = 256  # a line is looked at from several sides, one after the other
_PRODUCT = re.compile(r"(?<=\d)\*(?=\d)")
_TIMES = "\U0010fdff"  # a private character, for the star in `2*3*4`
_FEWEST_BARS = 2
_FEWEST_ROWS = 3
_WORD_O = re.compile(r"o(?:(?:\t|  )\s*(?=\S)|\s(?=[\"“„‘«(]?[A-ZÀ-Þ]))")


class Line(msgspec.Struct, frozen=True):
    """One line: its number in the file, how far it is indented, its text, and what its shape says."""

    number: int
    indent: int
    text: str
    shape: Shape
    level: int = 0  # of a heading
    label: str = ""  # the number or letter that the author wrote
    wide: str = ""  # the text with its wide gaps, for what is lined up in columns
    lead: str = ""  # what is bold or in italics at its start
    after: str = ""  # and what stands behind that
    bold: bool = False  # all of it
    italic: bool = False
    chosen: str = ""  # what a person said that it is
    cells: tuple[str, ...] = ()  # of a row that is no text; each line of a cell is a line of its own


def read_lines(text: str) -> list[Line]:
    """Return every line of the text; linear in its length, whatever the text."""
    lines: list[Line] = []
    for number, raw in enumerate(_without_comments(clean(text)).split("\n"), 1):
        line = read_line(number, raw)
        if line.shape == "text" and lines and lines[-1].shape == "row" and line.text.endswith("|"):
            line = msgspec.structs.replace(line, shape="row")  # of a table whose rows have no bar in front
        lines.append(line)
    return _with_bare_rows(lines)


def _with_bare_rows(lines: list[Line]) -> list[Line]:
    """Return the lines, those of a table without bars at its ends as rows: three or more with as many bars each."""
    bars = [line.text.count("|") if line.shape in ("text", "row") and line.text[:1] != "|" else 0 for line in lines]
    place = 0
    for count, run in groupby(bars):
        length = len(list(run))
        if count >= _FEWEST_BARS and length >= _FEWEST_ROWS:
            span = slice(place, place + length)
            lines[span] = [msgspec.structs.replace(line, shape="row") for line in lines[span]]
        place += length
    return lines


def read_line(number: int, raw: str) -> Line:
    """Return one line with its shape."""
    wide = raw.strip()
    indent = _indent(raw) + bool(_WORD_O.match(wide))  # Word sets its circles deeper, and mails lose that
    text = " ".join(wide.split())
    shape, level, label, rest = _shape(text, wide)
    if shape == "bullet" and (inner := _CHECK.match(rest)):
        shape, rest = "check", rest[inner.end() :]
    if shape not in ("row", "rule", "blank") and "<" in rest:
        rest = " ".join(_LINE_BREAK.sub(" ", rest).split())
    line = Line(number, indent, rest, shape, level, label, wide)
    return _emphasised(line) if rest[:1] in ("*", "_") else line


def bare_title(text: str) -> str:
    """Return a heading as it is compared with known words: folded, without marks at its ends."""
    return folded(text).strip(" *_:.!#-–—\"'")


@lru_cache(maxsize=_LATELY)
def without_emphasis(text: str) -> str:
    """Return the text as it is read aloud, without the stars of bold and italic."""
    if "*" in text or "_" in text:
        parsed = _markdown().parseInline(_PRODUCT.sub(_TIMES, text))[0].children or ()
        text = "".join(token.content for token in parsed).replace(_TIMES, "*")
        if text.count("**") > 1:  # programs that write Markdown put blanks inside the stars: `**Duration: **90 min`
            text = text.replace("**", "")
    return text.strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # slow to load, and few plans have stars in them

    return MarkdownIt("zero").enable("emphasis")


def cells(line: Line) -> list[str]:
    """Return the cells of a row of a table; `\\|` is a bar in a cell."""
    if line.cells:
        return list(line.cells)
    inner = line.wide.replace("\\|", "\0").strip().removeprefix("|").removesuffix("|")
    return [" ".join(cell.replace("\0", "|").split()) for cell in inner.split("|")]


def is_row(line: Line) -> bool:
    """Whether a line was written as a row of a table, whatever it was chosen to be."""
    return line.shape == "row" or bool(line.cells) or line.wide[:1] == "|"


def is_ruler(row: list[str]) -> bool:
    """Whether a row only draws the line under the header."""
    return all(not cell.strip(":-– ") for cell in row) and any("-" in cell for cell in row)


def _emphasised(line: Line) -> Line:
    found = _LEAD.match(line.text)
    if found is None:
        return line
    strong, rest = len(found[1]) > 1, found[3].strip()
    whole = not rest.strip(" .:!")
    return msgspec.structs.replace(
        line, lead=found[2].strip(), after=rest, bold=whole and strong, italic=whole and not strong
    )


def _without_comments(text: str) -> str:
    """Return a text without what its author hid between `<!--` and `-->`, its lines where they were."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join([*kept, text[position:]])


def _indent(raw: str) -> int:
    width = 0
    for mark in raw:
        match mark:
            case " " | "\u00a0":
                width += 1
            case "\t":
                width += 4 - width % 4
            case _:
                break
    return width


def _shape(text: str, wide: str) -> tuple[Shape, int, str, str]:
    if not text:
        return "blank", 0, "", ""
    match text[0]:
        case "#" if found := _HEADING.match(text):
            return "heading", len(found[1]), "", text[found.end() :].rstrip("# ")
        case "#" if _EMPTY_HEADING.match(text):
            return "blank", 0, "", ""
        case ">":
            return "instruction", 0, "", text.lstrip("> ")
        case "@":
            return "command", 0, "", text
        case "|":
            return "row", 0, "", text
    if text.startswith("```") or _RULE.match(text):
        return "rule", 0, "", text
    return _timed(text) or _listed(text, wide)


def _timed(text: str) -> tuple[Shape, int, str, str] | None:
    """Return the shape of a line that begins with a time of day or a date, which is no number of a question."""
    if _ROW.match(text):
        return "row", 0, "", text
    return ("text", 0, "", text) if _CLOCKED.match(text) or _DATED.match(text) else None


def _listed(text: str, wide: str) -> tuple[Shape, int, str, str]:
    if found := _CHECK.match(text):
        return "check", 0, "", text[found.end() :]
    if found := _WORD_O.match(wide):
        return "bullet", 0, "", text[1:].strip()
    if (found := _BULLET.match(text)) or (found := _DASH_WITHOUT_BLANK.match(text)):
        return "bullet", 0, "", text[found.end() :]
    if text in {"-", "*", "+", "•", "–", "[]", "[ ]", "- [ ]"}:
        return "blank", 0, "", ""
    if found := _ASKED.match(text) or _CODED_BARELY.match(text):
        code = next(filter(None, found.groups()))
        return "numbered", 1, code.replace(" ", ""), text[found.end() :]
    if (found := _CODED.match(text)) or (found := _NUMBERED.match(text)):
        return "numbered", 0, next(filter(None, found.groups())), text[found.end() :]
    if found := _LETTERED.match(text):
        return "lettered", 0, found[1], text[found.end() :]
    return "text", 0, "", text


def is_smaller_letter(label: str, above: str) -> bool:
    """Whether a label counts in Roman numbers below a letter: *i.*, *ii.* below *a.*, and not *i.* behind *h.*"""
    is_below = label in _SMALL_ROMAN and above.islower() and len(above) == 1 and above not in _SMALL_ROMAN
    return is_below and (len(label) > 1 or ord(label) != ord(above) + 1)
