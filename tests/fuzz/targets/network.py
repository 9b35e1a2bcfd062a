"""The door as a whole, and a member at a hostile host's: any bytes in any state, on real sockets.

After each case nothing is left over, no link and no descriptor, and who is honest is answered.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from PyQt6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, pyqtSlot
from PyQt6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket

from app.host_options import HostOptions
from app.lobby import Lobby
from app.net.host import Host
from app.net.qt_clock import QtClock
from app.protocol import messages as m
from app.protocol.codec import decode_from_host, encode
from app.protocol.framing import encode_frame
from app.protocol.state import FROM_HOST, FROM_MEMBER, Phase
from app.protocol.version import NEWEST, OLDEST
from app.protocol.wire import Side, Wire
from app.room.guesses import Guesses
from app.security import proof
from app.security.certificate import load_or_create_room_key
from app.security.channel import Channel, ChannelError, host_context
from app.security.fingerprint import fingerprint_of
from app.security.invite import Address, Invite
from app.security.password import MemberExchange, password_key
from app.session.connection import Phase as Standing
from app.support.folder import DataFolder
from app.ui.sentences import sentence
from app.ui.texts import set_language
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case, in_phases, led_by
from tests.fuzz.targets.members import application
from tests.helpers.pair import NONCE, device
from tests.helpers.raw_peer import RawPeer

PATIENCE = 5.0
"""Seconds that anything here may take on a busy computer."""

ANSWER_WITHIN = 1.0
"""Seconds in which an honest member is answered, whatever came before."""

_ON_THE_WAY = [Phase.HELLO, Phase.ANSWER, Phase.PROOF, Phase.JOIN, Phase.JOINING, Phase.JOINED]
_BY_PASSWORD = [Phase.PROOF, Phase.RESPONSE, Phase.JOIN, Phase.JOINED]
PASSWORD = "tulip rain 7"  # noqa: S105 - of a room that lives for seconds
# One in two cases is about what comes after joining: that is where most code is.
_MOSTLY_IN = [*_ON_THE_WAY, *[Phase.JOINED] * len(_ON_THE_WAY)]


class TookTooLong(AssertionError):
    """What was waited for did not come."""


def until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Let events come until `condition` holds."""
    if condition():
        return
    loop = QEventLoop()
    poll, end = QTimer(), QTimer()
    poll.timeout.connect(lambda: loop.quit() if condition() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    poll.start(1)
    end.start(int(seconds * 1000))
    loop.exec()
    poll.stop()
    if not condition():
        raise TookTooLong(what)


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def _delete_what_is_over() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# --- a hostile member -----------------------------------------------------------------------------


class _Knocker:
    """A member that goes the honest way as far as it is told, and then says what it likes."""

    def __init__(self, port: int, nick: str, *, tls: bool = True) -> None:
        self.peer = RawPeer(port, tls=tls)
        self.gone = False
        self._heard = 0
        self._nick = nick
        self.wire = Wire(Side.MEMBER)
        self.peer.gone.connect(self._on_gone)
        self.ready = False
        self.peer.ready.connect(self._on_ready)

    def _on_gone(self) -> None:
        self.gone = True

    def _on_ready(self) -> None:
        self.ready = True

    def go(self, phase: Phase) -> None:
        """Go the honest way; `phase` is the host's. What only it can bring about is not awaited."""
        until(lambda: self.ready or self.gone, "a connection")
        if phase is Phase.HELLO:
            return
        self._say(m.ClientHello(min_version=OLDEST, max_version=NEWEST))
        if phase is Phase.ANSWER:
            return
        self._hear_until(Phase.PROOF)
        if phase is Phase.PROOF:
            return
        fingerprint = fingerprint_of(self.peer._channel.peer_certificate)  # type: ignore[union-attr]
        wire = self.wire
        who = device(self._nick)
        self._say(proof.prove(who, wire.client_hello, wire.host_hello, fingerprint))
        if wire.asks_password:
            self._hear_until(Phase.RESPONSE)
            if phase is Phase.RESPONSE:
                return
            self._answer(fingerprint)
        if phase is Phase.JOIN:
            return
        self._say(m.Join(nick=self._nick))
        if phase is Phase.JOINED:
            self._hear_until(Phase.JOINED)

    def _answer(self, fingerprint: bytes) -> None:
        """Say the room's password, and be believed."""
        (challenge,) = [
            one for one in map(decode_from_host, self.peer.bodies) if isinstance(one, m.Challenge)
        ]
        exchange = MemberExchange(
            password_key(PASSWORD, fingerprint),
            transcript=proof.transcript(self.wire.client_hello, self.wire.host_hello, fingerprint),
            room=fingerprint,
            device=device(self._nick).public,
        )
        share, confirmation = exchange.answer(challenge.share)
        self._say(m.Response(share=share, confirmation=confirmation))
        self._hear_until(Phase.JOIN)

    def ask(self) -> None:
        """Be answered, as an honest member."""
        self.peer.bodies.clear()
        pong = encode(m.Pong())
        self.peer.send(self.wire.send(m.Ping()))
        until(lambda: pong in self.peer.bodies, "an answer to an honest member", ANSWER_WITHIN)

    def hang_up(self) -> None:
        self.peer.socket.abort()
        self.peer.deleteLater()

    def _say(self, message: m.AnyMessage) -> None:
        self.peer.send(self.wire.send(message))

    def _hear_until(self, phase: Phase) -> None:
        def arrived() -> bool:
            while self._heard < len(self.peer.bodies):
                list(self.wire.receive(encode_frame(self.peer.bodies[self._heard])))
                self._heard += 1
            return self.wire.phase is phase or self.gone

        until(arrived, f"the phase {phase.name}")


@contextmanager
def _door() -> Iterator[Run]:
    with _hosted() as (host, honest):
        yield partial(_knock, host, honest, _ON_THE_WAY)


@contextmanager
def _door_with_password() -> Iterator[Run]:
    with _hosted() as (host, honest):
        host.set_password(PASSWORD)

        def run(case: Case) -> None:
            # Each case may guess, and each has to: nobody is known here from the case before.
            host.room.entrance.guesses = Guesses()
            host.room.entrance.set_key(b"")
            host.set_password(PASSWORD)
            _knock(host, honest, _BY_PASSWORD, case)

        yield run


def _knock(host: Host, honest: _Knocker, phases: list[Phase], case: Case) -> None:
    _delete_what_is_over()
    before = _descriptors()
    _visit(host, case, phases)
    honest.ask()
    until(lambda: host.half_open == 0 and len(host._visits) == 1, "links to be gone")
    _delete_what_is_over()
    until(lambda: _descriptors() <= before, "descriptors to be closed")


@contextmanager
def _hosted() -> Iterator[tuple[Host, _Knocker]]:
    application()
    with tempfile.TemporaryDirectory() as folder:
        clock = QtClock()
        lobby = Lobby(DataFolder(Path(folder)), clock)
        hosted = lobby.host(HostOptions(name="Room", nickname="host", port=0, bind="127.0.0.1"))
        host = hosted.host
        honest = _Knocker(host.port, "honest")
        honest.go(Phase.JOINED)
        honest.ask()
        try:
            yield host, honest
        finally:
            honest.hang_up()
            over: list[object] = []
            hosted.stopped.connect(over.append)
            hosted.stop()
            until(lambda: bool(over), "the room to close")
            lobby.deleteLater()
            clock.deleteLater()
            _delete_what_is_over()


def _visit(host: Host, case: Case, phases: list[Phase]) -> None:
    head, chunks = (case[0], case[1:]) if case else (b"", ())
    phase = next((p for p in phases if p.name.encode() == head), None)
    knocker = _Knocker(host.port, "eve", tls=head != b"TCP")
    try:
        knocker.go(phase or Phase.HELLO)
        if phase is None:
            # What the host answers to garbage is no TLS to its sender either.
            knocker.peer.socket.readyRead.disconnect(knocker.peer._on_ready_read)
        for chunk in chunks:
            if knocker.gone:
                break
            if phase is None:
                # Past TLS, or without it.
                knocker.peer.socket.write(chunk)
            elif chunk:
                knocker.peer.send(chunk)
        # Everything has been written, and the host has had a turn to read it.
        until(lambda: knocker.gone or not knocker.peer.socket.bytesToWrite(), "bytes to be written")
        _let_be_read()
    finally:
        knocker.hang_up()


def _let_be_read() -> None:
    turns = [0]

    def another() -> bool:
        turns[0] += 1
        return turns[0] > 3

    until(another, "a few turns")


_RECORDS = st.builds(
    lambda kind, size, data: kind + b"\x03\x03" + size + data,
    st.sampled_from([b"\x14", b"\x15", b"\x16", b"\x17", b"\x18"]),
    st.sampled_from([b"\x00\x00", b"\x00\x20", b"\x40\x00", b"\x41\x01", b"\xff\xff"]),
    st.binary(max_size=200),
)
_BELOW = st.lists(
    st.one_of(st.binary(max_size=100), _RECORDS, st.just(b"GET / HTTP/1.1\r\n\r\n")), max_size=4
)
_BELOW_US = led_by(st.sampled_from([b"TCP", b"TLS"]), _BELOW)
_DOOR_CASES = st.one_of(in_phases(FROM_MEMBER, _MOSTLY_IN), _BELOW_US)
_DOOR_WITH_PASSWORD_CASES = in_phases(FROM_MEMBER, _BY_PASSWORD)


# --- a hostile host -------------------------------------------------------------------------------


class _Impostor(QObject):
    """A host that goes the honest way as far as a case says, then says what it says, and hangs up."""

    def __init__(self, key_path: Path, head: bytes, chunks: Case) -> None:
        super().__init__()
        self._context = host_context(key_path)
        self._head = head
        self._chunks = list(chunks)
        self._channel: Channel | None = None
        self._wire = Wire(Side.HOST)
        self._spoken = False
        self._socket: QTcpSocket | None = None
        self.over = False
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._on_connection)
        assert self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
        self.port = self._server.serverPort()

    @pyqtSlot()
    def _on_connection(self) -> None:
        self._socket = self._server.nextPendingConnection()
        assert self._socket is not None
        # Whoever comes back finds nobody: each case is one link.
        self._server.close()
        self._socket.readyRead.connect(self._on_ready_read)
        self._socket.disconnected.connect(self._on_gone)
        if self._head == b"TCP":
            self._speak()
        else:
            self._channel = Channel(self._context, server_side=True)

    @pyqtSlot()
    def _on_gone(self) -> None:
        self.over = True

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        assert self._socket is not None
        data = self._socket.readAll().data()
        if self._channel is None or self._spoken:
            return
        try:
            plain = self._channel.receive(data)
        except ChannelError:
            self._socket.abort()
            return
        self._socket.write(self._channel.outgoing())
        if (
            self._channel.ready
            and self._wire.phase is Phase.HELLO
            and self._head in {b"TLS", b"HELLO"}
        ):
            self._speak()
            return
        for message in self._wire.receive(plain):
            if not self._speak_if_due():
                self._answer(message)
                self._speak_if_due()

    def _speak_if_due(self) -> bool:
        """Speak in the phase that the case is for; tell whether all is said."""
        if self._wire.phase.name.encode() == self._head and not self._spoken:
            self._speak()
        return self._spoken

    def _answer(self, message: m.AnyMessage) -> None:
        if isinstance(message, m.ClientHello):
            self._say(m.HostHello(version=message.max_version, nonce=NONCE, room="Room"))
        elif isinstance(message, m.Join):
            self._say(
                m.Joined(
                    member=1,
                    room="Room",
                    topic="",
                    role="member",
                    history="all",
                    last_seq=3,
                    members=1,
                )
            )

    def _say(self, message: m.AnyMessage) -> None:
        self._write(self._wire.send(message))

    def _write(self, data: bytes) -> None:
        assert self._channel is not None
        assert self._socket is not None
        self._channel.send(data)
        self._socket.write(self._channel.outgoing())

    def _speak(self) -> None:
        self._spoken = True
        assert self._socket is not None
        for chunk in self._chunks:
            if self._head in {b"TCP", b"TLS"}:
                self._socket.write(chunk)
            elif chunk:
                self._write(chunk)
        self._socket.disconnectFromHost()


