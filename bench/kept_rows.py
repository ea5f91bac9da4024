"""Rows of the work after the session: sound kept as FLAC, and written down by a machine."""

import importlib.util
import os
import shutil
import subprocess
import time
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from measure import Effort, Row, alternate, medians
from session_files import ON_DISK, place

from kring.audio import flac as keeping
from kring.audio.wav import WavWriter
from kring.speech import transcribe

RATE = 48_000
MINUTES = 20
MODEL = "KRING_TEST_WHISPER_EN"
SPOKEN = """
Welcome everybody, and thank you for coming tonight. We would like to hear how you choose where to buy your food.
My name is Ann, I live near the station, and I have two children who are always hungry. Well, for me it is mostly the
price, because with a family you notice every euro. I disagree a little: I would rather pay more for vegetables that
are fresh. What happened the last time that you left a shop without buying anything? The queue was too long, and nobody
opened a second till. That reminds me of the new store beside the library, where you scan everything yourself. Does
anybody use the loyalty card, and what do you get for it? I stopped using mine when they wanted my telephone number.
"""
"""No sentence twice: a model that hears repetition takes its own words for a mistake, and tries again."""


def keep(effort: Effort) -> list[Row]:
    """A WAV of twenty minutes kept in the background, every sample compared, against only writing the FLAC."""
    row = Row("keep", f"{MINUTES} minutes of sound kept as FLAC", "s", 4)
    with place(ON_DISK) as folder:
        wav = _noise(folder / "0001.wav")
        samples = {"floor": partial(_encoded, wav), "kring": partial(_kept, wav)}
        taken = alternate(samples, rounds=min(effort.rounds, 6), per_round=1)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return [row]


def transcription(_effort: Effort) -> list[Row]:
    """How long a machine listens to a sound, the loading of its model included, against how long the sound is."""
    row = Row("transcription", "transcription by a tiny model, of the length of the sound", "s", 0.5)
    row.remark = _why_not() or ""
    if row.remark:
        return [row]
    with place(ON_DISK) as folder:
        wav = _speech(folder / "0001.wav")
        length = soundfile.info(wav).duration
        task = transcribe.Sounds((str(wav),), (length,), "en", os.environ[MODEL])
        started = time.monotonic()
        *_, last = transcribe.in_background(task).wait()
        if isinstance(last, transcribe.Done):
            row.floor, row.kring = [length], [time.monotonic() - started]
        else:
            row.remark = "it failed"
    return [row]


def _why_not() -> str | None:
    if importlib.util.find_spec(transcribe.ENGINE) is None:
        return "faster-whisper is not installed"
    if not os.environ.get(MODEL):
        return f"{MODEL} names no model"
    return "espeak-ng is missing" if shutil.which("espeak-ng") is None else None


def _noise(wav: Path) -> Path:
    minute = RATE * 60
    chance = np.random.default_rng(1)
    voice = np.sin(np.arange(minute) / 40) * 8_000 * np.abs(np.sin(np.arange(minute) / RATE * 2))
    sound = (voice + chance.normal(0, 30, minute)).astype("<i2").tobytes()
    writer = WavWriter(wav, RATE, 1)
    for _ in range(MINUTES):
        writer.write(sound)
    writer.close()
    return wav


def _speech(wav: Path) -> Path:
    subprocess.run(["espeak-ng", "-v", "en", "-w", str(wav), SPOKEN], check=True)
    return wav


def _encoded(wav: Path) -> float:
    flac = wav.with_name("bare.flac")
    started = time.monotonic()
    with soundfile.SoundFile(wav) as sound, soundfile.SoundFile(flac, "w", RATE, 1, "PCM_16") as encoder:
        for block in sound.blocks(keeping.BLOCK_FRAMES, dtype="int16"):
            encoder.write(block)
    took = time.monotonic() - started
    flac.unlink()
    return took


def _kept(wav: Path) -> float:
    started = time.monotonic()
    *_, last = keeping.in_background([wav]).wait()
    took = time.monotonic() - started
    assert isinstance(last, keeping.Kept), last
    Path(last.flac).unlink()
    return took
