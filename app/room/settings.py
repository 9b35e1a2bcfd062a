"""What the host chose for a room."""

from __future__ import annotations

from dataclasses import dataclass, field

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
