"""Lengths and moments as people read them, the same on the screens, in typed lines and in the timeline."""

from __future__ import annotations

import re
from typing import NamedTuple

from kring.domain.local_time import local
from kring.domain.state import State


def short(ms: float) -> str:
    """Return a length as m:ss, or h:mm:ss from an hour on."""
    seconds = int(max(0, ms)) // 1000
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def long(ms: float) -> str:
    """Return a length as h:mm:ss."""
    seconds = int(max(0, ms)) // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def signed(ms: float) -> str:
    """Return a length with its sign: + is behind plan, and so is what's less than a second."""
    whole = int(ms / 1000) * 1000
    return ("+" if whole >= 0 else "−") + short(abs(whole))


def stamp(ms: int, places: int = 0, point: str = ".") -> str:
    """Return a moment of a recording as hh:mm:ss with so many decimals, as programs read it; a minus before zero."""
    seconds, rest = divmod(abs(ms), 1000)
    told = f"{'-' if ms < 0 else ''}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return told + f"{point}{rest:03}"[: places + 1] if places else told


def on_clock(at_ms: int, begin_ms: int) -> str:
    """Return a moment as a time on the session's clock that `read_clock` reads; tenths only where there are any."""
    ms = max(at_ms - begin_ms, 0)
    tenths = ms // 100 % 10
    return f"{long(ms)}.{tenths}" if tenths else long(ms)


def hours(minutes: int) -> str:
    """Return minutes as h:mm, as they stand along a chart."""
    return f"{minutes // 60}:{minutes % 60:02}"


def time_of_day(state: State, at_ms: int, *, seconds: bool = False) -> str:
    """Return a moment as the clock on the wall of the session showed it."""
    moment = local(state, at_ms)
    return f"{moment.hour:02}:{moment.minute:02}" + (f":{moment.second:02}" if seconds else "")


class Clock(NamedTuple):
    """A time as somebody typed it: on the session's clock, or of the day; `hours` None where none were typed."""

    hours: int | None
    minutes: int
    seconds: int
    ms: int

    @property
    def length_ms(self) -> int:
        """Return how long after zero it is."""
        return (((self.hours or 0) * 60 + self.minutes) * 60 + self.seconds) * 1000 + self.ms


CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,3}))?", re.ASCII)
"""What is meant as a time, such as 34:12 or 1:04:30.5, whether or not a clock can show it."""


def read_clock(text: str) -> Clock | None:
    """Return the time that was typed, None where a clock shows no such time."""
    found = CLOCK.fullmatch(text.strip())
    if found is None or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return None
    return Clock(int(found[1]) if found[1] else None, int(found[2]), int(found[3]), int((found[4] or "").ljust(3, "0")))
