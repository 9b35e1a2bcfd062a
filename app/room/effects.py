"""What a room wants done; `net` does it, in this order."""

from __future__ import annotations

from dataclasses import dataclass

from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Came, Changed, Went


@dataclass(frozen=True, slots=True)
class Send:
    """Send a message on one link."""

    link: int
    message: AnyMessage


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Send a message to every member who is in the room when this effect is carried out."""

    message: AnyMessage


@dataclass(frozen=True, slots=True)
class Announce:
    """Tell every member that somebody came, went, or stands otherwise.

    Announcements may be gathered for a moment and told together: a thousand people who come at
    once are then a thousand lines, not a million.
    """

    change: Came | Went | Changed


@dataclass(frozen=True, slots=True)
class Close:
    """Send the last word on one link and close it."""

    link: int
    refusal: Refusal


Effect = Send | Broadcast | Announce | Close
