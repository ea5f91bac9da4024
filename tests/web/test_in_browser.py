"""The page in Chromium: what a person sees, what axe-core finds, what the browser keeps, what comes back by itself."""

from __future__ import annotations

import json
import socket

import pytest

import axe
from kring.observing.view import Item, View
from kring.system import i18n
from kring.system.clock import SystemClock
from kring.web.invitations import Invitations
from kring.web.server import Listening, PageServer, place_of
from web.staged import Staged

pytestmark = pytest.mark.slow
FOR_EVER = 2**50


@pytest.fixture(scope="module")
def checker():
    return axe.script()


class Served:
    """A page that is really served."""

    def __init__(self, folder):
        self.server = None
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self._wanted = Listening("127.0.0.1", port)
        self.source = Staged()
        self.place = place_of(self._wanted)
        self.invitations = Invitations(folder / "evening.observers")
        self.invitations.served_at(self.place.origin)

    def start(self):
        self.server = PageServer(
            self.source, Invitations(self.invitations.folder), self._wanted, self.place, SystemClock()
        )
        self.server.start()

    def link(self, name):
        return self.invitations.link(self.invitations.add(name, FOR_EVER), for_room=not name)

    def do(self, act, *arguments):
        """Let the source do something where it lives."""
        self.server._loop.call_soon_threadsafe(act, *arguments)


@pytest.fixture
def served(tmp_path):
    served = Served(tmp_path)
    yield served
    if served.server is not None:
        served.server.close()


TRIED = """([address, method, mode]) =>
  fetch(address, { method, mode, credentials: 'include' }).then((found) => found.status, () => 'refused')"""


def opened(browser, served, name="Petra", **look):
    """Return a page that a link opened, once the session stands on it."""
    if served.server is None:
        served.start()
    page = browser.page(served.link(name), **look)
    page.see("main", "What do you save for?" if name else "")
    return page


@pytest.mark.parametrize(
    ("width", "dark", "lang"), [(390, False, "nl"), (390, True, "en"), (1024, True, "nl"), (1440, False, "en")]
)
def test_axe_finds_nothing_amiss_and_the_console_stays_empty(browser, checker, served, width, dark, lang):
    i18n.use(lang)
    page = opened(browser, served, width=width, dark=dark)
    page.type("#ask-text", "Why <b>towels</b>?", "Control+Enter")
    page.see("#mine", "Why <b>towels</b>?")
    page.type("#talk-text", "<i>so</i>")
    page.see("#talk", "<i>so</i>")
    page.see("#watching", "Petra")
    assert page.run("document.documentElement.lang") == lang
    assert page.run("document.documentElement.scrollWidth") == width
    assert page.run("document.querySelectorAll('main b:not(.who, .status b), main i').length") == 0
    assert page.complaints == []
    assert {address.split("/")[2] for address in page.requests} == {served.place.origin.split("/")[2]}
    axe.check_by(checker, page)
    page.close()


@pytest.mark.parametrize(("known", "title"), [("", "Observing"), ("Loyalty", "Loyalty")])
def test_before_the_session_the_page_shows_what_there_is(browser, checker, served, known, title):
    served.source.view = View(title=known)
    served.start()
    page = browser.page(served.link("Petra"), width=390)
    page.see("#standing", "The session has not begun yet.")
    assert page.run("document.querySelector('h1').textContent") == title
    shown = page.run(
        "Array.from(document.querySelectorAll('main section')).filter(one => one.checkVisibility()).length"
    )
    assert shown == len(("notes", "ask", "back room", "watching"))
    axe.check_by(checker, page)
    page.close()


def test_the_browser_keeps_a_cookie_that_no_script_reads_and_nothing_else(browser, served):
    page = opened(browser, served)
    assert page.run("location.href") == f"{served.place.origin}/"
    assert page.run("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    (cookie,) = page.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert (
        page.run("performance.getEntriesByType('resource').filter(each => each.deliveryType === 'cache').length") == 0
    )
    assert page.run("caches.keys().then(found => found.length)") == 0
    page.close()


def test_another_site_gets_nothing(browser, served):
    page = opened(browser, served)
    page.go("about:blank")
    for path, method in (("events", "GET"), ("enter", "POST"), ("talk", "POST"), ("page.js", "GET")):
        for mode in ("cors", "no-cors"):
            asked = json.dumps([f"{served.place.origin}/{path}", method, mode])
            assert page.run(f"({TRIED})({asked})") in {"refused", 0}
    assert served.source.said == []
    page.close()


def test_who_is_revoked_sees_no_more_at_once(browser, served):
    page = opened(browser, served)
    served.invitations.revoke(served.invitations.meant("Petra"))
    page.see("#line", "Your link was withdrawn")
    assert "What do you save for?" not in page.run("document.documentElement.outerHTML")
    page.run(f"location.href = {json.dumps(served.link('Jan'))}")  # another link, in the same window
    page.see("main", "What do you save for?")
    served.invitations.revoke(served.invitations.meant("Jan"))
    page.see("#line", "Your link was withdrawn")
    page.go(served.place.origin)
    page.see("#line", "This link does not work, or no longer")
    page.close()


def test_the_page_says_that_it_cannot_be_reached_and_comes_back_by_itself(browser, served):
    page = opened(browser, served)
    served.server.close()
    page.see("#line", "The page can't be reached")
    assert "What do you save for?" in page.run("document.getElementById('question').textContent")
    served.source.view = served.source.view.later(0)
    served.source.show(item=Item("question", "3.2", "And what not?", 60_000))
    served.start()
    page.see("#question", "And what not?")
    assert page.run("document.getElementById('line').hidden")
    page.close()


def test_a_link_that_cannot_be_looked_up_now_comes_in_by_itself_later(browser, served):
    served.start()
    link, file = served.link("Petra"), served.invitations.folder / "links.json"
    kept = file.read_bytes()
    file.write_bytes(b"{")
    page = browser.page(link)
    page.see("#line", "That can't be done now")
    file.write_bytes(kept)
    page.see("main", "What do you save for?")
    page.close()


def test_the_page_counts_the_time_itself_and_says_when_it_is_over(browser, served):
    served.source.show(item=Item("question", "3.1", "What do you save for?", 1_500))
    page = opened(browser, served)
    page.see("#clock", "over the time of this question")
    page.see("#clock", "+0:01")
    assert page.run("document.getElementById('clock').closest('[aria-live]')") is None
    page.close()


@pytest.mark.parametrize("dark", [False, True])
def test_the_room_sees_its_assignment_and_its_time_large_and_no_more(browser, checker, served, dark):
    page = opened(browser, served, "", width=1440, dark=dark)
    served.do(lambda: served.source.show(item=Item("activity", "3.2", "Draw your shop", 120_000)))
    page.see("#instruction", "Draw your shop")
    page.see("#clock", "1:5")
    assert page.run("document.querySelector('#clock .time').getBoundingClientRect().height") > 150
    words = page.run("document.documentElement.textContent")
    assert not [word for word in ("P1", "P2", "towels", "Saving", "Loyalty", "Petra") if word in words]
    assert page.complaints == []
    axe.check_by(checker, page)
    page.close()
