"""By how much a recording moves for its speech to lie where the log says that people spoke, whoever they are.

Two things of both are laid beside each other at every shift at once (a cross-correlation by Fourier transforms): where
a turn or a piece of speech begins, and where anybody speaks at all. Each counts for half, as far as it says more than
how much is spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kring.imports.fitting.overlap import Stretch

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

STEP_MS = 100
BLUR_MS = 400
"""How much the time between a first word and the key for it varies."""
APART_MS = 15_000
"""From how far on another shift is another answer, and not the same one."""
CLEAR, CLEAR_NEARBY = 7.0, 4.5
"""How many standard deviations of all shifts the best one must stand out: of the whole evening, of a few minutes.

On made-up evenings of 20 to 90 minutes with a tenth to seven tenths of the turns not logged, another evening's sound
reaches 6.7, the right place 7.2 and more from half an hour with most turns logged.
"""
CLEARER = 1.3
"""How much further than the next best."""
NEAR_MS = 1_500
"""Within how much of a turn's begin the speech begins that is its own."""


def best_shift(
    log: Sequence[Stretch], speech: Sequence[Stretch], within_ms: float | None = None, clearer: float = CLEARER
) -> float | None:
    """Return by how much the speech must move to fit the log, None where no shift is clearly the best.

    `within_ms` = it moves no further than that; `clearer` = how much further than the next best it stands out.
    """
    import numpy as np

    if not log or not speech:
        return None
    first_log, first_speech = log[0][0], speech[0][0]
    ours, theirs = signals(log, first_log), signals(speech, first_speech)
    longest = len(ours[0]), len(theirs[0])
    size = 1 << sum(longest).bit_length()
    steps = np.arange(-longest[1] + 1, longest[0])
    fits = np.zeros(len(steps))
    for one, other in zip(ours, theirs, strict=True):
        fits += np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)[steps]
    shifts = first_log - first_speech + steps * STEP_MS
    spread = float(fits.std())
    if within_ms is not None:
        fits, shifts = fits[abs(shifts) <= within_ms], shifts[abs(shifts) <= within_ms]
    if not len(fits) or not spread:
        return None
    best = int(fits.argmax())
    others = fits[abs(shifts - shifts[best]) > APART_MS]
    clear = fits[best] >= (CLEAR if within_ms is None else CLEAR_NEARBY) * spread
    return float(shifts[best]) if clear and (not len(others) or fits[best] >= clearer * others.max()) else None


def signals(
    stretches: Sequence[Stretch], first: float, step_ms: int = STEP_MS
) -> tuple[NDArray[float64], NDArray[float64]]:
    """Return where stretches begin and where they are, in steps of time from a first moment on.

    Each is around zero and of length one; what is before the first moment is left out.
    """
    import numpy as np

    edges = np.rint((np.array(stretches) - first) / step_ms).astype(np.int64)
    edges = np.maximum(edges[edges[:, 1] > 0], 0)
    count = int(edges[:, 1].max(initial=0)) + 2
    begins, changes = np.zeros(count), np.zeros(count)
    np.add.at(begins, edges[:, 0], 1)
    np.add.at(changes, edges[:, 0], 1)
    np.add.at(changes, edges[:, 1], -1)
    reach = 4 * BLUR_MS // step_ms
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step_ms / BLUR_MS) ** 2)
    blurred = np.convolve(begins, bell)[reach : reach + count]
    return _standard(blurred), _standard((np.cumsum(changes) > 0).astype(np.float64))


def _standard(signal: NDArray[float64]) -> NDArray[float64]:
    import numpy as np

    around: NDArray[float64] = signal - signal.mean()
    length = float(np.sqrt(np.square(around).sum()))
    if length:
        around /= length
    return around


def differences(log: Sequence[Stretch], speech: Sequence[Stretch], shift_ms: float) -> Iterator[tuple[float, float]]:
    """Yield each turn's begin, and by how much the speech nearest to it must move; after the shift that is near."""
    import numpy as np

    begins = np.array([begin for begin, _end in speech]) + shift_ms
    for turn, _end in log:
        place = int(np.searchsorted(begins, turn))
        near = begins[max(0, place - 1) : place + 1]
        nearest = min(near, key=lambda begin: abs(begin - turn), default=None)
        if nearest is not None and abs(nearest - turn) <= NEAR_MS:
            yield turn, float(turn - nearest + shift_ms)
