"""Texts as they are put into a plan: what would be read as a mark, and is none, gets a backslash."""

from __future__ import annotations

import re

from kring.plans.escapes import held, put_back, with_backslashes
from kring.plans.leading import YIELD
from kring.plans.lines import read_line, without_emphasis
from kring.plans.marks import read_marks
from kring.plans.reading.joining import PROBE
from kring.plans.reading.labels import label_of
from kring.plans.time_box import time_box
from kring.plans.vocabulary.titles import without_number

_GROUP = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
# After a backslash of the author the mark already has one of its own.
_EMPHASIS = re.compile(r"(?<!\\)[*_]")
_MUST = re.compile(r"(?<!\\)!")
_BRACE = re.compile(r"(?<!\\)\{")
_ORDINAL_END = re.compile(r"[.):]")
_HTML = re.compile(r"(?<!\\)<(?=br|!--)", re.IGNORECASE)
_STRUCK = re.compile(r"(?<!\\)~(?=~)")
_AT = re.compile(r"(?<!\S)@")
_COLON = re.compile(r"(?<!\\):")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[:.](?=\d)")
_JOINT = re.compile(r"(?<!\\)[:!]|(?<=\s)[-–—](?=\s)")
_HASH = re.compile(r"(?<!\\)#")


def as_heading(text: str) -> str:
    """Return a text as the title of a section; a time box in it keeps its meaning."""
    title = _literal(text)
    if (rest := without_number(title)) != title:
        title = _ORDINAL_END.sub(r"\\\g<0>", title[: len(title) - len(rest)], count=1) + rest
    title = _BRACE.sub(r"\{", title)
    if read_marks(held(title), heading=True).must_ask:
        title = _MUST.sub(r"\!", title)
    if put_back(read_marks(held(title), heading=True).text) != text:
        title = _escaped_at(title, [found.start() for found in _GROUP.finditer(title) if _is_box(found)])
        title = _BETWEEN_DIGITS.sub(r"\\\g<0>", title)
    if title.endswith(":"):
        title = rf"{title[:-1]}\:"
    if title.endswith("#") or title.startswith("#"):
        title = _HASH.sub(r"\#", title)
    return _without_style(title)


def as_question(text: str) -> str:
    """Return a text behind its number, in which nothing is a mark and no word of it a label."""
    question = as_instruction(text)
    line = read_line(0, held(f"1. {question}"))
    is_labelled = label_of(line) or PROBE.match(line.text) or YIELD.match(line.text)
    return _JOINT.sub(r"\\\g<0>", question) if is_labelled else question


def as_instruction(text: str) -> str:
    """Return a text in which nothing is a mark."""
    text = _literal(text)
    if text.startswith(">"):
        text = rf"\{text}"
    text = _BRACE.sub(r"\{", text)
    text = _escaped_at(text, [found.start() for found in _GROUP.finditer(text) if _is_box(found)])
    text = _without_style(text)
    marks = read_marks(held(text))
    return _MUST.sub(r"\!", text) if marks.must_ask else text


def as_listed(text: str) -> str:
    """Return a text as a line of a list in which nothing is a mark, and no word of it a label."""
    text = as_instruction(text)
    line = read_line(0, held(f"- {text}"))
    if line.shape != "bullet" or line.text != held(text) or line.text.startswith("@"):
        return rf"\{text}"
    is_labelled = label_of(line) or PROBE.match(line.text) or YIELD.match(line.text)
    return _JOINT.sub(r"\\\g<0>", text) if is_labelled else text


def as_command(text: str) -> str:
    """Return a text behind an `@` and its word, in which no other command begins."""
    return _AT.sub(r"\@", as_instruction(text))


def as_part(text: str) -> str:
    """Return a text as a part of a command, which no colon divides."""
    return _COLON.sub(r"\:", as_command(text))


def _literal(text: str) -> str:
    """Return a text whose backslashes are the author's own, and in which no link is one."""
    return _STRUCK.sub(r"\~", _HTML.sub(r"\<", with_backslashes(text).replace("](", r"]\(")))


def _without_style(text: str) -> str:
    """Return a text whose stars stay; last of all, because what stands beside a star decides whether it means bold."""
    if without_emphasis(held(text)) != held(text):
        return _EMPHASIS.sub(lambda found: rf"\{found[0]}", text)
    return text


def _is_box(found: re.Match[str]) -> bool:
    return time_box(found[1]) is not None


def _escaped_at(text: str, places: list[int]) -> str:
    parts, last = [], 0
    for place in places:
        if text[place - 1 : place] != "\\":
            parts += [text[last:place], "\\"]
            last = place
    return "".join([*parts, text[last:]])
