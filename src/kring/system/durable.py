"""What the disk is asked: to take all of it, and to really have it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

BINARY: int = getattr(os, "O_BINARY", 0)
"""Without it Windows would write two characters for a line end."""
NO_LINK: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""For a name that others may have given to a link, which is refused, or to a pipe, which must not be waited for."""


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
"""What a disk answers, mostly one on the network, that has no such order."""


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
            if is_full(problem):
                raise DiskFull(written) from problem
            raise


def is_full(problem: OSError) -> bool:
    """Whether that is what a disk without room answers."""
    return problem.errno in _FULL


def sync(descriptor: int) -> None:
    """Return when the file is on the disk, so that a power cut leaves it.

    A disk on the network may say only now that it has no room: raises DiskFull.
    """
    try:
        _sync(descriptor)
    except OSError as problem:
        if is_full(problem):
            raise DiskFull(0) from problem
        if problem.errno not in _CANNOT:
            raise


def _sync(descriptor: int) -> None:
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


def is_ordinary(path: Path) -> bool:
    """Whether a file is there that is no link, pipe, device or folder."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def sync_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk; Windows and some disks on the network have no such order."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as problem:
        if problem.errno not in _CANNOT:
            raise
    finally:
        os.close(descriptor)


def give_name(part: Path, path: Path) -> None:
    """Give a file that is whole and on the disk its own name, and let the disk know.

    Raises FileExistsError where something has that name, which stays as it is.
    """
    if os.name == "posix":
        _link(part, path)
    else:
        part.rename(path)  # which there replaces nothing
    sync_folder(path.parent)


def put(part: Path, path: Path) -> None:
    """Put a file that is whole in its place, over what was there, when it is on the disk, and let the disk know."""
    descriptor = os.open(part, os.O_RDWR | BINARY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)
    part.replace(path)
    sync_folder(path.parent)


def _link(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a stick has no links; a kill between these two leaves an empty file
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        part.replace(path)
    else:
        part.unlink()
