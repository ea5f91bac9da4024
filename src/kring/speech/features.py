"""How voices sound: level, colour (MFCC) and pitch of a recording in cells of 50 ms, and what sets its people apart.

Statistics of a voice can identify a person: they stay in memory, for one refinement of one session. The method is
that of classic speaker recognition - Davis & Mermelstein 1980 (MFCC), Boersma 1993 (pitch by autocorrelation) - with
nearest class mean under a pooled covariance.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

CELL_S = 0.05
FRAMES_PER_CELL = 4
NEAR_RATE = 16_000  # sound is brought down to the next whole fraction above it: speech needs no more
LOW_HZ, HIGH_HZ, BANDS, COLOURS = 100.0, 7_000.0, 32, 19
PITCH_LOW_HZ, PITCH_HIGH_HZ = 70.0, 400.0
VOICED = 0.5  # of perfect periodicity
QUIETEST_DB = -120.0
WINDOW_S = 1.4
LEAST_WINDOW_CELLS = 4
TRIMMED = 0.4  # of the windows of a person, the least like the others: an observer presses late, people interrupt
LEAST_VOICE_S = 2.0


class Sound(NamedTuple):
    """A piece of sound by cells: level in dB a channel, colour, pitch in octaves (0 = none heard)."""

    levels: Floats
    colours: Floats
    pitch: Floats

    def __len__(self) -> int:
        return len(self.pitch)


class FeatureExtractor:
    """Listens to PCM block by block; what it keeps is about 2 KB a second."""

    def __init__(self, rate: int, channels: int) -> None:
        self.fraction = max(1, rate // NEAR_RATE)
        self.cell = round(rate * CELL_S / self.fraction / FRAMES_PER_CELL) * FRAMES_PER_CELL
        self.rate = rate / self.fraction
        self._hop = self.cell // FRAMES_PER_CELL
        self._size = 1 << int(np.ceil(np.log2(0.03 * self.rate)))
        self._window = np.hanning(self._size + 1)[:-1].astype(np.float32)
        self._bands = _mel_bands(self.rate, self._size)
        self._cosines = _cosines()
        low, high = int(self.rate / PITCH_HIGH_HZ), int(self.rate / PITCH_LOW_HZ)
        self._lags = slice(low, min(high, self._size * 3 // 4))
        own = np.fft.irfft(np.abs(np.fft.rfft(self._window, 2 * self._size)) ** 2)
        self._own = (own[self._lags] / own[0]).astype(np.float32)
        self._rest = np.zeros((0, channels), np.float32)
        self._cells: list[Sound] = []

    @property
    def frames_per_cell(self) -> int:
        """Return how many frames of the recording make one cell."""
        return self.cell * self.fraction

    def hear(self, block: Floats) -> None:
        """Take in frames (n × channels, full scale = 1)."""
        self._rest = np.concatenate([self._rest, block])
        per_cell, ahead = self.frames_per_cell, (self._size - self._hop) * self.fraction
        count = max(0, (len(self._rest) - ahead) // per_cell)
        if count:
            self._cells.append(self._cells_of(self._rest[: count * per_cell + ahead], count))
            self._rest = self._rest[count * per_cell :]

    def sound(self) -> Sound:
        """Return everything heard so far."""
        self.hear(np.zeros(((self._size - self._hop) * self.fraction, self._rest.shape[1]), np.float32))
        if not self._cells:
            return Sound(*(np.zeros(shape, np.float32) for shape in ((0, self._rest.shape[1]), (0, COLOURS), (0,))))
        return Sound(*(np.concatenate(parts) for parts in zip(*self._cells, strict=True)))

    def _cells_of(self, frames: Floats, count: int) -> Sound:
        channels = frames.shape[1]
        whole = len(frames) // self.fraction * self.fraction
        slow = frames[:whole].reshape(-1, self.fraction, channels).mean(1)
        levels = levels_of(slow, count, self.cell)
        mono = slow.mean(1)
        pieces = np.lib.stride_tricks.sliding_window_view(mono, self._size)[:: self._hop]
        pieces = pieces[: count * FRAMES_PER_CELL] * self._window
        spectrum = np.abs(np.fft.rfft(pieces, 2 * self._size)).astype(np.float32) ** 2
        loudness = np.log(spectrum @ self._bands + 1e-9)
        octaves, voiced = self._pitch(spectrum)
        voiced = voiced.reshape(count, FRAMES_PER_CELL)
        heard = voiced.sum(1)
        pitch = (octaves.reshape(count, FRAMES_PER_CELL) * voiced).sum(1) / np.maximum(heard, 1)
        return Sound(
            levels,
            (loudness @ self._cosines).reshape(count, FRAMES_PER_CELL, -1).mean(1).astype(np.float32),
            pitch.astype(np.float32),
        )

    def _pitch(self, spectrum: Floats) -> tuple[Floats, Flags]:
        alike = np.fft.irfft(spectrum)
        strength = alike[:, self._lags] / (np.maximum(alike[:, :1], 1e-9) * self._own)
        # of several periods that fit about as well, the shortest is the pitch
        first = np.argmax(strength >= 0.9 * strength.max(1, keepdims=True), axis=1)
        reach = np.minimum(first[:, None] + np.arange(6), strength.shape[1] - 1)
        near = reach[np.arange(len(first)), np.take_along_axis(strength, reach, 1).argmax(1)]
        octaves = np.log2(self.rate / (near + self._lags.start))
        return octaves.astype(np.float32), strength.max(1) >= VOICED


def _mel_bands(rate: float, size: int) -> Floats:
    """Return the weights of the bands: triangles, evenly spaced as the ear hears (O'Shaughnessy's mel)."""
    high = min(HIGH_HZ, 0.48 * rate)
    mel = np.linspace(np.log1p(LOW_HZ / 700), np.log1p(high / 700), BANDS + 2)
    edges = 700 * np.expm1(mel)
    hz = np.fft.rfftfreq(2 * size, 1 / rate)[:, None]
    up = (hz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    down = (edges[2:] - hz) / (edges[2:] - edges[1:-1])
    bands: Floats = np.clip(np.minimum(up, down), 0, None).astype(np.float32)
    return bands


def _cosines() -> Floats:
    order = np.arange(1, COLOURS + 1)  # without the nought-th: how loud somebody is says little of who it is
    cosines = np.cos(np.pi * order * (np.arange(BANDS)[:, None] + 0.5) / BANDS)
    return np.asarray(cosines / np.sqrt(BANDS / 2), np.float32)


def levels_of(slow: Floats, count: int, cell: int) -> Floats:
    """Return the level in dB of so many cells (n × channels), of sound at the lower rate that goes on a little behind.

    From a few hundred Hz to 3 kHz: neither a table that is bumped into nor the hiss of a preamplifier is speech.
    """
    smooth = slow[:-3] + slow[1:-2] + slow[2:-1] + slow[3:]
    band = (smooth[4:] - smooth[:-4])[: count * cell]
    power = np.square(band).reshape(count, -1, slow.shape[1]).mean(1)
    return np.asarray(np.maximum(10 * np.log10(power + 1e-12), QUIETEST_DB), np.float32)


def speaking(levels: Floats) -> Flags:
    """Return in which cells somebody speaks: well above the noise that the room has around that moment.

    Of several channels each has its own noise; one that hears somebody is enough.
    """
    spoken = np.zeros(len(levels), np.bool_)
    for channel in levels.T:
        if len(channel) and channel.max() > QUIETEST_DB:
            spoken |= _above_noise(channel)
    return closed_gaps(without_blips(spoken, round(0.15 / CELL_S)), round(0.3 / CELL_S))


def _above_noise(level: Floats) -> Flags:
    step = round(5 / CELL_S)
    centres = np.arange(0, len(level), step)
    around = [level[max(0, at - 3 * step) : at + 3 * step] for at in centres]
    loud = np.array([np.percentile(piece, 95) for piece in around])
    loud = np.maximum(loud, np.percentile(level, 95) - 20)  # in a long silence the room must not become speech
    noise = np.array([np.percentile(piece, 10) for piece in around])
    noise = np.maximum(noise, loud - 50)
    threshold = np.maximum(noise + 0.2 * (loud - noise), noise + 4)
    return np.asarray(level > np.interp(np.arange(len(level)), centres, threshold), np.bool_)


def runs(flags: NDArray[np.generic]) -> list[tuple[int, int]]:
    """Return where equal values stand in a row, as begin and end; falsy values are passed over."""
    if not len(flags):
        return []
    changes = np.flatnonzero(flags[1:] != flags[:-1]) + 1
    edges = [0, *changes.tolist(), len(flags)]
    return [(begin, end) for begin, end in itertools.pairwise(edges) if flags[begin]]


def closed_gaps(flags: Flags, longest: int) -> Flags:
    """Return the flags with short gaps filled."""
    filled = flags.copy()
    for begin, end in runs(~flags):
        if end - begin <= longest and begin > 0 and end < len(flags):
            filled[begin:end] = True
    return filled


def without_blips(flags: Flags, shortest: int) -> Flags:
    """Return the flags without those that stand too short in a row."""
    kept = flags.copy()
    for begin, end in runs(flags):
        if end - begin < shortest:
            kept[begin:end] = False
    return kept


def windows(sound: Sound, spoken: Flags) -> Floats:
    """Return for each cell how the speech around it sounds: means and spreads of colour and pitch.

    With several channels the level of each against all of them is part of it: so people with a microphone of their own
    are told apart whatever its gain. Cells without enough speech around them are not a number.
    """
    reach = round(WINDOW_S / CELL_S / 2)
    count = _around(spoken.astype(np.float64), reach)
    voiced = spoken & (sound.pitch > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        columns = [*_mean_and_spread(sound.colours, spoken, count, reach)]
        columns += _mean_and_spread(sound.pitch[:, None], voiced, _around(voiced.astype(np.float64), reach), reach)
        if sound.levels.shape[1] > 1:
            relative = sound.levels - sound.levels.mean(1, keepdims=True)
            columns.append(_mean_and_spread(relative, spoken, count, reach)[0])
    found = np.concatenate(columns, axis=1).astype(np.float32)
    found[count < LEAST_WINDOW_CELLS] = np.nan
    unvoiced = np.isnan(found) & (count >= LEAST_WINDOW_CELLS)[:, None]
    known = ~np.isnan(found)
    usual = np.where(known, found, 0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(unvoiced, usual, found).astype(np.float32)


def _around(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return the sum of the cells up to `reach` to both sides."""
    sums = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    cells = np.arange(len(values))
    return np.asarray(sums[np.minimum(cells + reach + 1, len(values))] - sums[np.maximum(cells - reach, 0)])


