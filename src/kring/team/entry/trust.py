"""By what a server is known before anything is said to it, and whether it encrypts from the first word or after it
greeted.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

import msgspec

from kring.domain.text import KringError

WEB_PORT, PORT = 443, 4222
SCHEMES = {"tls": PORT, "nats": PORT, "wss": WEB_PORT}
LOOK_S = 3.0
_GREETING = 64 << 10


class Seen(NamedTuple):
    """What was seen of a server: its certificate (DER), and whether it encrypts from the first word."""

    certificate: bytes
    is_tls_first: bool


def addresses(server: str) -> list[str]:
    """Return the addresses of a server, or of the servers of a cluster, in full; raises KringError at another kind."""
    return [_whole(part.strip()) for part in server.split(",") if part.strip()]


def _whole(address: str) -> str:
    told = address if "://" in address else f"tls://{address}"
    try:
        place = urlsplit(told)
        host, port = place.hostname, place.port
    except ValueError:
        host, place, port = None, SplitResult("", "", "", "", ""), None
    if place.scheme not in SCHEMES or not host or place.username or place.query or place.fragment:
        raise KringError(
            "{address} is no address of a server: it is like tls://server.example.org, or wss://server.example.org "
            "where only the web is let through.",
            address=address,
        )
    scheme = "wss" if place.scheme == "wss" else "tls"
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}:{port or SCHEMES[scheme]}{place.path if scheme == 'wss' else ''}".rstrip("/")


async def look(url: str) -> Seen:
    """Return what is seen of the server at an address; raises OSError and TimeoutError, and says nothing to it."""
    place, looking = urlsplit(url), _looking()
    try:
        return Seen(await _certificate(place, looking, greets=False), True)
    except ssl.SSLError:
        if place.scheme == "wss":
            raise
    return Seen(await _certificate(place, looking, greets=True), False)


async def try_out(url: str, seen: Seen, trusted: ssl.SSLContext) -> None:
    """Raise ssl.SSLCertVerificationError where the server is not to be trusted; the client would try for ever."""
    await _certificate(urlsplit(url), trusted, greets=not seen.is_tls_first)


def _looking() -> ssl.SSLContext:
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_mode = ssl.CERT_NONE  # only looked at: compared before anything is said
    return looking


async def _certificate(place: SplitResult, context: ssl.SSLContext, *, greets: bool) -> bytes:
    async with asyncio.timeout(LOOK_S):
        first = None if greets else context
        reader, writer = await asyncio.open_connection(place.hostname, place.port, ssl=first, limit=_GREETING)
        try:
            if greets:
                await _greeting(reader)
                await writer.start_tls(context, server_hostname=place.hostname)
            found: bytes | None = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            writer.close()
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await writer.wait_closed()
    return found or b""


async def greeting(url: str, seen: Seen) -> dict[str, Any]:
    """Return what the server says of itself before anybody says who they are; raises OSError and TimeoutError."""
    place, looking = urlsplit(url), _looking()
    async with asyncio.timeout(LOOK_S):
        first = looking if seen.is_tls_first else None
        reader, writer = await asyncio.open_connection(place.hostname, place.port, ssl=first, limit=_GREETING)
        try:
            return await _greeting(reader)
        finally:
            writer.close()


async def _greeting(reader: asyncio.StreamReader) -> dict[str, Any]:
    told = await reader.readline()
    try:
        found: dict[str, Any] = msgspec.json.decode(told.removeprefix(b"INFO "))
    except msgspec.DecodeError as problem:
        raise ConnectionError("no server that is known") from problem
    if not found.get("tls_required"):
        raise ConnectionError("no server that encrypts")
    return found


def only(certificate: bytes) -> ssl.SSLContext:
    """Return that one certificate is trusted and no other, whatever name stands in it."""
    trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusted.minimum_version = ssl.TLSVersion.TLSv1_3
    trusted.check_hostname = False  # it is known by its checksum
    trusted.load_verify_locations(cadata=certificate)
    return trusted


def signed_by(authority: bytes, certificate: bytes) -> ssl.SSLContext:
    """Return that the certificate is trusted which an authority signed, for the host whose name stands in it.

    Raises ssl.SSLCertVerificationError where the authority is another.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), authority)
    try:
        found = x509.load_der_x509_certificate(certificate)
        assert found.signature_hash_algorithm is not None
        key.verify(found.signature, found.tbs_certificate_bytes, ec.ECDSA(found.signature_hash_algorithm))
    except (ValueError, AssertionError, InvalidSignature) as problem:
        raise ssl.SSLCertVerificationError("signed by another authority") from problem
    trusted = only(certificate)
    trusted.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN  # the authority itself was checked just now
    trusted.check_hostname = True
    return trusted
