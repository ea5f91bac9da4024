"""The recorder, as a process and with its own anchors, tells when each frame was heard to 20 ms, whatever happens."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from kring.audio import wav
from kring.audio.align import Anchor, Mapping, Piece
from kring.record import client, log
from proofs.sound_card import RATE, SoundCard
from record.pulse import Pulse, pulse
from speech.ears import found

__all__ = ["pulse"]

pytestmark = pytest.mark.slow

MOST_MS = 20.0
LENGTH_S = 26.0
STALL_S = 3.0
BUSY = "while True: sum(range(10_000))"


@contextmanager
def nothing() -> Iterator[None]:
    yield


@contextmanager
def load() -> Iterator[None]:
    """A computer that has more to do than it can."""
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(4)]
    yield
    for one in busy:
        one.kill()
        one.wait()


def pieces(folder: Path) -> list[tuple[Piece, np.ndarray]]:
    entries, _offset = log.read(folder)
    found_pieces = []
    for opened in (entry for entry in entries if isinstance(entry, log.Opened)):
        sound = np.frombuffer((folder / opened.file).read_bytes()[wav.HEADER_BYTES :], "<i2")
        anchors = [entry for entry in entries if isinstance(entry, log.Anchor) and entry.segment == opened.segment]
        known = tuple(Anchor(anchor.frames, anchor.elapsed_ns / 1e6) for anchor in anchors)
        found_pieces.append((Piece(opened.rate, len(sound), known), sound))
    return found_pieces


def errors_of(folder: Path, card: SoundCard) -> list[list[float]]:
    """By how much each second of each file lies wrong, in ms."""
    recorded = pieces(folder)
    mapping = Mapping([piece for piece, _sound in recorded])
    errors: list[list[float]] = []
    for number, (piece, sound) in enumerate(recorded):
        errors.append([])
        for begin in range(0, len(sound) - piece.rate // 2, piece.rate):
            part = sound[begin : begin + piece.rate // 4]
            frames = np.arange(int(len(part) * RATE / piece.rate))
            part = np.interp(frames * piece.rate / RATE, np.arange(len(part)), part.astype(float))
            place, alike = found(part, card.sound)
            told = mapping.time_of(number, begin)
            if alike > 0.6 and told is not None:  # less where the stall is in the middle of it
                errors[-1].append(told - card.heard_ms(place))
    return errors


@pytest.mark.parametrize("busy", [nothing, load])
@pytest.mark.parametrize("ppm", [150, -150])
def test_every_second_is_on_its_moment_across_a_stall(
    pulse: Pulse,
    tmp_path: Path,
    ppm: float,
    busy: Callable[[], Iterator[None]],
    measured: Callable[[str], None],
) -> None:
    folder = tmp_path / "group.audio"
    card = SoundCard(pulse, tmp_path, ppm, LENGTH_S + STALL_S + 15)
    with busy():  # type: ignore[attr-defined]
        try:
            client.start(folder, "R1")
            time.sleep(LENGTH_S / 2)
            card.stall(True)
            time.sleep(STALL_S)
            card.stall(False)
            time.sleep(LENGTH_S / 2)
        finally:
            client.stop(folder)
            card.close()
    before, *_, after = errors_of(folder, card)
    assert min(len(before), len(after)) >= LENGTH_S / 2 - 3
    worst = max(map(abs, [*before, *after]))
    late = card.late_ms  # what is given late cannot be told from what is heard late
    measured(f"{ppm:+} ppm, {busy.__name__}: off by up to {worst:.1f} ms across a stall of {STALL_S:.0f} s, "
             f"by a card that was {late:.1f} ms late itself")  # fmt: skip
    assert worst <= MOST_MS + late, (before, after)
