"""An event: a fact with its identity, its place in the canonical order, and who brought it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from kring.domain.facts import Fact, encode
from kring.domain.rows import Moment

PROGRAM = "kring"
"""Who acts where nobody does."""
COUNTER_BITS = 16

Key = tuple[int, str, str]


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact that happened; `hlc` is 48 bits epoch ms and a 16-bit counter, `data` the fact as JSON.

    `fact` is None where this version doesn't know the kind or can't read the data. `act` is the event whose fact stands
    for the act that this one is part of, None for that event itself. `ahead_ms` is how far the order had to run ahead
    of the clock, because of another computer whose clock is fast.
    """

    id: str
    hlc: int
    device: str
    actor: str
    role: str
    kind: str
    v: int = 1
    data: str
    fact: Fact | None
    act: str | None = None
    ahead_ms: int = 0

    @property
    def key(self) -> Key:
        """Return the canonical order's key, the same on every laptop."""
        return (self.hlc, self.device, self.id)

    @property
    def at(self) -> Moment:
        """Return when it happened, epoch ms."""
        return Moment((self.hlc >> COUNTER_BITS) - self.ahead_ms)


def next_hlc(last: int, now_ms: int) -> int:
    """Return the hybrid logical clock's next value after `last`, at `now_ms` or as little later as order asks."""
    return max(last + 1, now_ms << COUNTER_BITS)


def events_of(
    facts: Sequence[Fact], now: int, hlc: int, who: tuple[str, str, str], new_id: Callable[[int], str]
) -> list[Event]:
    """Return the facts of one act, at a moment (epoch ms), as events behind an `hlc`; the first stands for the act.

    `who` is a name, a role and a computer.
    """
    actor, role, device = who
    events: list[Event] = []
    for fact in facts:
        hlc = next_hlc(hlc, now)
        event = Event(
            id=new_id(now),
            hlc=hlc,
            device=device,
            actor=actor,
            role=role,
            kind=fact.kind,
            v=fact.v,
            data=encode(fact).decode(),
            fact=fact,
            act=events[0].id if events else None,
            ahead_ms=(hlc >> COUNTER_BITS) - now,
        )
        events.append(event)
    return events


def uuid7(ms: int, random: bytes) -> str:
    """Return a UUID version 7 (RFC 9562) for a moment, from ten random bytes."""
    moment, chance = f"{ms & (1 << 48) - 1:012x}", random.hex()
    return f"{moment[:8]}-{moment[8:]}-7{chance[1:4]}-{'89ab'[random[2] >> 4 & 3]}{chance[5:8]}-{chance[8:]}"
