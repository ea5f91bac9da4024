"""The live screen in a test: the app on a real session file, and what its screen says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from acting import act
from kring.session.session import Session
from kring.system.settings import Settings
from kring.ui.app import KringApp

Make = Callable[..., Session]
NAMES = {" ": "space", "\n": "enter", "\t": "tab", "\x1b": "escape", "\x7f": "backspace"}


def screen_text(app: KringApp) -> str:
    """Return what stands on the screen, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def said(app: KringApp) -> str:
    """Return the line of answers; while a text is typed on a surface of its own, what is said of it there."""
    live = app.live
    is_beside = live.is_typing and live.says_hint_elsewhere
    lines = [live.status.about_typed(live.hint())] if is_beside else live.status.said_line.lines
    told = "".join(text for line in lines for text, _ in line)
    return told.replace("\u00a0", " ").strip()


def saved(app: KringApp) -> str:
    """Return the right end of the bar of keys."""
    return "".join(text for line in app.live.status.keys.lines for text, _ in line).strip()


def begin(session: Session) -> None:
    """Start the talk with everybody there, at the first question."""
    act(session, *(f"attend {seat} present" for seat in range(1, 9)), "start anyway", "go 1.1")


@asynccontextmanager
async def live(
    session: Session, size: tuple[int, int] = (100, 30), keys: dict[str, str] | None = None, **options: Any
) -> AsyncIterator[tuple[KringApp, Pilot[Any]]]:
    """Show a session on the screens."""
    app = KringApp(session, Settings(keys=keys or {}), **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def press(pilot: Pilot[Any], *typed: str) -> None:
    """Press keys: the name of one (`f2`), or a text of several; and let the screen settle."""
    for part in typed:
        is_name = len(part) > 1 and (part[1:].isdigit() or part.startswith(("ctrl+", "shift+")) or part in KEYS)
        await pilot.press(*[part] if is_name else [NAMES.get(mark, mark) for mark in part])
    await pilot.pause()


KEYS = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "delete", *NAMES.values()}
