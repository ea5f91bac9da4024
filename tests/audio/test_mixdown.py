"""The whole recording as one file: each sound in its place on the session's clock, whatever the sound cards did."""

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from kring.audio.align import Anchor, Piece
from kring.audio.flac import Progress, keep
from kring.audio.mixdown import Export, News, Written, common_rate, in_background, write
from kring.domain.text import KringError
from kring.system.worker_process import Failed
from proofs.small_disk import SmallDisk, why_no_small_disk
from record.sounding import RATE, names_in, noise, write_wav

NO_SMALL_DISK = why_no_small_disk()
BEGIN_MS = 1_796_326_200_000.0


def piece(seconds: float, at_s: float, rate: int = RATE, ppm: float = 0.0) -> Piece:
    """A piece that begins at a second of the session, by a sound card whose clock is off."""
    frame_ms = 1000 / (rate * (1 + ppm / 1e6))
    frames = round(seconds * rate)
    places = [*range(rate, frames, rate), frames]
    begin = BEGIN_MS + at_s * 1000
    return Piece(rate, frames, tuple(Anchor(place, begin + place * frame_ms) for place in places))


def exported(folder: Path, sounds: list[np.ndarray], pieces: list[Piece], kind="wav") -> tuple[np.ndarray, Written]:
    paths = [
        str(write_wav(folder / f"{number:04}.wav", sound, one.rate))
        for number, (sound, one) in enumerate(zip(sounds, pieces, strict=True), 1)
    ]
    out = folder / f"out.{kind}"
    *steps, written = write(Export(tuple(paths), tuple(pieces), BEGIN_MS, kind, str(out)))
    assert isinstance(written, Written)
    assert all(isinstance(step, Progress) for step in steps)
    assert not [name for name in names_in(folder) if name.endswith(".part")]
    read, rate = soundfile.read(out, dtype="float64")
    assert rate == common_rate(Export((), tuple(pieces), BEGIN_MS, kind, ""))
    assert written.seconds == pytest.approx(len(read) / rate, abs=0.15)
    return read, written


@pytest.mark.parametrize("kind", ["wav", "mp3"])
def test_a_file_is_called_after_its_session(tmp_path, kind):
    sound = str(write_wav(tmp_path / "0001.wav", np.zeros((RATE, 1), np.int16), RATE))
    out = tmp_path / f"out.{kind}"
    list(write(Export((sound,), (piece(1, 0),), BEGIN_MS, kind, str(out), "Groep 1: thé", "2026-12-03")))
    with soundfile.SoundFile(out) as read:
        assert read.title == "Groep 1: thé"
        assert read.date.startswith("2026")  # of an MP3 programs show the year


def lag_ms(found: np.ndarray, truth: np.ndarray, rate: int, reach_ms: float = 80) -> tuple[float, float]:
    """How much later a sound is than it should be, and how like it is."""
    reach = round(reach_ms * rate / 1000)
    padded = np.pad(found, reach)
    window = truth - truth.mean()
    likeness = [
        np.dot(part, window) / (np.linalg.norm(part) * np.linalg.norm(window) + 1e-9)
        for shift in range(2 * reach + 1)
        for part in [padded[shift : shift + len(window)]]
    ]
    best = int(np.argmax(likeness))
    return (best - reach) * 1000 / rate, likeness[best]


