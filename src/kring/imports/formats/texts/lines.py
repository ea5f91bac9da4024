"""What each line of a transcript is: a time, a name, words, or two or three of these together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from kring.domain.text import one_line
from kring.imports.dates import time_of_day_ms
from kring.imports.formats.cues.voices import is_like_a_name, name_before_colon
from kring.imports.parsed import Millis
from kring.imports.stamps import ms_of

_STAMP = r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,3}))?(\s?[AaPp]\.?[Mm]\b\.?)?"
_FRAMES = r"(\d\d)[;:](\d\d)[;:](\d\d)[;:](\d\d)"
_IN_FRONT = re.compile(rf"[\[(<]?{_STAMP}(?:\s*(?:-->|[-–—])\s*{_STAMP})?[\])>]?(?=\s|$)\s*([-–—]\s+)?")
_FRAMES_ALONE = re.compile(rf"{_FRAMES}\s*[-–]\s*{_FRAMES}")
_BEHIND = re.compile(rf"(?P<name>\S.*?)(?P<gap>\s+(?:[|·•–—-]\s+)?[\[(]?){_STAMP}[\])]?:?")
_BEHIND_FROM_TO = re.compile(rf"(?P<name>\S.*?)\s+(?:[|·•–—-]\s+)?[\[(]?{_STAMP}\s*(?:-->|[-–—])\s*{_STAMP}[\])]?:?")
_DOUBLE = re.compile(r"\[\[([\d:.,]{4,12})\]\]")
_BETWEEN = re.compile(rf"(?P<name>[^:\[\]()]{{1,60}}?)(?::\s*\[{_STAMP}\]|\s*[\[(]{_STAMP}[\])]:?)\s+(?P<text>\S.*)")
_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_HEADING = re.compile(r"^#{1,6}\s+|\s*\{#[^{}\s]*\}\s*$")
_DAY = (
    r"(?:[^\W\d]{2,10}\.?,?\s+)?(?:\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?\.?|\d{1,2}\.?\s+[^\W\d]{3,10}\.?(?:\s+\d{4})?)"
    r"|vandaag|gisteren|today|yesterday|heute|gestern"
)
_WITH_DAY = re.compile(
    rf"(?P<open>[\[(])(?:{_DAY}),?\s+(?=\d{{1,2}}:\d\d[^\[\]()]{{0,9}}[\])])"
    r"|^\d{1,2}[-./]\d{1,2}\.?,?\s+(?=\d{1,2}:\d\d(?::\d\d)?\s+\S)",
    re.IGNORECASE,
)
"""A day in front of a time: `[03-12 19:34]`, `[3 dec 19:34]`, and without a bracket only one in two numbers."""
HAS_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\b\d{1,2}\.?\s[^\W\d]{3,10}\.?\s\d{4}\b")
_FRAMES_PER_S = 30


class Kind(Enum):
    """What stands on a line."""

    BLANK = auto()
    TIME = auto()
    HEAD = auto()
    """A name and a time."""
    SAID = auto()
    """A time, a name and words."""
    OPEN = auto()
    """A time and something that is either a name or words."""
    NAMED = auto()
    """A name and words."""
    WORDS = auto()


class Line(NamedTuple):
    """A line of a transcript; `is_of_day` where its time has a half of the day, `is_sure` where its form is rare.

    `is_short` where its time has two numbers: minutes and seconds, or hours and minutes.
    """

    number: int
    kind: Kind
    text: str = ""
    name: str = ""
    start_ms: Millis = 0
    end_ms: Millis | None = None
    is_of_day: bool = False
    is_sure: bool = True
    is_short: bool = False


def lines_of(text: Sequence[str]) -> list[Line]:
    """Return what each line of a text is."""
    return [_line(number, line) for number, line in enumerate(text, 1)]


def without_stars(text: str) -> str:
    """Return a text without the stars that make it bold in Markdown."""
    return text.replace("**", "").replace("__", "").strip() if "**" in text or "__" in text else text.strip()


def _line(number: int, raw: str) -> Line:
    is_bold = raw.lstrip().startswith(("**", "__"))
    text = without_stars(_HEADING.sub("", raw)) if raw.startswith("#") else without_stars(raw)
    if not text:
        return Line(number, Kind.BLANK)
    text = _DOUBLE.sub(r"[\1]", text)
    text = _WITH_DAY.sub(lambda found: found["open"] or "", text, count=1)
    if frames := _FRAMES_ALONE.fullmatch(text):
        start_ms, end_ms = _in_frames(frames.group(1, 2, 3, 4)), _in_frames(frames.group(5, 6, 7, 8))
        return Line(number, Kind.TIME, text, start_ms=start_ms, end_ms=end_ms)
    if text[0] in "[(<" or text[0].isdigit():
        found = _in_front(number, text)
        if found is not None:
            return found
    if ":" in text:
        return _with_colon(number, text, is_bold=is_bold)
    return Line(number, Kind.WORDS, one_line(text))


def _in_front(number: int, text: str) -> Line | None:
    found = _IN_FRONT.match(text)
    start = None if found is None else _moment(found.group(1, 2, 3, 4, 5))
    if found is None or start is None:
        return None
    end = _moment(found.group(6, 7, 8, 9, 10)) if found[7] else None
    rest = text[found.end() :].strip()
    is_sure = text[0] in "[(<" or bool(found[1] or found[5] or found[7])
    line = Line(
        number,
        Kind.OPEN,
        one_line(rest),
        "",
        start,
        end,
        is_of_day=bool(found[5]),
        is_sure=is_sure,
        is_short=not (found[1] or found[4]),
    )
    if not rest:
        return line._replace(kind=Kind.TIME, is_sure=True)
    name, tab, words = rest.partition("\t")
    if tab and is_like_a_name(name) and words.strip():  # a row of a table
        return line._replace(kind=Kind.SAID, name=one_line(name), text=one_line(words), is_sure=True)
    before = name_before_colon(rest)
    if before is not None:
        return line._replace(kind=Kind.SAID, name=before.name, text=one_line(before.text))
    return line


def _with_colon(number: int, text: str, *, is_bold: bool) -> Line:
    between = _BETWEEN.fullmatch(text)
    if between is not None and is_like_a_name(between["name"]):
        stamp = between.group(2, 3, 4, 5, 6) if between[3] else between.group(7, 8, 9, 10, 11)
        start = _moment(stamp)
        if start is not None:
            name, words = one_line(between["name"]), one_line(between["text"])
            is_short = not (stamp[0] or stamp[3])
            return Line(number, Kind.SAID, words, name, start, is_of_day=bool(stamp[4]), is_short=is_short)
    if (whole := _behind_from_to(number, text)) is not None:
        return whole
    behind = _BEHIND.fullmatch(text)
    is_named = behind is not None and HAS_DATE.search(behind["name"]) is None
    if behind is not None and is_named and (start := _moment(behind.group(3, 4, 5, 6, 7))) is not None:
        bracketed = _BRACKETS.fullmatch(behind["name"])
        name = one_line(bracketed[1] if bracketed else behind["name"].rstrip(" :-–"))
        is_sure = bool(bracketed) or is_bold or behind["gap"] != " "
        if bracketed or is_like_a_name(name):
            is_short = not (behind[3] or behind[6])
            line = Line(number, Kind.HEAD, one_line(text), name, start, is_sure=is_sure, is_short=is_short)
            return line._replace(is_of_day=bool(behind[7]))
    before = name_before_colon(text)
    if before is not None:
        return Line(number, Kind.NAMED, one_line(before.text), before.name, is_sure=is_bold or before.is_certain)
    return Line(number, Kind.WORDS, one_line(text))


def _behind_from_to(number: int, text: str) -> Line | None:
    """Return the head that a name is with from when to when behind it: `Joke (0:03 - 0:09)`."""
    found = _BEHIND_FROM_TO.fullmatch(text)
    if found is None or HAS_DATE.search(found["name"]) is not None or not is_like_a_name(found["name"]):
        return None
    start, end = _moment(found.group(2, 3, 4, 5, 6)), _moment(found.group(7, 8, 9, 10, 11))
    if start is None or end is None or end < start:
        return None
    is_short = not (found[2] or found[5])
    line = Line(number, Kind.HEAD, one_line(text), one_line(found["name"]).rstrip(" :-–"), start, end)
    return line._replace(is_short=is_short, is_of_day=bool(found[6]))


def _moment(parts: Sequence[str | None]) -> Millis | None:
    """Return a time; where it has a half of the day it is one of the day, also without seconds."""
    hours, minutes, seconds, part, half = parts
    if half:
        return time_of_day_ms(f"{hours + ':' if hours else ''}{minutes}:{seconds} {half.strip()}")
    return ms_of(hours, minutes or "0", seconds or "0", part)


def _in_frames(parts: Sequence[str]) -> Millis:
    hours, minutes, seconds, frames = (int(part) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + min(frames, _FRAMES_PER_S - 1) * 1000 // _FRAMES_PER_S
