"""Lengths and moments as people read them, the same on the screens, in typed lines and in the timeline."""

from __future__ import annotations

from kring.domain.state import State
from kring.domain.timing import local


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


def time_of_day(state: State, at_ms: int, *, seconds: bool = False) -> str:
    """Return a moment as the clock on the wall of the session showed it."""
    moment = local(state, at_ms)
    return f"{moment.hour:02}:{moment.minute:02}" + (f":{moment.second:02}" if seconds else "")
