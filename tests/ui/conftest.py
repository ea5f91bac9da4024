"""Screens are waited for, not slept for."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from textual import app as apps
from textual import pilot as pilots
from textual._context import active_app
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.pilot import Pilot, WaitForScreenTimeout

ROUNDS = 3
"""What one message makes another send is there by then."""
PATIENCE_S = 30
MOMENT_S = 0.001


def has_work(pump: MessagePump) -> bool:
    """Whether a message waits for it, or one is being answered."""
    ready = pump._message_queue.ready_event
    return pump._running and (ready.is_set() or not ready._waiters)


async def calm(pilot: Pilot[Any]) -> bool:
    """Return when nothing can go on by itself; False when the app broke.

    Textual asks it of every widget, in a message, eleven times a key: five sixths of what a key takes.
    """
    app, loop = pilot.app, asyncio.get_running_loop()
    latest = loop.time() + PATIENCE_S
    while not app._exception_event.is_set():
        await asyncio.sleep(0)
        if loop.time() > latest:
            raise WaitForScreenTimeout("A widget does not come to rest.")
        if loop._ready:
            continue
        if not any(map(has_work, [app, *app.screen.walk_children(with_self=True)])):
            return True
        await asyncio.sleep(MOMENT_S)  # for a thread
    return False


async def settled(*_seconds: float) -> None:
    """Return when nobody on the screen has anything left to do."""
    app: App[Any] = active_app.get()
    for _ in range(ROUNDS):
        await calm(Pilot(app))
        app._check_resize()
        app.screen._on_timer_update()


@pytest.fixture(autouse=True)
def no_sleeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual looks every 20 ms whether the processor has calmed down, twice a key: minutes in all."""
    monkeypatch.setattr(apps, "wait_for_idle", settled)
    monkeypatch.setattr(pilots, "wait_for_idle", settled)
    monkeypatch.setattr(Pilot, "_wait_for_screen", calm)


@pytest.fixture(autouse=True, scope="session")
def styles_read_once() -> Iterator[None]:
    """Every app and every screen reads the same styles anew."""
    read: dict[tuple[object, ...], list[RuleSet]] = {}
    as_it_is = Stylesheet._parse_rules

    def once(sheet: Stylesheet, css: str, **of_what: Any) -> list[RuleSet]:
        key = (css, *sheet._variables.items(), *of_what.items())
        if key not in read:
            read[key] = as_it_is(sheet, css, **of_what)
        return read[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", once)
        yield
