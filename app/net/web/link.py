"""`WebLink`: the link of a browser guest, as messages; a `Link` whose wire is a WebSocket."""

from __future__ import annotations

from app.net import limits
from app.net.link import Ending, HandOver, Link, LinkEnd, LinkListener
from app.net.web.wire import WebWire
from app.protocol.wire import Side
from app.support.clock import Clock


class WebLink(Link):
    """One connection that was HTTP until now. Owns its stream; `listener` owns the link."""

    __slots__ = ("_said", "_web")

    def __init__(self, connection: HandOver, clock: Clock, listener: LinkListener) -> None:
        self._web = WebWire()
        self._said = connection.said
        super().__init__(
            connection.stream, connection.channel, Side.HOST, clock, listener, wire=self._web
        )

    def start(self) -> None:
        """Begin, with what came behind the request."""
        said, self._said = self._said, b""
        self._stream.listener = self
        self._stream.set_reading(True)
        if said:
            self._take_plain(said)
        self.on_readable()

    def ask_whether_there(self) -> None:
        """Send a heartbeat, which the browser answers for its page."""
        if not self.is_over:
            self._stream.write(self._channel.seal(self._web.ask()))

    def close(self, refusal: str | None = None, seconds: float = 0.0) -> None:
        """Say the last word, then the WebSocket's own, then hang up; `on_closed` follows."""
        if refusal is None and not self.is_over:
            self._pending += self._web.good_bye()
        super().close(refusal, seconds)

    def _go_on(self) -> None:
        super()._go_on()
        replies, self._web.replies = self._web.replies, bytearray()
        # Whoever asks for answers and does not take them gets no more of them.
        if replies and not self.is_over and self.waiting <= limits.WRITE_CAP:
            self._stream.write(self._channel.seal(replies))
        if self._web.peer_closed and not self.is_over:
            self._finish(LinkEnd(Ending.LOST))
