"""Signals end the line mode between two acts, never in the middle of one."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kring.line_mode.input import Lines

KILLED = 128


class Stopped(BaseException):
    """A signal came while the program waited for a line."""


class Signals:
    """Ends the reading of lines at a signal, and never in the middle of an act."""

    def __init__(self) -> None:
        self._came = 0
        self._waiting = False

    @property
    def exit_code(self) -> int:
        """Return the exit code for the signal that came, 0 for none."""
        return KILLED + self._came if self._came else 0

    def hear(self, number: int, frame: Any) -> None:
        """Take in a signal."""
        self._came = number
        if self._waiting:
            raise Stopped

    def until_one_comes(self, lines: Lines, meanwhile: Callable[[], None]) -> Iterator[str]:
        """Yield typed lines until a signal comes, and do something while nobody types."""
        while (line := self._next(lines)) != "":
            if line is None:
                meanwhile()
            else:
                yield line

    def _next(self, lines: Lines) -> str | None:
        try:
            self._waiting = True
            return "" if self._came else lines.readline()
        except Stopped:
            return ""
        finally:
            self._waiting = False


@contextmanager
def heard_signals() -> Iterator[Signals]:
    """Listen to the signals that end a program, and leave them as they were."""
    heard = Signals()
    before: dict[int, Any] = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(ValueError):  # not in the main thread
                before[number] = signal.signal(number, heard.hear)
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
