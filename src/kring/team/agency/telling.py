"""What the servers say of themselves: asked of all of a cluster at once, or of the one on this computer."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from kring.team import access
from kring.team.access import Access
from kring.team.agency.installation import Installation, OperatorKeys
from kring.team.entry import tokens

PATIENCE_S = 2.0
_INBOX = "_INBOX_check"
_ASKS = {"varz": "$SYS.REQ.SERVER.PING.VARZ", "healthz": "$SYS.REQ.SERVER.PING.HEALTHZ"}


class Told(msgspec.Struct, frozen=True):
    """What a server says of itself in the words of its makers: how it is set, how it is, and what time it has."""

    varz: Mapping[str, Any]
    healthz: Mapping[str, Any]
    now: str


async def all_of(one: Installation, own: OperatorKeys, authority: bytes, now_s: int) -> dict[str, Told]:
    """Return what each server of an installation says that can be reached; raises NotReached and NotLetIn."""
    seed, system = tokens.fresh_seed("user"), tokens.public_of(own.system)
    claims = tokens.asker(tokens.public_of(seed), system, (now_s, now_s + 600), list(_ASKS.values()), [f"{_INBOX}.>"])
    token = tokens.signed(own.system, claims)
    asking = Access("observer", "", one.server, seed.encode(), authority=authority, token=token, inbox=_INBOX)
    client = await access.connected(asking, lambda _: None)
    heard: dict[str, dict[str, Any]] = {}
    try:
        for what, subject in _ASKS.items():
            inbox = client.new_inbox()
            answers = await client.subscribe(inbox)
            await client.publish(subject, b"{}", reply=inbox)
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_S):
                    for _ in one.nodes:
                        told = msgspec.json.decode((await answers.next_msg(PATIENCE_S)).data)
                        server = heard.setdefault(told["server"]["name"], {"now": told["server"]["time"]})
                        server[what] = told.get("data") or {}
    finally:
        await access.left(client)
    return {name: Told(each.get("varz", {}), each.get("healthz", {}), each["now"]) for name, each in heard.items()}


def here(monitor_port: int) -> Told | None:
    """Return what the server of this computer says at its monitoring port, None where none answers."""
    varz = _page(monitor_port, "/varz")
    return Told(varz, _page(monitor_port, "/healthz") or {}, varz.get("now", "")) if varz else None


def _page(port: int, path: str) -> dict[str, Any] | None:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    with suppress(OSError, http.client.HTTPException, msgspec.DecodeError):
        asked.request("GET", path)
        found: dict[str, Any] = msgspec.json.decode(asked.getresponse().read())
        return found
    return None
