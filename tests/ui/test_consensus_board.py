"""The board of who agrees: one key a cell, on to the next at which nobody looked, and what can be read back."""

from __future__ import annotations

import pytest

from acting import act
from kring.session.session import Session
from ui.live import Make, begin, live, press, said, screen_text


@pytest.fixture
def asking(make_session: Make) -> Session:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "go 2.1", "statement te veel gedoe")
    return session


def stances(session: Session) -> dict[str, str]:
    return {row.participant: row.stance for row in session.state.consensus.values()}


async def test_one_key_fills_a_cell_and_goes_on(asking: Session) -> None:
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "C", "a", "n", "e", "d", "c", "s", "-")
        assert stances(asking) == {
            "P1": "agrees", "P2": "nods", "P3": "example_for", "P4": "dissents", "P5": "example_against",
            "P6": "shakes", "P7": "no_response",
        }  # fmt: skip
        shown = screen_text(app)
        assert "[□]" in shown  # the eighth
        assert "3 of 8 agree, 3 do not" in shown
        assert "not looked at: Noor" in shown
        assert asking.state.open_turn is None


async def test_empty_cells_are_told_when_the_question_is_left(asking: Session) -> None:
    act(asking, "consensus 2.1a 1, 2, 3 agrees")
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "f2")
        assert said(app).endswith("2.1: cells at which nobody looked: 5")
        await press(pilot, "f2")  # nothing was noted on this one
        assert "nobody looked" not in said(app)


async def test_digits_choose_and_a_cell_is_emptied_and_undone(asking: Session) -> None:
    async with live(asking, (140, 40)) as (_app, pilot):
        await press(pilot, "C", "4", "a")
        assert stances(asking) == {"P4": "agrees"}
        await press(pilot, "4")
        await pilot.press("delete")
        assert stances(asking) == {}
        await press(pilot, "z")
        assert stances(asking) == {"P4": "agrees"}


async def test_a_statement_is_typed_from_the_board(asking: Session) -> None:
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "C")
        await pilot.press("plus")
        await press(pilot, "prijs is te hoog\n")
        assert "2.1b" in screen_text(app)
        await pilot.press("down")
        await press(pilot, "1", "a")
        (row,) = asking.state.consensus.values()
        assert asking.state.statements[row.statement or ""].text == "prijs is te hoog"


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40), (200, 60)])
async def test_the_cell_that_has_the_keyboard_is_in_sight_at_every_size(asking: Session, size: tuple[int, int]) -> None:
    async with live(asking, size) as (app, pilot):
        await press(pilot, "C", "a")
        assert "[□]" in screen_text(app)
