"""The link inside the process: the host's own window is a member like any other.

It is the session's `Transport` on one side and one of the host's outlets on the other. Messages pass as
objects, in the same order and by the same turns as they go out to everyone else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSlot

from app.net.local_files import LocalFiles
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Closed, Join
from app.security.identity import DeviceKey
from app.security.sealer import Sealer
from app.session.connection import Connection, Phase, Verified
from app.session.room_session import RoomSession

if TYPE_CHECKING:
    from app.net.host import Host


class LocalLink(QObject):
    """Joins `session` to the room that `host` hosts in this very process."""

    def __init__(self, host: Host, session: RoomSession, device: DeviceKey) -> None:
        super().__init__(host)
        self._host = host
        self._session = session
        self._queue: list[AnyMessage] = []
        session.hosted_here = True
        if host.room.files is not None:
            session.own_files = LocalFiles(host, host.room.files.store)
        session.device = device.id
        session.whispers.use(Sealer(device, host.key.fingerprint))
        session.verified = Verified.OWN
        session.set_has_password(host.room.entrance.asks)
        session.attach(self)
        self._number = host.add_local(self, device.id, device.public)
        # The first join comes from the event loop as any other does.
        QTimer.singleShot(0, self._on_started)

    # --- the session's transport ----------------------------------------------------------------

    def send(self, message: AnyMessage) -> None:
        """Hand a wish to the host."""
        self._host.take(self._number, message)

    def join(self, message: Join) -> None:
        """Ask for a nickname."""
        self._host.take(self._number, message)

    def try_now(self) -> None:
        """Nothing to do: there is no connection to lose."""

    def accept_host(self) -> None:
        """Nothing to do: the host is oneself."""

    def give_password(self, text: str) -> None:
        """Nothing to do: the host's own window is never asked."""

    def set_room_password(self, text: str) -> None:
        """Let newcomers be asked for another password, or for none."""
        self._host.set_password(text)
        self._session.set_has_password(bool(text))

    def stop(self) -> None:
        """Leave the room; the host goes on."""
        self._host.remove_local(self._number)
        self._session.set_connection(Connection(Phase.STOPPED))

    # --- the host's outlet ----------------------------------------------------------------------

    def queue(self, message: AnyMessage) -> None:
        """Keep a message until `deliver`."""
        self._queue.append(message)

    def deliver(self, messages: list[AnyMessage], _frames: bytes) -> None:
        """Give the session its own messages, then those for everyone."""
        own, self._queue = self._queue, []
        for message in own:
            self._session.receive(message)
        if self._session.connection.phase is Phase.ONLINE:
            for message in messages:
                self._session.receive(message)

    def end(self, refusal: Refusal) -> None:
        """Tell the session that the room is over."""
        self._session.receive(Closed(code=refusal))
        self._session.set_connection(Connection(Phase.STOPPED, problem=refusal))

    @pyqtSlot()
    def _on_started(self) -> None:
        self.join(self._session.join_wish)
