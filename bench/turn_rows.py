"""A row of better turns: how long kring listens to a recording, against how long that lasts."""

import time
from pathlib import Path

import numpy as np
import soundfile
from measure import Effort, Row
from session_files import ON_DISK, place

from kring.audio.align import Anchor, Piece
from kring.speech import listen, proposals, refine_turns
from kring.speech.refine_turns import Speaker, Turn

RATE = 48_000
TURN_S = 8
TURNS = 75
PITCHES_HZ = (95, 120, 150, 180, 210, 240)


def refinement(effort: Effort) -> list[Row]:
    """Ten minutes of six voices, from the file to the proposals; processor time of all threads."""
    row = Row("refinement", f"turns refined, {TURN_S * TURNS // 60} minutes of sound", "s", 0.02)
    length = TURN_S * TURNS
    log = [
        Turn(str(n), Speaker("participant", f"P{n % len(PITCHES_HZ)}"), n * 8_000 + 900, n * 8_000 + 8_900)
        for n in range(TURNS)
    ]
    with place(ON_DISK) as folder:
        file = _talk(folder / "0001.wav")
        piece = Piece(RATE, length * RATE, tuple(Anchor(n * RATE, n * 1000.0) for n in range(1, length)))
        for number in range(1 + min(effort.rounds, 3)):
            started = time.process_time()
            sound, per_cell = listen.listen(file, lambda _seconds: None)
            pieces = list(listen.on_clock(sound, per_cell, piece, [proposals.Span(0, length * 1000.0)]))
            found = proposals.proposals(log, refine_turns.refined(log, pieces), listen.covered(pieces))
            if not found:
                row.remark = "nothing was proposed"
                return [row]
            if number:  # the first one loads
                row.floor.append(float(length))
                row.kring.append(time.process_time() - started)
    return [row]


def _talk(file: Path) -> Path:
    """Write turns of 7.5 s by pulses of different pitch, a little noise behind them."""
    chance = np.random.default_rng(1)
    with soundfile.SoundFile(file, "w", RATE, 1, "PCM_16") as out:
        for number in range(TURNS):
            hz = PITCHES_HZ[number % len(PITCHES_HZ)] * (1 + 0.05 * np.sin(np.arange(TURN_S * RATE) / RATE * 5))
            pulses = (np.cumsum(hz / RATE) % 1.0 < 0.1) * 0.2
            pulses[int(7.5 * RATE) :] = 0
            out.write(pulses + chance.normal(0, 0.001, len(pulses)))
    return file
