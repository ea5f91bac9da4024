"""Blocks become segments: nothing is written twice, and what is missing begins a new one."""

import wave

import pytest

from kring.record import log
from kring.record.log import Anchor, Closed, Log, Opened
from kring.record.segments import Block, Segments, Source, highest_number
from kring.system.durable import DiskFull

RATE = 8000
BLOCK = 800  # a tenth of a second
MS = 1_000_000


class Room:
    """Gives blocks to segments on a clock of its own; each frame is its number, so that nothing can hide."""

    def __init__(self, folder, **options):
        self.folder, self.log = folder, Log(folder)
        self.segments = Segments(folder, "R1", self.log, **options)
        self.segments.switch_source(Source("mic", RATE, 1), "start")
        self.now_ms = 50_000
        self.frame = 0

    def hear(self, blocks, late_ms=0):
        for _ in range(blocks):
            self.now_ms += 100
            numbers = (number % 65536 for number in range(self.frame, self.frame + BLOCK))
            sound = b"".join(number.to_bytes(2, "little") for number in numbers)
            self.frame += BLOCK
            at = self.now_ms + late_ms
            self.segments.take(Block(sound, at * MS, at + 1_000_000))

    def lose(self, ms):
        self.now_ms += ms
        self.frame += ms * RATE // 1000

    def delay(self, blocks):
        """Hands over several blocks at once, when the last of them is due."""
        for left in reversed(range(blocks)):
            self.hear(1, late_ms=left * 100)

    def entries(self, kind):
        return [entry for entry in log.read(self.folder)[0] if isinstance(entry, kind)]

    def frames_of(self, number):
        with wave.open(str(self.folder / f"{number:04}.wav")) as file:
            sound = file.readframes(file.getnframes())
        return [int.from_bytes(sound[at : at + 2], "little") for at in range(0, len(sound), 2)]


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path)


def test_one_segment_has_every_frame_and_an_anchor_a_second(room):
    room.hear(55)
    room.segments.close("stopped")
    assert room.frames_of(1) == [number % 65536 for number in range(55 * BLOCK)]
    (opened,) = room.entries(Opened)
    assert (opened.elapsed_ns, opened.wall_ms) == (50_000 * MS, 1_050_000)
    anchors = room.entries(Anchor)
    assert len(anchors) == 6
    assert all(one.elapsed_ns - one.frames * 10**9 // RATE == opened.elapsed_ns for one in anchors)
    assert room.entries(Closed) == [Closed(1, 55 * BLOCK, "stopped")]


def test_of_each_second_the_most_punctual_block_is_the_anchor(room):
    for _ in range(3):
        room.hear(4, late_ms=60)
        room.hear(1, late_ms=2)
        room.hear(5, late_ms=90)
    room.segments.close("stopped")
    late = [one.elapsed_ns // MS - 50_000 - one.frames * 1000 // RATE for one in room.entries(Anchor)]
    assert late[:3] == [2, 2, 2]


@pytest.mark.parametrize("lost_ms", [300, 3000])
def test_lost_samples_begin_a_new_segment_exactly_there(room, lost_ms):
    room.hear(30)
    room.lose(lost_ms)
    room.hear(30)
    room.segments.close("stopped")
    assert [one.why for one in room.entries(Closed)] == ["lost samples", "stopped"]
    first, second = room.entries(Opened)
    assert second.why == "lost samples"
    assert second.elapsed_ns - first.elapsed_ns == (3000 + lost_ms) * MS
    assert len(room.frames_of(1)) == 30 * BLOCK
    assert room.frames_of(2)[0] == (30 * BLOCK + lost_ms * RATE // 1000) % 65536
    assert len(room.frames_of(2)) == 30 * BLOCK


def test_what_is_only_late_stays_in_its_segment(room):
    room.hear(30)
    room.delay(12)
    room.hear(30)
    room.segments.close("stopped")
    assert room.frames_of(1) == [number % 65536 for number in range(72 * BLOCK)]
    assert len(room.entries(Opened)) == 1


def test_a_slow_clock_is_no_loss(tmp_path):
    room = Room(tmp_path)
    for late in range(300):  # 10 ms a second: far more than any clock, and far less than a loss
        room.hear(1, late_ms=late)
    room.segments.close("stopped")
    assert len(room.entries(Opened)) == 1


def test_frames_in_doubt_at_the_end_are_kept(room):
    room.hear(20)
    room.lose(1000)
    room.hear(2)
    room.segments.close("stopped")
    assert [len(room.frames_of(number)) for number in (1, 2)] == [20 * BLOCK, 2 * BLOCK]


def test_a_file_that_is_full_is_followed_by_the_next(tmp_path):
    room = Room(tmp_path, largest_bytes=BLOCK * 2 * 10)
    room.hear(25)
    room.segments.close("stopped")
    assert [len(room.frames_of(number)) // BLOCK for number in (1, 2, 3)] == [10, 10, 5]
    assert [one.why for one in room.entries(Opened)] == ["start", "file full", "file full"]
    assert room.frames_of(1) + room.frames_of(2) + room.frames_of(3) == [n % 65536 for n in range(25 * BLOCK)]


def test_a_number_is_never_used_again(tmp_path):
    room = Room(tmp_path)
    room.hear(1)
    room.segments.close("stopped")
    (tmp_path / "0001.wav").rename(tmp_path / "0001.flac")
    (tmp_path / "0007.flac").touch()
    assert highest_number(tmp_path) == 7
    (tmp_path / "0007.flac").unlink()
    (tmp_path / "0001.flac").unlink()
    assert highest_number(tmp_path) == 1


def test_a_full_disk_is_told_and_what_is_there_is_closed(room, monkeypatch):
    room.hear(10)
    wav = room.segments._wav

    def full(_sound):
        raise DiskFull(0)

    monkeypatch.setattr(wav, "write", full)
    with pytest.raises(DiskFull):
        room.hear(1)
    monkeypatch.undo()
    room.segments.close("disk full")
    assert room.entries(Closed) == [Closed(1, 10 * BLOCK, "disk full")]
