"""Sound that cannot be unpacked costs a block, not the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from kring.audio.reader import PACKED, Unreadable, open_sound

RATE = 16_000


@pytest.fixture
def noise(tmp_path: Path) -> tuple[Path, np.ndarray]:
    path = tmp_path / "0001.flac"
    samples = (np.random.default_rng(1).standard_normal(RATE * 20) * 3000).astype(np.int16)
    soundfile.write(path, samples, RATE)
    return path, samples


def damage(path: Path, share: float, count: int = 2) -> None:
    content = bytearray(path.read_bytes())
    at = int(len(content) * share)
    content[at : at + count] = b"\x01\x02" * (count // 2)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.97])
@pytest.mark.parametrize("count", [2, 600])
def test_a_damaged_block_is_silence_and_all_others_are_there(noise, share, count):
    path, samples = noise
    damage(path, share, count)
    sound = open_sound(path)
    read = np.concatenate([sound.read(at, 10_000) for at in range(0, len(samples), 10_000)])
    sound.close()
    assert len(read) == len(samples)
    different = np.flatnonzero(read != samples)
    assert 0 < len(different) <= 3 * PACKED
    assert 0 < sound.damaged <= 3 * PACKED
    assert abs(different.mean() / len(samples) - share) < 0.05
    assert not read[different].any(), "nothing is heard that was not said"


def test_a_file_that_was_cut_off_ends_in_silence(noise):
    path, samples = noise
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    sound = open_sound(path)
    read = sound.read(0, len(samples))
    sound.close()
    assert len(read) == len(samples)
    assert np.array_equal(read[: len(samples) // 3], samples[: len(samples) // 3])
    assert not read[-len(samples) // 3 :].any()


def test_what_is_no_sound_at_all_cannot_be_read(tmp_path):
    path = tmp_path / "0001.flac"
    path.write_bytes(b"fLaC" + b"\x00" * 400)
    with pytest.raises(Unreadable):
        open_sound(path)


def test_sound_that_is_whole_has_no_damage(noise):
    path, samples = noise
    sound = open_sound(path)
    assert np.array_equal(sound.read(0, len(samples)), samples)
    assert sound.damaged == 0
    sound.close()
