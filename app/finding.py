"""`Finding`: lets the window show the rooms nearby while it wants to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSlot

from app.session.nearby import NearbyState, compared

if TYPE_CHECKING:
    from app.lobby import Lobby
    from app.net.discovery.discovery import Discovery
    from app.net.recognising import Recogniser
    from app.ui.start.nearby_rooms import NearbyRooms

BEGIN_MS = 250
"""Milliseconds that the window has first: what looks for rooms takes a moment to be loaded."""


class Finding(QObject):
    """Looks for rooms while a page shows them, and compares them with those that are known.

    A room that says it is a known one is shown as such once it was seen to have its key.
    """

    def __init__(self, lobby: Lobby, nearby: NearbyRooms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lobby = lobby
        self._nearby = nearby
        self._discovery: Discovery | None = None
        self._recogniser: Recogniser | None = None
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(BEGIN_MS)
        self._begin.timeout.connect(self._on_begin)
        nearby.wanted.connect(self._on_wanted)
        nearby.look_again_requested.connect(self._on_look_again)
        if nearby.is_wanted:
            self._begin.start()

    @pyqtSlot(bool)
    def _on_wanted(self, wanted: bool) -> None:
        if wanted and self._discovery is None:
            self._begin.start()
        elif wanted:
            self._on_begin()
        else:
            self._begin.stop()
            if self._discovery is not None and self._recogniser is not None:
                self._discovery.look(False)
                self._recogniser.stop()

    @pyqtSlot()
    def _on_begin(self) -> None:
        if self._discovery is None:
            self._discovery = self._lobby.discovery
            self._discovery.changed.connect(self._on_changed)
            self._recogniser = self._lobby.make_recogniser(self)
            self._recogniser.changed.connect(self._on_changed)
        self._discovery.look(True)
        self._on_changed()

    @pyqtSlot()
    def _on_look_again(self) -> None:
        if self._discovery is not None:
            self._discovery.look_again()

    @pyqtSlot()
    def _on_changed(self) -> None:
        discovery, recogniser = self._discovery, self._recogniser
        if discovery is None or recogniser is None or discovery.state is NearbyState.OFF:
            # Nobody sees it; what was found last stands there until the next look.
            return
        known = self._lobby.identity.known_rooms
        own = {hosted.host.key.fingerprint for hosted in self._lobby.hosted}
        offers = [
            compared(room, known, recogniser.shown_at(room.addresses))
            for room in discovery.rooms
            if not any(room.mark and one.startswith(room.mark) for one in own)
        ]
        recogniser.want(offer.ways for offer in offers if offer.expected)
        self._nearby.show(discovery.state, offers)
