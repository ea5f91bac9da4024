"""The styles of a guide in Word: one for each kind of line and its place, so that a house style can be laid over it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from kring.exports.sign_off.lines import style_id
from kring.plans.word import own
from kring.report.word.colours import INK, SOFT
from kring.report.word.dress import new_style
from kring.report.word.xml import element

HEADING = own.FURNITURE[0]
_INSTRUCTED = ("instruction", "note")
_WITH_THINGS = ("stimulus", "poll", "activity", "breakout", "yield", "break")
_STEP, _SIGN, _FACTS = 8, 5, 34
"""In mm: how deep lines of a question stand, the room for a sign before a line, and for the name of a fact."""


def add_styles(document: Any, used: Container[str]) -> None:
    """Add the styles of a guide to a document that is dressed: of those of its lines only what is `used`."""
    lists = _Lists(document)
    for name in (HEADING, own.style_of("break", None)):
        _heading(document, name)
    for parent in (None, "section", "question"):
        left = _STEP if parent == "question" else 0
        for kind in (*_INSTRUCTED, *_WITH_THINGS, "probe", own.CHECK):
            name = own.style_of(kind, parent)
            if style_id(name) in used and not (kind == "break" and parent is None):
                _line(document, name, kind, left, lists)
    _question(document, lists)
    fact = new_style(document, own.FACT, 10)
    fact.paragraph_format.space_after = Pt(1)
    _hang(fact, _FACTS, _FACTS)
    new_style(document, own.SENTENCE, 10)
    phase = new_style(document, own.PHASE, 10.5)
    phase.font.bold, phase.paragraph_format.keep_with_next = True, True
    phase.paragraph_format.space_before = Pt(8)
    for name in (own.LABEL, own.CODE, own.MARK, own.CHOICES, own.FILE, own.LINK):
        _part(document, name)


def _line(document: Any, name: str, kind: str, left: float, lists: _Lists) -> None:
    style = new_style(document, name, 10, SOFT if kind in _INSTRUCTED else INK)
    style.font.italic = kind in _INSTRUCTED
    style.paragraph_format.left_indent, style.paragraph_format.space_after = Mm(left), Pt(3)
    if kind in ("probe", own.CHECK):
        _hang(style, left + _SIGN, _SIGN)
        lists.count(style, "bullet", "☐" if kind == own.CHECK else "–", left + _SIGN, _SIGN)


def _question(document: Any, lists: _Lists) -> None:
    asked = new_style(document, own.style_of("question", "section"), 11)
    asked.font.bold = True
    asked.paragraph_format.space_before, asked.paragraph_format.keep_with_next = Pt(9), True
    _hang(asked, _STEP, _STEP)
    lists.count(asked, "decimal", "%1.", _STEP, _STEP)


def _part(document: Any, name: str) -> None:
    part = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    if name == own.MARK:
        part.font.bold, part.font.italic, part.font.size = False, False, Pt(9)
        part.font.color.rgb = RGBColor.from_string(SOFT)
    elif name in (own.FILE, own.LINK):
        part.font.bold, part.font.size = False, Pt(9)
    elif name == own.LABEL:
        part.font.bold = True


def _heading(document: Any, name: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 1"]
    style.next_paragraph_style = document.styles["Normal"]


def _hang(style: Any, left: float, hanging: float) -> None:
    style.paragraph_format.left_indent = Mm(left)
    style.paragraph_format.first_line_indent = Mm(-hanging)


class _Lists:
    """Word's own lists, by which it counts questions and draws the signs of probes and checks."""

    def __init__(self, document: Any) -> None:
        self._part = document.part.numbering_part.element
        self._number = 900

    def count(self, style: Any, form: str, sign: str, left: float, hanging: float) -> None:
        """Make the paragraphs of a style a list."""
        self._number += 1
        number = str(self._number)
        indent = element("w:ind", left=_twentieths(left), hanging=_twentieths(hanging))
        level = element(
            "w:lvl",
            element("w:start", val="1"),
            element("w:numFmt", val=form),
            element("w:lvlText", val=sign),
            element("w:lvlJc", val="left"),
            element("w:pPr", indent),
            ilvl="0",
        )
        kind = element("w:abstractNum", element("w:multiLevelType", val="singleLevel"), level, abstractNumId=number)
        self._part.insert(0, kind)
        self._part.append(element("w:num", element("w:abstractNumId", val=number), numId=number))
        own_look = style.element.get_or_add_pPr()
        own_look.get_or_add_numPr().get_or_add_numId().val = self._number


def _twentieths(mm: float) -> str:
    return str(round(mm * 1440 / 25.4))
