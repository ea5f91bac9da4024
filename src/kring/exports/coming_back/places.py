"""Where a passage of another program's text is in a session, by the words and the time of each line.

A program may have shifted a text, or the session may have been put right since: a line is the same where its time and
words are, else where its words are and nobody said them twice, else where its time is and its words are much alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

ALIKE = 0.6
"""How much of a line must be the same where somebody put a word right: a name for a code changes less."""
_STAMP = re.compile(r"^\[(-?\d+:\d\d:\d\d)\] ", re.MULTILINE)
_QUOTATION = re.compile('[“”"]')
_HEAD = re.compile(r"^[^:]{1,80}: ")
_LEAST_WORDS = 10


class Unit(NamedTuple):
    """What can be coded: a note or a turn."""

    note: str | None
    turn: str | None


Passages = list[tuple[int, int, Unit | None]]


class _Line(NamedTuple):
    start: int
    end: int
    time: str
    words: str


class Placed:
    """A text in which it is known which stretch is which unit."""

    def __init__(self, stretches: Iterable[tuple[int, int, Unit]]) -> None:
        self._stretches = sorted(stretches, key=lambda one: one[:2])
        self._begins = [start for start, _end, _unit in self._stretches]

    def under(self, start: int, end: int) -> list[Unit]:
        """Return the units that a passage is on: half of either lies in the other."""
        found: dict[Unit, None] = {}
        for begin, until, unit in self._stretches[max(0, bisect_right(self._begins, start) - 1) :]:
            if begin >= end:
                break
            shared = min(end, until) - max(start, begin)
            if shared > 0 and 2 * shared >= min(until - begin, end - start):
                found[unit] = None
        return list(found)


class Places:
    """The texts of a session, the talk before the field notes, each with the units of its passages."""

    def __init__(self, texts: Iterable[tuple[str, Passages]]) -> None:
        self._texts = [_with_units(text, passages) for text, passages in texts]

    def of_text(self, text: str) -> Placed:
        """Return where a text of a file is in the session: nowhere, where half of its lines are not of it."""
        lines = _lines(text)
        best: list[tuple[int, int, Unit]] = []
        for own in self._texts:
            found = _matched(lines, own)
            if len(found) > len(best):
                best = found
        return Placed(best if 2 * len(best) >= len(lines) else ())

    def of_words(self, words: str) -> list[Unit]:
        """Return the units that have some words, or of which they are; none where more than one has them."""
        wanted = _plain(words)
        for own in self._texts:
            around = {unit for line, unit in own if unit is not None and wanted and wanted in _plain(line.words)}
            if len(around) == 1:
                return list(around)
            within = [unit for line, unit in own if unit is not None and _is_said_in(line, wanted)]
            if within and not around:
                return list(dict.fromkeys(within))
        return []


def _with_units(text: str, passages: Passages) -> list[tuple[_Line, Unit | None]]:
    ends = [end for _start, end, _unit in passages]
    found: list[tuple[_Line, Unit | None]] = []
    for line in _lines(text):
        place = bisect_right(ends, line.start)
        here = passages[place] if place < len(passages) else None
        found.append((line, here[2] if here is not None and here[0] < line.end else None))
    return found


def _matched(lines: list[_Line], own: list[tuple[_Line, Unit | None]]) -> list[tuple[int, int, Unit]]:
    by_both = {(line.time, line.words): unit for line, unit in own}
    by_words: dict[str, list[Unit | None]] = {}
    by_time: dict[str, list[tuple[str, Unit | None]]] = {}
    for line, unit in own:
        by_words.setdefault(line.words, []).append(unit)
        by_time.setdefault(line.time, []).append((line.words, unit))
    found: list[tuple[int, int, Unit]] = []
    for line in lines:
        unit = by_both.get((line.time, line.words))
        if unit is None and len(alike := by_words.get(line.words, [])) == 1:
            unit = alike[0]
        if unit is None and len(then := by_time.get(line.time, [])) == 1:
            words, other = then[0]
            unit = other if SequenceMatcher(None, words, line.words, autojunk=False).ratio() >= ALIKE else None
        if unit is not None:
            found.append((line.start, line.end, unit))
    return found


def _lines(text: str) -> list[_Line]:
    """Return what begins with a time, up to the next that does, without the heading of a question behind it."""
    stamps = list(_STAMP.finditer(text))
    ends = [*(stamp.start() for stamp in stamps[1:]), len(text)]
    found = []
    for stamp, until in zip(stamps, ends, strict=False):  # of a text without a time nothing
        body = text[stamp.end() : until].partition("\n\n")[0].rstrip()
        found.append(_Line(stamp.end(), stamp.end() + len(body), stamp[1], " ".join(body.split())))
    return found


def _is_said_in(line: _Line, words: str) -> bool:
    said = _plain(_HEAD.sub("", line.words))
    return len(said) >= _LEAST_WORDS and said in words


def _plain(words: str) -> str:
    return " ".join(_QUOTATION.sub("", words).casefold().split())
