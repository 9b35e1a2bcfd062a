"""Every address of this computer that others may join by, best first.

The interfaces are asked, never a far server: this must work without the internet.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from PyQt6.QtNetwork import QHostInfo, QNetworkInterface

_Type = QNetworkInterface.InterfaceType
_Flag = QNetworkInterface.InterfaceFlag

_VPN_NAMES = ("tun", "tap", "wg", "ppp", "utun", "ipsec", "tailscale", "zt", "nordlynx")
_VIRTUAL_NAMES = ("docker", "br-", "veth", "virbr", "vboxnet", "vmnet", "vethernet", "lxc", "lxd")

_RANK = {"ethernet": 0, "wifi": 0, "other": 1, "name": 3, "vpn": 4, "virtual": 5}


@dataclass(frozen=True)
class LocalAddress:
    """One address of one interface. `kind` is wifi, ethernet, vpn, virtual, name or other."""

    host: str
    kind: str
    interface: str = ""


def local_addresses() -> tuple[LocalAddress, ...]:
    """Return the addresses that others on the network may reach this computer by, best first.

    Loopback and link-local addresses are left out, unless there is nothing else.
    """
    found = [
        LocalAddress(entry.ip().toString(), kind_of(interface), interface.humanReadableName())
        for interface in QNetworkInterface.allInterfaces()
        if _is_usable(interface)
        for entry in interface.addressEntries()
        if _is_shareable(entry.ip().toString())
    ]
    name = computer_name()
    if found and name:
        found.append(LocalAddress(f"{name}.local", "name"))
    ranked = rank(found)
    return ranked or (LocalAddress("127.0.0.1", "other"),)


def computer_name() -> str:
    """Return what this computer calls itself, or an empty text where that tells nothing."""
    name = QHostInfo.localHostName()
    return "" if "." in name or name == "localhost" else name


def rank(addresses: list[LocalAddress]) -> tuple[LocalAddress, ...]:
    """Return the addresses, those that most probably work for others first."""
    return tuple(sorted(addresses, key=_order))


def _is_usable(interface: QNetworkInterface) -> bool:
    flags = interface.flags()
    return bool(flags & _Flag.IsUp and flags & _Flag.IsRunning and not flags & _Flag.IsLoopBack)


def _is_shareable(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def kind_of(interface: QNetworkInterface) -> str:
    """Return what kind of way an interface is, as in `LocalAddress`."""
    name = interface.name().lower()
    if name.startswith(_VPN_NAMES) or interface.type() is _Type.Ppp:
        return "vpn"
    if name.startswith(_VIRTUAL_NAMES) or interface.type() is _Type.Virtual:
        return "virtual"
    if interface.type() is _Type.Wifi:
        return "wifi"
    return "ethernet" if interface.type() is _Type.Ethernet else "other"


def _order(address: LocalAddress) -> tuple[int, int, str]:
    # People read an address aloud: a private IPv4 one is the shortest and the likeliest to work.
    if address.kind == "name":
        return (_RANK["name"], 0, address.host)
    ip = ipaddress.ip_address(address.host)
    family = 0 if ip.version == 4 and ip.is_private else 1 if ip.version == 4 else 2
    return (_RANK[address.kind] + (1 if ip.version == 6 else 0), family, address.host)
