"""A live screen at rest: four looks a second whether others wrote, one a second at everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import events

from acting import act
from kring.session.recording import Recordist
from kring.session.session import Session
from kring.store.store import NotSaved
from kring.system.clock import SimulatedClock
from kring.team.sharing import Sharing
from kring.ui.app import KringApp
from studio import Studio, recordist_of
from ui.live import Make, begin, live, press, screen_text


class Looks:
    """How often an app looked whether others wrote, and how often at everything."""

    def __init__(self, app: KringApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.for_news = self.at_all = 0
        self._has_news, self._look_after_all = app.session.has_news, app._look_after_all
        monkeypatch.setattr(app.session, "has_news", self.counted_for_news)
        monkeypatch.setattr(app, "_look_after_all", self.counted_at_all)

    def counted_for_news(self) -> bool:
        self.for_news += 1
        return self._has_news()

    def counted_at_all(self) -> None:
        self.at_all += 1
        self._look_after_all()


async def come_to_rest(app: KringApp, pilot: Any) -> None:
    app._ticker.stop()
    for _ in range(3):
        app._tick()
        await pilot.pause()
    assert app._is_at_rest


async def test_at_rest_all_is_looked_after_once_a_second(
    session: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session)
    async with live(session, recordist=recordist_of(session, Studio(clock)), sharing=Sharing(session)) as (app, pilot):
        await come_to_rest(app, pilot)
        looks = Looks(app, monkeypatch)
        for _ in range(40):
            clock.advance(250)
            app._tick()
        assert (looks.at_all, looks.for_news) == (10, 30), "and of a look at all one for others is a part"


async def test_what_another_does_is_shown_a_quarter_of_a_second_later_at_most(
    make_session: Make, clock: SimulatedClock
) -> None:
    mine, theirs = make_session("Els", "moderator"), make_session("Bo", "assistant")
    begin(mine)
    async with live(mine) as (app, pilot):
        for number in range(8):
            await come_to_rest(app, pilot)
            act(theirs, f"cue iets {number}")
            clock.advance(250 if number % 2 else 1)
            app._tick()
            await pilot.pause()
            assert f"iets {number}" in screen_text(app)


def recorded(app: KringApp) -> None:
    assert isinstance(app._recordist, Recordist)
    app._recordist.toggle()


def in_trouble(app: KringApp) -> None:
    app.session.trouble = NotSaved("NOT SAVED: the disk is full.")


@pytest.mark.parametrize("something", [recorded, in_trouble])
async def test_where_something_is_under_way_it_is_looked_after_four_times_a_second(
    session: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch, something: Callable[[KringApp], None]
) -> None:
    begin(session)
    async with live(session, recordist=recordist_of(session, Studio(clock))) as (app, pilot):
        await come_to_rest(app, pilot)
        something(app)
        looks = Looks(app, monkeypatch)
        monkeypatch.setattr(session, "glance", lambda: False)  # the trouble stays
        clock.advance(1_000)
        for _ in range(4):
            app._tick()
        assert looks.at_all == 4


async def test_a_dialog_is_looked_after_four_times_a_second(
    session: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session)
    async with live(session) as (app, pilot):
        await come_to_rest(app, pilot)
        await press(pilot, "f12")
        app._is_at_rest = True
        looks = Looks(app, monkeypatch)
        for _ in range(3):
            app._tick()
        assert looks.at_all == 3


@pytest.mark.parametrize("event", [events.Key("x", "x"), events.Paste("tekst"), events.Resize], ids=repr)
async def test_whatever_a_person_does_ends_the_rest(session: Session, event: Any) -> None:
    begin(session)
    async with live(session) as (app, pilot):
        await come_to_rest(app, pilot)
        if event is events.Resize:
            await pilot.resize_terminal(120, 40)
        else:
            await app.on_event(event)
        assert not app._is_at_rest


async def test_an_act_that_waits_is_tried_four_times_a_second(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session)
    async with live(session) as (app, pilot):
        await come_to_rest(app, pilot)
        monkeypatch.setattr(type(session.waiting), "__len__", lambda _waiting: 1)
        assert not app._rests()
