"""A moment as somebody says it with an act: how long ago that was, or at which time of day."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from kring.domain.local_time import local, moment_of
from kring.domain.state import State
from kring.domain.text import Refused, one_line

_AGO = re.compile(r"[-−–](?:(\d{1,4}(?:[.,]\d{1,2})?)(s|sec|m|min|h|u)|(\d{1,3}):([0-5]\d))", re.ASCII)
_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:u|h)?", re.ASCII)
_UNIT_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "u": 3_600_000}
_MEANT = re.compile(r"[-−–]\d[\d.,:]*\w*|\d{1,2}:\d\d(?::\d\d)?\w*", re.ASCII)


class When(NamedTuple):
    """A moment before now: so long ago, or the last time that the clock on the wall showed this."""

    typed: str
    back_ms: int | None = None
    of_day_s: int = 0

    def moment(self, state: State, now: int) -> int:
        """Return it as epoch ms."""
        if self.back_ms is not None:
            return now - self.back_ms
        today = local(state, now).replace(hour=0, minute=0, second=0, microsecond=0)
        at = moment_of(state, today + timedelta(seconds=self.of_day_s))
        return at if at <= now else moment_of(state, today + timedelta(seconds=self.of_day_s, days=-1))


def read_when(word: str) -> When | None:
    """Return the moment that a word such as `-2m`, `-1,5min`, `-1:30`, `20:15` or `20:15:30` says, None for others."""
    ago, of_day = _AGO.fullmatch(word.lower()), _OF_DAY.fullmatch(word.lower())
    if ago is not None and ago[1]:
        return When(word, round(float(ago[1].replace(",", ".")) * _UNIT_MS[ago[2][0]]))
    if ago is not None:
        return When(word, (int(ago[3]) * 60 + int(ago[4])) * 1_000)
    if of_day is not None:
        return When(word, None, (int(of_day[1]) * 60 + int(of_day[2])) * 60 + int(of_day[3] or 0))
    return None


def when_at_end(text: str) -> tuple[str, When | None]:
    """Return a text without the moment at its end, and that moment; what looks like one and is none is refused."""
    *others, last = text.split() or [""]
    said = read_when(last)
    if said is None and _MEANT.fullmatch(last):
        raise no_time(last)
    if said is None:
        return text, None
    return text[: text.rindex(last)].rstrip() if others else "", said


def no_time(word: str) -> Refused:
    """Return the refusal of a word that is no moment."""
    return Refused("{word} is no time: write -2m, -90s or 20:15.", word=one_line(word))
