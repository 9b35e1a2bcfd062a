"""`Link`: one connection between a member and a host, as messages.

Stacks the protocol (`Wire`) on TLS in memory (`Channel`) on a `Stream`; both sides use it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from app.net import limits
from app.net.clear import ClearChannel
from app.net.plain.words import NICK
from app.net.stream import Stream
from app.protocol.errors import PeerError
from app.protocol.messages import AnyMessage, Closed, Ping, Pong
from app.protocol.state import Phase
from app.protocol.wire import Side, Wire
from app.security.channel import Channel, ChannelError
from app.support.clock import Clock, Timer


class Ending(Enum):
    """How a link ended."""

    CLOSED = auto()
    """By a last word, the peer's or ours (`refusal`)."""
    LOST = auto()
    """It broke, or was hung up, without a word."""
    NOT_PAPO = auto()
    """What is on the other side does not speak TLS 1.3 with Papo's name."""
    ASKED = auto()
    """It asked for a nickname in plain text: no Papo, or one that our first bytes came too late for."""


@dataclass(frozen=True)
class LinkEnd:
    """How and why a link ended. `by_peer`: the last word was theirs."""

    ending: Ending
    refusal: str = ""
    by_peer: bool = False


@dataclass(frozen=True)
class HandOver:
    """A connection whose other end does not speak Papo, with what it said already."""

    stream: Stream
    channel: Channel | ClearChannel
    said: bytes

    @property
    def is_clear(self) -> bool:
        """Whether there is no TLS: everybody on the way reads along."""
        return isinstance(self.channel, ClearChannel)


_UNTIMED = 16
"""Messages that are taken without a look at the clock."""


class LinkListener(Protocol):
    """Who is told what happens on a link. A host has thousands, so these are plain calls."""

    def on_secured(self) -> None:
        """TLS stands; the member's side now compares `certificate` before it sends."""

    def on_received(self, message: AnyMessage) -> None:
        """One message came (heartbeats are dealt with by the link)."""

    def on_drained(self) -> None:
        """After `watch_drain()`: what waited has gone down to DRAINED bytes."""

    def on_closed(self, end: LinkEnd) -> None:
        """It is over; told once, and nothing afterwards."""


