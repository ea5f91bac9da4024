"""The way back to a microphone: the same one first, another rather than none, and the first again when it is there."""

import queue

import pytest

from kring.audio.advice import Failure
from kring.record import reconnect
from kring.record.microphone import Microphone, Unavailable
from kring.record.reconnect import Reconnect
from kring.record.segments import Source
from kring.system.clock import SystemClock

SECOND = 10**9


class Stream:
    """A stream that is there until its cable is pulled."""

    active = True

    def abort(self, **_):
        self.active = False

    def close(self, **_):
        self.active = False


class Computer:
    """The microphones that are connected; the first is the system's own choice."""

    def __init__(self):
        self.connected = ["USB", "built in"]
        self.source = None
        self.busy = ""
        self.hangs = False
        self.asked = []

    def open(self, device):
        name = device or next((one for one in self.connected if one != self.busy), None)
        if name not in self.connected or name == self.busy:
            return Unavailable(Failure.NO_DEVICE)
        return Microphone(Stream(), name, Source(name, 48000, 1), queue.SimpleQueue())

    def opening(self, device, *_):
        self.asked.append(device)
        attempt = type("Attempt", (), {})()
        attempt.device = device
        attempt.found = None if self.hangs else self.open(device)
        return attempt

    def search(self, name, began_ns):
        look = type("Look", (), {})()
        look.began_ns, look.found = began_ns, name in self.connected
        return look


@pytest.fixture
def computer(monkeypatch):
    computer = Computer()
    monkeypatch.setattr(reconnect, "Opening", computer.opening)
    monkeypatch.setattr(reconnect, "_Search", computer.search)
    return computer


@pytest.fixture
def way(computer):
    return Reconnect(computer.open("USB"), 1, None, computer)


def pull(computer, way, name):
    computer.connected.remove(name)
    way.microphone._stream.active = False


def changes(way, first_s, last_s, silent_ns=0):
    """What happened at which tenth of a second."""
    looks = ((tick / 10, way.look(tick * SECOND // 10, silent_ns)) for tick in range(first_s * 10, last_s * 10))
    return [(at, change) for at, change in looks if change]


def test_while_all_is_well_nothing_happens(way):
    assert changes(way, 0, 30) == []
    assert not way.is_gone
    assert not way.is_changed


def test_a_cable_that_is_put_back_soon_is_the_same_microphone(computer, way):
    pull(computer, way, "USB")
    assert changes(way, 1, 3) == [(1.0, "gone")]
    assert way.is_gone
    computer.connected.insert(0, "USB")
    assert [change for _, change in changes(way, 3, 5)] == ["back"]
    assert way.microphone.id == "USB"
    assert not way.is_changed


def test_after_five_seconds_another_is_better_than_none(computer, way):
    pull(computer, way, "USB")
    ((_, gone), (at, back)) = changes(way, 1, 12)
    assert (gone, back) == ("gone", "back")
    assert 6 <= at <= 8
    assert way.microphone.id == "built in"
    assert way.is_changed


def test_the_first_is_taken_again_when_it_is_back(computer, way):
    pull(computer, way, "USB")
    changes(way, 1, 12)
    computer.connected.append("USB")
    assert [change for _, change in changes(way, 12, 24)] == ["gone", "back"]
    assert way.microphone.id == "USB"
    assert not way.is_changed


def test_a_microphone_that_hangs_is_opened_anew_and_given_more_time_then(way):
    assert changes(way, 1, 2, silent_ns=3 * SECOND) == []
    assert [change for _, change in changes(way, 2, 4, silent_ns=5 * SECOND)] == ["gone", "back"]
    assert changes(way, 4, 5, silent_ns=7 * SECOND) == []
    assert changes(way, 5, 6) == []
    assert changes(way, 6, 7, silent_ns=5 * SECOND)[0] == (6.0, "gone")


def test_a_stream_that_the_sound_server_moved_is_changed(computer, way):
    computer.source = "USB"
    assert not way.is_changed
    computer.source = "Monitor"
    assert way.is_changed


def test_after_sound_came_again_a_microphone_that_hangs_has_its_usual_time(way):
    assert [change for _, change in changes(way, 1, 3, silent_ns=5 * SECOND)] == ["gone", "back"]
    assert changes(way, 3, 10, silent_ns=SECOND // 10) == []
    assert changes(way, 10, 11, silent_ns=5 * SECOND)[0] == (10.0, "gone")


def test_a_first_microphone_that_is_listed_and_cannot_be_opened_is_left_alone_longer_and_longer(computer, way):
    pull(computer, way, "USB")
    changes(way, 1, 12)
    computer.connected.append("USB")
    computer.busy = "USB"
    lost = [at for at, change in changes(way, 12, 300) if change == "gone"]
    assert len(lost) <= 6
    assert lost[-1] - lost[-2] > 3 * (lost[1] - lost[0])
    assert way.microphone.id == "built in"


def test_where_there_is_no_other_the_first_is_still_asked_for(computer, way):
    computer.connected.remove("built in")
    pull(computer, way, "USB")
    changes(way, 1, 20)
    assert {"USB", None} == set(computer.asked[-2:])


def test_a_driver_that_never_answers_hangs_and_a_slow_one_does_not(computer, way):
    pull(computer, way, "USB")
    computer.hangs = True
    changes(way, 1, 12)
    assert not way.hangs(12 * SECOND)
    assert way.hangs(15 * SECOND)
    assert way.is_faithful


def test_who_goes_on_for_one_that_hung_looks_for_the_first_or_for_another_at_once(computer):
    for faithful, asked in ((True, "USB"), (False, None)):
        computer.asked.clear()
        way = Reconnect("USB", 1, SystemClock(), computer, faithful=faithful)
        assert way.is_gone
        way.look(SystemClock().elapsed_ns(), 0)
        assert computer.asked == [asked]
