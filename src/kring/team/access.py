"""How one laptop gets to a session on a server: where it is, how it is known, and the key of the role."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from nats.aio.client import Client

from kring.domain.text import KringError
from kring.team import certificate, codes, keys, shared_folder
from kring.team.codes import Code
from kring.team.names import Names, inbox_of
from kring.team.tasks import Role, Way

CONNECT_S = 3.0
PING_S = 2
MOST_PINGS = 2
MOST_PENDING = 32 << 20
Result = TypeVar("Result")


class Access(msgspec.Struct, frozen=True):
    """What it takes to get in; `seed` is that of a key, or else `credentials` is a file that an agency gave out.

    Without a fingerprint the server is known by who signed its certificate, as on the web.
    """

    role: Role
    session: str
    url: str
    seed: bytes = b""
    fingerprint: bytes = b""
    credentials: str = ""
    host_seed: bytes = b""
    """The key of who may make the stream, where that is this laptop."""

    def __repr__(self) -> str:
        return f"Access(role={self.role!r})"

    @property
    def names(self) -> Names:
        """Return what the session is called there."""
        return Names(self.session)


class NotReached(KringError):
    """Nobody answers there now; later somebody may."""


class NotLetIn(KringError):
    """Whoever answers does not let this laptop in, and will not by itself."""


def access_by(way: Way, folder: Path | None = None) -> Access:
    """Return what a way gives access to; from a folder that the session is shared from, to all that is needed there."""
    code = codes.read(way.code)
    kept = shared_folder.shared(folder) if folder is not None else None
    is_ours = kept is not None and kept.session == code.session
    return access_of(code, bytes.fromhex(kept.host) if kept is not None and is_ours else b"")


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

    Raises NotReached and NotLetIn.
    """
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # the client's use of TLS warns at every end
    trusted = await _trusted(access)
    client = Client()

    async def hear(problem: Exception) -> None:
        if "permissions violation" in str(problem).lower():
            refused(str(problem))

    seed = access.host_seed if as_host else access.seed
    try:
        await asyncio.wait_for(
            client.connect(
                access.url,
                error_cb=hear,
                allow_reconnect=False,
                connect_timeout=int(CONNECT_S),
                ping_interval=PING_S,
                max_outstanding_pings=MOST_PINGS,
                tls=trusted,
                tls_handshake_first=True,
                nkeys_seed_str=seed.decode() if seed else None,
                user_credentials=access.credentials or None,
                inbox_prefix=inbox_of(keys.HOST if as_host else access.role),
                pending_size=MOST_PENDING,
                flush_timeout=CONNECT_S,
            ),
            CONNECT_S + 1,
        )
    except BaseException as problem:
        await left(client)
        raise _why(problem) from problem
    return client


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


async def _trusted(access: Access) -> ssl.SSLContext:
    """Return whom to trust: the one server that has the certificate of the code; nothing was said to it yet."""
    if not access.fingerprint:
        return ssl.create_default_context()
    found = await _certificate_at(access)
    if certificate.fingerprint_of(found) != access.fingerprint:
        raise NotLetIn("Another computer answers at that address than the one that the code is of: ask for a new code.")
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted.minimum_version = ssl.TLSVersion.TLSv1_3
    trusted.check_hostname = False  # it is known by its checksum
    trusted.load_verify_locations(cadata=found)
    return trusted


async def _certificate_at(access: Access) -> bytes:
    from urllib.parse import urlsplit

    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_mode = ssl.CERT_NONE  # only looked at: compared before anything is said
    place = urlsplit(access.url)
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(place.hostname, place.port, ssl=looking), CONNECT_S)
    except (OSError, TimeoutError) as problem:
        raise NotReached("Nobody answers at {address}.", address=f"{place.hostname}:{place.port}") from problem
    try:
        found: bytes | None = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    finally:
        writer.close()
        with suppress(OSError, TimeoutError):
            await asyncio.wait_for(writer.wait_closed(), CONNECT_S)
    return found or b""


def _why(problem: BaseException) -> BaseException:
    told = str(problem).lower()
    if "authorization violation" in told or "user authentication expired" in told:
        return NotLetIn("This code no longer works: ask for a new one.")
    if isinstance(problem, ssl.SSLCertVerificationError):
        return NotLetIn("The server's certificate is not to be trusted; ask who looks after it.")
    if isinstance(problem, Exception):
        return NotReached("The server does not answer.")
    return problem
