"""`Recogniser`: looks whether a room nearby that says it is a known one has that room's key.

An announcement can be copied by anybody, a key cannot: it is proved in the TLS handshake, and the
connection is dropped with that, before a word of Papo. Only rooms that claim to be known are visited,
each once for the addresses that it has, and few at a time.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from app.net.doctor.knock import Knock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.protocol.messages import HostHello
    from app.security.invite import Address
    from app.session.checking import Step
    from app.support.clock import Clock

log = logging.getLogger(__name__)

AT_ONCE = 3
MOST_WAYS = 4
"""Addresses of one room that are tried."""

MOST_KEPT = 256
AGAIN_AFTER = 30.0
"""Seconds until a room that did not answer is visited again, while it is still announced."""

Ways = tuple["Address", ...]


class Recogniser(QObject):
    """Knows which key was seen where. `stop()` ends what is under way and forgets all of it.

    Signals:
        changed(): `shown_at` knows more.
    """

    changed = pyqtSignal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seen: OrderedDict[Ways, tuple[bytes, float]] = OrderedDict()
        self._wanted: dict[Ways, None] = {}
        self._visits: dict[Ways, _Visit] = {}

    def shown_at(self, ways: Ways) -> bytes:
        """Return the fingerprint that was seen at the first of these that answered; else empty."""
        return self._seen.get(ways, (b"", 0.0))[0]

    def want(self, claims: Iterable[Ways]) -> None:
        """Visit those of these that were not visited yet, and no others any longer."""
        now = self._clock.monotonic()
        wanted = dict.fromkeys(claims)
        for ways in [ways for ways in self._visits if ways not in wanted]:
            self._visits.pop(ways).stop()
        for ways in [ways for ways in self._seen if ways not in wanted]:
            # Whoever comes back to an address may be another.
            del self._seen[ways]
        self._wanted = {
            ways: None for ways in wanted if ways not in self._visits and self._is_due(ways, now)
        }
        self._go_on()

    def stop(self) -> None:
        """End what is under way, and forget what was seen."""
        self._wanted.clear()
        self._seen.clear()
        for visit in self._visits.values():
            visit.stop()
        self._visits.clear()

    def note(self, ways: Ways, fingerprint: bytes) -> None:
        """Take what a visit came to; empty where nobody answered."""
        self._visits.pop(ways, None)
        self._seen[ways] = (fingerprint, self._clock.monotonic())
        while len(self._seen) > MOST_KEPT:
            self._seen.popitem(last=False)
        self._go_on()
        if fingerprint:
            self.changed.emit()

    def _is_due(self, ways: Ways, now: float) -> bool:
        fingerprint, at = self._seen.get(ways, (b"", -AGAIN_AFTER))
        return not fingerprint and now - at >= AGAIN_AFTER

    def _go_on(self) -> None:
        while self._wanted and len(self._visits) < AT_ONCE:
            ways = next(iter(self._wanted))
            del self._wanted[ways]
            visit = self._visits[ways] = _Visit(ways, self._clock, self)
            visit.go()


class _Visit:
    """One room, at one address after the other until its key was seen."""

    def __init__(self, ways: Ways, clock: Clock, owner: Recogniser) -> None:
        self._ways = ways
        self._left = list(ways[:MOST_WAYS])
        self._clock = clock
        self._owner = owner
        self._knock: Knock | None = None

    def go(self) -> None:
        self.stop()
        self._knock = Knock(self._left.pop(0), self, self._clock, self._owner)
        self._knock.start()

    def stop(self) -> None:
        knock, self._knock = self._knock, None
        if knock is not None:
            knock.stop()
            knock.deleteLater()

    def on_resolved(self, addresses: list[str]) -> None:
        """Nothing to note: they are IP addresses."""

    def on_connected(self) -> None:
        """Nothing to note yet: anything may listen there."""

    def on_secured(self, fingerprint: bytes) -> bool:
        """That is all that was wanted."""
        self._clock.call_later(0, self.stop)
        self._owner.note(self._ways, fingerprint)
        return False

    def on_greeted(self, hello: HostHello) -> None:
        """Never: no hello is said."""

    def on_failed(self, step: Step, code: str) -> None:
        """Go to the next address, if there is one."""
        log.debug("a room nearby was not reached: %s, %s", step, code)
        if self._left:
            self._clock.call_later(0, self._go_if_wanted)
            return
        self._clock.call_later(0, self.stop)
        self._owner.note(self._ways, b"")

    def _go_if_wanted(self) -> None:
        if self._knock is not None:
            self.go()
