"""The room key: what makes a room the same room on another port, day or machine.

One PEM file with mode 0600 holds the P-256 key and its self-signed certificate, in the order that
`ssl.SSLContext.load_cert_chain` reads. Members pin the certificate's SHA-256; nobody checks names,
issuers or dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.security.fingerprint import fingerprint_of
from app.security.identity import p256_from_pem, p256_to_pem
from app.support.files import Loaded, make_private_file, set_aside, write_atomically

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

# Clocks on a LAN are wrong in both directions, and the fingerprint is what is trusted.
_BEFORE: Final = timedelta(days=1)
_AFTER: Final = timedelta(days=36_525)


@dataclass(frozen=True, slots=True)
class RoomKey:
    """A room's key and certificate, held by the file at `path` (for `load_cert_chain`)."""

    path: Path
    certificate_der: bytes

    @property
    def fingerprint(self) -> bytes:
        """The room's id: SHA-256 of the certificate's DER, 32 bytes."""
        return fingerprint_of(self.certificate_der)


def load_or_create_room_key(path: Path, now: datetime) -> Loaded[RoomKey]:
    """Return the room key in the file at `path`, making both if the file is missing or broken.

    `now` is aware of its time zone and dates a new certificate; an old one never expires here. A
    broken file (a key that is not the certificate's too) is set aside. The folder must exist.

    Raises:
        OSError: The file cannot be read or written.
    """
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        return Loaded(_create(path, now))
    found = _read(pem)
    if found is None:
        aside = set_aside(path)
        make_private_file(aside)
        return Loaded(_create(path, now), aside)
    certificate, written_out = found
    if written_out != pem:
        # What was read here may be more than OpenSSL reads: other line ends, another order.
        write_atomically(path, written_out, private=True)
    make_private_file(path)
    return Loaded(RoomKey(path, certificate))


def _read(pem: bytes) -> tuple[bytes, bytes] | None:
    """Return the certificate's DER and what the file should be, if it holds it and its key."""
    key = p256_from_pem(pem)
    if key is None:
        return None
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        matches = certificate.public_key() == key.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return None
    if not matches:
        return None
    written_out = p256_to_pem(key) + certificate.public_bytes(Encoding.PEM)
    return certificate.public_bytes(Encoding.DER), written_out


def _create(path: Path, now: datetime) -> RoomKey:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Papo room")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + _AFTER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = p256_to_pem(key) + certificate.public_bytes(Encoding.PEM)
    write_atomically(path, pem, private=True)
    return RoomKey(path, certificate.public_bytes(Encoding.DER))
