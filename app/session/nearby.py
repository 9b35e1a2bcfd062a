"""A room that somebody on this network announces, as the window is told of it.

All of it is a hint from a stranger: it fills a list, and never changes what is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from app.protocol.names import look_of
from app.security.invite import Address

if TYPE_CHECKING:
    from app.security.trust import KnownRooms


class NearbyState(Enum):
    """How looking for rooms goes."""

    OFF = "off"
    LOOKING = "looking"
    NO_NETWORK = "no-network"
    """No interface of this computer reaches others."""
    BLOCKED = "blocked"
    """The system does not let Papo look: port 5353 is held by another program, or multicast refused."""


@dataclass(frozen=True)
class NearbyRoom:
    """A room found nearby. Names are one line each and within the limits of names, or empty.

    `key` tells it from the others; `mark` is the beginning of its fingerprint, as it claims;
    `addresses` are on a network of this computer, the best first, and never empty.
    """

    key: str
    name: str
    host: str
    computer: str
    members: int
    locked: bool
    mark: bytes
    addresses: tuple[Address, ...]


class Standing(Enum):
    """What is known of the room that the announcement claims to be."""

    NEW = "new"
    NAMESAKE = "namesake"
    """New, and called as a known room is, or nearly so."""
    CLAIMED = "claimed"
    """It says that it is a known room; whether it has that room's key was not seen yet."""
    KNOWN = "known"
    """It has shown the key of a known room."""
    CHANGED = "changed"
    """Another room was met at its address, or it has shown another key than it claims."""


@dataclass(frozen=True)
class NearbyOffer:
    """A room nearby beside what is known here.

    `expected` is the whole fingerprint of the known room that it claims to be, else empty: whoever
    joins holds the host to it, so that a false claim ends in a hard stop.
    """

    room: NearbyRoom
    standing: Standing = Standing.NEW
    expected: bytes = b""
    only_at: Address | None = None
    """The address at which another room was met: joining leads there and to no other."""

    @property
    def ways(self) -> tuple[Address, ...]:
        """Where to join it, the best first."""
        return self.room.addresses if self.only_at is None else (self.only_at,)


def compared(room: NearbyRoom, known: KnownRooms, shown: bytes = b"") -> NearbyOffer:
    """Return the room beside what is known; the announcement itself counts for nothing.

    `shown` is the fingerprint that was seen at its addresses, empty where nobody looked.
    """
    if room.mark:
        for one in known:
            if one.fingerprint.startswith(room.mark):
                standing = Standing.KNOWN if shown == one.fingerprint else Standing.CHANGED
                standing = standing if shown else Standing.CLAIMED
                return NearbyOffer(room, standing, one.fingerprint)
    for address in room.addresses:
        if known.expected_at(address) is not None:
            return NearbyOffer(room, Standing.CHANGED, only_at=address)
    look = look_of(room.name)
    alike = any(look_of(one.room) == look for one in known)
    return NearbyOffer(room, Standing.NAMESAKE if alike else Standing.NEW)
