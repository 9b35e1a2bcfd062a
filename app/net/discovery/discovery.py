"""`Discovery`: announces rooms and looks for them, on every link that this computer has."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.net.discovery.browser import MAX_ROOMS, Browser
from app.net.discovery.dns import Service, Source, label_of
from app.net.discovery.interfaces import Interface, interfaces
from app.net.discovery.multicast import LinkSockets, MulticastLink
from app.net.discovery.responder import Responder
from app.security.invite import Address
from app.session.nearby import NearbyRoom, NearbyState

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.net.discovery.browser import Heard
    from app.net.discovery.dns import DNSIncoming
    from app.net.discovery.notice import Notice
    from app.support.clock import Clock, Timer

LOOK_AT_LINKS = 4.0
"""Seconds between two looks at the interfaces: Qt does not tell when a Wi-Fi comes or goes."""

LOOK_FOR_LINK = 1.0
"""The same while there is none at all."""

GATHERED = 0.15
"""Seconds for which changes are gathered: a flood of them makes the list no faster."""

REFUSED = 3
"""Packets in a row that the system would not send on a link, after which it counts as blocked."""

UNHEARD = 4
"""Packets sent without hearing even those themselves, after which a link counts as blocked, too."""


class Announcement:
    """One room that is announced, from `Discovery.announce` until `stop`."""

    def __init__(
        self, discovery: Discovery, notice: Notice, host_label: str, port: int, bind: str
    ) -> None:
        self._discovery = discovery
        self.notice = notice
        self._host_label = host_label
        self._port = port
        self._bind = bind
        self._number = 1

    def update(self, notice: Notice) -> None:
        """Tell what has changed; the caller does so every few seconds at most."""
        if notice != self.notice:
            self.notice = notice
            self._discovery.refresh(self)

    def stop(self) -> None:
        """Say good-bye on every link; harmless when it was said."""
        self._discovery.withdraw(self)

    def service_on(self, interface: Interface) -> Service | None:
        """Return what is announced on a link; None where the room cannot be reached by it."""
        addresses = interface.packed(self._bind)
        if not addresses:
            return None
        label = label_of(self.notice.name, self._number)
        return Service(label, self._host_label, self._port, self.notice.txt(), addresses)

    def take_next_name(self) -> None:
        """Be called Lab (2) where somebody else's room is Lab."""
        self._number += 1


@dataclass
class _Link:
    sockets: LinkSockets
    browser: Browser
    responders: dict[Announcement, Responder] = field(default_factory=dict)
    relay: _Relay | None = None


def _open(interface: Interface, clock: Clock, parent: QObject) -> LinkSockets:
    return MulticastLink(interface, clock, parent)


