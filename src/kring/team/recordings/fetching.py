"""Recordings that lie on the server, brought beside the session file; half files are gone on with."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator
from functools import partial
from itertools import takewhile
from pathlib import Path, PurePosixPath

from kring.domain.rows import SegmentRow
from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence
from kring.record.folder import KINDS, find, segments_of
from kring.system import durable
from kring.team.names import Place
from kring.team.recordings.pieces import AT_ONCE, PIECE_BYTES, Label, Shelf, several
from kring.team.recordings.tasks import Progress

HALF = ".part"


def missing_of(state: State, file: Path) -> dict[str, SegmentRow]:
    """Return the recordings of a session that do not lie beside its file."""
    return {row.id: row for row in segments_of(state) if find(file, row) is None}


async def fetched(shelf: Shelf, missing: dict[str, SegmentRow], file: Path) -> AsyncIterator[Progress]:
    """Fetch recordings as far as they lie on the server by now; tells how far it is.

    Raises NoPlace and what a connection does, and KringError where the disk here takes no more.
    """
    there = await shelf.there()
    labels = [(place, await shelf.label(place)) for place in sorted(there) if place.number == 0]
    wanted = {label.segment: (place, label) for place, label in labels if label is not None}
    coming = [(row, *wanted[name]) for name, row in missing.items() if name in wanted]
    done, whole = 0, sum(label.bytes for _, _, label in coming)
    for segment, first, label in coming:
        half = _half(file, segment, label)
        if half is None:
            continue
        at = _begun(half)
        done += at * PIECE_BYTES
        yield Progress(done, whole)
        while parts := _next(first, label, at, there):
            content = b"".join(await several(partial(shelf.get, part) for part in parts))
            _add(half, content)
            at += len(parts)
            done += len(content)
            yield Progress(done, whole)
        if at == label.pieces:
            _name(half, label, file, segment)


def _next(first: Place, label: Label, at: int, there: set[Place]) -> list[Place]:
    """Return the next pieces behind so many, as far as they are there one behind the other."""
    numbers = range(at + 1, min(at + AT_ONCE, label.pieces) + 1)
    return list(takewhile(there.__contains__, (first._replace(number=number) for number in numbers)))


def _half(file: Path, segment: SegmentRow, label: Label) -> Path | None:
    """Return where the pieces of a recording are put together; None where a label asks for what is no sound."""
    told = PurePosixPath(segment.file.replace("\\", "/"))
    if label.ending not in (*KINDS, told.suffix):
        return None
    folder = file.resolve().parent / told.parent.name.replace("..", "")
    return folder / f".{told.stem}{label.ending}.{label.key[:16]}{HALF}"


def _begun(half: Path) -> int:
    """Return how many pieces a half file holds whole, and cut off what is not."""
    try:
        size = half.stat().st_size
        if size % PIECE_BYTES:
            os.truncate(half, size - size % PIECE_BYTES)
    except FileNotFoundError:
        return 0
    return size // PIECE_BYTES


def _add(half: Path, content: bytes) -> None:
    try:
        half.parent.mkdir(exist_ok=True)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_APPEND | durable.BINARY | durable.NO_LINK, 0o600)
        try:
            durable.write_all(descriptor, content)
        finally:
            os.close(descriptor)
    except OSError as problem:
        raise _not_written(half, problem) from problem


def _name(half: Path, label: Label, file: Path, segment: SegmentRow) -> None:
    """Give a whole file its name, once it is what was sent and on the disk."""
    with half.open("rb") as sound:
        is_whole = hashlib.file_digest(sound, "sha256").hexdigest() == label.sha256
    if not is_whole:
        half.unlink()
        raise KringError("{file} did not come over as it was sent; fetch it once more.", file=_plain_name(half))
    whole = half.with_name(_plain_name(half))
    if find(file, segment) is not None or whole.exists():
        half.unlink()  # somebody put it there meanwhile
        return
    try:
        descriptor = os.open(half, os.O_RDWR | durable.BINARY)
        try:
            durable.sync(descriptor)
        finally:
            os.close(descriptor)
        half.rename(whole)
    except OSError as problem:
        raise _not_written(half, problem) from problem


def _plain_name(half: Path) -> str:
    return half.name.removeprefix(".").removesuffix(HALF).rpartition(".")[0]


def _not_written(half: Path, problem: OSError) -> KringError:
    if durable.is_full(problem):
        return KringError(
            "The disk is full: {file} is here in part. Make room and fetch it once more; it goes on where it was.",
            file=_plain_name(half),
        )
    return KringError("{file} cannot be made: {reason}.", file=_plain_name(half),
                      reason=Sentence(N_("the disk does not answer")))  # fmt: skip
