"""How the agent of a shared session says that it stands, for every face that has the file open."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from kring.domain.text import Sentence
from kring.system import file_lock

FILE, LOCK = "status.json", "agent.lock"

Condition = Literal["offline", "live", "refused"]


class Tally(msgspec.Struct, frozen=True):
    """What a copy of a session that has ended holds: how many acts, and a checksum of them."""

    acts: int
    checksum: str


class Status(msgspec.Struct, frozen=True):
    """Whether acts go to the others and come from them, and how many of this file's wait for that.

    `newer` counts events of a newer kring that are kept and not understood, `declined` lines that say no event of this
    session; `ahead_ms` is how far the server's clock is ahead of this laptop's. `others` is how many others are
    connected, by role; `alone_since` (epoch ms, 0 = from the beginning) when the last of them went. When the session
    has ended, `tally` is what this copy holds, and `tallies` what those of others hold, by role, once both stay so.
    """

    condition: Condition
    to_send: int = 0
    to_read: int = 0
    why: Sentence | None = None
    newer: int = 0
    declined: int = 0
    ahead_ms: int = 0
    others: dict[str, int] = {}
    alone_since: int = 0
    tally: Tally | None = None
    tallies: dict[str, Tally] = {}


_decoder = msgspec.json.Decoder(Status)


def tell(folder: Path, status: Status) -> None:
    """Put a status in the place of the last one; a disk that can't take it stops nothing."""
    fresh = folder / f".{FILE}.{os.getpid()}"
    with suppress(OSError):
        fresh.write_bytes(msgspec.json.encode(status))
        fresh.replace(folder / FILE)


def read(folder: Path) -> Status | None:
    """Return what the agent said last, None where none ever did; one that is gone left its file offline."""
    try:
        told = _decoder.decode((folder / FILE).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    if told.condition == "live" and not file_lock.is_held(folder, LOCK):
        return msgspec.structs.replace(told, condition="offline")
    return told
