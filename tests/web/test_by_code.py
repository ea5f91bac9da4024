"""The page of a session that another laptop shares, by the code of an observer and a real server."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from acting import act
from kring.system.clock import SystemClock
from kring.team.observers.watching import SharedSession
from kring.web.app import Pages
from kring.web.guard import place_at
from kring.web.hub import Hub
from kring.web.invitations import Invitations
from kring.web.keeping import Keeping
from team.conftest import access_with, hosted, needs_server
from team.test_observers import fed
from web.staged import ORIGIN


@pytest.mark.slow
@needs_server
async def test_the_page_shows_what_comes_by_a_code_and_a_question_goes_back(session, tmp_path):
    act(session, "consent all yes", "consent 2 not observers", "start anyway", "go 2.1", 'note *"te veel gedoe" @1')
    invitations = Invitations(tmp_path / "far.observers")
    invitations.served_at(ORIGIN)
    token = invitations.add("Petra", 2**50)
    hub, clock = Hub(SystemClock().wall_ms), SystemClock()
    folder = tmp_path / "e.share"
    with hosted(folder, session.state.session.id) as given:
        source = SharedSession(access_with(given["observer"]), clock)
        keeping = Keeping(source, invitations, hub, clock)
        app = Pages(place_at(ORIGIN), invitations, hub, keeping, clock.wall_ms).app()
        async with fed(session, folder, given["moderator"]), source:
            following = asyncio.create_task(keeping.follow())
            stream = hub.stream(invitations.all[0])
            assert "te veel gedoe" in await told(stream, "2.1 Vertel eens over de laatste keer")
            headers = {"origin": ORIGIN}
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url=ORIGIN, headers=headers
            ) as browser:
                assert (await browser.post("/enter", json={"token": token})).status_code == 200
                assert (await browser.post("/ask", json={"text": "Kent u de app?"})).status_code == 204
            session.catch_up()
            (row,) = session.state.observer_questions.values()
            assert (row.asked_by, row.text) == ("Petra", "Kent u de app?")
            act(session, "decline 1 komt later")
            await told(stream, "komt later")
            following.cancel()


async def told(stream, text):
    async with asyncio.timeout(20):
        async for part in stream:
            if text in part.decode():
                return part.decode()
    pytest.fail(text)