class Discovery(QObject):
    """All that a process announces and hears. Has sockets only while it does either.

    Signals:
        changed(): `rooms` or `state` may be others; at most a few times a second.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        clock: Clock,
        parent: QObject | None = None,
        *,
        find: Callable[[], tuple[Interface, ...]] = interfaces,
        open_link: Callable[[Interface, Clock, QObject], LinkSockets] = _open,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._find = find
        self._open_link = open_link
        self._links: dict[int, _Link] = {}
        self._announced: list[Announcement] = []
        self._looks = False
        self._watch: Timer | None = None
        self._telling: Timer | None = None
        self._told = NearbyState.OFF

    # --- announcing -----------------------------------------------------------------------------

    def announce(self, notice: Notice, host_label: str, port: int, bind: str = "") -> Announcement:
        """Make a room known; `host_label` is a name for this computer that nobody else has."""
        announcement = Announcement(self, notice, host_label, port, bind)
        self._announced.append(announcement)
        self._follow_links()
        return announcement

    def refresh(self, announcement: Announcement) -> None:
        """Tell what has changed in an announcement (`Announcement.update` calls this)."""
        for link in self._links.values():
            responder = link.responders.get(announcement)
            service = announcement.service_on(link.sockets.interface)
            if responder is not None and service is not None:
                responder.update(service)

    def withdraw(self, announcement: Announcement) -> None:
        """Say good-bye for a room (`Announcement.stop` calls this)."""
        if announcement not in self._announced:
            return
        self._announced.remove(announcement)
        for link in self._links.values():
            responder = link.responders.pop(announcement, None)
            if responder is not None:
                responder.stop()
        self._follow_links()

    # --- looking --------------------------------------------------------------------------------

    @property
    def state(self) -> NearbyState:
        """How looking goes."""
        if not self._looks:
            return NearbyState.OFF
        if not self._links:
            return NearbyState.NO_NETWORK
        if all(_is_blocked(link.sockets) for link in self._links.values()):
            return NearbyState.BLOCKED
        return NearbyState.LOOKING

    @property
    def rooms(self) -> tuple[NearbyRoom, ...]:
        """The rooms of others that are announced now, by name."""
        own = {one.notice.mark for one in self._announced}
        found: dict[tuple[str, bytes], tuple[Heard, list[Address]]] = {}
        for link in self._links.values():
            for heard in link.browser.rooms():
                if heard.notice.mark in own:
                    continue
                key = (heard.instance.lower(), heard.notice.mark)
                addresses = _addresses(heard, link.sockets.interface.name)
                found.setdefault(key, (heard, []))[1].extend(addresses)
        rooms = [
            NearbyRoom(
                key=f"{key[0]}/{key[1].hex()}",
                name=heard.notice.name,
                host=heard.notice.host,
                computer=heard.notice.computer,
                members=heard.notice.members,
                locked=heard.notice.locked,
                mark=heard.notice.mark,
                addresses=tuple(sorted(dict.fromkeys(addresses), key=_order)),
            )
            for key, (heard, addresses) in found.items()
        ]
        return tuple(sorted(rooms, key=lambda room: (room.name.casefold(), room.key)))[:MAX_ROOMS]

    def look(self, wanted: bool) -> None:
        """Begin to look for rooms, or stop and forget them."""
        if wanted == self._looks:
            return
        self._looks = wanted
        for link in self._links.values():
            if wanted:
                link.browser.start()
            else:
                link.browser.stop()
        self._follow_links()
        self._tell()

    def look_again(self) -> None:
        """Ask anew on every link, at once."""
        if self._looks:
            self._follow_links()
            for link in self._links.values():
                link.browser.start()

    # --- links ----------------------------------------------------------------------------------

    def _follow_links(self) -> None:
        """Have sockets on the interfaces that there are now, as long as anything is to do."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        busy = self._looks or bool(self._announced)
        there = {one.index: one for one in self._find()} if busy else {}
        for index in list(self._links):
            if not self._fits(self._links[index].sockets, there.get(index)):
                self._close(index)
        for index, interface in there.items():
            link = self._links.get(index)
            if link is None:
                link = self._links[index] = self._new_link(interface)
            elif link.sockets.follow(interface) and self._looks:
                link.browser.start()
            self._serve(link)
        if busy:
            wait = LOOK_AT_LINKS if self._links else LOOK_FOR_LINK
            self._watch = self._clock.call_later(wait, self._follow_links)
        if self.state is not self._told:
            self._tell()

    def _fits(self, sockets: LinkSockets, interface: Interface | None) -> bool:
        """Whether a link can go on for the interface as it is now."""
        return (
            interface is not None and sockets.is_open and sockets.interface.name == interface.name
        )

    def _new_link(self, interface: Interface) -> _Link:
        sockets = self._open_link(interface, self._clock, self)

        def on_link(raw: bytes) -> bool:
            return sockets.interface.has(raw)

        browser = Browser(self._clock, sockets, self._tell, on_link)
        link = _Link(sockets, browser)
        link.relay = _Relay(link, self)
        sockets.heard.connect(link.relay.on_heard)
        if self._looks:
            browser.start()
        return link

    def _serve(self, link: _Link) -> None:
        """Announce on a link what is announced, with the addresses that it has now."""
        for announcement in self._announced:
            service = announcement.service_on(link.sockets.interface)
            responder = link.responders.get(announcement)
            if service is None:
                if responder is not None:
                    link.responders.pop(announcement).stop()
            elif responder is not None:
                responder.update(service)
            else:
                conflicted = _Conflict(self._rename, announcement)
                link.responders[announcement] = Responder(
                    service, self._clock, link.sockets, conflicted
                )

    def _rename(self, announcement: Announcement) -> None:
        announcement.take_next_name()
        for link in self._links.values():
            service = announcement.service_on(link.sockets.interface)
            responder = link.responders.get(announcement)
            if service is not None and responder is not None:
                responder.rename(service)

    def _close(self, index: int) -> None:
        link = self._links.pop(index)
        for responder in link.responders.values():
            responder.stop()
        had_rooms = bool(link.browser.rooms())
        link.browser.stop()
        link.sockets.close()
        link.sockets.deleteLater()
        if link.relay is not None:
            link.relay.deleteLater()
        if had_rooms:
            self._tell()

    # --- telling --------------------------------------------------------------------------------

    def _tell(self) -> None:
        if self._telling is None:
            self._telling = self._clock.call_later(GATHERED, self._on_gathered)

    def _on_gathered(self) -> None:
        self._telling = None
        self._told = self.state
        self.changed.emit()


@dataclass(frozen=True)
class _Conflict:
    """Tells whose name is somebody else's."""

    rename: Callable[[Announcement], None]
    announcement: Announcement

    def __call__(self) -> None:
        self.rename(self.announcement)


class _Relay(QObject):
    """Takes what one link hears to its browser and its responders."""

    def __init__(self, link: _Link, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link

    @pyqtSlot(object, Source)
    def on_heard(self, packet: DNSIncoming, source: Source) -> None:
        self._link.browser.receive(packet, source)
        for responder in list(self._link.responders.values()):
            responder.receive(packet, source)


def _is_blocked(link: LinkSockets) -> bool:
    return not link.is_open or link.refused >= REFUSED or link.unheard >= UNHEARD


def _addresses(heard: Heard, interface: str) -> list[Address]:
    found = []
    for raw in heard.addresses:
        ip = ipaddress.ip_address(raw)
        zone = f"%{interface}" if ip.version == 6 and ip.is_link_local else ""
        found.append(Address(f"{ip}{zone}", heard.port))
    return found


def _order(address: Address) -> tuple[bool, bool, str]:
    return (":" in address.host, "%" in address.host, address.host)
