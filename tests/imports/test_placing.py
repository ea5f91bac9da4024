"""Times of a file become moments of the session: by its zone, past midnight, and past what was not recorded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.local_time import EPOCH
from kring.domain.state import State
from kring.imports.parsed import Clock, Message, Parsed
from kring.imports.placing import is_of_another_day, odd_hours, pieces_of, placed, said_by_file

HOUR = 3_600_000


def utc(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def wall(text: str) -> int:
    return round((datetime.fromisoformat(text) - EPOCH) / timedelta(milliseconds=1))


def of_day(text: str) -> int:
    return wall(f"1970-01-01T{text}")


def session(started: str, zone: str = "Europe/Amsterdam", lasts_min: int = 90) -> State:
    """A session that began and ended at these moments, UTC."""
    desk = Desk(begun=False, started=False)
    desk.now = utc(started)
    desk.happen(f.SessionCreated("s", zone, 60))
    desk.happen(f.SessionStarted())
    desk.wait(lasts_min * 60)
    desk.happen(f.SessionEnded())
    return desk.state


def at_times(clock: Clock, *times: int) -> Parsed:
    return Parsed(
        format="a-chat",
        clock=clock,
        messages=tuple(Message(line=n, at_ms=ms, author="A", text="x") for n, ms in enumerate(times, 1)),
    )


def test_a_time_of_day_is_that_of_the_zone_of_the_session() -> None:
    state = session("2026-12-03T19:30")
    parsed = at_times(Clock.TIME_OF_DAY, of_day("20:31"))
    assert placed(state, parsed, 0)(of_day("20:31")) == utc("2026-12-03T19:31")
    assert placed(state, parsed, -4_000)(of_day("20:31")) == utc("2026-12-03T19:30:56")


@pytest.mark.parametrize(
    ("started", "times", "lands"),
    [
        # the file begins before midnight and counts on; a session past midnight; one whose file begins the day before
        ("2026-12-03T22:30", ("23:40", "23:59"), "2026-12-03T22:40"),
        ("2026-12-03T23:20", ("00:25", "00:50"), "2026-12-03T23:25"),
        ("2026-12-03T23:10", ("23:58", "23:59"), "2026-12-03T22:58"),
    ],
)
def test_the_day_of_a_time_of_day_is_the_one_nearest_to_the_session(
    started: str, times: tuple[str, ...], lands: str
) -> None:
    state = session(started)
    found = [of_day(one) for one in times]
    assert placed(state, at_times(Clock.TIME_OF_DAY, *found), 0)(found[0]) == utc(lands)


def test_one_stray_time_moves_no_other() -> None:
    state = session("2026-12-03T19:30")
    parsed = at_times(Clock.TIME_OF_DAY, of_day("00:00:01"), of_day("20:40"), of_day("20:50"))
    assert placed(state, parsed, 0)(of_day("20:40")) == utc("2026-12-03T19:40")


def test_wall_time_in_summer_and_in_winter() -> None:
    for day, offset in (("2026-07-03", 2), ("2026-12-03", 1)):
        state = session(f"{day}T17:00")
        parsed = at_times(Clock.WALL, wall(f"{day}T20:00"))
        assert placed(state, parsed, 0)(wall(f"{day}T20:00")) == utc(f"{day}T20:00") - offset * HOUR


@pytest.mark.parametrize(("started", "lands"), [("2026-10-25T00:00", "00:30"), ("2026-10-25T01:20", "01:30")])
def test_in_the_hour_that_comes_twice_the_one_of_the_session_is_taken_and_it_is_said(started: str, lands: str) -> None:
    state = session(started, lasts_min=50)
    parsed = at_times(Clock.WALL, wall("2026-10-25T02:30"))
    assert placed(state, parsed, 0)(wall("2026-10-25T02:30")) == utc(f"2026-10-25T{lands}")
    assert [one.values["n"] for one in odd_hours(state, parsed)] == [1]


def test_an_hour_that_never_was_is_said() -> None:
    state = session("2026-03-29T00:30")
    parsed = at_times(Clock.WALL, wall("2026-03-29T02:30"), wall("2026-03-29T03:30"))
    (told,) = odd_hours(state, parsed)
    assert "the clocks skip: 1" in str(told)


def test_a_zone_that_nobody_knows_is_its_offset() -> None:
    state = session("2026-12-03T19:30", zone="simulated")
    parsed = at_times(Clock.WALL, wall("2026-12-03T20:31"))
    assert placed(state, parsed, 0)(wall("2026-12-03T20:31")) == utc("2026-12-03T19:31")
    assert list(odd_hours(state, parsed)) == []


def recorded(*stretches: tuple[float, float]) -> State:
    """A session of which the platform recorded these stretches, in seconds of it."""
    desk = Desk()
    for begin, end in stretches:
        desk.wait(begin - (desk.now - int(desk.state.session.started_at or 0)) / 1000)
        desk.happen(f.RecordingStarted())
        desk.wait(end - begin)
        desk.happen(f.RecordingStopped())
    return desk.state


def test_a_recording_goes_on_past_what_was_not_recorded() -> None:
    state = recorded((30, 45), (105, 165), (200, 210))
    begun = int(state.session.started_at or 0)
    offset = said_by_file(state, at_times(Clock.RECORDING, 0))
    assert offset is not None
    place = placed(state, at_times(Clock.RECORDING, 0), offset.ms)
    said = [0, 14_999, 15_000, 74_000, 75_000, 900_000]
    assert [(place(ms) - begun) / 1000 for ms in said] == [30, 44.999, 105, 164, 200, 1_025]


def test_a_recording_that_began_at_no_mark_of_the_log_is_one_piece() -> None:
    state = recorded((300, 310), (400, 500))
    begun = int(state.session.started_at or 0)
    assert [piece.from_ms for piece in pieces_of(state, begun)] == [0]
    place = placed(state, at_times(Clock.RECORDING, 0), -60_000)
    assert place(90_000) - begun == 30_000


def test_what_a_file_says_of_its_beginning_goes_before_the_log() -> None:
    state = session("2026-12-03T19:30")
    begun = int(state.session.started_at or 0)
    by_utc = at_times(Clock.RECORDING, 0).model_copy(update={"begins_utc_ms": begun + 72_000})
    by_wall = at_times(Clock.RECORDING, 0).model_copy(update={"begins_wall_ms": wall("2026-12-03T20:29")})
    assert [offset.ms for one in (by_utc, by_wall) if (offset := said_by_file(state, one))] == [72_000, -60_000]
    assert said_by_file(state, at_times(Clock.RECORDING, 0)) is None


def test_times_far_from_the_session_are_of_another_day() -> None:
    state = session("2026-12-03T19:30")
    begun = int(state.session.started_at or 0)
    assert not is_of_another_day(state, begun - 20 * HOUR, begun - 10 * HOUR)
    assert is_of_another_day(state, begun - 60 * HOUR, begun - 40 * HOUR)
    assert is_of_another_day(state, begun + 40 * HOUR, begun + 41 * HOUR)


@pytest.mark.parametrize("clock", list(Clock))
@pytest.mark.parametrize("ms", [-(2**62), -1, 0, 2**62])
def test_no_time_is_too_odd_to_be_placed(clock: Clock, ms: int) -> None:
    state = session("2026-12-03T19:30")
    parsed = at_times(clock, ms)
    assert isinstance(placed(state, parsed, 0)(ms), int)
    assert list(odd_hours(state, parsed)) == []
