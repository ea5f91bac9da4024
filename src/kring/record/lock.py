"""The locks of a sound folder: a living recorder holds one, and the system frees it however the recorder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from kring.record import durable

FILE = "recorder.lock"


class Lock:
    """A lock of a folder, the recorder's unless another is named; `take` says whether it is ours now."""

    def __init__(self, folder: Path, file: str = FILE) -> None:
        self._file = folder / file
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock unless another holds it."""
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | durable.BINARY, 0o600)
        if not _lock(descriptor):
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
    """Say whether a recorder lives in `folder`, or who else holds a lock of it."""
    try:
        descriptor = os.open(folder / file, os.O_RDWR | durable.BINARY)
    except OSError:
        return False
    try:
        # A shared lock: faces that look at the same moment don't take each other for a recorder.
        return not _lock(descriptor, shared=True)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, shared: bool = False) -> bool:
    try:
        if sys.platform == "win32":
            _lock_on_windows(descriptor)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _lock_on_windows(descriptor: int) -> None:
    import importlib

    msvcrt: Any = importlib.import_module("msvcrt")
    msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
