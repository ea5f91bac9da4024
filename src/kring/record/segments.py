"""The sound as it comes, written into segments, with the anchors that tell when each frame was heard."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path
from typing import NamedTuple

from kring.audio.wav import LARGEST_BYTES, SAMPLE_BYTES, WavWriter
from kring.record import log
from kring.record.log import Anchor, Closed, ClosedWhy, Log, Opened, OpenedWhy
from kring.system.background_sync import BackgroundSync

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
        self._last: Anchor | None = None
        self._doubtful: list[Block] = []
        self._sure_frames = 0
        self._syncing = BackgroundSync()

    @property
    def frames(self) -> int:
        """How many frames the open segment has; 0 where none is open."""
        return self._wav.frames if self._wav else 0

    @property
    def is_open(self) -> bool:
        """Whether a segment is open."""
        return self._wav is not None

    def switch_source(self, source: Source, why: OpenedWhy) -> None:
        """Say what the next segment will be recorded from, and why it is another one."""
        self._source, self._why = source, why

    def take(self, block: Block) -> None:
        """Write a block, in a new segment where frames before it are missing.

        One that comes late is written at once too; those after it tell within half a second whether frames were
        lost, and then the late ones move to a new segment. Raises DiskFull.
        """
        if self._wav is None:
            self._open(block, self._why)
        if not self._is_late(block):
            self._doubtful.clear()
            self._write(block)
            return
        if not self._doubtful:
            self._begin_doubt(block)
        self._doubtful.append(block)
        if block.elapsed_ns - self._doubtful[0].elapsed_ns >= _DOUBT_NS or not self._has_room(block):
            self._begin_anew()
        else:
            self._append(block)

    def _is_late(self, block: Block) -> bool:
        usual = self._second.usual_ns
        return usual is not None and self._lateness(block, self.frames + self._frames_in(block)) > usual + LOST_NS

    def _begin_doubt(self, block: Block) -> None:
        """Note the moments around what may be a loss: should this be our last word, nothing is at a wrong time."""
        self._drop_anchor()
        self._sure_frames = self.frames
        frames = self.frames + self._frames_in(block)
        for edge in (self._last, Anchor(self.number, frames, block.elapsed_ns, block.wall_ms)):
            if edge is not None:
                self._log.append(edge)

    def _begin_anew(self) -> None:
        """Move the frames in doubt to a new segment: at every moment each of them is in a file."""
        doubtful, self._doubtful = self._doubtful, []
        wav, self._wav, number, sure_frames = self._wav, None, self.number, self._sure_frames
        assert wav is not None
        try:
            self._open(doubtful[0], "lost samples")
            for block in doubtful:
                self._write(block)
            wav.shorten(sure_frames)
        finally:
            self._complete(wav, number, "lost samples")

    def _write(self, block: Block) -> None:
        if not self._has_room(block):
            self.close("file full")
            self._open(block, "file full")
        self._append(block)
        lateness = self._lateness(block, self.frames)
        if self._second.is_over(block.elapsed_ns):
            self._drop_anchor()
        self._last = Anchor(self.number, self.frames, block.elapsed_ns, block.wall_ms)
        if self._second.add(block.elapsed_ns, lateness):
            self._best = self._last

    def _has_room(self, block: Block) -> bool:
        return len(block.sound) <= self._largest - self.frames * self._frame_bytes

    def _append(self, block: Block) -> None:
        assert self._wav is not None
        self._wav.write(block.sound)

    def _drop_anchor(self) -> None:
        if self._best is not None:
            best, self._best = self._best, None
            self._log.append(best)

    def _open(self, first: Block, why: OpenedWhy) -> None:
        number = self.number + 1
        device, rate, channels = self._source
        lasting_ns = self._frames_in(first) * _SECOND_NS // rate
        file = f"{number:04}.wav"
        self._wav = WavWriter(self._folder / file, rate, channels)
        self.number = number
        self._second, self._best, self._last = _Second(), None, None
        self._log.append(
            Opened(
                self._recording,
                number,
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
        """Complete the open segment, if there is one; frames in doubt are in a new one, for others are missing."""
        if self._doubtful:
            self._begin_anew()
        if self._wav is None:
            return
        wav, self._wav = self._wav, None
        self._complete(wav, self.number, why)

    def _complete(self, wav: WavWriter, number: int, why: ClosedWhy) -> None:
        self.closed_frames = wav.frames
        try:
            wav.close()
        finally:
            self._drop_anchor()
            self._log.append(Closed(number, wav.frames, why))
            self._log.sync()

    def sync(self) -> None:
        """Begin to bring all that was written to the disk; sound is taken meanwhile. Raises DiskFull."""
        if self._wav is None:
            self._syncing.begin(self._log.fileno())
            return
        self._wav.count()
        self._syncing.begin(self._wav.fileno(), self._log.fileno())

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
        """Whether the second is over, and begin the next one."""
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
