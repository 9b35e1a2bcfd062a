"""`WebWire`: the protocol of one browser guest's link as the host sees it, sans-IO.

Messages as JSON, each one text of a WebSocket (RFC 6455), in the place of frames of MessagePack. No
extension is spoken: compression would tell an eavesdropper by its lengths what is said, and lets a
small message cost much.
"""

from __future__ import annotations

from collections.abc import Iterator

from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Ping, Pong, TextMessage
from wsproto.frame_protocol import CloseReason

from app.protocol import limits
from app.protocol.codec import encode_json
from app.protocol.errors import FrameTooLarge, InvalidState, PeerError, Refusal, UnexpectedMessage
from app.protocol.messages import AnyMessage, Closed
from app.protocol.state import FROM_HOST, Phase
from app.protocol.web import FROM_BROWSER, decode_from_browser
from app.protocol.wire import Side, Wire

_FIN_AND_TEXT = 0x81
_LENGTH_IN_TWO = 126
_LENGTH_IN_EIGHT = 127

_CODES: dict[str, CloseReason] = {
    Refusal.ROOM_CLOSED: CloseReason.GOING_AWAY,
    Refusal.FRAME_TOO_LARGE: CloseReason.MESSAGE_TOO_BIG,
    Refusal.TOO_SLOW: CloseReason.TRY_AGAIN_LATER,
}


class WebSocketFault(PeerError):
    """The other side broke the rules of WebSocket itself."""


def text_frame(body: bytes) -> bytes:
    """Return UTF-8 as a whole, unmasked text frame (RFC 6455, 5.2), the same for every guest."""
    size = len(body)
    if size < _LENGTH_IN_TWO:
        return bytes((_FIN_AND_TEXT, size)) + body
    if size < 1 << 16:
        return bytes((_FIN_AND_TEXT, _LENGTH_IN_TWO)) + size.to_bytes(2, "big") + body
    return bytes((_FIN_AND_TEXT, _LENGTH_IN_EIGHT)) + size.to_bytes(8, "big") + body


class WebWire(Wire):
    """What a `Wire` is to a member's link, for a browser's.

    `replies` has the control frames that are due; the caller takes them after each `receive`.
    `peer_closed`: the browser said the WebSocket's own good-bye.
    """

    def __init__(self) -> None:
        super().__init__(Side.HOST)
        self.replies = bytearray()
        self.peer_closed = False
        self._socket = Connection(ConnectionType.SERVER)
        self._parts: list[str] = []
        self._size = 0
        self._code = CloseReason.POLICY_VIOLATION

    def receive(self, data: bytes) -> Iterator[AnyMessage]:
        """Yield the messages that are whole with these bytes; raises a PeerError as a `Wire` does."""
        if self._is_over():
            return
        self._socket.receive_data(data)
        for event in self._socket.events():
            if isinstance(event, TextMessage):
                self._gather(event.data)
                if event.message_finished:
                    yield self._read()
            elif isinstance(event, BytesMessage):
                raise self._fault(CloseReason.UNSUPPORTED_DATA, "bytes, where texts are spoken")
            elif isinstance(event, Ping):
                # Of several that came together the last one alone is answered (RFC 6455, 5.5.3).
                self.replies = bytearray(self._socket.send(Pong(payload=event.payload)))
            elif isinstance(event, CloseConnection):
                if self._socket.state is not ConnectionState.REMOTE_CLOSING:
                    raise self._fault(CloseReason(event.code), event.reason or "")
                self.replies += self._socket.send(event.response())
                self.peer_closed = True
            if self._is_over():
                return

    def send(self, message: AnyMessage) -> bytes:
        """Return the message as a text frame; after the last word, with the good-bye behind it."""
        body = encode_json(message)
        self._advance(FROM_HOST, message, b"", InvalidState)
        if isinstance(message, Closed):
            return text_frame(body) + self.good_bye(_CODES.get(message.code, self._code))
        return text_frame(body)

    def good_bye(self, code: CloseReason = CloseReason.NORMAL_CLOSURE) -> bytes:
        """Return the WebSocket's own last word; nothing where it was said."""
        if self._socket.state is not ConnectionState.OPEN:
            return b""
        return bytes(self._socket.send(CloseConnection(code=code)))

    def ask(self) -> bytes:
        """Return a heartbeat, which a browser answers however busy its page is."""
        if self._socket.state is not ConnectionState.OPEN:
            return b""
        return bytes(self._socket.send(Ping()))

    def _is_over(self) -> bool:
        return self.peer_closed or self.phase is Phase.CLOSED

    def _gather(self, part: str) -> None:
        self._size += len(part.encode())
        joined = self.phase is Phase.JOINED
        limit = limits.MAX_FRAME if joined else limits.MAX_FRAME_BEFORE_JOIN
        if self._size > limit:
            self._code = CloseReason.MESSAGE_TOO_BIG
            raise FrameTooLarge(f"a text of more than {limit} bytes")
        if part:
            self._parts.append(part)

    def _read(self) -> AnyMessage:
        text = "".join(self._parts)
        self._parts.clear()
        self._size = 0
        message = decode_from_browser(text)
        self._advance(FROM_BROWSER, message, b"", UnexpectedMessage)
        return message

    def _fault(self, code: CloseReason, words: str) -> WebSocketFault:
        self._code = code
        return WebSocketFault(words)
