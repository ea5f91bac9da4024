"""The system's Chromium without a window: what a page asks for, complains of and shows."""

import asyncio
import shutil
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
"""For root, and for containers without a screen or shared memory."""
SOON_MS = 20_000
"""For how long at most something is waited for that a page does by itself."""


def found():
    """Return where Chromium is; skips a test where there is none."""
    place = next(filter(None, map(shutil.which, NAMES)), None)
    if place is None:
        pytest.skip("no Chromium on this machine")
    return place


class Browser:
    """One Chromium process.

    Playwright's own way to be called without `await` leaves a loop running between calls, in which no other test could
    run one.
    """

    def __init__(self):
        self._program = found()
        self._loop = asyncio.new_event_loop()

    def __enter__(self):
        self.wait(self._begin())
        return self

    def __exit__(self, *_):
        self.wait(self._chromium.close())
        self.wait(self._playwright.stop())
        self._loop.close()

    def forget_pages(self):
        """Close every page that is still open."""
        for context in self._chromium.contexts:
            self.wait(context.close())

    def wait(self, answer):
        """Return what an answer of the browser turns out to be."""
        return self._loop.run_until_complete(answer)

    def page(self, address, width=1100, dark=False, media=None, script=True):
        """Open an address, or a file, in a page that has nothing in common with the others."""
        look = {
            "viewport": {"width": width, "height": 900},
            "is_mobile": width < 600,
            "color_scheme": "dark" if dark else "light",
            "java_script_enabled": script,
        }
        return self.wait(self._open(address.as_uri() if isinstance(address, Path) else address, media, look))

    async def _begin(self):
        self._playwright = await async_playwright().start()
        self._chromium = await self._playwright.chromium.launch(executable_path=self._program, args=SWITCHES)

    async def _open(self, address, media, look):
        opened = await self._chromium.new_page(**look)
        page = Page(self, opened)
        await opened.emulate_media(media=media)
        await opened.goto(address)
        return page


class Page:
    """One page: the addresses that it asked for, what stands in its console, and what a script finds in it."""

    def __init__(self, browser, opened):
        self._browser, self._opened = browser, opened
        self.requests, self.complaints = [], []
        opened.on("request", lambda request: self.requests.append(request.url))
        opened.on("console", lambda message: self.complaints.append(message.text))
        opened.on("pageerror", lambda error: self.complaints.append(str(error)))

    def printed(self):
        """Return the page as it is printed on A4, a PDF."""
        return self._browser.wait(self._opened.pdf(format="A4"))

    def resize(self, width):
        """Make the window as wide as that."""
        self._browser.wait(self._opened.set_viewport_size({"width": width, "height": 900}))

    def see(self, place, text):
        """Return when a text stands in a place of the page, or anywhere below it; raises where it doesn't come."""
        self._browser.wait(self._opened.locator(place).filter(has_text=text).first.wait_for(timeout=SOON_MS))

    def type(self, place, text, key="Enter"):
        """Type a text in a field of the page, and a key."""
        self._browser.wait(self._opened.locator(place).fill(text))
        self._browser.wait(self._opened.locator(place).press(key))

    def go(self, address):
        """Open another address in the same page."""
        self._browser.wait(self._opened.goto(address))

    def cookies(self):
        """Return the cookies that the page's browser keeps."""
        return self._browser.wait(self._opened.context.cookies())

    def close(self):
        """Close the page."""
        self._browser.wait(self._opened.close())

    def run(self, expression):
        """Return what an expression in JavaScript gives."""
        return self._browser.wait(self._opened.evaluate(expression))
