"""How one laptop gets to a session on a server: where it is, how it is known, and the key of the role."""

from __future__ import annotations

import asyncio
import errno
import logging
import random
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from nats.aio.client import Client, RawCredentials

from kring.domain.text import KringError
from kring.system.clock import SystemClock
from kring.team import certificate, codes, keys, shared_folder
from kring.team.codes import Code
from kring.team.entry import credentials, issuing, passes, trust
from kring.team.entry.passes import Pass
from kring.team.names import Names, inbox_of
from kring.team.tasks import Role, Way

CONNECT_S = 3.0
PING_S = 2
MOST_PINGS = 2
MOST_PENDING = 32 << 20
_NO_NETWORK = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_OF_ANOTHER_TIME = frozenset({9, 10})
"""What OpenSSL says of a certificate that is not valid yet, or no longer."""
Result = TypeVar("Result")


class Access(msgspec.Struct, frozen=True):
    """What it takes to get in; `url` is one address, or those of a cluster between commas.

    `token` is what a server of an agency is shown besides. The server is known by the fingerprint of its certificate,
    else by the authority that signed it, else by whom the computer trusts, as on the web.
    """

    role: Role
    session: str
    url: str
    seed: bytes = b""
    fingerprint: bytes = b""
    authority: bytes = b""
    token: str = ""
    host_seed: bytes = b""
    """The key of who may make the stream, where that is this laptop."""
    host_token: str = ""
    copies: int = 1
    """On how many servers of a cluster the stream is to lie."""
    study: str = ""
    """Into whose pool it is to come, or which study is read."""
    moved: int = 0
    """How often the session moved on such a server."""
    issuer: bytes = b""
    """Who lets people in there in this role."""
    until_s: int = 0
    """Until when, in epoch seconds; 0 = without an end."""
    inbox: str = ""
    """Under what answers come to somebody who is of no session."""

    def __repr__(self) -> str:
        return f"Access(role={self.role!r})"

    @property
    def names(self) -> Names:
        """Return what the session is called there."""
        return Names(self.session, self.moved)


class NotReached(KringError):
    """Nobody answers there now; later somebody may."""


class NotLetIn(KringError):
    """Whoever answers does not let this laptop in, and will not by itself."""


def access_by(way: Way, folder: Path | None = None) -> Access:
    """Return what a way gives access to; from a folder that the session is shared from, to all that is needed there."""
    if passes.is_pass(way.code):
        return _access_at_agency(passes.read(way.code), folder)
    code = codes.read(way.code)
    kept = shared_folder.shared(folder) if folder is not None else None
    is_ours = kept is not None and kept.session == code.session
    return access_of(code, bytes.fromhex(kept.host) if kept is not None and is_ours else b"")


def _access_at_agency(one: Pass, folder: Path | None) -> Access:
    kept = issuing.known(folder) if folder is not None else None
    if kept is None or kept.session != one.session:
        return access_with(one)
    found = credentials.read(Path(kept.credentials))
    now_s = SystemClock().wall_ms() // 1000
    role = access_with(one).role
    return msgspec.structs.replace(
        access_with(issuing.pass_of(kept, found, role, now_s)),
        host_seed=found.seed.encode(),
        host_token=found.token,
        copies=found.study.copies,
        study=found.study.name,
    )


def access_with(one: Pass) -> Access:
    """Return what the code of an agency's server gives access to; raises KringError at one to read a study with."""
    if one.role == "reader":
        raise KringError("With this code sessions of a study are read: kring join --read")
    return Access(
        one.role,
        one.session,
        one.server,
        one.seed,
        authority=one.authority,
        token=one.token(),
        moved=one.moved,
        issuer=one.issuer,
        until_s=one.until_s,
    )


def reading_with(one: Pass) -> Access:
    """Return what the code of a researcher gives access to; raises KringError at one to take part in a session with."""
    if one.role != "reader":
        raise KringError("This code is of one session, not of a study: kring join, without --read")
    return Access(
        "observer",
        "",
        one.server,
        one.seed,
        authority=one.authority,
        token=one.token(),
        study=one.study,
        inbox=inbox_of(passes.READER),
        until_s=one.until_s,
    )


def access_of(code: Code, host_secret: bytes = b"") -> Access:
    """Return what a code gives access to."""
    place = f"[{code.address}]" if ":" in code.address else code.address
    return Access(
        code.role,
        code.session,
        f"tls://{place}:{code.port}",
        keys.seed_of(code.secret, code.role),
        code.fingerprint,
        host_seed=keys.seed_of(host_secret, keys.HOST) if host_secret else b"",
    )


async def connected(access: Access, refused: Callable[[str], None], *, as_host: bool = False) -> Client:
    """Return a connection that stays until it breaks; `refused` hears what the server does not allow.

    Of a cluster any server will do. Raises NotReached and NotLetIn.
    """
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # the client's use of TLS warns at every end
    urls = access.url.split(",")
    *others, last = random.sample(urls, len(urls))
    for url in others:
        with suppress(NotReached):
            return await _connected_at(url, access, refused, as_host=as_host)
    return await _connected_at(last, access, refused, as_host=as_host)


