"""Dates as programs write them in every country: one order of day, month and year for a whole file, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from kring.domain.text import N_, Sentence, folded

EVENING = timedelta(hours=36)
"""How far apart the times of one evening can be in a file."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OLDEST_SHORT_YEAR = 2012  # no platform that writes a year in two digits is older
_DAY_MS = 86_400_000
_MONTHS = (
    "jan gen ene",
    "feb fev",
    "mar maa mrt",
    "apr avr abr",
    "may mei mai maj mag",
    "jun juin giu",
    "jul juil lug",
    "aug aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez dic",
)
_MONTH_NUMBERS = {short: number for number, names in enumerate(_MONTHS, 1) for short in names.split()}
_BEFORE_NOON = {"am", "vm", "fm", "πμ", "sa", "오전", "午前", "上午"}
_AFTER_NOON = {"pm", "nm", "em", "μμ", "ch", "오후", "午後", "下午"}
_BEFORE_THE_TIME = {"am", "pm", "오전", "午前", "上午", "오후", "午後", "下午"}  # the others mean something else there
_SAYS_TIME = {"uhr", "uur", "h", "hrs", "klo", "kl"}
_BLANKS = re.compile(r"[\s\u200e\u200f]+")
_SIGNS = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NAMED = re.compile(
    r"\b(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|º)?(?:\s|-)(?:de\s|of\s)?(?P<month>[^\W\d]{3,})[.,]?(?:\s|-)(?:de\s)?"
    r"(?P<year>\d{4}|\d\d)\b"
    r"|\b(?P<month_first>[^\W\d]{3,})\.?\s(?P<second>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<last>\d{4})\b"
)
_DATE = r"(?P<a>\d{4}|\d{1,2})\s?(?P<sign>[./-])\s?(?P<b>\d{1,2})\s?(?P=sign)\s?(?P<c>\d{4}|\d{1,2})\.?"
_TIME = (
    r"(?P<hour>\d{1,2})[:.hu](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s?(?P<after>[^\W\d][^\W\d.\s]*\.?(?:\s?[^\W\d]\.)?)??"
    r"\s?\(?(?P<zone>(?:UTC|GMT)?\s?[+\u2212-]\d{1,2}(?::?\d\d)?|Z|UTC|GMT|[A-Z]{1,3}T)?\)?"
)
_HALF = r"(?P<before>[^\W\d]{1,3}\.?(?:\s?[^\W\d]\.)?)?"
_DATE_FIRST = re.compile(rf"(?:[^\W\d]+\.?,?\s)?{_DATE}(?:[\s,T·|]+{_HALF}\s?{_TIME})?")
_TIME_FIRST = re.compile(rf"{_TIME}[\s,]+(?:[^\W\d]+\.?,?\s)?{_DATE}")
_TIME_ONLY = re.compile(rf"{_HALF}\s?{_TIME}")


class Order(StrEnum):
    """In which order the numbers of a date stand."""

    YMD = "year, month, day"
    DMY = "day, month, year"
    MDY = "month, day, year"


class Moment(NamedTuple):
    """When something was: from 1970-01-01 on the clock that was written, which is `offset_min` ahead of UTC."""

    ms: int
    offset_min: int | None = None

    @property
    def utc_ms(self) -> int | None:
        """The same moment in UTC, None where the zone was not written."""
        return None if self.offset_min is None else self.ms - self.offset_min * 60_000


class _Time(NamedTuple):
    ms: int
    offset_min: int | None


class _Written(NamedTuple):
    numbers: tuple[str, str, str]
    time: _Time | None

    @property
    def orders(self) -> tuple[Order, ...]:
        if len(self.numbers[0]) == 4:
            return (Order.YMD,)
        return (Order.DMY, Order.MDY) if len(self.numbers[2]) == 4 else tuple(Order)

    def day(self, order: Order) -> date | None:
        """Return the day in an order, None where there is no such day."""
        if order not in self.orders:
            return None
        first, second, third = self.numbers
        year, month, day = {
            Order.YMD: (first, second, third),
            Order.DMY: (third, second, first),
            Order.MDY: (third, first, second),
        }[order]
        try:
            found = date(int(year) + (2000 if len(year) < 4 else 0), int(month), int(day))
        except ValueError:
            return None
        return found if len(year) == 4 or found.year >= _OLDEST_SHORT_YEAR else None


class Dates:
    """How the dates of one file are to be read: `order` is None where no order, or more than one, fits them all.

    Dates whose year comes first, or whose month has a name, are read without it.
    """

    def __init__(self, order: Order | None = None, problem: Sentence | None = None) -> None:
        self.order = order
        self.problem = problem
        """Why nothing can be read, in a sentence for people."""

    def moment(self, text: str) -> Moment | None:
        """Return the date and time of day that a text holds, None where it holds none that can be read."""
        found = _written(text)
        day = self._day(found)
        if day is None or found is None or found.time is None:
            return None
        return Moment(midnight_ms(day) + found.time.ms, found.time.offset_min)

    def wall_ms(self, text: str) -> int | None:
        """Return the moment that a text holds on the clock of the file, see `moment`."""
        found = self.moment(text)
        return None if found is None else found.ms

    def day(self, text: str) -> date | None:
        """Return the day that a text holds."""
        return self._day(_written(text))

    def _day(self, found: _Written | None) -> date | None:
        if found is None or self.problem is not None:
            return None
        fixed = found.orders[0] if len(found.orders) == 1 else self.order
        return None if fixed is None else found.day(fixed)


