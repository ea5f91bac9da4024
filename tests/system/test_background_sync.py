"""A sync goes on beside the work, and what it met is not forgotten."""

import errno
import os
import threading

import pytest

from kring.record.log import Log, Opened
from kring.record.segments import Block, Segments, Source
from kring.system import durable
from kring.system.background_sync import BackgroundSync
from kring.system.durable import DiskFull
from record.pulse import until

SECOND = 10**9


def refusing(number):
    def refuse(_descriptor):
        raise OSError(number, os.strerror(number))

    return refuse


def test_while_a_slow_disk_takes_its_time_sound_is_written_all_the_same(tmp_path, monkeypatch):
    disk = threading.Event()
    segments = Segments(tmp_path, "R1", Log(tmp_path))
    segments.switch_source(Source("mic", 8000, 1), "start")
    segments.take(Block(b"\1\2" * 800, SECOND, 0))
    monkeypatch.setattr(durable, "sync", lambda _descriptor: disk.wait(5))
    try:
        segments.sync()
        segments.take(Block(b"\3\4" * 800, 2 * SECOND, 1000))
        segments.sync()
        assert (tmp_path / "0001.wav").stat().st_size == 44 + 2 * 1600
        assert sum(thread.daemon for thread in threading.enumerate() if "_sync" in thread.name) == 1
    finally:
        disk.set()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_says_only_at_the_sync_that_it_is_full_is_full(tmp_path, monkeypatch, number):
    with (tmp_path / "a").open("wb") as file:
        syncing = BackgroundSync()
        monkeypatch.setattr(os, "fsync", refusing(number))
        syncing.begin(file.fileno())
        assert syncing._thread is not None
        syncing._thread.join()
        with pytest.raises(DiskFull):
            syncing.begin(file.fileno())


@pytest.mark.skipif(os.name != "posix", reason="no folder is synced there")
def test_a_disk_on_the_network_that_syncs_no_folder_is_good_enough(tmp_path, monkeypatch):
    log = Log(tmp_path)
    log.append(Opened("R1", 1, "0001.wav", 8000, 1, "mic", 1, 1, "start"))
    monkeypatch.setattr(os, "fsync", refusing(errno.EINVAL))
    durable.sync_folder(tmp_path)
    log.sync()
    monkeypatch.setattr(os, "fsync", refusing(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        durable.sync_folder(tmp_path)


def test_the_descriptors_of_a_sync_are_its_own(tmp_path, monkeypatch):
    synced: list[int] = []
    go = threading.Event()

    def slowly(descriptor):
        go.wait(5)
        os.fstat(descriptor)
        synced.append(descriptor)

    monkeypatch.setattr(durable, "sync", slowly)
    with (tmp_path / "a").open("wb") as file:
        BackgroundSync().begin(file.fileno())
    go.set()
    until(lambda: synced)
