"""The code with which somebody joins: where the session is, how its server is known, and the secret of one role."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
import struct
from typing import get_args
from uuid import UUID

import msgspec

from kring.domain.text import KringError
from kring.team.tasks import Role

ROLES: tuple[Role, ...] = get_args(Role)

VERSION = 1
GROUP = 6
_CHECK = 2
_FORM = struct.Struct(">BBH16s16s16s")  # version, role, port, session, fingerprint, secret; behind it the address
_SIZES = tuple(_FORM.size + size + _CHECK for size in (4, 16))
_LETTERS = "A-Z2-7"
_LOOK_ALIKES = str.maketrans("018", "OIB")  # base32 has none of these digits
_BETWEEN = re.compile(r"^\s*kring\s+(?:join|observe)\b|[\s\-–_.,:;\"'`“”‘’<>|]+", re.IGNORECASE)
"""What comes along when a code is copied: the command before it, line ends, hyphens, quotes."""


class Code(msgspec.Struct, frozen=True):
    """What a code says; `fingerprint` is the beginning of the SHA-256 of the server's certificate."""

    role: Role
    address: str
    port: int
    session: str
    fingerprint: bytes
    secret: bytes

    def __repr__(self) -> str:
        return f"Code(role={self.role!r})"  # the secret stands in no log and no traceback


class NoCode(KringError):
    """A text that is not the code that somebody was given."""


def written(code: Code) -> str:
    """Return a code as people copy it, in groups of six letters and digits."""
    known = (UUID(code.session).bytes, code.fingerprint, code.secret)
    head = _FORM.pack(VERSION, ROLES.index(code.role), code.port, *known)
    return in_groups(head + ipaddress.ip_address(code.address).packed)


def read(text: str) -> Code:
    """Return what a code says, however its letters and groups were copied; raises NoCode with what is wrong with it."""
    letters = _letters_in(text)
    lengths = [_length(size) for size in _SIZES]
    if len(letters) not in lengths:
        raise NoCode(
            "A code has {right} letters and digits, and this is {n}. Copy it again, the whole of it.",
            right=min(lengths, key=lambda right: abs(right - len(letters))),
            n=len(letters),
        )
    body = out_of_groups(text)
    if body is None:
        raise NoCode("A letter of the code is not right. Copy it again, the whole of it.")
    version, role, port, session, fingerprint, secret = _FORM.unpack_from(body)
    if version != VERSION or role >= len(ROLES):
        raise NoCode("This code is of a newer kring: bring kring up to date here.")
    address = str(ipaddress.ip_address(body[_FORM.size :]))
    return Code(ROLES[role], address, port, str(UUID(bytes=session)), fingerprint, secret)


def in_groups(content: bytes) -> str:
    """Return bytes as people copy them, in groups of letters and digits, with something that a slip is seen by."""
    letters = _letters(content + _check(content))
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def out_of_groups(text: str) -> bytes | None:
    """Return the bytes of a text that was copied; None where a letter is not right. Raises NoCode at another sign."""
    letters = _letters_in(text)
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        return None  # no number of bytes has so many letters
    content, check = whole[:-_CHECK], whole[-_CHECK:]
    return content if _letters(whole) == letters and _check(content) == check else None


def version_of(text: str) -> int:
    """Return the number of the kind of code that a text begins as; 0 where it is none."""
    try:
        first = _letters_in(text)[:2]
    except NoCode:
        return 0
    return base64.b32decode(first + "A" * 6)[0] if len(first) == 2 else 0


def _letters_in(text: str) -> str:
    letters = _BETWEEN.sub("", text).upper().translate(_LOOK_ALIKES)
    if foreign := re.search(f"[^{_LETTERS}]", letters):
        raise NoCode(
            "A code has letters and digits only, and no {sign}. Copy it again, the whole of it.", sign=foreign[0]
        )
    return letters


def _letters(whole: bytes) -> str:
    return base64.b32encode(whole).decode().rstrip("=")


def _length(size: int) -> int:
    return -(-size * 8 // 5)


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK]
