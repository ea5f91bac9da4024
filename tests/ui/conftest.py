"""Screens are waited for, not slept for."""

import pytest
from textual import app as apps
from textual import pilot as pilots
from textual._context import active_app
from textual.pilot import Pilot

ROUNDS = 3
"""What one message makes another send is there by then."""


async def settled(*_seconds: float) -> None:
    """Return when nobody on the screen has anything left to do."""
    app = active_app.get()
    for _ in range(ROUNDS):
        await Pilot(app)._wait_for_screen()
        app._check_resize()
        app.screen._on_timer_update()


@pytest.fixture(autouse=True)
def no_sleeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual looks every 20 ms whether the processor has calmed down, twice a key: minutes in all."""
    monkeypatch.setattr(apps, "wait_for_idle", settled)
    monkeypatch.setattr(pilots, "wait_for_idle", settled)
