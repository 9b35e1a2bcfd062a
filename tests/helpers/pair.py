"""`Pair`: both ends of a link in memory, and the way from the first byte into the room."""

from __future__ import annotations

import functools

from cryptography.hazmat.primitives.asymmetric import ec

from app.protocol import messages as m
from app.protocol.state import Phase
from app.protocol.version import NEWEST, OLDEST, negotiate
from app.protocol.wire import Side, Wire
from app.security import proof
from app.security.identity import DeviceKey
from app.security.password import HostExchange, MemberExchange

FINGERPRINT = bytes(range(32))
NONCE = bytes(range(32, 64))
PASSWORD_KEY = bytes(range(64, 96))

# What brings a link from a phase to the next one, and which end sends it.
_STEPS = {
    Phase.HELLO: Side.MEMBER,
    Phase.ANSWER: Side.HOST,
    Phase.PROOF: Side.MEMBER,
    Phase.PASSWORD: Side.HOST,
    Phase.RESPONSE: Side.MEMBER,
    Phase.CONFIRMING: Side.HOST,
    Phase.JOIN: Side.MEMBER,
    Phase.JOINING: Side.HOST,
    Phase.JOINED: Side.MEMBER,
}


_ASKING = {Phase.PASSWORD, Phase.RESPONSE, Phase.CONFIRMING}


@functools.cache
def device(name: str) -> DeviceKey:
    """Return a device key, the same for the same name: not a secret."""
    return DeviceKey(ec.derive_private_key(int.from_bytes(name.encode(), "big"), ec.SECP256R1()))


class Pair:
    """Two `Wire`s, joined back to back.

    `proved` is the device that the host found proved, `certificate` what it was to be proved for;
    a member in the middle's hands sees another one.
    """

    def __init__(self, *, nick: str = "ana", room: str = "Room") -> None:
        self.host = Wire(Side.HOST)
        self.member = Wire(Side.MEMBER)
        self.device = device(nick)
        self.nick = nick
        self.room = room
        self.proved: bytes | None = None
        self.asks_password = False
        self.certificate = FINGERPRINT
        self.certificate_seen = FINGERPRINT

    def to_host(self, message: m.AnyMessage) -> list[m.AnyMessage]:
        """Send from the member; return what the host read."""
        return list(self.host.receive(self.member.send(message)))

    def to_member(self, message: m.AnyMessage) -> list[m.AnyMessage]:
        """Send from the host; return what the member read."""
        return list(self.member.receive(self.host.send(message)))

    def handshake(self) -> m.Joined:
        """Go all the way into the room."""
        self.reach(Phase.JOINED)
        assert self.proved == self.device.id
        return self._joined()

    def reach(self, phase: Phase) -> Pair:
        """Go on until both ends are in `phase`; the room has a password if that needs one."""
        self.asks_password = self.asks_password or phase in _ASKING
        while self.host.phase is not phase:
            message = self._next()
            if _STEPS[self.host.phase] is Side.MEMBER:
                got = self.to_host(message)
            else:
                got = self.to_member(message)
            assert got == [message]
            if isinstance(message, m.Prove):
                self.proved = proof.check(
                    message, self.host.client_hello, self.host.host_hello, self.certificate
                )
            assert self.host.phase is self.member.phase
        return self

    def _next(self) -> m.AnyMessage:
        phase = self.host.phase
        if phase in _ASKING:
            return self._next_of_password(phase)
        if phase is Phase.PROOF:
            member = self.member
            return proof.prove(
                self.device, member.client_hello, member.host_hello, self.certificate_seen
            )
        hello = m.HostHello(
            version=negotiate(OLDEST, NEWEST),
            nonce=NONCE,
            room=self.room,
            password=self.asks_password,
        )
        others: dict[Phase, m.AnyMessage] = {
            Phase.HELLO: m.ClientHello(min_version=OLDEST, max_version=NEWEST, agent="test"),
            Phase.ANSWER: hello,
            Phase.JOIN: m.Join(nick=self.nick),
            Phase.JOINING: self._joined(),
            Phase.JOINED: m.Leave(),
        }
        return others[phase]

    def _next_of_password(self, phase: Phase) -> m.AnyMessage:
        if phase is Phase.PASSWORD:
            hellos = self.host.client_hello, self.host.host_hello
            transcript = proof.transcript(*hellos, self.certificate)
            exchange = {"transcript": transcript, "room": FINGERPRINT, "device": self.device.public}
            self._host_exchange = HostExchange(PASSWORD_KEY, **exchange)
            self._member_exchange = MemberExchange(PASSWORD_KEY, **exchange)
            return m.Challenge(share=self._host_exchange.share)
        if phase is Phase.RESPONSE:
            share, confirmation = self._member_exchange.answer(self._host_exchange.share)
            self._answer = share, confirmation
            return m.Response(share=share, confirmation=confirmation)
        return m.Confirmed(confirmation=self._host_exchange.check(*self._answer))

    def _joined(self) -> m.Joined:
        return m.Joined(
            member=1, room=self.room, topic="", role="member", history="all", last_seq=0, members=1
        )
