"""A network in memory: what one computer multicasts, all others on the link hear, as far as it goes."""

from __future__ import annotations

import ipaddress
import random
from functools import partial
from typing import TYPE_CHECKING

from app.net.discovery import dns
from app.net.discovery.dns import Source
from app.net.discovery.interfaces import Interface
from app.net.discovery.multicast import LinkSockets

if TYPE_CHECKING:
    from PyQt6.QtCore import QObject

    from app.net.discovery.dns import DNSIncoming
    from app.support.clock import Clock
    from tests.helpers.clock import ManualClock

FLIGHT = 0.001


def interface(*addresses: str, name: str = "eth0", index: int = 2) -> Interface:
    return Interface(name, index, tuple(ipaddress.ip_interface(one) for one in addresses))


class Lan:
    """One link. `loss` is the part of all deliveries that never arrives; some come twice."""

    def __init__(self, clock: ManualClock, *, loss: float = 0.0, seed: int = 0) -> None:
        self.clock = clock
        self.loss = loss
        self.chance = random.Random(seed)
        self.ports: list[Port] = []
        self.packets: list[tuple[str, bytes]] = []
        """All that was sent, with who sent it."""

    def open(self, at: Interface, _clock: Clock, parent: QObject) -> Port:
        """Plug a computer in; for `Discovery(open_link=…)`."""
        return Port(self, at, parent)

    def inject(self, packet: bytes, source: Source) -> None:
        """Let everybody hear a packet that nobody here sent."""
        for port in list(self.ports):
            port.take(packet, source)

    def spread(self, sender: Port, packet: bytes, to: Source | None) -> None:
        self.packets.append((sender.source.host, packet))
        for port in self.ports:
            if to is not None and port.source.host != to.host:
                continue
            copies = 2 if self.chance.random() < self.loss / 4 else 1
            for _ in range(copies):
                # One's own packets always come back: they never touch the network.
                if port is sender or self.chance.random() >= self.loss:
                    delay = FLIGHT * self.chance.uniform(1, 9)
                    self.clock.call_later(delay, partial(port.take, packet, sender.source))


class Port(LinkSockets):
    """Where one computer is plugged in."""

    def __init__(self, lan: Lan, at: Interface, parent: QObject | None = None) -> None:
        super().__init__(at, parent)
        self._lan = lan
        self.source = Source(str(at.addresses[0].ip), dns.PORT)
        self.plugged = True
        lan.ports.append(self)

    @property
    def is_open(self) -> bool:
        return self.plugged

    def send(self, packet: bytes, to: Source | None = None) -> None:
        if self.plugged:
            self._lan.spread(self, packet, to)

    def follow(self, interface: Interface) -> bool:
        self.interface = interface
        return False

    def close(self) -> None:
        self.plugged = False
        self._lan.ports.remove(self)

    def take(self, packet: bytes, source: Source) -> None:
        read = dns.read(packet, self._lan.clock.monotonic())
        if self.plugged and read is not None:
            self.heard.emit(read, source)


class Ear:
    """An outlet that remembers what is said."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.said: list[tuple[float, DNSIncoming, Source | None]] = []

    def send(self, packet: bytes, to: Source | None = None) -> None:
        read = dns.read(packet, self._clock.monotonic())
        assert read is not None
        self.said.append((self._clock.monotonic(), read, to))

    def take(self) -> list[DNSIncoming]:
        """Return what was said since the last time."""
        said, self.said = [packet for _, packet, _ in self.said], []
        return said
