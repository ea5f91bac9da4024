"""How the screen of a study reads its folder: at once, beside what is done meanwhile, and again when a file changed.

What earlier groups left for the next one takes reading all their sessions; it comes last.
"""

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
from kring.study.guides.carrying import Next, waiting
from kring.study.reads import Reads, for_a_moment
from kring.study.standing import Standing

Look = Callable[[Reads], Standing]
"""Reads the study again, as many session files that are not known as it is let to."""
TOLD_S = 0.2
"""How often is said how far the reading is."""
LOOKS_S = 2.0
"""How often is looked whether a file changed."""
_LOGS = ("-wal", "-shm", "-journal")
_OF_GUIDES = (".db", ".md", ".txt", ".markdown")
Marks = frozenset[tuple[str, int, int]]
"""Of each file its name, size and time of change."""


class Reader(Protocol):
    """The screen that shows what is read."""

    found: Standing

    def read_so_far(self, place: int, of: int) -> None: ...
    def take(self, found: Standing | KringError) -> None: ...
    def take_left(self, left: Next | None) -> None: ...
    def call_later(self, callback: Callable[[], object]) -> bool: ...
    def set_interval(self, interval: float, callback: Callable[[], object]) -> Timer: ...
    def run_worker(self, work: Callable[[], None], *, thread: bool, group: str, exclusive: bool) -> Worker[None]: ...


class Reading:
    """Reads the study for one screen, in its own thread and in another."""

    def __init__(self, reader: Reader, look: Look) -> None:
        self._reader = reader
        self._look = look
        self._left = threading.Event()
        self._there: Marks = frozenset()
        self._guides: Marks | None = None

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
            self._read_beside(None)

    def _go_on(self) -> None:
        found = self._reader.found
        self._read_beside(None if found.folder.unread else found)

    def _read_beside(self, found: Standing | None) -> None:
        """Read what there is to read beyond what was found."""
        self._reader.run_worker(partial(self._read, found), thread=True, group="reading", exclusive=True)

    def _read(self, found: Standing | None) -> None:
        worker = get_current_worker()

        def is_over() -> bool:
            return self._left.is_set() or worker.is_cancelled

        try:
            if found is None:
                found = self._look(self._telling(is_over))
                if not is_over():
                    self._reader.call_later(partial(self._reader.take, found))
            guides = frozenset(one for one in self._there if one[0].endswith(_OF_GUIDES))
            if not is_over() and guides != self._guides:
                left = waiting(found)
                self._guides = guides
                self._reader.call_later(partial(self._reader.take_left, left))
        except KringError as problem:
            if not is_over():
                self._reader.call_later(partial(self._reader.take, problem))

    def _telling(self, is_over: Callable[[], bool]) -> Reads:
        """Return what says now and then how far the reading is, and stops it when it is over."""
        told_at = 0.0

        def goes_on(place: int, of: int) -> bool:
            nonlocal told_at
            if is_over():
                return False
            if time.monotonic() - told_at > TOLD_S:
                told_at = time.monotonic()
                self._reader.call_later(partial(self._reader.read_so_far, place, of))
            return True

        return goes_on


def on_disk(folder: Path) -> Marks:
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