def _mean_and_spread(values: Floats, used: Flags, count: NDArray[np.float64], reach: int) -> list[Floats]:
    exact = np.where(used[:, None], values.astype(np.float64), 0.0)
    mean = _around(exact, reach) / count[:, None]
    spread = np.sqrt(np.maximum(_around(exact**2, reach) / count[:, None] - mean**2, 0))
    return [mean.astype(np.float32), spread.astype(np.float32)]


class Voices(NamedTuple):
    """The voices of the people of one session; never to be stored."""

    names: tuple[str, ...]
    means: Floats
    whitening: Floats

    def distances(self, features: Floats) -> Floats:
        """Return how far each window is from each voice: squares of distances, 1 being usual within one voice."""
        white = features @ self.whitening
        centres = self.means @ self.whitening
        far = (white**2).sum(1)[:, None] - 2 * white @ centres.T + (centres**2).sum(1)
        return np.asarray(np.maximum(far, 0) / self.means.shape[1], np.float32)


def learn(features: Floats, speakers: Mapping[str, Flags]) -> Voices | None:
    """Learn voices from the windows in which each person is said to speak; None when nobody is heard enough."""
    usable = ~np.isnan(features).any(1)
    own = {name: features[flags & usable] for name, flags in speakers.items()}
    own = {name: rows for name, rows in own.items() if len(rows) * CELL_S >= LEAST_VOICE_S}
    if not own:
        return None
    scale = np.maximum(np.concatenate(list(own.values())).std(0), 1e-4)
    kept = {name: _alike(rows, scale) for name, rows in own.items()}
    means = np.stack([rows.mean(0) for rows in kept.values()])
    within = np.concatenate([(rows - rows.mean(0)) / scale for rows in kept.values()]).astype(np.float64)
    covariance = within.T @ within / len(within)
    # windows overlap and people say different things: what little speech there is must not seem to tell too much
    shrunk = 0.7 * covariance + 0.3 * np.diag(np.diag(covariance)) + 0.02 * np.eye(len(covariance))
    values, vectors = np.linalg.eigh(shrunk)
    whitening = (vectors / np.sqrt(np.maximum(values, 1e-6))) / scale[:, None]
    return Voices(tuple(kept), means.astype(np.float32), whitening.astype(np.float32))


def _alike(rows: Floats, scale: Floats) -> Floats:
    apart = np.abs(rows - np.median(rows, axis=0))
    usual = np.maximum(np.median(apart, axis=0), 0.05 * scale)  # where the wrong ones are few, they don't widen it
    far = np.square(np.minimum(apart / usual, 20)).sum(1)
    alike: Floats = rows[far <= np.quantile(far, 1 - TRIMMED)]
    return alike
