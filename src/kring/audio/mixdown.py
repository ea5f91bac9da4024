"""The whole recording as one file, WAV or MP3: each sound in its place on the session's clock, silence in the gaps.

A place in the file is a moment of the session, to a hundredth of a second: where a sound card's clock is off by
100 ppm, its sound is stretched by as much. Several channels are mixed into one.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from kring.audio.align import Mapping, Piece, Stretch
from kring.audio.flac import PART, Progress
from kring.domain.evolve.sound import MOST_S
from kring.domain.text import KringError
from kring.system import durable
from kring.system.worker_process import Background, Failed, work

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from kring.audio.reader import Sound

Kind = Literal["wav", "mp3"]

SPAN_MS = 10_000.0
MP3_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
MOST_WAV_BYTES = 0xFFFF_0000
MARGIN = 2
"""Samples on both sides that the curve between two samples looks at."""


class Export(msgspec.Struct, frozen=True):
    """What to lay into one file: sounds with their pieces, from which moment on, as what, where, and how it is called.

    Players show the title and the date (ISO).
    """

    sounds: tuple[str, ...]
    pieces: tuple[Piece, ...]
    begin_ms: float
    kind: Kind
    out: str
    title: str = ""
    date: str = ""


class Written(msgspec.Struct, frozen=True, tag=True):
    """The file is there; `left_out_s` of sound came before its begin, `damaged_s` is silence in its place."""

    out: str
    seconds: float
    left_out_s: float
    damaged_s: float = 0.0


class Span(NamedTuple):
    """Sound that lies straight on the clock: its frames, and the samples of the file that they become."""

    piece: int
    first: float
    step: float
    begin: int
    end: int


News = Progress | Written | Failed


def in_background(export: Export) -> Background[News]:
    """Start to write the file, in a separate process."""
    return Background("kring.audio.mixdown", export, News)


def write(export: Export) -> Iterator[News]:
    """Write the file beside its place and put it there when it is whole; raises KringError."""
    out = Path(export.out)
    part = out.with_name(f".{out.name}.{os.getpid()}{PART}")
    for left_behind in out.parent.glob(f"{glob.escape(f'.{out.name}.')}*{PART}"):
        left_behind.unlink(missing_ok=True)
    stretches = Mapping(export.pieces).stretches
    rate = common_rate(export)
    spans = list(laid(stretches, export.begin_ms, rate))
    if not spans:
        raise KringError("There is no sound to write.")
    length = spans[-1].end
    if length > MOST_S * rate:
        raise KringError("The sounds lie more than a week apart: they can't be one file.")
    if export.kind == "wav" and length * 2 > MOST_WAV_BYTES:
        raise KringError("{file} would be too long for a WAV file; write an MP3.", file=out.name)
    sounds = _Sounds(export.sounds)
    try:
        for done in _encoded(export, sounds, spans, rate, part):
            yield Progress(out.name, done / length)
        durable.put(part, out)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise KringError("{file} could not be written: {problem}", file=out.name, problem=problem) from error
    finally:
        sounds.close()
        part.unlink(missing_ok=True)
    before = (min(export.begin_ms, one.ended_ms) - one.started_ms for one in stretches)
    yield Written(str(out), length / rate, sum(max(0.0, each) for each in before) / 1000, sounds.damaged_s)


def common_rate(export: Export) -> int:
    """Return the frames a second of the file: as many as the best sound has and the format takes."""
    best = max((piece.rate for piece in export.pieces), default=MP3_RATES[-1])
    if export.kind == "wav":
        return best
    return next((rate for rate in MP3_RATES if rate >= best), MP3_RATES[-1])


def laid(stretches: tuple[Stretch, ...], begin_ms: float, rate: int) -> Iterator[Span]:
    """Yield the sound in short spans, in order; where two lie over each other the earlier one stays."""
    at = 0
    for stretch in stretches:
        for since, until in pairwise(_knots(stretch)):
            begin = max(at, round((since - begin_ms) * rate / 1000))
            end = round((until - begin_ms) * rate / 1000)
            if end <= begin:
                continue
            first = stretch.frame_at(begin_ms + begin * 1000 / rate)
            last = stretch.frame_at(begin_ms + end * 1000 / rate)
            yield Span(stretch.piece, first, (last - first) / (end - begin), begin, end)
            at = end


def _knots(stretch: Stretch) -> list[float]:
    begin, end = stretch.started_ms, stretch.ended_ms
    bends = [bend.at_ms for bend in stretch.bends if begin < bend.at_ms < end]
    knots = [begin, *bends, end]
    for since, until in pairwise(list(knots)):
        parts = int((until - since) // SPAN_MS)
        knots += [since + part * SPAN_MS for part in range(1, parts + 1) if since + part * SPAN_MS < until]
    return sorted(knots)


def _encoded(export: Export, sounds: _Sounds, spans: list[Span], rate: int, part: Path) -> Iterator[int]:
    import numpy as np
    import soundfile

    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    subtype = "PCM_16" if export.kind == "wav" else "MPEG_LAYER_III"
    try:
        with soundfile.SoundFile(part, "w", rate, 1, subtype, format=export.kind.upper()) as encoder:
            if export.title:
                encoder.title, encoder.date = export.title, export.date
            at = 0
            for span in spans:
                while at < span.begin:
                    silence = min(span.begin - at, rate)
                    encoder.write(np.zeros(silence, np.int16))
                    at += silence
                encoder.write(_sampled(sounds.of(span.piece), span))
                at = span.end
                yield at
    except soundfile.SoundFileError as error:
        raise KringError(
            "{file} could not be written; perhaps the disk is full.", file=Path(export.out).name
        ) from error


class _Sounds:
    """The sounds of an export, of which one is open."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self._paths = paths
        self._piece = -1
        self._open: Sound | None = None
        self.damaged_s = 0.0

    def of(self, piece: int) -> Sound:
        from kring.audio.reader import Unreadable, open_sound

        if self._open is None or piece != self._piece:
            self.close()
            path = Path(self._paths[piece])
            try:
                self._piece, self._open = piece, open_sound(path)
            except Unreadable as error:
                raise KringError("{file} holds no sound that can be read.", file=path.name) from error
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self.damaged_s += self._open.damaged / self._open.rate
            self._open.close()
        self._open = None


