"""What a cell of a table is, told by its form and never by a language: a moment, a duration, an address, a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from kring.imports.dates import Dates, Order, time_of_day_ms
from kring.imports.durations import duration_s

_NOTHING = {"", "-", "--", "---", "–", "—", "n/a", "null", "none", "#n/a"}
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_EMAIL = re.compile(r"[^\s@,;]*[^\s@,;.]@[\w-]+(?:\.[\w-]+)*")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}(?:\d{1,3}|x+|\*+)|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}", re.IGNORECASE)
_PHONE = re.compile(r"\(?(?:\+|00?)[1-9][\d\s().-]{6,18}\d")
_GUID = re.compile(r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?|[0-9a-f]{24,64}", re.IGNORECASE)
_DEVICE = re.compile(r"Mozilla/\d|AppleWebKit|(?:Windows NT|Mac OS X|Android|iPhone OS) ?[\d_.]+")
_MOST = 0.6
"""The share of the filled cells of a column that tells what it is; the rest may be damaged."""


class Kind(StrEnum):
    """What a cell is."""

    EMPTY = "empty"
    MOMENT = "moment"
    DAY = "day"
    TIME = "time"
    DURATION = "duration"
    NUMBER = "number"
    EMAIL = "email"
    ADDRESS = "address"
    PHONE = "phone"
    CODE = "code"
    DEVICE = "device"
    TEXT = "text"


@lru_cache(maxsize=16_384)
def kind_of(cell: str) -> Kind:
    """Return what a cell is; a time of day that may be a duration as well is a time."""
    if cell.casefold() in _NOTHING:
        return Kind.EMPTY
    if len(cell) > 300:
        return Kind.TEXT
    if any(mark.isdigit() for mark in cell):
        if (counted := _counted(cell)) is not None:
            return counted
    elif _EMAIL.fullmatch(cell):
        return Kind.EMAIL
    return Kind.DEVICE if _DEVICE.search(cell) else Kind.TEXT


def kind_in(cells: Iterable[str]) -> Kind:
    """Return what most of the filled cells of a column are, text where they differ, empty where none is filled."""
    counts = Counter(kind_of(cell) for cell in cells)
    del counts[Kind.EMPTY]
    if not counts:
        return Kind.EMPTY
    kind, most = counts.most_common(1)[0]
    return kind if most >= _MOST * counts.total() else Kind.TEXT


def is_moment(cell: str) -> bool:
    """Whether a cell holds a day and a time of day, in whatever order."""
    return any(Dates(order).moment(cell) is not None for order in Order)


def _counted(cell: str) -> Kind | None:
    if _NUMBER.fullmatch(cell):
        return Kind.PHONE if cell.startswith(("0", "+")) and len(cell) > 8 and cell.isdigit() else Kind.NUMBER
    for kind, form in ((Kind.EMAIL, _EMAIL), (Kind.ADDRESS, _ADDRESS), (Kind.PHONE, _PHONE), (Kind.CODE, _GUID)):
        if form.fullmatch(cell):
            return kind
    if is_moment(cell):
        return Kind.MOMENT
    if any(Dates(order).day(cell) is not None for order in Order):
        return Kind.DAY
    if time_of_day_ms(cell) is not None:
        return Kind.TIME
    return Kind.DURATION if duration_s(cell) is not None else None
