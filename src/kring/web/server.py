"""The web server: on one address of this computer, encrypted unless only this computer or a proxy asks it."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import uvicorn

from kring.domain.text import KringError, Sentence
from kring.observing.source import Source
from kring.system import private_files
from kring.system.clock import Clock
from kring.web.app import Pages
from kring.web.guard import Place, place_at
from kring.web.hub import Hub
from kring.web.invitations import Invitations
from kring.web.keeping import Keeping
from kring.web.patience import Connection

PORT = 8443
CERTIFICATE, KEY = "certificate-{}.pem", "key-{}.pem"
MOST_CONNECTIONS = 1_000
START_S, END_S = 20.0, 5.0


class Listening(msgspec.Struct, frozen=True):
    """Where to listen, and how observers come there; `address` is theirs, empty where it is the same.

    `certificate` and `key` are files (PEM).
    """

    host: str
    port: int = PORT
    address: str = ""
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False

    @property
    def is_local(self) -> bool:
        """Whether only this computer reaches it."""
        return ip_address(self.host).is_loopback

    @property
    def is_encrypted(self) -> bool:
        """Whether this server itself encrypts."""
        return self.certificate is not None or not (self.is_local or self.behind_proxy)


def listening_at(text: str) -> tuple[str, int]:
    """Return the address and port of `192.168.1.5`, `192.168.1.5:8443` or `[::1]:8443`; raises KringError."""
    host, port = text.strip(), ""
    if host.startswith("["):
        host, _, port = host[1:].partition("]")
        port = port.removeprefix(":")
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    host = "127.0.0.1" if host == "localhost" else host
    try:
        number = int(port) if port else PORT
        found = ip_address(host)
    except ValueError:
        number, found = 0, None
    if found is None or not 0 < number < 1 << 16:
        raise KringError("{address} is no address to listen on; write 192.168.1.5 or 192.168.1.5:8443.", address=text)
    return str(found), number


def place_of(wanted: Listening) -> Place:
    """Return where observers find the page; raises KringError where that can't be told, or must not be."""
    scheme = "https" if wanted.is_encrypted else "http"
    name = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
    own = f"{name}:{wanted.port}"
    if not wanted.address:
        if wanted.behind_proxy or ip_address(wanted.host).is_unspecified:
            raise KringError("Say with --address where observers find the page, such as https://watch.example.org.")
        others = {f"localhost:{wanted.port}"} if wanted.is_local else set()
        return place_at(f"{scheme}://{own}", others)
    place = place_at(wanted.address, behind_proxy=wanted.behind_proxy)
    if not place.is_encrypted and not (wanted.is_local and _is_here(urlsplit(place.origin).hostname or "")):
        raise KringError("An address that others reach begins with https://.")
    if wanted.is_encrypted != place.is_encrypted and not wanted.behind_proxy:
        raise KringError("{address} needs --certificate and --key, or --behind-proxy.", address=wanted.address)
    return place


