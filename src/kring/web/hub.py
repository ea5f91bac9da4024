"""What all pages show now: each part is written once a change, and whoever looks gets that one text.

A page that is slow, or was away, gets the last state and no history; so nothing piles up here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress

import msgspec

from kring.web.invitations import Invitation

RETRY_MS = 2_000
"""After how long a browser asks again when the stream broke."""
BEAT_S = 5.0
"""After how long without news the time is sent: nobody takes the line for dead, and no page's clock walks away."""
GRACE_MS = 5_000
"""How long somebody still counts as looking who loads the page anew."""
MOST_STREAMS = 12
"""How many pages may be open with one link."""

ROOM_PARTS = ("clock",)
EVERYBODYS = ("view", "watching", "talk")
MINE = "mine"
"""The part that each observer has for herself; her id stands behind it."""


class Seat:
    """One page that is open."""

    def __init__(self, invitation: Invitation) -> None:
        self.invitation = invitation
        self.news = asyncio.Event()
        self.why_over = ""

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names of what this page gets, and nothing else of what there is."""
        if self.invitation.is_for_room:
            return ROOM_PARTS
        return (*EVERYBODYS, f"{MINE}:{self.invitation.id}")

    def end(self, why: str) -> None:
        """Let the stream end, and the page say why: `revoked`, `expired` or `stopped`."""
        self.why_over = self.why_over or why
        self.news.set()


class Hub:
    """The parts of the pages, and who has a page open."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now = now_ms
        self._parts: dict[str, bytes] = {}
        self._seats: set[Seat] = set()
        self._left: dict[str, int] = {}
        self.is_closed = False

    def put(self, part: str, shown: object) -> None:
        """Show something else in a part from now on; what is the same is not sent."""
        told = event(part.partition(":")[0], shown)
        if self._parts.get(part) != told:
            self._parts[part] = told
            for seat in self._seats:
                if part in seat.parts:
                    seat.news.set()

    def has_room(self, invitation: Invitation) -> bool:
        """Whether one more page may be open with this link."""
        return sum(seat.invitation.id == invitation.id for seat in self._seats) < MOST_STREAMS

    async def stream(self, invitation: Invitation) -> AsyncIterator[bytes]:
        """Yield what the page of a link shows: all of it at once, then each part when it changes."""
        if not self.has_room(invitation):  # others began while this one was on its way
            return
        seat = Seat(invitation)
        self._seats.add(seat)
        if self.is_closed:
            seat.end("stopped")
        sent: dict[str, bytes] = {}
        try:
            yield b"retry: %d\n\n" % RETRY_MS
            while not seat.why_over:
                seat.news.clear()
                fresh = {part: self._parts[part] for part in seat.parts if part in self._parts}
                told = b"".join(text for part, text in fresh.items() if sent.get(part) is not text)
                sent = fresh
                yield event("now", self._now()) + told
                with suppress(TimeoutError):
                    async with asyncio.timeout(BEAT_S):
                        await seat.news.wait()
            yield event("over", seat.why_over)
        finally:
            self._seats.discard(seat)
            self._left[invitation.id] = self._now()

    def check(self, invitations: Iterable[Invitation]) -> tuple[str, ...]:
        """End the pages of links that were revoked, changed or expired, and return who is looking."""
        valid, now = {each.id: each for each in invitations}, self._now()
        for seat in self._seats:
            found = valid.get(seat.invitation.id)
            if found is None or found.token != seat.invitation.token:
                seat.end("revoked")
            elif not found.holds_at(now):
                seat.end("expired")
            else:
                seat.invitation = found
        return tuple(each.name for each in self.looking(valid.values()))

    def looking(self, invitations: Iterable[Invitation]) -> Iterator[Invitation]:
        """Yield the observers among these who have a page open now, or load it anew."""
        now = self._now()
        here = {seat.invitation.id for seat in tuple(self._seats) if not seat.why_over}
        here |= {one for one, left in tuple(self._left.items()) if now - left < GRACE_MS}
        return (each for each in invitations if each.name and each.id in here)

    def close(self) -> None:
        """End all streams; pages say that the page is gone, and ask again until it is back."""
        self.is_closed = True
        for seat in self._seats:
            seat.end("stopped")


def event(name: str, shown: object) -> bytes:
    """Return an event as a browser reads it; JSON has no line ends."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(shown))
