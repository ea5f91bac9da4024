"""A WAV file is whole after a repair, wherever it was cut off."""

import os
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.audio.wav import HEADER_BYTES, WavWriter, read_header, repair
from kring.domain.text import KringError
from kring.system import durable


def written(file, frames, channels=1, rate=16000):
    writer = WavWriter(file, rate, channels)
    sound = os.urandom(frames * channels * 2)
    writer.write(sound)
    return writer, sound


def test_what_is_written_is_read_by_others(tmp_path):
    writer, sound = written(tmp_path / "a.wav", 1000, channels=2, rate=44100)
    writer.close()
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getparams()[:4] == (2, 2, 44100, 1000)
        assert file.readframes(1000) == sound


def test_sync_lets_the_header_count_and_writing_goes_on(tmp_path):
    writer, first = written(tmp_path / "a.wav", 100)
    assert read_header(tmp_path / "a.wav").frames == 0
    writer.sync()
    assert read_header(tmp_path / "a.wav").frames == 100
    writer.write(b"\1\2" * 50)
    writer.close()
    assert (tmp_path / "a.wav").read_bytes()[HEADER_BYTES:] == first + b"\1\2" * 50


def test_no_file_is_ever_written_over(tmp_path):
    written(tmp_path / "a.wav", 10)[0].close()
    with pytest.raises(FileExistsError):
        WavWriter(tmp_path / "a.wav", 8000, 1)


@given(frames=st.integers(0, 300), channels=st.integers(1, 3), synced=st.booleans(), cut=st.integers(0, 2000))
def test_a_repaired_file_has_every_whole_frame_and_no_other(tmp_path_factory, frames, channels, synced, cut):
    file = tmp_path_factory.mktemp("wav") / "a.wav"
    writer, sound = written(file, frames, channels)
    if synced:
        writer.sync()
    file.open("r+b").truncate(max(0, file.stat().st_size - cut))
    left = max(0, len(sound) - cut) // (2 * channels)
    whole_header = file.stat().st_size >= HEADER_BYTES
    assert repair(file) == (left if whole_header else 0)
    assert repair(file) == (left if whole_header else 0)
    if whole_header:
        with wave.open(str(file)) as again:
            assert again.getnframes() == left
            assert again.readframes(left) == sound[: left * 2 * channels]
        assert file.stat().st_size == HEADER_BYTES + left * 2 * channels


@pytest.mark.parametrize("content", [b"x" * 100, bytes(100), b"RIFF" + bytes(96)])
def test_a_file_of_others_is_left_alone(tmp_path, content):
    file = tmp_path / "a.wav"
    file.write_bytes(content)
    with pytest.raises(KringError):
        repair(file)
    assert file.read_bytes() == content


def test_a_full_disk_leaves_whole_frames(tmp_path, monkeypatch):
    writer, sound = written(tmp_path / "a.wav", 10, channels=2)
    write = os.write
    room = [7]

    def little(descriptor, content):
        part = bytes(content)[: room[0]]
        if not part:
            raise OSError(28, "No space left on device")
        room[0] -= len(part)
        return write(descriptor, part)

    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "write", little)
        with pytest.raises(durable.DiskFull):
            writer.write(b"\5" * 40)
    writer.close()
    assert writer.frames == 11
    assert (tmp_path / "a.wav").read_bytes()[HEADER_BYTES:] == sound + b"\5" * 4
