"""Known rooms: which key answered at which address, as in SSH's known_hosts.

One JSON file, private, replaced as a whole at each change. Knows no clock: times are Unix seconds
that the caller passes in.
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from app.security.fingerprint import FINGERPRINT_BYTES
from app.security.invite import Address
from app.support.files import Loaded, make_private_file, set_aside, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Trust(Enum):
    """What is known of the key that answers at an address."""

    KNOWN = auto()
    NEW = auto()
    CHANGED = auto()


class How(StrEnum):
    """What vouched for a room's key, from the weakest to the strongest."""

    FIRST_USE = "first-use"
    PASSWORD = "password"  # noqa: S105 - a word of the file, no secret
    INVITE = "invite"


_STRENGTH: Final = tuple(How)


class KnownRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A room that was joined: its key, the addresses it answered at (the latest first), its name.

    `first_seen` and `last_seen` are Unix seconds.
    """

    fingerprint: Annotated[
        bytes, msgspec.Meta(min_length=FINGERPRINT_BYTES, max_length=FINGERPRINT_BYTES)
    ]
    room: str
    addresses: tuple[Address, ...]
    how: How
    first_seen: float
    last_seen: float


class _File(msgspec.Struct, frozen=True):
    rooms: list[KnownRoom]


class KnownRooms:
    """The rooms that this installation has joined. Owns the file at `path`.

    Each change is on the disk before the call returns; if it cannot be written, OSError is raised
    and nothing has changed. Iterates from the room last seen to the one longest not seen.
    """

    def __init__(self, path: Path, rooms: tuple[KnownRoom, ...] = ()) -> None:
        self._path: Final = path
        self._rooms = rooms

    @classmethod
    def load(cls, path: Path) -> Loaded[KnownRooms]:
        """Read the file at `path`; a missing one is an empty list, a damaged one is set aside.

        Raises:
            OSError: The file cannot be read, or not be set aside.
        """
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return Loaded(cls(path))
        try:
            rooms = msgspec.json.decode(data, type=_File).rooms
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return Loaded(cls(path), set_aside(path))
        make_private_file(path)
        return Loaded(cls(path, tuple(rooms)))

    def __iter__(self) -> Iterator[KnownRoom]:
        return iter(sorted(self._rooms, key=lambda known: known.last_seen, reverse=True))

    def __len__(self) -> int:
        return len(self._rooms)

    def check(self, address: Address, fingerprint: bytes) -> Trust:
        """Tell whether the key is the one recorded for this address.

        Returns CHANGED rather than raising: only the person may decide to go on. KNOWN is also a
        recorded room that answers at an address not recorded for another.
        """
        expected = self.expected_at(address)
        if expected is not None and expected.fingerprint != fingerprint:
            return Trust.CHANGED
        return Trust.NEW if self.by_fingerprint(fingerprint) is None else Trust.KNOWN

    def expected_at(self, address: Address) -> KnownRoom | None:
        """Return the room recorded for this address."""
        return next((known for known in self._rooms if _answers_at(known, address)), None)

    def by_fingerprint(self, fingerprint: bytes) -> KnownRoom | None:
        """Return the room with this key, wherever it answered."""
        return next((known for known in self._rooms if known.fingerprint == fingerprint), None)

    def remember(
        self, address: Address, fingerprint: bytes, room: str, how: How, now: float
    ) -> KnownRoom:
        """Record that the person trusts this key at this address; the address leaves other rooms.

        `how` only ever grows stronger; an empty `room` keeps the name recorded before.

        Raises:
            OSError: It could not be written.
            ValueError: The fingerprint is not 32 bytes long (a bug of ours).
        """
        if len(fingerprint) != FINGERPRINT_BYTES:
            raise ValueError("a fingerprint has 32 bytes")
        before = self.by_fingerprint(fingerprint)
        elsewhere = [_without(known, address) for known in self._rooms if known is not before]
        if before is None:
            after = KnownRoom(
                fingerprint=fingerprint,
                room=room,
                addresses=(address,),
                how=how,
                first_seen=now,
                last_seen=now,
            )
        else:
            after = msgspec.structs.replace(
                before,
                room=room or before.room,
                addresses=(address, *_without(before, address).addresses),
                how=max(before.how, how, key=_STRENGTH.index),
                last_seen=now,
            )
        self._replace((after, *elsewhere))
        return after

    def forget(self, fingerprint: bytes) -> None:
        """Drop the room with this key and all its addresses; nothing happens if there is none."""
        self._replace(tuple(known for known in self._rooms if known.fingerprint != fingerprint))

    def _replace(self, rooms: tuple[KnownRoom, ...]) -> None:
        if rooms == self._rooms:
            return
        data = msgspec.json.format(msgspec.json.encode(_File(list(rooms))), indent=2)
        write_atomically(self._path, data, private=True)
        self._rooms = rooms


def _same(one: Address, other: Address) -> bool:
    return one.port == other.port and one.host.lower() == other.host.lower()


def _answers_at(known: KnownRoom, address: Address) -> bool:
    return any(_same(mine, address) for mine in known.addresses)


def _without(known: KnownRoom, address: Address) -> KnownRoom:
    kept = tuple(mine for mine in known.addresses if not _same(mine, address))
    return known if kept == known.addresses else msgspec.structs.replace(known, addresses=kept)
