"""Time: the computer's clocks, and the session's clock that a stepped wall clock or a closed lid cannot bend."""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol


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
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
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

    def elapsed_ns(self) -> int:
        """Return the same in ns, as sound is timed."""
        if self._elapsed is None:
            return time.monotonic_ns()
        return time.clock_gettime_ns(self._elapsed)

    def awake_ms(self) -> int:
        """Return ms since the computer started, sleep left out."""
        return time.monotonic_ns() // 1_000_000


class CorrectedClock:
    """A clock whose wall time is as far ahead of another's as it should be, so that laptops agree what time it is."""

    def __init__(self, clock: Clock, ahead_ms: int) -> None:
        self._clock = clock
        self._ahead_ms = ahead_ms
        self.boot = clock.boot

    def wall_ms(self) -> int:
        """Return epoch ms UTC, as it should be."""
        return self._clock.wall_ms() + self._ahead_ms

    def elapsed_ms(self) -> int:
        """Return ms since the computer started, sleep included."""
        return self._clock.elapsed_ms()

    def awake_ms(self) -> int:
        """Return ms since the computer started, sleep left out where the system can tell."""
        return self._clock.awake_ms()


class SimulatedClock:
    """A clock that only moves when it's told to, for scripts and rehearsals that are the same each time."""

    def __init__(self, start_ms: int) -> None:
        self.boot = f"simulated {start_ms}"
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


class FasterClock:
    """A clock that begins at a moment of one's choice and runs several times as fast as another, for rehearsals."""

    def __init__(self, clock: Clock, start_ms: int, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self._wall = start_ms
        self._began = (clock.elapsed_ms(), clock.awake_ms())
        self._skipped = 0
        self.boot = f"{speed:g} times {clock.boot} from {self._began[0]}"

    def wall_ms(self) -> int:
        """Return epoch ms UTC; nobody can set this clock."""
        return self._wall + self.elapsed_ms()

    def elapsed_ms(self) -> int:
        """Return ms since this clock was made, sleep included."""
        return round((self._clock.elapsed_ms() - self._began[0]) * self._speed) + self._skipped

    def awake_ms(self) -> int:
        """Return ms since this clock was made, sleep left out."""
        return round((self._clock.awake_ms() - self._began[1]) * self._speed) + self._skipped

    def skip(self, by_ms: int) -> None:
        """Go on at a later moment at once."""
        self._skipped += by_ms


class Anchor(NamedTuple):
    """A moment that all clocks of a computer were read at, ms each, in which of its runs."""

    boot: str
    wall_ms: int
    elapsed_ms: int
    awake_ms: int


class SessionClock:
    """Wall time at an anchor plus the time that passed since; the anchor stands in the session file."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.anchor: Anchor | None = None

    def now(self) -> int:
        """Return the session's time, epoch ms UTC."""
        if self.anchor is None:
            return self.clock.wall_ms()
        return self.anchor.wall_ms + self.clock.elapsed_ms() - self.anchor.elapsed_ms

    def read(self) -> Anchor:
        """Return what all clocks say now."""
        clock = self.clock
        return Anchor(clock.boot, clock.wall_ms(), clock.elapsed_ms(), clock.awake_ms())

    def bind(self, anchor: Anchor) -> None:
        """Bind to an anchor, unless it was made in another run of the computer: then wall time has to do."""
        made_now = anchor.boot == self.clock.boot and self.clock.elapsed_ms() >= anchor.elapsed_ms
        self.anchor = anchor if made_now else None

    def drift_ms(self) -> int:
        """Return how far the wall clock has walked away from the session's clock since the anchor."""
        return self.clock.wall_ms() - self.now()

    def slept_ms(self) -> int:
        """Return how long the computer has slept since the anchor."""
        if self.anchor is None:
            return 0
        slept = self.clock.elapsed_ms() - self.clock.awake_ms()
        return slept - (self.anchor.elapsed_ms - self.anchor.awake_ms)


def local_zone(planned_start: str | None) -> tuple[str, int]:
    """Return the computer's time zone, and its offset from UTC in minutes at the planned start, else now."""
    try:
        there = (datetime.fromisoformat(planned_start) if planned_start else datetime.now()).astimezone()
    except (ValueError, OverflowError, OSError):  # no date, or one that this computer's calendar doesn't reach
        there = datetime.now().astimezone()
    offset = there.utcoffset()
    link = Path("/etc/localtime")
    zone = os.path.realpath(link).partition("zoneinfo/")[2] if link.exists() else ""
    return zone or there.tzname() or "", round(offset.total_seconds() / 60) if offset else 0
