"""Long work in a separate process, of low priority: told what to do through a pipe, it tells through one how it goes.

Nothing of it stands in a file or among the arguments of the process, for both may be read by others.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Generic, TypeVar

import msgspec

from kring.domain.text import N_, KringError, Sentence

News = TypeVar("News", bound=msgspec.Struct)
NICENESS = 15
PATIENCE_S = 5.0
BELL = b"\n"
"""What says no more than that the other end may have something to do now, which it would find out later anyway."""


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The work, or the part of it that concerns `file`, could not be done; everything is as it was."""

    sentence: Sentence
    file: str = ""


DIED = Failed(Sentence(N_("The work in the background ended before its time. Try it again.")))


class Background(Generic[News]):
    """A module of kring that works in the background, as the process sees it that started it."""

    def __init__(self, module: str, task: msgspec.Struct, news: Any) -> None:
        self._decoder: msgspec.json.Decoder[News] = msgspec.json.Decoder(news)
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._is_over = False
        self._is_cancelled = False
        self.rung: Callable[[], None] = lambda: None
        """Is called, in a thread of its own, where the process rings."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],  # what lies in the current folder is no part of the program
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library says there may quote what it reads
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
            start_new_session=True,  # Ctrl+C is for the face, which decides
        )
        threading.Thread(target=self._listen, daemon=True).start()
        with suppress(OSError):  # it died already, which the listener tells
            self.ask(task)

    def ask(self, task: msgspec.Struct) -> None:
        """Give a process that serves one task after the other the next one; raises OSError where it's gone."""
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(task) + b"\n")
        self._process.stdin.flush()

    def ring(self) -> None:
        """Wake it, where it is there: there may be something to do."""
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):  # it is gone, or its pipe is closed
            os.write(self._process.stdin.fileno(), BELL)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self._is_over

    def poll(self) -> list[News | Failed]:
        """Return what came in since the last look, at once; a face asks a few times a second."""
        came: list[News | Failed] = []
        while not self._is_over:
            try:
                came += self._taken(self._lines.get_nowait())
            except queue.Empty:
                break
        return came

    def wait(self) -> Iterator[News | Failed]:
        """Yield what comes in until the work is over."""
        while not self._is_over:
            yield from self._taken(self._lines.get())

    def cancel(self) -> None:
        """End the work now, whatever it is doing; returns when its process is gone."""
        self._is_cancelled = True
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def finish(self, patience_s: float) -> None:
        """Tell it that nobody needs it any more, and let it end by itself for so long; returns when it is gone."""
        self._is_cancelled = True
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.cancel()

    def leave(self) -> None:
        """End the work as `cancel` does, and don't wait for it; nothing more is taken in."""
        self._is_cancelled = True
        self._process.terminate()
        threading.Thread(target=lambda: list(self.wait()), daemon=True).start()

    def kill(self) -> None:
        """End the process before this returns to who asks, in the middle of what it does; for work that can bear it."""
        self._process.kill()
        self.leave()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line == BELL:
                self.rung()
            else:
                self._lines.put(line)
        self._lines.put(None)

    def _taken(self, line: bytes | None) -> list[News | Failed]:
        if line is not None and not line.endswith(b"\n"):
            return []  # cut off by the end of the process, which comes next
        if line is not None:
            return [self._decoder.decode(line)]
        self._is_over = True
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        died = self._process.wait() != 0 and not self._is_cancelled
        return [DIED] if died else []


class Bell:
    """The bell of a process in the background: the face hears it, and `heard` is called where the face rings."""

    def __init__(self) -> None:
        self.heard: Callable[[], None] = lambda: None
        self.telling: int | None = None

    def hear(self) -> None:
        """Take note that the face rang."""
        with suppress(RuntimeError):  # what would be woken has ended
            self.heard()

    def ring(self) -> None:
        """Let the face know that it may have something to do."""
        if self.telling is not None:
            with suppress(OSError):  # it is gone, which is found out elsewhere
                os.write(self.telling, BELL)


def work(
    task: type[News],
    do: Callable[[News], Iterator[msgspec.Struct]],
    leaves_files: bool = True,
    modest: bool = True,
    bell: Bell | None = None,
) -> int:
    """Do, in the process in the background, what stands on the first line of its input; return its exit code.

    It ends by itself soon after the process that started it. Work that leaves files half written is given the time to
    remove them when it is cancelled; work that somebody waits for is not modest.
    """
    if modest:
        _be_modest()
    if leaves_files:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    bell = bell or Bell()
    telling = bell.telling = os.dup(1)
    os.dup2(2, 1)  # no library writes between our lines
    wanted = msgspec.json.decode(sys.stdin.buffer.readline(), type=task)  # only the bell comes behind it
    threading.Thread(target=_end_with_the_face, args=(bell,), daemon=True).start()
    _tell(telling, do(wanted))
    return 0


def serve(task: type[News], do: Callable[[News], Iterator[msgspec.Struct]], patience_s: float) -> int:
    """Do, in the process in the background, the task of each line of its input, as long as the next comes in time.

    It ends by itself when nothing is asked for so long, and when the process is gone that started it.
    """
    _be_modest()
    telling = os.dup(1)
    os.dup2(2, 1)
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(asked,), daemon=True).start()
    with suppress(queue.Empty):
        while line := asked.get(timeout=patience_s):
            _tell(telling, do(msgspec.json.decode(line, type=task)))
    return 0


def _take_in(asked: queue.SimpleQueue[bytes]) -> None:
    for line in sys.stdin.buffer:
        asked.put(line)
    signal.raise_signal(signal.SIGTERM)  # the process that asked is gone


def _tell(telling: int, several: Iterator[msgspec.Struct]) -> None:
    for news in _without_tracebacks(several):
        line = msgspec.json.encode(news) + b"\n"
        while line:
            line = line[os.write(telling, line) :]


def _without_tracebacks(several: Iterator[msgspec.Struct]) -> Iterator[msgspec.Struct]:
    try:
        yield from several
    except KringError as error:
        yield Failed(error.sentence)
    except MemoryError:
        yield Failed(Sentence(N_("This computer has too little memory for it.")))
    except Exception as error:  # noqa: BLE001 - the worker boundary: a message may quote people, a name doesn't
        yield Failed(Sentence(N_("kring made a mistake here: {problem}"), {"problem": type(error).__name__}))


def _be_modest() -> None:
    if sys.platform != "win32":
        os.nice(NICENESS)


def _end_with_the_face(bell: Bell) -> None:
    while os.read(0, 1024):  # ends when the other end of the pipe is gone
        bell.hear()
    signal.raise_signal(signal.SIGTERM)
