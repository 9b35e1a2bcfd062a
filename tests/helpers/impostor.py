"""Whoever stands in between: a true TLS peer with a certificate of its own, that keeps what it hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from app.protocol import messages as m
from app.protocol.codec import decode_from_host, decode_from_member, encode
from app.protocol.framing import FrameDecoder, encode_frame
from app.protocol.limits import MAX_FRAME
from app.protocol.wire import Side, Wire
from app.security import proof
from app.security.certificate import RoomKey
from app.security.channel import Channel, host_context, member_context
from app.security.identity import DeviceKey
from app.security.invite import Address
from app.security.password import HostExchange, WrongPassword, password_key

Alter = Callable[[m.AnyMessage], m.AnyMessage]


def as_it_is(message: m.AnyMessage) -> m.AnyMessage:
    return message


class Listener(QObject):
    """Listens on a port of this computer. `heard` is all that came out of the victims' TLS.

    Signals:
        rung(): a connection came.
    """

    rung = pyqtSignal()

    def __init__(self, key: RoomKey) -> None:
        super().__init__()
        self.key = key
        self.context = host_context(key.path)
        self.heard = b""
        self.messages: list[m.AnyMessage] = []
        self.connections = 0
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._on_connection)
        assert self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", self._server.serverPort())

    def heard_of(self, kind: type[m.Message]) -> list[m.AnyMessage]:
        return [message for message in self.messages if isinstance(message, kind)]

    def take(self, socket: QTcpSocket) -> QObject:
        """Deal with a new connection."""
        raise NotImplementedError

    @pyqtSlot()
    def _on_connection(self) -> None:
        self.connections += 1
        socket = self._server.nextPendingConnection()
        assert socket is not None
        self.take(socket).setParent(self)
        self.rung.emit()


@dataclass(frozen=True)
class Script:
    """How a false host behaves: what its hello says, what it says next, which password it tries."""

    asks: bool = True
    trusts: bool = False
    guess: str = "a guess"
    version: int = 1
    share: bytes = b""


class FalseHost(Listener):
    """Plays the host by a script, up to letting everybody in. Keeps each exchange."""

    def __init__(self, key: RoomKey, script: Script | None = None) -> None:
        super().__init__(key)
        self.script = script or Script()
        self.guessed_right = False
        self.transcript = b""

    def take(self, socket: QTcpSocket) -> QObject:
        return _Victim(self, socket)


class _Victim(QObject):
    """One link that the false host plays."""

    def __init__(self, host: FalseHost, socket: QTcpSocket) -> None:
        super().__init__(host)
        self._host = host
        self._socket = socket
        self._wire = Wire(Side.HOST)
        self._channel = Channel(host.context, server_side=True)
        self._exchange: HostExchange | None = None
        socket.setParent(self)
        socket.readyRead.connect(self._on_ready_read)

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        plain = self._channel.receive(self._socket.readAll().data())
        self._host.heard += plain
        for message in self._wire.receive(plain):
            self._host.messages.append(message)
            self._answer(message)
        self._socket.write(self._channel.outgoing())

    def _say(self, message: m.AnyMessage) -> None:
        self._channel.send(self._wire.send(message))

    def _answer(self, message: m.AnyMessage) -> None:
        script = self._host.script
        if isinstance(message, m.ClientHello):
            hello = m.HostHello(
                version=script.version, nonce=bytes(32), room="Robotics Lab", password=script.asks
            )
            self._say(hello)
        elif isinstance(message, m.Prove) and script.asks:
            self._say(m.Trusted() if script.trusts else self._challenge(message))
        elif isinstance(message, m.Response):
            self._say(m.Confirmed(confirmation=self._confirmation(message)))
        elif isinstance(message, m.Join):
            joined = m.Joined(
                member=1, room="Robotics Lab", topic="", role="member", history="all",
                last_seq=0, members=1,
            )  # fmt: skip
            self._say(joined)

    def _challenge(self, proved: m.Prove) -> m.Challenge:
        shown = self._host.key.fingerprint
        hellos = self._wire.client_hello, self._wire.host_hello
        self._host.transcript = proof.transcript(*hellos, shown)
        self._exchange = HostExchange(
            password_key(self._host.script.guess, shown),
            transcript=self._host.transcript,
            room=shown,
            device=proved.device_key,
        )
        return m.Challenge(share=self._host.script.share or self._exchange.share)

    def _confirmation(self, response: m.Response) -> bytes:
        assert self._exchange is not None
        try:
            tag = self._exchange.check(response.share, response.confirmation)
        except WrongPassword:
            return bytes(64)
        self._host.guessed_right = True
        return tag


class Relay(Listener):
    """Stands between a member and the true host, and may alter what either says.

    With `device` it proves that key to the host, in place of the member's.
    """

    def __init__(
        self,
        key: RoomKey,
        port: int,
        *,
        to_host: Alter = as_it_is,
        to_member: Alter = as_it_is,
        device: DeviceKey | None = None,
        true_fingerprint: bytes = b"",
    ) -> None:
        super().__init__(key)
        self.port = port
        self.to_host = to_host
        self.to_member = to_member
        self.device = device
        self.true_fingerprint = true_fingerprint
        self.told: list[m.AnyMessage] = []

    def take(self, socket: QTcpSocket) -> QObject:
        return _Relayed(self, socket)


class _Relayed(QObject):
    """One link through a relay: TLS ends here, and begins anew towards the host."""

    def __init__(self, relay: Relay, member: QTcpSocket) -> None:
        super().__init__(relay)
        self._relay = relay
        self._member, self._host = member, QTcpSocket(self)
        self._near = Channel(relay.context, server_side=True)
        self._far = Channel(member_context(), server_side=False)
        self._from_member, self._from_host = FrameDecoder(MAX_FRAME), FrameDecoder(MAX_FRAME)
        self._waiting = b""
        self._hellos = [b"", b""]
        member.setParent(self)
        member.readyRead.connect(self._on_member)
        member.disconnected.connect(self._host.disconnectFromHost)
        self._host.connected.connect(self._on_connected)
        self._host.readyRead.connect(self._on_host)
        self._host.disconnected.connect(member.disconnectFromHost)
        self._host.connectToHost("127.0.0.1", relay.port)

    @pyqtSlot()
    def _on_connected(self) -> None:
        self._host.write(self._far.outgoing())

    @pyqtSlot()
    def _on_member(self) -> None:
        plain = self._near.receive(self._member.readAll().data())
        self._member.write(self._near.outgoing())
        self._relay.heard += plain
        self._from_member.feed(plain)
        for body in self._from_member.frames():
            message = decode_from_member(body)
            self._relay.messages.append(message)
            altered = self._relay.to_host(message)
            if isinstance(altered, m.Prove) and self._relay.device is not None:
                device, fingerprint = self._relay.device, self._relay.true_fingerprint
                altered = proof.prove(device, self._hellos[0], self._hellos[1], fingerprint)
            passed = body if altered is message else encode(altered)
            if isinstance(altered, m.ClientHello):
                self._hellos[0] = passed
            self._waiting += encode_frame(passed)
        self._pass_on()

    def _pass_on(self) -> None:
        if self._far.ready and self._waiting:
            self._far.send(self._waiting)
            self._waiting = b""
            self._host.write(self._far.outgoing())

    @pyqtSlot()
    def _on_host(self) -> None:
        plain = self._far.receive(self._host.readAll().data())
        self._host.write(self._far.outgoing())
        self._from_host.feed(plain)
        for body in self._from_host.frames():
            message = decode_from_host(body)
            self._relay.told.append(message)
            altered = self._relay.to_member(message)
            if isinstance(message, m.HostHello):
                self._hellos[1] = body
            self._near.send(encode_frame(body if altered is message else encode(altered)))
        self._member.write(self._near.outgoing())
        self._pass_on()
