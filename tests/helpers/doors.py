"""Doors that answer HTTP as a test says, and ways to a true door that break off."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PyQt6.QtCore import QObject, pyqtSlot
from PyQt6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from app.security.certificate import RoomKey
from app.security.channel import FULL_RECORD, Channel
from tests.helpers.impostor import Listener

LOCAL = QHostAddress(QHostAddress.SpecialAddress.LocalHost)


@dataclass(frozen=True)
class Say:
    """What is answered, raw, and whether the door hangs up after it."""

    data: bytes
    hang_up: bool = False


Script = Callable[[bytes], Say | None]
"""Is given what was heard on a connection since the last answer; None waits for more."""


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    """Return an answer with a body of the length that it says, unless another is given."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class ScriptedDoor(Listener):
    """Has a room's key, and says what the script says."""

    def __init__(self, key: RoomKey, script: Script) -> None:
        super().__init__(key)
        self.script = script

    def take(self, socket: QTcpSocket) -> QObject:
        return _Caller(self, socket)


class _Caller(QObject):
    """One connection to a scripted door."""

    def __init__(self, door: ScriptedDoor, socket: QTcpSocket) -> None:
        super().__init__(door)
        self._door = door
        self._socket = socket
        self._channel = Channel(door.context, server_side=True)
        self._heard = b""
        socket.setParent(self)
        socket.readyRead.connect(self._on_ready_read)

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        plain = self._channel.receive(self._socket.readAll().data())
        self._socket.write(self._channel.outgoing())
        self._door.heard += plain
        self._heard += plain
        said = self._door.script(self._heard) if plain else None
        if said is None:
            return
        self._heard = b""
        self._socket.write(self._channel.seal(said.data, FULL_RECORD))
        if said.hang_up:
            self._socket.disconnectFromHost()


@dataclass(frozen=True)
class Break:
    """After how many bytes a connection breaks off, and in which direction they are counted."""

    after: int
    to_host: bool
    reset: bool = False


class BreakingWay(QObject):
    """Leads to a port of this computer; its connections break as they are told, then no more."""

    def __init__(self, port: int, breaks: Iterable[Break] = ()) -> None:
        super().__init__()
        self.port = port
        self.breaks = deque(breaks)
        self.connections = 0
        self._carried: list[_Carried] = []
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._on_connection)
        assert self._server.listen(LOCAL)

    @property
    def own_port(self) -> int:
        return self._server.serverPort()

    @pyqtSlot()
    def _on_connection(self) -> None:
        self.connections += 1
        socket = self._server.nextPendingConnection()
        assert socket is not None
        self._carried.append(_Carried(self, socket, self.breaks.popleft() if self.breaks else None))

    def close(self) -> None:
        """Break everything off, and tell nobody."""
        self._server.close()
        for carried in self._carried:
            carried.end()
        self.deleteLater()


class _Carried(QObject):
    """One connection that is carried until it breaks."""

    def __init__(self, way: BreakingWay, member: QTcpSocket, breaks: Break | None) -> None:
        super().__init__(way)
        self._member, self._host = member, QTcpSocket(self)
        self._break = breaks
        self._carried = {True: 0, False: 0}
        self._waiting = b""
        member.setParent(self)
        member.readyRead.connect(self._on_member)
        member.disconnected.connect(self._host.disconnectFromHost)
        self._host.connected.connect(self._on_connected)
        self._host.readyRead.connect(self._on_host)
        self._host.disconnected.connect(member.disconnectFromHost)
        self._host.connectToHost("127.0.0.1", way.port)

    def end(self) -> None:
        for socket in (self._member, self._host):
            socket.blockSignals(True)
            socket.abort()

    @pyqtSlot()
    def _on_connected(self) -> None:
        self._host.write(self._waiting)
        self._waiting = b""

    @pyqtSlot()
    def _on_member(self) -> None:
        data = self._member.readAll().data()
        if self._host.state() is not QTcpSocket.SocketState.ConnectedState:
            self._waiting += data
            return
        self._carry(data, self._host, to_host=True)

    @pyqtSlot()
    def _on_host(self) -> None:
        self._carry(self._host.readAll().data(), self._member, to_host=False)

    def _carry(self, data: bytes, to: QTcpSocket, *, to_host: bool) -> None:
        breaks = self._break
        self._carried[to_host] += len(data)
        if breaks is None or breaks.to_host is not to_host or self._carried[to_host] < breaks.after:
            to.write(data)
            return
        to.write(data[: max(0, len(data) - (self._carried[to_host] - breaks.after))])
        self._break = None
        for socket in (self._member, self._host):
            socket.readyRead.disconnect()
            socket.abort() if breaks.reset else socket.disconnectFromHost()


def free_port() -> int:
    """Return a port of this computer at which nobody listens."""
    server = QTcpServer()
    server.listen(LOCAL)
    port = server.serverPort()
    server.close()
    return port
