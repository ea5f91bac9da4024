"""The player as a face uses it: in a separate process, through a sound server, its content found by correlation."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kring.audio import player_client
from kring.audio.player_client import Player
from record.pulse import RATE, pulse, until
from record.sounding import noise, write_wav
from speech.ears import Ears, found

__all__ = ["pulse"]

EXACT = 0.999


@pytest.fixture
def ears(pulse):
    listening = Ears()
    yield listening
    listening.close()


@pytest.fixture
def player():
    made = Player()
    yield made
    made.close()


@pytest.fixture
def silent():
    made = Player(silent=True)
    yield made
    made.close()


def loud(samples):
    """The samples from the first to the last that is not silent."""
    sounding = np.flatnonzero(samples)
    return samples[sounding[0] : sounding[-1] + 1] if len(sounding) else samples[:0]


# heard through a sound server


@pytest.mark.parametrize("begin_s", [0, 1.37, 6.5])
def test_it_plays_from_the_frame_that_was_asked_to_the_last_one(tmp_path, ears, player, begin_s):
    sound = noise(8, RATE) | 1  # no sample of it is zero
    path = write_wav(tmp_path / "0001.wav", sound, RATE)
    player.play([path], 0, round(begin_s * RATE), length_s=1.0 if begin_s < 6 else None)
    assert player.wait(15)
    assert player.problem is None
    until(lambda: not ears.samples()[-RATE // 10 :].any())
    heard = loud(ears.samples())
    place, alike = found(heard, sound[:, 0])
    assert alike > EXACT
    assert place == round(begin_s * RATE)
    assert abs(len(heard) - (1.0 if begin_s < 6 else 1.5) * RATE) < 2


def test_a_flac_and_a_wav_of_another_rate_follow_each_other(tmp_path, ears, player):
    sound = noise(1, RATE)
    soundfile.write(tmp_path / "0001.flac", sound[: RATE // 2], RATE, subtype="PCM_16")
    write_wav(tmp_path / "0002.wav", sound[RATE // 2 :], RATE)
    low = noise(1, 16_000, seed=2)
    write_wav(tmp_path / "0003.wav", low, 16_000)
    player.play([tmp_path / name for name in ("0001.flac", "0002.wav", "0003.wav")], 0, 0)
    assert player.wait(20)
    until(lambda: not ears.samples()[-RATE // 10 :].any())
    heard = ears.samples()
    assert found(sound[:, 0], heard)[1] > EXACT
    assert found(np.repeat(low[:, 0], 3), heard)[1] > 0.8  # resampled by the server


def test_the_told_position_is_what_is_heard(tmp_path, ears, player):
    sound = noise(12, RATE)
    player.play([write_wav(tmp_path / "0001.wav", sound, RATE)], 0, 0)
    until(lambda: (at := player.position()) and at.frame > RATE, 10)
    asked = []
    for number in range(1, 5):
        until(lambda number=number: player.position().frame > RATE * (1 + 0.3 * number))
        asked.append((time.monotonic(), player.position().frame))
    until(lambda: player.position().frame > asked[-1][1] + RATE // 2)
    for moment, told in asked:
        place, alike = found(ears.heard_at(moment), sound[:, 0])
        assert alike > EXACT
        assert abs(place + 0.1 * RATE - told) / RATE < 0.05


def test_pause_skip_and_speed(tmp_path, ears, player):
    sound = noise(30, RATE)
    player.play([write_wav(tmp_path / "0001.wav", sound, RATE)], 0, 0)
    until(lambda: (at := player.position()) and at.frame > RATE // 2)
    player.pause()
    until(lambda: not ears.samples()[-RATE // 10 :].any())
    stood, length = player.position(), len(ears.samples())
    until(lambda: len(ears.samples()) > length + RATE // 4)
    assert player.position().frame == stood.frame
    assert not stood.sounds
    assert not ears.samples()[length:].any()
    player.pause()
    player.skip(15)
    until(lambda: player.position().frame > stood.frame + 15.6 * RATE)
    place, alike = found(ears.heard_at(time.monotonic() - 0.2), sound[:, 0])
    assert alike > EXACT
    assert place > stood.frame + 14.9 * RATE
    player.skip(-10)
    until(lambda: RATE * 5 < player.position().frame < RATE * 10)
    player.speed(2)
    until(lambda: player.position().speed == 2 and player.position().sounds)
    begin, at = time.monotonic(), player.position().frame
    until(lambda: player.position().frame > at + 2 * RATE)
    assert (player.position().frame - at) / RATE == pytest.approx(2 * (time.monotonic() - begin), rel=0.1)


def test_speed_keeps_the_pitch_that_is_heard(tmp_path, ears, player):
    t = np.arange(3 * RATE) / RATE
    tone = (8_000 * np.sin(2 * np.pi * 220 * t) + 4_000 * np.sin(2 * np.pi * 440 * t)).astype("<i2")[:, None]
    player.speed(1.5)
    player.play([write_wav(tmp_path / "0001.wav", tone, RATE)], 0, 0)
    begin = time.monotonic()
    assert player.wait(15)
    assert time.monotonic() - begin < 3.5
    heard = loud(ears.samples())
    assert len(heard) / RATE == pytest.approx(2, abs=0.15)
    middle = heard[RATE // 2 : 3 * RATE // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) * RATE / len(middle) == pytest.approx(220, abs=2)


def test_it_plays_a_file_that_still_grows(tmp_path, ears, player):
    sound = noise(3, RATE)
    path = write_wav(tmp_path / "0001.wav", sound[:RATE], RATE)
    ended = threading.Event()

    def grow():
        for begin in range(RATE, len(sound), RATE // 10):
            with path.open("ab") as file:
                file.write(sound[begin : begin + RATE // 10].tobytes())
            if ended.wait(0.05):  # twice as fast as it is played, for a computer with other things to do
                return

    growing = threading.Thread(target=grow, daemon=True)
    growing.start()
    player.play([path], 0, 0)
    assert player.wait(15)
    ended.set()
    growing.join()
    until(lambda: not ears.samples()[-RATE // 10 :].any())
    heard = loud(ears.samples())
    assert found(heard, sound[:, 0])[1] > EXACT
    assert len(heard) / RATE > 2.5


def test_a_server_that_goes_is_one_sentence(tmp_path, pulse, player):
    player.play([write_wav(tmp_path / "0001.wav", noise(30, RATE), RATE)], 0, 0)
    until(lambda: player.position() is not None)
    pulse.kill()
    assert player.wait(10)
    assert "broke off" in str(player.problem)
    pulse.start()
    player.play([tmp_path / "0001.wav"], 0, 0)
    until(lambda: (at := player.position()) and at.frame > RATE // 4)
    assert player.problem is None


def test_a_server_that_hangs_does_not_keep_the_face(tmp_path, pulse, player):
    player.play([write_wav(tmp_path / "0001.wav", noise(30, RATE), RATE)], 0, 0)
    until(lambda: player.position() is not None)
    pulse.freeze(True)
    begin = time.monotonic()
    player.skip(1)
    player.position()
    assert time.monotonic() - begin < 0.1
    assert player.wait(10)
    assert "broke off" in str(player.problem)
    pulse.freeze(False)


# without any sound: at the pace of a real output


def test_the_pace_and_the_end(tmp_path, silent):
    path = write_wav(tmp_path / "0001.wav", noise(1.0))
    silent.play([path, path], 0, 8_000)
    assert silent.is_playing
    until(lambda: (at := silent.position()) and at.piece == 1)
    begin, at = time.monotonic(), silent.position()
    until(lambda: silent.position().frame > at.frame + 0.4 * 16_000)
    now = silent.position()
    assert (now.frame - at.frame) / 16_000 == pytest.approx(time.monotonic() - begin, abs=0.05)
    assert silent.wait(5)
    assert silent.position()[:2] == (1, 16_000)
    assert not silent.is_playing
    assert silent.problem is None


def test_a_new_play_is_not_told_what_was_before(tmp_path, silent):
    one = write_wav(tmp_path / "0001.wav", noise(0.2))
    long = write_wav(tmp_path / "0002.wav", noise(9))
    silent.play([one], 0, 0)
    silent.play([long], 0, 80_000)
    assert silent.position() is None
    until(lambda: silent.position() is not None)
    assert silent.position().frame >= 80_000
    assert not silent.wait(0.5)


def test_what_is_missing_or_no_sound_is_one_sentence(tmp_path, silent):
    (tmp_path / "notes.wav").write_text("this is no sound" * 9)
    silent.play([tmp_path / "0007.wav"], 0, 0)
    assert silent.wait(5)
    assert str(silent.problem) == "0007.wav is not there: put the sound back beside the session file."
    silent.play([tmp_path / "notes.wav"], 0, 0)
    assert silent.wait(5)
    assert str(silent.problem) == "notes.wav cannot be read as sound."
    silent.play([write_wav(tmp_path / "0001.wav", noise(0.1))], 0, 0)
    assert silent.wait(5)
    assert silent.problem is None


def test_a_player_that_dies_is_one_sentence_and_the_next_play_has_another(tmp_path, silent):
    path = write_wav(tmp_path / "0001.wav", noise(9))
    silent.play([path], 0, 0)
    until(lambda: silent.position() is not None)
    os.kill(silent._process.pid, signal.SIGKILL)
    assert silent.wait(5)
    assert "ended by itself" in str(silent.problem)
    silent.pause()
    silent.skip(3)
    silent.play([path], 0, 0)
    until(lambda: silent.position() is not None)
    assert silent.problem is None


def test_no_output_is_one_sentence(tmp_path, player, monkeypatch):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    player.play([write_wav(tmp_path / "0001.wav", noise(1))], 0, 0)
    assert player.wait(10)
    assert str(player.problem).startswith("Sound cannot be played: ")


def test_a_face_that_is_gone_takes_the_player_along(tmp_path):
    path = write_wav(tmp_path / "0001.wav", noise(60))
    code = (
        "import sys; from pathlib import Path; from kring.audio.player_client import Player; p = Player(silent=True);"
        "p.play([Path(sys.argv[1])], 0, 0); p.wait(0.5); print(p._process.pid, flush=True); p.wait()"
    )
    face = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    pid = int(face.stdout.readline())
    face.kill()
    face.wait()
    face.stdout.close()
    until(lambda: is_gone(pid))


def is_gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_the_face_never_waits(tmp_path, monkeypatch):
    """A process that reads nothing, and never answers, keeps nobody."""
    hangs = ["sleep", "60"]
    start = subprocess.Popen
    monkeypatch.setattr(player_client.subprocess, "Popen", lambda _words, **how: start(hangs, **how))
    monkeypatch.setattr(player_client, "PATIENCE_S", 0.2)
    player = Player()
    begin = time.monotonic()
    for _ in range(3_000):
        player.play([tmp_path / ("long" * 30)], 0, 0)
        player.skip(1)
        player.position()
    assert time.monotonic() - begin < 1.0
    player.close()
    assert time.monotonic() - begin < 2.0
