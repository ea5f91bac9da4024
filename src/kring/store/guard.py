"""The files of an open session, watched: other programs move, delete, cut short and overwrite what they restore.

To close a file here would drop the locks that SQLite has on it, so one that is looked into stays open until the end.
"""

from __future__ import annotations

import os
from contextlib import suppress
from enum import IntEnum, auto
from pathlib import Path

from kring.system import durable

PLACE_OF_FORM = 18
HAS_LOG = b"\x02\x02"
"""What the header of a SQLite file says there while it is written through a log."""
SHARED = "-shm"
COMPANIONS = ("-wal", SHARED)
"""What SQLite has beside a file for as long as somebody has it open."""


class Condition(IntEnum):
    """What became of the files since they were looked at last, ever worse."""

    AS_LEFT = auto()
    TOUCHED = auto()
    """Something was written into the session file itself: by a checkpoint, or by another program."""
    SHORTER = auto()
    """A file lost its end: to a checkpoint, or to another program."""
    BROKEN = auto()
    """What SQLite has beside the file is not what it was: whoever opens the file now has other locks, another log."""
    MOVED = auto()
    """The file that was opened has this name no longer."""


class Guard:
    """Watches one session file, from the moment on at which it was opened and read."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._companions = [self._path + ending for ending in COMPANIONS]
        self._all = (self._path, *self._companions)
        self._beside: list[os.stat_result | None]
        self.accept()
        self._descriptor = os.open(path, os.O_RDONLY | durable.BINARY)

    @property
    def identity(self) -> tuple[int, int] | None:
        """Return which file is watched: its disk and its number there."""
        return _number(self._file)

    def has_all(self) -> bool:
        """Whether each file is there, the one it was, and no shorter: all that an act asks; False wants a `look`."""
        try:
            file, log, shared = map(os.stat, self._all)
        except OSError:
            return False
        left, (log_left, shared_left) = self._file, self._beside
        if left is None or log_left is None or shared_left is None:
            return False
        has_all = (
            file.st_ino == left.st_ino
            and log.st_ino == log_left.st_ino
            and shared.st_ino == shared_left.st_ino
            and file.st_dev == log.st_dev == shared.st_dev == left.st_dev
            and file.st_size >= left.st_size
            and log.st_size >= log_left.st_size
            and shared.st_size >= shared_left.st_size
        )
        if has_all:
            self._beside = [log, shared]
        return has_all

    def look(self) -> Condition:
        """Return what became of the files; a word of alarm stays until they are accepted as they are."""
        file, left = _found(self._path), self._file
        if file is None or left is None or file.st_ino != left.st_ino or file.st_dev != left.st_dev:
            return Condition.MOVED
        is_shorter = file.st_size < left.st_size
        for place, path in enumerate(self._companions):
            now, before = _found(path), self._beside[place]
            if before is None:
                self._beside[place] = now  # it comes with the first look into the file
            elif now is None or now.st_ino != before.st_ino or now.st_dev != before.st_dev:
                return Condition.BROKEN
            elif now.st_size < before.st_size:
                if path.endswith(SHARED):
                    _lengthen(path, before.st_size)
                is_shorter = True
            elif now.st_size > before.st_size:
                self._beside[place] = now
        if is_shorter:
            return Condition.SHORTER
        is_touched = file.st_mtime_ns != left.st_mtime_ns or file.st_size != left.st_size
        return Condition.TOUCHED if is_touched else Condition.AS_LEFT

    def is_as_left(self) -> bool:
        """Whether nothing became of the files."""
        return self.look() is Condition.AS_LEFT

    def accept(self) -> None:
        """Take the files as they are now for as they should be."""
        self._file = _found(self._path)
        self._beside = [_found(path) for path in self._companions]

    def has_log(self) -> bool:
        """Whether the file says of itself that what was done last stands in a log; else nobody would read it."""
        return _form(self._descriptor) == HAS_LOG

    def close(self) -> None:
        """Watch no longer; only when SQLite has closed the file."""
        os.close(self._descriptor)


def _lengthen(path: str, size: int) -> None:
    """Give shared memory that was cut off its size again: a look into what is missing would end the program.

    SQLite sees that nothing stands in it, and makes it anew of the log.
    """
    with suppress(OSError):
        os.truncate(path, size)


def has_log(path: Path) -> bool:
    """Whether a file that this process has not open says that what was done last stands in a log beside it.

    kring folds the log into the file when it closes it: such a file without its log was copied alone, or lost it.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | durable.BINARY)
    except OSError:
        return False
    try:
        return _form(descriptor) == HAS_LOG
    finally:
        os.close(descriptor)


def _form(descriptor: int) -> bytes:
    os.lseek(descriptor, PLACE_OF_FORM, os.SEEK_SET)
    return os.read(descriptor, len(HAS_LOG))


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file has a name now: its disk and its number there."""
    return _number(_found(str(path)))


def _found(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - half the time of Path.stat, at every act
    except OSError:
        return None


def _number(found: os.stat_result | None) -> tuple[int, int] | None:
    return None if found is None else (found.st_dev, found.st_ino)
