"""Lengths and moments as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.time_text import hours, long, read_clock, short, signed, stamp


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


@pytest.mark.parametrize(
    ("ms", "places", "point", "told"),
    [(0, 0, ".", "00:00:00"), (-61_000, 0, ".", "-00:01:01"), (751_999, 3, ",", "00:12:31,999"),
     (751_599, 1, "-", "00:12:31-5"), (360_000_000, 3, ".", "100:00:00.000")],
)  # fmt: skip
def test_a_stamp_is_what_programs_read(ms: int, places: int, point: str, told: str) -> None:
    assert stamp(ms, places, point) == told


def test_an_axis_counts_hours_and_minutes() -> None:
    assert (hours(5), hours(65)) == ("0:05", "1:05")


@given(st.integers(0, 99 * 3_600_000))
def test_what_is_written_is_read_back(ms: int) -> None:
    stamped, typed = read_clock(stamp(ms, 3)), read_clock(short(ms))
    assert stamped is not None
    assert typed is not None
    assert stamped.length_ms == ms
    assert typed.length_ms == ms // 1000 * 1000


@pytest.mark.parametrize("typed", ["", "12", "1:60", "1:60:00", "1:2:3:4", "-1:00", "\N{ARABIC-INDIC DIGIT THREE}:30"])
def test_what_no_clock_shows_is_no_time(typed: str) -> None:
    assert read_clock(typed) is None


def test_minutes_alone_may_pass_the_hour() -> None:
    found = read_clock("90:00.5")
    assert found is not None
    assert (found.hours, found.length_ms) == (None, 5_400_500)
