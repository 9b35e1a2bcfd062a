"""The proof that a member holds its device key, bound to one link to one room.

The member signs the transcript: both hellos as they travelled and the SHA-256 of the certificate that
it was shown. The host's hello holds a fresh nonce, so a signature cannot be played again; the
certificate's hash makes one given to a man in the middle worthless at the true room. TLS exporters
would bind tighter (RFC 9266), but Python's `ssl` exposes none for TLS 1.3.
"""

from __future__ import annotations

import hashlib

from app.protocol.messages import Prove
from app.security.identity import DeviceKey, verify

_LABEL = b"papo/1 device proof"

NONCE_SIZE = 32
"""Bytes of the host's nonce."""


def transcript(client_hello: bytes, host_hello: bytes, certificate_hash: bytes) -> bytes:
    """Return what is signed: SHA-256 over the label and the three parts, each with its length."""
    digest = hashlib.sha256()
    for part in (_LABEL, client_hello, host_hello, certificate_hash):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()


def prove(
    device: DeviceKey, client_hello: bytes, host_hello: bytes, certificate_hash: bytes
) -> Prove:
    """Return the member's proof for this link."""
    signed = transcript(client_hello, host_hello, certificate_hash)
    return Prove(device_key=device.public, signature=device.sign(signed))


def check(
    proof: Prove, client_hello: bytes, host_hello: bytes, certificate_hash: bytes
) -> bytes | None:
    """Return the id of the device that proved itself, or None for a proof that is none."""
    signed = transcript(client_hello, host_hello, certificate_hash)
    if not verify(proof.device_key, proof.signature, signed):
        return None
    return hashlib.sha256(proof.device_key).digest()
