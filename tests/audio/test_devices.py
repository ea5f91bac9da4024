"""The microphones are listed by name, the choice is remembered, and the sound check hears and plays."""

import time

import pytest

from kring.audio import devices
from kring.audio.devices import Choice, Device, microphones
from kring.domain.text import KringError
from kring.record.sound_check import check
from record.pulse import pulse
from record.sounding import noise, write_wav

__all__ = ["pulse"]  # a fixture


@pytest.fixture(autouse=True)
def _own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))


def test_a_choice_is_remembered(tmp_path):
    assert devices.choice() == Choice()
    assert devices.keep(Choice("USB microphone, ALSA", 2))
    assert devices.choice() == Choice("USB microphone, ALSA", 2)


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"device": 5}', b"\xff"])
def test_a_broken_choice_is_none(tmp_path, broken):
    devices.keep(Choice("x"))
    (tmp_path / "state" / devices.CHOICE_FILE).write_bytes(broken)
    assert devices.choice() == Choice()


def test_a_choice_that_cannot_be_kept_is_never_in_the_way(tmp_path):
    (tmp_path / "state").write_text("a file")
    assert not devices.keep(Choice("x"))
    assert devices.choice() == Choice()


def test_the_microphones_are_listed_the_systems_own_first(pulse):
    found = devices.inputs()
    assert found[0].is_default
    assert {"roommic", "roomloop"} <= {device.name for device in found}
    assert all(device.id == f"{device.name}, {device.system}" for device in found)


def test_a_device_that_comes_later_is_found(pulse):
    pulse.kill()
    devices.inputs()
    pulse.start()
    assert devices.inputs()


def test_the_sound_check_hears_and_plays(pulse, tmp_path):
    player = pulse.play(write_wav(tmp_path / "a.wav", noise(10, 48000), 48000))
    steps = list(check(seconds=1.0))
    player.kill()
    player.wait()
    assert list(dict.fromkeys(step.doing for step in steps)) == ["recording", "playing", "done"]
    assert max(step.peak_db[0] for step in steps if step.peak_db) > -30
    assert steps[-1].warnings == ()


def test_the_sound_check_of_a_muted_microphone_says_so(pulse):
    pulse.mute(True)
    *_, last = check(seconds=2.0, play=False)
    assert last.warnings == ("digital zero",)


def test_the_sound_check_of_no_microphone_says_so(pulse):
    with pytest.raises(KringError, match="not there"):
        list(check("no such microphone"))


@pytest.mark.slow
def test_the_sound_check_of_a_driver_that_hangs_ends_with_a_sentence(pulse):
    pulse.freeze(True)
    try:
        began = time.monotonic()
        with pytest.raises(KringError, match="cannot be opened"):
            list(check(seconds=1.0))
        assert time.monotonic() - began < 10
    finally:
        pulse.freeze(False)


def device(name: str, system: str = "ALSA", channels: int = 2, *, is_default: bool = False) -> Device:
    return Device(f"{name}, {system}", name, system, channels, 48_000, is_default)


def test_each_microphone_is_offered_once_and_a_sound_system_is_none():
    usb = device("USB Audio: - (hw:1,0)", channels=1)
    found = [device("pulse", channels=32, is_default=True), device("default", channels=32), usb, device("sysdefault")]
    assert microphones(found) == [usb]
    wasapi = device("Microphone Array (Realtek High Definition Audio)", "Windows WASAPI")
    others = [
        device("Microphone Array (Realtek High ", "MME", is_default=False),
        device("Microphone Array (Realtek High Definition Audio)", "Windows DirectSound"),
        device("Microsoft Sound Mapper - Input", "MME"),
    ]
    assert microphones([*others, wasapi]) == [wasapi]
