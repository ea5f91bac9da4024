"""Notes that the text of a study points to, as people write that: `groep 1 #12, #14; groep 2 #3`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from kring.domain.text import folded

_NUMBERED = re.compile(r"(?i)\b(?:notities?|notes?|citaat|quote|nr|no)\b\.?\s*(?=\d)")
_SIGN_APART = re.compile(r"#\s+(?=\d)")
_NOTE = re.compile(r"#(\d{1,6}[a-z]?)\b")
_REMARK = re.compile(r"\([^()]*\)|[“\"«][^”\"»]*[”\"»]")
_PART = re.compile(r"[;\n](?!\s*#)")
_BETWEEN = re.compile(r"[,;/&+\n]|\b(?:en|and)\b")
_AT_ENDS = " ,;:.–—-·\t"
_NOTHING = re.compile(r"[\s\-–—]*")


class Reference(NamedTuple):
    """A note that somebody points to: of which group, in their words, and its number with a letter where it has one.

    Where no note can be read in the words, `note` is empty.
    """

    group: str
    note: str
    told: str


def references(text: str) -> list[Reference]:
    """Return what a text points to, in its order; a number behind another is of the same group.

    What stands in brackets, in quotation marks, or behind a colon is a remark.
    """
    plain = _SIGN_APART.sub("#", _NUMBERED.sub("#", _REMARK.sub(" ", text)))
    found: dict[Reference, None] = {}
    group = ""
    for part in _PART.split(plain):
        for one in _of_part(part, group):
            found[one] = None
            group = one.group or group
    return list(found)


def parted(text: str, codes: Collection[str]) -> tuple[str, list[str]]:
    """Return a text without the codes of findings and hypotheses that stand in it alone, and these, folded."""
    found: dict[str, None] = {}
    left = ""
    done = 0
    for end in (*(sign.span() for sign in _BETWEEN.finditer(text)), (len(text), len(text))):
        part = text[done : end[0]]
        code = folded(part.strip(_AT_ENDS))
        if code in codes:
            found[code] = None
        left += ("" if code in codes else part) + text[end[0] : end[1]]
        done = end[1]
    return left, list(found)


def _of_part(part: str, group: str) -> Iterator[Reference]:
    done = 0
    for sign in _NOTE.finditer(part):
        named = _last_of(part[done : sign.start()])
        group = named if named or not done else group
        yield Reference(group, sign[1], f"{group} #{sign[1]}".strip())
        done = sign.end()
    left = part[done:] if not done else "".join(_BETWEEN.split(part[done:], maxsplit=1)[1:])
    if not _NOTHING.fullmatch(left.strip(_AT_ENDS)):
        yield Reference("", "", left.strip(_AT_ENDS))


def _last_of(words: str) -> str:
    """Return the group that is named before a note: behind what else was said of the note before it."""
    return _BETWEEN.split(words.strip(_AT_ENDS))[-1].strip(_AT_ENDS)
