"""The recorder with real sound: what is played in the room is on the disk, whatever is done to it."""

import os
import pty
import signal
import subprocess
import sys
import time
import wave

import numpy as np
import pytest

from kring.audio import devices, wav
from kring.domain.text import KringError
from kring.record import client, log, recorder
from kring.record.log import Anchor, Closed, Ended, Opened, Trouble, Voice
from record.processes import recorder_of
from record.pulse import Pulse, pulse, until
from record.sounding import noise, write_wav

__all__ = ["pulse"]  # a fixture

PLAYED_S = 40


@pytest.fixture(scope="session")
def conversation(tmp_path_factory):
    return write_wav(tmp_path_factory.mktemp("played") / "a.wav", noise(PLAYED_S, 48000), 48000)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "group.audio"
    yield place
    client.stop(place)


@pytest.fixture
def talking(pulse, conversation):
    """A room in which somebody talks all the time."""
    player = pulse.play(conversation)
    yield pulse
    player.kill()
    player.wait()


def sound_of(file):
    return np.frombuffer(file.read_bytes()[wav.HEADER_BYTES :], "<i2").astype(float)


def likeness(file, played):
    """How much of a recorded file is what was played, at the place where it fits best."""
    rate = wav.read_header(file).rate
    heard, whole = sound_of(file), sound_of(played)
    length = round(len(whole) * rate / 48000)
    whole = np.interp(np.arange(length) * 48000 / rate, np.arange(len(whole)), whole)
    size = 1 << (len(heard) + length).bit_length()
    fit = np.fft.irfft(np.fft.rfft(heard, size).conj() * np.fft.rfft(whole, size), size)
    place = int(np.argmax(fit))
    piece = whole[place : place + len(heard)]
    return float(np.corrcoef(heard[: len(piece)], piece)[0, 1])


def entries(folder, kind):
    return [entry for entry in log.read(folder)[0] if isinstance(entry, kind)]


def warned(folder, name, within=2.0):
    until(lambda: name in client.read_status(folder).warnings, within)


def calm(folder, within=3.0):
    until(lambda: not client.read_status(folder).warnings, within)


def test_what_is_played_is_recorded(talking, folder, conversation):
    client.start(folder, "R1")
    until(lambda: len(entries(folder, Anchor)) == 3)
    assert client.read_status(folder).warnings == ()
    assert client.read_status(folder).peak_db[0] > -30
    client.stop(folder)
    assert not client.is_running(folder)
    assert likeness(folder / "0001.wav", conversation) > 0.98
    assert entries(folder, Ended) == [Ended("R1", "stopped")]
    lasted_s = wav.read_header(folder / "0001.wav").frames / entries(folder, Opened)[0].rate
    assert -1 <= len(entries(folder, Anchor)) - lasted_s <= 3  # one a second
    assert not list(folder.glob("s[tp]*[!s]"))  # neither the request nor the spare room is left


@pytest.mark.slow
def test_the_lamp_is_on_while_somebody_speaks(pulse, folder, tmp_path):
    spoken = tmp_path / "spoken.wav"
    words = "When did you last visit the library, and what did you do there?"
    subprocess.run(["espeak-ng", "-s", "130", "-w", str(spoken), words], check=True)
    client.start(folder, "R1")
    assert not client.read_status(folder).speaking
    player = pulse.play(spoken)
    until(lambda: client.read_status(folder).speaking)
    player.wait()
    until(lambda: not client.read_status(folder).speaking)
    client.stop(folder)
    rate = entries(folder, Opened)[0].rate
    with wave.open(str(spoken)) as file:
        lasting = file.getnframes() / file.getframerate()
    heard = sum(one.to_frame - one.from_frame for one in entries(folder, Voice)) / rate
    assert heard == pytest.approx(lasting, rel=0.3)


@pytest.mark.slow
def test_the_device_of_a_name_and_a_channel_for_each_microphone(talking, folder):
    names = {device.name: device.id for device in devices.inputs()}
    client.start(folder, "R1", names["roomloop"], 2)
    status = client.read_status(folder)
    assert (status.channels, len(status.level_db)) == (2, 2)
    client.stop(folder)
    assert wav.read_header(folder / "0001.wav").channels == 2
    assert entries(folder, Opened)[0].device == "roomloop"


