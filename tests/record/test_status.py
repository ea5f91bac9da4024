"""The status is whole or not there, and the lock tells who lives."""

import os
import subprocess
import sys

from kring.record import status
from kring.record.status import Status, StatusFile
from kring.system import file_lock
from kring.system.file_lock import Lock

ONE = Status("R1", 2, 300, 48000, 2, 5, (-20.5, -96.0), (-3.0, -96.0), True, ("clipping",), 7200, "mic")


def test_what_was_written_is_read(tmp_path):
    file = StatusFile(tmp_path)
    for frames in range(3):
        file.write(Status("R1", 2, frames, 48000, 1, 5, (-1.0,), (-1.0,), False, (), 1, "mic"))
    file.write(ONE)
    assert status.read(tmp_path) == ONE
    assert (tmp_path / status.FILE).stat().st_size == status.SIZE


def test_a_torn_record_is_none(tmp_path):
    assert status.read(tmp_path) is None
    StatusFile(tmp_path).write(ONE)
    whole = (tmp_path / status.FILE).read_bytes()
    for torn in (whole[:-1], whole[:100] + b"x" + whole[101:], b"", bytes(status.SIZE)):
        (tmp_path / status.FILE).write_bytes(torn)
        assert status.read(tmp_path) is None


def test_a_long_name_of_a_device_fits(tmp_path):
    long = Status("R1", 2, 3, 48000, 1, 5, (-1.0,), (-1.0,), False, status.WARNINGS, 1, "ë" * 2000)
    StatusFile(tmp_path).write(long)
    assert status.read(tmp_path).device == "ë" * 40


def test_the_lock_tells_who_lives(tmp_path):
    assert not file_lock.is_held(tmp_path)
    with Lock(tmp_path) as taken:
        assert taken
        assert file_lock.is_held(tmp_path)
        assert not Lock(tmp_path).take()
    assert not file_lock.is_held(tmp_path)


def test_a_killed_process_frees_its_lock(tmp_path):
    program = (
        "import sys, time, pathlib; from kring.system.file_lock import Lock; "
        "l = Lock(pathlib.Path(sys.argv[1])); print(l.take(), flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, env=os.environ)
    assert child.stdout.readline() == b"True\n"
    assert file_lock.is_held(tmp_path)
    child.kill()
    child.communicate()
    assert not file_lock.is_held(tmp_path)
