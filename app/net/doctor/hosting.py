"""Why others may not get in to a room on this computer: networks, port, firewalls, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.net.doctor.knock import Knock
from app.net.doctor.networks import Surroundings, Surveyor, survey
from app.security.invite import Address
from app.session.checking import Check, Step, Verdict
from app.session.connection import Problem
from app.system.firewalls import Firewall, FirewallLook, Stand
from app.system.programs import Programs, SystemPrograms

if TYPE_CHECKING:
    from PyQt6.QtCore import QObject

    from app.net.addresses import LocalAddress
    from app.protocol.messages import HostHello
    from app.support.clock import Clock

MOST_ADDRESSES = 8
"""Addresses that are looked at: a laptop with Wi-Fi, cable, VPN and containers has fewer."""

_RARE = {"vpn", "virtual"}
_VERDICTS = {
    Stand.OPEN: Verdict.GOOD,
    Stand.OFF: Verdict.GOOD,
    Stand.SHUT: Verdict.BAD,
    Stand.UNREADABLE: Verdict.DOUBTFUL,
}


@dataclass(frozen=True)
class OwnDoor:
    """The port to look at. `fingerprint` is that of the room hosted there, empty where none is known.

    `bind`: the address that alone is listened on; empty for all.
    """

    port: int
    fingerprint: bytes = b""
    bind: str = ""


class HostCheck(Check):
    """Looks at this computer as one that hosts.

    Without a room at the port it says so, and looks at all the rest.
    """

    def __init__(
        self,
        door: OwnDoor,
        clock: Clock,
        *,
        surveyor: Surveyor = survey,
        programs: Programs | None = None,
        look: FirewallLook | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._clock = clock
        self._surveyor = surveyor
        self._look = look or FirewallLook(programs or SystemPrograms(self))
        self._surroundings = Surroundings((), ())
        self._left: list[Address] = []
        self._listens = False
        self._asked_here = False
        self._fingerprint = b""
        self._knock: Knock | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin with what is known at once."""
        self._clock.call_later(0, self._begin)

    def stop(self) -> None:
        """End it, and tell nothing more."""
        self._stopped = True
        self._drop()
        self._look.stop()

    def _begin(self) -> None:
        if self._stopped:
            return
        self._surroundings = self._surveyor()
        self._tell_networks()
        self._tell_addresses()
        here = self._door.bind or "127.0.0.1"
        self._go(Address("127.0.0.1" if here in {"0.0.0.0", "::"} else here, self._door.port))  # noqa: S104 - compared only

    # --- what is known at once ------------------------------------------------------------------

    def _tell_networks(self) -> None:
        real = _real(self._surroundings)
        interfaces = list(dict.fromkeys(one.interface for one in real))
        if not real:
            networks = self._surroundings.networks
            routed = [one for one in networks if not one.host.startswith(("169.254.", "fe80:"))]
            code = "only-link-local" if networks and not routed else "no-network"
            self.tell(Step.NETWORK, Verdict.BAD if not networks else Verdict.DOUBTFUL, code)
        elif len(interfaces) > 1:
            self.tell(
                Step.NETWORK, Verdict.HINT, "several-networks", interfaces=", ".join(interfaces)
            )
        else:
            self.tell(Step.NETWORK, Verdict.GOOD, "one-network", interfaces=interfaces[0])

    def _tell_addresses(self) -> None:
        for place, one in enumerate(self._shown()):
            text = str(Address(one.host, self._door.port))
            kind = "ipv6" if ":" in one.host and one.kind not in _RARE else one.kind
            best = place == 0 and one.kind not in _RARE
            self.tell(
                Step.ADDRESS,
                Verdict.GOOD if best else Verdict.HINT,
                kind,
                address=text,
                interface=one.interface,
                rank=str(place + 1),
            )

    def _shown(self) -> tuple[LocalAddress, ...]:
        bind = self._door.bind
        if bind and bind not in {"0.0.0.0", "::"}:  # noqa: S104 - compared only
            return tuple(one for one in self._surroundings.addresses if one.host == bind)
        return self._surroundings.addresses[:MOST_ADDRESSES]

    # --- the port, here and at each address -----------------------------------------------------

    def _go(self, address: Address) -> None:
        self._drop()
        self._knock = Knock(address, self, self._clock, self)
        self._knock.start()

    def _drop(self) -> None:
        knock, self._knock = self._knock, None
        if knock is not None:
            knock.stop()
            knock.deleteLater()

    def on_resolved(self, addresses: list[str]) -> None:
        """Nothing to say: these are addresses of our own."""

    def on_connected(self) -> None:
        """Nothing to say yet: any program may listen there."""

    def on_secured(self, fingerprint: bytes) -> bool:
        """A room answers: whose, and no need to say anything to it."""
        if self._asked_here:
            expected = self._fingerprint
            self._tell_reach("answers" if fingerprint == expected else "another-room")
        else:
            self._fingerprint = fingerprint
            mine = self._door.fingerprint in {b"", fingerprint}
            port = str(self._door.port)
            if mine:
                self._listens = True
                self.tell(Step.LISTEN, Verdict.GOOD, "room", port=port)
            else:
                self.tell(Step.LISTEN, Verdict.BAD, "another-room", port=port)
        self._clock.call_later(0, self._next)
        return False

    def on_greeted(self, hello: HostHello) -> None:
        """Never: no hello is said."""

    def on_failed(self, step: Step, code: str) -> None:
        """Note that no room answers there."""
        if self._asked_here:
            self._tell_reach(code)
        elif step is Step.CONNECT and code == Problem.REFUSED and not self._door.fingerprint:
            self.tell(Step.LISTEN, Verdict.HINT, "nothing-open", port=str(self._door.port))
        elif step is Step.CONNECT:
            self.tell(Step.LISTEN, Verdict.BAD, "closed", port=str(self._door.port))
        else:
            self.tell(Step.LISTEN, Verdict.BAD, "other-program", port=str(self._door.port))
        self._clock.call_later(0, self._next)

    def _tell_reach(self, code: str) -> None:
        assert self._knock is not None
        good = code == "answers"
        self.tell(
            Step.REACH,
            Verdict.GOOD if good else Verdict.DOUBTFUL,
            code if good or code == "another-room" else "no-answer",
            address=str(self._knock.address),
        )

    def _next(self) -> None:
        if self._stopped:
            return
        if not self._asked_here:
            self._asked_here = True
            if self._listens:
                self._left = [
                    Address(one.host, self._door.port)
                    for one in self._shown()
                    if one.kind != "name" and one.host != "127.0.0.1"
                ]
                if self._door.bind in {"127.0.0.1", "::1", "localhost"}:
                    self.tell(Step.REACH, Verdict.BAD, "only-here", address=self._door.bind)
        if self._left:
            self._go(self._left.pop(0))
            return
        self._drop()
        self._look.begin(self._door.port, self._on_firewalls)

    # --- what may be in between -----------------------------------------------------------------

    def _on_firewalls(self, firewalls: list[Firewall]) -> None:
        for one in firewalls:
            self.tell(
                Step.FIREWALL,
                _VERDICTS[one.stand],
                f"{one.name}-{one.stand.value}" if one.name in {"macos", "windows"} else one.stand,
                name=one.name,
                command=one.allow,
                port=str(self._door.port),
            )
        if not firewalls:
            self.tell(Step.FIREWALL, Verdict.HINT, "none-found", port=str(self._door.port))
        self._tell_ways()
        self.finished.emit()

    def _tell_ways(self) -> None:
        networks = self._surroundings.networks
        vpn = list(dict.fromkeys(one.interface for one in networks if one.kind == "vpn"))
        if vpn:
            self.tell(Step.VPN, Verdict.DOUBTFUL, "on", interfaces=", ".join(vpn))
        else:
            self.tell(Step.VPN, Verdict.GOOD, "off")
        wifi = any(one.kind == "wifi" for one in networks)
        self.tell(Step.ISOLATION, Verdict.HINT, "wifi" if wifi else "unknown")


def _real(surroundings: Surroundings) -> list[LocalAddress]:
    """Return the addresses in networks that others may be in."""
    return [
        one
        for one in surroundings.addresses
        if one.kind not in {*_RARE, "name"} and not one.host.startswith("127.")
    ]
