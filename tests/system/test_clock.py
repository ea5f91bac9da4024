"""The session's clock: true to a second, whatever happens to the computer's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from acting import act
from conftest import START_MS, make_plan
from kring.domain import facts as f
from kring.domain.measures.session_time import elapsed_ms
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SessionClock, SimulatedClock, SystemClock, local_zone

MakeSession = Callable[..., Session]
HOUR = 3_600_000


def told(session: Session, kind: type[f.Fact]) -> list[f.Fact]:
    return [event.fact for event in session.history.events if type(event.fact) is kind]


@pytest.fixture
def live(session: Session) -> Session:
    act(session, "start anyway")
    return session


@pytest.mark.parametrize("step", [HOUR, -HOUR, 5_000, -5_000])
def test_a_stepped_wall_clock_does_not_bend_the_session(live: Session, clock: SimulatedClock, step: int) -> None:
    clock.advance(60_000)
    clock.step_wall(step)
    live.tick()
    clock.advance(60_000)
    live.tick()
    act(live, "note daarna")
    assert elapsed_ms(live.state, live.now()) == 120_000
    [note] = live.state.notes.values()
    assert note.t == 120.0
    assert told(live, f.WallClockMoved) == [f.WallClockMoved(step)]


def test_a_wall_clock_that_wanders_a_little_is_nothing_to_speak_of(live: Session, clock: SimulatedClock) -> None:
    for _ in range(4):
        clock.step_wall(500)
        live.tick()
    assert told(live, f.WallClockMoved) == []
    clock.step_wall(500)
    live.tick()
    assert told(live, f.WallClockMoved) == [f.WallClockMoved(2_500)]


def test_a_step_there_and_back_is_told_twice(live: Session, clock: SimulatedClock) -> None:
    for step in (HOUR, -HOUR):
        clock.step_wall(step)
        live.tick()
    assert told(live, f.WallClockMoved) == [f.WallClockMoved(HOUR), f.WallClockMoved(-HOUR)]


def test_two_processes_tell_of_one_step_and_one_sleep_once(
    make_session: MakeSession, live: Session, clock: SimulatedClock
) -> None:
    other = make_session("Els", "moderator")
    live.tick()
    clock.step_wall(HOUR)
    clock.sleep(600_000)
    live.tick()
    clock.advance(60_000)  # the other one was stopped meanwhile
    other.tick()
    live.tick()
    assert told(live, f.WallClockMoved) == [f.WallClockMoved(HOUR)]
    assert told(live, f.ComputerSlept) == [f.ComputerSlept(600_000)]


def test_who_opens_the_file_later_does_not_tell_of_it_again(
    make_session: MakeSession, live: Session, clock: SimulatedClock
) -> None:
    clock.step_wall(-HOUR)
    clock.sleep(600_000)
    live.tick()
    other = make_session("Els", "moderator")
    other.tick()
    assert len(told(other, f.WallClockMoved)) == len(told(other, f.ComputerSlept)) == 1


def test_ten_minutes_of_sleep_count(live: Session, clock: SimulatedClock) -> None:
    clock.advance(60_000)
    clock.sleep(600_000)
    live.tick()
    assert elapsed_ms(live.state, live.now()) == 660_000
    assert told(live, f.ComputerSlept) == [f.ComputerSlept(600_000)]
    assert told(live, f.WallClockMoved) == []


def test_a_process_that_stood_still_finds_the_right_time(live: Session, clock: SimulatedClock) -> None:
    act(live, "floor 3")
    clock.advance(8_000)  # SIGSTOP: no tick came
    live.tick()
    act(live, "floor nobody")
    assert next(iter(live.state.turns.values())).duration_s == 8.0
    assert told(live, f.ComputerSlept) == []


def test_a_restart_of_the_program_keeps_the_clock(
    make_session: MakeSession, live: Session, clock: SimulatedClock
) -> None:
    clock.step_wall(HOUR)
    live.close()
    clock.advance(30_000)
    again = make_session()
    assert again.now() == START_MS + 30_000
    assert len(told(again, f.ClockAnchored)) == 1


def test_a_reboot_ties_the_clock_to_wall_time_anew(live: Session, tmp_path: Path) -> None:
    live.close()
    rebooted = SimulatedClock(START_MS + 300_000)
    again = sessions.resume(tmp_path / "session.db", rebooted, Me("Bo", "assistant", "device"))
    assert again.now() == START_MS + 300_000
    rebooted.advance(5_000)
    again.tick()
    assert elapsed_ms(again.state, again.now()) == 305_000
    assert len(told(again, f.ClockAnchored)) == 2
    assert told(again, f.WallClockMoved) == []
    again.close()


def test_a_reboot_with_a_wrong_wall_clock_never_goes_back(live: Session, tmp_path: Path) -> None:
    act(live, "note een")
    live.close()
    early = SimulatedClock(START_MS - HOUR)
    again = sessions.resume(tmp_path / "session.db", early, Me("Bo", "assistant", "device"))
    act(again, "note twee")
    times = [event.hlc for event in again.history.events]
    assert times == sorted(set(times))
    assert [note.text for note in again.state.notes.values()] == ["een", "twee"]
    again.close()


def test_a_reboot_with_a_clock_that_is_behind_goes_on_where_the_session_was(
    live: Session, clock: SimulatedClock, tmp_path: Path
) -> None:
    clock.advance(600_000)
    act(live, "note een")
    live.close()
    early = SimulatedClock(START_MS - HOUR)
    again = sessions.resume(tmp_path / "session.db", early, Me("Bo", "assistant", "device"))
    assert elapsed_ms(again.state, again.now()) == 600_000
    act(again, "floor 3")
    early.advance(8_000)
    act(again, "note twee")
    act(again, "floor nobody")
    assert [turn.duration_s for turn in again.state.turns.values() if turn.participant] == [8.0]
    *_, note = again.state.notes.values()
    assert (note.t, note.participant) == (608.0, "P3")
    again.tick()
    assert told(again, f.WallClockMoved) == [f.WallClockMoved(-HOUR - 600_000)]
    assert elapsed_ms(again.state, again.now()) == 608_000
    again.close()


def test_a_note_keeps_its_speaker_where_another_clock_is_ahead(
    make_session: MakeSession, live: Session, tmp_path: Path
) -> None:
    ahead = SimulatedClock(START_MS + HOUR)
    other = sessions.resume(tmp_path / "session.db", ahead, Me("Els", "moderator", "other"))
    act(other, "floor 3")
    live.catch_up()
    act(live, "note twee")
    [note] = live.state.notes.values()
    assert note.participant == "P3"
    other.close()


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "UTC"])
def test_the_change_to_winter_time_is_nothing_to_the_session(
    zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        clock = SimulatedClock(round(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp() * 1000))
        session = sessions.begin(tmp_path / "s.db", make_plan(), clock, Me("Bo", "assistant", "d"))
        act(session, "start anyway")
        for _ in range(12):
            clock.advance(600_000)
            session.tick()
        assert elapsed_ms(session.state, session.now()) == 12 * 600_000
        assert told(session, f.WallClockMoved) == []
        session.close()
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_offset_is_that_of_the_planned_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    time.tzset()
    try:
        assert [local_zone(day)[1] for day in ("2026-12-03T19:30", "2026-07-03T19:30")] == [60, 120]
        assert local_zone("tomorrow")[1] in (60, 120)
        assert local_zone("0001-01-01T00:10")[1] in (60, 120)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_clocks_of_this_computer_go_on_together() -> None:
    clock = SystemClock()
    session = SessionClock(clock)
    session.anchor = session.read()
    before = session.now()
    time.sleep(0.05)
    assert 40 <= session.now() - before < 2_000
    assert abs(session.drift_ms()) < 1_000
    assert session.slept_ms() < 1_000
    assert clock.boot == SystemClock().boot
    session.bind(session.read())
    assert session.anchor is not None
    session.bind(session.read()._replace(boot="another day"))
    assert session.anchor is None
