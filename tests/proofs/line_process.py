"""A program that answers each typed line with one line, driven from a test and killed when the test wants."""

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence


class NoAnswer(Exception):
    """The program ended, or said nothing in time."""


class LineProcess:
    """One program on pipes.

    `acknowledged` holds every line that got an answer, with that answer: what must survive anything.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        before_exec: Callable[[], None] | None = None,
    ) -> None:
        self.acknowledged: list[tuple[str, str]] = []
        self.process = subprocess.Popen(
            list(argv),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            preexec_fn=before_exec,  # noqa: PLW1509 - it only sets a limit
            encoding="utf-8",
        )
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._complaints: list[str] = []
        self._readers = [threading.Thread(target=read, daemon=True) for read in (self._listen, self._overhear)]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> "LineProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._answers.put(line.rstrip("\n"))
        self._answers.put(None)

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        self._complaints += self.process.stderr

    @property
    def complaints(self) -> str:
        """What the program wrote to its standard error so far."""
        return "".join(self._complaints)

    def read_until(self, wanted: Callable[[str], bool], *, at_most_s: float = 20.0) -> str:
        """Reads lines until one is wanted, and returns that one."""
        while not wanted(line := self.answer(at_most_s)):
            pass
        return line

    def say(self, line: str, *, at_most_s: float = 20.0) -> str:
        """Types a line and returns its answer."""
        self.type(line)
        answer = self.answer(at_most_s)
        self.acknowledged.append((line, answer))
        return answer

    def type(self, line: str) -> None:
        """Types a line without waiting for its answer."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise NoAnswer(f"The program has ended: {self.complaints}") from None

    def answers_left(self) -> list[str]:
        """What was answered and not read yet, after the program has ended."""
        self.process.wait(20)
        for reader in self._readers:
            reader.join(20)
        left = []
        while (answer := self._answers.get()) is not None:
            left.append(answer)
        return left

    def answer(self, at_most_s: float = 20.0) -> str:
        """The next line that the program says."""
        try:
            answer = self._answers.get(timeout=at_most_s)
        except queue.Empty:
            raise NoAnswer(f"Nothing was answered within {at_most_s} s. {self.complaints}") from None
        if answer is None:
            raise NoAnswer(f"The program has ended with status {self.process.wait(20)}. {self.complaints}")
        return answer

    def kill(self) -> None:
        """Ends the program at once, without a chance to tidy up."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def finish(self, *lines: str) -> int:
        """Types the last lines, closes the input and returns the status."""
        for line in lines:
            self.type(line)
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(30)
