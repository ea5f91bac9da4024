"""What stands before every request: only the page's own address is answered, and nothing of an answer is kept.

Another site in the same browser knows the address but can't read or ask anything: its Origin is refused, and so is a
name that somebody lets lead here (DNS rebinding).
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kring.domain.text import KringError
from kring.system.i18n import _

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    ),
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
}
FOREIGN, MISDIRECTED = 403, 421


class Place(msgspec.Struct, frozen=True):
    """Where the page is: its address as observers have it, and the names by which this computer is asked for it."""

    origin: str
    hosts: frozenset[str]
    behind_proxy: bool = False

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.origin.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """Return the origins of our own pages."""
        scheme = urlsplit(self.origin).scheme
        return frozenset(f"{scheme}://{host}" for host in self.hosts)


def place_at(address: str, others: Collection[str] = (), *, behind_proxy: bool = False) -> Place:
    """Return the place of a page at an address such as https://watch.example.org; raises KringError where it is none.

    `others` are hosts by which it is reached as well, each with its port.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise KringError("{address} is no address of a page; write https://watch.example.org.", address=address)
    if parts.username is not None or parts.query or parts.fragment:
        raise KringError("{address} is no address of a page; write https://watch.example.org.", address=address)
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = name if port in {None, usual} else f"{name}:{port}"
    return Place(f"{parts.scheme}://{host}", frozenset({host, *others}), behind_proxy)


def guarded(app: ASGIApp, place: Place) -> ASGIApp:
    """Return the application behind its guard."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        headers = Headers(scope=scope)
        if asked_host(headers, place) not in place.hosts:
            refusal = PlainTextResponse(_("This page has another address."), MISDIRECTED)
            await refusal(scope, receive, send_closed)
        elif _is_foreign(scope, headers, place):
            refusal = PlainTextResponse(_("Only the page itself may ask this."), FOREIGN)
            await refusal(scope, receive, send_closed)
        else:
            await app(scope, receive, send_closed)

    return answer


def asked_host(headers: Headers, place: Place) -> str:
    """Return the host that a browser asked for; what a proxy says of it counts only where there is one."""
    forwarded = headers.get("x-forwarded-host", "") if place.behind_proxy else ""
    return (forwarded.rpartition(",")[2].strip() or headers.get("host", "")).lower()


def client_of(scope: Scope, place: Place) -> str:
    """Return from which network address is asked; what a proxy says of it counts only where there is one."""
    forwarded = Headers(scope=scope).get("x-forwarded-for", "") if place.behind_proxy else ""
    return forwarded.rpartition(",")[2].strip() or str((scope.get("client") or ("",))[0])


def _is_foreign(scope: Scope, headers: Headers, place: Place) -> bool:
    """Whether something but our own pages asks: a person who follows a link may only get the empty page."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    if origin is not None and origin not in place.origins:
        return True
    if scope["method"] not in {"GET", "HEAD"}:
        return origin is None or site != "same-origin"
    return site not in {"same-origin", "none"} and headers.get("sec-fetch-mode") != "navigate"
