"""What a face sees of a recorder, and what becomes of one that was killed; the recorder here is a fake."""

import errno
import os
import stat
import sys

import pytest

from kring.domain.text import KringError
from kring.record import lock, log, recorder, recording, wav
from kring.record.log import Closed, Ended, Opened
from record.fake_recorder import FakeRecorder


def test_a_recorder_is_seen_while_it_lives(tmp_path, clock):
    folder = recording.folder_of(tmp_path / "group 1.db")
    assert folder == tmp_path / "group 1.audio"
    assert not recording.is_running(folder)
    assert recording.read_status(folder) is None
    fake = FakeRecorder(folder, clock)
    fake.hear(1000)
    assert recording.is_running(folder)
    assert recording.read_status(folder).frames == 8000
    assert recording.repair(folder) == []
    fake.stop()
    assert not recording.is_running(folder)
    assert log.read(folder)[0][-1] == Ended("R1", "stopped")


def test_what_a_killed_recorder_left_is_made_whole_once(tmp_path, clock):
    fake = FakeRecorder(tmp_path, clock)
    fake.hear(2000)
    fake.lose(1000)
    fake.hear(3000)
    fake.kill()
    assert wav.read_header(tmp_path / "0002.wav").frames == 0
    assert recording.repair(tmp_path) == [Closed(2, 24000, "killed")]
    assert wav.read_header(tmp_path / "0002.wav").frames == 24000
    assert recording.repair(tmp_path) == []
    again = FakeRecorder(tmp_path, clock)
    again.hear(500)
    again.stop()
    assert [one.segment for one in log.read(tmp_path)[0] if isinstance(one, Opened)] == [1, 2, 3]


def test_a_lost_or_empty_file_is_closed_without_frames(tmp_path, clock):
    for cut in (None, 0, 20):
        fake = FakeRecorder(tmp_path, clock)
        fake.hear(500)
        fake.kill()
        file = tmp_path / f"{fake._segments.number:04}.wav"
        if cut is None:
            file.unlink()
        else:
            os.truncate(file, cut)
        assert recording.repair(tmp_path) == [Closed(fake._segments.number, 0, "killed")]


def test_stop_where_nobody_records_does_nothing(tmp_path):
    recording.stop(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_the_folder_of_the_sound_is_its_owner_s_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(recording, "_spawn", lambda *_: None)
    monkeypatch.setattr(recording, "_wait_for_sound", lambda *_: None)
    monkeypatch.setattr(recording, "_started", [])
    recording.start(tmp_path / "group 1.audio", "R1")
    assert stat.S_IMODE((tmp_path / "group 1.audio").stat().st_mode) == 0o700


def test_who_starts_second_takes_neither_status_nor_lock_from_the_first(tmp_path, clock, monkeypatch):
    living: list[FakeRecorder] = []

    def first_is_faster(*_):
        if not living:
            living.append(FakeRecorder(tmp_path, clock))
            living[0].hear(500)
        raise OSError("what becomes of the second is of no matter here")

    monkeypatch.setattr(recording, "_spawn", first_is_faster)
    with pytest.raises(KringError):
        recording.start(tmp_path, "R2")
    living[0].hear(500)
    assert recording.read_status(tmp_path).frames == 8000
    assert recording.is_running(tmp_path)
    living[0].stop()


def test_the_status_of_the_recorder_before_is_no_first_sound(tmp_path, clock, monkeypatch):
    fake = FakeRecorder(tmp_path, clock)
    fake.hear(500)
    fake.stop()

    class Dead:
        def poll(self):
            return 6

    monkeypatch.setattr(recording, "_spawn", lambda *_: Dead())
    monkeypatch.setattr(recording, "_started", [])
    with pytest.raises(KringError, match="cannot be opened"):
        recording.start(tmp_path, "R1")


@pytest.mark.skipif(sys.platform == "win32", reason="it has locks everywhere")
def test_a_folder_without_locks_is_told_and_nobody_lives_there(tmp_path, monkeypatch):
    import fcntl

    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    (tmp_path / lock.FILE).touch()
    monkeypatch.setattr(fcntl, "flock", none)
    monkeypatch.setattr(recorder, "_be_silent", lambda: None)
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    assert not recording.is_running(tmp_path)
    recording.stop(tmp_path)
    assert recorder.main([str(tmp_path), "--recording", "R1"]) == recorder.Failure.CANNOT_WRITE


def test_a_repair_waits_for_who_only_looks(tmp_path, clock, monkeypatch):
    fake = FakeRecorder(tmp_path, clock)
    fake.hear(500)
    fake.kill()
    looking = lock.Lock(tmp_path)
    assert looking.take()
    monkeypatch.setattr(lock.time, "sleep", lambda _s: looking.free())
    assert recording.repair(tmp_path) == [Closed(1, 4000, "killed")]
