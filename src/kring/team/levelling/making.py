"""Making the stream of a session on a server, as who shares the session; on an agency's it comes into a pool too."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from typing import Any

import msgspec
from nats.aio.client import Client
from nats.errors import Error as ClientError

from kring.team import access
from kring.team.access import Access, NotLetIn
from kring.team.levelling.stream import ANSWER_S, FIRST_ANSWER_S, FIRST_TRIES, NOT_FOUND, Broken
from kring.team.names import pool_of

LOOKS = 10
LONGEST_PAUSE_S = 0.4
_IS_THERE = 10058
"""What the server says of a stream that it has already, made in another way."""
_LATER = 503


async def make(wanted: Access) -> None:
    """Make the stream where the server has none; raises NotReached and NotLetIn."""
    client = await access.connected(wanted, lambda _: None, as_host=True)
    try:
        await create(client, wanted.names.stream, wanted.names.stream_config(wanted.copies))
        if wanted.study:
            await _take_up(client, wanted)
    finally:
        await access.left(client)


async def make_stream(wanted: Access, stream: str, config: Mapping[str, Any]) -> None:
    """Make another stream of the session where the server has none; raises NotReached and NotLetIn."""
    client = await access.connected(wanted, lambda _: None, as_host=True)
    try:
        await create(client, stream, config)
    finally:
        await access.left(client)


async def _take_up(client: Client, wanted: Access) -> None:
    """Have the session come into the pool of its study, which is made where it is not there.

    Two that do so at once would undo each other's, so it is looked at again a little later.
    """
    pool, own = pool_of(wanted.study), {"name": wanted.names.stream}
    for _ in range(LOOKS):
        there = await asked(client, f"$JS.API.STREAM.INFO.{pool}", {})
        if there is None:
            await create(client, pool, pool_config(pool, wanted.copies, [own]))
        else:
            sources = there["config"].get("sources") or []
            if any(each["name"] == own["name"] for each in sources):
                return
            await asked(client, f"$JS.API.STREAM.UPDATE.{pool}", there["config"] | {"sources": [*sources, own]})
        await asyncio.sleep(random.uniform(LONGEST_PAUSE_S / 4, LONGEST_PAUSE_S))
    raise Broken("The server does not answer.")


async def create(client: Client, stream: str, config: Mapping[str, Any]) -> None:
    """Have the server make a stream, where it has none of that name; what is asked too early is never answered."""
    for _ in range(FIRST_TRIES):
        try:
            await asked(client, f"$JS.API.STREAM.CREATE.{stream}", config, FIRST_ANSWER_S)
        except Broken:
            continue
        return
    raise Broken("The server does not answer.")


async def asked(
    client: Client, subject: str, content: Mapping[str, Any], patience_s: float = ANSWER_S
) -> dict[str, Any] | None:
    """Return what the server answers, None where it does not have what is asked about.

    Raises Broken where it does not answer now, and NotLetIn where it does not want to.
    """
    try:
        answer = await client.request(subject, msgspec.json.encode(content), timeout=patience_s)
        told: dict[str, Any] = msgspec.json.decode(answer.data)
    except (ClientError, TimeoutError, OSError, msgspec.DecodeError) as problem:
        raise Broken("The server does not answer.") from problem
    error = told.get("error") or {}
    if error.get("code") == NOT_FOUND:
        return None
    if error.get("code") == _LATER:
        raise Broken("The server does not answer.")
    if error and error.get("err_code") != _IS_THERE:
        raise NotLetIn("The server has no room for another session; ask who looks after it.")
    return told


def pool_config(pool: str, copies: int, sources: list[dict[str, str]]) -> dict[str, Any]:
    """Return how a pool is to be made, of the streams of these sessions, on so many servers."""
    return {
        "name": pool,
        "sources": sources,
        "retention": "limits",
        "storage": "file",
        "discard": "new",
        "num_replicas": copies,
        "deny_delete": True,
        "deny_purge": True,
        "allow_direct": True,
    }
