"""What the processes of a shared session are asked to do, and what they tell; light, for a face reads it."""

from __future__ import annotations

from typing import Literal

import msgspec

from kring.system.worker_process import Background, Failed

Role = Literal["moderator", "assistant", "observer"]


class Hosting(msgspec.Struct, frozen=True):
    """Keep a server for a session, at an address of this laptop; made at a moment (epoch ms) where it's new."""

    folder: str
    session: str
    address: str
    moment_ms: int


class Listening(msgspec.Struct, frozen=True, tag=True):
    """The server listens; with these codes people join."""

    codes: dict[Role, str]


class Way(msgspec.Struct, frozen=True):
    """How a laptop gets to a session: by the code of a laptop that shares, or of one that holds it on a server."""

    code: str = ""

    def __repr__(self) -> str:
        return "Way()"  # a code stands in no traceback


class Levelling(msgspec.Struct, frozen=True):
    """Keep a session file and the stream that a way leads to level; what a process needs beside lies in the folder."""

    file: str
    folder: str
    way: Way


class Feeding(msgspec.Struct, frozen=True):
    """Send what observers may see of a session file, and write what they ask into it."""

    file: str
    folder: str
    way: Way


def feeding(task: Feeding) -> Background[Listening]:
    """Start the process that feeds observers."""
    return Background("kring.team.observers.feeder", task, Failed)


def hosting(task: Hosting) -> Background[Listening]:
    """Start the process that keeps a server."""
    return Background("kring.team.host", task, Listening | Failed)


def levelling(task: Levelling) -> Background[Listening]:
    """Start the agent, which says how it stands in its folder."""
    return Background("kring.team.levelling.agent", task, Failed)
