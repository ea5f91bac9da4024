"""The pool of a study on an agency's server, as a researcher reads it: one stream with what comes into any session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec
from nats.aio.client import Client

from kring.team.levelling.making import asked
from kring.team.levelling.stream import NoStream
from kring.team.names import pool_of

ALL_SESSIONS = "fg.*.ev.*"


class Pool(msgspec.Struct, frozen=True):
    """How a pool stands: when it was made, and how much of each session lies in it, by what that is called there."""

    made: str
    messages: Mapping[str, int]


async def standing(client: Client, study: str) -> Pool:
    """Return how the pool of a study stands; raises NoStream where there is none yet."""
    there = await asked(client, f"$JS.API.STREAM.INFO.{pool_of(study)}", {"subjects_filter": ALL_SESSIONS})
    if there is None:
        raise NoStream("No session of this study is on the server yet.")
    messages: Counter[str] = Counter()
    for subject, count in (there["state"].get("subjects") or {}).items():
        messages[subject.split(".")[1]] += count
    return Pool(there["created"], messages)
