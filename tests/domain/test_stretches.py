"""Stretches of time: what is shared, left, made one and cut into steps is never more or less than there was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.stretches import Stretch, Touching, in_steps, shared_ms, united, without

stretches = st.tuples(st.integers(-50, 50), st.integers(0, 40)).map(lambda one: (one[0], one[0] + one[1]))


def seconds(several: list[tuple[float, float]]) -> set[int]:
    """Return every step of time that stretches hold."""
    return {place for begin, end in several for place in range(int(begin), int(end))}


@given(stretches, stretches)
def test_what_is_taken_and_what_is_left_are_the_whole(whole: Stretch, taken: Stretch) -> None:
    left = without(whole, taken)
    assert seconds([*left]) == seconds([whole]) - seconds([taken])
    assert sum(end - begin for begin, end in left) + shared_ms(whole, taken) == whole[1] - whole[0]


@given(st.lists(stretches))
def test_united_stretches_hold_the_same_and_do_not_touch(several: list[Stretch]) -> None:
    found = united(several)
    assert seconds(found) == seconds([*several])
    assert all(one[1] < other[0] for one, other in pairwise(found))


@given(st.lists(stretches), st.integers(1, 30), st.integers(1, 30))
def test_steps_hold_what_lies_within_them(several: list[Stretch], step: int, steps: int) -> None:
    within = (0, step * steps)
    taken = in_steps(several, 0, step, steps)
    assert len(taken) == steps
    assert sum(taken) == pytest.approx(sum(shared_ms(one, within) for one in several))
    assert all(0 <= each <= step * len(several) for each in taken)


def test_stretches_no_further_apart_than_the_gap_are_one() -> None:
    assert united([(5, 6), (0, 3)], gap=2) == [(0, 6)]
    assert united([(5, 6), (0, 3)], gap=1) == [(0, 3), (5, 6)]


@given(st.lists(stretches), stretches)
def test_what_touches_a_stretch_is_found_the_latest_to_begin_first(several: list[Stretch], asked: Stretch) -> None:
    found = list(Touching(several, lambda one: one).touching(*asked))
    in_order = sorted(several, key=lambda one: one[0])
    assert found == [one for one in reversed(in_order) if one[0] <= asked[1] and one[1] >= asked[0]]
