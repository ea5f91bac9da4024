"""Lengths and moments as people read them, the same on the screens, in typed lines and in the timeline."""

from __future__ import annotations

import re
from datetime import timedelta

import msgspec

from kring.domain.local_time import local, moment_of
from kring.domain.state import State
from kring.domain.text import Refused, Sentence, one_line, pattern, whole_s

MINUTE_MS = 60_000
ON_TIME_S = 15


def as_clock(ms: float) -> str:
    """Return what a clock shows, as m:ss, or h:mm:ss from an hour on: a moment, what runs, or what counts down.

    It is cut off: a clock shows a second once it is full, and a moment must not lie behind what it points to.
    """
    return _told(int(max(0, ms)) // 1000)


def as_length(ms: float) -> str:
    """Return a length that is over, or planned, as m:ss, or h:mm:ss from an hour on; rounded as the views do."""
    return _told(whole_s(max(0, ms)))


def _told(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def as_long_clock(ms: float) -> str:
    """Return what a clock shows as h:mm:ss, cut off as it is."""
    seconds = int(max(0, ms)) // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def signed(ms: float) -> str:
    """Return a length with its sign: + is behind plan, and so is what rounds to nothing."""
    return ("+" if whole_s(ms) >= 0 else "−") + as_length(abs(ms))


def behind_or_ahead(over_ms: int) -> Sentence:
    """Return in words how far the expected end is from the planned one; a quarter of a minute either way is on time."""
    if abs(whole_s(over_ms)) < ON_TIME_S:
        return Sentence("on time")
    time = {"time": as_length(abs(over_ms))}
    return Sentence("{time} behind", time) if over_ms > 0 else Sentence("{time} ahead", time)


def over_or_under(over_s: int) -> Sentence:
    """Return in words how far an actual time is from its plan."""
    if not over_s:
        return Sentence("as planned")
    time = as_length(abs(over_s) * 1000)
    return Sentence("{time} over", {"time": time}) if over_s > 0 else Sentence("{time} under", {"time": time})


def stamp(ms: int, places: int = 0, point: str = ".") -> str:
    """Return a moment of a recording as hh:mm:ss with so many decimals, as programs read it; a minus before zero."""
    seconds, rest = divmod(abs(ms), 1000)
    told = f"{'-' if ms < 0 else ''}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return told + f"{point}{rest:03}"[: places + 1] if places else told


def on_clock(at_ms: int, begin_ms: int) -> str:
    """Return a moment as a time on the session's clock that `read_clock` reads; tenths only where there are any."""
    ms = max(at_ms - begin_ms, 0)
    tenths = ms // 100 % 10
    return f"{as_long_clock(ms)}.{tenths}" if tenths else as_long_clock(ms)


def hours(minutes: int) -> str:
    """Return minutes as h:mm, as they stand along a chart."""
    return f"{minutes // 60}:{minutes % 60:02}"


def time_of_day(state: State, at_ms: int, *, seconds: bool = False) -> str:
    """Return a moment as the clock on the wall of the session showed it."""
    moment = local(state, at_ms)
    return f"{moment.hour:02}:{moment.minute:02}" + (f":{moment.second:02}" if seconds else "")


def day_and_time(state: State, at_ms: int, now: int) -> str:
    """Return a moment as the clock on the wall showed it, with its day where that is another one than today."""
    told, day = time_of_day(state, at_ms, seconds=True), local(state, at_ms).date()
    return told if day == local(state, now).date() else f"{day.isoformat()} {told}"


class Clock(msgspec.Struct, frozen=True):
    """A time as somebody typed it: on the session's clock, or of the day; `hours` None where none were typed."""

    hours: int | None
    minutes: int
    seconds: int
    ms: int

    @property
    def length_ms(self) -> int:
        """Return how long after zero it is."""
        return (((self.hours or 0) * 60 + self.minutes) * 60 + self.seconds) * 1000 + self.ms


CLOCK = pattern(r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,3}))?", re.ASCII)
"""What is meant as a time, such as 34:12 or 1:04:30.5, whether or not a clock can show it."""


def read_clock(text: str) -> Clock | None:
    """Return the time that was typed, None where a clock shows no such time."""
    found = CLOCK.fullmatch(text.strip())
    if found is None or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return None
    return Clock(int(found[1]) if found[1] else None, int(found[2]), int(found[3]), int((found[4] or "").ljust(3, "0")))


_AGO = pattern(r"[-−–](?:(\d{1,4}(?:[.,]\d{1,2})?)(s|sec|m|min|h|u)|(\d{1,3}):([0-5]\d))", re.ASCII)
_OF_DAY = pattern(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?:u|h)?", re.ASCII)
_UNIT_MS = {"s": 1_000, "m": 60_000, "h": 3_600_000, "u": 3_600_000}
_MEANT = pattern(r"[-−–]\d[\d.,:]*\w*|\d{1,2}:\d\d(?::\d\d)?\w*", re.ASCII)


class When(msgspec.Struct, frozen=True):
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
