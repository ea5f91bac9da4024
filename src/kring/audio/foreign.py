"""Recordings of other programs: recognised by their first bytes, unpacked block by block, laid down as FLAC.

libsndfile reads WAV, FLAC, Ogg, MP3 and AIFF; m4a, mp4 and their like need PyAV (extra `av`). A recording is never
unpacked into memory or onto the disk as a whole.
"""

from __future__ import annotations

import errno
import importlib.util
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kring.audio.flac import PART, Fingerprint, Progress, fingerprint
from kring.domain.text import N_, KringError
from kring.system import durable
from kring.system.text_files import Unreadable
from kring.system.worker_process import Background, Failed, work

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.int16]

FIRST_BYTES = 16
BLOCK_S = 10
PACKAGE = "av"
MOST_RATE = 384_000
STREAMED = 0xFFFF_0000
"""From here on the size in a WAV's first bytes says that nobody knew it yet."""
NO_SOUND = N_("{file} holds no sound that can be read; perhaps it is not whole.")
CHANGED = N_("{file} changed while it was read; wait until it is whole.")


def is_sound(begin: bytes) -> bool:
    """Whether a file that begins so is a recording."""
    return _by_libsndfile(begin) or needs_package(begin)


def needs_package(begin: bytes) -> bool:
    """Whether a file that begins so is a recording of which PyAV unpacks the sound: mp4, m4a, mov, webm, mkv."""
    return begin[4:8] == b"ftyp" or begin.startswith(b"\x1a\x45\xdf\xa3")


def _by_libsndfile(begin: bytes) -> bool:
    chunks = (begin[:4], begin[8:12])
    named = chunks in ((b"RIFF", b"WAVE"), (b"FORM", b"AIFF"), (b"FORM", b"AIFC"))
    is_layer_three = begin[:1] == b"\xff" and len(begin) > 1 and begin[1] & 0xE6 == 0xE2
    return named or begin[:3] == b"ID3" or begin[:4] in (b"fLaC", b"OggS") or is_layer_three


def check(path: Path, begin: bytes) -> None:
    """Raise KringError, which says what to install, where a recording needs a package that is not there."""
    if needs_package(begin) and importlib.util.find_spec(PACKAGE) is None:
        raise KringError(
            "To read {file}, install kring with its extra av: pipx install --force '.[av]', "
            "or uv tool install --force '.[av]'; or save it as MP3, FLAC or WAV.",
            file=path.name,
        )


class Unpacked:
    """The sound of a recording, all channels mixed into one.

    `expected` is how many frames it says that it has, 0 where it doesn't say.
    """

    def __init__(self, rate: int, expected: int, blocks: Iterator[Samples]) -> None:
        self.rate = rate
        self.expected = expected
        self.blocks = blocks


def unpacked(path: Path) -> Unpacked:
    """Open a recording; raises Unreadable where it holds no sound, or its package is damaged."""
    with path.open("rb") as file:
        begin = file.read(FIRST_BYTES)
    found = _by_package(path) if needs_package(begin) else _by_soundfile(path)
    if not 1 <= found.rate <= MOST_RATE:
        raise Unreadable(NO_SOUND, file=path.name)
    return found


def _by_soundfile(path: Path) -> Unpacked:
    import soundfile

    try:
        file = soundfile.SoundFile(path)
    except soundfile.SoundFileError as problem:
        raise Unreadable(NO_SOUND, file=path.name) from problem
    says_nothing = file.frames > MOST_RATE * 7 * 24 * 3600  # a stream that was cut off
    return Unpacked(int(file.samplerate), 0 if says_nothing else int(file.frames), _blocks_of(file))


def _blocks_of(file: Any) -> Iterator[Samples]:
    import numpy as np
    import soundfile

    size = BLOCK_S * file.samplerate
    with file:
        while True:
            try:
                block = file.read(size, dtype="int16", always_2d=True)
            except soundfile.SoundFileError:
                return  # damaged from here on: what was read before is whole
            if not len(block):
                return
            yield block[:, 0] if block.shape[1] == 1 else block.mean(axis=1).astype(np.int16)


def _by_package(path: Path) -> Unpacked:
    import av

    try:
        container = av.open(str(path))
    except (av.FFmpegError, OSError, ValueError) as problem:
        raise Unreadable(NO_SOUND, file=path.name) from problem
    stream = next(iter(container.streams.audio), None)
    if stream is None or not stream.rate:
        container.close()
        raise Unreadable(N_("{file} is a video without sound."), file=path.name)
    lasts_s = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    return Unpacked(stream.rate, max(0, round(lasts_s * stream.rate)), _frames_of(container, stream))