def expect_at(read: np.ndarray, at_s: float, sound: np.ndarray, from_s: float, most_ms: float, rate=RATE) -> None:
    """Hear half a second of a sound where it belongs."""
    begin, place = round(from_s * rate), round(at_s * rate)
    truth = sound[begin : begin + rate // 2, 0].astype(float)
    late, likeness = lag_ms(read[place : place + rate // 2], truth, rate)
    assert abs(late) <= most_ms, late
    assert likeness > 0.9


@pytest.mark.parametrize(("kind", "most_ms"), [("wav", 0.1), ("mp3", 30)])
def test_each_sound_lies_at_its_second_and_silence_in_the_gaps(tmp_path, kind, most_ms):
    first, second = noise(12), noise(5, seed=2)
    read, written = exported(tmp_path, [first, second], [piece(12, 3.25), piece(5, 40)], kind)
    expect_at(read, 3.25, first, 0, most_ms)
    expect_at(read, 13.25, first, 10, most_ms)
    expect_at(read, 42, second, 2, most_ms)
    assert np.abs(read[: 3 * RATE]).max() < 0.01
    assert np.abs(read[16 * RATE : 39 * RATE]).max() < 0.01
    assert written.left_out_s == 0


@pytest.mark.parametrize("ppm", [-150, 150])
def test_a_card_with_a_wrong_clock_is_put_right(tmp_path, ppm):
    sound = noise(600)
    read, _ = exported(tmp_path, [sound], [piece(600, 0, ppm=ppm)])
    for second in (1, 100, 590):
        expect_at(read, second / (1 + ppm / 1e6), sound, second, 0.2)


def test_what_came_before_the_begin_is_left_out_and_told(tmp_path):
    sound = noise(20)
    read, written = exported(tmp_path, [sound], [piece(20, -6)])
    expect_at(read, 0, sound, 6, 0.1)
    assert written.left_out_s == pytest.approx(6, abs=0.01)
    assert len(read) == pytest.approx(14 * RATE, abs=2)


def test_pieces_of_several_rates_and_channels_become_one(tmp_path):
    tone = np.sin(np.arange(48_000 * 4) / 48_000 * 440 * 2 * np.pi) * 8_000
    high = np.stack([tone, tone], axis=1).astype("<i2")
    low = (tone[::3][:, None]).astype("<i2")
    read, _ = exported(tmp_path, [high, low], [piece(4, 0, 48_000), piece(4, 5, 16_000)])
    for second in (1, 6):
        part = read[second * 48_000 : (second + 2) * 48_000]
        spectrum = np.abs(np.fft.rfft(part))
        assert np.argmax(spectrum) == 880
        assert np.sqrt(np.mean(part**2)) == pytest.approx(8_000 / 32_768 / np.sqrt(2), rel=0.02)


def test_a_rate_that_mp3_has_not_becomes_one_that_it_has(tmp_path):
    count = 96_000 * 2
    audible = np.sin(np.arange(count) / 96_000 * 1_000 * 2 * np.pi) * 8_000
    ultrasound = np.sin(np.arange(count) / 96_000 * 47_000 * 2 * np.pi) * 8_000  # would come back as 1 kHz
    read, _ = exported(tmp_path, [ultrasound[:, None].astype("<i2")], [piece(2, 0, 96_000)], "mp3")
    assert np.abs(read[12_000:-12_000]).max() < 0.02
    folder = tmp_path / "audible"
    read, _ = exported(folder, [audible[:, None].astype("<i2")], [piece(2, 0, 96_000)], "mp3")
    assert np.abs(read[12_000:-12_000]).max() == pytest.approx(8_000 / 32_768, rel=0.05)


def test_pieces_over_each_other_keep_the_earlier_one(tmp_path):
    first, second = noise(10), noise(10, seed=2)
    read, _ = exported(tmp_path, [first, second], [piece(10, 0), piece(10, 8)])
    expect_at(read, 9, first, 9, 0.1)
    expect_at(read, 11, second, 3, 0.1)


def test_a_flac_is_as_good(tmp_path):
    sound = noise(3)
    wav = write_wav(tmp_path / "0001.wav", sound)
    out = tmp_path / "out.wav"
    contents = []
    for path in (wav, Path(list(keep(wav))[-1].flac)):
        list(write(Export((str(path),), (piece(3, 1),), BEGIN_MS, "wav", str(out))))
        contents.append(out.read_bytes())
    assert contents[0] == contents[1]


def test_nothing_to_write_and_too_much_for_a_wav_are_said(tmp_path):
    out = str(tmp_path / "out.wav")
    with pytest.raises(KringError, match="no sound"):
        list(write(Export((), (), BEGIN_MS, "wav", out)))
    (tmp_path / "0001.wav").write_text("no sound at all")
    sounds = (str(tmp_path / "0001.wav"),)
    with pytest.raises(KringError, match=r"0001\.wav holds no sound"):
        list(write(Export(sounds, (piece(1, 0),), BEGIN_MS, "wav", out)))
    with pytest.raises(KringError, match="MP3"):
        list(write(Export(sounds, (piece(1, 40 * 3600),), BEGIN_MS, "wav", out)))
    assert names_in(tmp_path) == {"0001.wav"}


@pytest.mark.skipif(NO_SMALL_DISK is not None, reason=NO_SMALL_DISK or "")
@pytest.mark.parametrize("kind", ["wav", "mp3"])
@pytest.mark.parametrize("missing_kib", [4, 100])
def test_on_a_full_disk_there_is_no_torn_file(tmp_path, kind, missing_kib):
    sound = noise(60)
    wav = write_wav(tmp_path / "0001.wav", sound)
    out = tmp_path / f"whole.{kind}"
    list(write(Export((str(wav),), (piece(60, 0),), BEGIN_MS, kind, str(out))))
    folder = tmp_path / "disk"
    folder.mkdir()
    with SmallDisk(folder, kib=(out.stat().st_size >> 10) - missing_kib) as disk:
        task = Export((str(wav),), (piece(60, 0),), BEGIN_MS, kind, str(folder / f"out.{kind}"))
        process = subprocess.Popen(
            disk.inside([sys.executable, "-m", "kring.audio.mixdown"]), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.flush()
        *_, last = process.stdout.read().splitlines()
        assert process.wait(30) == 0
        process.stdin.close()
        process.stdout.close()
        assert isinstance(msgspec.json.decode(last, type=News), Failed)
        assert names_in(disk.outside) == set()


def test_in_the_background_a_folder_that_is_gone_is_said(tmp_path):
    wav = write_wav(tmp_path / "0001.wav", noise(2))
    gone = tmp_path / "gone"
    gone.mkdir()
    shutil.rmtree(gone)
    task = Export((str(wav),), (piece(2, 0),), BEGIN_MS, "mp3", str(gone / "out.mp3"))
    (failed,) = in_background(task).wait()
    assert str(failed.sentence) == "out.mp3 could not be written: No such file or directory"
