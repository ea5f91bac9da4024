"""After the session: a WAV becomes a FLAC of the same samples, less than half as large, in the background.

The WAV stays until its FLAC is on the disk under its own name, every sample was compared, and the session file knows
it; whatever is killed or full in between, one of the two is there and whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kring.audio.wav import HEADER_BYTES, SAMPLE_BYTES, Format, read_header
from kring.domain.text import N_, KringError, Sentence
from kring.system import durable, file_lock
from kring.system.worker_process import Background, Failed, work

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

BLOCK_FRAMES = 1 << 18  # five seconds
PART = ".part"
LOCK = "keeping.lock"
"""Who makes FLAC in a folder holds it, for two would be in each other's way."""
BUSY = Failed(Sentence(N_("Another kring is keeping this sound already; look again later.")))


class Fingerprint(NamedTuple):
    """What a file is known by: its SHA-256 in hexadecimal digits, and its size."""

    sha256: str
    bytes: int


class Wavs(msgspec.Struct, frozen=True):
    """The files to keep as FLAC, all of one folder, and what they are called there: a title, and a date (ISO)."""

    paths: tuple[str, ...]
    title: str = ""
    date: str = ""


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How much of the work on all files is done, from 0 to 1, and the file that it is at."""

    file: str
    share: float


class Kept(msgspec.Struct, frozen=True, tag=True):
    """A WAV whose samples are all in a FLAC now; the WAV is still there."""

    wav: str
    flac: str
    fingerprint: Fingerprint


News = Progress | Kept | Failed


def in_background(wavs: list[Path], title: str = "", date: str = "") -> Background[News]:
    """Start to make a FLAC of each WAV, in a separate process."""
    return Background("kring.audio.flac", Wavs(tuple(map(str, wavs)), title, date), News)


def release(kept: Kept) -> None:
    """Remove the WAV of a FLAC that the session file knows, unless the FLAC is not what it was."""
    flac = Path(kept.flac)
    with contextlib.suppress(OSError):
        if flac.stat().st_size == kept.fingerprint.bytes:
            Path(kept.wav).unlink(missing_ok=True)
            durable.sync_folder(flac.parent)


def fingerprint(path: Path) -> Fingerprint:
    """Return what a file is known by; raises OSError."""
    with path.open("rb") as file:
        return Fingerprint(hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size)


def keep_all(wavs: Wavs) -> Iterator[News]:
    """Make a FLAC of each WAV; one that can't be is told, and the next has its turn."""
    paths = [Path(path) for path in wavs.paths]
    ours = file_lock.Lock(paths[0].parent, LOCK)
    try:
        is_ours = ours.take()
    except OSError as error:
        raise _cannot_keep(paths[0], error) from error
    try:
        yield from _kept(paths, wavs) if is_ours else [BUSY]
    finally:
        ours.free()


def _kept(paths: list[Path], called: Wavs) -> Iterator[News]:
    total = sum(_size(path) for path in paths)
    before = 0
    for path in paths:
        size = _size(path)
        try:
            for step in keep(path, called):
                yield Progress(path.name, (before + step * size) / total) if isinstance(step, float) else step
        except KringError as error:
            yield Failed(error.sentence, path.name)
        before += size


def keep(wav: Path, called: Wavs | None = None) -> Iterator[float | Kept]:
    """Make a FLAC beside a WAV and compare them; yield the share that is done, and at the end what is kept.

    Raises KringError, and leaves the WAV as it was, where that grows, is damaged, or the disk is full.
    """
    flac = wav.with_suffix(".flac")
    try:
        form = _whole(wav)
        if not _is_same_sound(wav, form, flac):
            yield from _written(wav, form, flac, called)
        yield Kept(str(wav), str(flac), fingerprint(flac))
    except FileNotFoundError as error:
        raise KringError("{file} is not there.", file=wav.name) from error
    except OSError as error:
        raise _cannot_keep(wav, error) from error


