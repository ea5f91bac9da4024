"""Simulated time and chance, for scripts: what is typed decides all that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from kring.domain.text import KringError, one_line
from kring.system.clock import SimulatedClock

SIMULATED_DEVICE = "simulated"
SIMULATED_ZONE = ("simulated", 0)


def simulated_clock(at: str) -> SimulatedClock:
    """Return a clock that stands at a moment such as 2026-12-03T19:30 until it's told to go on."""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(at)
        if moment.utcoffset():
            raise ValueError("simulated time has no time zone")
        moment = moment.replace(tzinfo=UTC)
    except ValueError:
        raise KringError("{time} is no moment such as 2026-12-03T19:30.", time=one_line(at)) from None
    clock = SimulatedClock(round(moment.timestamp() * 1000))
    clock.boot = f"simulated {moment.isoformat()}"
    return clock


def chance(events: int) -> Callable[[int], bytes]:
    """Return chance that is the same each time, for a file that holds so many events already."""
    return Random(events).randbytes
