"""How far a guest by plain text has come, and what it needs of its host and of who keeps it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from app.net.plain.showing import Showing
from app.net.visit import Numbered
from app.protocol.messages import AnyMessage, LeaveReason
from app.room.flood import TokenBucket
from app.room.room import Room
from app.security.certificate import RoomKey
from app.support.clock import Clock

if TYPE_CHECKING:
    from app.net.plain.visit import PlainVisit


COLOURS = 64
"""Colours that a member may choose from; they are counted round the palette."""

GOODBYE = frozenset({"quit", "/quit"})
"""What a guest says to leave."""


class Doing(Enum):
    """How far a guest has come."""

    NAME = auto()
    """Its nickname is awaited."""
    PASSWORD = auto()
    TALKING = auto()
    OVER = auto()


class Hall(Protocol):
    """What a visit needs of its host."""

    room: Room
    key: RoomKey
    clock: Clock
    unlimited: bool

    def take(self, number: int, message: AnyMessage) -> None:
        """Take a message from an admitted link."""

    def fell_behind(self, visit: Numbered) -> None:
        """Note that the live stream leaves this visit out from now on."""

    def caught_up(self, visit: Numbered) -> None:
        """Note that everything written to this visit has been taken."""

    def remove_guest(self, number: int, reason: LeaveReason = "lost") -> None:
        """Forget a guest's link."""


class Keeper(Protocol):
    """Who owns the visits."""

    showing: Showing

    def pace_of(self, address: str) -> TokenBucket:
        """Return how fast guests may come from there."""

    def joined(self, visit: PlainVisit) -> None:
        """Note that a visit is half-open no longer."""

    def forget(self, visit: PlainVisit) -> None:
        """Forget a visit that is over."""
