"""Who a guest is: somebody without a device key, by an id that the host makes in its place.

The id stands where a device's would, so that a guest is muted, shown out, banned and counted as
anybody. It is worth less: a browser that keeps its secret is known again by it, and a guest by text is
known for one visit; whoever clears the browser's memory or connects anew is somebody new.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal

_LABEL = b"papo guest id/1\0"

MIN_SECRET = 16
"""Bytes of a secret: fewer could be guessed, and the guest's place be taken."""


def guest_id(kind: Literal["browser", "text"], secret: bytes) -> bytes:
    """Return the id of the guest who has `secret`, of at least MIN_SECRET bytes.

    No device has the same: a device's id is the SHA-256 of 65 bytes that begin with 0x04, this one
    of what begins with a label, so that one that were both would be a collision of SHA-256. The kind
    and the room are no part of the secret: whoever is to be unknown elsewhere brings another one.
    """
    if len(secret) < MIN_SECRET:
        raise ValueError("too short a secret")
    return hashlib.sha256(_LABEL + kind.encode() + b"\0" + secret).digest()


def passing_guest_id() -> bytes:
    """Return the id of a guest by text, for one visit."""
    return guest_id("text", secrets.token_bytes(32))
