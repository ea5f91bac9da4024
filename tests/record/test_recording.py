"""What a face sees of a recorder, and what becomes of one that was killed; the recorder here is a fake."""

import os
import stat
import sys

import pytest

from kring.record import log, recording, wav
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
