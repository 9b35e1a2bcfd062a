"""Peers that say what no Papo would: bytes over TCP, or over TLS."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QTcpSocket

from app.protocol.framing import FrameDecoder
from app.protocol.limits import MAX_FRAME
from app.security.channel import Channel, member_context


class RawPeer(QObject):
    """A connection to a port of this computer. With `tls` it shakes hands as a member would.

    Signals:
        ready(): connected (and TLS stands, where asked for).
        gone(): the other side hung up.
    """

    ready = pyqtSignal()
    gone = pyqtSignal()
    heard = pyqtSignal()

    def __init__(self, port: int, *, tls: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bodies: list[bytes] = []
        self.raw = b""
        self.socket = QTcpSocket(self)
        self._channel: Channel | None = None
        self._tls = tls
        self._frames = FrameDecoder(MAX_FRAME)
        self.socket.connected.connect(self._on_connected)
        self.socket.readyRead.connect(self._on_ready_read)
        self.socket.disconnected.connect(self.gone)
        self.socket.connectToHost("127.0.0.1", port)

    @property
    def is_ready(self) -> bool:
        """Whether TLS stands."""
        return self._channel is not None and self._channel.ready

    def send(self, data: bytes) -> None:
        if self._channel is None:
            self.socket.write(data)
            return
        self._channel.send(data)
        self.socket.write(self._channel.outgoing())

    def stop_reading(self) -> None:
        self.socket.setReadBufferSize(1)
        self.socket.readyRead.disconnect(self._on_ready_read)

    @pyqtSlot()
    def _on_connected(self) -> None:
        if self._tls:
            self._channel = Channel(member_context(), server_side=False)
            self.socket.write(self._channel.outgoing())
        else:
            self.ready.emit()

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        data = self.socket.readAll().data()
        self.raw += data
        if self._channel is None:
            return
        was_ready = self._channel.ready
        plain = self._channel.receive(data)
        self.socket.write(self._channel.outgoing())
        if self._channel.ready and not was_ready:
            self.ready.emit()
        self._frames.feed(plain)
        self.bodies += self._frames.frames()
        self.heard.emit()
