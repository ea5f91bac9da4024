"""The longer code, with which somebody joins through a server of an agency: where that is, how it is known, and what
lets somebody in there in one role of one session, for a time - or a researcher, to read the sessions of a study.
"""

from __future__ import annotations

import struct
from typing import Literal, get_args
from uuid import UUID

import msgspec

from kring.team import codes, keys
from kring.team.entry import tokens
from kring.team.names import Names

PassRole = Literal["moderator", "assistant", "observer", "reader"]
READER: PassRole = "reader"
ROLES: tuple[PassRole, ...] = get_args(PassRole)

VERSION = 2
SECRET = 16
POINT = 33
"""How long the public key is of whoever signs the certificates of a server (P-256, compressed)."""
_FORM = struct.Struct(f">BB16s{SECRET}s32s32s64sII{POINT}s")
"""Version, role, session, secret, issuer, account, signature, from and until when, authority; then server and study."""
_BETWEEN = "\n"


class Pass(msgspec.Struct, frozen=True):
    """What such a code says.

    `server` is one or several addresses between commas; `authority` is whose certificates are trusted, none where those
    are that the computer trusts anyway. `issuer` and `account` are the bytes of public keys; times are epoch seconds.
    `moved` is how often the session went on under other names there.
    """

    role: PassRole
    session: str
    study: str
    server: str
    authority: bytes
    secret: bytes
    issuer: bytes
    account: bytes
    at_s: int
    until_s: int
    signature: bytes = b""
    moved: int = 0

    def __repr__(self) -> str:
        return f"Pass(role={self.role!r})"

    @property
    def seed(self) -> bytes:
        """Return the seed of the key that the pass is made out to."""
        return keys.seed_of(self.secret, self.role)

    @property
    def public(self) -> str:
        """Return by what a server knows who has this pass."""
        return keys.public_of(self.seed)

    def token(self) -> str:
        """Return what the server is shown."""
        return tokens.with_signature(self._claims(), self.signature)

    def signed_with(self, issuer_seed: str) -> Pass:
        """Return the pass with the signature of who lets people in for this role."""
        return msgspec.structs.replace(self, signature=tokens.signature(issuer_seed, self._claims()))

    def _claims(self) -> dict[str, object]:
        issuer, account = tokens.unpacked("account", self.issuer), tokens.unpacked("account", self.account)
        name = Names(self.session, self.moved).plain or self.study
        return tokens.user(name, self.public, issuer, account, (self.at_s, self.until_s))


def written(one: Pass) -> str:
    """Return a pass as people copy it."""
    known = (UUID(one.session).bytes if one.session else bytes(16), one.secret, one.issuer, one.account, one.signature)
    authority = one.authority or bytes(POINT)
    head = _FORM.pack(VERSION, ROLES.index(one.role), *known, one.at_s, one.until_s, authority)
    tail = [one.server, one.study, *([str(one.moved)] if one.moved else [])]
    return codes.in_groups(head + _BETWEEN.join(tail).encode())


def is_pass(text: str) -> bool:
    """Whether a text is such a code, whole or not, and not the shorter one of a laptop that shares."""
    return codes.version_of(text) == VERSION


def read(text: str) -> Pass:
    """Return what such a code says; raises NoCode where it is not whole, or of a laptop that shares."""
    if codes.version_of(text) == codes.VERSION:
        codes.read(text)
        raise codes.NoCode("This code is of a laptop that shares, and not of the server of an agency.")
    content = codes.out_of_groups(text)
    if content is None or len(content) <= _FORM.size:
        raise codes.NoCode(
            "A letter of the code is not right, or part of it is missing. Copy it again, the whole of it."
        )
    _, role, session, secret, issuer, account, signature, at_s, until_s, authority = _FORM.unpack_from(content)
    if role >= len(ROLES):
        raise codes.NoCode("This code is of a newer kring: bring kring up to date here.")
    server, study, moved = [*content[_FORM.size :].decode(errors="replace").split(_BETWEEN), "", ""][:3]
    return Pass(
        ROLES[role],
        str(UUID(bytes=session)) if any(session) else "",
        study,
        server,
        authority if any(authority) else b"",
        secret,
        issuer,
        account,
        at_s,
        until_s,
        signature,
        int(moved) if moved.isascii() and moved.isdecimal() else 0,
    )
