"""A source of views that a test holds, and the page of it without a network."""

from __future__ import annotations

from contextlib import asynccontextmanager

import httpx
from msgspec.structs import replace

from kring.domain.text import Refused
from kring.observing.source import Asked, Changes, Said, Seen
from kring.observing.view import Bar, Floor, Item, Note, Poll, Share, View
from kring.system.clock import SimulatedClock
from kring.web.app import Pages
from kring.web.guard import place_at
from kring.web.hub import Hub
from kring.web.invitations import Invitations
from kring.web.keeping import Keeping

ORIGIN = "https://watch.example.org"
NOW = 1_796_326_200_000
HOUR = 3_600_000
VIEW = View(
    title="Loyalty, group 1",
    language="en",
    at=NOW,
    elapsed_ms=34 * 60_000,
    standing="running",
    section=Item("section", "3", "Saving", 600_000),
    item=Item("question", "3.1", "What do you save for?", 95_000),
    floor=Floor("participant", "P2"),
    shares=(Share("P1", 0.6, False, True), Share("P2", 0.4, True, True), Share("P3", 0.0, False, False)),
    present=4,
    stimuli=("A Concept",),
    notes=(Note("quote", "towels <b>again</b>", "P1", 900_000, True), Note("summary", "it must be simple")),
    polls=(Poll("Mark", 1, (Bar("7", 2), Bar("8", 1))),),
)


class Staged:
    """A source that shows what it is told to."""

    def __init__(self, view=VIEW):
        self.view, self.asked, self.said, self.lost = view, [], [], None
        self.changes = Changes()

    @property
    def seen(self):
        return Seen(self.changes.number, self.view, self.lost)

    async def changed(self, after):
        await self.changes.wait(after)
        return self.seen

    def show(self, **others):
        self.view = replace(self.view, **others)
        self.changes.tell()

    def questions(self, observer):
        return tuple(one for who, one in self.asked if who == observer)

    async def ask(self, observer, text):
        if self.view.standing == "ended":
            raise Refused("The session has ended.")
        self.asked.append((observer, Asked(id=str(len(self.asked)), text=text, at=NOW)))
        self.changes.tell()

    def decide(self, number, status, reason=""):
        who, one = self.asked[number]
        self.asked[number] = (who, replace(one, status=status, reason=reason))
        self.changes.tell()

    @property
    def back_room(self):
        return tuple(self.said)

    def watch_as(self, names):
        self.watching = tuple(names)

    def called(self, observer):
        return observer

    async def say(self, observer, text):
        self.said.append(Said(observer, text, NOW))
        self.changes.tell()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None


class Stage:
    """The page of a staged source, with a clock that stands still."""

    def __init__(self, folder, origin=ORIGIN, view=VIEW, **place):
        self.clock = SimulatedClock(NOW)
        self.source = Staged(view)
        self.invitations = Invitations(folder / "evening.observers")
        self.invitations.served_at(origin)
        self.hub = Hub(self.clock.wall_ms)
        self.keeping = Keeping(self.source, self.invitations, self.hub, self.clock)
        self.place = place_at(origin, **place)
        self.app = Pages(self.place, self.invitations, self.hub, self.keeping, self.clock.wall_ms).app()

    def add(self, name):
        return self.invitations.add(name, NOW + HOUR)

    @asynccontextmanager
    async def browser(self, token=None, **headers):
        own = {"origin": self.place.origin} | headers
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=self.place.origin, headers=own
        ) as client:
            if token is not None:
                answer = await client.post("/enter", json={"token": token})
                assert answer.status_code == 200
            yield client
