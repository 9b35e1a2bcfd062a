"""`HttpLink`: one connection to a room's door that speaks HTTP/1.1, as a client (RFC 9112).

The certificate is compared with the room's before a byte is said: a token goes to the host that the
session is with, or nowhere.
"""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

import h11
from PyQt6.QtCore import QObject, QTimer, pyqtSlot
from PyQt6.QtNetwork import QAbstractSocket, QNetworkProxy, QTcpSocket

from app.net import limits
from app.net.http.requests import Headers
from app.net.stream import Stream, borrow
from app.security.channel import FULL_RECORD, HTTP, Channel, ChannelError
from app.security.fingerprint import fingerprint_of
from app.security.invite import Address
from app.support.clock import Clock

log = logging.getLogger(__name__)

KEPT_IDLE = 5.0
"""Seconds that a connection is kept for the next request: half of what the host waits for one."""

MAX_INFORMED = 8
"""Answers before the answer (1xx) that are listened to: ours sends one."""


@dataclass(frozen=True)
class Place:
    """Where a room's door is, and the SHA-256 of the certificate that is shown there."""

    address: Address
    fingerprint: bytes


class Loss(Enum):
    """How a link was lost."""

    STALE = auto()
    """It was used before, and not a byte was answered: the host had hung up meanwhile."""
    BROKEN_OFF = auto()
    NONSENSE = auto()
    """What came is no HTTP, or more of it than there may be."""


class Speaker(Protocol):
    """Who speaks over a link at the moment. Told from the event loop alone."""

    def on_ready(self) -> None:
        """The host is the right one; a request may be made."""

    def on_continue(self) -> None:
        """The host wants the body (100)."""

    def on_head(self, status: int, headers: Headers) -> None:
        """The answer begins."""

    def on_body(self, data: bytes | bytearray) -> None:
        """Some of the answer's body came."""

    def on_end(self) -> None:
        """The answer is whole."""

    def on_writable(self) -> None:
        """Of what waited to be sent, half has gone."""

    def on_lost(self, loss: Loss) -> None:
        """The link is gone; told once, and nothing afterwards."""