def dates_of(values: Iterable[str], day: date | None = None, within: timedelta | None = EVENING) -> Dates:
    """Return how the dates of a whole file are read: by the one order that makes every value a day.

    All days lie within a stretch of time, None for that of a survey, and, where the day of the session is given, not
    more than a day from it: the file may be written in another zone. What is no date has no say.
    """
    found = list(dict.fromkeys(one for one in map(_written, values) if one is not None))
    if not found:
        return Dates()
    fitting = [order for order in Order if _fits(found, order, within)]
    if fitting and day is not None and within is not None:
        near = [order for order in fitting if all(abs(one - day).days <= 1 for one in _days(found, order))]
        if not near:
            other = _days(found, _without_rare(found, fitting)[0])[0]
            return Dates(problem=Sentence(NOT_THIS_DAY, {"found": str(other), "day": str(day)}))
        fitting = near
    fitting = _without_rare(found, fitting)
    readings = {tuple(_days(found, order)): order for order in reversed(fitting)}
    if len(readings) == 1:
        return Dates(next(iter(readings.values())))
    if not readings:
        return Dates(problem=Sentence(N_("The dates in this file cannot be read in one order of day and month.")))
    first, second, *_ = readings
    one, other = next(pair for pair in zip(first, second, strict=True) if pair[0] != pair[1])
    return Dates(problem=Sentence(_EITHER, {"one": str(one), "other": str(other)}))


NOT_THIS_DAY = N_("This file is of {found}, the session of {day}.")
_EITHER = N_("The dates in this file can be read as {one} and as {other}; kring needs the day of the session to tell.")


def time_of_day_ms(text: str) -> int | None:
    """Return a time of day such as 19:02:11 or 7:02 PM in ms from midnight, None where a text is none."""
    found = _TIME_ONLY.fullmatch(_BLANKS.sub(" ", text).strip())
    time = None if found is None else _time(found, found["before"])
    return None if time is None else time.ms


def midnight_ms(day: date) -> int:
    """Return the first moment of a day, from 1970-01-01 on the clock of the file."""
    return (day.toordinal() - _EPOCH.toordinal()) * _DAY_MS


def _fits(found: list[_Written], order: Order, within: timedelta | None) -> bool:
    days = [_own_order(one, order) for one in found]
    known = [one for one in days if one is not None]
    if len(known) < len(days):
        return False
    moments = [
        midnight_ms(day) + (one.time.ms if one.time is not None else 0) for one, day in zip(found, known, strict=True)
    ]
    return within is None or max(moments) - min(moments) <= within // timedelta(milliseconds=1)


def _own_order(one: _Written, order: Order) -> date | None:
    return one.day(one.orders[0] if len(one.orders) == 1 else order)


def _days(found: list[_Written], order: Order) -> list[date]:
    return [day for day in (_own_order(one, order) for one in found) if day is not None]


def _without_rare(found: list[_Written], fitting: list[Order]) -> list[Order]:
    # A year of two digits in front is rare: where the dates can be read with the year at the end, they are.
    short = any(len(one.orders) == 3 for one in found)
    usual: list[Order] = [order for order in fitting if order is not Order.YMD]
    return usual if short and usual else fitting


def _written(text: str) -> _Written | None:
    line = _BLANKS.sub(" ", text).strip().strip("*").strip()
    line = _NAMED.sub(_in_numbers, _SIGNS.sub(r"\1-\2-\3 ", line)).strip()
    found = _DATE_FIRST.fullmatch(_BLANKS.sub(" ", line)) or _TIME_FIRST.fullmatch(line)
    if found is None:
        return None
    numbers = (found["a"], found["b"], found["c"])
    if found["hour"] is None:
        return _Written(numbers, None)
    time = _time(found, found.groupdict().get("before"))
    return None if time is None else _Written(numbers, time)


def _in_numbers(found: re.Match[str]) -> str:
    name = folded(found["month"] or found["month_first"])
    month = _MONTH_NUMBERS.get(name[:4]) or _MONTH_NUMBERS.get(name[:3])
    if month is None:
        return found[0]
    year = found["year"] or found["last"]
    return f"{year if len(year) == 4 else '20' + year}-{month:02}-{found['day'] or found['second']}"


def _time(found: re.Match[str], before: str | None) -> _Time | None:
    after = _letters(found["after"])
    half = _half(after) or _half(_letters(before) if _letters(before) in _BEFORE_THE_TIME else "")
    if after and not _half(after) and after not in _SAYS_TIME:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half == "am":
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    ms = int((found["part"] or "").ljust(3, "0")[:3])
    return _Time(((hour * 60 + minute) * 60 + second) * 1000 + ms, _offset_min(found["zone"]))


def _letters(text: str | None) -> str:
    return "" if text is None else re.sub(r"[.\s]", "", text).casefold()


def _half(letters: str) -> str | None:
    if letters in _BEFORE_NOON:
        return "am"
    return "pm" if letters in _AFTER_NOON else None


def _offset_min(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone in {"Z", "UTC", "GMT"}:
        return 0
    found = re.search(r"([+\u2212-])(\d{1,2})(?::?(\d\d))?$", zone)
    if found is None:  # a name such as CET, which is not the same everywhere
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return minutes if found[1] == "+" else -minutes
