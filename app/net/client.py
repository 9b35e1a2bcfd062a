"""`Client`: takes a session to its room, and back there whenever the connection breaks.

The host's certificate is compared before a byte of ours is sent. No person is ever waited for while a
link stands: on a first contact the fingerprint is taken, the link dropped, the person asked, and then
the client connects again with that fingerprint pinned. Likewise where a room asks for its password.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app import __version__
from app.net import limits
from app.net.backoff import Backoff
from app.net.dialer import Answer, Dialer
from app.net.endings import AGAIN_AT_ONCE, FINAL, problem_of
from app.net.introduction import STEPS, Identity, Introduction, Stop
from app.net.link import Ending, Link, LinkEnd
from app.protocol.errors import Refusal
from app.protocol.messages import (
    AnyMessage,
    ClientHello,
    Closed,
    Join,
    Joined,
    Rejected,
)
from app.protocol.state import Phase as WirePhase
from app.protocol.version import NEWEST, OLDEST
from app.protocol.wire import Side
from app.security.channel import member_context
from app.security.fingerprint import fingerprint_of
from app.security.invite import Address, Invite
from app.security.sealer import Sealer
from app.session.connection import Connection, Phase, Problem, SharedAddress, Sharing
from app.session.room_session import RoomSession
from app.support.clock import Clock, Timer

log = logging.getLogger(__name__)

AGENT = f"papo/{__version__}"


class Client(QObject):
    """The session's `Transport` over the network. Owns one link at a time.

    Signals:
        host_accepted(RoomSession, bytes): the host with this fingerprint is the one that the session
            is to be with; it is spoken to next.

    `accept_new`: take a host that was never met before without asking (`--accept-new`);
    `expected`: the fingerprint of a known room that is said to be there; `also`: further addresses
    where the room at `target` is said to be, tried where that one does not answer;
    `can_ask`: there is a person to ask; `password`: the room's, where it is known already. Without
    any of them, a first contact is refused. Raises PasswordRefused.
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
        password: str = "",
        expected: bytes = b"",
        also: tuple[Address, ...] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._context = member_context()
        self._introduction = Introduction(target, identity, accept_new=accept_new, can_ask=can_ask)
        self._introduction.vouching.expect(expected)
        self._introduction.password.give(password)
        addresses = target.addresses if isinstance(target, Invite) else (target,)
        self._addresses = tuple(dict.fromkeys((*addresses, *also)))
        self._at = 0
        self._wrong: set[Address] = set()
        self._wrong_host: Stop | None = None
        self._dialer: Dialer | None = None
        self._link: Link | None = None
        self._told_to_wait = 0.0
        self._backoff = Backoff()
        self._first_retries = limits.FIRST_RETRIES
        self._timer: Timer | None = None
        self._joined_once = False
        self._joined = False
        self._stopped = False
        session.device = identity.device.id
        self._device = identity.device
        session.address = str(self.address)
        session.attach(self)

    @property
    def address(self) -> Address:
        """The address that is being tried, or that answered."""
        return self._addresses[self._at]

    def start(self) -> None:
        """Connect to the first address that answers."""
        self._at = 0
        self._forget_wrong()
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
            self._introduction.vouching.accept()
            self._connect()

    def give_password(self, text: str) -> None:
        """Connect with the room's password; on a first contact it is what vouches for the host.

        Raises PasswordRefused.
        """
        if self._session.connection.phase in {Phase.PASSWORD, Phase.ASKING}:
            self._introduction.password.give(text)
            self._connect()

    def set_room_password(self, text: str) -> None:
        """Nothing to do: the room is somebody else's."""

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
        self._drop_dialer()
        self._session.set_connection(Connection(Phase.STOPPED))

    # --- one attempt ----------------------------------------------------------------------------

    def _connect(self) -> None:
        """Go to the address whose turn it is, and to the others where that one does not answer soon."""
        self._drop_link()
        self._session.set_connection(Connection(Phase.CONNECTING))
        self._session.address = str(self.address)
        turns = (*self._addresses[self._at :], *self._addresses[: self._at])
        left = [address for address in turns if address not in self._wrong]
        self._dialer = Dialer(left, self._clock, self)
        self._dialer.connected.connect(self._on_connected)
        self._dialer.failed.connect(self._on_not_connected)
        self._dialer.start()

    @pyqtSlot(Answer)
    def _on_connected(self, answer: Answer) -> None:
        self._drop_dialer()
        self._at = self._addresses.index(answer.address)
        self._session.address = str(self.address)
        self._restart_timer(limits.CONNECT_DEADLINE, self._on_tls_deadline)
        self._link = Link(answer.stream, self._context, Side.MEMBER, self._clock, self)
        self._link.start()

    @pyqtSlot(object)
    def _on_not_connected(self, problem: Problem) -> None:
        self._drop_dialer()
        self._give_up(problem)

    def on_secured(self) -> None:
        """Compare the certificate, and only then say anything."""
        assert self._link is not None
        self._restart_timer(limits.JOIN_DEADLINE, self._on_join_deadline)
        shown = fingerprint_of(self._link.certificate)
        is_settled = self._introduction.vouching.is_settled
        stop = self._introduction.look(self.address, shown)
        if stop is not None and stop.phase is Phase.CHANGED and is_settled:
            # Nothing was said to it, and the right one may answer at another address.
            self._wrong_host = stop
            self._go_elsewhere(Problem.WRONG_HOST)
            return
        if stop is not None:
            self._go_on(stop)
            return
        self._forget_wrong()
        self._first_retries = limits.FIRST_RETRIES
        self._session.whispers.use(Sealer(self._device, shown))
        if not self._introduction.on_trial:
            self.host_accepted.emit(self._session, shown)
        hello = ClientHello(min_version=OLDEST, max_version=NEWEST, agent=AGENT)
        self._link.send(hello)

    def _go_on(self, step: list[AnyMessage] | Stop) -> None:
        """Say what is to be said next, or drop the link and leave it to the person."""
        if isinstance(step, Stop):
            self._leave_to_person(step.phase, step.problem, expected=step.expected)
        elif self._link is not None:
            for message in step:
                self._link.send(message)

    def _leave_to_person(
        self,
        phase: Phase,
        problem: str | None,
        *,
        expected: bytes | None = None,
        retry_at: float | None = None,
    ) -> None:
        self._drop_link()
        vouching = self._introduction.vouching
        shown = vouching.shown
        if phase is Phase.PASSWORD:
            # What the password is given to, the person is to know before.
            self._session.verified = vouching.verified
        self._session.set_connection(Connection(phase, problem, retry_at, shown, expected))

    def on_drained(self) -> None:
        """Nothing waits for it."""

    def on_received(self, message: AnyMessage) -> None:
        """Go through the handshake, then hand every message to the session."""
        link = self._link
        if link is None:
            return
        if isinstance(message, STEPS):
            self._introduce(message, link)
            return
        if isinstance(message, Closed):
            self._told_to_wait = message.seconds
        elif isinstance(message, Joined):
            self._note_joined(message)
        elif isinstance(message, Rejected) and not self._joined:
            # The person needs time to think of another nickname; the host need not wait for it.
            self._cancel_timer()
        self._session.receive(message)

    def _introduce(self, message: STEPS, link: Link) -> None:
        introduction = self._introduction
        was_on_trial = introduction.on_trial
        step = introduction.take(message, link.wire, self._session.join_wish)
        if was_on_trial and not introduction.on_trial:
            self.host_accepted.emit(self._session, introduction.vouching.shown)
        self._session.set_has_password(introduction.asks_password)
        self._go_on(step)

    def _note_joined(self, message: Joined) -> None:
        self._joined = True
        self._joined_once = True
        self._backoff.reset()
        self._restart_timer(limits.PING_AFTER, self._on_heartbeat)
        vouching = self._introduction.vouching
        vouching.remember(self.address, message.room, self._clock.now())
        self._session.verified = vouching.verified
        shown = vouching.shown
        invite = Invite(
            addresses=(self.address, *(a for a in self._addresses if a != self.address)),
            fingerprint=shown,
            room=message.room,
        )
        self._session.set_sharing(
            Sharing(
                addresses=(SharedAddress(text=str(self.address), kind="other"),),
                invite=invite.link(),
                fingerprint=shown,
                certificate=self._link.certificate if self._link is not None else b"",
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
        if end.by_peer and end.refusal == Refusal.WRONG_PASSWORD:
            self._introduction.password.forget()
            self._leave_to_person(Phase.PASSWORD, end.refusal)
        elif end.by_peer and end.refusal == Refusal.TOO_MANY_GUESSES:
            retry_at = self._clock.monotonic() + self._told_to_wait
            self._leave_to_person(Phase.PASSWORD, end.refusal, retry_at=retry_at)
        elif end.by_peer and end.refusal in FINAL:
            self._end(end.refusal)
        elif was_joined or self._joined_once:
            self._wait(end.refusal if end.by_peer else Problem.LOST)
        elif end.ending in AGAIN_AT_ONCE and not was_secure and self._first_retries:
            # A door that hangs up at once is one that is flooded.
            self._first_retries -= 1
            self._timer = self._clock.call_later(
                0.05 * 2 ** (limits.FIRST_RETRIES - self._first_retries), self._connect
            )
        elif end.by_peer and end.refusal and was_secure:
            # It is the room, and would say the same at its other addresses.
            self._end(end.refusal)
        else:
            self._go_elsewhere(problem_of(end, was_secure=was_secure))

    def _go_elsewhere(self, problem: str) -> None:
        """Try the addresses that are left after one where the room is not, or say what is wrong."""
        self._wrong.add(self.address)
        left = [at for at, address in enumerate(self._addresses) if address not in self._wrong]
        if left:
            self._at = left[0]
            self._connect()
        else:
            self._give_up(problem)

    def _give_up(self, problem: str) -> None:
        """End a round of all addresses: another host at one of them is a hard stop."""
        wrong_host = self._wrong_host
        self._forget_wrong()
        if wrong_host is not None:
            self._go_on(wrong_host)
        elif self._joined_once:
            self._wait(problem)
        else:
            self._end(problem)

    def _forget_wrong(self) -> None:
        self._wrong.clear()
        self._wrong_host = None

    def _end(self, problem: str) -> None:
        self._session.set_connection(Connection(Phase.STOPPED, problem=problem))

    def _wait(self, problem: str) -> None:
        delay = self._backoff.next_delay()
        self._forget_wrong()
        # A room with several addresses may have moved to another of them.
        self._at = (self._at + 1) % len(self._addresses)
        self._session.set_connection(
            Connection(Phase.WAITING, problem=problem, retry_at=self._clock.monotonic() + delay)
        )
        self._timer = self._clock.call_later(delay, self._connect)

    # --- time -----------------------------------------------------------------------------------

    def _on_tls_deadline(self) -> None:
        if self._link is not None:
            # TCP stands but TLS does not: somebody is there who does not speak Papo.
            self._link.abort(LinkEnd(Ending.NOT_PAPO))

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
        self._drop_dialer()
        self._joined = False
        link, self._link = self._link, None
        if link is not None:
            link.leave_alone()
            link.abort()

    def _drop_dialer(self) -> None:
        dialer, self._dialer = self._dialer, None
        if dialer is not None:
            dialer.stop()
            dialer.deleteLater()
