"""One side of a link, sans-IO: bytes in, messages out, and the other way round.

Frames, codec and state table in one object; it owns no socket, so tests wire two of them together in
memory. TLS lies below it (`security/channel.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto

from app.protocol import limits
from app.protocol.codec import decode_from_host, decode_from_member, encode
from app.protocol.errors import InvalidState, UnexpectedMessage
from app.protocol.framing import FrameDecoder, encode_frame
from app.protocol.messages import AnyMessage, ClientHello, HostHello, Message
from app.protocol.state import FROM_HOST, FROM_MEMBER, Phase, Rule, phase_after


class Side(Enum):
    """Which end of a link this is."""

    HOST = auto()
    MEMBER = auto()


class Wire:
    """The protocol of one link as one side sees it.

    `client_hello` and `host_hello` keep the two hellos as they travelled: the proof of the device
    key signs those very bytes. `asks_password`: the host's hello said that the room has one.
    """

    def __init__(self, side: Side) -> None:
        self.side = side
        self.phase = Phase.HELLO
        self.client_hello = b""
        self.host_hello = b""
        self.asks_password = False
        self._frames = FrameDecoder(limits.MAX_FRAME_BEFORE_JOIN)
        self._decode: Callable[[bytes], AnyMessage]
        self._readable: dict[type[Message], Rule]
        self._writable: dict[type[Message], Rule]
        if side is Side.HOST:
            self._decode, self._readable, self._writable = (
                decode_from_member,
                FROM_MEMBER,
                FROM_HOST,
            )
        else:
            self._decode, self._readable, self._writable = decode_from_host, FROM_HOST, FROM_MEMBER

    def receive(self, data: bytes) -> Iterator[AnyMessage]:
        """Yield the messages that are whole with these bytes.

        Raises a PeerError at the first that breaks a rule; the link is to be closed then. What
        comes after the peer's last word is dropped.
        """
        if self._is_closed():
            return
        self._frames.feed(data)
        for body in self._frames.frames():
            message = self._decode(body)
            self._advance(self._readable, message, body, UnexpectedMessage)
            yield message
            # Looked at after the caller has had the message: its answer may be our own last word.
            if self._is_closed():
                return

    def send(self, message: AnyMessage) -> bytes:
        """Return the message as a frame, and take it for sent.

        Raises InvalidState for one that the phase does not allow: a bug of ours.
        """
        body = encode(message)
        self._advance(self._writable, message, body, InvalidState)
        return encode_frame(body)

    def _is_closed(self) -> bool:
        return self.phase is Phase.CLOSED

    def _advance(
        self,
        rules: dict[type[Message], Rule],
        message: AnyMessage,
        body: bytes,
        error: type[UnexpectedMessage | InvalidState],
    ) -> None:
        rule = rules[type(message)]
        if self.phase not in rule.phases:
            raise error(f"{type(message).__name__} in phase {self.phase.name}")
        if isinstance(message, ClientHello):
            self.client_hello = body
        elif isinstance(message, HostHello):
            self.host_hello = body
            self.asks_password = message.password
        self.phase = phase_after(rule, message, self.phase, password=self.asks_password)
        # The member's side raises its limit when it asks, since the host's next word may be large.
        if self.phase is Phase.JOINED or (self.phase is Phase.JOINING and self.side is Side.MEMBER):
            self._frames.limit = limits.MAX_FRAME
