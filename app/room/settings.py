"""What the host chose for a room."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.protocol.messages import GuestKind
from app.room.history import History


@dataclass
class RoomSettings:
    """What the host chose. `name` is clean already."""

    name: str
    topic: str = ""
    history: History = field(default_factory=History)
    max_members: int = 500
    locked: bool = False
    """Only devices that have been in the room before get in."""
    hosts_only: bool = False
    """Only the host and moderators may write."""
    browser_guests: bool = False
    text_guests: bool = False

    def lets_in(self, guest: GuestKind) -> bool:
        """Tell whether guests of that kind are let in; whoever is no guest always is."""
        return not guest or (self.browser_guests if guest == "browser" else self.text_guests)
