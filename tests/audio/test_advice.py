"""Each trouble has a sentence that says what to do, on each system."""

import pytest

from kring.audio import advice
from kring.audio.advice import Failure, explained

SYSTEMS = ("darwin", "win32", "linux", "sunos")


@pytest.mark.parametrize(
    ("system", "word"),
    [("darwin", "again"), ("win32", "again"), ("linux", "libportaudio2"), ("sunos", "PortAudio")],
)
def test_each_system_gets_its_way_to_portaudio(system, word):
    assert word in str(advice.portaudio_advice(system))


@pytest.mark.parametrize("told", [advice.device_advice, advice.zero_advice, advice.portaudio_advice])
def test_systems_that_differ_are_told_differently(told):
    assert len({str(told(system)) for system in SYSTEMS}) >= 2


def test_every_failure_has_a_sentence_of_its_own():
    told = {str(explained(failure)) for failure in Failure}
    assert len(told) == len(Failure)
    assert str(explained(1)) not in told
    assert "USB" in str(explained(Failure.NO_DEVICE, "USB"))
