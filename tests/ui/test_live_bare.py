"""A plan in which something is missing: no people, no guide, no checklist; every key still answers and lets go."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from acting import act
from kring.commands.table import OF_LIVE
from kring.domain.plan import GuideItem, Plan, PlannedParticipant
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock
from kring.ui.keymap import key_table
from ui.live import live, press, said
from ui.test_live_trouble import locked

GUIDE = (
    GuideItem(id="a", kind="section", text="Welkom", number="1"),
    GuideItem(id="b", parent="a", kind="question", text="Wie bent u?", number="1.1"),
)
PEOPLE = (PlannedParticipant(code="P1", name="Joost", seat=1),)
BARE = {"nothing": Plan(), "no people": Plan(guide=GUIDE), "no guide": Plan(participants=PEOPLE)}
KEYS = [key for key in key_table(OF_LIVE, {}).commands if key not in ("ctrl+q", "f12")]


@pytest.fixture(params=["nothing", "no people", "no guide"])
def bare(request: pytest.FixtureRequest, tmp_path: Path, clock: SimulatedClock) -> Session:
    me = Me("Bo", "assistant", "device")
    return sessions.begin(tmp_path / "session.db", BARE[request.param], clock, me, zone=("UTC", 0))


@pytest.mark.parametrize("phase", ["prepared", "live"])
async def test_every_key_answers_and_lets_go(bare: Session, phase: str) -> None:
    if phase == "live":
        act(bare, "start anyway")
    async with live(bare) as (app, pilot):
        for key in KEYS:
            character = {"space": " ", "full_stop": "."}.get(key, key if len(key) == 1 else None)
            for typed in (events.Key(key, character), events.Key("escape", "\x1b"), events.Key("escape", "\x1b")):
                app.post_message(typed)
            app.post_message(events.Key("ctrl+y", "\x19"))
            await pilot.pause()
            assert app.screen is app.live, key
            assert not app.live.status.is_asked, key
            assert said(app) == "? There is no link here.", key
    bare.close()


@pytest.mark.parametrize(
    ("key", "told"),
    [*((key, "Nobody is on the list; F9 adds somebody.") for key in "ahl."), ("k", "Nobody spoke yet.")],
)
async def test_nobody_to_choose_is_told_once(tmp_path: Path, clock: SimulatedClock, key: str, told: str) -> None:
    me = Me("Bo", "assistant", "device")
    alone = sessions.begin(tmp_path / "alone.db", BARE["no people"], clock, me, zone=("UTC", 0))
    async with live(alone, keys={"add": "f9"}) as (app, pilot):
        await press(pilot, key)
        assert said(app) == f"? {told}"
        assert not app.live.status.is_asked
        await press(pilot, "f9", "Ria", "enter", "a")
        assert said(app).startswith("attendance › 1 Ria ")
    alone.close()


async def test_trouble_stands_before_a_question(session: Session) -> None:
    async with live(session) as (app, pilot):
        with locked(session.store.path):
            await press(pilot, "r", "a")
            assert said(app).startswith("NOT SAVED: another program holds session.db.")
            assert "attendance › 1 Joost  2 Anna" in said(app)
            await press(pilot, "2", "3")
            assert "waits: " in said(app)
