"""Taking a session off the servers for good, with the key of its study, which no laptop has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nats.aio.client import Client

from kring.domain.text import KringError
from kring.team import access
from kring.team.access import Access
from kring.team.agency import installation
from kring.team.agency.authority import point_of
from kring.team.agency.installation import Installation
from kring.team.entry import tokens
from kring.team.levelling import making
from kring.team.names import pool_of, session_in
from kring.team.observer_rights import plain

_INBOX = "_INBOX_erase"
_ASKS = [f"$JS.API.STREAM.{verb}.*" for verb in ("INFO", "CREATE", "DELETE")] + ["$JS.API.STREAM.NAMES"]
LASTS_S = 600
_STREAMS = "FG_"


async def erase(folder: Path, one: Installation, study: str, session: str, now_s: int) -> bool:
    """Take a session off the servers, and out of the pool of its study, which is made anew of the others.

    Return whether it was there. Raises NotReached and NotLetIn.
    """
    client = await access.connected(_access(folder, one, study, now_s), lambda _: None)
    try:
        pool, there = pool_of(study), await _names(client)
        own = [name for name in there if session_in(name.partition("_")[2]) == plain(session)]  # recordings too
        for name in (*own, pool):
            await making.asked(client, f"$JS.API.STREAM.DELETE.{name}", {})
        if others := [name for name in there if name.startswith(_STREAMS) and name not in own]:
            config = making.pool_config(pool, one.copies, [{"name": name} for name in others])
            await making.asked(client, f"$JS.API.STREAM.CREATE.{pool}", config)
        return bool(own)
    finally:
        await access.left(client)


async def _names(client: Client) -> list[str]:
    names: list[str] = []
    while True:
        told: dict[str, Any] = await making.asked(client, "$JS.API.STREAM.NAMES", {"offset": len(names)}) or {}
        part = told.get("streams") or []
        names += part
        if not part or len(names) >= told.get("total", 0):
            return names


def _access(folder: Path, one: Installation, study: str, now_s: int) -> Access:
    if study not in one.studies:
        raise KringError("There is no study {study} on this server.", study=study)
    account, seed = installation.study_keys(folder, study).account, tokens.fresh_seed("user")
    claims = tokens.asker(
        tokens.public_of(seed), tokens.public_of(account), (now_s, now_s + LASTS_S), _ASKS, [f"{_INBOX}.>"]
    )
    point = point_of((folder / installation.KEYS / installation.AUTHORITY[0]).read_bytes())
    return Access(
        "observer",
        "",
        one.server,
        seed.encode(),
        authority=point if one.own_certificate else b"",
        token=tokens.signed(account, claims),
        inbox=_INBOX,
    )
