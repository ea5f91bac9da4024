"""Pauses of a recording that nobody logged: from where on its speech fits the turns of the log later than before.

The speech before and behind a pause is laid beside the log for every length of it at once by Fourier transforms; where
the pause best lies is the maximum of what a length explains more, summed up over time (as change points are found by
cumulative sums).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kring.imports.fitting import speech_fit
from kring.imports.fitting.overlap import Stretch

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

STEP_MS = 500
SHORTEST_MS, LONGEST_MS = 4_000, 30 * 60_000
"""A shorter pause moves nothing further than turns differ from speech."""
MOST_TRIED = 300
"""Of so many lengths, at which most of the speech fits, the place is looked for."""
LEAST_SHARE = 0.1
"""How much a pause must explain, beside what fits without it."""
CLEARER = 1.6
"""How much more it must explain than one of another length.

On made-up evenings of 30 to 90 minutes with a tenth to four tenths of the turns not logged: without a pause at most
0.05 and 2.3, in another evening's sound 1.5 times as much, with a pause of 20 seconds to 8 minutes 0.11 and more, and
mostly 2 to 5 times as much. What is less, near the end or in a short evening, is not found.
"""


class HiddenPause(NamedTuple):
    """Where speech that was laid beside the log parts, and by how much what is before it and behind it moves."""

    at_ms: float
    before_ms: float
    behind_ms: float


@lru_cache(maxsize=8)  # it is asked again for every key that moves the recording
def hidden_pause(log: Sequence[Stretch], speech: Sequence[Stretch], clearer: float = CLEARER) -> HiddenPause | None:
    """Return the pause that nobody logged in speech that lies where most of it fits, None where none is clear.

    `clearer` = how much more it explains than one of another length; there may be another pause.
    """
    import numpy as np

    if not log or not speech:
        return None
    first = speech[0][0]
    theirs = np.stack(speech_fit.signals(speech, first, STEP_MS))
    count, most = theirs.shape[1], LONGEST_MS // STEP_MS
    ours = _from(log, first - LONGEST_MS, count + 2 * most)
    size = 1 << ours.shape[1].bit_length()
    spectra = np.fft.rfft(ours, size) * np.conj(np.fft.rfft(theirs, size))
    in_all = np.fft.irfft(spectra.sum(0), size)[: 2 * most + 1]
    lengths = abs(np.arange(-most, most + 1)) * STEP_MS
    steps = np.argsort(np.where(lengths >= SHORTEST_MS, in_all, -np.inf))[-MOST_TRIED:] - most
    fits = np.einsum("ij,ij->j", ours[:, most : most + count], theirs)
    gains, places = np.zeros(len(steps)), []
    for number, step in enumerate(steps):
        more = np.einsum("ij,ij->j", ours[:, most + step : most + step + count], theirs) - fits
        summed = np.cumsum(more)  # what is behind the pause moves later, or what is before it earlier
        explained = summed if step < 0 else summed[-1] - summed
        places.append(int(explained.argmax()))
        gains[number] = explained[places[-1]]
    best = int(gains.argmax())
    others = gains[abs(steps - steps[best]) * STEP_MS > speech_fit.APART_MS]
    if gains[best] < max(LEAST_SHARE * fits.sum(), clearer * others.max(initial=0)):
        return None
    moved = float(steps[best] * STEP_MS)
    return HiddenPause(first + (places[best] + 1) * STEP_MS, min(moved, 0.0), max(moved, 0.0))


def _from(log: Sequence[Stretch], first: float, count: int) -> NDArray[float64]:
    """Return the signals of a log from a moment on, so many steps of them."""
    import numpy as np

    found = [one[:count] for one in speech_fit.signals(log, first, STEP_MS)]
    return np.stack([np.pad(one, (0, count - len(one))) for one in found])
