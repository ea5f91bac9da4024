"""The meter: how loud each channel is, its peak hold, and the warnings that the sound itself gives."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from kring.audio.levels import QUIETEST_DB, decibels
from kring.record.status import WARNINGS, WarningName

CLIPPED = 32760
CLIPPED_RUN = 3
CLIPPED_RUNS = 2
"""More runs of so many samples at the limit in one reading are clipping; fewer may be one loud moment."""

_LEVEL_RATE = 8000  # a level needs no more samples a second than this
_HOLD_NS = 1_500_000_000
_FALL_DB_PER_S = 20.0

_NOTHING_NS = 1_000_000_000
_ZERO_NS = 1_500_000_000
_SILENCE_NS = 5_000_000_000
_CLIPPING_HOLD_NS = 2_000_000_000
_SILENCE_DB = -50.0
_SOFT_AFTER_NS = 3_000_000_000
_SOFT_DB = -35.0
"""Speech of which not even the loudest is above this is too far away, or the microphone is turned down."""
_DEAD_NS = 4_000_000_000
DEAD_DB = -70.0
"""A channel below this, while another is heard, has no microphone."""


class Reading(NamedTuple):
    """What was heard since the reading before: dB below full scale, one a channel."""

    level_db: tuple[float, ...]
    peak_db: tuple[float, ...]
    is_zero: bool
    is_clipped: bool


def channel_of(samples: array[int], channel: int, channels: int) -> array[int]:
    """Return the samples of one channel."""
    return samples if channels == 1 else samples[channel::channels]


class Meter:
    """Takes samples as they come and is read ten times a second."""

    def __init__(self, rate: int, channels: int) -> None:
        self._channels = channels
        self._step = max(1, rate // _LEVEL_RATE)
        self._held = [(QUIETEST_DB, 0)] * channels
        self._empty()

    def _empty(self) -> None:
        self._peaks = [0] * self._channels
        self._squares = [0] * self._channels
        self._counts = [0] * self._channels
        self._runs = 0

    def add(self, samples: array[int]) -> int:
        """Take whole frames, and return the number of the loudest channel."""
        for channel in range(self._channels):
            own = channel_of(samples, channel, self._channels)
            high, low = max(own), min(own)
            peak = max(high, -low)
            few = own[:: self._step]
            self._peaks[channel] = max(self._peaks[channel], peak)
            self._squares[channel] += sum(map(mul, few, few))
            self._counts[channel] += len(few)
            if peak >= CLIPPED:
                self._runs += clipped_runs(own)
        return self._peaks.index(max(self._peaks))

    def read(self, now_ns: int) -> Reading | None:
        """Return what was heard since the last time, or None when nothing was."""
        if not all(self._counts):
            return None
        levels = tuple(
            decibels(math.sqrt(squares / count)) for squares, count in zip(self._squares, self._counts, strict=True)
        )
        self._held = [_hold(held, decibels(peak), now_ns) for held, peak in zip(self._held, self._peaks, strict=True)]
        peaks = tuple(peak for peak, _ in self._held)
        heard = Reading(levels, peaks, is_zero=not any(self._peaks), is_clipped=self._runs > CLIPPED_RUNS)
        self._empty()
        return heard


def _hold(held: tuple[float, int], peak: float, now_ns: int) -> tuple[float, int]:
    """Return the peak to show and when it was reached: it stays for a moment, then falls."""
    reached, at_ns = held
    late_s = max(0, now_ns - at_ns - _HOLD_NS) / 1e9
    if peak >= reached - late_s * _FALL_DB_PER_S:
        return peak, now_ns
    if late_s == 0:
        return held
    return round(reached - late_s * _FALL_DB_PER_S, 1), now_ns - _HOLD_NS


def clipped_runs(samples: Sequence[int]) -> int:
    """Return how often at least three samples in a row stand at the limit."""
    runs = length = 0
    for sample in samples:
        length = length + 1 if sample >= CLIPPED or sample < -CLIPPED else 0
        runs += length == CLIPPED_RUN
    return runs


class Watch:
    """Which warnings hold: some follow from what is heard, others are told."""

    def __init__(self, now_ns: int) -> None:
        self._arrived_ns = self._sounded_ns = self._loud_ns = now_ns
        self._clipped_ns: int | None = None
        self._spoken_since_ns: int | None = None
        self._strong_ns = now_ns
        self._dead_since_ns: int | None = None
        self._told: set[WarningName] = set()

    def tell(self, warning: WarningName, holds: bool) -> None:
        """Let a warning hold, or not any more, that only the recorder can know of."""
        (self._told.add if holds else self._told.discard)(warning)

    def hear(self, reading: Reading, now_ns: int, *, speaking: bool = False) -> None:
        """Take what the meter read, and whether somebody speaks."""
        self._arrived_ns = now_ns
        if not reading.is_zero:
            self._sounded_ns = now_ns
        if max(reading.level_db) >= _SILENCE_DB:
            self._loud_ns = now_ns
        if reading.is_clipped:
            self._clipped_ns = now_ns
        self._hear_voice(reading, now_ns, speaking)
        self._hear_channels(reading, now_ns)

    def _hear_voice(self, reading: Reading, now_ns: int, speaking: bool) -> None:
        loudest = max(reading.level_db)
        if loudest >= _SOFT_DB:
            self._strong_ns, self._spoken_since_ns = now_ns, None
        elif speaking and loudest >= _SILENCE_DB and self._spoken_since_ns is None:
            self._spoken_since_ns = now_ns

    def _hear_channels(self, reading: Reading, now_ns: int) -> None:
        """Notice a channel that stays quiet while another one is heard."""
        if min(reading.level_db) >= DEAD_DB:
            self._dead_since_ns = None
        elif max(reading.level_db) >= _SILENCE_DB and self._dead_since_ns is None:
            self._dead_since_ns = now_ns

    def arrive(self, now_ns: int) -> None:
        """Begin to wait anew: another device was opened."""
        self._arrived_ns = self._sounded_ns = self._loud_ns = self._strong_ns = now_ns
        self._spoken_since_ns = self._dead_since_ns = None

    def silent_ns(self, now_ns: int) -> int:
        """Return for how long nothing has arrived."""
        return now_ns - self._arrived_ns

    def warnings(self, now_ns: int) -> tuple[WarningName, ...]:
        """Return what holds now, in a fixed order; of several about quiet only the one that explains it."""
        found = (self._quiet(now_ns), self._loud(now_ns), self._soft(now_ns), self._dead(now_ns))
        holding = self._told | {one for one in found if one}
        return tuple(name for name in WARNINGS if name in holding)

    def _quiet(self, now_ns: int) -> WarningName | None:
        if "device gone" in self._told:
            return None
        if now_ns - self._arrived_ns >= _NOTHING_NS:
            return "nothing arrives"
        if self._arrived_ns - self._sounded_ns >= _ZERO_NS:
            return "digital zero"
        return "silence" if self._arrived_ns - self._loud_ns >= _SILENCE_NS else None

    def _loud(self, now_ns: int) -> WarningName | None:
        recent = self._clipped_ns is not None and now_ns - self._clipped_ns < _CLIPPING_HOLD_NS
        return "clipping" if recent else None

    def _soft(self, now_ns: int) -> WarningName | None:
        since = self._spoken_since_ns
        is_soft = since is not None and now_ns - since >= _SOFT_AFTER_NS and now_ns - self._strong_ns >= _SOFT_AFTER_NS
        return "soft" if is_soft else None

    def _dead(self, now_ns: int) -> WarningName | None:
        since = self._dead_since_ns
        return "dead channel" if since is not None and now_ns - since >= _DEAD_NS else None
