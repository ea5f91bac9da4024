"""A session that ended, by mistake or on another laptop, goes on where somebody says so."""

from __future__ import annotations

from kring.session.session import Session
from ui.live import begin, live, press, screen_text


async def test_a_session_that_has_ended_goes_on_by_f4_when_that_is_meant(session: Session) -> None:
    begin(session)
    async with live(session) as (app, pilot):
        await press(pilot, "f12", "y")
        assert session.state.session.phase == "ended"
        await press(pilot, "f4")
        assert "Go on with it all the same?" in screen_text(app)
        await press(pilot, "n")
        assert session.state.session.phase == "ended"
        await press(pilot, "f4", "y", "3")
        assert session.state.session.phase == "live"
        assert session.state.open_turn is not None
