"""Questions that somebody else answers meanwhile: the dialog closes by itself, with a line that says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from acting import act
from kring.domain.plan import Plan
from kring.domain.text import KringError
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from studio import Studio, recordist_of
from ui.live import Make, begin, live, press, said, screen_text


@pytest.fixture
def plan(plan: Plan) -> Plan:
    """A plan of which the gate that asks for a recording is ticked by one."""
    checks = [replace(check, recording=check.id == "opname") for check in plan.checks]
    return replace(plan, checks=tuple(checks))


LAPSED = "? That question no longer holds. "


def at_the_start(session: Session) -> None:
    act(session, "check gordijn dicht", "doors")


def with_points(session: Session) -> None:
    begin(session)
    act(session, "attend 6 waiting")


def without_points(session: Session) -> None:
    begin(session)
    act(session, "asked 2.1")


def with_somebody_waiting(session: Session) -> None:
    begin(session)
    act(session, "attend 1 waiting")


@pytest.mark.parametrize(
    ("prepare", "keys", "others", "why"),
    [
        (at_the_start, ("f10",), ("start anyway",), "The session is running."),
        (with_points, ("f12",), ("end",), "The session has ended."),
        (without_points, ("f12",), ("end",), "The session has ended."),
        (lambda _session: None, ("f10",), ("doors",), "The doors are open already."),
        (with_somebody_waiting, ("A",), ("attend 1 present",), "Nobody waits, and nobody is expected."),
        (at_the_start, ("f10", "s"), ("attend 1,2,3,4,5,6,7,8 present",), "Somebody else logged who is here."),
    ],
)
async def test_what_somebody_else_did_closes_the_question_and_says_why(
    make_session: Make, prepare: Callable[[Session], None], keys: tuple[str, ...], others: tuple[str, ...], why: str
) -> None:
    mine, theirs = make_session("Els", "moderator"), make_session("Bo", "assistant")
    prepare(mine)
    async with live(mine, (140, 40)) as (app, pilot):
        await press(pilot, *keys)
        assert len(app.screen_stack) == 2
        act(theirs, *others)
        app._tick()
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert said(app) == LAPSED + why
        await press(pilot, "n", "hallo", "enter")
        assert [note.text for note in mine.state.notes.values()] == ["hallo"]


async def test_a_question_that_still_holds_stays(make_session: Make) -> None:
    mine, theirs = make_session("Els", "moderator"), make_session("Bo", "assistant")
    with_points(mine)
    async with live(mine) as (app, pilot):
        await press(pilot, "f12")
        act(theirs, "note nog iets")
        app._tick()
        await pilot.pause()
        assert len(app.screen_stack) == 2


@pytest.fixture
def studio(clock: SimulatedClock) -> Studio:
    studio = Studio(clock)
    studio.broken = KringError("The microphone is not there.")
    return studio


async def settle(app: Any, pilot: Any) -> None:
    app._recordist.wait()
    app._tick()
    await pilot.pause()


async def test_a_gate_that_asks_to_record_comes_back_with_why_that_failed(session: Session, studio: Studio) -> None:
    at_the_start(session)
    act(session, "consent all yes")
    async with live(session, (80, 24), recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "f10", "R")
        await settle(app, pilot)
        for told in ("Not ticked yet", "The microphone is not there.", "Start all the same"):
            assert told in screen_text(app)
        studio.broken = None
        await press(pilot, "R")
        await settle(app, pilot)
        assert session.state.open_own_recording is not None
        assert "The microphone is not there." not in screen_text(app)
        assert studio.now is not None
        studio.now.kill()


async def test_a_gate_whose_act_is_refused_at_once_comes_back_with_the_reason(session: Session) -> None:
    at_the_start(session)
    act(session, "consent all yes")
    async with live(session, (80, 24)) as (app, pilot):
        await press(pilot, "f10", "R")
        for told in ("Not ticked yet", "Nothing is recorded in a rehearsal.", "Start all the same"):
            assert told in screen_text(app)


async def test_what_the_platform_records_ticks_its_gate_and_goes_on(session: Session) -> None:
    at_the_start(session)
    act(session, "consent all yes")
    async with live(session, (80, 24)) as (_app, pilot):
        await press(pilot, "f10", "r")
        assert session.state.open_recording is not None
        assert session.state.session.phase == "live"
