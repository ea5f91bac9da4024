"""The meter shows what is heard, and each warning comes and goes in time."""

import math
from array import array
from itertools import pairwise

import pytest

from kring.audio.levels import QUIETEST_DB
from kring.record.meter import Meter, Reading, Watch, clipped_runs

RATE = 48000
TICK = 100_000_000


def tone(amplitude, frames=4800, hertz=440):
    return array("h", [round(amplitude * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(frames)])


@pytest.mark.parametrize(("amplitude", "level"), [(32767, -3.0), (3277, -23.0), (328, -43.0)])
def test_a_tone_has_its_level(amplitude, level):
    meter = Meter(RATE, 1)
    meter.add(tone(amplitude))
    reading = meter.read(TICK)
    assert reading.level_db[0] == pytest.approx(level, abs=0.2)
    assert reading.peak_db[0] == pytest.approx(level + 3, abs=0.2)


def test_each_channel_has_its_own_level_and_the_loudest_is_told():
    both = array("h", [value for pair in zip(tone(100), tone(20000), strict=True) for value in pair])
    meter = Meter(RATE, 2)
    assert meter.add(both) == 1
    quiet, loud = meter.read(TICK).level_db
    assert loud - quiet == pytest.approx(46, abs=0.3)


def test_nothing_heard_is_no_reading():
    assert Meter(RATE, 1).read(TICK) is None


def test_a_peak_is_held_then_falls():
    meter, shown = Meter(RATE, 1), []
    for tick in range(40):
        meter.add(tone(20000 if tick == 0 else 20))
        shown.append(meter.read(tick * TICK).peak_db[0])
    assert shown[:16] == [shown[0]] * 16
    assert all(later < earlier for earlier, later in pairwise(shown[16:]) if earlier > -60)
    assert shown[26] == pytest.approx(shown[0] - 20, abs=3)


def test_the_most_negative_sample_is_loud():
    meter = Meter(RATE, 1)
    meter.add(array("h", [-32768] * 10))
    assert meter.read(TICK) == ((0.0,), (0.0,), False, False)


@pytest.mark.parametrize(
    ("samples", "runs"),
    [([32767] * 2, 0), ([32767] * 3, 1), ([32767] * 9, 1), ([-32768] * 3 + [0] + [32767] * 3, 2), ([0] * 9, 0)],
)
def test_clipping_is_counted_in_runs(samples, runs):
    assert clipped_runs(array("h", samples)) == runs


def played(seconds_of):
    """Plays blocks of 100 ms (None: nothing arrives) and tells at which second which warnings held."""
    meter, watch, shown, tick = Meter(RATE, 1), Watch(0), {}, 0
    for seconds, samples in seconds_of:
        for _ in range(round(seconds * 10)):
            tick += 1
            if samples is not None:
                meter.add(samples)
            if reading := meter.read(tick * TICK):
                watch.hear(reading, tick * TICK)
            shown[tick / 10] = watch.warnings(tick * TICK)
    return shown


HARD = array("h", [max(-32768, min(32767, 4 * value)) for value in tone(30000)])


@pytest.mark.parametrize(
    ("trouble", "name", "after_s", "gone_s"),
    [
        (None, "nothing arrives", 1.0, 0.1),
        (array("h", bytes(9600)), "digital zero", 1.5, 0.1),
        (tone(30), "silence", 5.0, 0.1),
        (HARD, "clipping", 0.1, 2.0),
    ],
)
def test_each_warning_comes_and_goes(trouble, name, after_s, gone_s):
    shown = played([(3, tone(5000)), (8, trouble), (4, tone(5000))])
    came = min(at for at, names in shown.items() if name in names)
    last = max(at for at, names in shown.items() if name in names)
    assert came == pytest.approx(3 + after_s, abs=0.11)
    assert last <= 11 + gone_s
    assert last >= 10.9
    assert {one for names in shown.values() for one in names} == {name}


def test_good_speech_gives_no_warning():
    assert not any(played([(9, tone(3000)), (4, tone(40)), (3, tone(8000))]).values())


def heard(levels_of, *, speaking=True):
    """Hear levels of channels for so many seconds each, and tell at which second which warnings held."""
    watch, shown, tick = Watch(0), {}, 0
    for seconds, *levels in levels_of:
        for _ in range(round(seconds * 10)):
            tick += 1
            watch.hear(Reading(tuple(levels), tuple(levels), False, False), tick * TICK, speaking=speaking)
            shown[tick / 10] = watch.warnings(tick * TICK)
    return shown


def test_soft_speech_is_told_until_it_is_louder():
    shown = heard([(2, -25.0), (8, -43.0), (3, -60.0), (1, -30.0)])
    assert "soft" not in shown[4.9]
    assert "soft" in shown[5.2]
    assert "soft" in shown[12.0], "a pause is no reason to forget it"
    assert "soft" not in shown[13.2]
    assert not any("soft" in names for names in heard([(9, -43.0)], speaking=False).values())


def test_a_dead_channel_is_told_while_another_is_heard_and_until_it_gives_sound():
    shown = heard([(6, -30.0, -96.0), (3, -30.0, -35.0)])
    assert "dead channel" not in shown[3.9]
    assert "dead channel" in shown[4.2]
    assert "dead channel" in shown[6.0]
    assert "dead channel" not in shown[6.1]
    assert not any("dead channel" in names for names in heard([(9, -80.0, -96.0)]).values()), "nobody speaks"


def test_what_is_told_holds_until_it_is_told_otherwise():
    watch = Watch(0)
    watch.tell("device gone", True)
    watch.tell("disk almost full", True)
    assert watch.warnings(9 * 10**9) == ("device gone", "disk almost full")
    watch.tell("device gone", False)
    assert watch.warnings(10) == ("disk almost full",)


def test_silence_is_the_quietest():
    meter = Meter(RATE, 1)
    meter.add(array("h", bytes(960)))
    assert meter.read(0) == ((QUIETEST_DB,), (QUIETEST_DB,), True, False)
