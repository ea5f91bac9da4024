"""An overview in a guide, a table or a list of the parts that come later in full: it counts no second time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

import msgspec

from kring.plans.lines import Line, bare_title, cells, without_emphasis
from kring.plans.marks import asks
from kring.plans.time_box import TimeBox, clock, is_time_of_day, minutes_until, split_box, time_box
from kring.plans.vocabulary.titles import is_overview, is_total, without_number

_PROGRAMME = re.compile(r"(?:het |the |le )?(?:programm?[ea]?|ablauf|zeitplan|deroule(?:ment)?|tijdpad|indeling)\b")
_PAGE = re.compile(r"(?:(?:\.\s?){4}|(?:…\s?){2})\d{1,3}$")
_LISTED = ("bullet", "numbered", "lettered", "text")
_HEADED = ("heading", "numbered", "lettered", "text")
_LONGEST = 120


class Overview(NamedTuple):
    """The lines with those of an overview marked as such, and the times that it gives to parts by their titles."""

    lines: list[Line]
    times: dict[str, TimeBox]


class _Part(NamedTuple):
    line: Line
    title: str
    box: TimeBox | None


def found_overviews(lines: list[Line]) -> Overview:
    """Return the lines with the overviews found: lists whose parts come back later, or below a title that says so."""
    later = _later_titles(lines)
    times: dict[str, TimeBox] = {}
    taken = _contents(lines)
    above: Line | None = None
    filled = [(place, line) for place, line in enumerate(lines) if line.shape not in ("blank", "rule")]
    for shape, group in groupby(filled, key=lambda at: at[1].shape if _is_listed(at[1]) else ""):
        placed = list(group)
        if not shape:
            above = placed[-1][1]
            continue
        parts = _until_repeated(placed)
        title = above.text if above else ""
        if _is_overview([part for _, part in parts], title, later, parts[-1][0] + 1):
            if above and above.shape == "text" and _names_overview(title):
                taken.add(above.number)
            taken |= {part.line.number for _, part in parts}
            times |= _times([part for _, part in parts if part.box])
    if not taken:
        return Overview(lines, {})
    marked = [msgspec.structs.replace(line, shape="overview") if line.number in taken else line for line in lines]
    return Overview(marked, times)


def _contents(lines: Sequence[Line]) -> set[int]:
    """Return the lines of a table of contents, each with dots and a page, and its title."""
    filled = [line for line in lines if line.shape not in ("blank", "rule")]
    pages = {line.number for line in filled if line.shape in _LISTED and _PAGE.search(line.text[-_LONGEST:])}
    titles = {
        one.number
        for one, below in pairwise(filled)
        if below.number in pages and one.shape == "text" and _names_overview(one.text)
    }
    return pages | titles


def _times(parts: Sequence[_Part]) -> dict[str, TimeBox]:
    """Return how long each part takes; of one that only begins at a time of day until the next one begins."""
    times: dict[str, TimeBox] = {}
    for part, following in zip_longest(parts, parts[1:]):
        box, then = part.box or TimeBox(), following.box if following else None
        if box.planned_s is None and box.starts and then and then.starts:
            minutes = minutes_until(box.starts, then.starts)
            box = msgspec.structs.replace(box, planned_s=minutes * 60 if minutes else None)
        times.setdefault(part.title, box)
    return times


def _until_repeated(placed: Sequence[tuple[int, Line]]) -> list[tuple[int, _Part]]:
    """Return the parts of a list up to the first that it names again: there the talk itself begins."""
    parts: list[tuple[int, _Part]] = []
    titles: set[str] = set()
    for place, line in placed:
        part = _part(line)
        if part.box and part.title in titles:
            break
        titles.add(part.title)
        parts.append((place, part))
    return parts


class _Later(NamedTuple):
    """At which place a title stands for the last time, and after each place how many lines with a time come."""

    last: dict[str, int]
    timed: list[int]


def _later_titles(lines: Sequence[Line]) -> _Later:
    last: dict[str, int] = {}
    timed = [0] * (len(lines) + 1)
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        timed[place] = timed[place + 1]
        if line.shape not in _HEADED or line.indent or len(line.text) > _LONGEST or asks(line.text):
            continue
        title, box = split_box(without_emphasis(line.text), heading=True)
        last.setdefault(_bare(title), place)
        timed[place] += box is not None and (line.shape == "heading" or line.bold or title.isupper())
    return _Later(last, timed)


def _is_overview(parts: Sequence[_Part], above: str, later: _Later, end: int) -> bool:
    timed = [part for part in parts if part.box]
    if len(timed) < 2 or any(_asks(part.line) for part in parts):
        return False
    again = sum(later.last.get(part.title, -1) >= end for part in timed)
    if again > 1 and again * 2 >= len(timed):
        return True
    return _names_overview(above) and later.timed[end] > 1


def _names_overview(text: str) -> bool:
    title = _bare(split_box(without_emphasis(text), heading=True)[0])
    return bool(is_overview(title) or _PROGRAMME.match(title))


def _is_listed(line: Line) -> bool:
    """Whether a line may be one of an overview: a row of a table, or a short line with a time."""
    if line.shape == "row":
        return not line.chosen
    if line.shape not in _LISTED or line.chosen or line.indent or line.bold or len(line.text) > _LONGEST:
        return False
    return split_box(without_emphasis(line.text), heading=True)[1] is not None


def _asks(line: Line) -> bool:
    return any(asks(cell) for cell in cells(line)) if line.shape == "row" else asks(line.text)


def _part(line: Line) -> _Part:
    if line.shape != "row":
        title, box = split_box(without_emphasis(line.text), heading=True)
        return _Part(line, _bare(title), box)
    boxes, titles = [], []
    for cell in cells(line):
        text = without_emphasis(cell).split("\n")[0]
        box = TimeBox(starts=clock(text)) if is_time_of_day(text) else time_box(text, bare_minutes=True)
        if box:
            boxes.append(box)
        elif any(mark.isalpha() for mark in text):
            titles.append(text)
    if not titles or is_total(titles[0]):
        return _Part(line, "", None)
    title, box = split_box(titles[0], heading=True)
    return _Part(line, _bare(title), max(boxes, key=_says_most, default=box))


def _says_most(box: TimeBox) -> tuple[bool, bool]:
    return box.starts is not None, box.planned_s is not None


def _bare(title: str) -> str:
    return bare_title(without_number(title))


def kept(line: Line) -> str:
    """Return what is kept of a line of an overview: its text, or its cells with bars between them."""
    row = cells(line) if line.cells or line.wide[:1] == "|" else []
    return " | ".join(cell for cell in row if cell.strip(":- ")) if row else line.text
