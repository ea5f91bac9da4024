"""The review shows how the talk was led, and what stands in each line of that."""

from __future__ import annotations

from acting import act
from kring.session.session import Session
from ui.live import begin, press
from ui.reviewing import reviewing, shown


async def test_each_line_of_leading_can_be_gone_through(session: Session) -> None:
    begin(session)
    act(session, "go 2.1", "floor 1", "probe 1", "invite 3", "say talker", "end now")
    async with reviewing(session) as (app, pilot):
        seen = ""
        for _row in range(25):
            await press(pilot, "down")
            seen += shown(app)
        assert "◂ invited to speak: Fatima" in seen
        assert "↳ wat ging goed" in seen
        assert "“Dank u, dat is duidelijk." in seen
