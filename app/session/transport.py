"""What carries a session's wishes, and what a room says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.protocol.messages import AnyMessage, Join, RoleName, Said


class Transport(Protocol):
    """What carries a session's wishes to the host: a client's link, or one inside the process."""

    def send(self, message: AnyMessage) -> None:
        """Send once joined; dropped where the link is not joined (the session sends it again)."""

    def join(self, message: Join) -> None:
        """Ask again for a nickname, after the first was refused."""

    def try_now(self) -> None:
        """Do not wait for the next attempt."""

    def accept_host(self) -> None:
        """Trust the fingerprint that is being asked about, and go on."""

    def give_password(self, text: str) -> None:
        """Go on with the room's password, which can be one; not kept beyond this session."""

    def set_room_password(self, text: str) -> None:
        """Give the room that is hosted here another password; empty takes it away."""

    def stop(self) -> None:
        """End for good, cleanly."""


@dataclass(frozen=True)
class RoomInfo:
    """What a room says of itself."""

    name: str = ""
    topic: str = ""
    role: RoleName = "member"
    history: str = "all"
    history_count: int = 0
    has_password: bool = False
    locked: bool = False
    """Nobody new gets in."""
    hosts_only: bool = False
    """Only the host and moderators may write."""
    browser_guests: bool = False
    """Guests by browser are let in."""
    text_guests: bool = False
    """Guests by plain text are let in."""


@dataclass(frozen=True)
class FoundMessages:
    """What a search found, newest first; with `more`, ask again before the last one's number.

    `from_replica`: the host could not be asked, so that only what is kept here was searched.
    """

    query: str
    said: tuple[Said, ...]
    more: bool = False
    from_replica: bool = False
