"""Verbs of the clock, decided by the program itself: a wall clock that walks away, a computer that slept."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.state import State
from kring.domain.text import Refused


def anchor(state: State, now: int, boot: str, wall_ms: int, elapsed_ms: int) -> f.ClockAnchored:
    """Tie the session's clock to wall time."""
    return f.ClockAnchored(boot, wall_ms, elapsed_ms)


def wall_moved(state: State, now: int, by_ms: int) -> f.WallClockMoved:
    """Log that the wall clock moved against the session's clock."""
    if not by_ms:
        raise Refused("The wall clock did not move.")
    return f.WallClockMoved(by_ms)


def slept(state: State, now: int, slept_ms: int) -> f.ComputerSlept:
    """Log that the computer was asleep."""
    if slept_ms <= 0:
        raise Refused("The computer did not sleep.")
    return f.ComputerSlept(slept_ms)
