"""`PlainVisit`: one guest by plain text, from the first question to the last word."""

from __future__ import annotations

import logging
import secrets
import zlib

from app.net import limits
from app.net.door import Caller, Knock, knock
from app.net.guest_password import weigh
from app.net.plain.pieces import Pieces
from app.net.plain.reading import Line, LineReader
from app.net.plain.serving import COLOURS, GOODBYE, Doing, Hall, Keeper
from app.net.plain.showing import Shown, came
from app.net.plain.words import NICK, WELCOME, Word
from app.protocol.errors import Refusal
from app.protocol.limits import MAX_NICKNAME
from app.protocol.messages import (
    Acked,
    AnyMessage,
    Fetch,
    Join,
    Joined,
    Leave,
    LeaveReason,
    Page,
    Rejected,
    Say,
    Skipped,
)
from app.room.flood import TokenBucket
from app.room.guests import passing_guest_id
from app.support.clock import Timer

log = logging.getLogger(__name__)


class PlainVisit:
    """One connection. Owns its stream; one of the host's outlets. The keeper owns it."""

    def __init__(self, caller: Caller, hall: Hall, keeper: Keeper) -> None:
        self.caller = caller
        self.number = 0
        """The link's number, before `start` given by the keeper."""
        self.since = hall.clock.monotonic()
        self._stream = caller.stream
        self._out = Pieces(caller.stream, hall.clock, self.on_written)
        self._hall = hall
        self._keeper = keeper
        self._doing = Doing.NAME
        self._reader = LineReader()
        self._bucket = keeper.pace_of(caller.address)
        self._line: Line | None = None
        """The next one, which has to wait."""
        self._patience = limits.LINE_SILENCE
        self._ends_lines = True
        """Whether its nickname came with a line end; the tutorial's client has none."""
        self._own: list[AnyMessage] = []
        self._nick = ""
        self._typed_nick = ""
        self._knows_password = False
        self._asked = 0
        self._member = 0
        self._unanswered = 0
        """Messages that the room has not acknowledged or refused."""
        self._after = 0
        """Up to which line of the log everything was shown, or is not to be."""
        self._floor = 0
        """After which line it may read."""
        self._behind = False
        self._held = self._warned = self._rests = False
        self._silence: Timer | None = None

    def start(self) -> None:
        """Ask for the nickname, and take what was said already."""
        self._stream.listener = self
        self._stream.keep_alive(int(limits.DEAD_AFTER))
        address = self.caller.address
        self._hall.room.admit(self.number, passing_guest_id(), address, guest="text")
        self._ask_nick()
        if self.caller.said:
            self._take(self.caller.said)
        if self._stream.ended:
            self._end_of_input()

    @property
    def in_room(self) -> bool:
        """Whether it is a member now."""
        return self._doing is Doing.TALKING

    # --- the stream -------------------------------------------------------------------------------

    def on_readable(self) -> None:
        """Take what came."""
        data = self._stream.read(limits.TEXT_READ)
        if self._doing is Doing.OVER:
            if self._stream.ended:
                self._hang_up()
            return
        if len(data) >= limits.TEXT_MUCH:
            self._rests = True
            self._hall.clock.call_later(limits.LINES_REST, self._on_rested)
        if data:
            self._take(data)
        if self._stream.ended and not self._is_over():
            self._end_of_input()

    def _on_rested(self) -> None:
        self._rests = False
        self._go_on()

    def on_written(self) -> None:
        """Let a reader that fell behind into the live stream again, once it has caught up."""
        if self._behind and self._out.waiting <= limits.DRAINED and not self._is_over():
            self._behind = False
            self._hall.caught_up(self)

    def on_broken(self) -> None:
        """Take what was said before the connection was lost, and let everybody know."""
        if not self._is_over():
            self._reader.end_line()
            self._go_on()
        self._hang_up()

    def _take(self, data: bytes) -> None:
        if self._doing is Doing.NAME and knock(data) in _LATE:
            self._hang_up()
            return
        self.caller.silent = False
        self._reader.feed(data)
        is_part = len(data) == 1 or self._reader.is_within_character
        self._patience = limits.TYPED_SILENCE if is_part else limits.LINE_SILENCE
        self._write(self._reader.answers())
        self._go_on()

    def _on_silence(self) -> None:
        self._silence = None
        if not self._is_over() and not self._reader.has_line:
            self._ends_lines = self._ends_lines and self._doing is not Doing.NAME
            self._reader.end_line()
            self._go_on()

    def _end_of_input(self) -> None:
        self._reader.end_line()
        self._go_on()

    # --- what the guest says ----------------------------------------------------------------------

    def _go_on(self) -> None:
        """Take line after line, until one has to wait; then nothing more is read."""
        for _ in range(limits.LINES_AT_ONCE):
            if self._line is None:
                self._line = self._reader.take()
            if self._line is None or not self._may_hear(self._line):
                break
            line, self._line = self._line, None
            self._hear(line)
        else:
            self._hall.clock.call_later(limits.LINES_REST, self._go_on)
        if self._is_over():
            return
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        waits = self._line is not None or self._reader.has_line
        self._stream.set_reading(not waits and not self._rests)
        if self._stream.ended:
            self._leave_if_done()
        elif self._reader.has_part and not waits:
            self._silence = self._hall.clock.call_later(self._patience, self._on_silence)

    def _leave_if_done(self) -> None:
        """Go where nothing more can come, once all that came was heard and answered."""
        is_heard = self._stream.ended and self._line is None and not self._reader.has_line
        if is_heard and not self._unanswered and not self._is_over():
            self._leave()

    def _may_hear(self, line: Line) -> bool:
        """Tell whether a line may be heard now; if it has to wait, go on by itself then."""
        if self._held or self._is_over():
            return False
        is_blank = not line.too_long and not line.text.strip()
        if self._doing is Doing.PASSWORD or self._hall.unlimited or is_blank:
            return True
        wait = self._bucket.take(self._hall.clock.monotonic())
        if not wait:
            return True
        self._held = True
        if self.in_room and not self._warned:
            self._warned = True
            self._tell(Word.SLOWED)
        self._hall.clock.call_later(wait, self._on_token)
        return False

    def _on_token(self) -> None:
        self._held = False
        self._go_on()
        self._warned = self._warned and self._held

    def _hear(self, line: Line) -> None:
        if self._doing is Doing.NAME:
            self._on_nick(line)
        elif self._doing is Doing.PASSWORD:
            self._on_password(line)
        else:
            self._on_text(line)

    def _on_nick(self, line: Line) -> None:
        if not line.text.strip() and not line.too_long:
            return
        text = self._without_nick(line.text)
        self._typed_nick = line.text if text == line.text else self._typed_nick
        if line.too_long or len(text) > limits.NICK_MOST:
            self._refuse_nick(Refusal.NICKNAME_TOO_LONG, limit=MAX_NICKNAME)
            return
        if _NO_TEXT in text:
            self._refuse_nick(Refusal.NICKNAME_NOT_ALLOWED)
            return
        self._nick = text
        if self._hall.room.entrance.asks and not self._knows_password:
            self._doing = Doing.PASSWORD
            self._tell(Word.PASSWORD)
        else:
            self._join()

    def _on_password(self, line: Line) -> None:
        text = self._without_nick(line.text)
        if line.too_long or not text:
            if line.too_long:
                self._tell(Refusal.TEXT_TOO_LONG)
            return
        hall = self._hall
        address, now = self.caller.address, hall.clock.monotonic()
        weighed = weigh(hall.room.entrance, hall.key.fingerprint, address, text, now)
        if weighed.refusal is None:
            self._knows_password = True
            self._join()
        elif weighed.refusal is Refusal.WRONG_PASSWORD:
            log.warning("link %d: a wrong password", self.number)
            self._tell(weighed.refusal)
        else:
            self._tell(weighed.refusal, seconds=weighed.seconds)
            self._leave()

    def _join(self) -> None:
        """Ask the room, which answers at once."""
        # By the nickname: the id is another one at each visit.
        colour = zlib.crc32(self._nick.casefold().encode()) % COLOURS
        self._hall.take(self.number, Join(nick=self._nick, colour=colour))
        member = self._hall.room.member_on(self.number)
        if member is not None and not self._is_over():
            self._keeper.joined(self)
            self._bucket = TokenBucket()
            self._member, self._nick = member.number, member.nick
            self._after = self._hall.room.log.last_seq
            wish = Fetch(after=0, until=self._after, newest=True, limit=limits.BACKLOG)
            self._hall.take(self.number, wish)
        self._tell_own()

    def _on_text(self, line: Line) -> None:
        if line.too_long:
            self._tell(Refusal.TEXT_TOO_LONG)
            return
        text = self._without_nick(line.text)
        if text.strip() in GOODBYE:
            self._leave()
        elif text.strip():
            self._unanswered += 1
            self._hall.take(self.number, Say(cid=secrets.token_bytes(16), text=text))

    def _without_nick(self, text: str) -> str:
        """Return what was typed: the tutorial's client puts the nickname in front of it."""
        for nick in (self._typed_nick, self._nick):
            if nick and text.startswith(f"{nick}: "):
                return text[len(nick) + 2 :]
        return text

    def _ask_nick(self, why: bytes = b"") -> None:
        self._doing, self._ends_lines = Doing.NAME, True
        self._asked += 1
        self._write(why + NICK)

    # --- the host's outlet ------------------------------------------------------------------------

    def queue(self, message: AnyMessage) -> None:
        """Keep a message for this guest alone until `deliver`."""
        self._own.append(message)

    def deliver(self, messages: list[AnyMessage], _frames: bytes) -> None:
        """Write everything at once, or leave out a reader that is too far behind."""
        self._tell_own()
        if messages and self.in_room and not self._behind:
            self._deliver(messages)
        self._leave_if_done()

    def _deliver(self, messages: list[AnyMessage]) -> None:
        new = [shown for shown in self._keeper.showing.for_all(messages) if self._is_new(shown)]
        data = b"".join(shown.for_reader(self._floor) for shown in new)
        waiting = self._out.waiting
        if waiting > limits.DRAINED and waiting + len(data) > limits.WRITE_CAP:
            self._behind = True
            self._hall.fell_behind(self)
            return
        self._write(data)
        self._after = max((shown.seq for shown in new if shown.seq), default=self._after)

    def end(self, refusal: Refusal) -> None:
        """Say the last word and hang up."""
        if not self._is_over():
            self._tell(refusal)
            self._finish()

    def _tell_own(self) -> None:
        own, self._own = self._own, []
        for message in own:
            if self._is_over():
                return
            if isinstance(message, Joined):
                self._doing, self._out.is_cut = Doing.TALKING, not self._ends_lines
                self._write(came(self._nick) + f"{WELCOME}\n".encode())
            elif isinstance(message, Page):
                most = limits.WRITE_CAP if self._ends_lines else limits.FITS_TUTORIAL
                self._floor = message.start
                self._write(self._keeper.showing.past(message.said, most, message.start))
            elif isinstance(message, Skipped):
                self._tell(Word.SKIPPED, count=max(0, message.last_seq - self._after))
                self._after = message.last_seq
            elif isinstance(message, Acked):
                self._unanswered -= 1
            elif isinstance(message, Rejected):
                self._unanswered -= message.cid is not None
                self._on_rejected(message)

    def _on_rejected(self, message: Rejected) -> None:
        about = {} if message.limit is None else {"limit": message.limit}
        if self.in_room:
            self._tell(message.code, **about)
        else:
            self._refuse_nick(message.code, nick=self._nick, **about)

    def _refuse_nick(self, code: str, **about: object) -> None:
        why = self._keeper.showing.word(code, **about)
        if self._asked >= limits.NICKNAMES_ASKED or code in _NO_USE_ASKING:
            self._write(why)
            self._leave()
        else:
            # In one piece: by `NICK` alone the tutorial's client would offer the same one again.
            self._ask_nick(why)

    def _is_new(self, shown: Shown) -> bool:
        return (not shown.seq or shown.seq > self._after) and shown.came != self._member

    # --- ending -----------------------------------------------------------------------------------

    def _is_over(self) -> bool:
        return self._doing is Doing.OVER

    def _leave(self) -> None:
        """Go on purpose."""
        if self.in_room:
            self._hall.take(self.number, Leave())
        self._finish()

    def _finish(self) -> None:
        """End the connection in order; whoever takes too long is cut off."""
        self._out.finish()
        self._stop("left")
        self._hall.clock.call_later(limits.LAST_WORD, self._hang_up)
        self._stream.set_reading(True)
        self._stream.finish()

    def hang_up(self) -> None:
        """End at once, without a word."""
        self._hang_up()

    def _hang_up(self) -> None:
        self._out.drop()
        self._stop("lost")
        self._stream.abort()
        self._keeper.forget(self)

    def _stop(self, reason: LeaveReason) -> None:
        if self._doing is Doing.OVER:
            return
        self._doing = Doing.OVER
        self._line = None
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        self._hall.remove_guest(self.number, reason)

    def _tell(self, word: str, **about: object) -> None:
        self._write(self._keeper.showing.word(word, **about))

    def _write(self, data: bytes) -> None:
        if not data or self._is_over():
            return
        if self._out.waiting > limits.WRITE_CAP:
            # It asks and asks, and takes no answer.
            self._hall.clock.call_later(0, self._hang_up)
            return
        self._out.write(data)


_LATE = frozenset({Knock.TLS, Knock.HTTP})
"""Who was asked only because its first bytes were late: no nickname comes of them, nor messages."""

_NO_TEXT = "\ufffd"
"""What stands for bytes that are no text: a symbol like others, which a nickname might have."""

_NO_USE_ASKING = frozenset({Refusal.ROOM_FULL, Refusal.ROOM_LOCKED})
"""No other nickname would do."""
