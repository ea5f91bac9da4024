"""Sound for tests: made from a seed, written as the recorder writes it."""

from pathlib import Path

import numpy as np

from kring.audio.wav import HEADER_BYTES, WavWriter

RATE = 16_000


def noise(seconds: float, rate: int = RATE, channels: int = 1, seed: int = 1) -> np.ndarray:
    """Something like speech: noise that swells and fades, and never repeats."""
    count = round(seconds * rate)
    chance = np.random.default_rng(seed)
    swell = np.abs(np.sin(np.arange(count) / rate * 3))[:, None] ** 2
    hiss = chance.normal(0, 6_000, (count, channels))
    smooth = np.cumsum(hiss, axis=0)
    smooth[8:] -= smooth[:-8].copy()
    return np.clip(smooth / 8 * swell, -32_768, 32_767).astype("<i2")


def write_wav(path: Path, sound: np.ndarray, rate: int = RATE) -> Path:
    """Write a WAV with the recorder's own writer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = WavWriter(path, rate, sound.shape[1])
    writer.write(sound.tobytes())
    writer.close()
    return path


def samples_of(wav: Path) -> bytes:
    """The samples of a WAV of ours."""
    return wav.read_bytes()[HEADER_BYTES:]


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
