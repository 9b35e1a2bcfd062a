"""`Visit`: one link from another computer, as the host sees it."""

from __future__ import annotations

import hashlib
import logging
import secrets
import ssl
from typing import Protocol

from app import __version__
from app.net import limits
from app.net.door import Caller
from app.net.link import HandOver, Link, LinkEnd
from app.protocol.errors import NoCommonVersion, Refusal
from app.protocol.messages import (
    AnyMessage,
    AskToken,
    Challenge,
    ClientHello,
    Confirmed,
    Delete,
    Edit,
    FetchActs,
    FetchBans,
    HostHello,
    ListFiles,
    Mute,
    Prove,
    React,
    Remove,
    Rename,
    Response,
    Say,
    Search,
    SetAway,
    SetColour,
    SetGuests,
    SetRole,
    SetRules,
    SetTopic,
    Slowed,
    Trusted,
    Unban,
    Whisper,
    Whispers,
)
from app.protocol.version import negotiate
from app.protocol.wire import Side
from app.room.flood import TokenBucket
from app.room.room import Room
from app.security import proof
from app.security.certificate import RoomKey
from app.security.password import HostExchange, WrongPassword
from app.support.clock import Clock

log = logging.getLogger(__name__)

_SPOKEN = (
    Say,
    Search,
    SetAway,
    SetColour,
    SetTopic,
    Rename,
    Delete,
    Edit,
    React,
    SetRole,
    Remove,
    Mute,
    SetRules,
    SetGuests,
    FetchBans,
    Unban,
    FetchActs,
    Whisper,
    AskToken,
    ListFiles,
)
"""What costs everybody, or the host, something each time: counted against the flood limit."""

AGENT = f"papo/{__version__}"


class Numbered(Protocol):
    """Somebody's link, by its number."""

    @property
    def number(self) -> int:
        """The link's number."""


class Reception(Protocol):
    """What a visit needs of its host."""

    room: Room
    key: RoomKey
    clock: Clock
    unlimited: bool

    def take(self, number: int, message: AnyMessage) -> None:
        """Take a message from a link that proved its device key."""

    def fell_behind(self, visit: Numbered) -> None:
        """Note that the live stream leaves this visit out from now on."""

    def caught_up(self, visit: Numbered) -> None:
        """Note that everything written to this visit has been taken."""

    def forget(self, visit: Visit) -> None:
        """Forget a link that is over."""

    def hand_over(self, visit: Visit, connection: HandOver) -> None:
        """Take over a connection that does not speak Papo; the visit is over."""


