"""Makes the pictures of the page for observers: a rehearsed session, looked at in the Chromium of the system.

Its clock, and that of the browser, stand still; the pictures are the same each time on a computer with the same fonts.
"""

from __future__ import annotations

import asyncio
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Browser, Page, async_playwright

from kring.observing.session_file import SessionFile
from kring.rehearsal.step import MINUTE, SECOND
from kring.session.session import Session
from kring.system import i18n
from kring.web.invitations import Invitations
from kring.web.server import Listening, PageServer, place_of

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STILL = "2026-12-03T20:00:00"


class PageShot(NamedTuple):
    """A picture of a page: of observers, or of the participants' room, how large, how long after the start."""

    name: str
    width: int
    height: int
    at_ms: int
    for_room: bool = False
    dark: bool = False


PAGE_SHOTS = (
    PageShot("observers-page", 1440, 900, 52 * MINUTE + 30 * SECOND),
    PageShot("observers-phone", 390, 844, 52 * MINUTE + 30 * SECOND, dark=True),
    PageShot("observers-room", 960, 540, 68 * MINUTE, for_room=True),
)


def pictures(plan: Path, played: Callable[[Path, Path, int], Session], into: Path) -> None:
    """Write the pictures of a session that `played` plays of a plan; without Chromium they stay as they are."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        print("The pictures of the page for observers need Chromium; they stay as they are.")
        return
    i18n.use("en")
    for shot in PAGE_SHOTS:
        with tempfile.TemporaryDirectory() as folder:
            session = played(plan, Path(folder) / "session.db", shot.at_ms)
            drawn = picture(shot, session, program)
            session.close()
        (into / f"{shot.name}.png").write_bytes(drawn)
        print(f"docs/images/{shot.name}.png")


def picture(shot: PageShot, session: Session, program: str) -> bytes:
    """Return a picture as PNG of what observers see of a session now."""
    path = session.store.path
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        wanted = Listening("127.0.0.1", one.getsockname()[1])
    place, clock = place_of(wanted), session.clock.clock
    invitations = Invitations(path.with_suffix(".observers"))
    invitations.served_at(place.origin)
    until = clock.wall_ms() + 8 * 60 * MINUTE
    names = ("Petra de Vries", "Jan", "")
    links = [invitations.link(invitations.add(name, until), for_room=not name) for name in names]
    server = PageServer(SessionFile(path, clock, "page"), Invitations(invitations.folder), wanted, place, clock)
    server.start()
    try:
        return asyncio.run(_drawn(shot, links, program))
    finally:
        server.close()


async def _drawn(shot: PageShot, links: list[str], program: str) -> bytes:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            if shot.for_room:
                page = await _opened(browser, shot, links[-1])
                await page.locator("#instruction").filter(has_text=" ").wait_for()
            else:
                page = await _conversed(browser, shot, links)
            return await page.screenshot()
        finally:
            await browser.close()


async def _conversed(browser: Browser, shot: PageShot, links: list[str]) -> Page:
    """Return the page of the first observer, once both said something."""
    first, second = [await _opened(browser, shot, link) for link in links[:2]]
    await _type(first, "#ask-text", "Would they come if the café were open in the evening?", "Control+Enter")
    await first.locator("#mine").filter(has_text="café").wait_for()
    await _type(first, "#talk-text", "That remark on screens and plugs is for our board.", "Enter")
    await second.locator("#talk").filter(has_text="our board").wait_for()
    await _type(second, "#talk-text", "I heard the same in Zwolle last week.", "Enter")
    await first.locator("#talk").filter(has_text="Zwolle").wait_for()
    await first.locator("#watching").filter(has_text="Jan").wait_for()
    await first.locator("output").first.evaluate("output => { output.textContent = ''; }")
    await first.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    return first


async def _opened(browser: Browser, shot: PageShot, link: str) -> Page:
    look = {"viewport": {"width": shot.width, "height": shot.height}, "is_mobile": shot.width < 600}
    context = await browser.new_context(**look, color_scheme="dark" if shot.dark else "light", reduced_motion="reduce")
    page = await context.new_page()
    await page.clock.install(time=STILL)
    await page.clock.pause_at(STILL)
    await page.goto(link)
    await page.locator("main").wait_for()
    return page


async def _type(page: Page, place: str, text: str, key: str) -> None:
    await page.locator(place).fill(text)
    await page.locator(place).press(key)
