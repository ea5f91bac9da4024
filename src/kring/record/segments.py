"""The sound as it comes, written into segments, with the anchors that tell when each frame was heard."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path
from typing import NamedTuple

from kring.record import log
from kring.record.log import Anchor, Closed, ClosedWhy, Log, Opened, OpenedWhy
from kring.record.wav import LARGEST_BYTES, SAMPLE_BYTES, WavWriter

LOST_NS = 250_000_000
"""Frames that come so much later than those before them, for half a second, have others missing before them."""

_DOUBT_NS = 500_000_000
_SECOND_NS = 1_000_000_000
_REMEMBERED_S = 10
_NUMBERED = re.compile(r"(\d{4,})\.\w+")


class Block(NamedTuple):
    """Frames from the device, and when it handed them over."""

    sound: bytes
    elapsed_ns: int
    wall_ms: int


class Source(NamedTuple):
    """What the frames come from."""

    device: str
    rate: int
    channels: int


def highest_number(folder: Path) -> int:
    """Return the highest number that a segment of the folder ever had; 0 where there was none."""
    files = (int(name[1]) for file in folder.iterdir() if (name := _NUMBERED.fullmatch(file.name)))
    logged = (entry.segment for entry in log.read(folder)[0] if isinstance(entry, Opened))
    return max([0, *files, *logged])


class Segments:
    """The segments of one recording; each begins with the first sound after the one before was closed."""

    def __init__(self, folder: Path, recording: str, log: Log, largest_bytes: int = LARGEST_BYTES) -> None:
        self.number = highest_number(folder)
        self.closed_frames = 0
        """How many frames the segment had that was closed last."""
        self._folder, self._recording, self._log, self._largest = folder, recording, log, largest_bytes
        self._source = Source("", 0, 1)
        self._why: OpenedWhy = "start"
        self._wav: WavWriter | None = None
        self._best: Anchor | None = None
        self._second = _Second()
        self._held: list[Block] = []

    @property
    def frames(self) -> int:
        """How many frames the open segment has; 0 where none is open."""
        return self._wav.frames if self._wav else 0

    @property
    def is_open(self) -> bool:
        """Whether a segment is open."""
        return self._wav is not None

    def come_from(self, source: Source, why: OpenedWhy) -> None:
        """Say what the next segment will be recorded from, and why it is another one."""
        self._source, self._why = source, why

    def take(self, block: Block) -> None:
        """Write a block, in a new segment where frames before it are missing.

        A block that comes late waits for half a second: the ones after it tell whether frames were lost or only late.
        Raises DiskFull.
        """
        if self._wav is None:
            self._open(block, self._why)
        self._held.append(block)
        if not self._is_late(block):
            self._write_held()
        elif block.elapsed_ns - self._held[0].elapsed_ns >= _DOUBT_NS:
            self._begin_anew()

    def _is_late(self, block: Block) -> bool:
        usual = self._second.usual_ns
        frames = self.frames + sum(map(self._frames_in, self._held))
        return usual is not None and self._lateness(block, frames) > usual + LOST_NS

    def _begin_anew(self) -> None:
        held, self._held = self._held, []
        self.close("lost samples")
        self._open(held[0], "lost samples")
        self._held = held
        self._write_held()

    def _write_held(self) -> None:
        while self._held:
            self._write(self._held.pop(0))

    def _write(self, block: Block) -> None:
        if len(block.sound) > self._largest - self.frames * self._frame_bytes:
            self.close("file full")
            self._open(block, "file full")
        assert self._wav is not None
        self._wav.write(block.sound)
        lateness = self._lateness(block, self.frames)
        if self._second.is_over(block.elapsed_ns):
            self._drop_anchor()
        if self._second.add(block.elapsed_ns, lateness):
            self._best = Anchor(self.number, self.frames, block.elapsed_ns, block.wall_ms)

    def _drop_anchor(self) -> None:
        if self._best is not None:
            best, self._best = self._best, None
            self._log.append(best)

    def _open(self, first: Block, why: OpenedWhy) -> None:
        self.number += 1
        device, rate, channels = self._source
        lasting_ns = self._frames_in(first) * _SECOND_NS // rate
        file = f"{self.number:04}.wav"
        self._wav = WavWriter(self._folder / file, rate, channels)
        self._second = _Second()
        self._log.append(
            Opened(
                self._recording,
                self.number,
                file,
                rate,
                channels,
                device,
                first.elapsed_ns - lasting_ns,
                first.wall_ms - lasting_ns // 1_000_000,
                why,
            )
        )
        self._log.sync()

    def close(self, why: ClosedWhy) -> None:
        """Complete the open segment, if there is one; frames that waited are in a new one, for others are missing."""
        if self._held:
            self._begin_anew()
        if self._wav is None:
            return
        wav, self._wav = self._wav, None
        self.closed_frames = wav.frames
        try:
            wav.close()
        finally:
            self._drop_anchor()
            self._log.append(Closed(self.number, wav.frames, why))
            self._log.sync()

    def sync(self) -> None:
        """Return when all that was written is on the disk."""
        if self._wav is not None:
            self._wav.sync()
        self._log.sync()

    @property
    def _frame_bytes(self) -> int:
        return self._source.channels * SAMPLE_BYTES

    def _frames_in(self, block: Block) -> int:
        return len(block.sound) // self._frame_bytes

    def _lateness(self, block: Block, frames_end: int) -> int:
        """Return when the block came, on a clock that starts with the segment and counts its frames."""
        return block.elapsed_ns - frames_end * _SECOND_NS // self._source.rate


class _Second:
    """The most punctual block of this second, and how punctual those of the last seconds were."""

    def __init__(self) -> None:
        self._began_ns: int | None = None
        self._least: int | None = None
        self._before: deque[int] = deque(maxlen=_REMEMBERED_S)

    @property
    def usual_ns(self) -> int | None:
        """The least lateness of the last seconds; None before the first block."""
        return min([*self._before, *([] if self._least is None else [self._least])], default=None)

    def is_over(self, now_ns: int) -> bool:
        """Say whether the second is over, and begin the next one."""
        if self._began_ns is None or now_ns - self._began_ns < _SECOND_NS:
            return False
        if self._least is not None:
            self._before.append(self._least)
        self._began_ns = self._least = None
        return True

    def add(self, now_ns: int, lateness: int) -> bool:
        """Take one more block; say whether it is the most punctual of this second."""
        if self._began_ns is None:
            self._began_ns = now_ns
        if self._least is not None and lateness >= self._least:
            return False
        self._least = lateness
        return True
