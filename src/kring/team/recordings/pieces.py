"""Files of sound as they lie on a server: a label and numbered pieces of each, beside the session's acts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from hashlib import sha256
from typing import Any, TypeVar

import msgspec
from nats.aio.client import Client

from kring.domain.text import KringError
from kring.team.access import Access
from kring.team.levelling import making
from kring.team.levelling.making import asked
from kring.team.levelling.stream import Broken
from kring.team.names import Names, Place, place_of_sound

PIECE_BYTES = 256 << 10
AT_ONCE = 4
"""Pieces under way at a time: enough for a line over which an answer takes long, and acts still come between."""
ANSWER_S = 10.0
KEPT_S = 7 * 24 * 3600
"""For how long the server keeps them: then they are where they were to go, or are sent once more."""
Result = TypeVar("Result")


class NoPlace(KringError):
    """The server has no place for recordings yet."""


class NoRoom(KringError):
    """The server takes no more."""


class Label(msgspec.Struct, frozen=True):
    """What lies in the pieces: of which segment of the session, with which ending, how large, and its checksum."""

    segment: str
    ending: str
    bytes: int
    sha256: str

    @property
    def key(self) -> str:
        """Return by what the pieces are found, of which number 0 is the label; a file that changed has others."""
        return sha256(f"{self.segment}\n{self.sha256}".encode()).hexdigest()

    @property
    def pieces(self) -> int:
        """Return in how many pieces it comes, besides the label."""
        return -(-self.bytes // PIECE_BYTES)


_label = msgspec.json.Decoder(Label)


class Shelf:
    """The pieces of a session on a server, as one connection sees them."""

    def __init__(self, client: Client, wanted: Access) -> None:
        self._client = client
        self._access = wanted
        self._names: Names = wanted.names

    async def make(self) -> None:
        """Make the place for them, where this laptop may and there is none."""
        if self._access.host_seed:
            await making.make_stream(
                self._access, self._names.sound, self._names.sound_config(KEPT_S, self._access.copies)
            )

    async def there(self) -> set[Place]:
        """Return what lies there; raises NoPlace."""
        found: dict[str, Any] = {}
        while True:
            wanted = {"subjects_filter": self._names.all_sound, "offset": len(found)}
            answer = await asked(self._client, self._names.sound_info, wanted)
            if answer is None:
                raise NoPlace("The server has no place for recordings yet.")
            several = answer["state"].get("subjects") or {}
            found |= several
            if not several or len(found) >= answer["state"].get("num_subjects", 0):
                break
        return {place for place in map(place_of_sound, found) if place is not None}

    async def put(self, place: Place, content: bytes) -> None:
        """Put a piece there; raises NoRoom."""
        under = self._names.sound_at(place)
        answer = msgspec.json.decode((await self._client.request(under, content, timeout=ANSWER_S)).data)
        if answer.get("error"):
            raise NoRoom("The server has no room left.")

    async def get(self, place: Place) -> bytes:
        """Return a piece; raises Broken where it is not there."""
        answer = await self._client.request(
            f"{self._names.sound_get}.{self._names.sound_at(place)}", b"", timeout=ANSWER_S
        )
        if "Status" in (answer.headers or {}):
            raise Broken("The server does not answer.")
        return answer.data

    async def label(self, place: Place) -> Label | None:
        """Return the label of pieces; None where it says none."""
        try:
            found = _label.decode(await self.get(place))
        except (msgspec.DecodeError, UnicodeError):
            return None
        return found if found.key == place.key and found.bytes > 0 else None


async def several(works: Iterable[Callable[[], Awaitable[Result]]]) -> list[Result]:
    """Return what some pieces of work give, done at the same time; the first that fails is raised when all ended."""
    done = await asyncio.gather(*(work() for work in works), return_exceptions=True)
    for one in done:
        if isinstance(one, BaseException):
            raise one
    return [one for one in done if not isinstance(one, BaseException)]
