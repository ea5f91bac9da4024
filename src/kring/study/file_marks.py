"""What changes of a session file when somebody worked in it: told by the disk, without opening the file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kring.domain.text import KringError
from kring.system.clock import SystemClock

SETTLED_MS = 2_000
"""A file that changed a moment ago may change again within the same tick of its disk's clock."""
_LOGS = ("-wal", "-journal")  # what is written shows there first, and later in the file


def names_in(folder: Path) -> set[str]:
    """Return the names of the files in a folder; none of one that can't be read."""
    try:
        return names_listed(folder)
    except KringError:
        return set()


def names_listed(folder: Path) -> set[str]:
    """Return the names of the files in a folder; raises KringError where it can't be read, as when a disk went."""
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - most are no session files
    except OSError as problem:
        raise KringError("The folder {folder} cannot be read: {reason}.", folder=str(folder),
                         reason=problem.strerror or "") from problem  # fmt: skip


def marks(paths: Iterable[Path], names: set[str]) -> dict[str, str]:
    """Return the marks of files of which SQLite holds nothing elsewhere, and that did not change just now."""
    settled_ns = (SystemClock().wall_ms() - SETTLED_MS) * 1_000_000
    found: dict[str, str] = {}
    for path in paths:
        logs = (path.with_name(path.name + ending) for ending in _LOGS if path.name + ending in names)
        told = "" if any(_size(log) for log in logs) else mark(path, settled_ns)
        if told:
            found[path.name] = told
    return found


def mark(path: Path, settled_ns: int = 2**63) -> str:
    """Return what changes when a file does; nothing where the disk does not tell, or it changed after a moment."""
    try:
        found = path.stat()
    except OSError:
        return ""
    if not found.st_ino or found.st_mtime_ns > settled_ns:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
