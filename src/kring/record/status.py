"""How the recording stands this moment: one record of a fixed size, written in place ten times a second."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Literal, get_args

import msgspec

from kring.system import durable

FILE = "status"
SIZE = 1024
_CRC_DIGITS = 8
_TRIES = 3

WarningName = Literal[
    "nothing arrives",
    "digital zero",
    "silence",
    "clipping",
    "dead channel",
    "device changed",
    "device gone",
    "disk almost full",
    "disk full",
    "soft",
    "narrow",
]
WARNINGS: tuple[WarningName, ...] = get_args(WarningName)


class Status(msgspec.Struct, frozen=True):
    """The meter, the warnings and how far the recording is; levels in dB below full scale, one a channel.

    `elapsed_ns` tells when it was written, and `free_s` for how long the disk has room.
    """

    recording: str
    segment: int
    frames: int
    rate: int
    channels: int
    elapsed_ns: int
    level_db: tuple[float, ...]
    peak_db: tuple[float, ...]
    speaking: bool
    warnings: tuple[str, ...]
    free_s: int
    device: str


_decoder = msgspec.json.Decoder(Status)


class StatusFile:
    """The record as its one writer sees it."""

    def __init__(self, folder: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | durable.BINARY | durable.NO_LINK
        self._descriptor = os.open(folder / FILE, flags, 0o600)

    def write(self, status: Status) -> None:
        """Put `status` in the place of the last one; a disk that can't take it is no reason to stop recording."""
        with suppress(OSError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, _record(status))

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


def _record(status: Status) -> bytes:
    room = SIZE - _CRC_DIGITS
    text = msgspec.json.encode(status)
    if len(text) > room:  # only the name of a device has no bound
        text = msgspec.json.encode(msgspec.structs.replace(status, device=status.device[:40]))
    body = text.ljust(room)
    return body + _crc(body)


def _crc(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


def read(folder: Path) -> Status | None:
    """Return the last record in `folder`, or None where there is none that is whole."""
    if not durable.is_ordinary(folder / FILE):
        return None
    for _ in range(_TRIES):  # the writer may be at it
        try:
            record = (folder / FILE).read_bytes()
        except OSError:
            return None
        body, crc = record[:-_CRC_DIGITS], record[-_CRC_DIGITS:]
        if len(record) == SIZE and _crc(body) == crc:
            return _told(body)
    return None


def _told(body: bytes) -> Status | None:
    try:
        return _decoder.decode(body)
    except msgspec.DecodeError:  # another kring wrote it
        return None