class HttpLink(QObject):
    """One connection, request after request. Owns its socket.

    `speaker` is who it is lent to, or None; `is_free`: a request may be made. `look` is to be called
    about once a second.
    """

    def __init__(
        self, place: Place, context: ssl.SSLContext, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.place = place
        self.speaker: Speaker | None = None
        self.is_over = False
        self._clock = clock
        self._context = context
        self._socket: QTcpSocket | None = None
        self._stream: Stream | None = None
        self._channel: Channel | None = None
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=limits.HTTP_HEAD)
        self._secure = False
        self._busy = False
        self._spent = False
        self._requests = 0
        self._heard = False
        self._informed = 0
        self._behind = False
        self._all_heard = False
        self._patience = limits.HTTP_IDLE
        self._since = self._progress = clock.monotonic()

    def start(self) -> None:
        """Connect; the speaker is told."""
        socket = QTcpSocket(self)
        # The room is on this network: a proxy meant for the web would only be in the way.
        socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        socket.connected.connect(self._on_connected)
        socket.errorOccurred.connect(self._on_connect_error)
        self._socket = socket
        socket.connectToHost(self.place.address.host, self.place.address.port)

    @property
    def is_free(self) -> bool:
        """Whether a request may be made."""
        return self._secure and not self._busy and not self._spent and not self.is_over

    @property
    def waiting(self) -> int:
        """Bytes that the system has not taken from us yet."""
        return self._stream.waiting if self._stream is not None else 0

    # --- speaking ---------------------------------------------------------------------------------

    def request(
        self,
        method: str,
        target: str,
        headers: list[tuple[str, str]],
        *,
        has_body: bool = False,
        patience: float = limits.HTTP_IDLE,
    ) -> None:
        """Make a request; with a body, `send` and `end_body` follow.

        `patience`: seconds without a byte either way after which the link counts as lost.
        """
        assert self.is_free
        self._busy = True
        self._heard = False
        self._informed = 0
        self._requests += 1
        self._patience = patience
        self._progress = self._clock.monotonic()
        host = ("Host", str(self.place.address))
        said = self._http.send(h11.Request(method=method, target=target, headers=[host, *headers]))
        if not has_body:
            said = (said or b"") + (self._http.send(h11.EndOfMessage()) or b"")
        self._write(said)

    def send(self, data: bytes) -> None:
        """Send some of the body."""
        for part in self._http.send_with_data_passthrough(h11.Data(data=data)) or []:
            self._write(part)

    def end_body(self) -> None:
        """Say that the body is whole."""
        self._write(self._http.send(h11.EndOfMessage()))

    def close(self) -> None:
        """Hang up. The speaker is not told: it is the one who asked."""
        self.speaker = None
        if self.is_over:
            return
        self.is_over = True
        self._drop_socket()
        if self._stream is not None:
            self._stream.abort()
        self.deleteLater()

    def look(self) -> None:
        """Give up where nothing came, or went, for too long."""
        now = self._clock.monotonic()
        if not self._secure:
            late = now - self._since > limits.CONNECT_DEADLINE
        else:
            late = now - self._progress > (self._patience if self._busy else KEPT_IDLE)
        if late:
            self._lose(Loss.BROKEN_OFF)

    # --- connecting -------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_connected(self) -> None:
        assert self._socket is not None
        self._stream = borrow(int(self._socket.socketDescriptor()))
        self._drop_socket()
        self._channel = Channel(self._context, server_side=False, protocol=HTTP)
        self._stream.listener = self
        self._write_out()
        self.on_readable()

    @pyqtSlot(QAbstractSocket.SocketError)
    def _on_connect_error(self, _error: QAbstractSocket.SocketError) -> None:
        if self._socket is not None:
            self._lose(Loss.BROKEN_OFF)

    def _drop_socket(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.blockSignals(True)
            socket.abort()
            socket.deleteLater()

    def _is_the_room(self) -> bool:
        assert self._channel is not None
        if fingerprint_of(self._channel.peer_certificate) == self.place.fingerprint:
            return True
        log.warning("at %s another host answers; nothing was said to it", self.place.address)
        return False

    # --- the stream -------------------------------------------------------------------------------

    def on_readable(self) -> None:
        """Take what came."""
        stream, channel = self._stream, self._channel
        assert stream is not None
        assert channel is not None
        data = stream.read()
        plain = b""
        if data:
            self._progress = self._clock.monotonic()
            try:
                plain = channel.receive(data)
            except ChannelError:
                self._lose(Loss.BROKEN_OFF)
                return
            self._write_out()
            if channel.ready and not self._secure and not self._secured():
                return
        if plain:
            self._http.receive_data(plain)
            self._go_on()
        self._look_for_end()

    def _look_for_end(self) -> None:
        stream, channel = self._stream, self._channel
        if self.is_over or self._behind or stream is None or channel is None:
            return
        if (stream.ended or channel.ended) and not self._all_heard:
            self._all_heard = True
            self._http.receive_data(b"")
            self._go_on()

    def _secured(self) -> bool:
        if not self._is_the_room():
            self._lose(Loss.BROKEN_OFF)
            return False
        self._secure = True
        if self.speaker is not None:
            self.speaker.on_ready()
        return not self.is_over

    def on_written(self) -> None:
        """Tell that more can be sent."""
        self._progress = self._clock.monotonic()
        if self.waiting <= limits.FILE_AHEAD // 2 and self.speaker is not None:
            self.speaker.on_writable()

    def on_broken(self) -> None:
        """Note that nothing more comes or goes."""
        self._lose(Loss.BROKEN_OFF)

    def _go_on(self) -> None:
        """Act on what came; of a lot, in chunks of a byte perhaps, some in each turn."""
        until = self._clock.monotonic() + limits.TURN_BUDGET
        try:
            while not self.is_over:
                event = self._http.next_event()
                if event is h11.NEED_DATA or event is h11.PAUSED:
                    break
                if isinstance(event, h11.ConnectionClosed):
                    self._lose(Loss.BROKEN_OFF)
                    break
                self._on_event(event)
                if self._clock.monotonic() >= until and not self.is_over:
                    self._wait_a_turn()
                    break
        except h11.RemoteProtocolError:
            # At the end it means no more than that the end came too early.
            self._lose(Loss.BROKEN_OFF if self._all_heard else Loss.NONSENSE)

    def _wait_a_turn(self) -> None:
        assert self._stream is not None
        self._behind = True
        self._stream.set_reading(False)
        QTimer.singleShot(0, self._on_turn)

    @pyqtSlot()
    def _on_turn(self) -> None:
        if self.is_over or self._stream is None:
            return
        self._behind = False
        self._stream.set_reading(True)
        self._go_on()
        self._look_for_end()

    def _on_event(self, event: object) -> None:
        self._heard = True
        speaker = self.speaker
        if speaker is None:
            # Said without being asked.
            self._lose(Loss.NONSENSE)
        elif isinstance(event, h11.InformationalResponse):
            self._informed += 1
            if self._informed > MAX_INFORMED or event.status_code == _SWITCHING:
                self._lose(Loss.NONSENSE)
            elif event.status_code == _CONTINUE:
                speaker.on_continue()
        elif isinstance(event, h11.Response):
            speaker.on_head(event.status_code, Headers(event.headers))
        elif isinstance(event, h11.Data):
            speaker.on_body(event.data)
        elif isinstance(event, h11.EndOfMessage):
            self._end_exchange(speaker)

    def _end_exchange(self, speaker: Speaker) -> None:
        self._busy = False
        self._progress = self._clock.monotonic()
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
        else:
            self._spent = True
        speaker.on_end()

    def _lose(self, loss: Loss) -> None:
        if self.is_over:
            return
        if loss is Loss.BROKEN_OFF and self._requests > 1 and not self._heard:
            loss = Loss.STALE
        speaker = self.speaker
        self.close()
        if speaker is not None:
            speaker.on_lost(loss)

    def _write(self, data: bytes | None) -> None:
        if data and self._stream is not None and self._channel is not None:
            self._stream.write(self._channel.seal(data, FULL_RECORD))
            if not self._stream.waiting:
                self._progress = self._clock.monotonic()

    def _write_out(self) -> None:
        assert self._stream is not None
        assert self._channel is not None
        if data := self._channel.outgoing():
            self._stream.write(data)


_CONTINUE = 100
_SWITCHING = 101
