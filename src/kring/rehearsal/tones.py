"""The sound of a rehearsal, made here: tones in the place of voices, another kind for each person.

Nobody speaks, so there is nothing to listen to but who has the floor; it is for trying what kring does with sound.
"""

from __future__ import annotations

import random
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kring.domain.rows import TurnRow

RATE = 8_000
Samples = NDArray[np.int16]

_LOUD = 2_000
_LOWEST_HZ, _STEP = 88.0, 1.13
_VOICES = 9
_PHRASE_S = 8
_VOWELS = ((1.0, 0.9, 0.3), (1.0, 0.4, 0.7), (1.0, 0.2, 0.4))
"""How loud each harmonic is: a colour that changes from syllable to syllable, as that of speech does."""


@lru_cache(maxsize=64)
def voice(who: str) -> Samples:
    """Return a phrase in the voice of a person, to be said over and over; the same name has the same voice."""
    chance = random.Random(f"voice {who}")
    digits = "".join(mark for mark in who if mark.isdigit())
    number = int(digits) if digits else sum(who.encode())
    pitch, tilt = _LOWEST_HZ * _STEP ** (number % _VOICES), 0.6 + 0.1 * (number * 4 % _VOICES)
    syllables: list[NDArray[np.float64]] = []
    left = _PHRASE_S * RATE
    while left > 0:
        count = min(left, round(chance.uniform(0.14, 0.3) * RATE))
        syllables.append(_syllable(chance, pitch * chance.uniform(0.97, 1.03), tilt, count))
        left -= count
    return np.concatenate(syllables).astype(np.int16)


def _syllable(chance: random.Random, pitch: float, tilt: float, count: int) -> NDArray[np.float64]:
    turn = 2 * np.pi * pitch / RATE * np.arange(count)
    colour = chance.choice(_VOWELS)
    weights = np.array([part * tilt**number for number, part in enumerate(colour)])
    harmonics = np.sin(np.outer(np.arange(1, len(colour) + 1), turn))
    loudness = _LOUD * np.sin(np.pi * np.arange(count) / count)
    tone: NDArray[np.float64] = loudness * (weights / weights.sum() @ harmonics)
    return tone


def spoken(turn: TurnRow | None, first: int, count: int) -> Samples:
    """Return `count` frames from frame `first` on, in which a turn goes on; silence where nobody speaks."""
    match turn:
        case None | TurnRow(kind="silence"):
            return np.zeros(count, np.int16)
        case TurnRow(kind="crosstalk"):
            return (_said("one", first, count) // 2) + (_said("another", first, count) // 2)
        case _:
            return _said(turn.participant or turn.kind, first, count)


def _said(who: str, first: int, count: int) -> Samples:
    phrase = voice(who)
    return phrase.take(np.arange(first, first + count), mode="wrap")
