"""What the player does with sound, whatever it comes out of: where it is, how fast, and which samples come next."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import numpy as np

from kring.audio.reader import Reel, Samples
from kring.audio.time_stretch import TimeStretcher

ZEROS_S = 0.3
"""PortAudio swallows the last tenth of a second: what it swallows has to be silence."""
MOST_BLOCKS = 256
SLOWEST, FASTEST = 1.0, 2.0


class Block(NamedTuple):
    """Samples that were given away: from when on they are heard, and where they come from."""

    heard_ns: int
    reel: int
    frame: int
    frames: int  # of the source, not of what is heard
    speed: float


class Heard(NamedTuple):
    """What is heard at a moment."""

    reel: int
    frame: int
    sounds: bool


class PlaybackBuffer:
    """Reels in their order, of which one plays; every method may be called from any thread."""

    def __init__(self, reels: Sequence[Reel], reel: int, frame: int, speed: float, length_s: float | None) -> None:
        self._reels = tuple(reels)
        self._lock = Lock()
        self._speed = min(max(speed, SLOWEST), FASTEST)
        self._end = self._place_after(reel, frame, length_s) if length_s is not None else None
        self.is_paused = False
        self._set(reel, min(frame, self._reels[reel].length()))

    @property
    def reel(self) -> Reel:
        """Return the reel that plays."""
        return self._reels[self.number]

    @property
    def speed(self) -> float:
        """Return how many times as fast as it was recorded the sound plays."""
        return self._speed

    def fill(self, count: int, heard_ns: int) -> tuple[Samples, bool]:
        """Return exactly so many samples, which will be heard from a moment on, and whether the reel is over."""
        with self._lock:
            frame = self._frame
            given = np.zeros(0, np.int16) if self.is_paused else self._next(count)
            self._blocks.append(Block(heard_ns, self.number, frame, self._frame - frame, self._speed))
            if self.is_paused:
                return np.zeros(count, np.int16), False
            silent = count - len(given)
            self._zeros += silent
            return np.pad(given, (0, silent)), self._zeros >= ZEROS_S * self.reel.rate

    def heard(self, now_ns: int) -> Heard:
        """Return what is heard at a moment."""
        with self._lock:
            return self._heard(now_ns)

    def place(self, heard: Heard) -> tuple[int, int, int]:
        """Return piece, frame and rate of what is heard."""
        reel = self._reels[heard.reel]
        return (*reel.place(heard.frame), reel.rate)

    def skip(self, seconds: float, now_ns: int) -> None:
        """Go on so many seconds of sound later than what is heard now, earlier where below zero."""
        with self._lock:
            heard = self._heard(now_ns)
            reel, frame = self._place_after(heard.reel, heard.frame, seconds)
            self._set(reel, min(frame, self._reels[reel].length()))

    def set_speed(self, times: float, now_ns: int) -> None:
        """Play so many times as fast from what is heard now on."""
        with self._lock:
            heard = self._heard(now_ns)
            self._speed = min(max(times, SLOWEST), FASTEST)
            self._set(heard.reel, heard.frame)

    def next_reel(self) -> bool:
        """Go on with the next reel; False where there is none, or where the asked length ended."""
        with self._lock:
            if self.number + 1 == len(self._reels) or (self._end is not None and self._end[0] == self.number):
                return False
            self._set(self.number + 1, 0)
            return True

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            for reel in self._reels:
                reel.close()

    def _set(self, reel: int, frame: int) -> None:
        self.number, self._frame, self._zeros = reel, frame, 0
        # what was given away before is not heard any more, or for a tenth of a second only
        self._blocks: deque[Block] = deque([Block(0, reel, frame, 0, self._speed)], maxlen=MOST_BLOCKS)
        self._faster = TimeStretcher(self.reel, frame, self._speed) if self._speed != 1 else None

    def _next(self, count: int) -> Samples:
        left = self.reel.length() - self._frame
        if self._end is not None and self._end[0] == self.number and self._end[1] >= self._frame:
            left = min(left, self._end[1] - self._frame)
        if self._faster is None:
            given = self.reel.read(self._frame, min(count, left))
            self._frame += len(given)
            return given
        given = self._faster.read(min(count, round(left / self._speed)))
        self._frame = min(self._faster.frame, self.reel.length())
        return given

    def _heard(self, now_ns: int) -> Heard:
        blocks = list(self._blocks)
        place = next((place for place in reversed(range(len(blocks))) if blocks[place].heard_ns <= now_ns), 0)
        block = blocks[place]
        passed = (now_ns - block.heard_ns) * self._reels[block.reel].rate * block.speed / 1e9
        sounds = block.frames > 0 and passed <= block.frames
        return Heard(block.reel, block.frame + round(min(passed, block.frames)), sounds)

    def _place_after(self, reel: int, frame: int, seconds: float) -> tuple[int, int]:
        """Return the place so many seconds of sound after another one, the begin or the end where there are no more."""
        starts = [0.0]
        for one in self._reels:
            starts.append(starts[-1] + one.length() / one.rate)
        wanted = max(0.0, starts[reel] + frame / self._reels[reel].rate + seconds)
        for number, (start, end) in enumerate(pairwise(starts)):
            if wanted < end or number + 1 == len(self._reels):
                return number, round((wanted - start) * self._reels[number].rate)
        return reel, frame
