"""`HttpServer`: the connections that speak HTTP, and whose turn it is to be given some time.

All of them together get no more than TURN_BUDGET of each turn of the event loop, a slice of a file at a
time and in turn, so that neither messages nor each other's files wait for them.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

import h11
from PyQt6.QtCore import QObject, QTimer, pyqtSlot

from app.net import limits
from app.net.door import Caller, Door
from app.net.http.requests import Answer
from app.net.http.thumbnails import Thumbnailer
from app.net.http.visit import HttpVisit
from app.net.link import HandOver
from app.net.web.front import Front, Upgrade
from app.room.files.store import StoredFile
from app.room.room import Room
from app.security.certificate import RoomKey
from app.support.clock import Clock


class HttpHost(Protocol):
    """What the server needs of its host."""

    room: Room
    key: RoomKey
    clock: Clock

    def browse(self, caller: Caller, connection: HandOver) -> None:
        """Take over a connection that is a browser guest's link from now on."""

    def save(self) -> None:
        """Put on the disk at once what the room has noted."""


class HttpServer(QObject):
    """Owns the connections, from the end of their TLS handshake on."""

    def __init__(self, host: HttpHost, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._door = door
        self._front = Front(host)
        self._visits: set[HttpVisit] = set()
        self._sending: dict[bytes, HttpVisit] = {}
        self._ready: deque[HttpVisit] = deque()
        store = host.room.files.store if host.room.files is not None else None
        self._thumbnailer = None if store is None else Thumbnailer(host.clock, store, self)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._on_turn)

    def take(self, caller: Caller, connection: HandOver) -> None:
        """Serve a connection that does not speak Papo."""
        visit = HttpVisit(caller, connection, self)
        self._visits.add(visit)
        visit.start(connection.said)

    def sweep(self) -> None:
        """Hang up on who is too slow, or may not go on; called about once a second."""
        for visit in list(self._visits):
            visit.look()

    def push_out(self, caller: Caller) -> None:
        """Hang up on a connection that has to give way."""
        for visit in [v for v in self._visits if v.caller is caller]:
            visit.end()

    def stop(self) -> None:
        """Hang up on everybody."""
        self._turn.stop()
        self._ready.clear()
        if self._thumbnailer is not None:
            self._thumbnailer.close()
        for visit in list(self._visits):
            visit.end()

    # --- for the connections ----------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """The room whose files are served."""
        return self._host.room

    @property
    def clock(self) -> Clock:
        """What tells the time."""
        return self._host.clock

    def now(self) -> int:
        """Return Unix milliseconds."""
        return int(self.clock.now() * 1000)

    def save(self) -> None:
        """Put on the disk at once what the room has noted."""
        self._host.save()

    def front(self, request: h11.Request, *, secure: bool) -> Answer | Upgrade | None:
        """Return what is answered to a request that is not about files; None: it is."""
        return self._front.answer(request, secure=secure)

    def show(self, visit: HttpVisit, answer: Answer) -> None:
        """Note what a browser is shown: served the guest page, it does not give way to the next one.

        It is heard no longer than others, and hung up on after HTTP_DEADLINE without a request.
        """
        if answer.body is None or visit.is_paged:
            return
        paged = [other.caller.address for other in self._visits if other.is_paged]
        here = paged.count(visit.caller.address)
        if here < limits.PAGE_CONNECTIONS and len(paged) < limits.PAGE_CONNECTIONS_IN_ALL:
            visit.is_paged = True
            self._door.let_in(visit.caller)

    def browse(self, visit: HttpVisit, connection: HandOver) -> None:
        """Let a connection be a browser guest's link from now on."""
        self._visits.discard(visit)
        self._host.browse(visit.caller, connection)

    def let_in(self, visit: HttpVisit, link: int) -> bool:
        """Note that a connection is a member's; return False where that one has too many."""
        others = sum(other.link == link for other in self._visits if other is not visit)
        if others >= limits.HTTP_CONNECTIONS:
            return False
        self._door.let_in(visit.caller)
        return True

    def claim(self, upload: bytes, visit: HttpVisit) -> None:
        """Let a connection go on with an upload; the one that it came by before is given up."""
        before = self._sending.get(upload)
        if before is not None and before is not visit:
            before.end()
        self._sending[upload] = visit

    def release(self, upload: bytes, visit: HttpVisit) -> None:
        """Note that a connection is done with an upload."""
        if self._sending.get(upload) is visit:
            del self._sending[upload]

    def make_thumbnail(self, visit: HttpVisit, file: StoredFile) -> bool:
        """Make one of a file that came whole, and call the connection's `made`; False: there is none."""
        maker, link = self._thumbnailer, visit.link
        return maker is not None and link is not None and maker.make(file, link, visit, visit.made)

    def await_no_thumbnail(self, visit: HttpVisit) -> None:
        """Do not call `made` of a connection any more."""
        if self._thumbnailer is not None:
            self._thumbnailer.forget(visit)

    def soon(self, visit: HttpVisit) -> None:
        """Call `step` of a connection in one of the next turns."""
        self._ready.append(visit)
        if not self._turn.isActive():
            self._turn.start(0)

    def forget(self, visit: HttpVisit) -> None:
        """Forget a connection that is over."""
        self._visits.discard(visit)
        self._door.gone(visit.caller)

    @pyqtSlot()
    def _on_turn(self) -> None:
        until = self.clock.monotonic() + limits.TURN_BUDGET
        while self._ready and self.clock.monotonic() < until:
            visit = self._ready.popleft()
            if visit.step():
                self._ready.append(visit)
        if self._ready:
            self._turn.start(0)
