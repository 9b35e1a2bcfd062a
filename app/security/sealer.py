"""`Sealer`: seals and opens private messages as one device, in one room."""

from __future__ import annotations

import hashlib

from app.security.identity import DeviceKey
from app.security.sealed import open_sealed, seal


class Sealer:
    """What a session needs of the device key for private messages, and no more.

    `device` is this device's id. Keys are public keys, 65 bytes.
    """

    def __init__(self, key: DeviceKey, room: bytes) -> None:
        """`room`: the fingerprint that was compared for this link."""
        self.device = key.id
        self._key = key
        self._room = room

    def seal(self, text: str, cid: bytes, to: bytes) -> tuple[bytes, bytes]:
        """Return the text sealed to the key `to`, and a copy that this device itself can open.

        Raises:
            NotGenuine: `to` is no public key.
        """
        sealed = seal(text, cid, room=self._room, sender=self._key, recipient_key=to)
        name = _name_of_copy(cid, device_of(to))
        own = self._key.public
        return sealed, seal(text, name, room=self._room, sender=self._key, recipient_key=own)

    def open(self, sealed: bytes, cid: bytes, author: bytes) -> str:
        """Return the text that the device with the key `author` sealed to this one.

        Raises:
            NotGenuine: It did not, or not as that message of this room.
        """
        return open_sealed(sealed, cid, room=self._room, recipient=self._key, sender_key=author)

    def open_copy(self, copy: bytes, cid: bytes, to: bytes) -> str:
        """Return the text that this device itself sealed to the device with the id `to`.

        Raises:
            NotGenuine: It did not, or not as that message, or to another device.
        """
        return self.open(copy, _name_of_copy(cid, to), self._key.public)


def device_of(key: bytes) -> bytes:
    """Return the id of the device with that public key."""
    return hashlib.sha256(key).digest()


def _name_of_copy(cid: bytes, to: bytes) -> bytes:
    # A copy is from oneself to oneself; so the recipient has to be in what names the message, or a
    # host could show what was written to one as if it had been written to another.
    return cid + to
