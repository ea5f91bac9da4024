"""A guide as paragraphs and tables becomes the text of a plan, and every word of it survives the way back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal

import msgspec

from kring.domain.text import one_line
from kring.plans.draft import slug
from kring.plans.escapes import held, with_backslashes
from kring.plans.freeform_reader import is_ordinary
from kring.plans.guide_table import is_guide_table
from kring.plans.headings import find_headings
from kring.plans.leading import YIELD
from kring.plans.lines import read_line, read_lines
from kring.plans.marks import asks, read_marks
from kring.plans.people.roster import is_roster_title, names_people
from kring.plans.plan_reader import spoken_language
from kring.plans.time_box import split_box
from kring.plans.word.fragments import as_heading, as_instruction, as_listed, as_question
from kring.plans.word.front import Front
from kring.plans.word.tables import guide_rows, is_talk_table, rows_as_text

_CHECK_BOX = re.compile(r"(?:\[[ xXvV✓]?\]|[☐☑☒□])\s*(?=\S)")
_IN_BRACKETS = re.compile(r"\[[^\[\]]+\]$")
_TYPED_NUMBER = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_TYPED_BULLET = re.compile(r"(?:[•·‣▪◦●\uf0b7\uf0a7]\s*|[-–—*]\s+)(?=\S)")
_LONGEST_HEADING = 80
_WORDS_IN_PLAIN_HEADING = 7
_OPENS_NO_HEADING = '"“„«['
_MOST_LEVELS = 6
_UNDER_QUESTION = "   "


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, and what its author's word processor says that it is."""

    text: str
    kind: Literal["title", "heading", "numbered", "bullet", "check", "plain"] = "plain"
    level: int = 0  # of a heading from 1, of a list from 0
    number: int = 1
    italic: bool = False
    bold: bool = False


class Table(msgspec.Struct, frozen=True):
    """A table; the paragraphs of a cell are its lines."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table


def plan_text(blocks: Sequence[Block], name: str, form: str = "") -> str:
    """Return the text of a plan; `name` is its title where the guide has none, `form` a value of the front matter."""
    words = (paragraph.text for paragraph in blocks if isinstance(paragraph, Paragraph))
    language = spoken_language(read_lines("\n".join(words)))
    front = Front(language, form)
    shaped = _shaped(blocks)
    if _kinds(blocks) & {"heading", "numbered", "bullet"} or "heading" in _kinds(shaped):
        body = _Writer(front, language).written(shaped)
        body = _without_title(body, front)
        body = _as_plan(body, name)
    else:
        body = _as_it_stands(blocks, front)
    return "\n".join([*front.lines(name), "", *body]).rstrip() + "\n"


def _kinds(blocks: Sequence[Block]) -> set[str]:
    return {block.kind for block in blocks if isinstance(block, Paragraph)}


def _shaped(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with what was typed or only made bold as what it is, where the guide has no real ones."""
    lacking = {"heading", "numbered", "bullet"} - _kinds(blocks)
    found: list[Block] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Paragraph):
            leads = isinstance(following, Paragraph) and following.kind == "numbered"
            found.append(_typed(block, lacking, leads_to_list=leads))
        else:
            found.append(block)
    kinds = _kinds(found)
    if "heading" not in kinds or "numbered" in kinds:
        return found
    return [_asked(block) if isinstance(block, Paragraph) else block for block in found]


def _typed(paragraph: Paragraph, lacking: set[str], *, leads_to_list: bool) -> Paragraph:
    text = paragraph.text.strip()
    if paragraph.kind in ("plain", "bullet", "numbered") and (box := _CHECK_BOX.match(text)):
        return msgspec.structs.replace(paragraph, kind="check", text=text[box.end() :])
    if "heading" in lacking and _is_heading(paragraph, text, leads_to_list):
        return msgspec.structs.replace(paragraph, kind="heading", level=1)
    if paragraph.kind != "plain":
        return paragraph
    if "numbered" in lacking and (number := _TYPED_NUMBER.match(text)):
        rest = text[number.end() :]
        return msgspec.structs.replace(paragraph, kind="numbered", number=int(number[1]), text=rest)
    if "bullet" in lacking and (bullet := _TYPED_BULLET.match(text)):
        return msgspec.structs.replace(paragraph, kind="bullet", text=text[bullet.end() :])
    return paragraph


def _is_heading(paragraph: Paragraph, text: str, leads_to_list: bool) -> bool:
    """Whether a paragraph of a guide without real headings is one: bold, with a time, or above a list."""
    if not text or len(text) > _LONGEST_HEADING or asks(text) or text[0] in _OPENS_NO_HEADING:
        return False
    if paragraph.kind == "numbered":
        return paragraph.bold
    if paragraph.kind != "plain" or paragraph.italic:
        return False
    short = len(text.split()) <= _WORDS_IN_PLAIN_HEADING and not text.endswith((".", ",", ";", ":", "!", "…"))
    return paragraph.bold or split_box(text, heading=True)[1] is not None or (short and leads_to_list)


def _asked(paragraph: Paragraph) -> Paragraph:
    asked = paragraph.kind == "plain" and not paragraph.italic and asks(paragraph.text)
    if not asked or _IN_BRACKETS.match(paragraph.text.strip()):
        return paragraph
    return msgspec.structs.replace(paragraph, kind="numbered", number=1)


