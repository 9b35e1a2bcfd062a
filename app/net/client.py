"""`Client`: takes a session to its room, and back there whenever the connection breaks.

The host's certificate is compared before a byte of ours is sent. A first contact is never settled while
a handshake waits: the fingerprint is taken, the link dropped, the person asked, and then the client
connects again with that fingerprint pinned.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QAbstractSocket, QNetworkProxy, QTcpSocket

from app import __version__
from app.net import limits
from app.net.backoff import Backoff
from app.net.link import Ending, Link, LinkEnd
from app.net.stream import borrow
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, ClientHello, HostHello, Join, Joined, Rejected
from app.protocol.state import Phase as WirePhase
from app.protocol.version import NEWEST, OLDEST
from app.protocol.wire import Side
from app.security import proof
from app.security.channel import member_context
from app.security.fingerprint import fingerprint_of
from app.security.identity import DeviceKey
from app.security.invite import Address, Invite
from app.security.trust import How, KnownRooms, Trust
from app.session.connection import Connection, Phase, Problem, SharedAddress, Sharing, Verified
from app.session.room_session import RoomSession
from app.support.clock import Clock, Timer

log = logging.getLogger(__name__)

AGENT = f"papo/{__version__}"

_FINAL = {
    Refusal.ROOM_CLOSED,
    Refusal.REPLACED,
    Refusal.BAD_PROOF,
    Refusal.PEER_TOO_OLD,
    Refusal.PEER_TOO_NEW,
}
"""Last words after which trying again by itself would be of no use."""

_SocketError = QAbstractSocket.SocketError
_PROBLEMS = {
    _SocketError.HostNotFoundError: Problem.NO_SUCH_HOST,
    _SocketError.ConnectionRefusedError: Problem.REFUSED,
    _SocketError.SocketTimeoutError: Problem.NO_ANSWER,
    _SocketError.NetworkError: Problem.UNREACHABLE,
}


@dataclass(frozen=True)
class Identity:
    """What a member brings along: its device key, and the rooms it knows."""

    device: DeviceKey
    known_rooms: KnownRooms


class Client(QObject):
    """The session's `Transport` over the network. Owns one link at a time.

    Signals:
        host_accepted(RoomSession, bytes): the host with this fingerprint is the one that the session
            is to be with; it is spoken to next.

    `accept_new`: take a host that was never met before without asking (`--accept-new`);
    `can_ask`: there is a person to ask; without either, a first contact is refused.
    """

    host_accepted = pyqtSignal(object, bytes)

    def __init__(
        self,
        session: RoomSession,
        target: Address | Invite,
        identity: Identity,
        clock: Clock,
        *,
        accept_new: bool = False,
        can_ask: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._identity = identity
        self._clock = clock
        self._accept_new = accept_new
        self._can_ask = can_ask
        self._context = member_context()
        self._pin: bytes | None = None
        self._how = How.FIRST_USE
        self._verified = Verified.NOT_YET
        if isinstance(target, Invite):
            self._addresses = target.addresses
            self._pin = target.fingerprint
            self._how = How.INVITE
            self._verified = Verified.INVITE
        else:
            self._addresses = (target,)
        self._at = 0
        self._socket: QTcpSocket | None = None
        self._link: Link | None = None
        self._shown = b""
        self._backoff = Backoff()
        self._first_retries = limits.FIRST_RETRIES
        self._timer: Timer | None = None
        self._joined_once = False
        self._joined = False
        self._stopped = False
        session.device = identity.device.id
        session.address = str(self.address)
        session.attach(self)

    @property
    def address(self) -> Address:
        """The address that is being tried, or that answered."""
        return self._addresses[self._at]

    def start(self) -> None:
        """Connect to the first address."""
        self._at = 0
        self._connect()

    # --- the session's transport ----------------------------------------------------------------

    def send(self, message: AnyMessage) -> None:
        """Send a wish; dropped while there is no room to send it to."""
        if self._link is not None and self._joined:
            self._link.send(message)

    def join(self, message: Join) -> None:
        """Ask for another nickname, on the same link where it still stands."""
        if self._link is not None and self._link.wire.phase is WirePhase.JOIN:
            self._link.send(message)
        else:
            self._connect()

    def try_now(self) -> None:
        """Connect at once instead of at the end of the wait."""
        if self._session.connection.phase in {Phase.WAITING, Phase.STOPPED}:
            self._stopped = False
            self._first_retries = limits.FIRST_RETRIES
            self.start()

    def accept_host(self) -> None:
        """Trust the fingerprint that the person was shown, and connect with it pinned."""
        if self._session.connection.phase is Phase.ASKING:
            self._pin = self._shown
            self._verified = Verified.FIRST_USE
            self._connect()

    def stop(self) -> None:
        """Leave for good; what is on its way out is sent first."""
        self._stopped = True
        self._cancel_timer()
        link = self._link
        self._link = None
        if link is not None:
            # The last word outlives this client, which may be gone before the network takes it:
            # until then the clock, which is to cut the link off, holds it.
            link.leave_alone()
            link.close()
        self._drop_socket()
        self._session.set_connection(Connection(Phase.STOPPED))

    # --- one attempt ----------------------------------------------------------------------------

    def _connect(self) -> None:
        self._drop_link()
        self._session.set_connection(Connection(Phase.CONNECTING))
        self._session.address = str(self.address)
        socket = QTcpSocket(self)
        # The room is on this network: a proxy meant for the web would only be in the way.
        socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        socket.connected.connect(self._on_connected)
        socket.errorOccurred.connect(self._on_connect_error)
        self._socket = socket
        self._timer = self._clock.call_later(limits.CONNECT_DEADLINE, self._on_connect_deadline)
        socket.connectToHost(self.address.host, self.address.port)

    @pyqtSlot()
    def _on_connected(self) -> None:
        """Go on without Qt's socket, which has found the way."""
        assert self._socket is not None
        stream = borrow(int(self._socket.socketDescriptor()))
        self._drop_socket()
        self._link = Link(stream, self._context, Side.MEMBER, self._clock, self)
        self._link.start()

    @pyqtSlot(QAbstractSocket.SocketError)
    def _on_connect_error(self, error: QAbstractSocket.SocketError) -> None:
        if self._socket is not None:
            self._drop_socket()
            self._cancel_timer()
            self._fail(_PROBLEMS.get(error, Problem.UNREACHABLE))

    def on_secured(self) -> None:
        """Compare the certificate, and only then say anything."""
        assert self._link is not None
        self._restart_timer(limits.JOIN_DEADLINE, self._on_join_deadline)
        self._shown = fingerprint_of(self._link.certificate)
        if not self._may_go_on():
            return
        self._first_retries = limits.FIRST_RETRIES
        self.host_accepted.emit(self._session, self._shown)
        hello = ClientHello(min_version=OLDEST, max_version=NEWEST, agent=AGENT)
        self._link.send(hello)

    def _may_go_on(self) -> bool:
        """Tell whether this is the host we came for; if not, hang up and say so."""
        known = self._identity.known_rooms
        if self._pin is not None:
            if self._shown == self._pin:
                return True
            self._refuse_host(Phase.CHANGED, Problem.WRONG_HOST, self._pin)
            return False
        trust = known.check(self.address, self._shown)
        if trust is Trust.KNOWN:
            self._pin = self._shown
            record = known.by_fingerprint(self._shown)
            by_invite = record is not None and record.how is How.INVITE
            self._verified = Verified.INVITE if by_invite else Verified.SEEN_BEFORE
            return True
        if trust is Trust.CHANGED:
            record = known.expected_at(self.address)
            expected = record.fingerprint if record else b""
            self._refuse_host(Phase.CHANGED, Problem.WRONG_HOST, expected)
            return False
        if self._accept_new:
            self._pin = self._shown
            self._verified = Verified.FIRST_USE
            return True
        if self._can_ask:
            self._refuse_host(Phase.ASKING, None, None)
        else:
            self._refuse_host(Phase.STOPPED, Problem.UNKNOWN_HOST, None)
        return False

    def _refuse_host(self, phase: Phase, problem: Problem | None, expected: bytes | None) -> None:
        self._drop_link()
        self._session.set_connection(
            Connection(phase, problem=problem, fingerprint=self._shown, expected=expected)
        )

    def on_drained(self) -> None:
        """Nothing waits for it."""

    def on_received(self, message: AnyMessage) -> None:
        """Go through the handshake, then hand every message to the session."""
        link = self._link
        if link is None:
            return
        if isinstance(message, HostHello):
            wire = link.wire
            link.send(
                proof.prove(self._identity.device, wire.client_hello, wire.host_hello, self._shown)
            )
            link.send(Join(nick=self._session.nickname))
            return
        if isinstance(message, Joined):
            self._note_joined(message)
        elif isinstance(message, Rejected) and not self._joined:
            # The person needs time to think of another nickname; the host need not wait for it.
            self._cancel_timer()
        self._session.receive(message)

    def _note_joined(self, message: Joined) -> None:
        self._joined = True
        self._joined_once = True
        self._backoff.reset()
        self._restart_timer(limits.PING_AFTER, self._on_heartbeat)
        self._session.verified = self._verified
        known = self._identity.known_rooms
        try:
            known.remember(self.address, self._shown, message.room, self._how, self._clock.now())
        except OSError as error:
            log.warning("the known rooms could not be written: %s", error)
        invite = Invite(
            addresses=(self.address, *(a for a in self._addresses if a != self.address)),
            fingerprint=self._shown,
            room=message.room,
        )
        self._session.set_sharing(
            Sharing(
                addresses=(SharedAddress(text=str(self.address), kind="other"),),
                invite=invite.link(),
                fingerprint=self._shown,
            )
        )

    def on_closed(self, end: LinkEnd) -> None:
        """Come back, try elsewhere, or say why not."""
        was_secure = self._link is not None and self._link.is_secure
        was_joined = self._joined
        asking_nickname = self._session.connection.phase is Phase.NICKNAME
        self._drop_link()
        if self._stopped or asking_nickname:
            return
        if end.by_peer and end.refusal in _FINAL:
            self._end(end.refusal)
        elif was_joined or self._joined_once:
            self._wait(end.refusal if end.by_peer else Problem.LOST)
        elif end.ending is Ending.LOST and not was_secure and self._first_retries:
            # A door that hangs up at once is one that is flooded.
            self._first_retries -= 1
            self._timer = self._clock.call_later(
                0.05 * 2 ** (limits.FIRST_RETRIES - self._first_retries), self._connect
            )
        else:
            self._fail(_problem_of(end, was_secure=was_secure))

    def _fail(self, problem: str) -> None:
        """Wait for the room to come back, try its next address, or say what is wrong."""
        if self._joined_once:
            self._wait(problem)
        elif self._at + 1 < len(self._addresses):
            self._at += 1
            self._connect()
        else:
            self._end(problem)

    def _end(self, problem: str) -> None:
        self._session.set_connection(Connection(Phase.STOPPED, problem=problem))

    def _wait(self, problem: str) -> None:
        delay = self._backoff.next_delay()
        # A room with several addresses may have moved to another of them.
        self._at = (self._at + 1) % len(self._addresses)
        self._session.set_connection(
            Connection(Phase.WAITING, problem=problem, retry_at=self._clock.monotonic() + delay)
        )
        self._timer = self._clock.call_later(delay, self._connect)

    # --- time -----------------------------------------------------------------------------------

    def _on_connect_deadline(self) -> None:
        if self._link is not None:
            # TCP stands but TLS does not: somebody is there who does not speak Papo.
            self._link.abort(LinkEnd(Ending.NOT_PAPO))
        elif self._socket is not None:
            self._drop_socket()
            self._fail(Problem.NO_ANSWER)

    def _on_join_deadline(self) -> None:
        if self._link is not None:
            self._link.abort(LinkEnd(Ending.LOST))

    def _on_heartbeat(self) -> None:
        if self._link is None:
            return
        silence = self._clock.monotonic() - self._link.last_heard
        if silence >= limits.DEAD_AFTER:
            self._link.abort(LinkEnd(Ending.LOST))
        elif silence >= limits.PING_AFTER:
            self._restart_timer(limits.DEAD_AFTER - silence, self._on_heartbeat)
            self._link.ask_whether_there()
        else:
            # Never a wait that rounds to none.
            self._restart_timer(max(limits.PING_AFTER - silence, 0.05), self._on_heartbeat)

    def _restart_timer(self, delay: float, call: Callable[[], None]) -> None:
        self._cancel_timer()
        self._timer = self._clock.call_later(delay, call)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _drop_link(self) -> None:
        self._cancel_timer()
        self._drop_socket()
        self._joined = False
        link, self._link = self._link, None
        if link is not None:
            link.leave_alone()
            link.abort()

    def _drop_socket(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.blockSignals(True)
            socket.abort()
            socket.deleteLater()


def _problem_of(end: LinkEnd, *, was_secure: bool) -> str:
    if end.refusal:
        return end.refusal
    if end.ending is Ending.NOT_PAPO:
        return Problem.NOT_PAPO
    return Problem.LOST if was_secure else Problem.TURNED_AWAY
