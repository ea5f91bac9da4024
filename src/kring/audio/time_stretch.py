"""Speech played faster at the same pitch: WSOLA (Verhelst and Roelands, 1993).

Windows of the sound are laid closer together; each is moved a little to where it goes on best after the last one.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from kring.audio.reader import Samples

Wave = npt.NDArray[np.float32]

WINDOW_S = 0.040
REACH_S = 0.010  # more than the period of a deep voice: 100 Hz
COARSE = 4


class Source(Protocol):
    """Samples by their place."""

    rate: int

    def read(self, frame: int, count: int) -> Samples:
        """Return the samples from a place on, fewer at the end."""


class TimeStretcher:
    """The sound of a source from a place on, so many times as fast."""

    def __init__(self, source: Source, frame: int, speed: float) -> None:
        self._source = source
        self._speed = speed
        self._half = round(source.rate * WINDOW_S / 2)
        self._reach = round(source.rate * REACH_S)
        phase = (np.arange(2 * self._half) + 0.5) / (2 * self._half)
        self._window: Wave = (0.5 - 0.5 * np.cos(2 * np.pi * phase)).astype(np.float32)
        self._at = float(frame)  # where the next window is taken, but for its little move
        self._ready: Wave = np.zeros(0, np.float32)
        self._fading: Wave | None = None  # the second half of the last window
        self._following: Wave = self._ready  # what came behind its first half in the sound
        self.is_over = False

    @property
    def frame(self) -> int:
        """Return the place in the source of what `read` gives next."""
        return max(0, round(self._at - len(self._ready) * self._speed))

    def read(self, count: int) -> Samples:
        """Return the next samples, fewer at the end."""
        while len(self._ready) < count and not self.is_over:
            self._ready = np.concatenate((self._ready, self._next()))
        given, self._ready = self._ready[:count], self._ready[count:]
        return np.clip(np.rint(given), -32768, 32767).astype(np.int16)

    def _next(self) -> Wave:
        """Return half a window more."""
        half, wish = self._half, round(self._at)
        reach = self._reach if self._fading is not None else 0
        low = max(0, wish - reach)
        sound = self._sound(low, wish - low + reach + 3 * half)
        move = best_move(sound[:-half], self._following) if self._fading is not None else 0
        window = sound[move : move + 2 * half]
        faded = window * self._window
        given: Wave = window[:half] if self._fading is None else self._fading + faded[:half]
        self._fading = faded[half:]
        self._following = sound[move + half : move + 3 * half]
        self._at += half * self._speed
        return given

    def _sound(self, frame: int, count: int) -> Wave:
        found = self._source.read(frame, count).astype(np.float32)
        if len(found) == count:
            return found
        self.is_over = frame + len(found) <= self._at + self._half
        return np.pad(found, (0, count - len(found)))


def best_move(sound: Wave, following: Wave) -> int:
    """Return the place in a sound that is most like what should follow: coarsely first, then to the sample."""
    coarse = _likeness(sound[::COARSE], following[::COARSE])
    around = int(np.argmax(coarse)) * COARSE
    low = max(0, around - COARSE)
    high = min(len(sound), around + COARSE + len(following))
    return low + int(np.argmax(_likeness(sound[low:high], following)))


def _likeness(sound: Wave, following: Wave) -> Wave:
    """Return the normalized correlation at each place where all of `following` fits."""
    products = np.correlate(sound, following, "valid")
    energies = np.concatenate((np.zeros(1), np.cumsum(sound.astype(np.float64) ** 2)))
    own = energies[len(following) :] - energies[: len(energies) - len(following)]
    likeness: Wave = (products / np.sqrt(np.maximum(own, 1.0))).astype(np.float32)
    return likeness
