"""An export is all of it or nothing: whatever stops it, what was there before is there still."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import textwrap
import zipfile
from io import BytesIO

import pytest

from kring.domain.text import KringError
from kring.system.output_files import ABANDONED_AFTER_S, StableZip, replacing, restabled


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "out.csv.zip"
    path.write_bytes(b"old")
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def write_half(path, stop):
    with replacing(path, force=True) as file:
        file.write(b"ne")
        raise stop


def test_a_new_file_takes_the_place_of_the_old_one(old):
    with replacing(old, force=True) as file:
        file.write(b"new")
        assert old.read_bytes() == b"old"
    assert old.read_bytes() == b"new"
    assert names(old.parent) == [old.name]
    assert old.stat().st_mode & 0o077 == 0  # for its owner only


@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError, ValueError])
def test_what_stops_it_leaves_the_old_one(old, stop):
    with pytest.raises(stop):
        write_half(old, stop)
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


def test_a_full_disk_is_a_sentence(old):
    with pytest.raises(KringError, match=r"The disk is full: out\.csv\.zip is not written"):
        write_half(old, OSError(errno.ENOSPC, "No space left on device"))
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk here that is always full")  # noqa: PTH110
def test_a_disk_that_is_really_full_is_a_sentence(old, monkeypatch):
    real = os.fsync

    def full(descriptor):
        with open("/dev/full", "wb", buffering=0) as nowhere:  # noqa: PTH123
            nowhere.write(b"x")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KringError, match="The disk is full"), replacing(old, force=True) as file:
        file.write(b"new")
    assert old.read_bytes() == b"old"
    assert names(old.parent) == [old.name]


def test_a_folder_that_is_missing_is_a_sentence(tmp_path):
    with (
        pytest.raises(KringError, match=r"There is no folder .*nowhere; make it first"),
        replacing(tmp_path / "nowhere" / "out.txt"),
    ):
        pass


def test_a_folder_in_its_place_is_a_sentence(tmp_path):
    (tmp_path / "out.txt").mkdir()
    with pytest.raises(KringError, match=r"out.txt is no ordinary file"), replacing(tmp_path / "out.txt") as file:
        file.write(b"new")
    assert names(tmp_path) == ["out.txt"]


def test_a_session_file_is_never_replaced(tmp_path):
    path = tmp_path / "session.db"
    path.write_bytes(b"SQLite format 3\x00 and more")
    with pytest.raises(KringError, match=r"session\.db is a session file and stays as it is"), replacing(path):
        pass
    assert path.read_bytes() == b"SQLite format 3\x00 and more"


def test_a_kill_leaves_the_old_one_and_the_next_takes_away_what_it_left(old):
    program = f"""
    import os, signal
    from pathlib import Path
    from kring.system.output_files import replacing
    with replacing(Path({str(old)!r}), force=True) as file:
        file.write(b"half")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert old.read_bytes() == b"old"
    left = [path for path in old.parent.iterdir() if path != old]
    assert len(left) == 1
    with replacing(old, force=True) as file:
        file.write(b"newer")
    assert left[0].exists()  # it may be another that runs at this moment
    os.utime(left[0], times=(0, old.stat().st_mtime - ABANDONED_AFTER_S - 1))
    with replacing(old, force=True) as file:
        file.write(b"newest")
    assert names(old.parent) == [old.name]
    assert old.read_bytes() == b"newest"


def test_a_zip_tells_neither_when_nor_where_it_was_made():
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as usual:
        usual.writestr(zipfile.ZipInfo("b.txt", (2026, 1, 1, 1, 1, 2)), "b")
        usual.writestr("a.txt", "a")
    content = restabled(made.getvalue())
    with zipfile.ZipFile(BytesIO(content)) as stable:
        assert stable.testzip() is None
        assert {entry.date_time for entry in stable.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in stable.infolist()} == {3}
        assert [(name, stable.read(name)) for name in stable.namelist()] == [("b.txt", b"b"), ("a.txt", b"a")]


def test_a_zip_that_was_stopped_is_not_ended():
    out = BytesIO()
    bundle = StableZip(out)
    bundle.add("a.txt", b"a")
    bundle.__exit__(ValueError, ValueError("stop"), None)
    assert not zipfile.is_zipfile(out)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_what_is_no_file_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(KringError, match="is no ordinary file"), replacing(tmp_path / "pipe"):
        pass
    assert (tmp_path / "pipe").is_fifo()


@pytest.fixture
def state_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))


@pytest.mark.usefixtures("state_folder")
def test_what_kring_wrote_is_replaced_and_what_somebody_changed_since_is_not(tmp_path):
    out = tmp_path / "report.html"
    for text in (b"one", b"two"):
        with replacing(out) as file:
            file.write(text)
    out.write_bytes(b"two, with a remark of mine")
    with pytest.raises(KringError, match="--force"), replacing(out) as file:
        file.write(b"three")
    assert out.read_bytes() == b"two, with a remark of mine"
    with replacing(out, force=True) as file:
        file.write(b"three")
    assert out.read_bytes() == b"three"
    assert b"report" not in (tmp_path / "state" / "written.json").read_bytes()


@pytest.mark.usefixtures("state_folder")
@pytest.mark.parametrize("begins", [b"RIFF\x00\x00\x00\x00WAVE", b"fLaC\x00"])
def test_a_recording_is_never_replaced(tmp_path, begins):
    sound = tmp_path / "0002.wav"
    sound.write_bytes(begins)
    with pytest.raises(KringError, match="recording"), replacing(sound, force=True) as file:
        file.write(b"text")
    assert sound.read_bytes() == begins
