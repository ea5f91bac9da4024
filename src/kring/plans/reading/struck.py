"""What somebody put a line through in a text, `~~so~~`: it is left out, and told word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from kring.domain.text import N_, one_line
from kring.plans.lines import Line, cells, read_line
from kring.plans.people.roster import is_roster_title, names_people

LEFT_OUT = N_("Left out, with a line through it: {text}")
_PAIR = re.compile(r"(?<!~)~~(?!~)\s*([^~]+(?:~[^~]+)*?)\s*(?<!~)~~(?!~)")
_OPEN = re.compile(r"(?<!~)~~(?![~\s])((?:(?!~~).)*)$")
_CLOSE = re.compile(r"^((?:(?!~~).)*)(?<=\S)~~(?!~)")
_BEFORE_SIGN = re.compile(r"\s+(?=[?.!,;:)\]])")
_LETTER = re.compile(r"[^\W\d_]")


class Struck(NamedTuple):
    """The number of a line, and the words in it that have a line through them; `is_whole` where nothing is left."""

    number: int
    words: str
    is_whole: bool


def without_struck(lines: list[Line]) -> tuple[list[Line], list[Struck]]:
    """Return the lines without what has a line through it, and that.

    In a list of participants it says who cancelled, and stays.
    """
    if not any("~~" in line.wide for line in lines):
        return lines, []
    of_people = _of_people(lines)
    found: list[Struck] = []
    kept: list[Line] = []
    goes_on = False
    for place, line in enumerate(lines):
        if line.chosen:  # by who wants it in the guide all the same
            kept.append(msgspec.structs.replace(line, text=one_line(line.text.replace("~~", " "))))
            continue
        if line.number in of_people:
            kept.append(line)
            continue
        struck: list[str] = []
        texts = list(line.cells) or [line.wide]
        if goes_on:  # from the line above
            first, goes_on = _from_above(texts[0], struck)
            texts[0] = first
        struck += [one_line(pair[1]) for text in texts for pair in _PAIR.finditer(text)]
        texts = [_PAIR.sub(" ", text) for text in texts]
        if not line.cells and (opened := _OPEN.search(texts[0])) and _is_closed(lines, place + 1):
            struck.append(one_line(opened[1]))
            texts[0], goes_on = texts[0][: opened.start()], True
        if not struck:
            kept.append(line)
            continue
        rest = _without(line, texts)
        found.append(Struck(line.number, " … ".join(struck), rest.shape == "blank"))
        kept.append(rest)
    return kept, found


def _from_above(text: str, struck: list[str]) -> tuple[str, bool]:
    """Return what of a line is not struck, where a line above opened that; and whether the next one goes on."""
    closed = _CLOSE.match(text)
    struck.append(one_line(text if closed is None else closed[1]))
    return ("", True) if closed is None else (text[closed.end() :], False)


def _is_closed(lines: Sequence[Line], first: int) -> bool:
    """Whether what is opened above a line is closed in the same paragraph."""
    for place in range(first, len(lines)):
        line = lines[place]
        if line.shape == "blank" or line.cells:
            return False
        if "~~" in line.wide:
            return _CLOSE.match(line.wide) is not None
    return False


def _without(line: Line, texts: list[str]) -> Line:
    left = [one_line(_BEFORE_SIGN.sub("", text)) if line.cells else _BEFORE_SIGN.sub("", text) for text in texts]
    if not any(map(_LETTER.search, left)):
        return Line(line.number, 0, "", "blank")
    if line.cells:
        wide = " | ".join(left)
        return msgspec.structs.replace(line, text=wide, wide=wide, cells=tuple(left))
    rest = read_line(line.number, " " * line.indent + left[0].strip())
    return msgspec.structs.replace(rest, shape="row") if line.shape == "row" else rest


def _of_people(lines: list[Line]) -> set[int]:
    """Return the numbers of the lines in lists of participants."""
    numbers: set[int] = set()
    is_below = is_table = False
    before = None
    for line in lines:
        is_row = line.shape == "row"
        if is_roster_title(line.text):
            is_below = True
        elif line.shape == "heading":
            is_below = False
        if is_row and (before is None or before.shape != "row"):
            is_table = names_people(cells(line))
        if is_below or (is_row and is_table):
            numbers.add(line.number)
        before = line
    return numbers
