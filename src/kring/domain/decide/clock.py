"""Verbs of the clock, decided by the program itself: a wall clock that walks away, a computer that slept."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.state import State
from kring.domain.text import Refused

LEAST_MS = 2_000  # less is nothing to speak of


def anchor(state: State, now: int, boot: str, wall_ms: int, elapsed_ms: int, awake_ms: int) -> f.ClockAnchored:
    """Tie the session's clock to wall time, but never before what happened: `now` is at least the last event."""
    return f.ClockAnchored(boot, max(wall_ms, now), elapsed_ms, awake_ms)


def wall_moved(state: State, now: int, device: str, drift_ms: int) -> f.WallClockMoved:
    """Log how far a computer's wall clock moved; `drift_ms` is its distance from the session's clock, logged or not."""
    known = state.devices.get(device)
    by_ms = drift_ms - (known.drift_ms if known else 0)
    if abs(by_ms) <= LEAST_MS:
        raise Refused("The wall clock did not move.")
    return f.WallClockMoved(by_ms)


def slept(state: State, now: int, device: str, slept_ms: int) -> f.ComputerSlept:
    """Log that a computer was asleep; `slept_ms` is all its sleep since its anchor, logged or not."""
    known = state.devices.get(device)
    more_ms = slept_ms - (known.slept_ms if known else 0)
    if more_ms <= LEAST_MS:
        raise Refused("The computer did not sleep.")
    return f.ComputerSlept(more_ms)
