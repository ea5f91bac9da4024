"""What a killed process leaves: everything that it asked of the disk, up to any byte of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest


class Asked(NamedTuple):
    """Bytes written into a file at a place, or, without any, its length set to the place."""

    file: str
    place: int
    content: bytes | None


@contextmanager
def watched(folder: Path) -> Iterator[list[Asked]]:
    """Notes what is asked of the files in a folder, in its order."""
    asked: list[Asked] = []
    write, truncate = os.write, os.ftruncate

    def name_of(descriptor: int) -> str | None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        return path.name if path.parent == folder.resolve() else None

    def noted_write(descriptor: int, content: bytes) -> int:
        if name := name_of(descriptor):
            at_end = name.endswith(".jsonl")
            place = os.fstat(descriptor).st_size if at_end else os.lseek(descriptor, 0, os.SEEK_CUR)
            asked.append(Asked(name, place, bytes(content)))
        return write(descriptor, content)

    def noted_truncate(descriptor: int, length: int) -> None:
        if name := name_of(descriptor):
            asked.append(Asked(name, length, None))
        truncate(descriptor, length)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", noted_write)
        patch.setattr(os, "ftruncate", noted_truncate)
        yield asked


def cuts(asked: list[Asked]) -> Iterator[list[Asked]]:
    """Every moment at which the process may have been killed: after each byte of short orders, some of long ones."""
    for number, one in enumerate(asked):
        yield asked[:number]
        if one.content is None:
            continue
        size = len(one.content)
        for length in range(1, size) if size < 50 else {1, 3, size // 2, size - 1}:
            yield [*asked[:number], one._replace(content=one.content[:length])]
    yield asked


def leave(asked: list[Asked], folder: Path) -> None:
    """Makes the files as they are after that."""
    folder.mkdir()
    files: dict[str, bytearray] = {}
    for one in asked:
        image = files.setdefault(one.file, bytearray())
        if one.content is None:
            del image[one.place :]
        else:
            image[one.place : one.place + len(one.content)] = one.content
    for name, image in files.items():
        (folder / name).write_bytes(image)