def _frames_of(container: Any, stream: Any) -> Iterator[Samples]:
    import av
    import numpy as np

    resampler = av.AudioResampler(format="s16", layout="mono", rate=stream.rate)
    gathered: list[Samples] = []
    count = 0
    with container:
        try:
            for frame in container.decode(stream):
                for part in resampler.resample(frame):
                    gathered.append(part.to_ndarray()[0])
                    count += len(gathered[-1])
                if count >= BLOCK_S * stream.rate:
                    yield np.concatenate(gathered)
                    gathered, count = [], 0
        except av.FFmpegError:
            pass  # damaged from here on: what was read before is whole
    if gathered:
        yield np.concatenate(gathered)


def lacks_bytes(path: Path) -> bool:
    """Whether a WAV is shorter than its first bytes say; libsndfile takes it for whole. Raises OSError."""
    with path.open("rb") as file:
        begin = file.read(8)
    said = int.from_bytes(begin[4:8], "little") + 8
    return begin[:4] == b"RIFF" and path.stat().st_size < said < STREAMED


class Stamp(msgspec.Struct, frozen=True):
    """By what a file is seen to have changed: its size, and when it was written to."""

    bytes: int
    changed_ns: int


def stamp_of(path: Path) -> Stamp:
    """Return how a file is now; raises OSError."""
    found = path.stat()
    return Stamp(found.st_size, found.st_mtime_ns)


class Cuts(msgspec.Struct, frozen=True):
    """What to lay down: a recording as it was when it was looked at, and its parts.

    Each part ends before a frame, the last one at the end, and has a file.
    """

    path: str
    stamp: Stamp
    ends: tuple[int, ...]
    files: tuple[str, ...]


class LaidDown(msgspec.Struct, frozen=True, tag=True):
    """The parts are there: how many frames each has, and what its file is known by."""

    frames: tuple[int, ...]
    fingerprints: tuple[Fingerprint, ...]


News = Progress | LaidDown | Failed


def in_background(cuts: Cuts) -> Background[News]:
    """Start to lay a recording down as FLAC, in a separate process."""
    return Background("kring.audio.foreign", cuts, News)


def lay_down(cuts: Cuts) -> Iterator[News]:
    """Write each part of a recording as a FLAC of one channel, and put them there when all are whole.

    Raises KringError, and then none is there.
    """
    path, files = Path(cuts.path), [Path(file) for file in cuts.files]
    parts = [file.with_name(f".{file.name}.{os.getpid()}{PART}") for file in files]
    frames: tuple[int, ...] = ()
    try:
        require_same(path, cuts.stamp)
        sound = unpacked(path)
        for frames in _written(sound, cuts.ends, parts):
            yield Progress(path.name, min(1.0, sum(frames) / (sound.expected or sum(frames) or 1)))
        require_same(path, cuts.stamp)
        if not all(frames):
            raise Unreadable(NO_SOUND, file=path.name)
        for part, file in zip(parts, files, strict=True):
            durable.put(part, file)
        yield LaidDown(frames, tuple(map(fingerprint, files)))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise KringError("The sound of {file} could not be kept: {reason}.", file=path.name, reason=reason) from problem
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def require_same(path: Path, stamp: Stamp) -> None:
    """Raise Unreadable where a file was written to since it was looked at."""
    if stamp_of(path) != stamp:
        raise Unreadable(CHANGED, file=path.name)


def _written(sound: Unpacked, ends: Sequence[int], parts: Sequence[Path]) -> Iterator[tuple[int, ...]]:
    """Yield how many frames of each part are written so far."""
    import soundfile

    counts, place, at = [0] * len(parts), 0, 0
    with ExitStack() as opened:
        try:
            encoders = [opened.enter_context(_encoder(part, sound.rate)) for part in parts]
            for block in sound.blocks:
                begin = 0
                while begin < len(block):
                    is_last = place + 1 == len(parts)
                    end = len(block) if is_last else min(len(block), begin + ends[place] - at)
                    encoders[place].write(block[begin:end])
                    counts[place] += end - begin
                    begin, at = end, at + end - begin
                    place += not is_last and at == ends[place]
                yield tuple(counts)
        except soundfile.SoundFileError as problem:  # its message is empty where the disk is full
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from problem


def _encoder(part: Path, rate: int) -> Any:
    import soundfile

    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return soundfile.SoundFile(part, "w", rate, 1, "PCM_16", format="FLAC")


if __name__ == "__main__":
    raise SystemExit(work(Cuts, lay_down))
