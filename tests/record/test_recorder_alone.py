"""The recorder with a microphone that the test speaks into: what no sound server can play."""

import errno
import os
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kring.audio import wav
from kring.record import log, reconnect, recorder
from kring.record.log import Closed, Ended, Opened, Voice
from kring.record.microphone import Microphone
from kring.record.recorder import Recorder
from kring.record.segments import Block, Source
from kring.speech import vad
from kring.system.clock import SystemClock
from record.sounding import noise

SOURCE = Source("mic", 8000, 1)
TENTH = noise(0.1, 8000).tobytes()


class Clock(SystemClock):
    """The clock of a computer that can be made to sleep."""

    slept_ns = 0

    def elapsed_ns(self) -> int:
        return super().elapsed_ns() + Clock.slept_ns


class Stream:
    active = True

    def abort(self, **_):
        self.active = False

    def close(self, **_):
        self.active = False


class NoServer:
    place = source = None

    def release(self):
        pass


def microphone() -> Microphone:
    return Microphone(Stream(), "mic, here", SOURCE, queue.SimpleQueue())


class Studio:
    """Speaks into whatever microphone is open, at its pace."""

    def __init__(self, folder):
        options = recorder._options([str(folder), "--recording", "R1", "--reserve", "0"])
        self.folder = folder
        self.recorder = Recorder(options, microphone(), SOURCE)
        self.clock = Clock()
        self._thread = threading.Thread(target=self.recorder.run)
        self._thread.start()

    def speak(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            time.sleep(0.1)
            if open_one := self.recorder.returning.microphone:
                open_one.blocks.put(Block(TENTH, self.clock.elapsed_ns(), self.clock.wall_ms()))

    def stop(self) -> None:
        self.recorder.stop()
        self._thread.join(5)
        assert not self._thread.is_alive()

    def entries(self, kind):
        return [entry for entry in log.read(self.folder)[0] if isinstance(entry, kind)]


@pytest.fixture
def studio(tmp_path, monkeypatch) -> Iterator[Studio]:
    class Opening:
        def __init__(self, device, *_):
            self.device, self.found = device, microphone()

    monkeypatch.setattr(recorder, "SystemClock", Clock)
    monkeypatch.setattr(recorder, "SoundServer", NoServer)
    monkeypatch.setattr(reconnect, "Opening", Opening)
    monkeypatch.setattr(Clock, "slept_ns", 0)
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "a.audio"
    folder.mkdir()
    studio = Studio(folder)
    yield studio
    studio.stop()


def test_a_computer_that_slept_goes_on_in_another_file_at_the_right_time(studio, monkeypatch):
    studio.speak(1)
    hour_ns = 3600 * 10**9
    monkeypatch.setattr(Clock, "slept_ns", hour_ns)
    studio.speak(1.5)
    studio.stop()
    first, *_, last = studio.entries(Opened)
    assert last.segment > first.segment
    assert hour_ns < last.elapsed_ns - first.elapsed_ns < hour_ns + 3 * 10**9
    closed = studio.entries(Closed)
    assert [one.segment for one in closed] == [one.segment for one in studio.entries(Opened)]
    assert sum(one.frames for one in closed) >= 8000 * 2
    assert studio.entries(Ended) == [Ended("R1", "stopped")]


def test_a_voice_detector_that_breaks_ends_nothing(studio, monkeypatch):
    def broken(*_):
        raise RuntimeError("not ours")

    studio.speak(0.5)
    monkeypatch.setattr(studio.recorder._listener, "add", broken)
    studio.speak(2)
    studio.stop()
    assert isinstance(studio.recorder._vad, vad.EnergyVad)
    assert studio.entries(Ended) == [Ended("R1", "stopped")]
    frames = wav.read_header(studio.folder / "0001.wav").frames
    assert 8000 * 2 < frames <= 8000 * 25 // 10  # on a slow computer the stop comes before the last of it
    assert all(one.segment == 1 for one in studio.entries(Voice))


def test_a_status_that_cannot_be_written_ends_nothing(studio, monkeypatch):
    studio.speak(0.3)
    with Path(os.devnull).open("rb") as nothing:  # which takes none
        monkeypatch.setattr(studio.recorder._status, "_descriptor", nothing.fileno())
        studio.speak(0.5)
        studio.stop()
    assert studio.entries(Ended) == [Ended("R1", "stopped")]


def test_a_disk_that_goes_away_is_a_failure_of_which_all_before_is_kept(studio, monkeypatch):
    studio.speak(0.5)

    def gone(_sound):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(studio.recorder._segments._wav, "write", gone)
    studio.speak(0.3)
    studio._thread.join(2)
    assert studio.entries(Ended) == [Ended("R1", "failed")]
    (closed,) = studio.entries(Closed)
    assert (closed.why, wav.read_header(studio.folder / "0001.wav").frames) == ("failed", closed.frames)
    assert closed.frames >= 8000 * 4 // 10