def _is_here(host: str) -> bool:
    """Whether a name leads to this computer wherever it is asked for."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def with_certificate(wanted: Listening, folder: Path, moment_ms: int) -> tuple[Listening, bool]:
    """Return where to listen with a certificate where one is needed, and whether kring made it itself."""
    if wanted.certificate is not None or not wanted.is_encrypted:
        _require_pair(wanted)
        return wanted, False
    from kring.team import certificate

    name = wanted.host.replace(":", "-")  # a certificate is for one address
    own = msgspec.structs.replace(wanted, certificate=folder / CERTIFICATE.format(name), key=folder / KEY.format(name))
    assert own.certificate is not None
    assert own.key is not None
    if not (own.certificate.exists() and own.key.exists()):
        pem, key = certificate.make(wanted.host, moment_ms)
        private_files.write(own.key, key)
        private_files.write(own.certificate, pem)
    return own, True


def _require_pair(wanted: Listening) -> None:
    if wanted.certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(wanted.certificate, wanted.key)
    except (OSError, ssl.SSLError) as problem:
        raise KringError(
            "{file} is no certificate (PEM) that goes with that key.", file=wanted.certificate.name
        ) from problem


def fingerprint_of(file: Path) -> str:
    """Return the SHA-256 of a certificate as browsers show it."""
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(file.read_text("ascii"))).hexdigest().upper()
    return ":".join(digest[at : at + 2] for at in range(0, len(digest), 2))


class PageServer:
    """Serves the pages of one session in a thread of its own, until it is closed.

    `speak` chooses the language, once it is known which one the session has.
    """

    def __init__(
        self,
        source: Source,
        invitations: Invitations,
        wanted: Listening,
        place: Place,
        clock: Clock,
        speak: Callable[[str | None], None] = lambda _language: None,
    ) -> None:
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it tells of every browser that breaks off
        self._source, self._invitations, self._wanted, self._place = source, invitations, wanted, place
        self._clock, self._speak = clock, speak
        self._hub = Hub(clock.wall_ms)
        self._keeping = Keeping(source, invitations, self._hub, clock)
        self._server: uvicorn.Server | None = None
        self._sockets = [_bound(wanted)]
        self._thread = threading.Thread(target=self._run, name="observers' page", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_up = threading.Event()
        self.problem: Exception | None = None

    def start(self) -> None:
        """Return when the page can be asked for; raises what stands in the way."""
        self._thread.start()
        self._is_up.wait(START_S)
        if self.problem is not None:
            raise self.problem

    @property
    def is_running(self) -> bool:
        """Whether the page can still be asked for."""
        return self._thread.is_alive()

    @property
    def lost(self) -> Sentence | None:
        """Return why the session can't be followed now, None where it can."""
        return self._keeping.lost

    def looking(self) -> frozenset[str]:
        """Return the ids of the links with which somebody looks now."""
        return frozenset(each.id for each in self._hub.looking(self._invitations.all))

    def close(self) -> None:
        """Let every page know that it ends, and end."""
        loop = self._loop
        if loop is not None and self._thread.is_alive():
            loop.call_soon_threadsafe(self._end)
        self._thread.join(END_S)

    def _end(self) -> None:
        self._hub.close()
        if self._server is not None:
            self._server.should_exit = True

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except ExceptionGroup as several:
            self.problem = several.exceptions[0]
        except Exception as problem:  # noqa: BLE001 - the boundary of the thread: who started it is told
            self.problem = problem
        finally:
            for each in self._sockets:
                each.close()
            self._is_up.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with self._source, asyncio.TaskGroup() as group:
            self._speak(self._source.seen.view.language)
            pages = Pages(self._place, self._invitations, self._hub, self._keeping, self._clock.wall_ms)
            self._server = uvicorn.Server(self._config(pages.app()))
            tasks = [group.create_task(self._keeping.follow()), group.create_task(self._keeping.watch())]
            self._is_up.set()  # the socket is bound: who comes before the server is ready waits a moment
            await self._server.serve(sockets=self._sockets)
            for task in tasks:
                task.cancel()

    def _config(self, app: object) -> uvicorn.Config:
        """Return how to serve: nothing that is asked for is logged, for what observers type may be in it."""
        return uvicorn.Config(
            app,  # type: ignore[arg-type] # Starlette's words for it
            log_level="critical",
            access_log=False,
            lifespan="off",
            http=Connection,
            ws="none",
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=1,
            ssl_certfile=self._wanted.certificate,
            ssl_keyfile=self._wanted.key,
        )


def _bound(wanted: Listening) -> socket.socket:
    """Return the socket of an address; raises KringError where it can't be had."""
    family = socket.AF_INET6 if ":" in wanted.host else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((wanted.host, wanted.port))
        one.listen()  # so that a browser may come before the server is ready
    except OSError as problem:
        one.close()
        if problem.errno == errno.EADDRNOTAVAIL:
            raise KringError("{address} is no address of this computer.", address=wanted.host) from problem
        if problem.errno == errno.EADDRINUSE:
            raise KringError(
                "Another program listens at port {port} already; name another one: --listen {address}:PORT",
                port=wanted.port,
                address=wanted.host,
            ) from problem
        raise KringError(
            "Nothing can listen at {host}, port {port}: {reason}.",
            host=wanted.host,
            port=wanted.port,
            reason=problem.strerror or "",
        ) from problem
    return one