def _whole(wav: Path) -> Format:
    """Return the format of a WAV to which nothing is added any more."""
    form = read_header(wav)
    if file_lock.is_held(wav.parent):
        raise KringError("{file} may still grow: end the recording first.", file=wav.name)
    if wav.stat().st_size != HEADER_BYTES + form.frames * form.channels * SAMPLE_BYTES:
        raise KringError("{file} was not ended well: open the session once with kring run first.", file=wav.name)
    if form.frames == 0:
        raise KringError("{file} holds no sound.", file=wav.name)
    return form


def _written(wav: Path, form: Format, flac: Path, called: Wavs | None) -> Iterator[float]:
    part = flac.with_name(f"{flac.name}.{os.getpid()}{PART}")
    for left_behind in flac.parent.glob(f"{flac.name}.*{PART}"):
        left_behind.unlink(missing_ok=True)
    try:
        for done in _encoded(wav, form, part, called):
            yield done / form.frames / 2
        _sync(part)
        for done in _compared(wav, form, part):
            yield (1 + done / form.frames) / 2
        part.replace(flac)
        durable.sync_folder(flac.parent)
    finally:
        part.unlink(missing_ok=True)


def _encoded(wav: Path, form: Format, part: Path, called: Wavs | None) -> Iterator[int]:
    import soundfile

    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with soundfile.SoundFile(part, "w", form.rate, form.channels, "PCM_16", format="FLAC") as encoder:
            if called is not None and called.title:
                encoder.title, encoder.date = called.title, called.date
            done = 0
            for block in _blocks(wav, form):
                encoder.write(block)
                done += len(block)
                yield done
    except soundfile.SoundFileError as error:  # its message is empty where the disk is full
        raise _cannot_keep(wav, error) from error


def _compared(wav: Path, form: Format, flac: Path) -> Iterator[int]:
    """Yield how many samples are the same so far; raises KringError at the first that is not."""
    import numpy as np
    import soundfile

    differs = KringError(
        "The FLAC of {file} was not written well; perhaps the disk is full. {file} stays.", file=wav.name
    )
    try:
        with soundfile.SoundFile(flac) as decoder:
            if (decoder.samplerate, decoder.channels, decoder.frames) != tuple(form):
                raise differs
            done = 0
            for block in _blocks(wav, form):
                if not np.array_equal(decoder.read(len(block), "int16", always_2d=True), block):
                    raise differs
                done += len(block)
                yield done
    except soundfile.SoundFileError as error:
        raise differs from error


def _is_same_sound(wav: Path, form: Format, flac: Path) -> bool:
    """Whether a FLAC that is there already, from an earlier time that was cut short, is the one to keep."""
    if not flac.exists():
        return False
    try:
        for _ in _compared(wav, form, flac):
            pass
    except KringError:
        return False
    _sync(flac)
    durable.sync_folder(flac.parent)
    return True


def _blocks(wav: Path, form: Format) -> Iterator[npt.NDArray[np.int16]]:
    import numpy as np

    left = form.frames
    with wav.open("rb") as file:
        file.seek(HEADER_BYTES)
        while left:
            frames = min(left, BLOCK_FRAMES)
            read = file.read(frames * form.channels * SAMPLE_BYTES)
            if len(read) < frames * form.channels * SAMPLE_BYTES:
                raise KringError("{file} became shorter while it was read; it stays as it is.", file=wav.name)
            yield np.frombuffer(read, "<i2").reshape(-1, form.channels)
            left -= frames


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | durable.BINARY)
    try:
        durable.sync(descriptor)
    finally:
        os.close(descriptor)


def _size(path: Path) -> int:
    try:
        return max(1, path.stat().st_size)
    except OSError:
        return 1


def _cannot_keep(wav: Path, error: Exception) -> KringError:
    if isinstance(error, OSError) and error.strerror:
        return KringError(
            "{file} could not be made a FLAC ({problem}); it stays as it is.", file=wav.name, problem=error.strerror
        )
    return KringError("{file} could not be made a FLAC, perhaps because the disk is full; it stays.", file=wav.name)


if __name__ == "__main__":
    raise SystemExit(work(Wavs, keep_all))
