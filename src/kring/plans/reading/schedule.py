"""Lines of a schedule: minutes that run on from 0, and a part with its first question behind its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from kring.domain.text import folded
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import asks
from kring.plans.reading.labels import is_code, is_label
from kring.plans.time_box import split_box

_RUNNING = re.compile(
    r"(\d{1,3})\s?[-–—]\s?(\d{1,3})(?:\s?(?:minuten|minutes|mins?\.?|'|’|′))?(?:\s?[:|]|\s[-–—])?\s(?=[^\W\d_])(.+)$",
    re.IGNORECASE,
)
_FEWEST = 3
_LONGEST_MIN = 360
_TITLE_AND_QUESTION = re.compile(r"(.{1,60}?[^\W\d_])(?:: | [-–—] )(\S[^:]*\?)$")
_DASH = re.compile(r"\s[-–—]\s")
_MOST_WORDS = 3
_ASKING = re.compile(
    r"(?:wat|wie|waar|waarom|wanneer|welke?|hoe|stel|denk|what|who|where|why|when|which|how|imagine|think|suppose)\b"
)


class _Stretch(NamedTuple):
    line: Line
    starts: int
    ends: int
    title: str


def scheduled(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those of running minutes as headings, and a part and its question on lines of their own."""
    running = {stretch.line.number: stretch for stretch in _running(lines)}
    is_headed = sum(line.shape == "heading" for line in lines) > 1
    timed = not is_headed and sum(_begins_with_time(line) for line in lines) > 1
    found: list[Line] = []
    level = 1
    for line in lines:
        if line.shape == "heading":
            level = line.level
        if stretch := running.get(line.number):
            title, question = _parted(stretch.title)
            text = f"{title} ({stretch.ends - stretch.starts} min)"
            found.append(msgspec.structs.replace(line, shape="heading", level=min(level + 1, 6), text=text, wide=text))
        elif timed and _begins_with_time(line):
            rest = split_box(line.text, heading=True)[0]
            title, question = _parted(rest)
            text = line.text.removesuffix(rest) + title
            found.append(msgspec.structs.replace(line, text=text, wide=text) if question else line)
        else:
            question = ""
            found.append(line)
        if question:
            found.append(msgspec.structs.replace(line, shape="text", text=question, wide=question))
    return found


def _running(lines: Sequence[Line]) -> list[_Stretch]:
    """Return the lines whose minutes begin at 0 and where the one before ends, each with a title of its own."""
    chain: list[_Stretch] = []
    for line in lines:
        stretch = _stretch(line)
        if stretch is None:
            continue
        if stretch.starts != (chain[-1].ends if chain else 0):
            return []
        chain.append(stretch)
    titles = {folded(stretch.title) for stretch in chain}
    is_schedule = len(chain) >= _FEWEST and len(titles) == len(chain) and chain[-1].ends <= _LONGEST_MIN
    return chain if is_schedule else []


def _stretch(line: Line) -> _Stretch | None:
    found = _RUNNING.match(line.text) if _may_be_part(line) else None
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return _Stretch(line, int(found[1]), int(found[2]), found[3].strip())


def _may_be_part(line: Line) -> bool:
    return line.shape in ("text", "bullet") and not line.indent and not line.chosen and not line.lead


def _begins_with_time(line: Line) -> bool:
    if not _may_be_part(line):
        return False
    rest, box = split_box(line.text, heading=True)
    return box is not None and rest != line.text and line.text.endswith(rest)


def _parted(text: str) -> tuple[str, str]:
    """Return `Discussion: What do you see?` as its title and its question; empty where it is not both."""
    found = _TITLE_AND_QUESTION.match(text)
    if found is None or not asks(text):
        return text, ""
    title = without_emphasis(found[1])
    is_short = len(title.split()) <= _MOST_WORDS and not _DASH.search(title)
    is_other = is_code(title) or is_label(title) or _ASKING.match(folded(title))
    return (title, found[2]) if is_short and not is_other else (text, "")
