"""How the screen of a study reads its folder: at once, beside what is done meanwhile, and again when a file changed."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from kring.domain.text import KringError
from kring.study.reads import Reads, for_a_moment
from kring.study.standing import Standing

Look = Callable[[Reads], Standing]
"""Reads the study again, as many session files that are not known as it is let to."""
TOLD_S = 0.2
"""How often is said how far the reading is."""
LOOKS_S = 2.0
"""How often is looked whether a file changed."""
_LOGS = ("-wal", "-shm", "-journal")


class Reader(Protocol):
    """The screen that shows what is read."""

    found: Standing

    def read_so_far(self, place: int, of: int) -> None: ...
    def take(self, found: Standing | KringError) -> None: ...
    def call_later(self, callback: Callable[[], object]) -> bool: ...
    def set_interval(self, interval: float, callback: Callable[[], object]) -> Timer: ...
    def run_worker(self, work: Callable[[], None], *, thread: bool, group: str, exclusive: bool) -> Worker[None]: ...


class Reading:
    """Reads the study for one screen, in its own thread and in another."""

    def __init__(self, reader: Reader, look: Look) -> None:
        self._reader = reader
        self._look = look
        self._left = threading.Event()
        self._there: frozenset[tuple[str, int, int]] = frozenset()

    def begin(self) -> None:
        """Read what is left, and look from then on whether something changed."""
        self._there = on_disk(self._reader.found.folder.path)
        self._go_on()
        self._reader.set_interval(LOOKS_S, self.look_around)

    def end(self) -> None:
        """Stop; nobody waits for it."""
        self._left.set()

    def again(self) -> None:
        """Read again at once."""
        self._there = on_disk(self._reader.found.folder.path)
        self._reader.found = self._look(for_a_moment())
        self._go_on()

    def look_around(self) -> None:
        """Read again beside the screen where a file came, went or changed."""
        there = on_disk(self._reader.found.folder.path)
        if there != self._there:
            self._there = there
            self._read_beside()

    def _go_on(self) -> None:
        if self._reader.found.folder.unread:
            self._read_beside()

    def _read_beside(self) -> None:
        self._reader.run_worker(self._read, thread=True, group="reading", exclusive=True)

    def _read(self) -> None:
        worker, told_at = get_current_worker(), 0.0

        def goes_on(place: int, of: int) -> bool:
            nonlocal told_at
            if self._left.is_set() or worker.is_cancelled:
                return False
            if time.monotonic() - told_at > TOLD_S:
                told_at = time.monotonic()
                self._reader.call_later(partial(self._reader.read_so_far, place, of))
            return True

        try:
            found: Standing | KringError = self._look(goes_on)
        except KringError as problem:
            found = problem
        if not (self._left.is_set() or worker.is_cancelled):
            self._reader.call_later(partial(self._reader.take, found))


def on_disk(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return what tells that a file of a folder came, went or changed; what is written in a talk shows at its end."""
    try:
        with os.scandir(folder) as files:
            return frozenset(_mark(one) for one in files if not one.name.endswith(_LOGS))
    except OSError:
        return frozenset()


def _mark(file: os.DirEntry[str]) -> tuple[str, int, int]:
    try:
        told = file.stat()
    except OSError:
        return file.name, 0, 0
    return file.name, told.st_size, told.st_mtime_ns
