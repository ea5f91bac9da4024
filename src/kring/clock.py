"""Time: the computer's clocks, and the session's clock that a stepped wall clock or a closed lid cannot bend."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Protocol

WALL_DRIFT_MS = 2_000
SLEPT_MS = 2_000


class Clock(Protocol):
    """The clocks of a computer; all in ms."""

    @property
    def boot(self) -> str:
        """Name this run of the computer, from its start to its shut-down."""

    def wall_ms(self) -> int:
        """Return epoch ms UTC, as anybody may set it."""

    def elapsed_ms(self) -> int:
        """Return ms since the computer started, sleep included; nobody can set it."""

    def awake_ms(self) -> int:
        """Return ms since the computer started, sleep left out where the system can tell."""


@cache
def boot_name() -> str:
    """Return what the system calls this run of the computer, or an empty text."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""


class SystemClock:
    """The clocks of this computer."""

    def __init__(self) -> None:
        # Linux stops CLOCK_MONOTONIC in sleep and macOS doesn't; Windows has no clock_gettime and counts sleep itself
        linux = getattr(time, "CLOCK_BOOTTIME", None)
        mac = getattr(time, "CLOCK_MONOTONIC", None) if sys.platform == "darwin" else None
        self._elapsed = linux if linux is not None else mac
        self.boot = boot_name() or f"about {(self.wall_ms() - self.elapsed_ms()) // 60_000}"

    def wall_ms(self) -> int:
        """Return epoch ms UTC."""
        return time.time_ns() // 1_000_000

    def elapsed_ms(self) -> int:
        """Return ms since the computer started, sleep included."""
        if self._elapsed is None:
            return time.monotonic_ns() // 1_000_000
        return time.clock_gettime_ns(self._elapsed) // 1_000_000

    def awake_ms(self) -> int:
        """Return ms since the computer started, sleep left out."""
        return time.monotonic_ns() // 1_000_000


class SimulatedClock:
    """A clock that only moves when it's told to, for scripts and rehearsals that are the same each time."""

    boot = "simulated"

    def __init__(self, start_ms: int) -> None:
        self._wall = start_ms
        self._elapsed = 0
        self._awake = 0

    def wall_ms(self) -> int:
        """Return epoch ms UTC."""
        return self._wall

    def elapsed_ms(self) -> int:
        """Return ms since this clock was made."""
        return self._elapsed

    def awake_ms(self) -> int:
        """Return ms since this clock was made, simulated sleep left out."""
        return self._awake

    def advance(self, by_ms: int) -> None:
        """Let time pass."""
        self._wall += by_ms
        self._elapsed += by_ms
        self._awake += by_ms

    def sleep(self, by_ms: int) -> None:
        """Let time pass with the lid closed."""
        self._wall += by_ms
        self._elapsed += by_ms

    def step_wall(self, by_ms: int) -> None:
        """Set the wall clock, as a person, NTP or a careless program may."""
        self._wall += by_ms


class SessionClock:
    """Wall time at an anchor plus the time that passed since; the anchor stands in the session file."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.anchor: tuple[str, int, int] | None = None
        self._told_drift_ms = 0
        self._gap_ms = clock.elapsed_ms() - clock.awake_ms()

    def now(self) -> int:
        """Return the session's time, epoch ms UTC."""
        if self.anchor is None:
            return self.clock.wall_ms()
        _, wall_ms, elapsed_ms = self.anchor
        return wall_ms + self.clock.elapsed_ms() - elapsed_ms

    def tie(self, boot: str, wall_ms: int, elapsed_ms: int, told_drift_ms: int = 0) -> None:
        """Take an anchor; `told_drift_ms` is what the file already says of the wall clock's drift since then."""
        self.anchor = (boot, wall_ms, elapsed_ms)
        self._told_drift_ms = told_drift_ms

    @property
    def is_tied(self) -> bool:
        """Tell whether the anchor was made in this run of the computer, so that it can be relied on."""
        return (
            self.anchor is not None and self.anchor[0] == self.clock.boot and self.clock.elapsed_ms() >= self.anchor[2]
        )

    def wall_moved_ms(self) -> int:
        """Return by how much the wall clock moved since this was last asked, 0 when that's nothing to speak of."""
        drift = self.clock.wall_ms() - self.now()
        moved = drift - self._told_drift_ms
        if abs(moved) <= WALL_DRIFT_MS:
            return 0
        self._told_drift_ms = drift
        return moved

    def slept_ms(self) -> int:
        """Return how long the computer slept since this was last asked, 0 when it didn't."""
        gap = self.clock.elapsed_ms() - self.clock.awake_ms()
        slept = gap - self._gap_ms
        if slept <= SLEPT_MS:
            return 0
        self._gap_ms = gap
        return slept


def local_zone(planned_start: str | None) -> tuple[str, int]:
    """Return the computer's time zone, and its offset from UTC in minutes at the planned start, else now."""
    try:
        when = datetime.fromisoformat(planned_start) if planned_start else datetime.now()
    except ValueError:
        when = datetime.now()
    there = when.astimezone()
    offset = there.utcoffset()
    link = Path("/etc/localtime")
    zone = os.path.realpath(link).partition("zoneinfo/")[2] if link.exists() else ""
    return zone or there.tzname() or "", round(offset.total_seconds() / 60) if offset else 0
