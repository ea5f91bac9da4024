"""The proposal for the time to come on the live screens, in both roles and at every size."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from domain.group.test_pacing import CORE
from kring.domain.plan import Plan
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock
from ui.live import live, press, said, saved, screen_text

SIZES = pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30), (140, 40), (200, 60)], ids=str)
ROLES = pytest.mark.parametrize("role", ["moderator", "assistant"])


@pytest.fixture
def late(tmp_path: Path, plan: Plan, clock: SimulatedClock) -> Callable[[str], Session]:
    """Return a session that is 6:10 behind at question 4.1."""

    def make(role: str) -> Session:
        me = Me("Ria", role, "device")
        evening = replace(plan, guide=CORE, checks=(), planned_min=90)
        chance = random.Random(0).randbytes
        session = sessions.begin(tmp_path / "late.db", evening, clock, me, chance, ("UTC", 0))
        act(session, *(f"attend {seat} present" for seat in range(1, 9)), "start anyway", "go 1.1")
        clock.advance((46 * 60 + 10) * 1000)
        act(session, "go 4.1")
        return session

    return make


@ROLES
@SIZES
async def test_it_opens_by_its_key_shows_what_changes_and_leaves_digits_to_the_floor(
    late: Callable[[str], Session], role: str, size: tuple[int, int]
) -> None:
    session = late(role)
    async with live(session, size) as (app, pilot):
        assert "3:50" not in screen_text(app)
        assert ("6:10 behind V" in screen_text(app)) == (size[0] > 60)
        await press(pilot, "V")
        shown = screen_text(app)
        assert "3:50" in shown
        assert "4.2" in shown
        assert "accept" in saved(app)
        await press(pilot, "3")
        assert said(app).startswith("✓ Fatima has the floor")
        await press(pilot, "enter")
        assert said(app).startswith("✓ Proposal accepted: 6:10 behind becomes on time")
        assert [row.after_s for row in session.state.pacing.values()] == [230, 240, 180, 60]
        await press(pilot, "z")
        assert session.state.guide["q4.2"].added_s == 0
    session.close()


async def test_rows_are_changed_and_the_rest_follows(late: Callable[[str], Session]) -> None:
    session = late("moderator")
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "V", "+++")
        assert "6:50" in screen_text(app)
        await press(pilot, "-", "down", "s")
        assert said(app) == "? 4.3 is protected or open now: it is not skipped here."
        await press(pilot, "end", "up", "up", "s")
        await press(pilot, "enter")
        accepted = {row.item: (row.after_s, row.skipped) for row in session.state.pacing.values()}
        assert accepted == {"q4.2": (350, False), "q6.1": (240, False), "q6.2": (0, True)}  # the cards were kept
    session.close()


async def test_escape_declines_and_what_fits_has_nothing_to_decline(late: Callable[[str], Session]) -> None:
    session = late("moderator")
    async with live(session, (100, 30)) as (app, pilot):
        await press(pilot, "V", "escape")
        assert said(app).startswith("✓ Proposal declined; it stays 6:10 behind")
        assert [row.accepted for row in session.state.pacing.values()] == [False] * 4
        await press(pilot, "V", "enter", "V")
        assert "nothing is proposed" in screen_text(app)
        await press(pilot, "escape")
        assert len(session.state.pacing) == 8
    session.close()
