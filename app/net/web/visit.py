"""`BrowserVisit`: one browser guest's link, as the host sees it."""

from __future__ import annotations

import logging
import ssl

from app.net.door import Caller
from app.net.guest_password import weigh
from app.net.link import HandOver, Link
from app.net.visit import Reception, Visit
from app.net.web.link import WebLink
from app.net.web.wire import text_frame
from app.protocol.codec import encode_json
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Identify
from app.room.guests import guest_id

log = logging.getLogger(__name__)


class WebFrames:
    """What is for everyone, encoded once for all browser guests: each is given the same list."""

    def __init__(self) -> None:
        self._messages: list[AnyMessage] = []
        self._frames = b""

    def of(self, messages: list[AnyMessage]) -> bytes:
        """Return these messages as WebSocket texts, one behind the other."""
        if messages is not self._messages:
            self._messages = messages
            self._frames = b"".join(text_frame(encode_json(message)) for message in messages)
        return self._frames


class BrowserVisit(Visit):
    """One link: who it is, then its messages. Paced, cut and refused as any other."""

    __slots__ = ("_frames",)

    def __init__(
        self,
        number: int,
        caller: Caller,
        connection: HandOver,
        reception: Reception,
        frames: WebFrames,
    ) -> None:
        self._frames = frames
        super().__init__(number, caller, connection, reception)
        # What it took to load the page is no part of joining.
        self.since = reception.clock.monotonic()

    def _make_link(self, context: ssl.SSLContext | HandOver) -> Link:
        assert isinstance(context, HandOver)
        return WebLink(context, self._reception.clock, self)

    def deliver(self, messages: list[AnyMessage], frames: bytes) -> None:
        """Write everything at once, or leave out a reader that is too far behind."""
        super().deliver(messages, self._frames.of(messages) if frames and self.in_room else b"")

    def on_received(self, message: AnyMessage) -> None:
        """Take who it is, where a member would prove it."""
        if isinstance(message, Identify):
            self._identify(message)
        else:
            super().on_received(message)

    def _identify(self, message: Identify) -> None:
        room = self._reception.room
        if not room.settings.browser_guests:
            self.link.close(Refusal.NO_GUESTS)
            return
        guest = guest_id("browser", message.secret)
        if self.link.wire.asks_password and not room.entrance.trusts(guest):
            if not self._knows_password(message.password):
                return
            room.entrance.trust(guest)
        room.admit(self.number, guest, self.caller.address, guest="browser")

    def _knows_password(self, password: str) -> bool:
        """Tell whether it is the room's; if not, hang up. None at all is no guess."""
        if not password:
            self.link.close(Refusal.WRONG_PASSWORD)
            return False
        reception = self._reception
        weighed = weigh(
            reception.room.entrance,
            reception.key.fingerprint,
            self.caller.address,
            password,
            reception.clock.monotonic(),
        )
        if weighed.refusal is not None:
            log.warning("link %d: %s", self.number, weighed.refusal)
            self.link.close(weighed.refusal, round(weighed.seconds, 3))
        return weighed.refusal is None
