"""Runs a full-screen program on a pseudo-terminal and tells when a text appeared on its screen.

Bytes are recorded with their time of arrival first and emulated afterwards: feeding an emulator while reading
would delay the chunks that are still to come.
"""

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyte

CHUNK_BYTES = 65_536
# A program asks whether the terminal knows a mode; 2 = known and off, 0 = unknown.
REPLIES = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
# What changes the screen or the start of a program; without bytecode on the disk kring would be compiled at every
# start, while Textual, which pip installed, is not.
UNWANTED = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONPROFILEIMPORTTIME", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that arrived together; `at` in seconds of the performance counter."""

    at: float
    content: bytes


class NotShown(Exception):
    """A text did not appear on the screen in time."""


class Term:
    """One program on a terminal of a given size."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._waiting: list[Chunk] = []
        self._tail = b""
        self.recorded = bytearray()
        master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})}
        for name in UNWANTED:
            if name not in (environment or {}):
                variables.pop(name, None)
        self.started_at = time.perf_counter()
        self.process = subprocess.Popen(
            list(argv),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=variables,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_take_terminal,  # noqa: PLW1509 - no other thread runs here
        )
        os.close(slave)
        self.master = master

    def __enter__(self) -> "Term":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, typed: str | bytes) -> float:
        """Types something and returns when it was typed."""
        typed = typed.encode() if isinstance(typed, str) else typed
        at = time.perf_counter()
        while typed:
            typed = typed[os.write(self.master, typed) :]
            if len(typed) > 0:
                self.record(quiet_s=0.0, at_most_s=0.02)
        return at

    def record(self, *, quiet_s: float = 0.04, at_most_s: float = 2.0) -> list[Chunk]:
        """Takes what arrives until nothing came for `quiet_s`, but for no longer than `at_most_s`."""
        chunks: list[Chunk] = []
        end = time.perf_counter() + at_most_s
        while (left := end - time.perf_counter()) > 0:
            ready, _, _ = select.select([self.master], [], [], min(quiet_s, left))
            if not ready:
                break
            try:
                content = os.read(self.master, CHUNK_BYTES)
            except OSError:
                break
            if not content:
                break
            chunks.append(Chunk(time.perf_counter(), content))
            self._reply(content)
        self._waiting += chunks
        return chunks

    def _reply(self, content: bytes) -> None:
        seen = self._tail + content
        for question, answer in REPLIES.items():
            for _ in range(seen.count(question)):
                os.write(self.master, answer)
        self._tail = seen[-8:]  # one byte less than a question, so that none is answered twice

    def emulate(self, until: Callable[["Term"], bool] | None = None) -> float | None:
        """Feeds what was recorded to the emulator; returns when the chunk that made `until` true arrived."""
        appeared: float | None = None
        for chunk in self._waiting:
            self.recorded += chunk.content
            self._stream.feed(chunk.content)
            if appeared is None and until is not None and until(self):
                appeared = chunk.at
        self._waiting.clear()
        return appeared

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(self.screen.display)

    def shows(self, text: str) -> bool:
        return text in self.text()

    def wait_for(self, text: str, *, at_most_s: float = 15.0, quiet_s: float = 0.04) -> float:
        """Waits until `text` stands on the screen; returns when the chunk that showed it arrived."""
        return self.wait_until(lambda term: term.shows(text), repr(text), at_most_s=at_most_s, quiet_s=quiet_s)

    def wait_until(
        self, shown: Callable[["Term"], bool], what: str, *, at_most_s: float = 15.0, quiet_s: float = 0.04
    ) -> float:
        """Waits until the screen is as wanted; returns the arrival of the chunk that made it so."""
        end = time.perf_counter() + at_most_s
        if not self._waiting and shown(self):
            return time.perf_counter()
        while time.perf_counter() < end:
            self.record(quiet_s=quiet_s, at_most_s=min(1.0, at_most_s))
            if (at := self.emulate(shown)) is not None:
                return at
            if self.process.poll() is not None and not self.record(quiet_s=0.0, at_most_s=0.1):
                break
        raise NotShown(f"{what} did not appear within {at_most_s} s:\n{self.text()}")

    def key(self, typed: str | bytes, shown: Callable[["Term"], bool], *, at_most_s: float = 3.0) -> float:
        """Types a key and returns the seconds until the screen was as wanted."""
        self.record(quiet_s=0.0, at_most_s=0.02)
        self.emulate()
        if shown(self):
            raise ValueError(f"The screen shows already what {typed!r} should make appear:\n{self.text()}")
        typed_at = self.write(typed)
        return self.wait_until(shown, f"The answer to {typed!r}", at_most_s=at_most_s) - typed_at

    def drain(self) -> None:
        """Throws away what has arrived, so that a program that is only watched never has to wait."""
        self.record(quiet_s=0.0, at_most_s=0.05)
        self._waiting.clear()

    def close(self, *, patience_s: float = 1.0) -> int:
        """Ends the program, and returns its status."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)  # what it started goes with it
        status = self.process.wait(patience_s)
        if self.master >= 0:
            os.close(self.master)
            self.master = -1
        return status


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
