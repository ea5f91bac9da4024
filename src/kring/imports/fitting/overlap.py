"""How far two logs of the same talk lie apart: the shift by which the same people speak at the same time most."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kring.domain.stretches import shared_ms, united

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Stretch = tuple[float, float]
Speaking = Mapping[str, Sequence[Stretch]]
"""When each of some people spoke, from and to in ms."""

STEP_MS = 500
"""How fine the shift is looked for; the turns themselves tell it finer."""
APART_MS = 15_000
"""From how far on another shift is another answer, and not the same one."""
CLEARER = 1.15
"""How much more must be shared by the best shift than by any other that is far from it."""
CLEARER_VOICES = 1.3
"""The same where a file has voices without names, which fit somebody at any shift: tried on made-up evenings from 20
minutes on, where the right shift shares 1.36 times and more of the next, and another evening 1.15 at most."""
NEAR_MS = 5_000
"""Turns that begin further apart than this, after the shift, are not the same."""
LONGEST_MS = 24 * 3_600_000


def best_shift(log: Speaking, file: Speaking) -> float | None:
    """Return by how much the file must move to share most with the log, None where no shift is clearly the best.

    The shared time of all shifts at once is a cross-correlation, computed by Fourier transforms.
    """
    import numpy as np

    people = [who for who in log if log[who] and file.get(who)]
    if not people:
        return None
    first_log, first_file = (min(part[0] for who in people for part in one[who]) for one in (log, file))
    grids = [[_grid(one[who], first) for who in people] for one, first in ((log, first_log), (file, first_file))]
    longest = [max(len(grid) for grid in each) for each in grids]
    size = 1 << (sum(longest)).bit_length()
    shared = np.zeros(size)
    for ours, theirs in zip(*grids, strict=True):
        shared += np.fft.irfft(np.fft.rfft(ours, size) * np.conj(np.fft.rfft(theirs, size)), size)
    steps = np.arange(-longest[1] + 1, longest[0])
    found = shared[steps]
    best = int(found.argmax())
    others = found[abs(steps - steps[best]) * STEP_MS > APART_MS]
    if found[best] < 1 or (len(others) and found[best] < CLEARER * others.max()):
        return None
    return float(first_log - first_file + steps[best] * STEP_MS)


class Pairing(NamedTuple):
    """Who of a file without names is who of the log: by how much it moves, and for each voice what it shares.

    Of each voice its own time, whom it shares most with, how much of it, and how much with the next, in ms.
    """

    shift_ms: float
    voices: Mapping[str, tuple[float, str, float, float]]


def best_pairing(log: Speaking, file: Speaking) -> Pairing | None:
    """Return the shift by which all voices together share most, each with somebody; None where none is clearly it."""
    import numpy as np

    people, voices = [who for who in log if log[who]], [who for who in file if file[who]]
    if len(people) < 2 or len(voices) < 2:
        return None
    firsts = [min(part[0] for who in whose for part in one[who]) for one, whose in ((log, people), (file, voices))]
    ours = [_grid(log[who], firsts[0]) for who in people]
    theirs = [_grid(file[who], firsts[1]) for who in voices]
    longest = [max(map(len, grids)) for grids in (ours, theirs)]
    size = 1 << sum(longest).bit_length()
    steps = np.arange(-longest[1] + 1, longest[0])
    waves = [np.fft.rfft(grid, size) for grid in ours]
    shared = np.array(
        [[np.fft.irfft(wave * np.conj(np.fft.rfft(grid, size)), size)[steps] for wave in waves] for grid in theirs]
    )
    found = shared.max(1).sum(0)
    best = int(found.argmax())
    others = found[abs(steps - steps[best]) * STEP_MS > APART_MS]
    if found[best] < 1 or (len(others) and found[best] < CLEARER_VOICES * others.max()):
        return None
    pairs: dict[str, tuple[float, str, float, float]] = {}
    for voice, grid, with_each in zip(voices, theirs, shared[:, :, best] * STEP_MS, strict=True):
        order = np.argsort(with_each)
        most = int(order[-1])
        pairs[voice] = (float(grid.sum() * STEP_MS), people[most], float(with_each[most]), float(with_each[order[-2]]))
    return Pairing(float(firsts[0] - firsts[1] + steps[best] * STEP_MS), pairs)


def _grid(stretches: Sequence[Stretch], first: float) -> NDArray[float64]:
    """Return in which steps of time somebody speaks, from `first` on."""
    import numpy as np

    ends = np.minimum((np.array(stretches) - first) / STEP_MS, LONGEST_MS / STEP_MS).round().astype(np.int64)
    changes = np.zeros(int(ends.max()) + 2)
    np.add.at(changes, ends[:, 0], 1)
    np.add.at(changes, ends[:, 1], -1)
    return (np.cumsum(changes) > 0).astype(np.float64)


def same_turns(log: Speaking, file: Speaking, shift_ms: float) -> Iterator[tuple[float, float]]:
    """Yield the begin of each turn of the log with that of the turn in the file that it shares most with."""
    for who, turns in log.items():
        theirs = [(begin + shift_ms, end + shift_ms) for begin, end in file.get(who, ())]
        begins = [begin for begin, _end in theirs]
        for begin, end in turns:
            near = theirs[max(bisect_left(begins, begin) - 2, 0) : bisect_left(begins, end) + 1]
            most = max(near, key=lambda one: shared_ms(one, (begin, end)), default=None)
            if most is not None and shared_ms(most, (begin, end)) and abs(most[0] - begin) <= NEAR_MS:
                yield begin, most[0] - shift_ms


def in_turns(
    cues: Sequence[tuple[str, float, float | None]], pause_ms: float, longest_ms: float
) -> dict[str, list[Stretch]]:
    """Return speech as turns of each speaker; what has no end lasts until somebody goes on, but no longer than that."""
    ordered = sorted(cues, key=lambda cue: cue[1])
    following = [after[1] for _cue, after in pairwise(ordered)] + [float("inf")]
    spoken: dict[str, list[Stretch]] = {}
    for (who, begin, end), after in zip(ordered, following, strict=True):
        spoken.setdefault(who, []).append((begin, end if end is not None else min(after, begin + longest_ms)))
    return {who: united(stretches, pause_ms) for who, stretches in spoken.items()}
