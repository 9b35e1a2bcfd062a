"""Who is in the room, and by which link."""

from __future__ import annotations

from dataclasses import dataclass

from app.protocol.messages import Changed, GuestKind, Member
from app.room.pages import RosterPages


@dataclass(frozen=True)
class Link:
    """One link that was admitted. `local`: the host's own window, inside the process."""

    device: bytes
    address: str
    local: bool
    order: int
    """Grows with each link that is admitted: of two, the greater one is newer."""
    key: bytes = b""
    """The public key that the device proved."""
    guest: GuestKind = ""
    """Set: `device` is no device's, but a guest's id (`room/guests.py`)."""


class Attendance:
    """The links, and the members who sit on them: one nickname key, one member, one link."""

    def __init__(self) -> None:
        self.links: dict[int, Link] = {}
        self.members: dict[int, Member] = {}
        """By link."""
        self.pages = RosterPages()
        self._admitted = 0
        self._by_key: dict[str, int] = {}
        self._by_number: dict[int, int] = {}

    def admit(
        self,
        link: int,
        device: bytes,
        address: str,
        *,
        local: bool,
        key: bytes = b"",
        guest: GuestKind = "",
    ) -> None:
        """Note a link and whose it is; nobody sits on it yet."""
        self._admitted += 1
        self.links[link] = Link(device, address, local, self._admitted, key, guest)

    def link_of(self, key: str) -> int | None:
        """Return the link of whoever is here under this nickname key, or None."""
        return self._by_key.get(key)

    def link_at(self, number: int) -> int | None:
        """Return the link of the member of that number, or None where it is not here."""
        return self._by_number.get(number)

    def is_hosts(self, device: bytes) -> bool:
        """Tell whether it is the device that hosts, by the host's own window."""
        return any(link.local and link.device == device for link in self.links.values())

    def is_guests(self, device: bytes) -> bool:
        """Tell whether it is the id of a guest who is here."""
        return any(member.guest and member.device == device for member in self.members.values())

    def address_of(self, number: int) -> str:
        """Return from where the member of that number is connected; empty where it is not."""
        known = self.links.get(self._by_number.get(number, 0))
        return known.address if known else ""

    def seat(self, link: int, key: str, member: Member) -> None:
        """Let a member sit on an admitted link."""
        self.members[link] = member
        self._by_key[key] = link
        self._by_number[member.number] = link

    def rename(self, link: int, before: str, key: str, member: Member) -> None:
        """Let whoever sits on the link go by another nickname, and keep its number."""
        del self._by_key[before]
        self._by_key[key] = link
        self.members[link] = member

    def leave(self, link: int, key: str) -> None:
        """Let whoever sits on the link go, under that nickname key; the link goes with it."""
        member = self.members.pop(link)
        del self._by_key[key]
        del self._by_number[member.number]
        self.links.pop(link, None)


def standing(member: Member) -> Changed:
    """Return how a member stands now: all of it, for what is left out means its default."""
    return Changed(
        number=member.number,
        away=member.away,
        slow=member.slow,
        muted=member.muted,
        role=member.role,
        colour=member.colour,
    )
