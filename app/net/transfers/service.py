"""`FileService`: gives every session of a run what carries its files, and keeps their folders tidy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from app.net.transfers.turns import Turns
from app.security.invite import Address
from app.session.files.transfers import Folders
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.support.folder import DataFolder
from app.support.locking import Lock
from app.support.sweeping import Sweep, Sweeper

if TYPE_CHECKING:
    from app.net.transfers.http_link import Place

log = logging.getLogger(__name__)

OUTGOING_KEPT = 7 * 24 * 3600.0
"""Seconds that a file made for sending is kept for a message that is not sent."""

_ANY = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared only


class FileService(QObject):
    """One for a run. While it lives, no other run empties the folders."""

    def __init__(self, folder: DataFolder, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._clock = clock
        self._turns = Turns(clock, self)
        self._lock = Lock(folder.in_use)
        if self._lock.is_held:
            sweeps = (Sweep(folder.viewed), Sweep(folder.outgoing, OUTGOING_KEPT))
            Sweeper(sweeps, clock).start()

    def serve(self, session: RoomSession, address: Callable[[], Address]) -> None:
        """Let the files of a session go to and from the door at `address`, as it is then."""
        # With HTTP and all: the window is there first.
        from app.net.transfers.engine import Engine  # noqa: PLC0415
        from app.net.transfers.http_link import Place as Door  # noqa: PLC0415

        def where() -> Place | None:
            fingerprint = session.sharing.fingerprint
            return Door(address(), fingerprint) if fingerprint else None

        transfers = session.transfers
        engine = Engine(transfers, where, self._turns, self._clock)
        transfers.use(engine, Folders(self._folder.downloads, self._folder.viewed))


def own_door(bind: str, port: int) -> Address:
    """Return by which address a room that is hosted here is reached from here."""
    return Address(_ANY.get(bind, bind), port)