class Link:
    """One connection. Owns its stream; `listener` owns the link.

    Nothing is told before `start()`.
    """

    __slots__ = (
        "__weakref__",
        "_asked",
        "_behind",
        "_channel",
        "_clock",
        "_cut_off",
        "_end",
        "_listener",
        "_others",
        "_paused",
        "_pending",
        "_reading",
        "_stream",
        "_watching",
        "last_heard",
        "wire",
    )

    def __init__(
        self,
        stream: Stream,
        context: ssl.SSLContext | Channel | ClearChannel,
        side: Side,
        clock: Clock,
        listener: LinkListener,
        *,
        others: Callable[[HandOver], None] | None = None,
        wire: Wire | None = None,
    ) -> None:
        """`others`: on the host's side, who takes over a connection that does not speak Papo.

        `context`: how TLS is spoken, or the channel that stands already. `wire`: another than Papo's.
        """
        self.wire = wire or Wire(side)
        self.last_heard = clock.monotonic()
        self._stream = stream
        self._clock = clock
        self._listener: LinkListener | None = listener
        self._others = others
        self._channel: Channel | ClearChannel = (
            Channel(context, server_side=side is Side.HOST)
            if isinstance(context, ssl.SSLContext)
            else context
        )
        self._pending = bytearray()
        self._reading: Iterator[AnyMessage] = iter(())
        self._end: LinkEnd | None = None
        self._paused = False
        self._asked = False
        self._behind = False
        self._watching = False
        self._cut_off: Timer | None = None

    def start(self) -> None:
        """Begin: send the first bytes of TLS, and take what came before there was a link."""
        self._stream.listener = self
        self._write_out()
        self.on_readable()

    @property
    def certificate(self) -> bytes:
        """The host's certificate in DER, once secured."""
        return self._channel.peer_certificate

    @property
    def waiting(self) -> int:
        """Bytes that the peer has not taken from us yet."""
        return self._stream.waiting + len(self._pending)

    @property
    def is_secure(self) -> bool:
        """Whether TLS stands."""
        return self._channel.ready

    @property
    def is_over(self) -> bool:
        """Whether it ended, or is ending."""
        return self._end is not None

    # --- writing ----------------------------------------------------------------------------------

    def send(self, message: AnyMessage) -> None:
        """Send one message at once."""
        self.queue(message)
        self.flush()

    def queue(self, message: AnyMessage) -> None:
        """Put a message behind those that wait for `flush()`."""
        if self._end is None and self.wire.phase is not Phase.CLOSED:
            self._pending += self.wire.send(message)

    def flush(self, frames: bytes = b"") -> None:
        """Write what is queued, then `frames` (whole, encoded already), in one write."""
        if self._end is not None:
            return
        if self._pending:
            if not self._channel.ready:
                return
            self._pending += frames
            frames = bytes(self._pending)
            self._pending.clear()
        if frames:
            self._stream.write(self._channel.seal(frames))

    def watch_drain(self) -> None:
        """Tell `on_drained` once the peer has taken what waits for it."""
        self._watching = True

    def ask_whether_there(self) -> None:
        """Send a heartbeat where the phase has one."""
        if self.wire.phase in {Phase.JOIN, Phase.JOINING, Phase.JOINED}:
            self.send(Ping())

    # --- reading ----------------------------------------------------------------------------------

    def pause(self) -> None:
        """Take no further message, not even one that is here already: the peer is kept waiting.

        What it sends meanwhile stays in its own memory, once the small buffers between are full.
        """
        self._paused = True
        self._stream.set_reading(False)

    def resume(self) -> None:
        """Take messages again."""
        if not self._paused or self._end is not None:
            return
        self._paused = False
        # Somebody who was kept waiting was not silent.
        self.last_heard = self._clock.monotonic()
        self._stream.set_reading(True)
        self._go_on()

    def rest(self) -> None:
        """Take nothing more until `wake()`: what comes waits in the system's buffers."""
        self._stream.set_reading(False)

    def wake(self) -> None:
        """Take what came meanwhile, and go on."""
        if self._paused or self._behind:
            return
        self._stream.set_reading(True)
        self.on_readable()

    def on_readable(self) -> None:
        """Take what the stream has."""
        if (self._paused or self._behind) and self._end is None:
            return
        data = self._stream.read()
        if self._end is not None:
            # Our last word is on its way; only the other's end is waited for.
            if self._stream.ended:
                self._tell()
            return
        if data:
            self._take_in(data)
        if self._stream.ended and self._end is None and not self._behind:
            self._hang_up(LinkEnd(Ending.LOST))

    def on_written(self) -> None:
        """Note that some of what waited has gone out."""
        if self._watching and self.waiting <= limits.DRAINED and self._listener is not None:
            self._watching = False
            self._listener.on_drained()

    def on_broken(self) -> None:
        """Note that the stream is of no use any more."""
        if self._end is None:
            self._end = LinkEnd(Ending.LOST)
        self._tell()

    def _take_in(self, data: bytes) -> None:
        self.last_heard = self._clock.monotonic()
        was_ready = self._channel.ready
        if not was_ready and self.wire.side is Side.MEMBER and data.startswith(NICK):
            # Our first bytes were late, so the door took us for a guest by plain text: they are in
            # time when we come again.
            self._hang_up(LinkEnd(Ending.ASKED))
            return
        try:
            plain = self._channel.receive(data)
        except ChannelError:
            self._write_out()
            self._finish(LinkEnd(Ending.NOT_PAPO))
            return
        if not was_ready or self._channel.ended:
            self._write_out()
            if self._channel.ready and not was_ready:
                if not self._channel.is_papo:
                    self._hand_over(plain)
                    return
                self._others = None
                if self._listener is not None:
                    self._listener.on_secured()
        self._take_plain(plain)

    def _take_plain(self, plain: bytes) -> None:
        self._reading = self.wire.receive(plain)
        self._go_on()

    def _hand_over(self, said: bytes) -> None:
        if self._others is None:
            self._hang_up(LinkEnd(Ending.NOT_PAPO))
            return
        self._end = LinkEnd(Ending.NOT_PAPO)
        self._listener = None
        self._others(HandOver(self._stream, self._channel, said))
        self._others = None

    def _go_on(self) -> None:
        """Take the messages that have been read, one by one, until paused or for long enough."""
        self._take_each()
        if self._asked:
            self._asked = False
            # Of several that asked at once one is answered, and none where earlier answers wait.
            if self.waiting <= limits.WRITE_CAP:
                self.send(Pong())

    def _take_each(self) -> None:
        until = self._clock.monotonic() + limits.LINK_BUDGET
        try:
            for count, message in enumerate(self._reading, 1):
                self._take(message)
                if self.is_over or self._paused:
                    return
                if count % _UNTIMED == 0 and self._clock.monotonic() >= until:
                    self._wait_a_turn()
                    return
        except PeerError as error:
            self.close(error.refusal)
            return
        self._end_with_channel()

    def _wait_a_turn(self) -> None:
        """Let others be heard before the rest of what was read is taken."""
        self._behind = True
        self._stream.set_reading(False)
        self._clock.call_later(0.0, self._on_next_turn)

    def _on_next_turn(self) -> None:
        self._behind = False
        if self._paused or self.is_over:
            return
        self._stream.set_reading(True)
        self._go_on()
        # The end of the stream may have come with what is only now taken.
        self.on_readable()

    def _end_with_channel(self) -> None:
        """End where the other side ended TLS and all that came before that has been taken."""
        if self._channel.ended and not self.is_over:
            self._finish(LinkEnd(Ending.LOST))

    def _take(self, message: AnyMessage) -> None:
        if isinstance(message, Ping):
            self._asked = True
        elif isinstance(message, Closed):
            if self._listener is not None:
                self._listener.on_received(message)
            if self._end is None:
                self._finish(LinkEnd(Ending.CLOSED, message.code, by_peer=True))
        elif not isinstance(message, Pong) and self._listener is not None:
            self._listener.on_received(message)

    # --- ending -----------------------------------------------------------------------------------

    def close(self, refusal: str | None = None, seconds: float = 0.0) -> None:
        """Say the last word, then hang up; `on_closed` follows.

        Without a `refusal` the link is simply ended, cleanly. `seconds`: how long to wait before it
        is of use to come back.
        """
        if self._end is not None:
            return
        if not self._channel.ready:
            self.abort(LinkEnd(Ending.CLOSED, refusal or ""))
            return
        if refusal is not None:
            self.queue(Closed(code=refusal, seconds=seconds))
        self.flush()
        self._finish(LinkEnd(Ending.CLOSED, refusal or ""))

    def abort(self, end: LinkEnd | None = None) -> None:
        """Hang up without a word, at once."""
        self._hang_up(end or LinkEnd(Ending.LOST))

    def leave_alone(self) -> None:
        """Tell the listener nothing more: it has said all it had to say."""
        self._listener = None

    def _finish(self, end: LinkEnd) -> None:
        """End TLS and the connection in order; whoever takes too long is cut off."""
        self._end = end
        self._channel.end()
        self._write_out()
        self._cut_off = self._clock.call_later(limits.LAST_WORD, self._tell)
        self._stream.set_reading(True)
        self._stream.finish()

    def _hang_up(self, end: LinkEnd) -> None:
        if self._end is None:
            self._end = end
        self._tell()

    def _write_out(self) -> None:
        if data := self._channel.outgoing():
            self._stream.write(data)

    def _tell(self) -> None:
        self._stream.abort()
        if self._cut_off is not None:
            self._cut_off.cancel()
            self._cut_off = None
        self._others = None
        listener, self._listener = self._listener, None
        if listener is not None and self._end is not None:
            listener.on_closed(self._end)
