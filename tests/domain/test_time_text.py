"""Lengths and moments as people read them."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.domain.time_text import as_clock, as_length, as_long_clock, hours, read_clock, signed, stamp


@pytest.mark.parametrize(
    ("ms", "told"),
    [(-5_000, "0:00"), (0, "0:00"), (999, "0:00"), (59_999.9, "0:59"), (3_599_000, "59:59"), (3_600_000, "1:00:00")],
)
def test_a_clock_begins_with_hours_only_where_there_are_any(ms: float, told: str) -> None:
    assert as_clock(ms) == told


@pytest.mark.parametrize(
    ("ms", "told"),
    [(-5_000, "0:00"), (499, "0:00"), (500, "0:01"), (1_500, "0:02"), (2_500, "0:03"), (219_960, "3:40"),
     (219_499.9999999999, "3:40"), (59_499, "0:59"), (59_500, "1:00"), (3_599_500, "1:00:00")],
)  # fmt: skip
def test_a_length_is_rounded_with_a_half_away_from_zero(ms: float, told: str) -> None:
    assert as_length(ms) == told


@given(st.integers(0, 99 * 3_600_000))
def test_a_length_is_that_of_its_whole_seconds_in_sql(ms: int) -> None:
    (seconds,) = sqlite3.connect(":memory:").execute("select cast(round(? / 1000.0) as integer)", (ms,)).fetchone()
    assert as_length(ms) == as_clock(1000 * seconds)


def test_a_long_clock_always_has_hours() -> None:
    assert (as_long_clock(61_000), as_long_clock(36_061_000)) == ("0:01:01", "10:01:01")


@pytest.mark.parametrize(
    ("ms", "told"),
    [(-499, "+0:00"), (499, "+0:00"), (-500, "−0:01"), (-61_999, "−1:02"), (160_000, "+2:40")],
)
def test_less_than_half_a_second_has_no_minus(ms: float, told: str) -> None:
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
    stamped, typed = read_clock(stamp(ms, 3)), read_clock(as_clock(ms))
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
