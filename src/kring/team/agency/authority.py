"""Who signs the certificates of an agency's servers, where nobody else does: made once, and known to every code."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
    from cryptography.x509 import Certificate, CertificateBuilder, GeneralName, Name

AUTHORITY_YEARS = 20
SERVER_DAYS = 825
"""For how long a server's certificate is good; Apple's systems trust none that is good for longer."""
_CLOCKS = timedelta(days=2)
"""By how much the clock of a laptop may be behind."""


class Made(NamedTuple):
    """A certificate and its key, both as PEM."""

    certificate: bytes
    key: bytes


def make(moment_ms: int) -> Made:
    """Return a new authority."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("kring certificates")
    usage = x509.KeyUsage(*(each in ("sign", "crl") for each in _USES))
    builder = (
        _builder(name, name, key, moment_ms, timedelta(days=366 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
    )
    return _signed(builder, key, key)


def certificate_for(authority: Made, hosts: Sequence[str], moment_ms: int, key_before: bytes = b"") -> Made:
    """Return a certificate for a server that is reached under these names or numbers; behind it stands who signed.

    One that is made anew keeps the key of before.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    issuer = x509.load_pem_x509_certificate(authority.certificate)
    key = _key(key_before) if key_before else ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([_host(host) for host in hosts])
    usage = x509.KeyUsage(*(each == "digital" for each in _USES))
    builder = (
        _builder(_name(hosts[0][:64]), issuer.subject, key, moment_ms, timedelta(days=SERVER_DAYS))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
        )
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(_own(issuer)), critical=False)
    )
    signed = _signed(builder, key, _key(authority.key))
    return Made(signed.certificate + authority.certificate, signed.key)


def point_of(certificate: bytes) -> bytes:
    """Return by what a code knows an authority (PEM): its public key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization

    found = _own(x509.load_pem_x509_certificate(certificate))
    return found.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)


_USES = ("digital", "content", "key", "data", "agreement", "sign", "crl", "encipher", "decipher")


def _builder(
    name: Name, issuer: Name, key: EllipticCurvePrivateKey, moment_ms: int, good_for: timedelta
) -> CertificateBuilder:
    from cryptography import x509

    now = datetime.fromtimestamp(moment_ms / 1000, UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS)
        .not_valid_after(now + good_for)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _signed(builder: CertificateBuilder, key: EllipticCurvePrivateKey, signer: EllipticCurvePrivateKey) -> Made:
    from cryptography.hazmat.primitives import hashes, serialization

    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Made(builder.sign(signer, hashes.SHA256()).public_bytes(pem), private)


def _own(certificate: Certificate) -> EllipticCurvePublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    found = certificate.public_key()
    assert isinstance(found, ec.EllipticCurvePublicKey)
    return found


def _key(pem: bytes) -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    found = serialization.load_pem_private_key(pem, None)
    assert isinstance(found, ec.EllipticCurvePrivateKey)
    return found


def _name(common: str) -> Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _host(host: str) -> GeneralName:
    import ipaddress

    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
