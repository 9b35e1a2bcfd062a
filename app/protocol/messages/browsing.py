"""What only a guest by browser says: it has no device key, so it shows a secret that it keeps."""

from __future__ import annotations

from typing import Annotated

import msgspec

from app.protocol.messages.base import Message


class Identify(Message, frozen=True, kw_only=True, tag="identify"):
    """A browser guest's answer to the host's hello, in the place of a member's proof.

    It stands only where the guest page may speak, never on Papo's own links.
    """

    secret: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    """Random, made by the browser once: whoever comes with it again is the same guest."""
    password: Annotated[str, msgspec.Meta(max_length=512)] = ""
    """The room's, where its hello said that it has one."""
