"""A WAV becomes a FLAC of the same samples, and whatever happens in between one of the two is whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import numpy as np
import pytest
import soundfile

from kring.audio import flac as keeping
from kring.audio.flac import Kept, Progress, fingerprint, keep, release
from kring.domain.text import KringError
from kring.system.file_lock import Lock
from kring.system.worker_process import DIED, Failed
from proofs.small_disk import SmallDisk, why_no_small_disk
from record.sounding import RATE, names_in, noise, samples_of, write_wav

NO_SMALL_DISK = why_no_small_disk()


def sounds_in(folder: Path) -> set[str]:
    return names_in(folder) - {keeping.LOCK}


def kept_of(wav: Path) -> Kept:
    *shares, kept = keep(wav)
    assert isinstance(kept, Kept)
    assert all(isinstance(share, float) for share in shares)
    return kept


def decoded(flac: Path) -> bytes:
    return soundfile.read(flac, dtype="int16", always_2d=True)[0].tobytes()


@pytest.mark.parametrize("channels", [1, 2, 7])
def test_every_sample_is_in_the_flac(tmp_path, channels):
    sound = noise(20, channels=channels)
    sound[:4] = [[32_767], [-32_768], [0], [-1]]
    wav = write_wav(tmp_path / "0001.wav", sound)
    kept = kept_of(wav)
    flac = Path(kept.flac)
    assert decoded(flac) == sound.tobytes()
    assert kept.fingerprint == fingerprint(flac)
    assert kept.fingerprint.bytes < wav.stat().st_size
    assert sounds_in(tmp_path) == {"0001.wav", "0001.flac"}
    assert flac.stat().st_mode & 0o077 == 0


def test_a_flac_is_called_after_its_session(tmp_path):
    wav = write_wav(tmp_path / "0001.wav", noise(2))
    list(keep(wav, keeping.Wavs((str(wav),), "Groep 1: thé", "2026-12-03")))
    with soundfile.SoundFile(wav.with_suffix(".flac")) as sound:
        assert (sound.title, sound.date) == ("Groep 1: thé", "2026-12-03")


def test_the_wav_goes_when_it_is_told_to_and_only_if_the_flac_is_what_it_was(tmp_path):
    kept = kept_of(write_wav(tmp_path / "0001.wav", noise(2)))
    whole = Path(kept.flac).read_bytes()
    Path(kept.flac).write_bytes(whole[:-1])
    release(kept)
    assert sounds_in(tmp_path) == {"0001.wav", "0001.flac"}
    Path(kept.flac).write_bytes(whole)
    release(kept)
    release(kept)
    assert sounds_in(tmp_path) == {"0001.flac"}


def test_progress_grows_to_one(tmp_path):
    *shares, _ = keep(write_wav(tmp_path / "0001.wav", noise(40)))
    assert len(shares) > 4
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def refusal(wav: Path) -> str:
    before = wav.read_bytes() if wav.exists() else None
    with pytest.raises(KringError) as refused:
        list(keep(wav))
    assert (wav.read_bytes() if wav.exists() else None) == before
    assert not list(wav.parent.glob("*.flac*"))
    return str(refused.value)


def test_a_wav_that_grows_or_was_not_repaired_is_refused(tmp_path):
    wav = write_wav(tmp_path / "0001.wav", noise(1))
    with Lock(tmp_path):
        assert refusal(wav) == "0001.wav may still grow: end the recording first."
    with wav.open("ab") as file:
        file.write(bytes(100))
    assert "was not ended well" in refusal(wav)
    assert refusal(write_wav(tmp_path / "0002.wav", noise(0))) == "0002.wav holds no sound."
    (tmp_path / "0003.wav").write_bytes(b"RIFF, but no more than that")
    assert "not a WAV file that kring recorded" in refusal(tmp_path / "0003.wav")
    assert refusal(tmp_path / "0004.wav") == "0004.wav is not there."


@pytest.mark.parametrize("rate", [RATE, RATE * 2])
def test_a_flac_that_is_not_the_same_sound_is_never_taken_for_it(tmp_path, rate):
    sound = noise(3)
    wav = write_wav(tmp_path / "0001.wav", sound)
    other = sound.copy()
    other[-1] += 1
    soundfile.write(tmp_path / "0001.flac", other if rate == RATE else sound, rate)
    kept = kept_of(wav)
    assert decoded(Path(kept.flac)) == sound.tobytes()
    assert soundfile.info(kept.flac).samplerate == RATE


def test_a_flac_of_an_earlier_time_is_compared_and_taken(tmp_path):
    wav = write_wav(tmp_path / "0001.wav", noise(3))
    first = kept_of(wav)
    written_at = Path(first.flac).stat().st_mtime_ns
    assert kept_of(wav) == first
    assert Path(first.flac).stat().st_mtime_ns == written_at


def test_an_encoder_that_lies_is_caught(tmp_path, monkeypatch):
    wav = write_wav(tmp_path / "0001.wav", noise(3))
    blocks = keeping._blocks
    lies = iter([True])

    def first_time_wrong(wav, form):
        wrong = next(lies, False)
        for block in blocks(wav, form):
            yield block ^ 1 if wrong else block

    monkeypatch.setattr(keeping, "_blocks", first_time_wrong)
    assert "was not written well" in refusal(wav)


# in the background


def test_in_the_background_all_are_kept_and_one_that_cannot_be_is_told(tmp_path):
    wavs = [write_wav(tmp_path / f"000{number}.wav", noise(4, seed=number)) for number in (1, 2)]
    news = list(keeping.in_background([wavs[0], tmp_path / "0009.wav", wavs[1]]).wait())
    assert [Path(one.wav).name for one in news if isinstance(one, Kept)] == ["0001.wav", "0002.wav"]
    assert [(one.file, str(one.sentence)) for one in news if isinstance(one, Failed)] == [
        ("0009.wav", "0009.wav is not there.")
    ]
    shares = [one.share for one in news if isinstance(one, Progress)]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def at_work(tmp_path: Path) -> tuple[keeping.Background, Path]:
    """A process that makes a FLAC of so much sound that it is still at it."""
    wav = write_wav(tmp_path / "0001.wav", np.tile(noise(30, rate=48_000), (6, 1)), 48_000)
    working = keeping.in_background([wav])
    until = time.monotonic() + 20
    while not (came := working.poll()) and time.monotonic() < until:
        time.sleep(0.005)
    assert came
    assert all(isinstance(one, Progress) for one in came)
    return working, wav


def test_it_is_modest_and_can_be_cancelled(tmp_path):
    working, wav = at_work(tmp_path)
    before = samples_of(wav)
    if sys.platform == "linux":
        assert os.getpriority(os.PRIO_PROCESS, working._process.pid) >= 10
    working.cancel()
    assert not any(isinstance(one, Failed | Kept) for one in working.wait())
    assert samples_of(wav) == before
    assert sounds_in(tmp_path) == {"0001.wav"}, "what was begun is swept up"
    kept = kept_of(wav)
    assert sounds_in(tmp_path) == {"0001.wav", "0001.flac"}
    assert decoded(Path(kept.flac)) == before


def test_a_killed_one_is_told(tmp_path):
    working, wav = at_work(tmp_path)
    before = samples_of(wav)
    working._process.kill()
    assert list(working.wait())[-1] == DIED
    assert samples_of(wav) == before
    kept_of(wav)
    assert sounds_in(tmp_path) == {"0001.wav", "0001.flac"}, "what was begun is swept up the next time"


def test_it_ends_soon_after_the_face_and_tidies_up(tmp_path):
    wav = write_wav(tmp_path / "0001.wav", np.tile(noise(30, rate=48_000), (6, 1)), 48_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "kring.audio.flac"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdin.write(msgspec.json.encode(keeping.Wavs((str(wav),))) + b"\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdin.close()
    process.stdout.close()
    assert process.wait(10) != 0
    assert sounds_in(tmp_path) == {"0001.wav"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL.")
@pytest.mark.parametrize("share", [0, 0.3, 0.5, 0.8, 1])
def test_kill_at_any_moment_leaves_one_whole_sound(tmp_path, share):
    sound = noise(40, rate=48_000)
    wav = write_wav(tmp_path / "0001.wav", sound, 48_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "kring.audio.flac"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdin.write(msgspec.json.encode(keeping.Wavs((str(wav),))) + b"\n")
    process.stdin.flush()
    for line in process.stdout:
        told = msgspec.json.decode(line, type=keeping.News)
        if isinstance(told, Kept) or told.share >= share:
            break
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL or share == 1  # then it may be faster
    process.stdin.close()
    process.stdout.close()
    assert samples_of(wav) == sound.tobytes()
    flac = tmp_path / "0001.flac"
    assert not flac.exists() or decoded(flac) == sound.tobytes()


@pytest.mark.skipif(NO_SMALL_DISK is not None, reason=NO_SMALL_DISK or "")
@pytest.mark.parametrize("kib", [48, 200, 1_000])
def test_on_a_full_disk_the_wav_stays(tmp_path, kib):
    folder = tmp_path / "disk"
    folder.mkdir()
    sound = noise(60)
    size = sound.nbytes // 1024 + 20
    with SmallDisk(folder, kib=size + kib) as disk:
        write_wav(disk.outside / "0001.wav", sound)
        task = msgspec.json.encode(keeping.Wavs((str(folder / "0001.wav"),))) + b"\n"
        process = subprocess.Popen(
            disk.inside([sys.executable, "-m", "kring.audio.flac"]), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        process.stdin.write(task)
        process.stdin.flush()
        *_, last = process.stdout.read().splitlines()
        assert process.wait(30) == 0
        process.stdin.close()
        process.stdout.close()
        failed = msgspec.json.decode(last, type=keeping.News)
        assert isinstance(failed, Failed)
        assert "stays" in str(failed.sentence)
        assert sounds_in(disk.outside) == {"0001.wav"}
        assert samples_of(disk.outside / "0001.wav") == sound.tobytes()


def test_two_in_one_folder_would_be_in_each_other_s_way(tmp_path):
    wav = write_wav(tmp_path / "0001.wav", noise(2))
    other = Lock(tmp_path, keeping.LOCK)
    assert other.take()
    assert list(keeping.in_background([wav]).wait()) == [keeping.BUSY]
    other.free()
    assert any(isinstance(news, Kept) for news in keeping.in_background([wav]).wait())
