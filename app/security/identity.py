"""The device key: who this installation is, in every room.

P-256, kept as unencrypted PKCS #8 PEM with mode 0600. Signatures are ECDSA with SHA-256, DER
(FIPS 186-5, RFC 3279); public keys travel as X9.62 uncompressed points (SEC 1, 2.3.3).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.support.files import Loaded, make_private_file, set_aside, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.hpke import Suite

PUBLIC_KEY_BYTES: Final = 65
"""An uncompressed P-256 point: 0x04, then two coordinates of 32 bytes."""

MAX_SIGNATURE_BYTES: Final = 72
"""The longest DER form of two 256-bit integers."""

_ECDSA: Final = ec.ECDSA(hashes.SHA256())
_UNCOMPRESSED: Final = 0x04


class DeviceKey:
    """The private key of this installation. It never leaves this object except to its own file.

    `public` is the 65-byte point that members know it by, `id` the SHA-256 of that (32 bytes).
    """

    __slots__ = ("_private", "id", "public")

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private: Final = private
        self.public: Final = private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self.id: Final = hashlib.sha256(self.public).digest()

    def sign(self, data: bytes) -> bytes:
        """Return the DER signature of `data`; two signatures of the same data differ."""
        return self._private.sign(data, _ECDSA)

    def decrypt(self, suite: Suite, sealed: bytes, info: bytes) -> bytes:
        """Return what was sealed to this key (HPKE, RFC 9180); raises InvalidTag for anything else."""
        return suite.decrypt(sealed, self._private, info=info)


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Tell whether `signature` over `data` was made by the key of the point `public`.

    All three may come from a hostile peer: whatever is malformed is False, nothing is raised.
    """
    if len(public) != PUBLIC_KEY_BYTES or public[0] != _UNCOMPRESSED:
        return False
    if len(signature) > MAX_SIGNATURE_BYTES:
        return False
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        key.verify(signature, data, _ECDSA)
    except (ValueError, InvalidSignature):
        return False
    return True


def load_or_create_device_key(path: Path) -> Loaded[DeviceKey]:
    """Return the key in the file at `path`, making both if the file is missing or broken.

    A broken file is set aside, since it may be all that is left of an identity. A file that
    others may read is made private. The folder must exist.

    Raises:
        OSError: The file cannot be read or written.
    """
    try:
        pem = path.read_bytes()
    except FileNotFoundError:
        return Loaded(_create(path))
    private = p256_from_pem(pem)
    if private is None:
        aside = set_aside(path)
        make_private_file(aside)
        return Loaded(_create(path), aside)
    make_private_file(path)
    return Loaded(DeviceKey(private))


def renew_device_key(path: Path) -> Loaded[DeviceKey]:
    """Put a new key into the file at `path`; `set_aside` is where the one before is kept, private.

    There is a whole key at `path` at every moment. Whatever the old one was known for is lost to the
    new one: only the person may decide that.

    Raises:
        OSError: A file cannot be read or written; the old key is still the one at `path`.
    """
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        return Loaded(_create(path))
    number = 1
    while (aside := path.with_name(f"{path.name}.old-{number}")).exists():
        number += 1
    write_atomically(aside, before, private=True)
    try:
        return Loaded(_create(path), aside)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def p256_from_pem(pem: bytes) -> ec.EllipticCurvePrivateKey | None:
    """Return the first private key of a PEM file; None unless it is P-256 and unencrypted."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    return None


def p256_to_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the key as unencrypted PKCS #8 PEM: the file's mode protects it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _create(path: Path) -> DeviceKey:
    private = ec.generate_private_key(ec.SECP256R1())
    write_atomically(path, p256_to_pem(private), private=True)
    return DeviceKey(private)
