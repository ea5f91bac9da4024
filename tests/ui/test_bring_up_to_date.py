"""Bringing up to date who came late, and changing roles, on the screen."""

from __future__ import annotations

import pytest

from acting import act
from kring.session.session import Session
from ui.live import live, press, said, saved, screen_text

SIZES = ((80, 24), (100, 30), (140, 40))


@pytest.fixture
def running(session: Session) -> Session:
    act(session, "attend 1,2,3 present", "start anyway", "go 1.1")
    return session


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_copied_shows_what_to_tell_and_is_logged(running, clock, size):
    clock.advance(60_000)
    act(running, "attend 4 present")
    copied = []
    async with live(running, size) as (app, pilot):
        app.copy_to_clipboard = copied.append
        await press(pilot, "B")
        assert "Copied" in said(app)
        assert copied[0].startswith("Welcome!")
        assert "Welcome!" in screen_text(app)
        await press(pilot, "enter")
        assert [row.participant for row in running.state.briefings.values()] == ["P4"]
        assert "Welcome!" not in screen_text(app)
        await press(pilot, "B", "enter")  # nobody is left to tell
        assert len(running.state.briefings) == 1


async def test_who_of_two_is_chosen_with_the_arrows(running, clock):
    clock.advance(60_000)
    act(running, "attend 4,5 present")
    async with live(running, (100, 30)) as (_app, pilot):
        await press(pilot, "B", "down", "enter")
        assert [row.participant for row in running.state.briefings.values()] == ["P5"]


async def test_changing_roles_is_asked_for_and_ends_this_screen(running):
    was = running.me.role
    async with live(running, (100, 30)) as (app, pilot):
        await press(pilot, "F", "escape")
        assert running.me.role == was
        await press(pilot, "F", "y")
        assert running.me.role != was
        assert app.live.next_told is not None


async def test_a_line_that_was_begun_is_not_lost(running):
    was = running.me.role
    async with live(running, (100, 30)) as (app, pilot):
        await press(pilot, "n", "h", "o", "i", "escape")
        await press(pilot, "F", "y")
        assert running.me.role == was
        assert "first" in said(app) or "first" in saved(app)
