"""Playing sound, as a face sees it: what it asks goes to a separate process, and never keeps the face waiting."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import NamedTuple

import msgspec

from kring.audio import player_protocol as lines
from kring.domain.text import Sentence

TRUSTED_S = 0.5
"""How long a report stands for what is heard: a player that tells nothing for longer stands still."""
PATIENCE_S = 2.0

_SENTENCES: dict[lines.FailedWhy, Sentence] = {
    "no library": Sentence("For sound, install kring again: its part for sound is missing. Everything else works."),
    "no PortAudio": Sentence("Sound cannot be played: PortAudio is missing. kring doctor says how to get it."),
    "no device": Sentence("Sound cannot be played: connect a loudspeaker or headphones."),
    "file missing": Sentence("{file} is not there: put the sound back beside the session file."),
    "file unreadable": Sentence("{file} cannot be read as sound."),
    "output failed": Sentence("The sound broke off: see whether the headphones are still connected, and play again."),
}
_DIED = Sentence("The sound broke off: the player ended by itself. Play again.")


class Position(NamedTuple):
    """What is heard now: a frame of a piece, counted among those that `play` was given."""

    piece: int
    frame: int
    rate: int
    speed: float
    sounds: bool


class Player:
    """Plays pieces of sound; no method waits for anything, except `wait` and the end of `close`."""

    def __init__(self, device: str | None = None, silent: bool = False) -> None:
        self._arguments = [*(("--device", device) if device else ()), *(("--silent",) if silent else ())]
        self._orders: SimpleQueue[lines.Command | None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: Thread | None = None
        self._at: lines.At | None = None
        self._plays = 0
        self._speed = 1.0
        self._over = Event()
        self._over.set()
        self.problem: Sentence | None = None
        self.is_paused = False

    @property
    def is_playing(self) -> bool:
        """Whether there is something to hear, or to go on with after a pause."""
        return not self._over.is_set()

    def play(self, paths: Sequence[Path], piece: int, frame: int, length_s: float | None = None) -> None:
        """Play files one after the other, from a frame of one of them, for so many seconds of sound or to the end."""
        if self._orders is None:
            self._begin()
        self.problem, self._at, self.is_paused = None, None, False
        self._plays += 1
        self._over.clear()
        pieces = tuple(lines.Piece(str(path.absolute())) for path in paths)
        self._ask(lines.Play(pieces, piece, frame, length_s))

    def pause(self) -> None:
        """Stand still, or go on."""
        self.is_paused = not self.is_paused
        self._ask(lines.Pause(self.is_paused))

    def skip(self, seconds: float) -> None:
        """Go on so many seconds of sound later than what is heard, earlier where below zero."""
        self._ask(lines.Skip(seconds))

    def speed(self, times: float) -> None:
        """Play so many times as fast, from 1 to 2, at the same pitch; also what is played later."""
        self._speed = times
        self._ask(lines.Speed(times))

    def stop(self) -> None:
        """Play no more."""
        self._over.set()
        self._ask(lines.Stop())

    def position(self) -> Position | None:
        """Return what is heard now, None before the first sound."""
        at = self._at
        if at is None:
            return None
        passed = min((time.monotonic_ns() - at.heard_ns) / 1e9, TRUSTED_S) if at.playing else 0.0
        return Position(at.piece, at.frame + round(passed * at.rate * at.speed), at.rate, at.speed, at.playing)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until all was heard or something went wrong, for so many seconds at most; tell whether it's over."""
        return self._over.wait(seconds)

    def close(self) -> None:
        """Be silent, and let go of the process."""
        thread, process = self._thread, self._process
        self._over.set()
        self._ask(None)
        self._orders = None
        if thread is not None:
            thread.join(PATIENCE_S)
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE_S)
                return
            process.kill()
            process.wait()

    def _ask(self, command: lines.Command | None) -> None:
        if self._orders is not None:
            self._orders.put(command)

    def _begin(self) -> None:
        self._plays = 0
        self._orders = SimpleQueue()
        self._ask(lines.Speed(self._speed))
        self._process = process = _process(self._arguments)
        self._thread = Thread(target=_write, args=(process, self._orders), daemon=True)
        self._thread.start()
        Thread(target=_read, args=(process, self._hear, self._end), daemon=True).start()

    def _hear(self, report: lines.Report) -> None:
        match report:
            case lines.At(play=self._plays):
                self._at = report
            case lines.Done(play=self._plays):
                self._over.set()
            case lines.Failed(play=self._plays, why=why, file=file):
                sentence = _SENTENCES[why]
                self.problem = Sentence(sentence.template, {"file": file} if file else {})
                self._over.set()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Take in that a process has ended: one that nobody had closed did so by itself."""
        if process is not self._process or self._orders is None:
            return
        self._orders.put(None)
        self._orders = None
        if self.is_playing:
            self.problem = _DIED
            self._over.set()


def _process(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "kring.audio.player", *arguments],  # nothing of the current folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C is for the face, and the terminal is not for a driver
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )


def _write(process: subprocess.Popen[bytes], orders: SimpleQueue[lines.Command | None]) -> None:
    assert process.stdin is not None
    with suppress(OSError), process.stdin as pipe:
        while (command := orders.get()) is not None:
            pipe.write(lines.line(command))
            pipe.flush()


def _read(
    process: subprocess.Popen[bytes],
    hear: Callable[[lines.Report], None],
    end: Callable[[subprocess.Popen[bytes]], None],
) -> None:
    assert process.stdout is not None
    with suppress(OSError, ValueError, msgspec.DecodeError), process.stdout as pipe:
        for written in pipe:
            hear(lines.report(written))
    end(process)
