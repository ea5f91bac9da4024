"""A backslash in front of a mark takes its meaning away: `1\\. Januari` is a text, and no question."""

from __future__ import annotations

import re

import msgspec

from kring.domain.plan import Plan

_MARKS = "#>@|-–—+*_=~`([{!.):<•·‣▪▫◦●○■□➢►→☐☑☒§"
_ESCAPED = re.compile(rf"\\([{re.escape(_MARKS)}])")
MARK = re.compile(rf"(?<!\\)[{re.escape(_MARKS)}]")
"""A mark that still has its meaning."""
_AFTER_BACKSLASH = re.compile(rf"(?<=\\)(?=[{re.escape(_MARKS)}])")
_FIRST_HELD = 0x10FE00  # private characters: no shape and no mark begins with one
_HELD = {mark: chr(_FIRST_HELD + place) for place, mark in enumerate(_MARKS)}
_ANY_HELD = re.compile(f"[{_HELD[_MARKS[0]]}-{_HELD[_MARKS[-1]]}]")
_EXPORTED_NUMBER = re.compile(rf"^(\**)(\d{{1,2}}(?:\.\d{{1,2}})*){_HELD['.']}")
_ANCHOR = re.compile(r"\s?\{#[^{}]{0,200}\}$")
_NO_MARKDOWN = str.maketrans({mark: _HELD[mark] for mark in "#>@|*_=~`+<"})
_NO_MARKS = str.maketrans({mark: _HELD[mark] for mark in "#>@|*_=~`+<{!"})
_RELEASED = str.maketrans({held: mark for mark, held in _HELD.items()})


def held(text: str) -> str:
    """Return the text with every escaped mark held back, so that no reader takes it for one."""
    return _ESCAPED.sub(lambda found: _HELD[found[1]], text) if "\\" in text else text


def literal(text: str, *, keeps_marks: bool = False) -> str:
    """Return a text in which nothing is Markdown; `!` and `{key}` are text too, unless they keep their meaning."""
    text = text.replace("](", f"]{_HELD['(']}")
    return text.translate(_NO_MARKDOWN if keeps_marks else _NO_MARKS)


def as_exported(title: str) -> str:
    """Return a title as its author typed it in a program that writes `**1\\. Welkom** {#1.-welkom}` of it."""
    return _ANCHOR.sub("", _EXPORTED_NUMBER.sub(r"\1\2.", title))


def released(plan: Plan) -> Plan:
    """Return the plan with the marks that were held back as the characters that they are."""
    text = msgspec.json.encode(plan).decode()
    return msgspec.json.decode(text.translate(_RELEASED), type=Plan) if _ANY_HELD.search(text) else plan


def put_back(text: str) -> str:
    """Return a text with the marks that were held back."""
    return text.translate(_RELEASED)


def with_backslashes(text: str) -> str:
    """Return a text whose own backslashes stay what they are."""
    return _AFTER_BACKSLASH.sub(r"\\", text)
