"""Dates as people write them: 2026-12-03, 3-12-2026, 3 december 2026, December 3, 2026."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from kring.domain.text import folded
from kring.plans.vocabulary.dates import month_number

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_WORDS = re.compile(r"\b(\d{1,2})(?:e|st|nd|rd|th|er|\.)?(?: of)? ([a-z]{3,9})\.?,? (\d{4})\b")
_AMERICAN = re.compile(r"\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")


class FoundDate(NamedTuple):
    """The first date in a text; `doubt` is how it is written where day and month may be the other way round."""

    day: dt.date | None = None
    doubt: str = ""


def read_date(text: str) -> FoundDate:
    """Return the first date in a text, day before month where only numbers tell."""
    words = folded(text)
    if found := _ISO.search(words):
        return FoundDate(_real(found[1], int(found[2]), found[3]))
    if found := _NUMBERS.search(words):
        first, second = int(found[1]), int(found[2])
        day = _real(found[3], second, found[1]) or _real(found[3], first, found[2])
        return FoundDate(day, found[0] if day and first <= 12 and second <= 12 and first != second else "")
    if found := _WORDS.search(words):
        return FoundDate(_real(found[3], month_number(found[2]), found[1]))
    if found := _AMERICAN.search(words):
        return FoundDate(_real(found[3], month_number(found[1]), found[2]))
    return FoundDate()


def without_dates(words: str) -> str:
    """Return a folded text with a blank for each date in it."""
    for date in (_ISO, _NUMBERS, _WORDS, _AMERICAN):
        words = date.sub(" ", words, count=1)
    return words


def _real(year: str, month: int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None
