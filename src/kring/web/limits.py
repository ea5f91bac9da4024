"""How often something may be done, so that nobody floods a session or tries links."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable

MOST_KNOWN = 1_000
"""How many who are remembered; the one who was heard of longest ago is forgotten first."""


class Limit:
    """So many times in so many ms, for each who."""

    def __init__(self, times: int, in_ms: int, now_ms: Callable[[], int]) -> None:
        self._times, self._in_ms, self._now = times, in_ms, now_ms
        self._done: OrderedDict[str, deque[int]] = OrderedDict()

    def wait_ms(self, who: str) -> int:
        """Return for how long it may not be done once more."""
        done = self._done.get(who)
        return max(0, done[0] + self._in_ms - self._now()) if done and len(done) == self._times else 0

    def count(self, who: str) -> None:
        """Remember that it was done."""
        self._done.setdefault(who, deque(maxlen=self._times)).append(self._now())
        self._done.move_to_end(who)
        if len(self._done) > MOST_KNOWN:
            self._done.popitem(last=False)
