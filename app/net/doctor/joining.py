"""The way to somebody else's room, step by step: name, connection, TLS, trust, version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.net.doctor.knock import Knock
from app.net.doctor.networks import Surveyor, Where, survey, where
from app.protocol.errors import Refusal
from app.protocol.version import NEWEST, OLDEST
from app.security.invite import Address, Invite
from app.security.trust import KnownRooms, Trust
from app.session.checking import Check, Step, Verdict
from app.session.connection import Problem

if TYPE_CHECKING:
    from PyQt6.QtCore import QObject

    from app.protocol.messages import HostHello
    from app.support.clock import Clock


class JoinCheck(Check):
    """Tries the addresses of a target in turn, until a room answers at one.

    Joining does as much, and does not wait so long for each. What fails at an address that is not the
    last one is doubtful, not bad: the next one may do.
    """

    def __init__(
        self,
        target: Address | Invite,
        known: KnownRooms,
        clock: Clock,
        *,
        surveyor: Surveyor = survey,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._addresses = target.addresses if isinstance(target, Invite) else (target,)
        self._pin = target.fingerprint if isinstance(target, Invite) else None
        self._known = known
        self._clock = clock
        self._surveyor = surveyor
        self._at = 0
        self._ips: list[str] = []
        self._knock: Knock | None = None

    def start(self) -> None:
        """Go to the first address."""
        self._at = 0
        self._go()

    def stop(self) -> None:
        """End it, and tell nothing more."""
        self._at = len(self._addresses)
        self._drop()

    @property
    def _address(self) -> Address:
        return self._addresses[self._at]

    def _go(self) -> None:
        self._drop()
        self._ips = []
        self._knock = Knock(self._address, self, self._clock, self)
        self._knock.start()

    def _drop(self) -> None:
        knock, self._knock = self._knock, None
        if knock is not None:
            knock.stop()
            knock.deleteLater()

    def _end(self) -> None:
        self._drop()
        self.finished.emit()

    # --- the knock's visitor --------------------------------------------------------------------

    def on_resolved(self, addresses: list[str]) -> None:
        """Note what a name stands for."""
        self._ips = addresses
        if self._address.host in addresses:
            self.tell(Step.RESOLVE, Verdict.GOOD, "ip", address=self._address.host)
        else:
            shown = ", ".join(addresses[:4])
            self.tell(Step.RESOLVE, Verdict.GOOD, "found", name=self._address.host, address=shown)

    def on_connected(self) -> None:
        """Note that somebody listens there."""
        self.tell(Step.CONNECT, Verdict.GOOD, "connected", address=str(self._address))

    def on_secured(self, fingerprint: bytes) -> bool:
        """Compare the host before anything is said."""
        self.tell(Step.TLS, Verdict.GOOD, "room", address=str(self._address))
        if self._pin is not None:
            if fingerprint == self._pin:
                self.tell(Step.TRUST, Verdict.GOOD, "invited")
                return True
            last = self._at + 1 >= len(self._addresses)
            verdict = Verdict.BAD if last else Verdict.DOUBTFUL
            self.tell(Step.TRUST, verdict, "not-the-invited", address=str(self._address))
            self._clock.call_later(0, self._end if last else self._go_on)
            return False
        trust = self._known.check(self._address, fingerprint)
        if trust is Trust.CHANGED:
            self.tell(Step.TRUST, Verdict.BAD, "changed", address=str(self._address))
            self._clock.call_later(0, self._end)
            return False
        if trust is Trust.KNOWN:
            self.tell(Step.TRUST, Verdict.GOOD, "known")
        else:
            self.tell(Step.TRUST, Verdict.HINT, "new")
        return True

    def on_greeted(self, hello: HostHello) -> None:
        """Compare the versions; whether there is a password is worth knowing, too."""
        if hello.version > NEWEST:
            self.tell(Step.VERSION, Verdict.BAD, Refusal.PEER_TOO_OLD)
        elif hello.version < OLDEST:
            self.tell(Step.VERSION, Verdict.BAD, Refusal.PEER_TOO_NEW)
        else:
            code = "fits-password" if hello.password else "fits"
            self.tell(Step.VERSION, Verdict.GOOD, code, version=str(hello.version))
        self._end()

    def on_failed(self, step: Step, code: str) -> None:
        """Say why, and go on with the next address, if there is one."""
        last = self._at + 1 >= len(self._addresses)
        about = {"address": str(self._address), "name": self._address.host}
        about["port"] = str(self._address.port)
        self.tell(step, Verdict.BAD if last else Verdict.DOUBTFUL, self._closer(code), **about)
        if last:
            self._end()
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self._at + 1 < len(self._addresses):
            self._at += 1
            self._go()

    def _closer(self, code: str) -> str:
        """Return a code that says more, where this computer's own networks do."""
        if code == Problem.NO_SUCH_HOST and self._address.host.endswith(".local"):
            return "no-such-local-name"
        if code not in {Problem.NO_ANSWER, Problem.UNREACHABLE}:
            return code
        surroundings = self._surveyor()
        if not surroundings.networks:
            return "no-network"
        place = where(self._ips[0] if self._ips else self._address.host, surroundings)
        return f"{code}-{place.value}" if place in {Where.NEAR, Where.FAR} else code
