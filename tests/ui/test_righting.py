"""Putting right on the screens: what is wrong is chosen, what follows is shown, and only then it is done."""

from __future__ import annotations

import re

import pytest

from acting import act
from conftest import START_MS
from kring.commands import righting
from kring.domain.decide.righting import Target
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.live import begin, live, press, said, screen_text
from ui.reviewing import reviewing
from ui.reviewing import said as said_in_review


@pytest.fixture
def running(session: Session, clock: SimulatedClock) -> Session:
    begin(session)
    for line in ("floor 1", "note een", "floor 2", "note twee", "go 2.1", "floor 3"):
        clock.advance(30_000)
        act(session, line)
    clock.advance(10_000)
    return session


def items(session: Session) -> list[str | None]:
    return [note.item for note in session.state.notes.values()]


async def test_a_question_is_moved_after_a_look_at_what_follows(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "E", "2.1", "enter", "19:31:30", "enter", "F2 vergeten", "enter")
        shown = screen_text(app)
        for told in ("Time put right: 2.1 Vertel", "notes that go to 2.1: 1"):
            assert told in shown
        assert items(running) == ["wie", "wie"]
        await press(pilot, "y")
        assert items(running) == ["wie", "laatste"]
        assert said(app) == "✓ Time put right: 2.1 Vertel eens over de laatste keer, 19:31:30-… (F2 vergeten)"
        await press(pilot, "z")
        assert items(running) == ["wie", "wie"]
        await press(pilot, "n")
        assert app.live.line.value == ""


async def test_what_is_not_meant_or_makes_no_sense_is_not_done(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "E", "2.1", "enter", "19:29", "enter")
        assert said(app) == "? That moment is not within the session."
        assert app.live.line.value == "19:29"
        await press(pilot, *["\x7f"] * 5, "remove", "enter", "enter", "n")
        assert said(app) == "? Nothing was put right."
        assert len(running.state.visits) == 2
        await press(pilot, "E", "2.1", "enter")
        assert app.live.line.value == "remove"


async def test_the_prompt_names_the_row_and_its_kind(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "E", "Anna", "enter")
        assert said(app).startswith("put right  19:31:30-19:33:00  Anna, turn  Its time")
        await press(pilot, "4", "enter")
        assert said(app).startswith("put right  19:31:30-19:33:00  Anna, turn  Why?")


async def test_what_is_refused_after_the_reason_comes_back_to_be_typed_again(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "E", "Anna", "enter", "4", "enter", "verkeerde toets")
        of_anna = next(turn for turn in running.state.turns.values() if turn.participant == "P2")
        running.do(righting.decided(Target("turns", of_anna.id), "4"))
        await press(pilot, "enter")
        assert said(app).startswith("? ")
        assert app.live.line.value == "4"
        await press(pilot, "\x7f", "5", "enter")
        assert app.live.line.value == "verkeerde toets"


async def test_a_reason_that_was_typed_comes_back_too(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "E", "Anna", "enter", "4", "enter", "verkeerde toets", "enter", "n")
        await press(pilot, "E", "Anna", "enter", "enter")
        assert app.live.line.value == "verkeerde toets"


async def test_an_act_was_two_minutes_ago(running: Session, clock: SimulatedClock) -> None:
    clock.advance(60_000)
    async with live(running) as (app, pilot):
        await press(pilot, "f2", "<")
        assert said(app).startswith("was earlier › 1 30 s ago")
        await press(pilot, "2")
        visit = running.state.open_visit
        assert visit is not None
        assert visit.started_at == START_MS + 190_000
        await press(pilot, "6", "<", "-10s", "enter")
        turn = running.state.open_turn
        assert turn is not None
        assert (turn.participant, turn.started_at) == ("P6", START_MS + 240_000)
        await press(pilot, "<", "3")
        assert said(app).startswith("? 19:32:10 is too early: at 19:33:00 something else was logged")
        await press(pilot, "f3", "<", "1")
        assert said(app).startswith("? The time of your last act cannot be put right so")


async def test_a_length_is_counted_from_when_it_was_shown(running: Session, clock: SimulatedClock) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "E", "2.1", "enter", "-30s", "enter", "enter")
        clock.advance(25_000)
        await press(pilot, "y")
        visit = running.state.open_visit
        assert visit is not None
        assert visit.started_at == START_MS + 160_000
        assert said(app).startswith("✓ Time put right: 2.1")


async def test_the_review_puts_right_what_the_cursor_stands_on(running: Session) -> None:
    act(running, "end")
    async with reviewing(running) as (app, pilot):
        await press(pilot, "E")
        await press(pilot, "question", "2.1", "enter") if "Put right" in screen_text(app) else None
        assert re.match(r"19:\d\d:\d\d-.*, \w+  Its time", said_in_review(app))
        await press(pilot, "remove", "enter", "verkeerde toets", "enter", "y")
        assert said_in_review(app).startswith("✓ Had not happened: ")


async def test_what_nobody_logged_is_put_in_live_and_in_the_review(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "E", "not logged: asked", "enter", "2.2 19:31", "enter", "gemist", "enter")
        assert "count as asked then: 2.2" in screen_text(app)
        await press(pilot, "y")
        assert said(app) == "✓ 2.2 counts as asked, at 19:31:00 (gemist)"
        await press(pilot, "E", "not logged: asked", "enter", "2.2", "enter")
        assert said(app) == "? Type it like this: 2.1 20:14."
    act(running, "end")
    async with reviewing(running) as (app, pilot):
        await press(pilot, "home", "E", "not logged: turn", "enter", "6 19:30:10-19:30:20", "enter", "\n", "y")
        assert said_in_review(app).startswith("✓ Turn added: ")
