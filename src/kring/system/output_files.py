"""Writing what is exported: all of it or nothing, and the same bytes for the same session."""

from __future__ import annotations

import errno
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kring.domain.text import KringError
from kring.system import written_files
from kring.system.durable import give_name, sync_folder

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""

ABANDONED_AFTER_S = 3600
_SQLITE = b"SQLite format 3\x00"
_SOUND = (b"RIFF", b"fLaC")
_ZIP_BEGINS = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip knows
_PIECE = 1 << 20


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write; only when all is on the disk it takes the place of what `path` was.

    Raises KringError with what stopped it; whatever happens, what was there before is there still. Without `force` only
    what kring wrote there, and nobody changed since, is replaced; a session file, a recording or no file never is.
    """
    _refuse_others(path, force)
    with _whole(path, _replace) as file:
        yield file
    written_files.remember(path)
    _clear_abandoned(path)


@contextmanager
def creating(path: Path) -> Iterator[BinaryIO]:
    """Give a new file to write, for its owner only; it gets its name when all of it is on the disk.

    Raises KringError with what stopped it; what has that name already stays as it is.
    """
    refuse_hyphen(path)
    try:
        with _whole(path, give_name) as file:
            yield file
    except FileExistsError:
        raise already_there(path) from None


def already_there(path: Path) -> KringError:
    """Return why a new file can't have a name."""
    return KringError("{file} is already there and stays as it is; choose another name.", file=path.name)


@contextmanager
def _whole(path: Path, name: Callable[[Path, Path], None]) -> Iterator[BinaryIO]:
    """Give a file to write beside `path`; `name` gives it that name when it's on the disk, and else nothing is left."""
    part = path.absolute().with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with _opened(part, path) as file:
            part.chmod(0o600)
            yield file
            file.flush()
            os.fsync(file.fileno())
        name(part, path)
    except FileExistsError:
        raise
    except OSError as problem:
        raise _not_written(problem, path) from problem
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _opened(part: Path, path: Path) -> BinaryIO:
    try:
        return part.open("xb")
    except ValueError:  # a name that no file can have
        raise KringError("{file} is no name for a file; choose another.", file=path.name) from None


def _replace(part: Path, path: Path) -> None:
    part.replace(path)
    sync_folder(path.parent)


def refuse_hyphen(path: Path) -> None:
    """Refuse the name by which other programs mean their output; raises KringError."""
    if path.name == "-":
        raise KringError("{file} is no name for a file; choose another.", file=path.name)


def _refuse_others(path: Path, force: bool) -> None:
    refuse_hyphen(path)
    if path.exists() and not path.is_file():
        raise KringError("{file} is no ordinary file; choose another name.", file=str(path))
    try:
        with path.open("rb") as file:
            begins = file.read(len(_SQLITE))
    except OSError:
        return
    if begins == _SQLITE:
        raise KringError("{file} is a session file and stays as it is; choose another name.", file=path.name)
    if begins.startswith(_SOUND) or path.parent.suffix == ".audio":
        raise KringError("{file} is a recording and stays as it is; choose another name.", file=path.name)
    if not force and not written_files.is_as_written(path):
        raise KringError(
            "{file} is there and is not what kring wrote last; choose another name, or replace it with --force.",
            file=path.name,
        )


def _not_written(problem: OSError, path: Path) -> KringError:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return KringError("The disk is full: {file} is not written.", file=path.name)
    if not path.parent.is_dir():
        return KringError("There is no folder {folder}; make it first.", folder=str(path.parent))
    return KringError("{file} cannot be written: {reason}.", file=path.name, reason=problem.strerror or "")


def _clear_abandoned(path: Path) -> None:
    """Take away what a killed export of the same name left; another that runs now is younger."""
    with suppress(OSError):
        written_at = path.stat().st_mtime
        for part in path.parent.iterdir():
            is_part = part.name.startswith(f".{path.name}.") and part.suffix == ".part"
            if is_part and written_at - part.stat().st_mtime > ABANDONED_AFTER_S:
                part.unlink()


class StableZip:
    """A zip that is the same for the same content: its own order, no dates, no computer's name."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> StableZip:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self._zip.close()
        else:
            self._zip.fp = None  # the file is thrown away; a zip that is still open complains of that in the end

    def add(self, name: str, content: bytes) -> None:
        """Add a file."""
        self._zip.writestr(_entry(name), content)

    def add_pieces(self, name: str, pieces: Iterator[bytes]) -> None:
        """Add a file that is too large for the memory; it is stored as it is."""
        entry = _entry(name)
        entry.compress_type = zipfile.ZIP_STORED
        with self._zip.open(entry, "w", force_zip64=True) as inside:
            for piece in pieces:
                inside.write(piece)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_BEGINS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # else it tells on which system it was made
    entry.external_attr = 0o600 << 16
    return entry


def restabled(content: bytes) -> bytes:
    """Return a zip that a library made (docx) without its dates."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as made, StableZip(out) as stable:
        for name in made.namelist():
            stable.add(name, made.read(name))
    return out.getvalue()


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
