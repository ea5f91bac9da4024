"""What the recorder knows, one JSON line each, appended to a file beside the sound."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath
from typing import Literal

import msgspec

from kring.system import durable

FILE = "log.jsonl"

OpenedWhy = Literal["start", "reopened", "lost samples", "file full"]
ClosedWhy = Literal["stopped", "lost samples", "file full", "device gone", "disk full", "killed", "failed"]
EndedWhy = Literal["stopped", "disk full", "failed"]


class Opened(msgspec.Struct, frozen=True, tag="opened", tag_field="kind"):
    """A segment began; the two times are those of its first frame."""

    recording: str
    segment: int
    file: str
    rate: int
    channels: int
    device: str
    elapsed_ns: int
    wall_ms: int
    why: OpenedWhy


class Anchor(msgspec.Struct, frozen=True, tag="anchor", tag_field="kind"):
    """So many frames had arrived at a moment: of the callbacks of one second the most punctual."""

    segment: int
    frames: int
    elapsed_ns: int
    wall_ms: int


class Voice(msgspec.Struct, frozen=True, tag="voice", tag_field="kind"):
    """A stretch in which somebody speaks; a long one comes in pieces that touch."""

    segment: int
    from_frame: int
    to_frame: int


class Trouble(msgspec.Struct, frozen=True, tag="trouble", tag_field="kind"):
    """A warning that came up, and a second time with `ended_ns` when it went."""

    segment: int
    name: str
    elapsed_ns: int
    ended_ns: int | None = None


class Closed(msgspec.Struct, frozen=True, tag="closed", tag_field="kind"):
    """A segment is complete."""

    segment: int
    frames: int
    why: ClosedWhy


class Ended(msgspec.Struct, frozen=True, tag="ended", tag_field="kind"):
    """The recorder left on purpose."""

    recording: str
    why: EndedWhy


Entry = Opened | Anchor | Voice | Trouble | Closed | Ended

_decoder: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


class Log:
    """The log as its one writer sees it."""

    def __init__(self, folder: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | durable.BINARY | durable.NO_LINK
        self._descriptor = os.open(folder / FILE, flags, 0o600)
        self._end_torn_line()

    def _end_torn_line(self) -> None:
        size = os.fstat(self._descriptor).st_size
        if size == 0:
            return
        os.lseek(self._descriptor, size - 1, os.SEEK_SET)
        if os.read(self._descriptor, 1) != b"\n":
            os.write(self._descriptor, b"\n")

    def append(self, entry: Entry) -> None:
        """Write one line; it outlives this process at once, and a power cut after `sync`."""
        try:
            durable.write_all(self._descriptor, msgspec.json.encode(entry) + b"\n")
        except durable.DiskFull as full:
            os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - full.written)
            raise

    def fileno(self) -> int:
        """Return the descriptor of the file."""
        return self._descriptor

    def sync(self) -> None:
        """Return when every line is on the disk."""
        durable.sync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)


def read(folder: Path, offset: int = 0) -> tuple[list[Entry], int]:
    """Return the entries from byte `offset` on, and the offset to go on from.

    A last line that is not whole yet waits; one that a power cut tore, that a newer kring wrote, or that names a file
    elsewhere, is passed over. A link or a pipe is no log.
    """
    if not durable.is_ordinary(folder / FILE):
        return [], offset
    try:
        with (folder / FILE).open("rb") as file:
            file.seek(offset)
            written = file.read()
    except FileNotFoundError:
        return [], offset
    whole = written.rfind(b"\n") + 1
    return [entry for line in written[:whole].splitlines() if (entry := _entry(line))], offset + whole


def _entry(line: bytes) -> Entry | None:
    try:
        entry = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    leads_away = isinstance(entry, Opened) and PureWindowsPath(entry.file).name != entry.file  # \\ and / on any system
    return None if leads_away else entry
