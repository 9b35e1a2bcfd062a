"""`Announcing`: keeps what the network is told of a room hosted here as the room is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSlot

from app.net.addresses import computer_name
from app.net.discovery.notice import MARK_BYTES, Notice
from app.session.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.net.discovery.discovery import Announcement, Discovery
    from app.net.host import Host
    from app.support.clock import Clock, Timer

FIRST = 0.5
"""Seconds until the first look: the host's own window comes in right after the door is open."""

EVERY = 3.0
"""Seconds between two looks at the room: who comes and goes meanwhile is told as one change."""


class Announcing(QObject):
    """Announces one hosted room while its `listing` says so. Its parent is the hosted room.

    `discovery` gives what announces, when it is needed first: it takes a moment to be loaded.
    """

    def __init__(
        self,
        host: Host,
        discovery: Callable[[], Discovery],
        clock: Clock,
        *,
        nickname: str,
        bind: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._host = host
        self._nickname = nickname
        self._bind = bind
        self._discovery = discovery
        self._clock = clock
        self._announcement: Announcement | None = None
        self._timer: Timer | None = None
        self.listing = Listing(host.room.settings.name, self)
        self.listing.changed.connect(self._on_listing_changed)

    @pyqtSlot(object)
    def _on_listing_changed(self, listing: Listing) -> None:
        if listing.listed:
            self._start()
        else:
            self.stop()

    def _start(self) -> None:
        if self._announcement is None:
            fingerprint = self._host.key.fingerprint
            self._announcement = self._discovery().announce(
                self._notice(), f"papo-{fingerprint.hex()[:16]}", self._host.port, self._bind
            )
            self._timer = self._clock.call_later(FIRST, self._look)

    def stop(self) -> None:
        """Say good-bye to them; harmless where nothing is announced."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._announcement is not None:
            self._announcement.stop()
            self._announcement = None

    def _look(self) -> None:
        if self._announcement is not None:
            self._timer = self._clock.call_later(EVERY, self._look)
            self._announcement.update(self._notice())

    def _notice(self) -> Notice:
        room = self._host.room
        host = next((one.nick for one in room.members if one.role == "host"), self._nickname)
        return Notice(
            name=room.settings.name,
            host=host,
            computer=computer_name(),
            members=len(room.members),
            locked=room.entrance.asks,
            mark=self._host.key.fingerprint[:MARK_BYTES],
        )
