"""The mouse on the live screen: rows of the floor, the key bar, boards; what it would edit or tick it only selects."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from acting import act
from kring.domain.check_grid import grid
from kring.session.session import Session
from kring.ui.app import KringApp
from ui.live import Make, begin, live, press, screen_text


def place_of(app: KringApp, text: str, nth: int = 0) -> tuple[int, int]:
    """Return the column and the row of the screen where a text begins."""
    found = [(row.index(text), y) for y, row in enumerate(screen_text(app).splitlines()) if text in row]
    return found[nth]


async def click(pilot: Pilot[object], place: tuple[int, int]) -> None:
    await pilot.click(offset=place)
    await pilot.pause()


@pytest.mark.parametrize("size", [(140, 40), (100, 30), (80, 24), (60, 16)])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_a_click_on_a_row_of_the_floor_gives_the_floor(
    size: tuple[int, int], role: str, make_session: Make
) -> None:
    session = make_session("Ria", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        for name, code in (("8 Noor", "P8"), ("1 Joost", "P1"), ("5 Samira", "P5")):
            await click(pilot, place_of(app, name))
            assert session.state.open_turn is not None
            assert session.state.open_turn.participant == code


async def test_a_click_on_the_key_bar_presses_the_key(make_session: Make) -> None:
    session = make_session("Ria", "moderator")
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        await click(pilot, place_of(app, "F2 next"))
        assert session.state.current_item is not None
        assert session.state.current_item.id == "laatste"
        await click(pilot, place_of(app, "n note"))
        await press(pilot, "iets", "\n")
        assert [note.text for note in session.state.notes.values()] == ["iets"]


@pytest.mark.parametrize("size", [(140, 40), (80, 24)])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_a_click_on_a_word_of_the_tab_line_shows_what_it_is_of(
    size: tuple[int, int], role: str, make_session: Make
) -> None:
    session = make_session("Ria", role)
    begin(session)
    act(session, "note iets")
    async with live(session, size) as (app, pilot):
        await click(pilot, place_of(app, "technical iss"))
        assert app.live.entered_board is app.live.boards["issues"]
        await click(pilot, place_of(app, "notes 1"))
        assert app.live.board is None
        await click(pilot, place_of(app, "/ find"))
        assert app.live.is_typing


async def test_a_click_in_the_table_of_tests_puts_the_cursor_there_and_ticks_nothing(session: Session) -> None:
    act(session, "doors")
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "K")
        header = next(row for row in screen_text(app).splitlines() if "0/24" in row and "c camera" in row)
        _column, row = place_of(app, "5  Samira")
        await click(pilot, (header.index("m microfoon") + 1, row))
        assert grid(session.state).counts[0] == 0
        await press(pilot, "space")
        assert [check.participant for check in session.state.checks.values() if check.done_at is not None] == ["P5"]


async def test_a_click_in_the_gallery_gives_the_floor(session: Session) -> None:
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "G")
        await click(pilot, place_of(app, "7 Els", -1))
        assert session.state.open_turn is not None
        assert session.state.open_turn.participant == "P7"


@pytest.mark.parametrize("size", [(140, 40), (100, 30), (80, 24)])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_who_types_goes_on_typing_whatever_is_clicked(
    size: tuple[int, int], role: str, make_session: Make
) -> None:
    session = make_session("Ria", role)
    begin(session)
    act(session, "note eerste", "issue 4 geluid")
    async with live(session, size) as (app, pilot):
        await press(pilot, "n", "half")
        for where in ("eerste", "people ×", "4  Piet", "notes 1", "8 Noor", "technical", "Piet: geluid"):
            if where in screen_text(app):
                await click(pilot, place_of(app, where))
                assert app.live.is_typing, where
        await press(pilot, " af", "\n")
        assert [note.text for note in session.state.notes.values()] == ["eerste", "half af"]