@contextmanager
def _guest() -> Iterator[Run]:
    application()
    set_language("en")
    with tempfile.TemporaryDirectory() as folder:
        clock = QtClock()
        lobby = Lobby(DataFolder(Path(folder) / "data"), clock)
        key = load_or_create_room_key(Path(folder) / "room.pem", datetime.now(UTC)).value
        before = _descriptors()

        def run(case: Case) -> None:
            head, chunks = (case[0], case[1:]) if case else (b"TCP", ())
            impostor = _Impostor(key.path, head, chunks)
            invite = Invite((Address("127.0.0.1", impostor.port),), key.fingerprint, "Room")
            session = lobby.join(invite, "ana")
            try:
                until(lambda: impostor.over, "the link to end")
                until(
                    lambda: session.connection.phase is not Standing.CONNECTING,
                    "the end to be told",
                )
                problem = session.connection.problem
                assert problem is None or sentence(problem, address="here")
                session.send("still here")
            finally:
                session.leave()
                lobby.forget(session)
                with contextlib.suppress(FileNotFoundError):
                    for rest in lobby.folder.replica(key.fingerprint).parent.iterdir():
                        rest.unlink()
                impostor.deleteLater()
                _delete_what_is_over()
            until(lambda: _descriptors() <= before, "descriptors to be closed")

        try:
            yield run
        finally:
            lobby.deleteLater()
            clock.deleteLater()
            _delete_what_is_over()


_GUEST_CASES = st.one_of(in_phases(FROM_HOST, _MOSTLY_IN), _BELOW_US)

TARGETS = (
    Target("door", _DOOR_CASES, _door, 60),
    Target("door-password", _DOOR_WITH_PASSWORD_CASES, _door_with_password, 30),
    Target("guest", _GUEST_CASES, _guest, 60),
)
