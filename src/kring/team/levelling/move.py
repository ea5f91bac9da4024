"""A session that goes on under other names on an agency's server, because a code of it was taken back.

What the server lets somebody do follows from the name in the code, and only the operator's key could put a code on its
list. So the session moves, and whoever may come along finds the code for there under the seal of the code that they
have. Who has the code that was taken back finds nothing, and hears nothing of what is done from then on.
"""

from __future__ import annotations

import os
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kring.team.access import Access, NotLetIn
from kring.team.codes import ROLES
from kring.team.entry import issuing, passes, tokens
from kring.team.entry.credentials import Credentials
from kring.team.entry.issuing import Issuer
from kring.team.tasks import Role, Way

NONCE = 12


class Move(msgspec.Struct, frozen=True):
    """That a session moved, for the how-manieth time, and the code of each role that may come along, under seal.

    Each role's part has the signature of who lets people in for that role, so nobody is sent away by somebody else.
    """

    number: int
    boxes: dict[Role, bytes]
    signatures: dict[Role, bytes]


class Moved(Exception):
    """The session goes on elsewhere; `way` leads there, and is empty where this laptop itself lets people in."""

    def __init__(self, way: Way) -> None:
        super().__init__()
        self.way = way


def move_after(one: Issuer, found: Credentials, moved: int, now_s: int) -> Move:
    """Return what those are told who are where the session was when it had moved so often."""
    before, after = issuing.as_before(one, moved), issuing.as_before(one, moved + 1)
    boxes: dict[Role, bytes] = {}
    signatures: dict[Role, bytes] = {}
    for role in ROLES:
        box = b""
        if before.secrets[role] == after.secrets[role]:
            there = issuing.pass_of(after, found, role, now_s)
            box = _sealed(issuing.pass_of(before, found, role, now_s).seed, passes.written(there))
        boxes[role] = box
        signatures[role] = tokens.signed_bytes(found.study.seeds[role], _told(one.session, moved + 1, role, box))
    return Move(moved + 1, boxes, signatures)


def follow(move: Move, wanted: Access) -> None:
    """Raise Moved where a session goes on, NotLetIn where this code may not come along; return where it is no move."""
    role = wanted.role
    box, signature = move.boxes.get(role, b""), move.signatures.get(role, b"")
    is_next = move.number == wanted.moved + 1
    if not is_next or not tokens.is_signed(wanted.issuer, _told(wanted.session, move.number, role, box), signature):
        return
    if wanted.host_seed:
        raise Moved(Way())
    try:
        code = AESGCM(_key(wanted.seed)).decrypt(box[:NONCE], box[NONCE:], None).decode()
    except (InvalidTag, ValueError) as problem:
        raise NotLetIn("This code no longer works: ask for a new one.") from problem
    raise Moved(Way(code))


def _sealed(seed: bytes, code: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(seed)).encrypt(nonce, code.encode(), None)


def _key(seed: bytes) -> bytes:
    return sha256(b"move " + seed).digest()


def _told(session: str, number: int, role: Role, box: bytes) -> bytes:
    return f"move {session} {number} {role} ".encode() + box
