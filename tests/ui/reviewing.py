"""The review screen in a test: the app on a real session file, and what its screen says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from kring.session.session import Session
from kring.system.settings import Settings
from kring.ui.review.app import ReviewApp


@asynccontextmanager
async def reviewing(
    session: Session, size: tuple[int, int] = (100, 30), keys: dict[str, str] | None = None
) -> AsyncIterator[tuple[ReviewApp, Pilot[Any]]]:
    """Show a session on the researcher's screen."""
    app = ReviewApp(session, Settings(keys=keys or {}))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield app, pilot


def shown(app: ReviewApp) -> str:
    """Return what stands on the screen, line by line."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def said(app: ReviewApp) -> str:
    """Return the line of answers."""
    return "".join(text for line in app.review.status.said_line.lines for text, _ in line).strip()


def beside(app: ReviewApp) -> str:
    """Return what stands beside the timeline."""
    return "\n".join("".join(text for text, _ in line) for line in app.review.side_panel.lines)


def rows(app: ReviewApp) -> list[str]:
    """Return the ids of the entries that are shown."""
    return [entry.id for entry in app.review.model.shown()]


def go_to(app: ReviewApp, entry_id: str) -> None:
    """Put the cursor on an entry."""
    entry = app.review.model.entry(entry_id)
    assert entry is not None
    app.review.go_to(entry)
