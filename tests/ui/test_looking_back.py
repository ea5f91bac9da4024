"""The debrief on the live screens."""

from __future__ import annotations

from acting import act
from kring.domain.measures.looking_back import debrief
from kring.session.session import Session
from ui.live import live, press


async def test_a_field_of_the_debrief_is_answered_by_key(session: Session) -> None:
    act(session, "start anyway", "end")
    async with live(session) as (_app, pilot):
        await press(pilot, "J", "2", "niemand wist het", "enter")
    (answer,) = debrief(session.state, session.now()).answers["surprise"]
    assert (answer.answer, answer.author) == ("niemand wist het", session.me.name)
