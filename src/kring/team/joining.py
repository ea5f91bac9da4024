"""Joining a session for the first time: all of it comes into a file of its own, named when it is whole."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from nats.errors import Error as ClientError

from kring.domain.state import State
from kring.domain.text import KringError
from kring.session.copies.arriving import Arrivals
from kring.session.copies.foreign_line import sealed_of
from kring.store.derived import history_of
from kring.store.making import making
from kring.team import ENDING, access, shared_folder
from kring.team.access import Access, NotReached
from kring.team.levelling import level, move
from kring.team.levelling.level import Level
from kring.team.levelling.move import Moved
from kring.team.levelling.stream import NoStream, Seen, Standing, Stream
from kring.team.shared_folder import Joined, folder_of
from kring.team.tasks import Way

AT_ONCE = 1000
LOOKS = 5
PATIENCE_S = 10.0
"""For how long the laptop that shares is waited for: it may have begun a moment ago."""
PAUSE_S = 0.25


class Fetched(msgspec.Struct, frozen=True):
    """All that lies in the stream, and how it stood when that was read."""

    standing: Standing
    several: list[Seen]
    way: Way | None = None
    """Where the session went on, where it moved since the code was given out."""

    @property
    def ahead_ms(self) -> int:
        """Return how far the server's clock is ahead of this laptop's."""
        return round(self.standing.ahead_ms)


def file_of(folder: Path, session: str) -> Path | None:
    """Return the file in a folder in which this laptop joined a session before."""
    for kept in sorted(folder.glob(f"*{ENDING}")):
        known = shared_folder.joined(kept)
        file = kept.with_suffix(".db")
        if known is not None and known.session == session and file.is_file():
            return file
    return None


def fetch(wanted: Access) -> Fetched:
    """Return the whole session as it lies on the server; raises NotReached and NotLetIn."""
    way: Way | None = None
    try:
        while True:
            try:
                return msgspec.structs.replace(asyncio.run(_fetched(wanted)), way=way)
            except Moved as moved:
                way = moved.way
                wanted = access.access_by(way)
    except (ClientError, OSError, TimeoutError) as problem:
        raise NotReached("The server does not answer.") from problem


async def _fetched(wanted: Access) -> Fetched:
    client = await access.connected(wanted, lambda _: None)
    try:
        stream = Stream(client, wanted)
        await _begun(stream)
        looks = [await stream.standing() for _ in range(LOOKS)]
        several: list[Seen] = []
        while part := await stream.read(several[-1].place if several else 0, AT_ONCE):
            several += part
        for each in several:
            if each.told is not None and each.told.move is not None:
                move.follow(each.told.move, wanted)
        return Fetched(min(looks, key=lambda look: look.took_ms), several)
    finally:
        await access.left(client)


async def _begun(stream: Stream) -> None:
    """Return when the stream has something; who shares the session brings all that there is into it at first."""
    for left in reversed(range(round(PATIENCE_S / PAUSE_S))):
        try:
            standing = await stream.standing(first=True)
        except NoStream:
            if not left:
                raise
        else:
            if standing.messages:
                return
        await asyncio.sleep(PAUSE_S)
    raise NoStream("The session is not there yet: is kring open on the laptop that shares it?")


def make(wanted: Access, way: Way, fetched: Fetched, name: Callable[[State], Path]) -> Path:
    """Make the file of a session that was fetched, under the name that its state gives it, and the folder beside it.

    Raises AlreadyThere where that is taken, and KringError where what was fetched is no whole session.
    """
    if fetched.way is not None:
        way = fetched.way
        wanted = access.access_by(way)
    state = state_of(fetched.several)
    file = name(state)
    with making(file) as draft:
        door = Arrivals(draft)
        fill(door, fetched.several, fetched.standing.made, wanted.names.stream)
    kept = Joined(wanted.session, way, secrets.token_hex(8), fetched.ahead_ms)
    shared_folder.keep_joined(folder_of(file), kept)
    return file


def state_of(several: Sequence[Seen]) -> State:
    """Return the state of a session that was fetched; raises KringError where it is not whole."""
    lines = (sealed_of(each.told.line) for each in several if each.told is not None)
    state = history_of(line for line in lines if line is not None).state
    if not state.session.id:
        raise KringError("The session has not come over whole yet; join again in a moment.")
    return state


def fill(door: Arrivals, several: Sequence[Seen], made: str, stream: str) -> None:
    """Bring a session that was fetched into a new file, and that this was read from a stream made at a moment."""
    told = [told for each in several if (told := each.told_event) is not None]
    reached = Level(made, several[-1].place, len({each.place for each in several}))
    places = [(each.event, each.place) for each in several if each.told_event]
    door.take(
        [one.line for one in told],
        also=partial(level.keep, stream=stream, level=reached, seen=places),
        files=[one.file for one in told if one.file is not None],
    )
