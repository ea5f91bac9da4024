"""The key of a role: made of its secret on both sides, so that the secret itself never crosses the line."""

from __future__ import annotations

import hashlib
import hmac

import nkeys

from kring.team.tasks import Role

HOST = "host"
"""Who makes the stream and may look after it; its key stays where the server is."""


def seed_of(secret: bytes, role: Role | str) -> bytes:
    """Return the seed of a role's key, as the server's makers write it."""
    raw = hmac.new(secret, role.encode(), hashlib.sha256).digest()
    seed: bytes = nkeys.encode_seed(raw, nkeys.PREFIX_BYTE_USER)
    return seed


def public_of(seed: bytes) -> str:
    """Return what the server knows of a key."""
    return str(nkeys.from_seed(bytearray(seed)).public_key.decode())


def signed(seed: bytes, nonce: str) -> bytes:
    """Return what shows that somebody has a key, without showing it."""
    import base64

    return base64.b64encode(nkeys.from_seed(bytearray(seed)).sign(nonce.encode()))
