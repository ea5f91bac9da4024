"""The hash chain: each event's link covers the link before it on the same device, so that a lost or changed one shows.

The chain runs over a salted digest of the fact, not over the fact: when somebody withdraws, data and salt can be erased
and the chain still holds.
"""

from __future__ import annotations

from hashlib import sha256

START = ""


def digest_of(salt: str, data: str) -> str:
    """Return the salted digest of a fact's JSON, 64 hex characters."""
    return sha256(f"{salt}\n{data}".encode()).hexdigest()


def link(before: str, event_id: str, hlc: int, device: str, who: str, kind: str, digest: str) -> str:
    """Return an event's link in the chain, 64 hex characters."""
    return sha256(f"{before}\n{event_id}\n{hlc}\n{device}\n{who}\n{kind}\n{digest}".encode()).hexdigest()
