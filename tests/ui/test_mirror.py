"""The moderator's mirror: a board of her own, opened by its key, and on nobody else's screen."""

from __future__ import annotations

import pytest

from acting import act
from kring.system.clock import SimulatedClock
from ui.live import Make, begin, live, press, said, screen_text


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)], ids=str)
async def test_the_mirror_shows_what_was_logged_and_goes_away(make_session: Make, size: tuple[int, int]) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "H")
        assert "Nothing of how you lead" in screen_text(app)
        await press(pilot, "escape")
        assert "Nothing of how you lead" not in screen_text(app)
        act(session, "invite 3")
        await press(pilot, "H")
        assert "Fatima 1 (spoke within the minute: 0)" in screen_text(app)


async def test_all_of_the_mirror_is_reached_on_a_small_screen(make_session: Make, clock: SimulatedClock) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    for one in ("floor moderator", "floor 3", "floor moderator", "floor 4", "invite 3", "probe 0 en toen", "floor 3"):
        act(session, one)
        clock.advance(70_000)
    async with live(session, (60, 16)) as (app, pilot):
        await press(pilot, "H")
        room, height = app.live.board_panel.size
        whole = app.live.boards["mirror"].lines(app.live.moment(), room, 400)
        assert len(whole) > height
        assert " … " in "".join(text for text, _look in app.live.board_panel.lines[-1])
        for _ in whole:
            await press(pilot, "down")
        assert app.live.board_panel.lines[-1] == whole[-1]


async def test_its_word_stands_in_the_tab_line_while_it_is_in_sight(make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    async with live(session, (80, 24)) as (app, pilot):
        assert "  mirror " not in screen_text(app)
        await press(pilot, "H")
        assert "  mirror " in screen_text(app)
        await press(pilot, "n")
        assert "  mirror " in screen_text(app)
        await press(pilot, "escape", "escape")
        assert "  mirror " not in screen_text(app)


async def test_the_mirror_is_seen_at_the_smallest_size_beside_a_sentence_to_say(make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "invite 3", "say expert")
    async with live(session, (60, 16)) as (app, pilot):
        await press(pilot, "H")
        assert "Fatima 1 (spoke within the minute: 0)" in screen_text(app)


async def test_the_assistant_has_no_mirror(make_session: Make) -> None:
    session = make_session("Bo", "assistant")
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "H")
        assert "Only the moderator does that." in said(app)
