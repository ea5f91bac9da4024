"""A real Chromium without a window, spoken to over its own pipe: what a page asks for, complains of and looks like."""

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_S = 30


def found():
    """Return where Chromium is; skips a test where there is none."""
    place = next(filter(None, map(shutil.which, NAMES)), None)
    if place is None:
        pytest.skip("no Chromium on this machine")
    return place


class Browser:
    """One Chromium process with a profile of its own."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="kring-browser-", ignore_cleanup_errors=True)
        # descriptors 3 and 4 are the protocol's in the child, so none of ours may lie there
        to_child, self._write, self._read, from_child = map(_above, (*os.pipe(), *os.pipe()))

        def give_pipes():
            os.dup2(to_child, 3)
            os.dup2(from_child, 4)

        self._process = subprocess.Popen(
            [
                found(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--force-color-profile=srgb",
                "--remote-debugging-pipe",
                f"--user-data-dir={self._folder.name}",
                "about:blank",
            ],
            preexec_fn=give_pipes,  # noqa: PLW1509 - no thread of ours runs here
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(to_child)
        os.close(from_child)
        self._numbers = itertools.count(1)
        self._rest = b""
        self._events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self._process.wait(10)
        except (OSError, AssertionError, subprocess.TimeoutExpired):
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        os.close(self._write)
        os.close(self._read)
        self._folder.cleanup()

    def call(self, method, session=None, **parameters):
        """Ask one thing of the browser and return its answer."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']['message']}"
                return answer["result"]
            self._events.append(answer)

    def events(self, session, wait_for=None):
        """Return what a page told since it was opened; first wait until it tells one thing."""
        while wait_for and not any(_is(event, session, wait_for) for event in self._events):
            self._events.append(self._message())
        return [event for event in self._events if event.get("sessionId") == session]

    def page(self, address, **look):
        """Open an address, or a file, in a page of its own."""
        return Page(self, address.as_uri() if isinstance(address, Path) else address, **look)

    def _message(self):
        end = time.monotonic() + PATIENCE_S
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0, end - time.monotonic()))
            assert ready, "Chromium does not answer"
            piece = os.read(self._read, 1 << 16)
            assert piece, "Chromium ended"
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)


class Page:
    """One page: what it asked for, what it complained of, and how it looks."""

    def __init__(self, browser, address, width=1100, height=900, dark=False, media="", script=True):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        if not script:
            self._call("Emulation.setScriptExecutionDisabled", value=True)
        self._call("Page.navigate", url=address)
        browser.events(self._session, "Page.loadEventFired")

    def _call(self, method, **parameters):
        return self.browser.call(method, self._session, **parameters)

    def run(self, expression):
        """Return what an expression in JavaScript gives."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    @property
    def requests(self):
        """Return the addresses that the page asked for."""
        return [each["params"]["request"]["url"] for each in self._told("Network.requestWillBeSent")]

    @property
    def complaints(self):
        """Return what stands in the console: errors, warnings, exceptions."""
        told = [each["params"]["entry"]["text"] for each in self._told("Log.entryAdded")]
        told += [str(each["params"]["args"]) for each in self._told("Runtime.consoleAPICalled")]
        return told + [str(each["params"]["exceptionDetails"]) for each in self._told("Runtime.exceptionThrown")]

    def _told(self, method):
        self.run("1")  # what the page told before its answer has come in with it
        return [each for each in self.browser.events(self._session) if each["method"] == method]

    def picture(self, path, whole=True):
        """Save how the page looks."""
        options = {"captureBeyondViewport": True} if whole else {}
        if whole:
            size = self._call("Page.getLayoutMetrics")["cssContentSize"]
            height = min(size["height"], 16_000)
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1}
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png", **options)["data"]))

    def print(self, path):
        """Print to a PDF."""
        printed = self._call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        path.write_bytes(base64.b64decode(printed["data"]))


def _above(descriptor):
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10)
    os.close(descriptor)
    return moved


def _is(event, session, method):
    return event.get("sessionId") == session and event.get("method") == method
