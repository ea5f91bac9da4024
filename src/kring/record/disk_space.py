"""For how long the disk has room, also while others fill it."""

from __future__ import annotations

from collections import deque

_WINDOW_NS = 300_000_000_000
_LEAST_NS = 120_000_000_000
_STEP_NS = 10_000_000_000
_RECENT = 3
"""So many steps back it must have been the same: what took its room at once takes no more."""


class DiskForecast:
    """Watches the free room of a disk; what it lost in the last minutes tells how fast others fill it.

    Over five minutes, so that a large file that is copied is no alarm, and a program that goes on and on is.
    """

    def __init__(self) -> None:
        self._before: deque[tuple[int, int]] = deque()

    def left_s(self, free: int, now_ns: int, own_rate: int) -> int:
        """Return for how many seconds there is room, where the recording itself takes so many bytes a second."""
        if not self._before or now_ns - self._before[-1][0] >= _STEP_NS:
            self._before.append((now_ns, free))
        while now_ns - self._before[0][0] > _WINDOW_NS:
            self._before.popleft()
        recent = self._before[max(0, len(self._before) - _RECENT)]
        others = min(
            _rate(self._before[0], free, now_ns, _LEAST_NS),
            _rate(recent, free, now_ns, (_RECENT - 1) * _STEP_NS),
        )
        return max(0, free) // max(own_rate, others)


def _rate(before: tuple[int, int], free: int, now_ns: int, least_ns: int) -> int:
    since_ns, had = before
    return (had - free) * 1_000_000_000 // max(least_ns, now_ns - since_ns)
