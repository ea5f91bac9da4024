"""The boards of the end of an evening: the summary that is read back, what is open, and the debrief."""

from __future__ import annotations

import re

import pytest

from acting import act
from domain.desk import Desk
from kring.domain.measures.looking_back import debrief, read_back, summary_lines
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.ui.views import closing
from ui.live import Make, begin, live, press, said, screen_text

SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.fixture
def talked(session: Session) -> Session:
    begin(session)
    act(session, "floor 1", 'note *"te veel gedoe"', "floor 2", "note *~ punten vervallen", "note ~ te duur")
    return session


async def test_the_summary_is_made_written_read_and_answered(talked: Session) -> None:
    async with live(talked) as (app, pilot):
        await press(pilot, "Y")
        assert "2 starred notes are not in it" in screen_text(app)
        await press(pilot, "m", "\n")
        app.live.line.value = "te veel gedoe aan de kassa"
        await press(pilot, "\n", "+", "app helpt niet", "\n", "delete")
        assert [(line.number, line.text) for line in summary_lines(talked.state)] == [
            (2, "punten vervallen"),
            (3, "app helpt niet"),
        ]
        await press(pilot, "v", "3", "ok", "\n", "down", "down", "4", "wel een beetje", "\n")
        assert "wel een beetje" in screen_text(app)
    found = read_back(talked.state)
    assert found.agreed == ["P3"]
    (correction,) = found.corrections
    assert talked.state.summary_lines[correction.line or ""].number == 3
    assert (correction.participant, correction.correction) == ("P4", "wel een beetje")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_line_is_read_in_full_and_the_cursor_stays_in_sight(talked: Session, size: tuple[int, int]) -> None:
    for number in range(9):
        act(talked, f"summary new regel {number} " + "die lang is " * 12)
    async with live(talked, size) as (app, pilot):
        await press(pilot, "Y", *["down"] * 9)
        assert "▸ 9 regel 8" in screen_text(app)
        await press(pilot, *["up"] * 9)
        assert "▸ 1 regel 0" in screen_text(app)


async def test_a_digit_of_nobody_says_so_and_nothing_is_typed(talked: Session) -> None:
    async with live(talked) as (app, pilot):
        await press(pilot, "Y", "0")
        assert said(app) == "? There is no participant 10."
        assert not app.live.is_typing


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_debrief_goes_field_by_field_on_every_size(talked: Session, size: tuple[int, int]) -> None:
    act(talked, "end")
    async with live(talked, size) as (app, pilot):
        await press(pilot, "J")
        assert "fifteen minutes, not begun" in screen_text(app)
        await press(pilot, "1", "warm", "\n", "\n", "niemand wist het", "\n")
        assert "▸ 3 different" in screen_text(app)
        await press(pilot, *["down"] * 4)
        assert "▸ 7 actions" in screen_text(app)
        await press(pilot, "1", " gesprek", "\n")  # what stands there is corrected
    answers = debrief(talked.state, talked.now()).answers
    assert [row.answer for row in answers["impression"]] == ["warm gesprek"]
    assert [row.answer for row in answers["surprise"]] == ["niemand wist het"]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_is_open_has_its_key_there_and_is_reached_by_the_cursor(
    talked: Session, clock: SimulatedClock, size: tuple[int, int]
) -> None:
    act(talked, "issue 4 geen beeld", "recording")
    clock.advance(60_000)
    async with live(talked, size) as (app, pilot):
        await press(pilot, "J", *["down"] * 9)
        assert "geen beeld" in screen_text(app)
        await press(pilot, "v")
        assert all(issue.ended_at is not None for issue in talked.state.issues.values())
        await press(pilot, "r")
        assert talked.state.open_recording is None


async def test_after_the_end_no_question_is_offered_any_more(talked: Session) -> None:
    async with live(talked, (140, 40)) as (app, pilot):
        await press(pilot, "J")
        assert "ask it now" in screen_text(app)
        await press(pilot, "escape")
        act(talked, "end")
        await press(pilot, "J", "n")
        assert "ask it now" not in screen_text(app)
        assert "2.1" in screen_text(app)


async def test_the_debrief_is_left_out_with_a_reason(talked: Session) -> None:
    act(talked, "end")
    async with live(talked) as (app, pilot):
        await press(pilot, "J", "S", "de zaal moest leeg", "\n")
        assert "No debrief: de zaal moest leeg" in screen_text(app)


async def test_the_topline_is_written_from_the_board(talked: Session, clock: SimulatedClock) -> None:
    clock.advance(60_000)
    act(talked, "consent all yes", "end")
    async with live(talked) as (app, pilot):
        await press(pilot, "J", "w")
        page = talked.store.path.with_name(f"{talked.store.path.stem}-topline.html")
        assert said(app).startswith(f"✓ {page.name} is written, with codes for the names")
        assert "te veel gedoe" in page.read_text("utf-8")
        await press(pilot, "w")  # its own page is written anew
        assert said(app).startswith("✓ ")
        page.write_text("mine")
        await press(pilot, "w")
        assert said(app).startswith("✗") or said(app).startswith("?")
        assert page.read_text("utf-8") == "mine"


async def test_the_board_comes_only_where_there_is_something_to_look_back_on(session: Session) -> None:
    async with live(session) as (app, pilot):
        await press(pilot, "J")
        assert said(app) == "? The session has not started."


async def test_what_stood_in_the_line_is_gone_when_it_is_left_as_it_was(talked: Session) -> None:
    act(talked, "summary make")
    async with live(talked) as (app, pilot):
        await press(pilot, "Y", "\n", "escape", "n")
        assert app.live.line.value == ""


def test_a_check_that_does_not_apply_is_not_open_at_the_end() -> None:
    desk = Desk()
    for line in ("end", "check stoelen terug", "waive stoelen"):
        desk.type(line)
    told = "".join(text for one in closing.evening(desk.state, desk.now, 80) for text, _look in one)
    assert "checklist afterwards 1 of 2" in told


async def test_the_evening_in_figures_goes_on_while_only_time_passes(make_session: Make, clock: SimulatedClock) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "J")
        assert re.search(r"0 of \d+ questions asked", screen_text(app))
        clock.advance(10_000)
        app.live.tick()
        await pilot.pause()
        assert re.search(r"1 of \d+ questions asked", screen_text(app))
