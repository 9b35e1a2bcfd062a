"""`WebLink`: the link of a browser guest, as messages; a `Link` whose wire is a WebSocket."""

from __future__ import annotations

from app.net import limits
from app.net.link import Ending, HandOver, Link, LinkEnd, LinkListener
from app.net.web.wire import WebWire
from app.protocol.wire import Side
from app.support.clock import Clock


class WebLink(Link):
    """One connection that was HTTP until now. Owns its stream; `listener` owns the link.

    What came is read for WEB_BUDGET at most in one turn of the event loop, and nothing more is taken
    from the stream before all of it was.
    """

    __slots__ = ("_unread", "_waits", "_web")

    def __init__(self, connection: HandOver, clock: Clock, listener: LinkListener) -> None:
        self._web = WebWire()
        self._unread = connection.said
        self._waits = False
        super().__init__(
            connection.stream, connection.channel, Side.HOST, clock, listener, wire=self._web
        )

    def start(self) -> None:
        """Begin, with what came behind the request."""
        self._stream.listener = self
        self._stream.set_reading(True)
        self._go_on()
        self.on_readable()

    def on_readable(self) -> None:
        """Take what the stream has, once all that came before has been read."""
        if not self._unread or self.is_over:
            super().on_readable()

    def ask_whether_there(self) -> None:
        """Send a heartbeat, which the browser answers for its page."""
        if not self.is_over:
            self._stream.write(self._channel.seal(self._web.ask()))

    def close(self, refusal: str | None = None, seconds: float = 0.0) -> None:
        """Say the last word, then the WebSocket's own, then hang up; `on_closed` follows."""
        if refusal is None and not self.is_over:
            self._pending += self._web.good_bye()
        super().close(refusal, seconds)

    def _take_plain(self, plain: bytes) -> None:
        self._unread += plain
        self._go_on()

    def _go_on(self) -> None:
        until = self._clock.monotonic() + limits.WEB_BUDGET
        super()._go_on()
        while self._unread and not self._paused and not self._behind and not self.is_over:
            if self._clock.monotonic() >= until:
                self._wait_a_turn()
                break
            part = self._unread[: limits.WEB_SLICE]
            self._unread = self._unread[limits.WEB_SLICE :]
            self._reading = self.wire.receive(part)
            super()._go_on()
        replies, self._web.replies = self._web.replies, bytearray()
        # Whoever asks for answers and does not take them gets no more of them.
        if replies and not self.is_over and self.waiting <= limits.WRITE_CAP:
            self._stream.write(self._channel.seal(replies))
        if self._web.peer_closed and not self.is_over:
            self._finish(LinkEnd(Ending.LOST))

    def _end_with_channel(self) -> None:
        if not self._unread:
            super()._end_with_channel()

    def _wait_a_turn(self) -> None:
        self._stream.set_reading(False)
        if not self._waits:
            self._waits = True
            self._clock.call_later(0.0, self._on_turn)

    def _on_turn(self) -> None:
        self._waits = False
        if self._paused or self.is_over:
            return
        self._stream.set_reading(True)
        self._go_on()
