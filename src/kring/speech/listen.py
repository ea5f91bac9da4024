"""From the files of a recording to what is heard in them, on the session's clock; a file is read block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kring.audio.align import Piece, stretches
from kring.domain.stretches import united
from kring.domain.text import KringError
from kring.speech.features import FeatureExtractor, Flags, Sound, runs
from kring.speech.proposals import Span
from kring.speech.refine_turns import CELL_MS, Heard

BLOCK_S = 10
CLOCK_EVERY = 200  # cells: in between a sound card's clock runs straight
SEAM_MS = 1000.0  # between two files of one recording


def listen(path: Path, advanced: Callable[[float], None]) -> tuple[Sound, int]:
    """Return how a WAV or FLAC sounds, and how many frames make a cell; `advanced` hears of every second read."""
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            ear = FeatureExtractor(file.samplerate, file.channels)
            while len(block := file.read(BLOCK_S * file.samplerate, dtype="float32", always_2d=True)):
                ear.hear(block)
                advanced(len(block) / file.samplerate)
    except (OSError, soundfile.SoundFileError) as error:
        raise KringError("{file} can't be read as sound.", file=path.name) from error
    return ear.sound(), ear.frames_per_cell


def on_clock(sound: Sound, per_cell: int, piece: Piece, live: Sequence[Span]) -> Iterator[Heard]:
    """Yield the sound of one file as stretches without a loss, each cell at its moment of the session."""
    for stretch in stretches(0, piece):
        begin, end = -(-stretch.first // per_cell), min(len(sound), stretch.end // per_cell)
        if end <= begin:
            continue
        knots = np.unique([*range(begin, end, CLOCK_EVERY), end])
        times = np.interp(np.arange(begin, end), knots, [stretch.time_of(int(knot) * per_cell) for knot in knots])
        yield Heard(Sound(*(part[begin:end] for part in sound)), times, _within(times, live))


def _within(times: NDArray[np.float64], spans: Sequence[Span]) -> Flags:
    inside = np.zeros(len(times), np.bool_)
    for span in spans:
        inside |= (times >= span.started) & (times < span.ended)
    return inside


def covered(pieces: Sequence[Heard]) -> list[Span]:
    """Return from when to when there is sound of the talk; the seam between two files is no hole."""
    live = ((piece, begin, end) for piece in pieces for begin, end in runs(piece.live))
    spans = ((float(piece.times[begin]), float(piece.times[end - 1]) + CELL_MS) for piece, begin, end in live)
    return [Span(*span) for span in united(spans, SEAM_MS)]
