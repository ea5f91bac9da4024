"""Alignment: simulated sound cards whose clocks are off, that stall, and callbacks that come late under load."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.audio.align import LOST_MS, Anchor, Mapping, Piece

RATE = 48_000
BLOCK = 480
STARTED = 1_796_326_200_000.0
AIM_MS = 1.0


class Card:
    """A sound card of which everything is known: frame n was heard at `truth(n)`."""

    def __init__(self, ppm: float, started: float = STARTED) -> None:
        self.frame_ms = 1000 / (RATE * (1 + ppm / 1e6))
        self.started = started

    def truth(self, frame: float) -> float:
        return self.started + frame * self.frame_ms


def recorded(card: Card, seconds: float, lateness) -> Piece:
    """Make the anchors as the recorder does: of each second's callbacks the most punctual."""
    blocks = round(seconds * RATE / BLOCK)
    anchors: list[Anchor] = []
    best: tuple[float, Anchor] | None = None
    for number in range(1, blocks + 1):
        frames = number * BLOCK
        heard = card.truth(frames) + lateness(number)
        late = heard - frames / RATE * 1000
        if best is None or late < best[0]:
            best = (late, Anchor(frames, heard))
        if number % (RATE // BLOCK) == 0 or number == blocks:
            anchors.append(best[1])
            best = None
    return Piece(RATE, blocks * BLOCK, tuple(anchors))


def jitter(mean_ms: float, seed: int = 1):
    chance = random.Random(seed)
    return lambda _number: chance.expovariate(1 / mean_ms)


def loaded(seed: int = 1):
    """A busy computer: late by 4 ms as a rule, and for spells of seconds by 20 to 80."""
    chance = random.Random(seed)

    def late(number: int) -> float:
        spell = (number // 300) % 5 == 4
        return chance.expovariate(1 / 4) + (chance.uniform(20, 80) if spell else 0)

    return late


def worst_error(mapping: Mapping, card: Card, piece: int, frames: int, begin: int = 0) -> float:
    errors = []
    for frame in range(begin, frames, 997):
        told = mapping.time_of(piece, frame)
        errors.append(abs(told - card.truth(frame)))
        place = mapping.frame_at(card.truth(frame))
        if place is not None and place.piece == piece:
            errors.append(abs(place.frame - frame) * card.frame_ms)
    assert len(errors) > 100
    return max(errors)


@pytest.mark.parametrize("ppm", [0, 150, -150])
@pytest.mark.parametrize("seconds", [3, 60, 600])
def test_a_clock_that_is_off(ppm, seconds):
    card = Card(ppm)
    piece = recorded(card, seconds, jitter(3))
    assert worst_error(Mapping([piece]), card, 0, piece.frames) < AIM_MS


@pytest.mark.parametrize("ppm", [0, 100, -150])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_under_load(ppm, seed):
    card = Card(ppm)
    piece = recorded(card, 180, loaded(seed))
    assert worst_error(Mapping([piece]), card, 0, piece.frames) < AIM_MS


def test_frames_over_rate_would_be_far_off():
    card = Card(150)
    piece = recorded(card, 600, jitter(3))
    naive = piece.anchors[0].at_ms + (piece.frames - piece.anchors[0].frames) / RATE * 1000
    assert abs(naive - card.truth(piece.frames)) > 80


@pytest.mark.parametrize("ppm", [150, -150])
def test_a_stall_of_three_seconds(ppm):
    """The recorder begins a new piece where samples were lost: both sides are exact, the gap is told."""
    before = Card(ppm)
    first = recorded(before, 45, jitter(3))
    after = Card(ppm, before.truth(first.frames) + 3000)
    second = recorded(after, 45, jitter(3, seed=2))
    mapping = Mapping([first, second])
    assert worst_error(mapping, before, 0, first.frames) < AIM_MS
    assert worst_error(mapping, after, 1, second.frames) < AIM_MS
    in_gap = mapping.frame_at(after.started - 1200)
    assert in_gap[:2] == (1, 0)
    assert in_gap.late_ms == pytest.approx(1200, abs=AIM_MS)
    assert not mapping.covers(after.started - 1200)
    assert mapping.covers(after.started + 1200)


@pytest.mark.parametrize("ppm", [150, -150])
@pytest.mark.parametrize("lost_ms", [15, 200, 3000])
def test_a_loss_that_the_recorder_did_not_see_splits_the_line(ppm, lost_ms):
    """Within one piece only the second in which it happened is uncertain."""
    card = Card(ppm)
    noise = jitter(3)
    half = 30 * RATE // BLOCK
    piece = recorded(card, 90, lambda number: noise(number) + (lost_ms if number > half else 0))
    mapping = Mapping([piece])
    assert len(mapping.stretches) == 2
    later = Card(ppm, card.started + lost_ms)
    assert worst_error(mapping, card, 0, 29 * RATE) < AIM_MS
    assert worst_error(mapping, later, 0, piece.frames, begin=31 * RATE) < AIM_MS


def test_a_delivery_that_stopped_and_caught_up_lost_nothing():
    card = Card(50)
    noise = jitter(2)
    stopped, caught_up = 3000, 3400  # 4 s of callbacks, all delivered at the end of them

    def late(number: int) -> float:
        waited = (caught_up - number) * 10 if stopped <= number < caught_up else 0
        return noise(number) + waited

    piece = recorded(card, 90, late)
    mapping = Mapping([piece])
    assert len(mapping.stretches) == 1
    assert worst_error(mapping, card, 0, piece.frames) < AIM_MS


def test_a_clock_that_warms_up():
    """The rate walks 20 ppm within ten minutes: no single line follows that."""
    card = Card(0)

    def truth(frame: float) -> float:
        seconds = frame / RATE
        return STARTED + seconds * 1000 + 20e-6 * 1000 * seconds**2 / 1200

    card.truth = truth
    piece = recorded(card, 600, jitter(3))
    assert worst_error(Mapping([piece]), card, 0, piece.frames) < AIM_MS


def test_a_piece_of_one_anchor_goes_on_at_its_rate():
    mapping = Mapping([Piece(16_000, 8_000, (Anchor(1_600, 5_100.0),))])
    assert mapping.time_of(0, 0) == pytest.approx(5_000)
    assert mapping.frame_at(5_250).frame == 4_000


def test_before_after_and_without_any_sound():
    mapping = Mapping([Piece(1_000, 0, (Anchor(0, 0.0),)), Piece(1_000, 500, ()), Piece(1_000, 500, (Anchor(0, 9e3),))])
    assert mapping.frame_at(8_000) == (2, 0, 1_000.0)
    assert mapping.frame_at(9_499) == (2, 499, 0.0)
    assert mapping.frame_at(9_501) is None
    assert mapping.time_of(0, 0) is None
    assert mapping.time_of(1, 0) is None
    assert Mapping([]).frame_at(0) is None


def test_anchors_that_stand_twice_or_in_disorder_do_no_harm():
    card = Card(100)
    piece = recorded(card, 60, jitter(3))
    twice = [Anchor(one.frames, one.at_ms + 50) for one in piece.anchors]
    mixed = piece._replace(anchors=(*reversed(piece.anchors), *twice))
    assert Mapping([mixed]).stretches == Mapping([piece]).stretches


anchors_in_order = st.lists(
    st.tuples(st.integers(1, 3 * RATE), st.floats(0, 5_000)), min_size=1, max_size=60
)  # steps of frames, and lateness


def piece_of(steps, started: float = STARTED) -> Piece:
    frames, anchors = 0, []
    for step, late in steps:
        frames += step
        anchors.append(Anchor(frames, started + frames / RATE * 1000 + late))
    return Piece(RATE, frames + 10, tuple(anchors))


@given(anchors_in_order)
def test_time_never_runs_back_within_a_stretch(steps):
    for stretch in Mapping([piece_of(steps)]).stretches:
        places = sorted({stretch.first, stretch.end, *(bend.frames for bend in stretch.bends)})
        assert all(stretch.time_of(one) < stretch.time_of(two) for one, two in pairwise(places))


@given(anchors_in_order, st.floats(0, 1))
def test_a_frame_leads_to_its_moment_and_back(steps, share):
    for stretch in Mapping([piece_of(steps)]).stretches:
        frame = stretch.first + share * (stretch.end - stretch.first)
        assert stretch.frame_at(stretch.time_of(frame)) == pytest.approx(frame, abs=0.1)


@given(anchors_in_order)
def test_the_line_lies_below_its_anchors_and_touches_one(steps):
    piece = piece_of(steps)
    for stretch in Mapping([piece]).stretches:
        its = [one for one in piece.anchors if stretch.first < one.frames <= stretch.end]
        over = [one.at_ms - stretch.time_of(one.frames) for one in its]
        assert min(over) == pytest.approx(0, abs=0.01)


@given(anchors_in_order, anchors_in_order, st.floats(-10_000, 600_000))
def test_every_moment_leads_into_a_piece_or_after_all(one, two, since):
    pieces = [piece_of(one), piece_of(two, STARTED + 300_000)]
    mapping = Mapping(pieces)
    place = mapping.frame_at(STARTED + since)
    if place is None:
        assert since > 0
    else:
        assert 0 <= place.frame < pieces[place.piece].frames
        assert place.late_ms >= 0


def test_a_smaller_loss_than_is_seen_stays_within_the_promise():
    assert LOST_MS < 20


# what lies over each other


def test_of_a_piece_only_what_is_heard_is_found_and_all_of_it_keeps_its_time():
    own = Piece(RATE, 10 * RATE, (Anchor(0, STARTED + 5_000),))
    other = Piece(
        RATE, 20 * RATE, (Anchor(0, STARTED),), ((STARTED, STARTED + 5_000), (STARTED + 15_000, STARTED + 20_000))
    )
    mapping = Mapping([other, own])

    assert [mapping.frame_at(STARTED + ms).piece for ms in (0, 4_999, 5_000, 14_999, 15_000, 19_999)] == [
        0,
        0,
        1,
        1,
        0,
        0,
    ]
    assert mapping.frame_at(STARTED + 15_000).frame == 15 * RATE
    assert mapping.time_of(0, 10 * RATE) == pytest.approx(STARTED + 10_000)
    assert [mapping.is_heard(0, second * RATE) for second in (0, 4, 5, 14, 15, 19)] == [
        True,
        True,
        False,
        False,
        True,
        True,
    ]
    assert mapping.is_heard(1, 9 * RATE)


def test_a_piece_that_is_heard_nowhere_is_never_found():
    hidden = Piece(RATE, 10 * RATE, (Anchor(0, STARTED),), ())
    assert Mapping([hidden]).frame_at(STARTED + 1_000) is None
