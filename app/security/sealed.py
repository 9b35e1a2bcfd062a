"""Private messages that the host carries and cannot read: sealed from one device key to another.

The text is signed, then encrypted. Signed by ECDSA with the sender's device key are the room, both
devices, the message's cid and the text; so the recipient cannot pass the message on as if it had
been written to somebody else, and nobody can put it into another room or send it a second time
under another cid. Encrypted, around the signature, by HPKE in base mode (RFC 9180:
DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM) to the recipient's device key; so the host can
neither try guesses of the text against the signature, nor take it off and put its own there.

What this does not do:
- It is as good as the two public keys. Whoever vouches for them (a host, in a roster) could put its
  own in their place; two people rule that out by comparing the ids of their devices.
- The host sees who writes to whom, when, and about how much, and can hold a message back.
- A device key that is stolen later opens what was sealed to it before (no forward secrecy).
- A signature proves to others, too, who wrote the text (no deniability).
- The sender cannot open what it sealed: its own replica keeps the text.

One P-256 key both signs and receives. ECIES, of which HPKE is one, and elliptic-curve signatures were
shown to be secure together under one key (Degabriele et al., "On the Joint Security of Encryption and
Signature in EMV", CT-RSA 2012). What is signed here is never what a device proof signs.
"""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.protocol.limits import MAX_TEXT
from app.security.identity import MAX_SIGNATURE_BYTES, PUBLIC_KEY_BYTES, DeviceKey, verify

PAD_BYTES: Final = 64
"""The text's UTF-8 is padded to a multiple of this, so that the host cannot tell a yes from a no."""

OVERHEAD_BYTES: Final = PUBLIC_KEY_BYTES + 16 + 1 + MAX_SIGNATURE_BYTES
"""What sealing adds to the padded text: HPKE's ephemeral key, the AEAD's tag, and the signature in a
field of one length."""

MAX_SEALED_BYTES: Final = OVERHEAD_BYTES + (4 * MAX_TEXT // PAD_BYTES + 1) * PAD_BYTES
"""The most that `seal` returns and `open_sealed` looks at."""

_SUITE: Final = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_LABEL: Final = b"papo/1 private message"
_MARK: Final = b"\x80"  # ISO/IEC 7816-4: ends the text, zeros follow


class NotGenuine(Exception):
    """This was not sealed by this sender for this recipient, room and message."""


def seal(text: str, cid: bytes, *, room: bytes, sender: DeviceKey, recipient_key: bytes) -> bytes:
    """Return the text sealed for the device with the public key `recipient_key` (65 bytes).

    `cid` is the message's id, `room` the room's fingerprint. The result has OVERHEAD_BYTES more
    than the padded text, and differs each time. Takes a fifth of a millisecond.

    Raises:
        NotGenuine: `recipient_key` is not a point on P-256.
        ValueError: The text is longer than MAX_TEXT or not Unicode (a bug of ours).
    """
    if len(text) > MAX_TEXT:
        raise ValueError("the text is longer than a message may be")
    recipient = _public(recipient_key)
    context = _context(cid, room, sender.public, recipient_key)
    padded = _padded(text.encode())
    signature = sender.sign(context + padded)
    field = bytes([len(signature)]) + signature.ljust(MAX_SIGNATURE_BYTES, b"\0")
    return _SUITE.encrypt(field + padded, recipient, info=context)


def open_sealed(
    sealed: bytes, cid: bytes, *, room: bytes, recipient: DeviceKey, sender_key: bytes
) -> str:
    """Return the text that the device with the public key `sender_key` sealed for this one.

    All but `recipient` may come from a hostile peer.

    Raises:
        NotGenuine: It did not, or not as the message `cid` of this room.
    """
    if len(sealed) > MAX_SEALED_BYTES:
        raise NotGenuine
    context = _context(cid, room, sender_key, recipient.public)
    try:
        # The key that signs also receives; nothing but the suite gets to see it.
        plain = recipient.decrypt(_SUITE, sealed, context)
    except InvalidTag as error:
        raise NotGenuine from error
    # Only the ephemeral key's owner could get here, but that is anybody.
    field, padded = plain[: 1 + MAX_SIGNATURE_BYTES], plain[1 + MAX_SIGNATURE_BYTES :]
    signature = field[1 : 1 + field[0]] if field else b""
    if not verify(sender_key, signature, context + padded):
        raise NotGenuine
    return _text(padded)


def _context(cid: bytes, room: bytes, sender_key: bytes, recipient_key: bytes) -> bytes:
    """Return the label and SHA-256 over all that the message belongs to, each with its length."""
    digest = hashlib.sha256()
    for part in (room, sender_key, recipient_key, cid):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return _LABEL + digest.digest()


def _public(point: bytes) -> ec.EllipticCurvePublicKey:
    # The length keeps out compressed points: one key, one id.
    if len(point) != PUBLIC_KEY_BYTES:
        raise NotGenuine
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise NotGenuine from error


def _padded(data: bytes) -> bytes:
    return data + _MARK + bytes(-(len(data) + 1) % PAD_BYTES)


def _text(padded: bytes) -> str:
    data = padded.rstrip(b"\0")
    if not data.endswith(_MARK):
        raise NotGenuine
    try:
        text = data.removesuffix(_MARK).decode()
    except UnicodeDecodeError as error:
        raise NotGenuine from error
    if len(text) > MAX_TEXT:
        raise NotGenuine
    return text
