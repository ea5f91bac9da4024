"""Texts as they are put into a plan: what would be read as a mark, and is none, gets a backslash."""

from __future__ import annotations

import re

from kring.plans.escapes import held, with_backslashes
from kring.plans.lines import read_line, without_emphasis
from kring.plans.marks import read_marks
from kring.plans.time_box import time_box

_GROUP = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_BEHIND_QUESTION = re.compile(r"[^\w{}]*(?:\{[^{}]*\}[^\w{}]*)*$")
# After a backslash of the author the mark already has one of its own.
_EMPHASIS = re.compile(r"(?<!\\)[*_]")
_MUST = re.compile(r"(?<!\\)!")
_BRACE = re.compile(r"(?<!\\)\{")
_HASH = re.compile(r"(?<!\\)#")


def as_heading(text: str) -> str:
    """Return a text as the title of a section; a time box in it keeps its meaning."""
    text = _without_style(text)
    if text.endswith("#") or text.startswith("#"):
        text = _HASH.sub(r"\#", text)
    return text


def as_question(text: str) -> str:
    """Return a text as a question; its marks mean what they say, and so does a time behind it."""
    text = _without_style(text)
    boxes = [found for found in _GROUP.finditer(text) if _is_box(found)]
    inside = [found.start() for found in boxes if not _BEHIND_QUESTION.match(text, found.end())]
    text = _escaped_at(text, inside)
    return text if read_marks(held(text)).text else as_instruction(text)


def as_instruction(text: str) -> str:
    """Return a text in which nothing is a mark."""
    text = _without_style(text)
    if text.startswith(">"):
        text = rf"\{text}"
    text = _BRACE.sub(r"\{", text)
    text = _escaped_at(text, [found.start() for found in _GROUP.finditer(text) if _is_box(found)])
    marks = read_marks(held(text))
    return _MUST.sub(r"\!", text) if marks.must_ask else text


def as_listed(text: str) -> str:
    """Return a text as a line of a list in which nothing is a mark."""
    text = as_instruction(text)
    line = read_line(0, held(f"- {text}"))
    return text if line.shape == "bullet" and line.text == held(text) else rf"\{text}"


def _without_style(text: str) -> str:
    text = with_backslashes(text)
    if without_emphasis(held(text)) != held(text):
        text = _EMPHASIS.sub(lambda found: rf"\{found[0]}", text)
    return text.replace("](", r"]\(")


def _is_box(found: re.Match[str]) -> bool:
    return time_box(found[1]) is not None


def _escaped_at(text: str, places: list[int]) -> str:
    parts, last = [], 0
    for place in places:
        if text[place - 1 : place] != "\\":
            parts += [text[last:place], "\\"]
            last = place
    return "".join([*parts, text[last:]])
