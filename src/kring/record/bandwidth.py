"""Whether a microphone hears more than a telephone: how much of speech lies above what a narrow one lets through."""

from __future__ import annotations

import math
from array import array
from operator import mul

Waves = tuple["array[float]", "array[float]"]

LOW_HZ = (300, 3400)
HIGH_HZ = (4500, 7800)
BINS = 10
WINDOW = 1024
APART_S = 0.2
"""A window of sound so often is enough, and takes no time."""
ENOUGH = 16
"""Windows of speech: some three seconds of it."""
NARROW_DB = -45.0
"""Tried on espeak-ng in two languages at 16 to 48 kHz (-10 to -17 dB), and through 8 kHz and back (-51 to -60)."""
LEAST_RMS = 180  # -45 dB: what is softer is no speech


class Bandwidth:
    """Takes one channel of speech as it comes and tells whether it is narrow, once it has heard enough."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._low, self._high = (_tables(rate, band) for band in (LOW_HZ, HIGH_HZ))
        self._apart = round(rate * APART_S)
        self._since = 0
        self._last = array("h")
        self._energies: list[tuple[float, float]] = []

    def add(self, samples: array[int]) -> None:
        """Take samples of speech."""
        self._since += len(samples)
        self._last = (self._last + samples)[-WINDOW:]
        window = self._last
        if self._since < self._apart or len(window) < WINDOW:
            return
        if sum(map(mul, window, window)) < LEAST_RMS**2 * WINDOW:
            return
        self._since = 0
        self._energies = [*self._energies[1 - ENOUGH :], (_energy(window, self._low), _energy(window, self._high))]

    @property
    def is_narrow(self) -> bool:
        """Whether what was heard last ends where a telephone ends."""
        if len(self._energies) < ENOUGH:
            return False
        low, high = (sum(band) for band in zip(*self._energies, strict=True))
        return not self._high or (low > 0 and 10 * math.log10(max(high, 1e-9) / low) < NARROW_DB)


def _tables(rate: int, band: tuple[int, int]) -> list[Waves]:
    """Return a cosine and a sine, fading in and out, for each of some frequencies of a band that this rate can have."""
    first, last = band
    fading = [0.5 - 0.5 * math.cos(2 * math.pi * n / WINDOW) for n in range(WINDOW)]
    found: list[Waves] = []
    for number in range(BINS):
        hertz = first + (last - first) * number / (BINS - 1)
        if hertz < rate * 0.45:
            turn = 2 * math.pi * hertz / rate
            cosine = array("d", (fade * math.cos(turn * n) for n, fade in enumerate(fading)))
            sine = array("d", (fade * math.sin(turn * n) for n, fade in enumerate(fading)))
            found.append((cosine, sine))
    return found


def _energy(window: array[int], tables: list[Waves]) -> float:
    parts: list[float] = [sum(map(mul, window, wave)) ** 2 for waves in tables for wave in waves]
    return sum(parts) / max(1, len(tables))
