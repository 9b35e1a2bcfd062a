"""What a connection that speaks HTTP needs of its server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import h11

from app.net.http.requests import Answer
from app.net.link import HandOver
from app.net.web.front import Upgrade
from app.room.files.store import StoredFile
from app.room.room import Room
from app.support.clock import Clock

if TYPE_CHECKING:
    from app.net.http.visit import HttpVisit


class Server(Protocol):
    """What a connection needs of its server."""

    @property
    def room(self) -> Room:
        """The room whose files are served."""

    @property
    def clock(self) -> Clock:
        """What tells the time."""

    def now(self) -> int:
        """Return Unix milliseconds."""

    def save(self) -> None:
        """Put on the disk at once what the room has noted."""

    def front(self, request: h11.Request, *, secure: bool) -> Answer | Upgrade | None:
        """Return what is answered to a request that is not about files; None: it is."""

    def show(self, visit: HttpVisit, answer: Answer) -> None:
        """Note what a browser is shown."""

    def browse(self, visit: HttpVisit, connection: HandOver) -> None:
        """Let a connection be a browser guest's link from now on."""

    def let_in(self, visit: HttpVisit, link: int) -> bool:
        """Note that a connection is a member's; return False where that one has too many."""

    def claim(self, upload: bytes, visit: HttpVisit) -> None:
        """Let a connection go on with an upload; the one that it came by before is given up."""

    def release(self, upload: bytes, visit: HttpVisit) -> None:
        """Note that a connection is done with an upload."""

    def make_thumbnail(self, visit: HttpVisit, file: StoredFile) -> bool:
        """Make one of a file that came whole, and call the connection's `made`; False: there is none."""

    def await_no_thumbnail(self, visit: HttpVisit) -> None:
        """Do not call `made` of a connection any more."""

    def soon(self, visit: HttpVisit) -> None:
        """Call `step` in one of the next turns, until it returns False."""

    def forget(self, visit: HttpVisit) -> None:
        """Forget a connection that is over."""
