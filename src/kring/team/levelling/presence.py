"""Who else is there: each agent says every two seconds that it is, and nothing of that is kept anywhere."""

from __future__ import annotations

import secrets
import time
from collections import Counter

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg

from kring.team import access
from kring.team.names import Names
from kring.team.tasks import Role

BEAT_S = 2.0
GONE_S = 3 * BEAT_S
MOST_HEARD = 512


class Beat(msgspec.Struct, frozen=True):
    """That somebody is there, told apart by a number made at the start; `leaves` = no longer."""

    who: str
    leaves: bool = False


_read = msgspec.json.Decoder(Beat)


class Presence:
    """Whom one connection hears of, and that the others hear of it."""

    def __init__(self, client: Client, names: Names, role: Role) -> None:
        self._client = client
        self._names = names
        self._role = role
        self._who = secrets.token_hex(8)
        self._heard: dict[tuple[str, str], float] = {}
        self._beat_at = 0.0

    async def listen(self) -> None:
        """Hear of others from now on."""
        await access.soon(self._client.subscribe(self._names.all_presence, cb=self._hear))

    async def beat(self, *, leaves: bool = False) -> None:
        """Say that this one is there, where that is due, or that it leaves."""
        now = time.monotonic()
        if leaves or now - self._beat_at >= BEAT_S:
            self._beat_at = now
            content = msgspec.json.encode(Beat(self._who, leaves))
            await access.soon(self._client.publish(self._names.presence_of(self._role), content))

    def others(self) -> dict[str, int]:
        """Return how many others are there, by role."""
        now = time.monotonic()
        self._heard = {one: at for one, at in self._heard.items() if now - at < GONE_S}
        return dict(Counter(role for role, _ in self._heard))

    async def _hear(self, message: Msg) -> None:
        try:
            beat = _read.decode(message.data)
        except (msgspec.DecodeError, UnicodeError):
            return
        one = (message.subject.rpartition(".")[2], beat.who)
        if beat.leaves:
            self._heard.pop(one, None)
        elif beat.who != self._who and (one in self._heard or len(self._heard) < MOST_HEARD):
            if one not in self._heard:
                self._beat_at = 0.0  # who comes hears at once who is there
            self._heard[one] = time.monotonic()
