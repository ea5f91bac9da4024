"""The locks of a sound folder: a living recorder holds one, and the system frees it however the recorder dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path
from typing import Any

from kring.system import durable

FILE = "recorder.lock"

TRIES = 20
_BETWEEN_TRIES_S = 0.02
_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
"""What the systems say of a lock that another holds; anything else means that there can be none."""


class Lock:
    """A lock of a folder, the recorder's unless another is named; `take` says whether it is ours now."""

    def __init__(self, folder: Path, file: str = FILE) -> None:
        self._file = folder / file
        self._descriptor: int | None = None

    @classmethod
    def inherited(cls, folder: Path, descriptor: int) -> Lock:
        """Return the recorder's lock that another process took and handed on."""
        lock = cls(folder)
        lock._descriptor = descriptor
        return lock

    def fileno(self) -> int:
        """Return the descriptor of a lock that was taken."""
        assert self._descriptor is not None
        return self._descriptor

    def take(self, tries: int = 1) -> bool:
        """Take the lock unless another holds it; who only looks holds it for a moment, and with more tries is no other.

        Raises OSError where nothing can be locked, as on some disks on the network.
        """
        for left in reversed(range(tries)):
            if self._take():
                return True
            if left:
                time.sleep(_BETWEEN_TRIES_S)
        return False

    def _take(self) -> bool:
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | durable.BINARY | durable.NO_LINK, 0o600)
        try:
            taken = lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise
        if not taken:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def free(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> bool:
        return self.take()

    def __exit__(self, *_: object) -> None:
        self.free()


def is_held(folder: Path, file: str = FILE) -> bool:
    """Whether a recorder lives in `folder`, or who else holds a lock of it."""
    try:
        descriptor = os.open(folder / file, os.O_RDWR | durable.BINARY | durable.NO_LINK)
    except OSError:
        return False
    try:
        # A shared lock: faces that look at the same moment don't take each other for a recorder.
        return not lock(descriptor, shared=True)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def lock(descriptor: int, shared: bool = False) -> bool:
    """Lock an open file until it is closed, unless another holds it; raises OSError where nothing can be locked."""
    try:
        if sys.platform == "win32":
            _lock_on_windows(descriptor)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as problem:
        if problem.errno not in _HELD:
            raise
        return False
    return True


def _lock_on_windows(descriptor: int) -> None:
    import importlib

    msvcrt: Any = importlib.import_module("msvcrt")
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
