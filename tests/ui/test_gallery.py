"""People where they are seen: arranged once, kept in the file; a digit, Enter or a click gives the floor."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain.measures.group.gallery import columns_of, in_gallery
from kring.domain.text import Refused
from kring.session.session import Session
from ui.live import Make, begin, live, press, said, screen_text


def seats(state: object) -> str:
    return "".join(str(person.seat) for person in in_gallery(state))  # type: ignore[arg-type]


def test_nobody_arranged_it_so_seats_are_in_order_and_who_is_put_down_swaps() -> None:
    desk = Desk()
    assert seats(desk.state) == "12345678"
    desk.type("place 7 2")
    assert seats(desk.state) == "17345628"
    desk.type("plaats Joost 8")
    assert seats(desk.state) == "87345621"
    desk.type("add Mia")
    assert seats(desk.state) == "873456219", "who comes later stands behind all others"
    desk.type("undo")
    desk.type("undo")
    assert seats(desk.state) == "17345628"


@pytest.mark.parametrize("line", ["place 7 0", "place 7 9", "place 7 x", "place 7 7", "place 12 1", "place 7"])
def test_no_place_is_refused(line: str) -> None:
    desk = Desk()
    with pytest.raises(Refused):
        desk.type(line)


@pytest.mark.parametrize(("count", "columns"), [(0, 1), (1, 1), (2, 2), (4, 2), (6, 3), (8, 3), (9, 3), (12, 4)])
def test_a_gallery_is_near_to_a_square(count: int, columns: int) -> None:
    assert columns_of(count, 9) == columns


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    return session


async def test_digits_and_enter_give_the_floor_and_a_person_is_taken_up_and_put_down(running: Session) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "G", "5")
        assert running.state.open_turn is not None
        assert running.state.open_turn.participant == "P5"
        await press(pilot, "right", "\n")
        assert running.state.open_turn.participant == "P2"
        await press(pilot, "space", "right", "space")
        assert seats(running.state) == "13245678"
        assert said(app) == "✓ Anna: place 3 in the gallery"
        await press(pilot, "z")
        assert seats(running.state) == "12345678"


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_everybody_is_seen_at_every_size(size: tuple[int, int], role: str, make_session: Make) -> None:
    session = make_session("Ria", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "G")
        room, height = app.live.board_panel.size
        moment = app.live.moment()
        board = app.live.boards["gallery"]
        shown = "\n".join("".join(text for text, _look in row) for row in board.lines(moment, room, height))
        for name in ("Joost", "Anna", "Fatima", "Piet", "Samira", "Kees", "Els", "Noor"):
            assert name in shown
        assert "Noor" in screen_text(app)
