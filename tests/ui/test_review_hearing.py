"""Hearing a session in the review: from 5 s before the row, and the moment goes along."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kring.domain.text import Sentence
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from review.desk import turns
from ui.live import press
from ui.reviewing import ReviewApp, go_to, reviewing, said


class FakeListener:
    """Plays nothing, and hears what a test says."""

    made: list[FakeListener] = []

    def __init__(self, _player: object) -> None:
        self.asked: list[tuple[float, float]] = []
        self.heard: float | None = None
        self.closed = False
        self.speeds: list[float] = []
        self.player = SimpleNamespace(
            is_playing=False, is_paused=False, problem=None, speed=self.speeds.append, pause=self._pause
        )
        FakeListener.made.append(self)

    def _pause(self) -> None:
        self.player.is_paused = not self.player.is_paused

    def play(self, _recorded: Any, at_ms: float, before_ms: float = 5_000) -> SimpleNamespace:
        self.asked.append((at_ms, before_ms))
        self.player.is_playing, self.player.is_paused = True, False
        return SimpleNamespace(late_ms=0, told_missing=None)

    def moment(self) -> float | None:
        return self.heard

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> list[FakeListener]:
    FakeListener.made = []
    monkeypatch.setattr("kring.session.playback.Listener", FakeListener)
    monkeypatch.setattr("kring.session.playback.Recorded", lambda state, file: SimpleNamespace(ended_ms=1.0))
    return FakeListener.made


def heard(app: ReviewApp, at: float) -> None:
    FakeListener.made[0].heard = at
    app.review.tick()


async def test_space_plays_pauses_and_the_moment_goes_along(
    session: Session, clock: SimulatedClock, sound: list[FakeListener]
) -> None:
    first, second = turns(session, clock, 2)
    at = int(session.state.turns[first].started_at)
    async with reviewing(session) as (app, pilot):
        go_to(app, f"turns/{first}")
        await press(pilot, " ")
        assert sound[0].asked == [(at, 5_000)]
        heard(app, at + 12_000)
        await pilot.pause()
        assert app.review.model.at == at + 12_000
        assert app.review.entry is not None
        assert app.review.entry.id == f"turns/{second}"
        await press(pilot, " ")
        assert said(app) == "Paused."
        heard(app, at + 15_000)
        assert app.review.model.at == at + 12_000
        await press(pilot, " ", ">", ">", "<")
        assert sound[0].speeds[-1] == 1.25
        heard(app, at + 15_000)
        await press(pilot, "left")
        assert sound[0].asked[-1] == (at + 14_000, 0)
        sound[0].player.problem = Sentence("The sound broke off: the player ended by itself. Play again.")
        app.review.tick()
        assert said(app).startswith("The sound broke off")
    assert sound[0].closed


async def test_where_nothing_was_recorded_that_is_said(session: Session, clock: SimulatedClock) -> None:
    turns(session, clock, 1)
    async with reviewing(session) as (app, pilot):
        await press(pilot, " ")
        assert said(app) == "? kring recorded no sound."
        await press(pilot, "j", "m")
        assert not app.review.playback.is_playing


async def test_the_timeline_stays_on_the_row_until_its_sound_is_there(
    session: Session, clock: SimulatedClock, sound: list[FakeListener]
) -> None:
    _first, second = turns(session, clock, 2)
    at = int(session.state.turns[second].started_at)
    async with reviewing(session) as (app, pilot):
        go_to(app, f"turns/{second}")
        await press(pilot, " ")
        heard(app, at - 3_000)
        assert app.review.model.at == at
        heard(app, at + 1_000)
        assert app.review.model.at == at + 1_000


async def test_whoever_goes_elsewhere_hears_what_is_there(
    session: Session, clock: SimulatedClock, sound: list[FakeListener]
) -> None:
    first, second = turns(session, clock, 2)
    begins = [int(session.state.turns[turn].started_at) for turn in (first, second)]
    async with reviewing(session) as (app, pilot):
        go_to(app, f"turns/{first}")
        await press(pilot, " ")
        heard(app, begins[0] + 1_000)
        await press(pilot, "down")
        assert app.review.entry is not None
        there = app.review.entry.at
        heard(app, begins[0] + 1_250)
        assert sound[0].asked[-1] == (there, 5_000)
        assert app.review.model.at == there
        await press(pilot, "g", "0:07", "\n")
        assert sound[0].asked[-1] == (app.review.model.begin() + 7_000, 0)
        await press(pilot, " ")  # a pause
        go_to(app, f"turns/{second}")
        await press(pilot, " ")
        assert sound[0].asked[-1] == (begins[1], 5_000)
