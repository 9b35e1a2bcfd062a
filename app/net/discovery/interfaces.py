"""The links that rooms are announced and looked for on: interfaces that reach others by multicast."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

from PyQt6.QtNetwork import QNetworkInterface

_Flag = QNetworkInterface.InterfaceFlag

MAX_LINKS: Final = 16
"""Interfaces at one time: a computer full of virtual networks has fewer that are up."""

IpInterface = ipaddress.IPv4Interface | ipaddress.IPv6Interface


@dataclass(frozen=True)
class Interface:
    """One interface as it is now. `addresses` have their prefixes, and no zone."""

    name: str
    index: int
    addresses: tuple[IpInterface, ...]

    def has(self, raw: bytes) -> bool:
        """Whether a packed address is one that a computer on this link can have."""
        try:
            address = ipaddress.ip_address(raw)
        except ValueError:
            return False
        if address.is_loopback or address.is_multicast or address.is_unspecified:
            return False
        return any(address in mine.network for mine in self.addresses)

    @property
    def has_4(self) -> bool:
        """Whether it has an IPv4 address."""
        return any(mine.version == 4 for mine in self.addresses)

    @property
    def has_6(self) -> bool:
        """Whether it has an IPv6 address."""
        return any(mine.version == 6 for mine in self.addresses)

    def packed(self, bind: str = "") -> tuple[bytes, ...]:
        """Return the addresses to announce for a door that listens on `bind`, or on all of them."""
        only = None if bind in {"", "0.0.0.0", "::"} else bind.partition("%")[0]  # noqa: S104
        return tuple(
            mine.ip.packed
            for mine in self.addresses
            if (only is None or str(mine.ip) == only)
            and not (bind == "0.0.0.0" and mine.version == 6)  # noqa: S104
        )


def interfaces() -> tuple[Interface, ...]:
    """Return the interfaces that are up and can multicast, in the system's order."""
    found = []
    for interface in QNetworkInterface.allInterfaces():
        addresses = _addresses(interface)
        if _can_multicast(interface) and addresses:
            found.append(Interface(interface.name(), interface.index(), addresses))
    return tuple(found[:MAX_LINKS])


def _can_multicast(interface: QNetworkInterface) -> bool:
    flags = interface.flags()
    up = flags & _Flag.IsUp and flags & _Flag.IsRunning and flags & _Flag.CanMulticast
    return bool(up and not flags & (_Flag.IsLoopBack | _Flag.IsPointToPoint))


def _addresses(interface: QNetworkInterface) -> tuple[IpInterface, ...]:
    found: list[IpInterface] = []
    for entry in interface.addressEntries():
        host = entry.ip().toString().partition("%")[0]
        try:
            found.append(ipaddress.ip_interface(f"{host}/{entry.prefixLength()}"))
        except ValueError:
            continue
    return tuple(found)