def test_a_second_recorder_and_a_device_that_is_not_there_are_refused(pulse, folder):
    with pytest.raises(KringError, match="not there"):
        client.start(folder, "R1", "no such microphone")
    client.start(folder, "R1")
    with pytest.raises(KringError, match="runs already"):
        client.start(folder, "R2")
    assert client.read_status(folder) is not None


def test_without_a_sound_server_one_sentence_says_so(pulse, folder):
    pulse.kill()
    with pytest.raises(KringError):
        client.start(folder, "R1")
    assert not client.is_running(folder)


def test_a_killed_recorder_loses_nothing_that_it_had(talking, folder, conversation):
    client.start(folder, "R1")
    until(lambda: client.read_status(folder).frames > entries(folder, Opened)[0].rate)
    had = client.read_status(folder).frames
    recorder_of(folder).kill()
    until(lambda: not client.is_running(folder))
    client.start(folder, "R1")
    (closed,) = entries(folder, Closed)
    assert closed.why == "killed"
    assert closed.frames >= had
    assert wav.read_header(folder / "0001.wav").frames == closed.frames
    assert likeness(folder / "0001.wav", conversation) > 0.98
    until(lambda: client.read_status(folder).segment == 2)


@pytest.mark.slow
def test_the_recorder_outlives_who_started_it(talking, folder):
    program = (
        "import sys, time, pathlib; from kring.record import client; "
        "client.start(pathlib.Path(sys.argv[1]), 'R1'); print('on', flush=True); time.sleep(60)"
    )
    face = subprocess.Popen([sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, process_group=0)
    assert face.stdout.readline() == b"on\n"
    os.killpg(face.pid, signal.SIGKILL)
    face.communicate()
    had = client.read_status(folder).frames
    until(lambda: client.read_status(folder).frames > had)
    assert client.is_running(folder)
    client.stop(folder)
    assert entries(folder, Ended) == [Ended("R1", "stopped")]


@pytest.mark.slow
def test_a_recorder_that_everybody_forgot_ends(talking, folder):
    folder.mkdir()
    program = [sys.executable, "-m", "kring.record.recorder", str(folder), "--recording", "R1", "--alone", "2"]
    process = subprocess.Popen(program)
    for _ in range(10):
        client.heartbeat(folder)
        time.sleep(0.5)
    assert process.poll() is None
    assert process.wait(8) == 0
    assert entries(folder, Ended) == [Ended("R1", "stopped")]
    assert not (folder / client.SEEN).exists()


@pytest.mark.slow
def test_a_muted_microphone_is_noticed_within_two_seconds(talking, folder):
    client.start(folder, "R1")
    talking.mute(True)
    warned(folder, "digital zero")
    talking.mute(False)
    calm(folder)
    assert [one.name for one in entries(folder, Trouble) if one.ended_ns] == ["digital zero"]
    assert len(entries(folder, Opened)) == 1


@pytest.mark.slow
def test_a_microphone_that_is_too_loud_is_noticed(talking, folder):
    client.start(folder, "R1")
    talking.say("set-source-volume", "mic", "900%")
    warned(folder, "clipping")
    talking.say("set-source-volume", "mic", "100%")
    calm(folder)


@pytest.mark.slow
def test_a_hanging_microphone_is_noticed_and_taken_up_again(talking, folder):
    client.start(folder, "R1")
    time.sleep(1.5)
    talking.suspend(True)
    warned(folder, "nothing arrives")
    time.sleep(1)
    talking.suspend(False)
    calm(folder)
    time.sleep(1.5)
    client.stop(folder)
    first, second = entries(folder, Opened)
    assert second.why in {"lost samples", "reopened"}
    lasted_ns = entries(folder, Closed)[0].frames * 10**9 // first.rate
    assert second.elapsed_ns - first.elapsed_ns - lasted_ns > 1.5e9


@pytest.mark.slow
def test_a_stream_that_is_moved_elsewhere_is_noticed(talking, folder):
    client.start(folder, "R1")
    time.sleep(0.5)
    talking.unload("mic")
    warned(folder, "device changed")


@pytest.mark.slow
def test_a_stream_returns_to_its_microphone_when_that_is_back(talking, folder, conversation):
    talking.say("load-module", "module-null-sink", "sink_name=other", "norewinds=1")
    talking.say("load-module", "module-remap-source", "source_name=second", "master=other.monitor")
    client.start(folder, "R1")
    until(lambda: client.read_status(folder).device != "default")  # the server was asked
    talking.unload("mic")
    warned(folder, "device changed")
    time.sleep(0.5)
    talking.say("load-module", "module-remap-source", "source_name=mic", "master=room.monitor")
    calm(folder)
    time.sleep(3)
    client.stop(folder)
    file = folder / entries(folder, Opened)[-1].file
    heard = sound_of(file)
    rate = wav.read_header(file).rate
    last = write_wav(folder / "last.wav", heard[-2 * rate :, None].astype("<i2"), rate)
    assert likeness(last, conversation) > 0.9  # two seconds, resampled twice


@pytest.mark.slow
def test_another_microphone_is_taken_rather_than_none_and_the_first_again_when_it_is_back(pulse, folder):
    names = {device.name: device.id for device in devices.inputs()}
    client.start(folder, "R1", names["roommic"])
    pulse.kill()
    pulse.start()
    pulse.unload("mic")
    until(lambda: client.read_status(folder).segment == 2, 15)
    warned(folder, "device changed")
    pulse.say("load-module", "module-remap-source", "source_name=mic", "master=room.monitor")
    until(lambda: client.read_status(folder).segment == 3, 25)
    until(lambda: "device changed" not in client.read_status(folder).warnings)
    client.stop(folder)
    assert [one.device for one in entries(folder, Opened)] == ["roommic", "default", "roommic"]
    assert [one.why for one in entries(folder, Closed)] == ["device gone", "device gone", "stopped"]


@pytest.mark.slow
def test_a_stream_that_a_person_moved_stays_there(talking, folder):
    client.start(folder, "R1")
    until(lambda: client.read_status(folder).device != "default")
    stream = talking.say("list", "short", "source-outputs").splitlines()[-1].split()[0]
    talking.say("move-source-output", stream, "headphones.monitor")
    warned(folder, "device changed")
    time.sleep(1)
    assert "device changed" in client.read_status(folder).warnings


@pytest.mark.slow
def test_a_sound_server_that_dies_and_comes_back(pulse, folder, conversation):
    player = pulse.play(conversation)
    client.start(folder, "R1")
    time.sleep(1)
    pulse.kill()
    player.wait()
    warned(folder, "device gone")
    time.sleep(1)
    pulse.start()
    player = pulse.play(conversation)
    until(lambda: client.read_status(folder).segment == 2, 8)
    until(lambda: client.read_status(folder).peak_db[0] > -30)
    time.sleep(1)
    client.stop(folder)
    player.kill()
    player.wait()
    assert [one.why for one in entries(folder, Opened)] == ["start", "reopened"]
    assert [one.why for one in entries(folder, Closed)] == ["device gone", "stopped"]
    assert likeness(folder / "0002.wav", conversation) > 0.98


@pytest.mark.slow
def test_nothing_is_ever_written_to_the_terminal(pulse, folder):
    """PortAudio prints its troubles; here it has some."""
    program = "import sys, pathlib; from kring.record import client; client.start(pathlib.Path(sys.argv[1]), 'R')"
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-c", program, str(folder)])
    assert os.waitpid(child, 0)[1] == 0
    pulse.kill()
    warned(folder, "device gone")
    client.stop(folder)
    with pytest.raises(OSError, match="Input/output"):  # the terminal is gone, and nothing was on it
        os.read(terminal, 1000)
    os.close(terminal)


@pytest.mark.slow
def test_a_full_disk_ends_the_recording_cleanly(talking, tmp_path):
    from proofs.small_disk import SmallDisk, why_no_small_disk

    if reason := why_no_small_disk():
        pytest.skip(reason)
    place = tmp_path / "disk"
    place.mkdir()
    with SmallDisk(place, kib=8 * 1024) as disk:
        program = [sys.executable, "-m", "kring.record.recorder", str(place), "--recording", "R1"]
        outside = disk.outside
        refused = subprocess.run(disk.inside(program), timeout=10, check=False)
        assert refused.returncode == recorder.Failure.NO_ROOM
        process = subprocess.Popen(disk.inside([*program, "--reserve", "0"]))
        until(lambda: (found := client.read_status(outside)) and found.frames > 40_000, 10)
        assert "disk almost full" in client.read_status(outside).warnings
        disk.fill()
        assert process.wait(10) == 0
        assert client.read_status(outside).warnings == ("disk almost full", "disk full")
        (closed,) = entries(outside, Closed)
        assert closed.why == "disk full"
        assert wav.read_header(outside / "0001.wav").frames == closed.frames >= 40_000
        assert entries(outside, Ended) == [Ended("R1", "disk full")]


@pytest.mark.slow
def test_a_driver_that_hangs_for_good_is_left_by_a_process_that_goes_on(talking, folder, conversation):
    client.start(folder, "R1")
    time.sleep(2)
    had = client.read_status(folder).frames
    first = recorder_of(folder).pid
    talking.freeze(True)
    try:
        warned(folder, "nothing arrives")
        until(lambda: recorder_of(folder).pid != first, 25)
        for _ in range(30):
            assert client.is_running(folder)  # nobody could take it for dead
            time.sleep(0.05)
        assert client.read_status(folder).warnings == ("device gone",)
    finally:
        talking.freeze(False)
    until(lambda: client.read_status(folder).segment == 2, 25)
    calm(folder)
    time.sleep(2)
    client.stop(folder)
    assert not client.is_running(folder)
    assert [one.why for one in entries(folder, Opened)] == ["start", "reopened"]
    first_closed, second_closed = entries(folder, Closed)
    assert first_closed.frames >= had
    assert (first_closed.why, second_closed.why) == ("device gone", "stopped")
    assert entries(folder, Ended) == [Ended("R1", "stopped")]
    assert likeness(folder / "0001.wav", conversation) > 0.98
    assert likeness(folder / "0002.wav", conversation) > 0.98


@pytest.mark.slow
def test_a_server_that_hangs_for_a_moment_is_waited_for(talking, folder):
    client.start(folder, "R1")
    time.sleep(1.5)
    first = recorder_of(folder).pid
    talking.freeze(True)
    warned(folder, "nothing arrives")
    talking.freeze(False)
    calm(folder, 5)
    assert recorder_of(folder).pid == first
    assert client.is_running(folder)


@pytest.mark.slow
def test_a_folder_that_can_only_be_read_is_told_in_one_sentence(talking, tmp_path):
    from proofs.small_disk import SmallDisk, why_no_small_disk

    if reason := why_no_small_disk():
        pytest.skip(reason)
    place = tmp_path / "disk"
    place.mkdir()
    start = "import sys, pathlib; from kring.record import client; client.start(pathlib.Path(sys.argv[1]), 'R')"
    with SmallDisk(place, kib=8 * 1024) as disk:
        (disk.outside / "a.audio").mkdir()
        subprocess.run(disk.inside(["mount", "-o", "remount,ro", str(place)]), check=True)
        for folder in ("a.audio", "new.audio"):
            program = disk.inside([sys.executable, "-c", start, str(place / folder)])
            said = subprocess.run(program, capture_output=True, text=True, timeout=10, check=False).stderr
            assert said.splitlines()[-1].endswith(
                "The recording cannot be written beside the session file: choose another folder."
            )


def test_pulse_is_a_server_of_its_own(pulse):
    assert isinstance(pulse, Pulse)
    assert "mic" in pulse.say("list", "short", "sources")