def _sampled(sound: Sound, span: Span) -> npt.NDArray[np.int16]:
    """Return a span at the file's own moments: on the curve through the four samples around each (Catmull-Rom)."""
    import numpy as np

    count = span.end - span.begin
    places = span.first + span.step * np.arange(count)
    low = int(np.floor(places[0])) - MARGIN
    high = int(np.floor(places[-1])) + MARGIN + 1
    taken = sound.read(max(0, low), high - max(0, low)).astype(np.float32)
    missing = high - max(0, low) - len(taken)
    taken = np.pad(taken, (max(0, -low), missing), mode="edge") if len(taken) else np.zeros(high - low, np.float32)
    taken = _without_the_highest(taken, span.step)
    places -= low
    whole = np.floor(places).astype(np.int64)
    x = (places - whole).astype(np.float32)
    a, b, c, d = (taken[whole + offset] for offset in (-1, 0, 1, 2))
    curve = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
    rounded: npt.NDArray[np.int16] = np.clip(np.rint(curve), -32768, 32767).astype(np.int16)
    return rounded


def _without_the_highest(samples: npt.NDArray[np.float32], step: float) -> npt.NDArray[np.float32]:
    """Smooth what is written with fewer samples a second, else its highest tones would come back as low ones."""
    import numpy as np

    width = round(step)
    if width < 2:
        return samples
    return np.convolve(samples, np.full(width, 1 / width, np.float32), "same").astype(np.float32)


if __name__ == "__main__":
    raise SystemExit(work(Export, write))
