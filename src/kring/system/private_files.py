"""Whose a file is, and who else on this computer may read it; where the disk knows no owners, nobody else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from kring.domain.text import KringError
from kring.system import durable

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


def make_folder(folder: Path) -> None:
    """Make a folder for its owner only, if it is not there; raises KringError where it can't be made."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise _not_made(folder, problem) from problem


def write(file: Path, content: bytes) -> None:
    """Write a file for its owner only, whole or not at all, over what was there; raises KringError."""
    fresh = file.with_name(f".{file.name}.{os.urandom(4).hex()}")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | durable.BINARY, 0o600)
        try:
            durable.write_all(descriptor, content)
            durable.sync(descriptor)
        finally:
            os.close(descriptor)
        fresh.replace(file)
    except OSError as problem:
        raise _not_made(file, problem) from problem
    finally:
        with suppress(OSError):  # on a disk that may not be written, not even what isn't there can be taken away
            fresh.unlink()


def _not_made(path: Path, problem: OSError) -> KringError:
    return KringError("{file} cannot be made: {reason}.", file=path.name, reason=problem.strerror or "")
