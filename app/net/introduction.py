"""The member's way from the host's certificate to its own nickname: what to say, and when to go.

Knows no socket: it is told what was shown and what came, and returns what is to be said, or why the link
is to be dropped.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from app.net.password import GivenPassword
from app.net.vouching import Verdict, Vouching
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Challenge, Confirmed, HostHello, Join, Trusted
from app.protocol.version import NEWEST, OLDEST
from app.protocol.wire import Wire
from app.security import proof
from app.security.identity import DeviceKey
from app.security.invite import Address, Invite
from app.security.password import WrongPassword
from app.security.trust import KnownRooms
from app.session.connection import Phase, Problem

log = logging.getLogger(__name__)

STEPS = HostHello | Trusted | Challenge | Confirmed
"""What a host says before it may know the nickname."""


@dataclass(frozen=True)
class Identity:
    """What a member brings along: its device key, and the rooms it knows."""

    device: DeviceKey
    known_rooms: KnownRooms


@dataclass(frozen=True)
class Stop:
    """Why the link is to be dropped, in the words of a session's `Connection`."""

    phase: Phase
    problem: str | None = None
    expected: bytes | None = None


class Introduction:
    """Decides whom the nickname is told, from attempt to attempt.

    Where nothing but a password vouches for the host it is `on_trial`: it hears the hello and the
    proof of the device key, and has to prove that it knows the password before it hears more.
    """

    def __init__(
        self, target: Address | Invite, identity: Identity, *, accept_new: bool, can_ask: bool
    ) -> None:
        self._device = identity.device
        self._can_ask = can_ask
        self.vouching = Vouching(target, identity.known_rooms, accept_new=accept_new)
        self.password = GivenPassword(identity.device)
        self.on_trial = False
        self.asks_password = False

    def look(self, address: Address, shown: bytes) -> Stop | None:
        """Compare the fingerprint that was shown; None: say the hello."""
        verdict = self.vouching.look(address, shown, has_password=bool(self.password))
        self.on_trial = verdict is Verdict.ON_TRIAL
        if verdict is Verdict.CHANGED:
            return Stop(Phase.CHANGED, Problem.WRONG_HOST, expected=self.vouching.expected)
        if verdict is not Verdict.NEW:
            return None
        return Stop(Phase.ASKING) if self._can_ask else Stop(Phase.STOPPED, Problem.UNKNOWN_HOST)

    def take(self, message: STEPS, wire: Wire, wish: Join) -> list[AnyMessage] | Stop:
        """Return what is said next, or why nothing more is."""
        if isinstance(message, HostHello):
            return self._prove(message, wire, wish)
        if isinstance(message, Trusted):
            return self._enter(wish)
        if not self.password:
            return Stop(Phase.PASSWORD)
        try:
            if isinstance(message, Challenge):
                return [self.password.answer(message, wire, self.vouching.shown)]
            self.password.check(message)
        except WrongPassword:
            log.warning("the host did not prove that it knows the password")
            self.password.forget()
            return Stop(Phase.PASSWORD, Refusal.WRONG_PASSWORD)
        self.vouching.confirm()
        self.on_trial = False
        return self._enter(wish)

    def _prove(self, hello: HostHello, wire: Wire, wish: Join) -> list[AnyMessage] | Stop:
        if hello.version > NEWEST:
            return Stop(Phase.STOPPED, Refusal.PEER_TOO_OLD)
        if hello.version < OLDEST:
            return Stop(Phase.STOPPED, Refusal.PEER_TOO_NEW)
        self.asks_password = hello.password
        shown = self.vouching.shown
        proved = proof.prove(self._device, wire.client_hello, wire.host_hello, shown)
        if hello.password:
            return [proved]
        entering = self._enter(wish)
        return entering if isinstance(entering, Stop) else [proved, *entering]

    def _enter(self, wish: Join) -> list[AnyMessage] | Stop:
        if not self.on_trial:
            return [wish]
        # Forgotten, so that the next try asks the person about the host instead.
        self.password.forget()
        return Stop(Phase.STOPPED, Problem.PASSWORD_NOT_ASKED)
