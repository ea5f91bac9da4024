"""The stream of a session on a server: all acts in the order in which they came in, asked for and never changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from hashlib import sha256
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as ClientError

from kring.session.copies.foreign_line import ForeignLine, name_of
from kring.system.clock import SystemClock
from kring.team import access
from kring.team.access import Access, NotReached
from kring.team.levelling.move import Move
from kring.team.names import GET, pool_of
from kring.team.shared_folder import MOST_BYTES

ID, PLACE, EXPECTED = "Nats-Msg-Id", "Nats-Sequence", "Nats-Expected-Stream"
ANSWER_S = 3.0
FIRST_ANSWER_S = 0.3
"""A server that only just started never answers what it was asked too early, so it is asked again soon."""
FIRST_TRIES = 10
MOST_READ_BYTES = 2 * MOST_BYTES
NOT_FOUND = 404
Line = TypeVar("Line", ForeignLine, dict[str, Any])


class Told(msgspec.Struct, Generic[Line], frozen=True):
    """What is told of an event: its line by the names of the table, and the file that it brought in, if any."""

    line: Line
    file: bytes | None = None
    move: Move | None = None
    """Where the session goes on; then it tells of no event."""


class Seen(msgspec.Struct, frozen=True, gc=False):
    """An event that lies at a place of the stream; None for `told` where nothing lies there that kring wrote.

    Events that waited together went over together, and have one place.
    """

    place: int
    event: str
    told: Told[Any] | None

    @property
    def told_event(self) -> Told[Any] | None:
        """Return what is told of an event; None also where it is that the session moved."""
        return self.told if self.told is not None and self.told.move is None else None


class Standing(msgspec.Struct, frozen=True):
    """How the stream stands: when it was made, how much lies in it, and the last place that was given.

    `ahead_ms` is how far the server's clock is ahead of this laptop's, as exact as half of `took_ms`.
    """

    made: str
    messages: int
    last: int
    ahead_ms: float
    took_ms: float


class NoStream(NotReached):
    """The server does not have the session yet, or no longer."""


class Broken(NotReached):
    """The connection does not do what it should; another one may."""


_strict = msgspec.json.Decoder(Told[ForeignLine] | list[Told[ForeignLine]])
_any = msgspec.json.Decoder(Told[dict[str, Any]] | list[Told[dict[str, Any]]])


def seen(message: Msg) -> list[Seen]:
    """Return what a message of the stream says, at least one thing, as it was asked for or heard at once."""
    headers: Mapping[str, str] = message.headers or {}
    place = int(headers.get(PLACE, 0))
    try:
        told = _told(message.data)
    except (msgspec.DecodeError, UnicodeError):
        return [Seen(place, "", None)]
    several = told if isinstance(told, list) else [told]
    return [Seen(place, name_of(each.line), each) for each in several] or [Seen(place, "", None)]


def _told(content: bytes) -> Told[Any] | list[Told[Any]]:
    """Return what a message tells; where one line of it says no event, all of them as they are."""
    try:
        return _strict.decode(content)
    except msgspec.ValidationError:
        return _any.decode(content)


def known_as(events: Sequence[str]) -> str:
    """Return by what the server knows that it has these events together already, whatever somebody else calls one."""
    return quote(events[0], safe="") if len(events) == 1 else sha256("\n".join(events).encode()).hexdigest()


class Stream:
    """The stream as one connection sees it."""

    def __init__(self, client: Client, wanted: Access) -> None:
        self.client = client
        self.names = wanted.names
        self._get = f"{GET}.{pool_of(wanted.study)}" if not wanted.session else wanted.names.get
        self._clock = SystemClock()

    async def standing(self, *, first: bool = False) -> Standing:
        """Return how the stream stands; raises NoStream where the server has none, Broken where it does not say."""
        for _ in range(FIRST_TRIES if first else 1):
            began, wall_ms = time.monotonic(), self._clock.wall_ms()
            try:
                answer = await self.client.request(self.names.info, b"", timeout=FIRST_ANSWER_S if first else ANSWER_S)
            except (ClientError, TimeoutError, OSError):
                continue
            took_ms = (time.monotonic() - began) * 1000
            return _standing(msgspec.json.decode(answer.data), wall_ms + took_ms / 2, took_ms)
        raise Broken("The server does not answer.")

    async def read(self, after: int, most: int, only: str = "") -> list[Seen]:
        """Return what lies behind a place, of at most so many places, of all or of one subject; nothing at the end."""
        async with aclosing(self.coming(after, most, only)) as coming:
            return [each async for several in coming for each in several]

    async def coming(self, after: int, most: int, only: str = "") -> AsyncGenerator[list[Seen]]:
        """Yield the same place by place, as it comes in."""
        inbox = self.client.new_inbox()
        answers: asyncio.Queue[Msg] = asyncio.Queue()
        asking = await access.soon(self.client.subscribe(inbox, cb=answers.put, pending_bytes_limit=-1))
        try:
            wanted = {"seq": after + 1, "batch": most, "max_bytes": MOST_READ_BYTES}
            asked = msgspec.json.encode({**wanted, "next_by_subj": only} if only else wanted)
            await access.soon(self.client.publish(self._get, asked, reply=inbox))
            while "Status" not in ((message := await _next(answers)).headers or {}):
                yield seen(message)
        except (ClientError, TimeoutError, OSError) as problem:
            raise Broken("The server does not answer.") from problem
        finally:
            await _unsubscribed(asking)

    async def events_at(self, place: int) -> frozenset[str]:
        """Return the ids of the events at a place."""
        return frozenset(each.event for each in await self.read(place - 1, 1) if each.place == place)


async def _next(answers: asyncio.Queue[Msg]) -> Msg:
    """Return the next answer; to wait with a limit costs more than most answers, so only where none is there."""
    if not answers.empty():
        return answers.get_nowait()
    async with asyncio.timeout(ANSWER_S):
        return await answers.get()


async def _unsubscribed(subscription: Any) -> None:
    try:
        await access.soon(subscription.unsubscribe())
    except (ClientError, OSError, TimeoutError):
        return  # the connection is gone, and with it what was asked for


def _standing(answer: dict[str, Any], at_ms: float, took_ms: float) -> Standing:
    if error := answer.get("error"):
        if error.get("code") == NOT_FOUND:
            raise NoStream("The session is not there yet: is kring open on the laptop that shares it?")
        raise Broken("The server does not answer.")
    state = answer["state"]
    there_ms = datetime.fromisoformat(answer["ts"]).timestamp() * 1000
    return Standing(answer["created"], state["messages"], state["last_seq"], there_ms - at_ms, took_ms)
