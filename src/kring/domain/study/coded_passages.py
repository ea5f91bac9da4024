"""Passages that somebody names, as people write that: `group 1 #12, 32:10-34:00; group 2 "te veel gedoe"`."""

from __future__ import annotations

import re
from typing import NamedTuple

_REMARK = re.compile(r"\([^()]*\)|(#\s?\d{1,6}[a-z]?)\s*(?:[“\"«][^”\"»]*[”\"»])")
"""What is said of a passage and names none: in brackets, or in quotation marks right behind a number."""
_CLOCK = r"\d{1,3}(?::\d{2}){1,2}"
_NAMED = re.compile(
    rf"#\s?(?P<note>\d{{1,6}}[a-z]?)\b|[“\"«](?P<words>[^”\"»]+)[”\"»]|(?P<from>{_CLOCK})(?:\s*[-–—]\s*(?P<until>{_CLOCK}))?"
)
_BETWEEN = re.compile(r"[,;/&+\n]|\b(?:en|and)\b")
_AT_ENDS = " ,;:.–—-·\t"


class Named(NamedTuple):
    """A passage, or several, in a group in somebody's words: a note, a text that is in it, or a stretch in seconds.

    Where nothing can be read in the words, only `told` is there.
    """

    group: str
    told: str
    note: str = ""
    words: str = ""
    begin_s: int | None = None
    end_s: int | None = None


def passages_named(text: str) -> list[Named]:
    """Return the passages that a text names, in its order; one behind another is of the same group."""
    plain = _REMARK.sub(lambda found: found[1] or " ", text)
    found: dict[Named, None] = {}
    group, done = "", 0
    for named in _NAMED.finditer(plain):
        before = _BETWEEN.split(plain[done : named.start()].strip(_AT_ENDS))[-1].strip(_AT_ENDS)
        group, done = before or group, named.end()
        told = f"{group} {named[0]}".strip()
        begin, until = (_seconds(named[name]) for name in ("from", "until"))
        found[Named(group, told, named["note"] or "", (named["words"] or "").strip(), begin, until)] = None
    left = plain[done:].strip(_AT_ENDS)
    return [*found, *([Named("", left)] if left else [])]


def _seconds(clock: str | None) -> int | None:
    """Return a moment of the session's clock in seconds: minutes and seconds, or hours before them."""
    if clock is None:
        return None
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total
