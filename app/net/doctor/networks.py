"""Which networks this computer is in, to tell a near address from a far one."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PyQt6.QtNetwork import QNetworkInterface

from app.net.addresses import LocalAddress, kind_of, local_addresses

_Flag = QNetworkInterface.InterfaceFlag


@dataclass(frozen=True)
class OwnNetwork:
    """One address of ours with its network: `prefix` in bits, `kind` as in `LocalAddress`."""

    host: str
    prefix: int
    kind: str
    interface: str = ""

    def holds(self, host: str) -> bool:
        """Tell whether an IP address lies in this network."""
        try:
            network = ipaddress.ip_network(f"{_plain(self.host)}/{self.prefix}", strict=False)
            return ipaddress.ip_address(_plain(host)) in network
        except ValueError:
            return False


@dataclass(frozen=True)
class Surroundings:
    """What the doctor knows of this computer: its networks, and its addresses, the best first."""

    networks: tuple[OwnNetwork, ...]
    addresses: tuple[LocalAddress, ...]


Surveyor = Callable[[], Surroundings]


class Where(StrEnum):
    """How far an address is."""

    HERE = "here"
    """It is one of this computer's own."""
    NEAR = "near"
    """In a network that this computer is in."""
    FAR = "far"
    """In a private network that this computer is not in."""
    OUTSIDE = "outside"
    """In the internet, or a name whose address is not known."""


def survey() -> Surroundings:
    """Look at the interfaces of this computer as they are now."""
    networks = [
        OwnNetwork(
            entry.ip().toString(),
            entry.prefixLength(),
            kind_of(interface),
            interface.humanReadableName(),
        )
        for interface in QNetworkInterface.allInterfaces()
        if interface.flags() & _Flag.IsUp and not interface.flags() & _Flag.IsLoopBack
        for entry in interface.addressEntries()
    ]
    return Surroundings(tuple(networks), local_addresses())


def where(host: str, surroundings: Surroundings) -> Where:
    """Tell how far a host is, by its IP address."""
    try:
        address = ipaddress.ip_address(_plain(host))
    except ValueError:
        return Where.OUTSIDE
    if address.is_loopback or any(
        _plain(one.host) == str(address) for one in surroundings.networks
    ):
        return Where.HERE
    if any(one.holds(host) for one in surroundings.networks):
        return Where.NEAR
    return Where.FAR if address.is_private or address.is_link_local else Where.OUTSIDE


def _plain(host: str) -> str:
    return host.partition("%")[0]