async def _connected_at(url: str, access: Access, refused: Callable[[str], None], *, as_host: bool) -> Client:
    trusted, is_tls_first = await _trusted(url, access)
    client = Client()

    async def hear(problem: Exception) -> None:
        if "permissions violation" in str(problem).lower():
            refused(str(problem))

    try:
        await asyncio.wait_for(
            client.connect(
                url,
                error_cb=hear,
                allow_reconnect=False,
                connect_timeout=int(CONNECT_S),
                ping_interval=PING_S,
                max_outstanding_pings=MOST_PINGS,
                tls=trusted,
                tls_handshake_first=is_tls_first and not url.startswith("wss:"),
                inbox_prefix=inbox_of(keys.HOST) if as_host else access.inbox or access.names.inbox_of(access.role),
                pending_size=MOST_PENDING,
                flush_timeout=CONNECT_S,
                **_key(access, as_host=as_host),
            ),
            CONNECT_S + 1,
        )
    except BaseException as problem:
        await left(client)
        raise _why(problem, is_over=0 < access.until_s < SystemClock().wall_ms() // 1000) from problem
    return client


def _key(access: Access, *, as_host: bool) -> dict[str, Any]:
    """Return by what the client shows who this is, in its own words."""
    seed, token = (access.host_seed, access.host_token) if as_host else (access.seed, access.token)
    if not token:
        return {"nkeys_seed_str": seed.decode()}
    return {
        "user_credentials": RawCredentials(
            f"-----BEGIN NATS USER JWT-----\n{token}\n------END NATS USER JWT------\n"
            f"-----BEGIN USER NKEY SEED-----\n{seed.decode()}\n------END USER NKEY SEED------\n"
        )
    }


async def soon(asked: Awaitable[Result]) -> Result:
    """Return what is asked of a connection, which never answers some of it when it just broke.

    Raises TimeoutError.
    """
    async with asyncio.timeout(CONNECT_S):
        return await asked


async def left(client: Client) -> None:
    """Close a connection, whatever state it is in."""
    with suppress(Exception):
        await asyncio.wait_for(client.close(), CONNECT_S)


async def _trusted(url: str, access: Access) -> tuple[ssl.SSLContext, bool]:
    """Return whom to trust, and whether encrypting begins with the first word; nothing was said to anybody yet."""
    place = urlsplit(url)
    try:
        seen = await trust.look(url)
    except (OSError, TimeoutError) as problem:
        raise _nobody_at(f"{place.hostname}:{place.port}", problem, is_agency=bool(access.token)) from problem
    if access.fingerprint:
        if certificate.fingerprint_of(seen.certificate) != access.fingerprint:
            raise NotLetIn(
                "Another computer answers at that address than the one that the code is of: ask for a new code."
            )
        return trust.only(seen.certificate), seen.is_tls_first
    try:
        trusted = (
            trust.signed_by(access.authority, seen.certificate) if access.authority else ssl.create_default_context()
        )
        await trust.try_out(url, seen, trusted)
    except (OSError, TimeoutError) as problem:
        raise _why(problem) from problem
    return trusted, seen.is_tls_first


def _nobody_at(address: str, problem: BaseException, *, is_agency: bool) -> NotReached:
    """Return why nobody answers at an address, as far as that can be told."""
    if isinstance(problem, socket.gaierror):
        return NotReached("{address} is not found: is this computer on the internet?", address=address)
    if isinstance(problem, OSError) and problem.errno in _NO_NETWORK:
        return NotReached("This computer is in no network from which {address} is reached.", address=address)
    if is_agency:
        return NotReached(
            "Nobody answers at {address}: does the server run, and is the port let through?", address=address
        )
    if isinstance(problem, ConnectionRefusedError):
        return NotReached("Nobody answers at {address}: is kring open on the laptop that shares?", address=address)
    return NotReached("Nobody answers at {address}: is this computer in the same network?", address=address)


def _why(problem: BaseException, *, is_over: bool = False) -> BaseException:
    told = str(problem).lower()
    if "authorization violation" in told and is_over:
        return NotLetIn("This code has expired: ask for a new one.")
    if "authorization violation" in told or "user authentication expired" in told:
        return NotLetIn("This code no longer works: ask for a new one.")
    if "connections exceeded" in told:
        return NotReached("The server is full: nobody else gets in now.")
    if isinstance(problem, ssl.SSLCertVerificationError) and _code_of(problem) in _OF_ANOTHER_TIME:
        return NotReached(
            "By the clock of this computer the server's certificate is not valid now: is the clock right?"
        )
    if isinstance(problem, ssl.SSLCertVerificationError):
        return NotLetIn("The server's certificate is not to be trusted; ask who looks after it.")
    if isinstance(problem, Exception):
        return NotReached("The server does not answer.")
    return problem


def _code_of(problem: ssl.SSLCertVerificationError) -> int:
    return getattr(problem, "verify_code", 0)  # only what OpenSSL finds has one
