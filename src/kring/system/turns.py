"""Waiting for one's turn at a file that other programs write too, and letting them have theirs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from kring.domain.text import Sentence

MOST_S = 15.0
SAID_AFTER_S = 1.0
LATELY_S = 1.0
PAUSE_S = 0.002
LOOKS_S = (0.0003, 0.0015)
"""Between two looks whether the file is free: shorter than the pause of who writes often, so each gets a turn."""

Tell = Callable[[Sentence], None]


class Turn:
    """What SQLite asks when another program holds a file: it looks again soon, for some seconds, and says that once."""

    def __init__(self, path: Path, tell: Tell, most_s: float = MOST_S, pause_s: float = PAUSE_S) -> None:
        self._path = path
        self._tell = tell
        self._most_s = most_s
        self._pause_s = pause_s
        self._since = 0.0
        self._is_told = False
        self._met = -LATELY_S

    def __call__(self, looks: int) -> int:
        """Wait a moment; return 0 when that took too long."""
        now = time.monotonic()
        if not looks:
            self._since, self._is_told = now, False
        waited_s = now - self._since
        if waited_s > self._most_s:
            return 0
        if waited_s > SAID_AFTER_S and not self._is_told:
            self._is_told = True
            self._tell(Sentence("Another program writes in {file}; waiting for its turn …", {"file": self._path.name}))
        self._met = now
        time.sleep(random.uniform(*LOOKS_S))
        return 1

    def met_others(self) -> None:
        """Take note that somebody else wrote."""
        self._met = time.monotonic()

    def give_way(self) -> None:
        """Let others have the file for a moment, where there are any: who never pauses keeps it for seconds."""
        if time.monotonic() - self._met < LATELY_S:
            time.sleep(self._pause_s)
