"""Whose a file is, and who else on this computer may read it; where the disk knows no owners, nobody else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def is_of_somebody_else(path: Path) -> bool:
    """Whether another user of this computer made a file."""
    if os.name != "posix":
        return False
    try:
        return path.stat().st_uid != os.geteuid()
    except OSError:
        return False


def is_open_to_others(path: Path) -> bool:
    """Whether others on this computer may read or write a file."""
    if os.name != "posix":
        return False
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False


def close_to_others(*paths: Path) -> None:
    """Let nobody but their owner read or write files; what is not there, or not ours, stays as it is."""
    if os.name != "posix":
        return
    for path in paths:
        with suppress(OSError):
            path.chmod(path.stat().st_mode & 0o700)
