"""A room that somebody on this network announces, as the window is told of it.

All of it is a hint from a stranger: it fills a list, and never changes what is trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

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
    KNOWN = "known"
    CHANGED = "changed"
    """Another room was met at its address."""


@dataclass(frozen=True)
class NearbyOffer:
    """A room nearby beside what is known here.

    `expected` is the whole fingerprint of the known room that it claims to be, else empty: whoever
    joins holds the host to it, so that a false claim ends in a hard stop.
    """

    room: NearbyRoom
    standing: Standing = Standing.NEW
    expected: bytes = b""


def compared(room: NearbyRoom, known: KnownRooms) -> NearbyOffer:
    """Return the room beside what is known; the announcement itself counts for nothing."""
    if room.mark:
        for one in known:
            if one.fingerprint.startswith(room.mark):
                return NearbyOffer(room, Standing.KNOWN, one.fingerprint)
    if known.expected_at(room.addresses[0]) is not None:
        return NearbyOffer(room, Standing.CHANGED)
    return NearbyOffer(room)