def _as_it_stands(blocks: Sequence[Block], front: Front) -> list[str]:
    """Return the lines of a guide without any structure; the reader of ordinary guides makes the best of it."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += ["", *rows_as_text(guide_rows(block.rows)), ""]
        elif block.kind == "title" and not lines:
            front.add_title(one_line(block.text))
        elif block.kind == "check":
            lines.append(f"- [ ] {as_listed(block.text)}")
        else:
            lines.append(with_backslashes(one_line(block.text)))
    return lines


def _without_title(body: list[str], front: Front) -> list[str]:
    """Return the lines without a heading that stands above all others: it names the guide, or is told to who leads."""
    while True:
        headings = find_headings(read_lines(held("\n".join(body))), ordinary=False)
        title = next((heading for heading in headings if heading.role == "title"), None)
        if title is None:
            return body
        place = title.line.number - 1
        text = body[place].lstrip("# ")
        if front.title:
            body[place] = f"> {text}"
        else:
            front.add_title(text, is_escaped=True)
            del body[place]


def _as_plan(body: list[str], name: str) -> list[str]:
    """Return lines that no reader takes for an ordinary guide."""
    if not is_ordinary(read_lines(held("\n".join(body)))):
        return body
    shapes = [read_line(0, line).shape for line in body]
    if "numbered" in shapes:
        body[shapes.index("numbered")] += " {opening}"
        return body
    if "heading" in shapes:
        place = shapes.index("heading")
        body[place] += f" {{#{slug(read_marks(body[place].lstrip('# '), heading=True).text)}}}"
        return body
    return [f"> {as_instruction(name)}", "", *body]


class _Writer:
    """Writes blocks as the lines of a plan, one after the other."""

    def __init__(self, front: Front, language: str) -> None:
        self._front = front
        self._yield = "opbrengst" if language == "nl" else "yield"
        self._roster_title = "Deelnemers" if language == "nl" else "Participants"
        self._lines: list[str] = []
        self._roster: list[str] = []
        self._last = ""
        self._in_question = False
        self._has_begun = False

    def written(self, blocks: Sequence[Block]) -> list[str]:
        """Return the lines of all blocks, the participants last."""
        titles = [one_line(block.text) for block in blocks if isinstance(block, Paragraph) and block.kind == "heading"]
        self._has_roster = any(is_roster_title(title) for title in titles)
        for block in blocks:
            if isinstance(block, Table):
                self._write_table(block)
            elif one_line(block.text):
                self._write(block, one_line(block.text))
        if self._roster:
            self._blank()
            self._lines += [f"# {self._roster_title}", *self._roster]
        return self._lines

    def _write(self, block: Paragraph, text: str) -> None:
        match block.kind:
            case "title" if not self._has_begun:
                self._front.add_title(text)
                return
            case "title" | "heading":
                self._heading(text, max(1, block.level))
            case "check":
                self._line("check", f"- [ ] {as_listed(text)}")
            case "numbered" if not self._in_question or not block.level:
                self._line("question", f"{block.number if 0 < block.number < 1000 else 1}. {as_question(text)}")
                self._in_question = True
            case "numbered":
                self._line("probe", f"{_UNDER_QUESTION}- {as_listed(text)}")
            case "bullet" if not block.italic and not _IN_BRACKETS.match(text):
                indent = _UNDER_QUESTION if self._in_question else "   " * min(block.level, 3)
                self._line("probe", f"{indent}- {as_listed(text)}")
            case _:
                self._plain(block, text)
        self._has_begun = self._has_begun or block.kind in ("heading", "numbered", "bullet")

    def _plain(self, block: Paragraph, text: str) -> None:
        if not self._has_begun and not block.italic and self._front.takes(text):
            return
        if _IN_BRACKETS.match(text):
            text = text[1:-1].strip() or text
        if self._in_question and (found := YIELD.match(text)):
            self._line("yield", f"{_UNDER_QUESTION}@{self._yield} {as_instruction(text[found.end() :])}")
            return
        self._line("instruction", f"{_UNDER_QUESTION if self._in_question else ''}> {as_instruction(text)}")

    def _heading(self, text: str, level: int) -> None:
        self._blank()
        self._lines.append(f"{'#' * min(level, _MOST_LEVELS)} {as_heading(text)}")
        self._last, self._in_question = "heading", False

    def _blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def _line(self, kind: str, line: str) -> None:
        # Two instructions without a blank between them would be read as one that was wrapped.
        if kind == "instruction" and self._last == "instruction":
            self._blank()
        self._lines.append(line)
        self._last = kind

    def _write_table(self, table: Table) -> None:
        rows = table.rows
        if not rows:
            return
        header = [one_line(cell) for cell in rows[0]]
        is_roster = names_people(header) and not is_guide_table(header) and not is_talk_table(header)
        if is_roster and not self._has_roster and not self._roster:
            self._roster = rows_as_text(rows)
            return
        self._blank()
        self._lines += [*rows_as_text(guide_rows(rows)), ""]
        self._last, self._in_question, self._has_begun = "table", False, True
