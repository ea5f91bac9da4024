"""Who else is there: each agent says every two seconds that it is, and at the end what its copy holds; who observes
says no more than the first.

Nothing of that is kept anywhere.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg

from kring.team import access
from kring.team.names import WRITERS, Names
from kring.team.status import Tally
from kring.team.tasks import Role

BEAT_S = 2.0
GONE_S = 3 * BEAT_S
MOST_HEARD = 512
"""Of each role, so that nobody is crowded out by another role."""
STAYS_S = 2 * BEAT_S
"""For how long two copies have to differ before that is said: an act may be on its way."""


class Beat(msgspec.Struct, frozen=True):
    """That somebody is there, told apart by a number that its agent made at the start; `leaves` = no longer.

    `tally` is what the copy holds of a session that has ended, once all of it came and went.
    """

    who: str
    leaves: bool = False
    tally: Tally | None = None


_read = msgspec.json.Decoder(Beat)


class Presence:
    """Whom one connection hears of, and that the others hear of it."""

    def __init__(self, client: Client, names: Names, role: Role, who: str, tally: Callable[[], Tally | None]) -> None:
        self._client = client
        self._own = tally
        self._names = names
        self._role = role
        self._who = who
        self._heard: dict[tuple[str, str], float] = {}
        self._tallies: dict[tuple[str, str], tuple[Tally, float]] = {}
        self._tally: tuple[Tally | None, float] = (None, 0.0)
        self._beat_at = 0.0

    async def listen(self) -> None:
        """Hear of others from now on."""
        await access.soon(self._client.subscribe(self._names.all_presence, cb=self._hear))

    async def beat(self, *, leaves: bool = False) -> None:
        """Say that this one is there, where that is due, or that it leaves."""
        now = time.monotonic()
        if leaves or now - self._beat_at >= BEAT_S:
            self._beat_at = now
            tally = self._own()
            if tally != self._tally[0]:
                self._tally = tally, now
            content = msgspec.json.encode(Beat(self._who, leaves, tally))
            await access.soon(self._client.publish(self._names.presence_of(self._role), content))

    def others(self) -> dict[str, int]:
        """Return how many others are there, by role."""
        now = time.monotonic()
        self._heard = {one: at for one, at in self._heard.items() if now - at < GONE_S}
        return dict(Counter(role for role, _ in self._heard))

    @property
    def tally(self) -> Tally | None:
        """Return what this copy holds of a session that has ended, as the others hear it."""
        return self._tally[0]

    def tallies(self) -> dict[str, Tally]:
        """Return what the copies of others hold, by role; one that differs from this only when it stays so."""
        own, since = self._tally
        known = [(role, *self._tallies[role, who]) for role, who in self._heard if (role, who) in self._tallies]
        before = time.monotonic() - STAYS_S
        equal = {role: tally for role, tally, _ in known if tally == own}
        return equal | {role: tally for role, tally, at in known if tally != own and own and max(at, since) < before}

    def _has_room(self, role: str) -> bool:
        return sum(each == role for each, _ in self._heard) < MOST_HEARD

    async def _hear(self, message: Msg) -> None:
        try:
            beat = _read.decode(message.data)
        except (msgspec.DecodeError, UnicodeError):
            return
        one = (message.subject.rpartition(".")[2], beat.who)
        if beat.leaves:
            self._heard.pop(one, None)
            self._tallies.pop(one, None)
        elif beat.who != self._who and (one in self._heard or self._has_room(one[0])):
            if one not in self._heard:
                self._beat_at = 0.0  # who comes hears at once who is there
            self._heard[one] = time.monotonic()
            if beat.tally is None or one[0] not in WRITERS:
                self._tallies.pop(one, None)
            elif one not in self._tallies or self._tallies[one][0] != beat.tally:
                self._tallies[one] = beat.tally, time.monotonic()
