"""Lengths and moments as people read them."""

from __future__ import annotations

import pytest

from kring.domain.time_text import long, short, signed


@pytest.mark.parametrize(
    ("ms", "told"),
    [(-5_000, "0:00"), (0, "0:00"), (999, "0:00"), (59_999.9, "0:59"), (3_599_000, "59:59"), (3_600_000, "1:00:00")],
)
def test_a_length_begins_with_hours_only_where_there_are_any(ms: float, told: str) -> None:
    assert short(ms) == told


def test_a_long_length_always_has_hours() -> None:
    assert (long(61_000), long(36_061_000)) == ("0:01:01", "10:01:01")


@pytest.mark.parametrize(
    ("ms", "told"),
    [(-500, "+0:00"), (500, "+0:00"), (-1_000, "−0:01"), (-61_999, "−1:01"), (160_000, "+2:40")],
)
def test_less_than_a_second_has_no_minus(ms: float, told: str) -> None:
    assert signed(ms) == told
