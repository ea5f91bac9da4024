"""The certificate of a server on a laptop: made for it alone, and known by its checksum and not by who signed it."""

from __future__ import annotations

import hashlib
import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

FINGERPRINT = 16
"""How many bytes of the checksum a code holds: nobody finds another certificate that begins like it."""
_YEARS = 10


def make(address: str, moment_ms: int) -> tuple[bytes, bytes]:
    """Return the certificate of a server at an address from a moment on (epoch ms), and its key, both as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kring")])
    now = datetime.fromtimestamp(moment_ms / 1000, UTC)
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=366))  # the clock of another laptop may be wrong
        .not_valid_after(now + timedelta(days=366 * _YEARS))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(key_id, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return certificate.public_bytes(pem), private


def fingerprint_of(der: bytes) -> bytes:
    """Return by what a code knows a certificate (DER)."""
    return hashlib.sha256(der).digest()[:FINGERPRINT]


def fingerprint_in(file: Path) -> bytes:
    """Return the same of a certificate in a file (PEM)."""
    return fingerprint_of(ssl.PEM_cert_to_DER_cert(file.read_text("ascii")))


def ends_s(pem: bytes) -> int:
    """Return until when a certificate is good, the first of a file (PEM), in epoch seconds."""
    from cryptography import x509

    return int(x509.load_pem_x509_certificate(pem).not_valid_after_utc.timestamp())
