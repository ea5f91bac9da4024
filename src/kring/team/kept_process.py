"""A process that shares a session, started again for as long as somebody needs it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # whoever shares nothing reads no more than this module
    from kring.system.worker_process import Background, Failed
    from kring.team.tasks import Listening

    News = Listening | Failed

LONGEST_PAUSE_S = 5.0
WELL_S = 10.0
LAST_S = 4.0


class KeptProcess:
    """A process that is started again whenever it died, later and later where it dies at once."""

    def __init__(self, begin: Callable[[], Background[Listening]]) -> None:
        self._begin = begin
        self._process = begin()
        self._began = time.monotonic()
        self._pause_s = 0.0

    def poll(self) -> list[News]:
        """Return what it told since the last look, and see that it lives."""
        news = self._process.poll()
        lived_s = time.monotonic() - self._began
        if self._process.is_over and lived_s > self._pause_s:
            self._pause_s = 0.1 if lived_s > WELL_S else min(max(self._pause_s * 2, 0.1), LONGEST_PAUSE_S)
            self._process = self._begin()
            self._began = time.monotonic()
        return news

    def ring(self) -> None:
        """Wake it: there may be something to do."""
        self._process.ring()

    def begin_again(self) -> None:
        """Start it again at the next look, with what it is to do now; it does nothing of before any more."""
        self._process.kill()
        self._pause_s = 0.0

    def end(self) -> None:
        """Tell it that nobody needs it any more, and return when it's gone."""
        self._process.finish(LAST_S)
