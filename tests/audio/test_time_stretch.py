"""Faster at the same pitch, and sound read from files."""

import struct
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from kring.audio import reader
from kring.audio.playback_buffer import ZEROS_S, PlaybackBuffer
from kring.audio.reader import Reel, Unreadable, open_sound, reels
from kring.audio.time_stretch import TimeStretcher
from record.sounding import RATE, noise, write_wav


class Tape:
    def __init__(self, samples, rate=RATE):
        self.samples, self.rate = samples, rate

    def read(self, frame, count):
        return self.samples[frame : frame + count]


def voice(seconds, pitch_hz, rate=RATE):
    """A voice of one pitch: a row of harmonics, as loud as syllables are."""
    t = np.arange(round(seconds * rate)) / rate
    harmonics = sum(np.sin(2 * np.pi * pitch_hz * n * t) / n for n in range(1, 8))
    return (harmonics * 4000 * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t))).astype("<i2")


def pitch_of(samples, rate=RATE):
    """The loudest frequency."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 18))
    return float(np.argmax(spectrum)) * rate / (1 << 18)


# speed


@pytest.mark.parametrize("speed", [1.1, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("pitch", [95.0, 180.0, 310.0])
def test_faster_keeps_the_pitch_and_shortens_the_time(speed, pitch):
    sound = voice(4, pitch)
    faster = TimeStretcher(Tape(sound), 0, speed).read(len(sound))
    assert len(faster) / RATE == pytest.approx(4 / speed, abs=0.05)
    assert pitch_of(faster[RATE // 2 : -RATE // 2]) == pytest.approx(pitch, rel=0.005)


def test_plain_resampling_would_not_keep_it():
    assert pitch_of(voice(4, 180.0)[::2]) == pytest.approx(360, rel=0.01)


def test_faster_is_as_loud_and_has_no_gaps():
    sound = voice(4, 140.0)
    faster = TimeStretcher(Tape(sound), 0, 1.5).read(len(sound)).astype(float)
    pieces = faster[: len(faster) // 400 * 400].reshape(-1, 400)
    levels = np.sqrt((pieces**2).mean(axis=1))[2:-2]
    was = np.sqrt((sound[: len(sound) // 400 * 400].reshape(-1, 400).astype(float) ** 2).mean(axis=1))[2:-2]
    assert levels.min() > 0.8 * was.min()
    assert levels.max() < 1.2 * was.max()


def test_faster_knows_where_it_is():
    faster = TimeStretcher(Tape(noise(10)[:, 0]), 2 * RATE, 1.5)
    for _ in range(40):
        faster.read(RATE // 10)
    assert faster.frame / RATE == pytest.approx(2 + 40 * 0.1 * 1.5, abs=0.01)


def test_in_small_steps_it_is_the_same_sound():
    sound = noise(3)[:, 0]
    whole = TimeStretcher(Tape(sound), 0, 1.3).read(len(sound))
    steps = TimeStretcher(Tape(sound), 0, 1.3)
    assert np.array_equal(np.concatenate([steps.read(333) for _ in range(200)]), whole)


# files


def test_a_wav_that_grows_is_as_long_as_it_is_now(tmp_path):
    sound = noise(2)
    path = write_wav(tmp_path / "a.wav", sound[:RATE])
    opened = open_sound(path)
    assert opened.length() == RATE
    with path.open("ab") as file:
        file.write(sound[RATE:].tobytes() + b"x")  # and half a sample
    assert opened.length() == 2 * RATE
    assert np.array_equal(opened.read(RATE - 10, RATE), sound[RATE - 10 : 2 * RATE - 10, 0])
    assert len(opened.read(2 * RATE - 5, 100)) == 5
    assert len(opened.read(3 * RATE, 100)) == 0
    opened.close()


@pytest.mark.parametrize("channels", [1, 2, 5])
def test_a_flac_holds_the_same_as_its_wav(tmp_path, channels, monkeypatch):
    monkeypatch.setattr(reader, "BLOCK", 5_000)
    sound = noise(2, channels=channels)
    wav = open_sound(write_wav(tmp_path / "a.wav", sound))
    soundfile.write(tmp_path / "a.flac", sound, RATE, subtype="PCM_16")
    flac = open_sound(tmp_path / "a.flac")
    assert flac.length() == wav.length() == 2 * RATE
    for begin in (0, 4_990, 12_345, 31_990, 40_000, 0):
        assert np.array_equal(flac.read(begin, 11_111), wav.read(begin, 11_111))


def test_what_stands_behind_the_samples_of_another_program_is_no_sound(tmp_path):
    samples = noise(0.1).tobytes()
    form = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)
    chunks = b"LIST\x04\0\0\0abcd" + b"fmt " + struct.pack("<I", 16) + form
    chunks += b"data" + struct.pack("<I", len(samples)) + samples + b"LIST\x04\0\0\0abcd"
    (tmp_path / "a.wav").write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    opened = open_sound(tmp_path / "a.wav")
    assert opened.length() == len(samples) // 2
    assert opened.read(0, RATE).tobytes() == samples


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEfmt \0\0\0\0data\0\0\0\0", b"RIFFxxxxAVI " * 9, b"text" * 99]
)
def test_what_is_no_sound_is_told(tmp_path, content):
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(Unreadable):
        open_sound(tmp_path / "a.wav")


def test_a_reel_reads_across_its_files(tmp_path):
    sound = noise(3)
    cuts = (0, 7_000, 7_001, 30_000, len(sound))
    sounds = [open_sound(write_wav(tmp_path / f"{a}.wav", sound[a:b])) for a, b in pairwise(cuts)]
    (reel,) = reels(sounds)
    assert reel.length() == len(sound)
    for begin, count in ((0, 100), (6_990, 50_000), (7_000, 1), (29_999, 2), (47_990, 99)):
        assert np.array_equal(reel.read(begin, count), sound[begin : begin + count, 0])
    for frame in (0, 6_999, 7_000, 7_001, 29_999, 30_000, 47_999):
        assert reel.frame_of(*reel.place(frame)) == frame
    assert reel.place(7_001) == (2, 0)


def test_another_rate_is_another_reel(tmp_path):
    rates = (RATE, RATE, 48_000, RATE)
    sounds = [open_sound(write_wav(tmp_path / f"{n}.wav", noise(0.1), rate)) for n, rate in enumerate(rates)]
    assert [reel.pieces for reel in reels(sounds)] == [range(2), range(2, 3), range(3, 4)]


# the deck, heard without any output


SECOND = 1_000_000_000


def deck_of(tmp_path, sound, begin=0, speed=1.0, length_s=None):
    return PlaybackBuffer([Reel(0, [open_sound(write_wav(tmp_path / "deck.wav", sound))])], 0, begin, speed, length_s)


def all_of(deck, count=480, heard_ns=0):
    taken, over = [], False
    while not over:
        given, over = deck.fill(count, heard_ns + sum(map(len, taken)) * SECOND // RATE)
        taken.append(given)
    return np.concatenate(taken)


def test_the_deck_gives_every_sample_and_then_silence(tmp_path):
    sound = noise(2)
    played = all_of(deck_of(tmp_path, sound, begin=5_000))
    assert np.array_equal(played[: len(sound) - 5_000], sound[5_000:, 0])
    after = played[len(sound) - 5_000 :]
    assert not after.any()
    assert len(after) >= ZEROS_S * RATE


def test_the_deck_stops_after_the_asked_length(tmp_path):
    played = all_of(deck_of(tmp_path, noise(5) | 1, begin=1_000, length_s=1.5))  # no sample of it is zero
    assert np.count_nonzero(played) == 1.5 * RATE


def test_the_deck_tells_what_is_heard_not_what_it_gave(tmp_path):
    deck = deck_of(tmp_path, noise(5))
    for number in range(100):
        deck.fill(160, SECOND + number * SECOND // 100)  # heard a second after it's given
    assert deck.heard(SECOND // 2) == (0, 0, False)
    assert deck.heard(SECOND + SECOND // 2) == (0, RATE // 2, True)
    assert deck.heard(SECOND + SECOND * 3) == (0, RATE, False)


def test_the_deck_skips_from_what_is_heard(tmp_path):
    deck = deck_of(tmp_path, noise(5))
    for number in range(200):
        deck.fill(160, number * SECOND // 100)
    deck.skip(1.5, SECOND)  # at 1 s; 2 s were given
    assert deck.heard(SECOND)[1] == 2.5 * RATE
    deck.skip(-9, SECOND)
    assert deck.heard(SECOND)[1] == 0
    deck.skip(99, SECOND)
    assert deck.heard(SECOND)[1] == 5 * RATE


def test_a_paused_deck_is_silent_and_goes_on_where_it_was(tmp_path):
    sound = noise(1)
    deck = deck_of(tmp_path, sound)
    first, _ = deck.fill(1_000, 0)
    deck.is_paused = True
    silence, over = deck.fill(100_000, SECOND)
    assert not silence.any()
    assert not over
    deck.is_paused = False
    second, _ = deck.fill(1_000, 2 * SECOND)
    assert np.array_equal(np.concatenate((first, second)), sound[:2_000, 0])
