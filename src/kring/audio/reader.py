"""Sound read from files: a WAV that may still grow, a FLAC, and several of them as one reel.

Only processes of sound import this: it needs numpy.
"""

from __future__ import annotations

import os
import struct
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import soundfile

Samples = npt.NDArray[np.int16]

SAMPLE_BYTES = 2
BLOCK = 1 << 16
"""How many frames of a compressed file are unpacked at once."""
BLOCKS_KEPT = 3
PACKED = 4096
"""How many frames lie in a block of a FLAC: what is damaged costs no more than that, or two of them."""


class Unreadable(Exception):
    """A file is no sound that can be read here."""


class Sound(Protocol):
    """A file of sound, whose channels are mixed into one."""

    rate: int
    damaged: int
    """How many of the frames that were read are silence, for what was there cannot be unpacked."""

    def length(self) -> int:
        """Return how many frames there are at this moment."""

    def read(self, frame: int, count: int) -> Samples:
        """Return the frames from one on, fewer at the end."""

    def close(self) -> None:
        """Let go of the file."""


class WavSound:
    """A PCM16 WAV; what counts is how long the file is, for the header of one that grows lags behind."""

    damaged = 0

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb", buffering=0)
        try:
            self.rate, self._channels, self._begin, self._most = _layout(self._file.read(4096))
        except Unreadable:
            self._file.close()
            raise

    def length(self) -> int:
        size = os.fstat(self._file.fileno()).st_size - self._begin
        return max(0, min(size, self._most) // (SAMPLE_BYTES * self._channels))

    def read(self, frame: int, count: int) -> Samples:
        count = max(0, min(count, self.length() - frame))
        self._file.seek(self._begin + frame * SAMPLE_BYTES * self._channels)
        found = np.frombuffer(self._file.read(count * SAMPLE_BYTES * self._channels), "<i2")
        return _mixed(found[: len(found) // self._channels * self._channels].reshape(-1, self._channels))

    def close(self) -> None:
        self._file.close()


def _layout(begin: bytes) -> tuple[int, int, int, int]:
    """Return rate, channels, where the samples begin, and how many bytes of them there are at most."""
    if begin[:4] != b"RIFF" or begin[8:12] != b"WAVE":
        raise Unreadable
    place, form = 12, b""
    while place + 8 <= len(begin):
        name, size = begin[place : place + 4], struct.unpack_from("<I", begin, place + 4)[0]
        place += 8
        if name == b"data":
            return (*_form(form), place, _most_bytes(begin, size))
        if name == b"fmt ":
            form = begin[place : place + size]
        place += size + size % 2
    raise Unreadable


def _form(form: bytes) -> tuple[int, int]:
    if len(form) < 16:
        raise Unreadable
    code, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", form)
    if code not in (1, 0xFFFE) or bits != 16 or not channels or not rate:
        raise Unreadable
    return rate, channels


def _most_bytes(begin: bytes, size: int) -> int:
    # behind the samples of somebody else's file may stand other things; ours ends with them, and may still grow
    is_ours = begin[36:40] == b"data"
    return 0xFFFF_FFFF if is_ours else size


class PackedSound:
    """A FLAC, or whatever else libsndfile reads."""

    def __init__(self, path: Path) -> None:
        import soundfile

        self._path = path
        self._broken = soundfile.SoundFileError
        self._file = self._opened()
        self.rate = int(self._file.samplerate)
        self.damaged = 0
        self._blocks: dict[int, Samples] = {}

    def _opened(self) -> soundfile.SoundFile:
        import soundfile

        try:
            return soundfile.SoundFile(self._path)
        except self._broken as problem:
            raise Unreadable from problem

    def length(self) -> int:
        return int(self._file.frames)

    def read(self, frame: int, count: int) -> Samples:
        end = max(frame, min(frame + count, self.length()))
        parts = [
            self._block(number)[max(0, frame - number * BLOCK) : end - number * BLOCK]
            for number in range(frame // BLOCK, -(-end // BLOCK))
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.int16)

    def _block(self, number: int) -> Samples:
        if number not in self._blocks:
            begin = number * BLOCK
            found = self._unpacked(begin, min(BLOCK, self.length() - begin))
            while len(self._blocks) >= BLOCKS_KEPT:
                del self._blocks[next(iter(self._blocks))]
            self._blocks[number] = _mixed(found)
        return self._blocks[number]

    def _unpacked(self, frame: int, count: int) -> Samples:
        """Return frames by channel; a part of the file that is damaged is silence, and what follows is there again."""
        try:
            self._file.seek(frame)
            found: Samples = self._file.read(count, dtype="int16", always_2d=True)
        except self._broken:
            found = np.zeros((0, self._file.channels), np.int16)
            self._file.close()  # after a fault it finds nothing any more
            self._file = self._opened()
        if len(found) == count:
            return found
        if count > PACKED:
            end = frame + count
            return np.concatenate([self._unpacked(at, min(PACKED, end - at)) for at in range(frame, end, PACKED)])
        self.damaged += count
        return np.zeros((count, self._file.channels), np.int16)

    def close(self) -> None:
        self._file.close()


def _mixed(frames: Samples) -> Samples:
    """Mix the channels of (frames, channels) into one; one channel stays as it is, to the bit."""
    if frames.shape[1] == 1:
        return frames[:, 0]
    mixed: Samples = (frames.sum(axis=1, dtype=np.int32) // frames.shape[1]).astype(np.int16)
    return mixed


def open_sound(path: Path) -> Sound:
    """Open a file of sound; raises Unreadable, or OSError where there is no such file."""
    with path.open("rb") as file:
        begin = file.read(4)
    return WavSound(path) if begin == b"RIFF" else PackedSound(path)


class Reel:
    """Sounds of one rate one after the other; its frames are counted from the first one's first."""

    def __init__(self, first_piece: int, sounds: Sequence[Sound]) -> None:
        self.rate = sounds[0].rate
        self._first_piece = first_piece
        self._sounds = tuple(sounds)
        # only the last one may grow
        self._starts = [0, *accumulate(sound.length() for sound in sounds[:-1])]

    @property
    def pieces(self) -> range:
        """Return the numbers of its pieces."""
        return range(self._first_piece, self._first_piece + len(self._sounds))

    def length(self) -> int:
        """Return how many frames there are at this moment."""
        return self._starts[-1] + self._sounds[-1].length()

    def frame_of(self, piece: int, frame: int) -> int:
        """Return the place of a frame of a piece."""
        return self._starts[piece - self._first_piece] + frame

    def place(self, frame: int) -> tuple[int, int]:
        """Return the piece and its frame at a place."""
        number = max(0, bisect_right(self._starts, frame) - 1)
        return self._first_piece + number, frame - self._starts[number]

    def read(self, frame: int, count: int) -> Samples:
        """Return the frames from a place on, across the pieces, fewer at the end."""
        parts: list[Samples] = []
        number = max(0, bisect_right(self._starts, frame) - 1)
        while count > 0 and number < len(self._sounds):
            part = self._sounds[number].read(frame - self._starts[number], count)
            parts.append(part)
            frame, count, number = frame + len(part), count - len(part), number + 1
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.zeros(0, np.int16)

    def close(self) -> None:
        """Let go of the files."""
        for sound in self._sounds:
            sound.close()


def reels(sounds: Sequence[Sound]) -> list[Reel]:
    """Put sounds onto reels, a new one where the rate changes."""
    made: list[Reel] = []
    for _, group in groupby(sounds, key=lambda sound: sound.rate):
        made.append(Reel(sum(len(reel.pieces) for reel in made), list(group)))
    return made
