"""The hash chain: each event's link covers the link before it on the same computer, so that a change or a loss shows.

The chain runs over a salted digest of the fact, not over the fact: when somebody withdraws, data and salt can be erased
and the chain still holds.
"""

from __future__ import annotations

from hashlib import sha256

import msgspec

from kring.domain.events import Event

START = ""
DIGITS, TOGETHER = 20, 4
"""How many hex digits of a link people note, and how many of them stand together."""
_ALL_COVERED = "2:"
_encode = msgspec.json.Encoder().encode


def digest_of(salt: str, data: str) -> str:
    """Return the salted digest of a fact's JSON, 64 hex characters."""
    return sha256(f"{salt}\n{data}".encode()).hexdigest()


def link(before: str, event: Event, t: float | None, digest: str) -> str:
    """Return an event's link in the chain: a mark of its form, and 64 hex characters over all that the file says of it.

    `t` is its place on the session's clock in seconds. The moment `at` follows from `hlc` and `ahead_ms`.
    """
    covered = (
        before, event.id, event.hlc, event.ahead_ms, event.act, event.device, event.role, event.actor, event.kind,
        event.v, t, digest,
    )  # fmt: skip
    return _ALL_COVERED + sha256(_encode(covered)).hexdigest()


def code_of(chain: str) -> str:
    """Return what people note of a link, so that rewriting before it shows later: 7f3a-91bc-02de-55aa-0c1d."""
    digits = chain.removeprefix(_ALL_COVERED)[:DIGITS]
    return "-".join(digits[at : at + TOGETHER] for at in range(0, DIGITS, TOGETHER))


def follows(chain: str, before: str, event: Event, t: float | None, digest: str) -> bool:
    """Whether a link is the one that an event has behind another link, in the form it was made in."""
    if chain.startswith(_ALL_COVERED):
        return chain == link(before, event, t, digest)
    return chain == _link_of_1(before, event, digest)


def _link_of_1(before: str, event: Event, digest: str) -> str:
    """Return the link as 0.1.0 and 0.2.0 made it."""
    who = f"{event.role} {event.actor}"
    covered = f"{before}\n{event.id}\n{event.hlc}\n{event.device}\n{who}\n{event.kind}\n{digest}"
    return sha256(covered.encode()).hexdigest()
