"""What a face sees of a recorder, and what becomes of one that was killed; the recorder here is a fake."""

import errno
import os
import stat
import sys

import pytest

from kring.audio import wav
from kring.domain.text import KringError
from kring.record import client, log, recorder
from kring.record.log import Closed, Ended, Opened
from kring.system import file_lock
from record.fake_recorder import FakeRecorder


def test_a_recorder_is_seen_while_it_lives(tmp_path, clock):
    folder = client.folder_of(tmp_path / "group 1.db")
    assert folder == tmp_path / "group 1.audio"
    assert not client.is_running(folder)
    assert client.read_status(folder) is None
    fake = FakeRecorder(folder, clock)
    fake.hear(1000)
    assert client.is_running(folder)
    assert client.read_status(folder).frames == 8000
    assert client.repair(folder) == []
    fake.stop()
    assert not client.is_running(folder)
    assert log.read(folder)[0][-1] == Ended("R1", "stopped")


def test_what_a_killed_recorder_left_is_made_whole_once(tmp_path, clock):
    fake = FakeRecorder(tmp_path, clock)
    fake.hear(2000)
    fake.lose(1000)
    fake.hear(3000)
    fake.kill()
    assert wav.read_header(tmp_path / "0002.wav").frames == 0
    assert client.repair(tmp_path) == [Closed(2, 24000, "killed")]
    assert wav.read_header(tmp_path / "0002.wav").frames == 24000
    assert client.repair(tmp_path) == []
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
        assert client.repair(tmp_path) == [Closed(fake._segments.number, 0, "killed")]


def test_stop_where_nobody_records_does_nothing(tmp_path):
    client.stop(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_the_folder_of_the_sound_is_its_owner_s_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "_spawn", lambda *_: None)
    monkeypatch.setattr(client, "_wait_for_sound", lambda *_: None)
    monkeypatch.setattr(client, "_started", [])
    client.start(tmp_path / "group 1.audio", "R1")
    assert stat.S_IMODE((tmp_path / "group 1.audio").stat().st_mode) == 0o700


def test_who_starts_second_takes_neither_status_nor_lock_from_the_first(tmp_path, clock, monkeypatch):
    living: list[FakeRecorder] = []

    def first_is_faster(*_):
        if not living:
            living.append(FakeRecorder(tmp_path, clock))
            living[0].hear(500)
        raise OSError("what becomes of the second is of no matter here")

    monkeypatch.setattr(client, "_spawn", first_is_faster)
    with pytest.raises(KringError):
        client.start(tmp_path, "R2")
    living[0].hear(500)
    assert client.read_status(tmp_path).frames == 8000
    assert client.is_running(tmp_path)
    living[0].stop()


def test_the_status_of_the_recorder_before_is_no_first_sound(tmp_path, clock, monkeypatch):
    fake = FakeRecorder(tmp_path, clock)
    fake.hear(500)
    fake.stop()

    class Dead:
        def poll(self):
            return 6

    monkeypatch.setattr(client, "_spawn", lambda *_: Dead())
    monkeypatch.setattr(client, "_started", [])
    with pytest.raises(KringError, match="cannot be opened"):
        client.start(tmp_path, "R1")


@pytest.mark.skipif(sys.platform == "win32", reason="it has locks everywhere")
def test_a_folder_without_locks_is_told_and_nobody_lives_there(tmp_path, monkeypatch):
    import fcntl

    def none(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    (tmp_path / file_lock.FILE).touch()
    monkeypatch.setattr(fcntl, "flock", none)
    monkeypatch.setattr(recorder, "_be_silent", lambda: None)
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    assert not client.is_running(tmp_path)
    client.stop(tmp_path)
    assert recorder.main([str(tmp_path), "--recording", "R1"]) == recorder.Failure.CANNOT_WRITE


def test_a_repair_waits_for_who_only_looks(tmp_path, clock, monkeypatch):
    fake = FakeRecorder(tmp_path, clock)
    fake.hear(500)
    fake.kill()
    looking = file_lock.Lock(tmp_path)
    assert looking.take()
    monkeypatch.setattr(file_lock.time, "sleep", lambda _s: looking.free())
    assert client.repair(tmp_path) == [Closed(1, 4000, "killed")]
