"""The page's addresses: the empty page for everybody, and what stands on it for who has a link.

A link is https://…/#TOKEN. What stands behind # is not sent with a request, so no proxy, log or preview of a message
has it; the page's own script exchanges it once for a cookie that no script can read and no other site can send along.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from kring.domain.text import KringError, Refused, clean
from kring.system.i18n import _, say
from kring.web import page
from kring.web.guard import Place, client_of, guarded
from kring.web.hub import Hub
from kring.web.invitations import Invitation, Invitations
from kring.web.limits import Limit

MOST_BYTES = 8_192
"""How large the body of a request may be."""
BODY_S = 10.0
"""For how long the body of a request may be on its way."""
LONGEST_TOKEN = 100
MINUTE_MS = 60_000
WRONG_A_MINUTE, QUESTIONS_A_MINUTE, LINES_A_MINUTE = 30, 6, 30
OBSERVERS, ROOM = "", "room"
Body = TypeVar("Body", bound=msgspec.Struct)
Answer = Callable[[Request], Awaitable[Response]]


class Entering(msgspec.Struct, frozen=True):
    """What the page sends of the link with which it was opened."""

    token: str


class Saying(msgspec.Struct, frozen=True):
    """What an observer typed."""

    text: str


class Heard(Protocol):
    """Takes what observers type; raises KringError with what to say to them."""

    async def ask(self, who: Invitation, text: str) -> None:
        """Take a question to the team."""

    async def talk(self, who: Invitation, text: str) -> None:
        """Take what is said to the other observers."""


class NotNow(Exception):
    """A request is answered with a sentence instead."""

    def __init__(self, status: int, told: str) -> None:
        super().__init__(status)
        self.status, self.told = status, told


class Pages:
    """Answers requests."""

    def __init__(
        self, place: Place, invitations: Invitations, hub: Hub, heard: Heard, now_ms: Callable[[], int]
    ) -> None:
        self._place, self._invitations, self._hub, self._heard, self._now = place, invitations, hub, heard, now_ms
        self._tries = Limit(WRONG_A_MINUTE, MINUTE_MS, now_ms)
        self._questions = Limit(QUESTIONS_A_MINUTE, MINUTE_MS, now_ms)
        self._lines = Limit(LINES_A_MINUTE, MINUTE_MS, now_ms)

    def app(self) -> ASGIApp:
        """Return the application, behind its guard."""
        routes = [Route(f"/{name}", self._asset, methods=["GET"]) for name in page.ASSETS]
        routes += [
            Route("/", self._page(page.observers()), methods=["GET"]),
            Route("/room", self._page(page.room()), methods=["GET"]),
            Route("/enter", _said(self._enter), methods=["POST"]),
            Route("/events", _said(self._events), methods=["GET"]),
            Route("/room/events", _said(self._room_events), methods=["GET"]),
            Route("/ask", _said(self._ask), methods=["POST"]),
            Route("/talk", _said(self._talk), methods=["POST"]),
        ]
        app = Starlette(routes=routes)
        app.router.redirect_slashes = False  # it would send people on without the encryption of a proxy
        return guarded(app, self._place)

    def _page(self, html: str) -> Answer:
        async def answer(_request: Request) -> Response:
            return Response(html, media_type="text/html")

        return answer

    async def _asset(self, request: Request) -> Response:
        name = request.url.path.removeprefix("/")
        return Response(page.asset(name), media_type=page.ASSETS[name])

    async def _enter(self, request: Request) -> Response:
        """Exchange the token of a link for a cookie, and say which page it is for."""
        client = client_of(request.scope, self._place)
        self._not_too_often(self._tries, client)
        token = (await _body(request, Entering)).token[:LONGEST_TOKEN]
        self._invitations.look()  # the link may have been made this moment
        found = self._invitations.of_token(token, self._now())
        if found is None:
            self._tries.count(client)  # only these: a whole room of observers may have one address
            raise _no_link()
        where = ROOM if found.is_for_room else OBSERVERS
        answer = JSONResponse({"page": f"/{where}"})
        answer.set_cookie(
            self._cookie(where),
            token,
            max_age=max(1, (found.until_ms - self._now()) // 1000),
            secure=self._place.is_encrypted,
            httponly=True,
            samesite="strict",
        )
        return answer

    async def _events(self, request: Request) -> Response:
        return self._stream(request, OBSERVERS)

    async def _room_events(self, request: Request) -> Response:
        return self._stream(request, ROOM)

    def _stream(self, request: Request, where: str) -> Response:
        who = self._let_in(request, where)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        if not self._hub.has_room(who):
            raise NotNow(429, _("This link is open in too many windows; close some."))
        headers = {"x-accel-buffering": "no"}  # nginx would keep what is sent until there is more
        return StreamingResponse(self._hub.stream(who), media_type="text/event-stream", headers=headers)

    async def _ask(self, request: Request) -> Response:
        who = self._let_in(request, OBSERVERS)
        self._not_too_often(self._questions, who.id)
        self._questions.count(who.id)
        await self._heard.ask(who, await _typed(request))
        return Response(status_code=204)

    async def _talk(self, request: Request) -> Response:
        who = self._let_in(request, OBSERVERS)
        self._not_too_often(self._lines, who.id)
        self._lines.count(who.id)
        await self._heard.talk(who, await _typed(request))
        return Response(status_code=204)

    def _let_in(self, request: Request, where: str) -> Invitation:
        token = request.cookies.get(self._cookie(where))
        if token is None:
            raise NotNow(403, _("This page opens with a personal link. Ask who invited you for one."))
        found = self._invitations.of_token(token, self._now())
        if found is None or found.is_for_room != (where == ROOM):
            raise _no_link()
        return found

    def _cookie(self, where: str) -> str:
        """Return the name of a cookie, which tells nothing; the prefix binds it to this host, over TLS."""
        prefix = "__Host-" if self._place.is_encrypted else ""
        return f"{prefix}kring-{where or 'observers'}-{self._invitations.cookie}"

    def _not_too_often(self, limit: Limit, who: str) -> None:
        if wait := limit.wait_ms(who):
            raise NotNow(429, _("That was too much at once; wait {n} seconds.").format(n=-(-wait // 1000)))


def _said(answer: Answer) -> Answer:
    """Return an answer that says why not, where it doesn't."""

    async def told(request: Request) -> Response:
        try:
            return await answer(request)
        except NotNow as why:
            return JSONResponse({"why": why.told}, why.status)
        except Refused as why:
            return JSONResponse({"why": say(why.sentence)}, 422)
        except KringError:  # it may name a file, which is for who serves the page
            return JSONResponse({"why": _("That can't be done now. Try again in a moment.")}, 503)

    return told


def _no_link() -> NotNow:
    return NotNow(403, _("This link does not work, or no longer. Ask who gave it to you for a new one."))


async def _typed(request: Request) -> str:
    text = clean((await _body(request, Saying)).text).strip()
    if not text:
        raise NotNow(422, _("Nothing was typed."))
    return text


async def _body(request: Request, kind: type[Body]) -> Body:
    """Return what a request says; anything but a small JSON of that kind is refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise NotNow(415, _("Only the page itself may ask this."))
    read = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.stream():
                read += part
                if len(read) > MOST_BYTES:
                    raise NotNow(413, _("That text is too long."))
    except TimeoutError:
        raise NotNow(408, _("That can't be done now. Try again in a moment.")) from None
    try:
        return msgspec.json.decode(bytes(read), type=kind)
    except msgspec.DecodeError:
        raise NotNow(400, _("Only the page itself may ask this.")) from None
