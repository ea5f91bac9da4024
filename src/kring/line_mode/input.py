"""Lines as they are typed, with a moment now and then in which something else is looked after."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from typing import IO, Protocol

LOOK_S = 1.0
_PIECE_BYTES = 65_536


class Lines(Protocol):
    """What lines are read from."""

    def readline(self) -> str | None:
        """Return the next line, "" after the last, and None when none came for a while."""


def first_line(stream: IO[str]) -> str:
    """Return the next line of a stream, and leave in it what comes behind, for whoever reads its lines."""
    with suppress(OSError, ValueError):
        descriptor, line = stream.fileno(), bytearray()
        while (letter := os.read(descriptor, 1)) and letter != b"\n":
            line += letter
        return line.decode("utf-8", errors="replace")
    return stream.readline()  # a stream without a descriptor


def lines_of(stream: IO[str], with_pauses: bool) -> Lines:
    """Return the lines of a stream; with pauses where the system can tell whether something was typed."""
    if reconfigure := getattr(stream, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="replace")
    if with_pauses and os.name == "posix":
        with suppress(OSError, ValueError):  # a stream without a descriptor
            return TypedLines(stream.fileno())
    return stream


class TypedLines:
    """The lines of a descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._read = bytearray()
        self._is_over = False

    def readline(self) -> str | None:
        """Return the next line, "" after the last, and None when none came within a second."""
        while (end := self._read.find(b"\n") + 1) == 0 and not self._is_over:
            if not select.select([self._descriptor], [], [], LOOK_S)[0]:
                return None
            part = os.read(self._descriptor, _PIECE_BYTES)
            self._read += part
            self._is_over = not part
        line = self._read[: end or len(self._read)]
        del self._read[: len(line)]
        return line.decode("utf-8", errors="replace")
