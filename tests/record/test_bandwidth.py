"""A telephone's microphone is told from one that hears all of a voice, at any rate and in blocks of any size."""

from __future__ import annotations

import math
import random
from array import array

import pytest

from kring.record.bandwidth import Bandwidth


def voice(rate: int, highest_hz: int, seconds: float = 5.0, amplitude: int = 6000) -> array[int]:
    """Noise like that of speech, softer the higher, up to some frequency."""
    chance = random.Random(7)
    tones = [(hertz, chance.random() * 7, 500 / hertz) for hertz in range(310, min(highest_hz, rate // 2 - 200), 170)]
    loudest = sum(weight for _hertz, _phase, weight in tones)
    return array(
        "h",
        (
            round(
                amplitude / loudest * sum(w * math.sin(2 * math.pi * hz * n / rate + ph) for hz, ph, w in tones)
                + chance.gauss(0, 1)
            )
            for n in range(int(rate * seconds))
        ),
    )


def heard(rate: int, samples: array[int], block_s: float) -> Bandwidth:
    bandwidth, block = Bandwidth(rate), int(rate * block_s)
    for begin in range(0, len(samples), block):
        bandwidth.add(samples[begin : begin + block])
    return bandwidth


@pytest.mark.parametrize("block_s", [0.01, 0.1])
@pytest.mark.parametrize(("rate", "highest_hz", "narrow"), [(16_000, 3400, True), (16_000, 7800, False)])
def test_speech_that_ends_where_a_telephone_ends_is_narrow(rate, highest_hz, narrow, block_s):
    assert heard(rate, voice(rate, highest_hz), block_s).is_narrow is narrow


def test_a_rate_that_has_nothing_higher_is_narrow():
    assert heard(8000, voice(8000, 3400), 0.1).is_narrow


def test_little_or_soft_speech_tells_nothing():
    rate = 16_000
    assert not heard(rate, voice(rate, 3400, seconds=2), 0.1).is_narrow
    assert not heard(rate, voice(rate, 3400, amplitude=200), 0.1).is_narrow


def test_another_microphone_is_heard_for_what_it_is():
    rate = 16_000
    bandwidth = heard(rate, voice(rate, 3400), 0.1)
    wide = voice(rate, 7800)
    for begin in range(0, len(wide), 1600):
        bandwidth.add(wide[begin : begin + 1600])
    assert not bandwidth.is_narrow
