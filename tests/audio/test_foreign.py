"""Recordings of other programs: recognised, heard and laid down block by block, whole or not at all."""

from __future__ import annotations

import importlib.util
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kring.audio import foreign
from kring.domain.text import KringError
from kring.speech import activity

RATE = 16_000
HAS_AV = importlib.util.find_spec("av") is not None


def bursts(seconds: int, spoken: list[tuple[float, float]], rate: int = RATE) -> np.ndarray:
    """A room with a little noise, and much of it from second to second."""
    noise = np.random.default_rng(1).standard_normal(seconds * rate) * 20
    for begin, end in spoken:
        noise[round(begin * rate) : round(end * rate)] *= 150
    return noise.clip(-32_000, 32_000).astype(np.int16)


def write_m4a(path: Path, samples: np.ndarray, rate: int = RATE) -> Path:
    import av

    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=rate)
        stream.layout = "mono"
        for at in range(0, len(samples), 1024):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(samples[at : at + 1024])[None], format="s16", layout="mono"
            )
            frame.sample_rate, frame.pts = rate, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def looked(path: Path) -> activity.Looked:
    *_progress, found = activity.look(activity.Look(str(path)))
    assert isinstance(found, activity.Looked)
    return found


SPOKEN = [(1.0, 3.5), (5.0, 6.0), (8.0, 12.0)]


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "mp3", "aiff"])
@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_what_libsndfile_reads_is_recognised_and_heard(tmp_path: Path, ending: str, rate: int) -> None:
    path = tmp_path / f"a name that says nothing.{ending}"
    channels = 1 if ending == "mp3" else 2  # libsndfile 1.2 writes noise for two
    soundfile.write(path, np.stack([bursts(15, SPOKEN, rate)] * channels, axis=1), rate)

    assert foreign.is_sound(path.read_bytes()[: foreign.FIRST_BYTES])
    found = looked(path)

    assert found.rate == rate
    assert found.lasts_ms == pytest.approx(15_000, abs=120)
    assert [part for span in found.speech for part in span] == pytest.approx(
        [edge * 1000 for span in SPOKEN for edge in span], abs=160
    )
    assert not found.is_cut_off


@pytest.mark.skipif(not HAS_AV, reason="the extra av is not installed")
def test_m4a_is_heard_and_laid_down(tmp_path: Path) -> None:
    path = write_m4a(tmp_path / "audio.m4a", bursts(15, SPOKEN))

    found = looked(path)
    assert [begin for begin, _end in found.speech] == pytest.approx([1_000, 5_000, 8_000], abs=160)
    _laid, (out,) = laid_down(path, found, ())
    assert soundfile.info(out).frames == found.frames


def test_without_its_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "video.mp4"
    path.write_bytes(b"\0\0\0\x20ftypisom" + bytes(100))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(KringError, match=r"To read video.mp4, install kring with its extra av"):
        activity.in_background(path)


@pytest.mark.parametrize(
    "begin",
    [b"\xff\xfe1\x009\x00:\x00", b"WEBVTT\n\n00:00", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"", b"\xff"],
)
def test_what_is_no_sound_is_not_taken_for_it(begin: bytes) -> None:
    assert not foreign.is_sound(begin)


def laid_down(path: Path, found: activity.Looked, cuts: tuple[int, ...]) -> tuple[foreign.LaidDown, list[Path]]:
    files = [path.parent / f"part-{number}.flac" for number in range(len(cuts) + 1)]
    task = foreign.Cuts(str(path), found.stamp, (*cuts, found.frames), tuple(map(str, files)))
    *_progress, laid = foreign.lay_down(task)
    assert isinstance(laid, foreign.LaidDown)
    return laid, files


def test_the_parts_hold_every_sample_once(tmp_path: Path) -> None:
    samples = bursts(47, SPOKEN)
    path = tmp_path / "whole.wav"
    soundfile.write(path, samples, RATE)
    cuts = (3, 10 * RATE, 25 * RATE + 1)  # on the border of a block, and beside it

    laid, files = laid_down(path, looked(path), cuts)

    assert laid.frames == (3, 10 * RATE - 3, 15 * RATE + 1, 22 * RATE - 1)
    assert np.array_equal(np.concatenate([soundfile.read(file, dtype="int16")[0] for file in files]), samples)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([path.name, *(file.name for file in files)])


@pytest.mark.parametrize("ending", ["wav", "flac"])
def test_what_was_cut_off_is_heard_as_far_as_it_goes_and_said(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"half.{ending}"
    soundfile.write(path, bursts(30, SPOKEN), RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])

    found = looked(path)

    assert found.speech[0][0] == pytest.approx(1_000, abs=160)
    assert found.lasts_ms < 25_000
    assert found.is_cut_off


@pytest.mark.parametrize("content", [b"fLaC" + bytes(50), b"ID3\x04" + bytes(2_000), b"OggS" + bytes(50)])
def test_what_only_begins_as_sound_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.flac"
    path.write_bytes(content)

    with pytest.raises(KringError, match=r"^odd.flac holds no sound that can be read"):
        looked(path)


def test_a_recording_that_changed_meanwhile_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "growing.wav"
    soundfile.write(path, bursts(3, []), RATE)
    found = looked(path)
    soundfile.write(path, bursts(5, []), RATE)

    with pytest.raises(KringError, match=r"^growing.wav changed while it was read"):
        laid_down(path, found, ())
    assert list(tmp_path.iterdir()) == [path]


def test_four_hours_take_no_more_memory_than_their_levels() -> None:
    block = (bursts(10, [(2, 4), (6, 9)], 8_000)[:, None] / 32_768).astype(np.float32)
    ear = activity.Ear(8_000)
    tracemalloc.start()
    try:
        for _ in range(4 * 360):
            ear.hear(block)
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert ear.frames == 4 * 3600 * 8_000
    assert kept < 4_000_000
    assert most < 16_000_000  # the samples themselves would take 460
    assert len(list(ear.speech())) == pytest.approx(2 * 1440, rel=0.02)
