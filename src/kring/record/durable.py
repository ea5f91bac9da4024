"""What the disk is asked: to take all of it, and to really have it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

BINARY: int = getattr(os, "O_BINARY", 0)
"""Without it Windows would write two characters for a line end."""


class DiskFull(OSError):
    """The disk took only the first `written` bytes."""

    def __init__(self, written: int) -> None:
        super().__init__(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.written = written


def write_all(descriptor: int, content: bytes) -> None:
    """Write all of `content` where the file stands; DiskFull says how much of it still went in."""
    written = 0
    while written < len(content):
        try:
            written += os.write(descriptor, memoryview(content)[written:])
        except OSError as problem:
            if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
                raise DiskFull(written) from problem
            raise


def sync(descriptor: int) -> None:
    """Return when the file is on the disk, so that a power cut leaves it."""
    system: str = sys.platform
    if system == "darwin":
        import fcntl

        full: int = getattr(fcntl, "F_FULLFSYNC", 51)  # there fsync stops at the disk's own memory
        try:
            fcntl.fcntl(descriptor, full)
        except OSError:  # a disk on the network can't
            os.fsync(descriptor)
    else:
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk; Windows has no such order."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
