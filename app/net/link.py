"""`Link`: one connection between a member and a host, as messages.

Stacks the protocol (`Wire`) on TLS in memory (`Channel`) on a plain `QTcpSocket`; both sides use it.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QAbstractSocket, QTcpSocket

from app.net import limits
from app.protocol.errors import PeerError
from app.protocol.messages import AnyMessage, Closed, Ping, Pong
from app.protocol.state import Phase
from app.protocol.wire import Side, Wire
from app.security.channel import Channel, ChannelError
from app.support.clock import Clock


class Ending(Enum):
    """How a link ended."""

    CLOSED = auto()
    """By a last word, the peer's or ours (`refusal`)."""
    LOST = auto()
    """It broke, or was hung up, without a word."""
    NOT_PAPO = auto()
    """What is on the other side does not speak TLS 1.3 with Papo's name."""
    NEVER_STOOD = auto()
    """There never was a connection (`error`)."""


@dataclass(frozen=True)
class LinkEnd:
    """How and why a link ended. `by_peer`: the last word was theirs."""

    ending: Ending
    refusal: str = ""
    by_peer: bool = False
    error: QAbstractSocket.SocketError | None = None


class Link(QObject):
    """One connection. Owns its socket.

    Signals:
        secured(): TLS stands; the member's side now compares `certificate` before it sends.
        received(object): one message (heartbeats and last words are dealt with here).
        drained(): after `watch_drain()`, what waited has gone down to DRAINED bytes; once.
        closed(LinkEnd): it is over, once; nothing is emitted afterwards.
    """

    secured = pyqtSignal()
    received = pyqtSignal(object)
    drained = pyqtSignal()
    closed = pyqtSignal(LinkEnd)

    def __init__(
        self,
        socket: QTcpSocket,
        context: ssl.SSLContext,
        side: Side,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        socket.setParent(self)
        self.wire = Wire(side)
        self._socket = socket
        self._context = context
        self._clock = clock
        self._channel: Channel | None = None
        self._pending = bytearray()
        self._end: LinkEnd | None = None
        self._told = False
        self._paused = False
        self._reading: Iterator[AnyMessage] = iter(())
        self._stood = False
        self.last_heard = clock.monotonic()
        socket.setReadBufferSize(limits.READ_BUFFER)
        socket.readyRead.connect(self._on_ready_read)
        socket.disconnected.connect(self._on_disconnected)
        socket.errorOccurred.connect(self._on_error)
        if side is Side.HOST:
            self._start()
        else:
            socket.connected.connect(self._start)

    @property
    def certificate(self) -> bytes:
        """The host's certificate in DER, once `secured`."""
        return self._channel.peer_certificate if self._channel else b""

    @property
    def waiting(self) -> int:
        """Bytes that the peer has not taken from us yet."""
        return self._socket.bytesToWrite() + len(self._pending)

    @property
    def stood(self) -> bool:
        """Whether there ever was a TCP connection."""
        return self._stood

    @property
    def is_over(self) -> bool:
        """Whether it ended, or is ending."""
        return self._end is not None

    @property
    def is_secure(self) -> bool:
        """Whether TLS stands."""
        return self._channel is not None and self._channel.ready

    def pause(self) -> None:
        """Take no further message, not even one that is here already: the peer is kept waiting.

        What it sends meanwhile stays in its own memory, once the small buffers between are full.
        """
        self._paused = True

    def resume(self) -> None:
        """Take messages again."""
        if not self._paused:
            return
        self._paused = False
        # Somebody who was kept waiting was not silent.
        self.last_heard = self._clock.monotonic()
        self._go_on()
        self.read()

    @property
    def is_paused(self) -> bool:
        """Whether the peer is being kept waiting."""
        return self._paused

    def watch_drain(self) -> None:
        """Emit `drained` once the peer has taken what waits for it."""
        self._socket.bytesWritten.connect(self._on_bytes_written)

    def read(self) -> None:
        """Take what came before this link listened to its socket."""
        if self._socket.bytesAvailable():
            self._on_ready_read()

    def send(self, message: AnyMessage) -> None:
        """Send one message at once."""
        self.queue(message)
        self.flush()

    def queue(self, message: AnyMessage) -> None:
        """Put a message behind those that wait for `flush()`."""
        if self._end is None and self.wire.phase is not Phase.CLOSED:
            self._pending += self.wire.send(message)

    def flush(self, frames: bytes = b"") -> None:
        """Write what is queued, then `frames` (whole, encoded already), in one write."""
        if self._end is not None or self._channel is None:
            return
        if frames:
            self._pending += frames
        if self._pending:
            data, self._pending = self._pending, bytearray()
            self._channel.send(data)
            self._write_out()

    def ask_whether_there(self) -> None:
        """Send a heartbeat where the phase has one."""
        if self.wire.phase in {Phase.JOIN, Phase.JOINING, Phase.JOINED}:
            self.send(Ping())

    def close(self, refusal: str | None = None) -> None:
        """Say the last word, then hang up; `closed` follows, at once or a moment later.

        Without a `refusal` the link is simply ended, cleanly.
        """
        if self._end is not None:
            return
        if not self.is_secure:
            self.abort(LinkEnd(Ending.CLOSED, refusal or ""))
            return
        if refusal is not None:
            self.queue(Closed(code=refusal))
        self.flush()
        self._finish(LinkEnd(Ending.CLOSED, refusal or ""))

    def abort(self, end: LinkEnd | None = None) -> None:
        """Hang up without a word, at once."""
        if self._end is None:
            self._end = end or LinkEnd(Ending.LOST)
        self._socket.abort()
        self._tell()

    def _finish(self, end: LinkEnd) -> None:
        """End TLS and the connection in order; whoever takes too long is cut off."""
        self._end = end
        if self._channel is not None:
            self._channel.end()
            self._write_out()
        self._clock.call_later(limits.LAST_WORD, self._cut_off)
        self._socket.disconnectFromHost()

    def _cut_off(self) -> None:
        if not self._told:
            self._socket.abort()
            self._tell()

    @pyqtSlot()
    def _start(self) -> None:
        self._stood = True
        self._socket.setSocketOption(QAbstractSocket.SocketOption.LowDelayOption, 1)
        self._socket.setSocketOption(
            QAbstractSocket.SocketOption.SendBufferSizeSocketOption, limits.SEND_BUFFER
        )
        self._channel = Channel(self._context, server_side=self.wire.side is Side.HOST)
        self._write_out()

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        if self._end is not None or self._channel is None or self._paused:
            return
        data = self._socket.readAll().data()
        self.last_heard = self._clock.monotonic()
        was_ready = self._channel.ready
        try:
            plain = self._channel.receive(data)
        except ChannelError:
            self._write_out()
            self._finish(LinkEnd(Ending.NOT_PAPO))
            return
        self._write_out()
        if self._channel.ready and not was_ready:
            self.secured.emit()
        self._reading = self.wire.receive(plain)
        self._go_on()

    def _go_on(self) -> None:
        """Take the messages that have been read, one by one, until paused."""
        try:
            for message in self._reading:
                self._take(message)
                if self.is_over or self._paused:
                    return
        except PeerError as error:
            self.close(error.refusal)
            return
        if self._channel is not None and self._channel.ended and not self.is_over:
            self._finish(LinkEnd(Ending.LOST))

    def _take(self, message: AnyMessage) -> None:
        if isinstance(message, Ping):
            self.send(Pong())
        elif isinstance(message, Closed):
            self.received.emit(message)
            if self._end is None:
                self._finish(LinkEnd(Ending.CLOSED, message.code, by_peer=True))
        elif not isinstance(message, Pong):
            self.received.emit(message)

    def _write_out(self) -> None:
        if self._channel is not None and (data := self._channel.outgoing()):
            self._socket.write(data)

    @pyqtSlot("qint64")
    def _on_bytes_written(self, _count: int) -> None:
        if self.waiting <= limits.DRAINED:
            self._socket.bytesWritten.disconnect(self._on_bytes_written)
            self.drained.emit()

    @pyqtSlot()
    def _on_disconnected(self) -> None:
        if self._end is None:
            self._end = LinkEnd(Ending.LOST)
        self._tell()

    @pyqtSlot(QAbstractSocket.SocketError)
    def _on_error(self, error: QAbstractSocket.SocketError) -> None:
        if self._end is None:
            ending = Ending.LOST if self._stood else Ending.NEVER_STOOD
            self._end = LinkEnd(ending, error=error)
        if self._socket.state() is QAbstractSocket.SocketState.UnconnectedState:
            self._tell()

    def _tell(self) -> None:
        if not self._told and self._end is not None:
            self._told = True
            self.closed.emit(self._end)