class Visit:
    """One link: its handshake, then its messages. Owns the link; one of the host's outlets.

    A reader that falls behind is left out of the live stream, so it costs the host no more than
    WRITE_CAP bytes, and catches up from the log. A writer that is too fast is simply not read.
    """

    __slots__ = (
        "_bucket",
        "_clogged",
        "_exchange",
        "_held",
        "_nonce",
        "_proved",
        "_reception",
        "behind",
        "caller",
        "in_room",
        "link",
        "number",
        "since",
    )

    def __init__(
        self, number: int, caller: Caller, context: ssl.SSLContext | HandOver, reception: Reception
    ) -> None:
        self.number = number
        self.caller = caller
        self._reception = reception
        self.link = self._make_link(context)
        self.since = caller.since
        self.in_room = False
        self.behind = False
        self._nonce = secrets.token_bytes(proof.NONCE_SIZE)
        self._bucket = TokenBucket()
        self._held: AnyMessage | None = None
        self._clogged = False
        self._proved: Prove | None = None
        self._exchange: HostExchange | None = None

    def _make_link(self, context: ssl.SSLContext | HandOver) -> Link:
        assert isinstance(context, ssl.SSLContext)
        stream, clock = self.caller.stream, self._reception.clock
        return Link(stream, context, Side.HOST, clock, self, others=self._on_handed_over)

    @property
    def is_held(self) -> bool:
        """Whether it wrote too fast and is not being read for a moment."""
        return self._held is not None

    # --- the host's outlet ----------------------------------------------------------------------

    def queue(self, message: AnyMessage) -> None:
        """Keep a message for this member alone until `deliver`.

        Private messages that come just now are no answer: a reader that is too far behind is left
        out of them as it is of the live stream, and learns from `Skipped` that there were some.
        """
        if isinstance(message, Whispers) and not message.until:
            if not self.behind and self.link.waiting > limits.WRITE_CAP:
                self._fall_behind()
            if self.behind:
                return
        self.link.queue(message)
        if self.link.waiting > limits.WRITE_CAP and not self._clogged:
            # It asks and does not take the answers: it may ask again once it took them.
            self._clogged = True
            self.link.pause()
            self.link.watch_drain()

    def deliver(self, _messages: list[AnyMessage], frames: bytes) -> None:
        """Write everything at once, or leave out a reader that is too far behind."""
        if frames and self.in_room and not self.behind:
            waiting = self.link.waiting
            if waiting <= limits.DRAINED or waiting + len(frames) <= limits.WRITE_CAP:
                self.link.flush(frames)
                return
            self._fall_behind()
        self.link.flush()

    def _fall_behind(self) -> None:
        self.link.watch_drain()
        self.behind = True
        self._reception.fell_behind(self)

    def end(self, refusal: Refusal) -> None:
        """Say the last word and hang up."""
        self.in_room = False
        self.link.close(refusal)

    # --- the link -------------------------------------------------------------------------------

    def on_secured(self) -> None:
        """The member speaks first."""

    def _on_handed_over(self, connection: HandOver) -> None:
        self._reception.hand_over(self, connection)

    def on_drained(self) -> None:
        """Let the member into the live stream, or ask for more, again."""
        if self.behind:
            self.behind = False
            self._reception.caught_up(self)
        if self._clogged:
            self._clogged = False
            if self._held is None:
                self.link.resume()

    def on_received(self, message: AnyMessage) -> None:
        """Go through the handshake, then hand every message to the host."""
        if isinstance(message, ClientHello):
            self._answer(message)
        elif isinstance(message, Prove):
            self._check(message)
        elif isinstance(message, Response):
            self._weigh(message)
        elif isinstance(message, _SPOKEN) and not self._may_speak(message):
            return
        else:
            self._reception.take(self.number, message)

    def _may_speak(self, message: AnyMessage) -> bool:
        """Take a token, or stop reading this link until there is one: nobody else notices."""
        reception = self._reception
        if reception.unlimited:
            return True
        wait = self._bucket.take(reception.clock.monotonic())
        if not wait:
            return True
        self._held = message
        self.link.pause()
        self.link.send(Slowed(seconds=round(wait, 3)))
        reception.clock.call_later(wait, self._on_token)
        return False

    def _on_token(self) -> None:
        message, self._held = self._held, None
        if message is None or self.link.is_over:
            return
        self.on_received(message)
        if self._held is None and not self._clogged:
            self.link.resume()

    def _answer(self, hello: ClientHello) -> None:
        try:
            version = negotiate(hello.min_version, hello.max_version)
        except NoCommonVersion as error:
            self.link.close(error.refusal)
            return
        room = self._reception.room
        self.link.send(
            HostHello(
                version=version,
                nonce=self._nonce,
                room=room.settings.name,
                agent=AGENT,
                password=room.entrance.asks,
            )
        )

    def _check(self, message: Prove) -> None:
        wire = self.link.wire
        fingerprint = self._reception.key.fingerprint
        device = proof.check(message, wire.client_hello, wire.host_hello, fingerprint)
        if device is None:
            self.link.close(Refusal.BAD_PROOF)
            return
        self._proved = message
        if not wire.asks_password:
            self._admit(device)
        elif self._reception.room.entrance.trusts(device):
            self.link.send(Trusted())
            self._admit(device)
        elif self._may_guess():
            self._exchange = HostExchange(
                self._reception.room.entrance.key,
                transcript=proof.transcript(wire.client_hello, wire.host_hello, fingerprint),
                room=fingerprint,
                device=message.device_key,
            )
            self.link.send(Challenge(share=self._exchange.share))

    def _admit(self, device: bytes) -> None:
        assert self._proved is not None
        key, self._proved = self._proved.device_key, None
        self._reception.room.admit(self.number, device, self.caller.address, key=key)

    def _may_guess(self) -> bool:
        """Tell whether a password from there is looked at now; if not, hang up and say when."""
        reception = self._reception
        guesses = reception.room.entrance.guesses
        wait = guesses.wait(self.caller.address, reception.clock.monotonic())
        if wait:
            log.info("link %d: too many wrong passwords, %.0f s to wait", self.number, wait)
            self.link.close(Refusal.TOO_MANY_GUESSES, round(wait, 3))
        return not wait

    def _weigh(self, response: Response) -> None:
        """Let in who knows the password. Asked again, since others guessed meanwhile."""
        exchange, self._exchange = self._exchange, None
        assert exchange is not None
        assert self._proved is not None
        if not self._may_guess():
            return
        address, now = self.caller.address, self._reception.clock.monotonic()
        entrance = self._reception.room.entrance
        try:
            confirmation = exchange.check(response.share, response.confirmation)
        except WrongPassword:
            log.warning("link %d: a wrong password", self.number)
            entrance.guesses.wrong(address, now)
            self.link.close(Refusal.WRONG_PASSWORD)
            return
        entrance.guesses.right(address, now)
        device = hashlib.sha256(self._proved.device_key).digest()
        entrance.trust(device)
        self.link.send(Confirmed(confirmation=confirmation))
        self._admit(device)

    def on_closed(self, _end: LinkEnd) -> None:
        """Let the host forget it."""
        self._held = None
        self._reception.forget(self)
