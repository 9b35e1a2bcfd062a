"""What a room wants done; `net` does it, in this order.

Structs and not dataclasses: a busy room makes two for each message, and these are made in C.
"""

from __future__ import annotations

import msgspec

from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Came, Changed, Renamed, Went


class Send(msgspec.Struct, frozen=True):
    """Send a message on one link."""

    link: int
    message: AnyMessage


class Broadcast(msgspec.Struct, frozen=True):
    """Send a message to every member who is in the room when this effect is carried out."""

    message: AnyMessage


class Announce(msgspec.Struct, frozen=True):
    """Tell every member that somebody came, went, stands otherwise or is called otherwise.

    Announcements may be gathered for a moment and told together: a thousand people who come at
    once are then a thousand lines, not a million.
    """

    change: Came | Went | Changed | Renamed


class Close(msgspec.Struct, frozen=True):
    """Send the last word on one link and close it."""

    link: int
    refusal: Refusal


Effect = Send | Broadcast | Announce | Close
