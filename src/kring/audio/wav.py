"""A WAV file of 16-bit samples that can be made whole again, whatever happened to who wrote it."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import NamedTuple

from kring.domain.text import KringError
from kring.system import durable

HEADER_BYTES = 44
SAMPLE_BYTES = 2
LARGEST_BYTES = 0xFFFF_FFFF - HEADER_BYTES
"""How many bytes of sound fit: the header counts them in 32 bits."""

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_PCM = 1


class Format(NamedTuple):
    """What the header of a WAV file says: frames a second, channels, and how many frames there are."""

    rate: int
    channels: int
    frames: int


class WavWriter:
    """The one writer of a new WAV file: what `write` took survives this process, what `sync` covered a power cut."""

    def __init__(self, path: Path, rate: int, channels: int) -> None:
        self.frames = 0
        self._rate, self._channels = rate, channels
        self._frame_bytes = channels * SAMPLE_BYTES
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | durable.BINARY, 0o600)
        try:
            durable.write_all(self._descriptor, _header(rate, channels, 0))
            durable.sync(self._descriptor)
            durable.sync_folder(path.parent)
        except OSError:
            os.close(self._descriptor)
            path.unlink()
            raise

    def write(self, sound: bytes) -> None:
        """Append whole frames; at DiskFull those that still went in are counted, and no torn one is left."""
        try:
            durable.write_all(self._descriptor, sound)
        except durable.DiskFull as full:
            self.shorten(self.frames + full.written // self._frame_bytes)
            raise
        self.frames += len(sound) // self._frame_bytes

    def fileno(self) -> int:
        """Return the descriptor of the file."""
        return self._descriptor

    def count(self) -> None:
        """Let the header count the frames that were written."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        try:
            durable.write_all(self._descriptor, _header(self._rate, self._channels, self.frames))
        finally:  # whatever comes next is written behind the sound, never over it
            os.lseek(self._descriptor, 0, os.SEEK_END)

    def shorten(self, frames: int) -> None:
        """Take the last frames away again, until so many are left."""
        self.frames = frames
        end = HEADER_BYTES + frames * self._frame_bytes
        os.ftruncate(self._descriptor, end)
        os.lseek(self._descriptor, end, os.SEEK_SET)

    def sync(self) -> None:
        """Return when all frames, and a header that counts them, are on the disk."""
        self.count()
        durable.sync(self._descriptor)

    def close(self) -> None:
        """Sync a last time and let go of the file."""
        try:
            self.sync()
        finally:
            os.close(self._descriptor)


def _header(rate: int, channels: int, frames: int) -> bytes:
    frame_bytes = channels * SAMPLE_BYTES
    size = frames * frame_bytes
    return _HEADER.pack(
        b"RIFF", size + HEADER_BYTES - 8, b"WAVE",
        b"fmt ", 16, _PCM, channels, rate, rate * frame_bytes, frame_bytes, SAMPLE_BYTES * 8,
        b"data", size,
    )  # fmt: skip


def read_header(path: Path) -> Format:
    """Return what a file of ours says of itself; `frames` lags behind while it grows. Raises KringError."""
    with path.open("rb") as file:
        first = file.read(HEADER_BYTES)
    found = _HEADER.unpack(first) if len(first) == HEADER_BYTES else ()
    match found:
        case (b"RIFF", _, b"WAVE", b"fmt ", 16, 1, channels, rate, _, _, 16, b"data", size) if channels and rate:
            return Format(rate, channels, size // (channels * SAMPLE_BYTES))
    raise KringError("{file} is not a WAV file that kring recorded.", file=path.name)


def repair(path: Path) -> int:
    """Let the header count every whole frame in the file, drop a torn one, and return their number.

    A file that ends before its header does holds no sound, and is left as it is. Raises KringError for any other file.
    """
    if path.stat().st_size < HEADER_BYTES:
        return 0
    rate, channels, counted = read_header(path)
    frame_bytes = channels * SAMPLE_BYTES
    frames = min(path.stat().st_size - HEADER_BYTES, LARGEST_BYTES) // frame_bytes
    end = HEADER_BYTES + frames * frame_bytes
    if counted == frames and path.stat().st_size == end:
        return frames
    with path.open("r+b") as file:
        file.truncate(end)
        file.write(_header(rate, channels, frames))
        file.flush()
        durable.sync(file.fileno())
    return frames
