"""The pool of a study on an agency's server, as a researcher reads it: one stream with what comes into any session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from nats.aio.client import Client

from kring.team.levelling.making import asked
from kring.team.levelling.stream import NoStream
from kring.team.names import pool_of, session_in

ALL_SESSIONS = "fg.*.ev.*"


class Pool(msgspec.Struct, frozen=True):
    """How a pool stands: when it was made, and how much of each session lies in it, by its id without hyphens.

    `names` is what each of them is called there, and was before it moved.
    """

    made: str
    messages: Mapping[str, int]
    names: Mapping[str, tuple[str, ...]]


async def standing(client: Client, study: str) -> Pool:
    """Return how the pool of a study stands; raises NoStream where there is none yet."""
    there = await asked(client, f"$JS.API.STREAM.INFO.{pool_of(study)}", {"subjects_filter": ALL_SESSIONS})
    if there is None:
        raise NoStream("No session of this study is on the server yet.")
    messages: Counter[str] = Counter()
    names: dict[str, tuple[str, ...]] = {}
    for subject, count in (there["state"].get("subjects") or {}).items():
        plain = subject.split(".")[1]
        session = session_in(plain)
        messages[session] += count
        if plain not in (known := names.get(session, ())):
            names[session] = (*known, plain)
    return Pool(there["created"], messages, names)
