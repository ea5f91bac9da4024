"""Listening on the live screens: from a note, a question or a moment, in a break or after a warning."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest

from acting import act
from kring.audio.player_client import Player
from kring.commands.table import OF_LIVE
from kring.domain import facts as f
from kring.domain.decide import decision, recording
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from record.pulse import RATE as PULSE_RATE
from record.pulse import Pulse, pulse  # noqa: F401
from record.recorded import record
from record.sounding import RATE, noise
from speech.ears import Ears, found
from ui.live import begin, live, press, said, screen_text

BEFORE_S = 5.0
LISTEN = OF_LIVE.named("listen")


@pytest.fixture
def recorded(session: Session, clock: SimulatedClock) -> Session:
    """A session of 40 seconds, all recorded, in a pause now; marks at 12 s and 30 s, a note at 20 s."""
    begin(session)
    for number, (seconds, typed) in enumerate(
        ((12, "mark een"), (8, 'note "te veel gedoe'), (10, "mark twee"), (10, "pause")), 1
    ):
        record(session, clock, lasting=(seconds,), gap_s=0, recording=f"R{number}")
        session.do(decision(recording.stopped, f"R{number}", "stopped", computer=session.me.device))
        act(session, typed)
    return session


@asynccontextmanager
async def hearing(session: Session, **options: Any) -> AsyncIterator[tuple[Any, Any]]:
    async with live(session, (100, 30), **options) as (app, pilot):
        app.live.playback.player = Player(silent=True)
        try:
            yield app, pilot
        finally:
            app.live.playback.stop()


async def until(pilot: Any, app: Any, holds: Callable[[], bool]) -> None:
    latest = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < latest, said(app)
        await pilot.pause(0.03)
        app._tick()


def heard_s(app: Any) -> float:
    moment = app.live.playback.moment()
    return -1.0 if moment is None else (moment - app.session.state.session.started_at) / 1000


async def heard(pilot: Any, app: Any, second: float) -> None:
    await until(pilot, app, lambda: second - 0.1 <= heard_s(app) < second + 3)


def keys(app: Any) -> str:
    return screen_text(app).splitlines()[-1]


async def test_the_note_under_the_cursor_or_else_the_newest_plays_from_five_seconds_before(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "L")
        await heard(pilot, app, 30 - BEFORE_S)
        await until(pilot, app, lambda: said(app).startswith("▶ plays 0:2"))
        assert said(app).endswith("1×  “twee”")
        assert "space pause" in keys(app)
        assert "Esc stop" in keys(app)
        await press(pilot, "escape")
        assert "▶ plays" not in said(app)
        assert "Esc stop" not in keys(app)
        app.live.set_focus(app.live.notes)
        app.live.notes.show_entry(list(recorded.state.notes)[1])
        await press(pilot, "L")
        await heard(pilot, app, 20 - BEFORE_S)
        assert "te veel gedoe" in said(app)


@pytest.mark.parametrize(
    ("typed", "second", "about"),
    [("1.1", -BEFORE_S, "1.1"), ("0:25", 20, ""), ("note 2", 15, "te veel gedoe"), ("notitie 1", 7, "een")],
)
async def test_a_question_a_moment_or_a_note_by_name(recorded: Session, typed: str, second: float, about: str) -> None:
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "ctrl+p", "listen", "enter", typed, "enter")
        await heard(pilot, app, max(second, 0))
        assert about in said(app)
        assert not app.live.is_typing


async def test_what_is_nowhere_is_refused_and_stays_in_the_line(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "ctrl+p", "listen", "enter", "9.9", "enter")
        assert app.live.line.value == "9.9"
        assert said(app).startswith("? ")
        assert not app.live.playback.is_on
        await press(pilot, "escape")
        app.live.runner.run(LISTEN, "note 99")
        assert said(app) == "? There is no note 99."
        app.live.runner.run(LISTEN, "59:00")
        await until(pilot, app, lambda: said(app) == "? No sound was recorded then, nor later.")
        assert not app.live.playback.is_on


async def test_pause_skip_speed_and_marks(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        app.live.runner.run(LISTEN, "0:10")
        await heard(pilot, app, 5)
        await press(pilot, "right", "right")
        await heard(pilot, app, 15)
        await press(pilot, "left")
        await heard(pilot, app, 10)
        await press(pilot, " ")
        await until(pilot, app, lambda: said(app).startswith("‖ paused"))
        stood = heard_s(app)
        await pilot.pause(0.7)
        assert heard_s(app) == pytest.approx(stood, abs=0.3)
        await press(pilot, " ", *["up"] * 9)
        await until(pilot, app, lambda: "2×" in said(app))
        await press(pilot, *["down"] * 9)
        await until(pilot, app, lambda: " 1×" in said(app))
        await press(pilot, "n")
        await heard(pilot, app, 12 - BEFORE_S)
        await press(pilot, "n")
        await heard(pilot, app, 30 - BEFORE_S)
        await press(pilot, "n")
        assert said(app) == "? There is no later mark."
        await press(pilot, "p")
        await heard(pilot, app, 12 - BEFORE_S)
        await press(pilot, "p")
        assert said(app) == "? There is no earlier mark."
        assert app.live.playback.is_on
        visits = len(recorded.state.visits)
        assert visits == 1  # the arrows and the space bar were for the sound
        assert not recorded.state.turns


async def test_every_other_key_does_what_it_always_does(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "L")
        await heard(pilot, app, 25)
        await press(pilot, "3", "f5", "f3", "f8", "n p left 3", "enter", "h", "4")
        assert app.live.playback.is_on
        kinds = [event.fact for event in recorded.history.events][-5:]
        assert [type(fact) for fact in kinds] == [
            f.FloorGiven,
            f.FloorGiven,
            f.NoteAdded,
            f.NoteAdded,
            f.HandRaised,
        ]
        assert list(recorded.state.notes.values())[-1].text == "n p left 3"
        assert said(app).startswith("✓ ")  # one's own answer is read first
        await until(pilot, app, lambda: said(app).startswith("▶ plays"))


async def test_while_people_talk_it_is_asked_once(recorded: Session) -> None:
    act(recorded, "resume")
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "L")
        assert "headphones" in screen_text(app)
        await press(pilot, "enter")
        assert said(app) == "? Nothing is played."
        assert not app.live.playback.is_on
        await press(pilot, "L", "y")
        await heard(pilot, app, 25)
        await press(pilot, "escape", "L")
        await heard(pilot, app, 25)


@pytest.mark.parametrize("break_", ["pause", "end"])
async def test_in_a_break_and_after_the_end_it_is_not_asked(recorded: Session, break_: str) -> None:
    if break_ == "end":
        act(recorded, "end")
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "L")
        await heard(pilot, app, 25)


async def test_the_sound_stops_by_itself_when_the_talk_goes_on(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "L")
        await heard(pilot, app, 25)
        act(recorded, "resume")
        app._tick()
        assert said(app) == "Playing stopped: people talk again, or a recording began."
        await press(pilot, " ")
        assert isinstance(recorded.history.events[-1].fact, f.FloorGiven)


async def test_the_end_of_the_sound_is_told_and_gives_the_keys_back(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        app.live.runner.run(LISTEN, "0:44")
        app._is_at_rest = False  # a key ends the rest
        await until(pilot, app, lambda: "All of the sound was played." in said(app))
        assert not app.live.playback.is_on


async def test_without_a_recording_one_sentence_says_so(session: Session) -> None:
    act(session, "mark")
    async with hearing(session) as (app, pilot):
        await press(pilot, "L")
        await until(pilot, app, lambda: said(app) == "? kring recorded no sound.")


async def test_a_player_that_dies_is_one_sentence(recorded: Session) -> None:
    async with hearing(recorded) as (app, pilot):
        await press(pilot, "L")
        await heard(pilot, app, 25)
        app.live.playback.player._process.kill()
        await until(pilot, app, lambda: "The sound broke off" in said(app))
        await press(pilot, "L")
        await heard(pilot, app, 25)


async def test_the_player_ends_with_the_screen(recorded: Session) -> None:
    async with live(recorded) as (app, pilot):
        app.live.playback.player = Player(silent=True)
        await press(pilot, "L")
        await heard(pilot, app, 25)
        process = app.live.playback.player._process
    assert process.wait(5) == 0


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("width", [80, 140])
async def test_what_is_played_fits_in_its_line(recorded: Session, width: int, lang: str) -> None:
    i18n.use(lang)
    async with live(recorded, (width, 24)) as (app, pilot):
        app.live.playback.player = Player(silent=True)
        await press(pilot, "L")
        await heard(pilot, app, 25)
        assert ("speelt" if lang == "nl" else "plays") in said(app)
        assert "Esc stop" in keys(app)


async def test_a_player_that_hangs_keeps_no_key_and_nobody_waiting(recorded: Session) -> None:
    async with live(recorded) as (app, pilot):
        player = app.live.playback.player = Player(silent=True)
        await press(pilot, "L")
        await heard(pilot, app, 25)
        os.kill(player._process.pid, signal.SIGSTOP)
        begun = time.monotonic()
        for _ in range(3000):  # far more than a pipe holds
            app.live.playback.press("right")
        assert time.monotonic() - begun < 5
        begun = time.monotonic()
        app.live.playback.close()
        assert time.monotonic() - begun < 0.5
        await press(pilot, "f3")
        assert said(app) == "✓ Mark, 1.1"
    os.kill(player._process.pid, signal.SIGCONT)
    player._process.wait(10)


async def test_it_is_really_heard(recorded: Session, pulse: Pulse) -> None:  # noqa: F811
    ears = Ears()
    try:
        async with live(recorded) as (app, pilot):
            await press(pilot, "L")
            latest = time.monotonic() + 10
            while heard_s(app) < 27:
                assert time.monotonic() < latest, said(app)
                app._tick()
                await pilot.pause(0.05)
            at_s, moment = time.monotonic(), heard_s(app)
            await pilot.pause(0.5)
            source = np.concatenate([noise(10, seed=3)[:, 0], noise(10, seed=4)[:, 0]])  # from second 20 on
            part = ears.heard_at(at_s)[:: PULSE_RATE // RATE]
            place, likeness = found(part, source)
            assert likeness > 0.8
            assert 20 + place / RATE + 0.1 == pytest.approx(moment, abs=0.15)
    finally:
        ears.close()
