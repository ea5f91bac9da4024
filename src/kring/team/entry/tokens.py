"""The signed statements by which a server knows who may do what, as the server's makers write them (JWT of NATS).

Operator, account and user sign in a row: the server trusts the operator, who vouches for the account of a study, whose
keys vouch for people. A statement that was signed before is written out again letter by letter from what it says, so
that a code needs to hold no more than that and the signature.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any, Literal

import msgspec
import nkeys

Kind = Literal["operator", "account", "user"]

PREFIXES: dict[Kind, int] = {
    "operator": nkeys.PREFIX_BYTE_OPERATOR,
    "account": nkeys.PREFIX_BYTE_ACCOUNT,
    "user": nkeys.PREFIX_BYTE_USER,
}
_HEAD = b'{"typ":"JWT","alg":"ed25519-nkey"}'
_ANY = -1


def fresh_seed(kind: Kind) -> str:
    """Return the seed of a new key."""
    seed: bytes = nkeys.encode_seed(os.urandom(32), PREFIXES[kind])
    return seed.decode()


def public_of(seed: str) -> str:
    """Return what everybody may know of a key."""
    return str(nkeys.from_seed(bytearray(seed.encode())).public_key.decode())


def packed(public: str) -> bytes:
    """Return the 32 bytes of a public key."""
    return base64.b32decode(public)[1:33]


def unpacked(kind: Kind, key: bytes) -> str:
    """Return a public key as the server's makers write it."""
    told = bytearray([PREFIXES[kind], *key])
    told += nkeys.crc16(told).to_bytes(2, "little")
    return base64.b32encode(told).decode()


def signed(seed: str, claims: Mapping[str, Any]) -> str:
    """Return a statement with the signature of a key."""
    return with_signature(claims, signature(seed, claims))


def signature(seed: str, claims: Mapping[str, Any]) -> bytes:
    """Return the signature of a key under what is claimed."""
    return signed_bytes(seed, _signed_part(claims).encode())


def signed_bytes(seed: str, content: bytes) -> bytes:
    """Return the signature of a key under some bytes."""
    made: bytes = nkeys.from_seed(bytearray(seed.encode())).sign(content)
    return made


def is_signed(key: bytes, content: bytes, signature: bytes) -> bool:
    """Whether a signature is that of a key, by its 32 public bytes, under some bytes."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key).verify(content, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def with_signature(claims: Mapping[str, Any], signature: bytes) -> str:
    """Return a statement of which the signature is known."""
    return f"{_signed_part(claims)}.{_letters(signature)}"


def claims_in(token: str) -> dict[str, Any]:
    """Return what a statement claims, whoever signed it; raises ValueError where it claims nothing."""
    try:
        part = token.split(".")[1]
        found = msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, msgspec.DecodeError) as problem:
        raise ValueError("no token") from problem
    if not isinstance(found, dict):
        raise ValueError("no token")
    return found


def operator(public: str, system_account: str, at_s: int) -> dict[str, Any]:
    """Return what the operator claims of itself."""
    what = {"type": "operator", "version": 2, "system_account": system_account}
    return _claims("kring", public, public, at_s, what)


def system_account(public: str, issuer: str, at_s: int) -> dict[str, Any]:
    """Return what is claimed of the account in which the servers talk about themselves."""
    limits = dict.fromkeys(("subs", "data", "payload", "imports", "exports", "conn", "leaf"), _ANY)
    what = {"type": "account", "version": 2, "limits": {**limits, "wildcards": True}, "default_permissions": _NOBODY}
    return _claims("SYS", public, issuer, at_s, what)


class Quotas(msgspec.Struct, frozen=True):
    """How much a study may take of the servers: streams, bytes on their disks together, connections at a time."""

    streams: int
    disk_bytes: int
    connections: int


class Scope(msgspec.Struct, frozen=True):
    """A key that lets people in for one thing only, whatever it signs: where they may write and what they may hear."""

    key: str
    name: str
    publish: list[str]
    hear: list[str]


def account(
    name: str,
    public: str,
    issuer: str,
    at_s: int,
    quotas: Quotas,
    scopes: list[Scope],
    withdrawn: Mapping[str, int],
) -> dict[str, Any]:
    """Return what is claimed of the account of a study: who may sign for what, and whose keys no longer count."""
    limits = {
        **dict.fromkeys(("subs", "data", "payload"), _ANY),
        **dict.fromkeys(("imports", "exports", "leaf", "mem_storage"), 0),
        "wildcards": True,
        "conn": quotas.connections,
        "disk_storage": quotas.disk_bytes,
        "streams": quotas.streams,
        "consumer": _ANY,
    }
    what: dict[str, Any] = {
        "type": "account",
        "version": 2,
        "limits": limits,
        "default_permissions": _NOBODY,
        "signing_keys": [_scope(each) for each in scopes],
    }
    if withdrawn:
        what["revocations"] = dict(withdrawn)
    return _claims(name, public, issuer, at_s, what)


def user(name: str, public: str, issuer: str, account: str, times_s: tuple[int, int]) -> dict[str, Any]:
    """Return what is claimed of somebody who is let in from one moment until another: the rights are those of the
    issuer's scope.
    """
    at_s, until_s = times_s
    what = {"type": "user", "version": 2, "issuer_account": account}
    return {**_claims(name, public, issuer, at_s, what), "exp": until_s}


def asker(public: str, account: str, times_s: tuple[int, int], publish: list[str], hear: list[str]) -> dict[str, Any]:
    """Return what is claimed of who looks after an account for a moment, with the key of the account itself."""
    at_s, until_s = times_s
    rights = {"pub": {"allow": publish}, "sub": {"allow": hear}, **dict.fromkeys(("subs", "data", "payload"), _ANY)}
    return {**_claims("keeper", public, account, at_s, {"type": "user", "version": 2, **rights}), "exp": until_s}


_NOBODY: dict[str, Any] = {"pub": {"deny": [">"]}, "sub": {"deny": [">"]}}
"""The rights of whoever was signed for without a scope."""


def _scope(each: Scope) -> dict[str, Any]:
    template = {
        "pub": {"allow": each.publish},
        "sub": {"allow": each.hear},
        **dict.fromkeys(("subs", "data", "payload"), _ANY),
    }
    return {"kind": "user_scope", "key": each.key, "role": each.name, "template": template}


def _claims(name: str, public: str, issuer: str, at_s: int, what: dict[str, Any]) -> dict[str, Any]:
    return {"jti": public, "iat": at_s, "iss": issuer, "name": name, "sub": public, "nats": what}


def _signed_part(claims: Mapping[str, Any]) -> str:
    return f"{_letters(_HEAD)}.{_letters(msgspec.json.encode(claims))}"


def _letters(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
