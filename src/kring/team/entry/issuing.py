"""Letting people in to a session on an agency's server: what the laptop keeps for that, and the codes it gives out."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec

from kring.team import shared_folder
from kring.team.codes import ROLES
from kring.team.entry import credentials, passes, tokens, trust
from kring.team.entry.credentials import Credentials
from kring.team.entry.passes import Pass
from kring.team.tasks import Role

FILE = "agency.json"
LASTS_S = 24 * 3600
"""For how long a code lets somebody in; the server itself goes by it."""


class Issuer(msgspec.Struct, frozen=True):
    """What this laptop keeps of a session that it holds on an agency's server; secrets in hexadecimal digits."""

    session: str
    server: str
    credentials: str
    """Where the file of credentials lies."""
    secrets: dict[Role, str]
    before: tuple[dict[Role, str], ...] = ()
    """The secrets that counted before each time that a code was taken back, and the session moved."""

    @property
    def moved(self) -> int:
        """Return how often the session moved."""
        return len(self.before)

    def __repr__(self) -> str:
        return f"Issuer(session={self.session!r})"


def known(folder: Path) -> Issuer | None:
    """Return what is kept of a session that this laptop holds on an agency's server, None where it does not."""
    return shared_folder.read(folder / FILE, Issuer)


def begin(folder: Path, session: str, file: Path, server: str) -> Issuer:
    """Return how a session is held on the server of a file of credentials, or at another address of it; kept as it
    was, so that the codes of before stay valid. Raises KringError.
    """
    found = credentials.read(file)
    addresses = ",".join(trust.addresses(server or found.study.server))
    before = known(folder)
    is_same = before is not None and before.session == session
    kept, earlier = (before.secrets, before.before) if before is not None and is_same else ({}, ())
    own = {role: kept.get(role) or _fresh() for role in ROLES}
    one = Issuer(session, addresses, str(file.absolute()), own, earlier)
    if one != before:
        keep(folder, one)
    return one


def keep(folder: Path, one: Issuer) -> None:
    """Keep how a session is held."""
    shared_folder.keep(folder, FILE, msgspec.json.encode(one))


def with_new_secret(one: Issuer, role: Role) -> Issuer:
    """Return how a session is held when the code of a role is taken back: under other names, with another secret."""
    return msgspec.structs.replace(one, secrets=one.secrets | {role: _fresh()}, before=(*one.before, one.secrets))


def codes_of(one: Issuer, now_s: int) -> dict[Role, str]:
    """Return the code of each role, good from now on for a day."""
    found = credentials.read(Path(one.credentials))
    return {role: passes.written(pass_of(one, found, role, now_s)) for role in ROLES}


def as_before(one: Issuer, moved: int) -> Issuer:
    """Return how a session was held when it had moved so often."""
    secrets = (*one.before, one.secrets)[moved]
    return msgspec.structs.replace(one, secrets=secrets, before=one.before[:moved])


def pass_of(one: Issuer, found: Credentials, role: Role, now_s: int) -> Pass:
    """Return what lets somebody in to a role, good from now on for a day."""
    issuer = found.study.seeds[role]
    unsigned = Pass(
        role,
        one.session,
        found.study.name,
        one.server,
        bytes.fromhex(found.study.authority),
        bytes.fromhex(one.secrets[role]),
        tokens.packed(tokens.public_of(issuer)),
        tokens.packed(found.study.account),
        now_s,
        now_s + LASTS_S,
        moved=one.moved,
    )
    return unsigned.signed_with(issuer)


def _fresh() -> str:
    return secrets.token_hex(passes.SECRET)
