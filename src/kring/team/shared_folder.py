"""The folder beside a session file that is shared or joined: the keys, for its owner only, and the server's own files.

As long as it is there the codes that were given out stay valid, whoever starts kring again.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TypeVar

import msgspec

from kring.domain.text import KringError
from kring.system import private_files
from kring.team import ENDING, codes
from kring.team import observer_rights as rights
from kring.team.codes import ROLES, Code
from kring.team.names import Names, inbox_of, may_hear, may_publish
from kring.team.tasks import Role, Way

SHARED, JOINED = "shared.json", "joined.json"
CONFIG, PID, LOG = "server.conf", "server.pid", "server.log"
CERTIFICATE, KEY = "certificate.pem", "key.pem"
SECRET = 16
Kept = TypeVar("Kept", bound=msgspec.Struct)
MOST_BYTES = 8 << 20
"""How large an act may be that the server takes: the largest that it is made for."""
MOST_CONNECTIONS = 256


class Shared(msgspec.Struct, frozen=True):
    """What this laptop keeps of a session that it shares; the secrets are in hexadecimal digits, by role."""

    session: str
    address: str
    port: int
    secrets: dict[Role, str]
    host: str

    def is_for(self, session: str, address: str) -> bool:
        """Whether this is of a session at an address, so that the codes that were given out lead there."""
        return self.session == session and self.address == address

    def code(self, role: Role, fingerprint: bytes) -> Code:
        """Return the code with which somebody joins in a role."""
        return Code(role, self.address, self.port, self.session, fingerprint, bytes.fromhex(self.secrets[role]))


class Joined(msgspec.Struct, frozen=True):
    """What this laptop keeps of a session that it joined: the way, and by what this copy is told apart."""

    session: str
    way: Way
    device: str
    clock_ms: int = 0
    """How far the server's clock was ahead of this laptop's when it joined."""


def folder_of(session_file: Path) -> Path:
    """Return the folder of a session file, whether it is there or not."""
    return session_file.with_suffix(ENDING)


def shared(folder: Path) -> Shared | None:
    """Return what is kept of a session that this laptop shares, None where it does not."""
    return read(folder / SHARED, Shared)


def joined(folder: Path) -> Joined | None:
    """Return what is kept of a session that this laptop joined, None where it did not."""
    return read(folder / JOINED, Joined)


def keep_joined(folder: Path, kept: Joined) -> None:
    """Keep what a laptop needs to join again."""
    keep(folder, JOINED, msgspec.json.encode(kept))


def begin_sharing(folder: Path, session: str, address: str, port: int, moment_ms: int) -> Shared:
    """Return how a session is shared at an address, made now or as it was: then the codes of before stay valid."""
    known = shared(folder)
    if known is not None and known.is_for(session, address):
        keep_shared(folder, known)  # another kring may have told the server less
        return known
    from kring.team import certificate

    private_files.make_folder(folder)
    pem, key = certificate.make(address, moment_ms)
    private_files.write(folder / CERTIFICATE, pem)
    private_files.write(folder / KEY, key)
    fresh = Shared(
        session, address, port, {role: secrets.token_hex(SECRET) for role in ROLES}, secrets.token_hex(SECRET)
    )
    keep_shared(folder, fresh)
    return fresh


def keep_shared(folder: Path, kept: Shared) -> None:
    """Keep how a session is shared, and write what the server is told of it."""
    private_files.write(folder / SHARED, msgspec.json.encode(kept))
    private_files.write(folder / CONFIG, _config(kept).encode())


def code_for(folder: Path, role: Role) -> str:
    """Return the code that lets somebody in, in a role."""
    from kring.team import certificate

    kept = shared(folder)
    if kept is None:
        raise KringError("This session is not shared from here.")
    return codes.written(kept.code(role, certificate.fingerprint_in(folder / CERTIFICATE)))


def with_new_secret(kept: Shared, role: Role) -> Shared:
    """Return how a session is shared when nobody gets in any more with the code of a role that was given out."""
    return msgspec.structs.replace(kept, secrets=kept.secrets | {role: secrets.token_hex(SECRET)})


def _config(kept: Shared) -> str:
    """Return what the server is told; its working folder is the one that this lies in."""
    return f"""# Written by kring; what is changed here is lost.
server_name: kring
listen: {_quoted(f"[{kept.address}]:{kept.port}" if ":" in kept.address else f"{kept.address}:{kept.port}")}
pid_file: {_quoted(PID)}
log_file: {_quoted(LOG)}
logfile_size_limit: 1MB
logfile_max_num: 2
max_payload: {MOST_BYTES}
max_pending: {4 * MOST_BYTES}
max_connections: {MOST_CONNECTIONS}
ping_interval: "5s"
ping_max: 2
jetstream {{
  store_dir: "."
  sync_interval: "1s"
}}
tls {{
  cert_file: {_quoted(CERTIFICATE)}
  key_file: {_quoted(KEY)}
  handshake_first: true
  timeout: 5
}}
authorization {{
  timeout: 5
  users: [
{_users(kept)}  ]
}}
"""


def _users(kept: Shared) -> str:
    from kring.team import keys

    names = Names(kept.session)
    written = [
        _user(
            keys.public_of(keys.seed_of(bytes.fromhex(secret), role)), may_publish(names, role), may_hear(names, role)
        )
        for role, secret in kept.secrets.items()
    ]
    host = keys.public_of(keys.seed_of(bytes.fromhex(kept.host), keys.HOST))
    publish = ["$JS.API.>", *rights.feeder_may_publish(kept.session)]
    hear = [f"{inbox_of(keys.HOST)}.>", *rights.feeder_may_hear(kept.session)]
    return "".join([*written, _user(host, publish, hear)])


def _user(public: str, publish: list[str], hear: list[str]) -> str:
    return (
        f"    {{ nkey: {public}\n      permissions: {{ publish: {{ allow: {_listed(publish)} }}\n"
        f"        subscribe: {{ allow: {_listed(hear)} }} }} }}\n"
    )


def _listed(several: list[str]) -> str:
    return f"[{', '.join(map(_quoted, several))}]"


def _quoted(text: str) -> str:
    return f'"{text}"'  # only names that kring makes itself, and addresses


def keep(folder: Path, name: str, content: bytes) -> None:
    """Keep a file of secrets in the folder, which is made where it is not there; on the disk when this returns."""
    private_files.make_folder(folder)
    private_files.write(folder / name, content)


def read(file: Path, kind: type[Kept]) -> Kept | None:
    """Return what is kept in a file, None where it is not there; raises KringError where somebody else wrote it."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as problem:
        raise KringError(
            "{file} cannot be read: what stands in it is not what kring wrote. Take it away, and share or join again.",
            file=str(file),
        ) from problem
