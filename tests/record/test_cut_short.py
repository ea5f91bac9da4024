"""A recorder may be killed at any byte that it writes: no frame is lost then, and each is at its time."""

import sys
import wave
from array import array
from collections.abc import Iterator

import pytest

from kring.audio.align import Anchor, Mapping, Piece
from kring.audio.wav import HEADER_BYTES, WavWriter, repair
from kring.record import client, log
from kring.record.log import Opened
from kring.system import durable
from record.cut_short import Asked, cuts, leave, watched
from record.test_segments import BLOCK, RATE, Room

LARGEST = BLOCK * 2 * 14


def recorded(folder) -> list[Asked]:
    """An evening in little: a header now and then, samples lost, a file that is full, and the end."""
    with watched(folder) as asked:
        room = Room(folder, largest_bytes=LARGEST)
        room.hear(11)
        room.segments.sync()
        room.lose(1000)
        room.hear(9)
        room.segments.sync()
        room.hear(9)
        room.segments.close("stopped")
    return asked


def values(sound: bytes) -> array:
    """The frames of a sound; each is its own number, and so tells when it was heard."""
    found = array("H", sound[: len(sound) // 2 * 2])
    if sys.byteorder == "big":
        found.byteswap()
    return found


def appended(asked) -> set[int]:
    """The frames that were written whole."""
    sounds = (one.content for one in asked if one.file.endswith(".wav") and one.content and one.place >= HEADER_BYTES)
    return {value for sound in sounds for value in values(sound)}


def sounds_of(folder) -> Iterator[tuple[array, Mapping]]:
    """The frames of each segment, and when they were heard."""
    opened: dict[int, Opened] = {}
    anchors: dict[int, list[Anchor]] = {}
    for entry in log.read(folder)[0]:
        match entry:
            case Opened():
                opened[entry.segment] = entry
            case log.Anchor():
                anchors.setdefault(entry.segment, []).append(Anchor(entry.frames, entry.elapsed_ns / 1e6))
    for number, one in opened.items():
        file = folder / one.file
        if file.stat().st_size < HEADER_BYTES:
            continue
        with wave.open(str(file)) as sound:
            found = values(sound.readframes(sound.getnframes()))
        assert 2 * len(found) == file.stat().st_size - HEADER_BYTES
        known = anchors.get(number) or [Anchor(0, one.elapsed_ns / 1e6)]
        yield found, Mapping([Piece(RATE, len(found), tuple(known))])


@pytest.mark.skipif(sys.platform != "linux", reason="only there a descriptor tells its file")
def test_killed_at_any_byte_it_loses_nothing_and_nothing_is_at_a_wrong_time(tmp_path, monkeypatch):
    monkeypatch.setattr(durable, "sync", lambda _descriptor: None)
    (tmp_path / "live").mkdir()
    asked = recorded(tmp_path / "live")
    count = 0
    for count, left in enumerate(cuts(asked)):
        folder = tmp_path / str(count)
        leave(left, folder)
        client.repair(folder)
        assert client.still_open(folder) == {}
        found: set[int] = set()
        for frames, mapping in sounds_of(folder):
            found.update(frames)
            for stretch in mapping.stretches:
                part = frames[stretch.first : stretch.end]
                assert part == array("H", range(part[0], part[0] + len(part)))
                assert stretch.started_ms == pytest.approx(50_000 + part[0] / 8, abs=1), left[-1]
                assert stretch.ended_ms == pytest.approx(50_000 + (part[-1] + 1) / 8, abs=1), left[-1]
        assert found == appended(left)
    assert count > 400


@pytest.mark.parametrize("frames", [0, 1, 799])
def test_a_header_that_could_not_be_patched_does_not_let_sound_be_written_over(tmp_path, monkeypatch, frames):
    writer = WavWriter(tmp_path / "a.wav", RATE, 1)
    writer.write(b"\1\2" * frames)

    def full(*_):
        raise durable.DiskFull(20)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "write_all", full)
        with pytest.raises(durable.DiskFull):
            writer.count()
    writer.write(b"\3\4")
    assert repair(tmp_path / "a.wav") == frames + 1
    assert (tmp_path / "a.wav").read_bytes()[HEADER_BYTES:] == b"\1\2" * frames + b"\3\4"
