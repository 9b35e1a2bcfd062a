"""`Whispering`: private messages, as one member writes and reads them."""

from __future__ import annotations

import secrets
from bisect import bisect_right, insort
from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, AskKey, Key, Whisper, Whispered, Whispers
from app.security.sealed import NotGenuine
from app.security.sealer import Sealer, device_of
from app.session.connection import Problem
from app.session.keeping import Keeper
from app.session.outbox import Outbox
from app.session.replica import Replica
from app.session.room_state import RoomState
from app.session.store import RoomStore
from app.session.timeline import MessageEntry, SendState
from app.session.whisper_fetching import WhisperFetching
from app.session.whisper_store import PrivateLine, entry_of_line


class Whispering(QObject):
    """Brings private messages into the timeline, each once and in its place, and sends one's own.

    A message waits until the log is shown as far as the message that it stands below. Keys come from
    the host, and count only where their SHA-256 is the device's id. What cannot be opened is shown as
    that. Everything is remembered while the session lives: private messages are few.

    Signals:
        confirmed(tuple[MessageEntry, ...]): these came into the timeline.
    """

    confirmed = pyqtSignal(tuple)

    def __init__(
        self,
        state: RoomState,
        keeper: Keeper,
        replica: Replica,
        outbox: Outbox,
        *,
        wish: Callable[[AnyMessage], None],
        now: Callable[[], int],
        whole: bool,
    ) -> None:
        """`wish` asks the host; `now` is in Unix milliseconds; `whole`: fetch what was kept, too."""
        super().__init__(state)
        self._state = state
        self._timeline = state.timeline
        self._keeper = keeper
        self._replica = replica
        self._outbox = outbox
        self._wish = wish
        self._now = now
        self._whole = whole
        self._sealer: Sealer | None = None
        self._keys: dict[bytes, bytes] = {}
        """By device, checked; empty where the host has none that is genuine."""
        self._asked_keys: set[bytes] = set()
        self._numbers: set[int] = set()
        self._names: set[tuple[bytes, bytes]] = set()
        self._hidden: list[MessageEntry] = []
        self._acked: dict[bytes, int] = {}
        self._mark = 0
        self._news_after = 0
        self._fetching = WhisperFetching()
        outbox.use(self._carry)
        replica.moved.connect(self._on_moved)
        replica.began_anew.connect(self._on_began_anew)

    # --- one's own ------------------------------------------------------------------------------

    def use(self, sealer: Sealer) -> None:
        """Seal and open with `sealer` from now on: it is made for the room whose key was compared."""
        self._sealer = sealer

    def send(self, device: bytes, nick: str, text: str) -> Refusal | None:
        """Send a private message, or return why it cannot be one (then nothing was sent or kept).

        `nick` is how the owner of `device` is called here. `RoomSession.retry` and `discard` take
        it by its cid, as any message.
        """
        if not text.strip():
            return Refusal.TEXT_EMPTY
        if len(text) > limits.MAX_TEXT:
            return Refusal.TEXT_TOO_LONG
        if not device or device == self._replica.device:
            return Refusal.NO_SUCH_MEMBER
        if self._state.is_online and self._state.may_write is not None:
            return self._state.may_write
        self._outbox.add(
            MessageEntry(
                cid=secrets.token_bytes(16),
                seq=0,
                author=self._replica.me,
                nick=self._state.nickname,
                device=self._replica.device,
                at=self._now(),
                # Half a surrogate pair cannot travel as UTF-8; Qt hands one out when a paste was cut.
                text=text.encode("utf-8", "replace").decode("utf-8"),
                mine=True,
                state=SendState.SENDING,
                private_with=device,
                private_nick=nick,
            )
        )
        return None

    def note_acked(self, cid: bytes, number: int) -> bool:
        """Take note that the host has a private message; return whether it is one of ours."""
        entry = self._timeline.find_pending(cid)
        if entry is None or not entry.private_with:
            return False
        self._outbox.note_acked(cid, number)
        self._acked[cid] = number
        self._settle()
        return True

    def _carry(self, entry: MessageEntry) -> None:
        """Seal a message and send it, once the key is known."""
        key = self._key_of(entry.private_with)
        if key is None or self._sealer is None:
            return
        try:
            sealed, copy = self._sealer.seal(entry.text, entry.cid, key)
        except NotGenuine:
            self._outbox.note_failed(entry.cid, Problem.KEY_NOT_GENUINE)
            return
        self._wish(Whisper(cid=entry.cid, to=entry.private_with, sealed=sealed, copy=copy))

    # --- keys -----------------------------------------------------------------------------------

    def take_key(self, message: Key) -> None:
        """Take the key that was asked for, if it is the one that the device is known by."""
        device = message.device
        if device not in self._asked_keys:
            return
        self._asked_keys.discard(device)
        if device_of(message.key) == device:
            self._keys[device] = message.key
            self._outbox.send_private(device)
        else:
            code = Problem.KEY_NOT_GENUINE if message.key else Refusal.NO_SUCH_MEMBER
            self._fail_all(device, code)
            self._keys[device] = b""
        self._go_on()

    def _key_of(self, device: bytes) -> bytes | None:
        """Return the key of a device, or None and ask for it; whoever awaits it is called then."""
        key = self._keys.get(device)
        if not key and device not in self._asked_keys:
            self._asked_keys.add(device)
            self._wish(AskKey(device=device))
        return key or None

    def _fail_all(self, device: bytes, code: str) -> None:
        for entry in self._timeline.pending:
            if entry.private_with == device and entry.state is SendState.SENDING:
                self._outbox.note_failed(entry.cid, code)

    # --- coming in ------------------------------------------------------------------------------

    def show(self) -> None:
        """Show what was kept at an earlier visit, as far as the log is shown; after the outbox."""
        self._acked = {one.cid: one.seq for one in self._keeper.outbox if one.seq and one.to}
        facts = self._keeper.facts
        if not facts.kept or self._whole:
            return
        for line in self._keeper.privates():
            self._add(self._entry_of(line))
        self._mark = self._keeper.facts.private
        self._show()

    def enter(self, last_private: int) -> None:
        """Be in the room, for the first time or again: fetch what is missing."""
        if last_private < self._mark:
            # Its numbers were given anew: what is new would not be seen.
            self._mark = 0
            self._numbers.clear()
        self._fetching.begin(self._mark)
        self._news_after = last_private
        self.skip(last_private)

    def skip(self, last_private: int) -> None:
        """Fetch what was left out, up to that number."""
        self._fetching.aim(last_private)
        self._go_on()

    def cut(self) -> None:
        """Take note that the link is gone, and with it every answer."""
        self._asked_keys.clear()
        # A host that had no genuine key may have one the next time.
        self._keys = {device: key for device, key in self._keys.items() if key}
        self._fetching.begin(self._mark)

    def take(self, message: Whispers) -> None:
        """Take private messages: an answer, or some that were written just now."""
        for whispered in message.whispers:
            # Somebody of whom the host knew no key when we asked has been there since.
            if not self._keys.get(whispered.author, b"?"):
                del self._keys[whispered.author]
        if message.until:
            self._fetching.take_answer(message)
        else:
            self._fetching.take_news(message)
        self._go_on()

    @pyqtSlot()
    def _on_began_anew(self) -> None:
        """Forget all: the host's log is another one, and so are its private messages."""
        self._mark = 0
        self.cut()
        self._numbers.clear()
        self._names.clear()
        self._hidden.clear()
        for cid in self._acked:
            self._timeline.discard(cid)
            self._keeper.write(partial(RoomStore.drop_outgoing, cid=cid))
        self._acked.clear()

    # --- opening --------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Open what waits, in order, for as long as the authors' keys are known."""
        waiting = self._fetching.waiting
        while waiting:
            whispered = waiting[0]
            author = whispered.author
            if author not in self._keys and self._is_to_me(whispered):
                self._key_of(author)
                break
            waiting.popleft()
            self._open(whispered)
            self._note_mark(whispered.number)
        else:
            self._note_mark(self._fetching.received)
            fetch = self._fetching.ask()
            if fetch is not None:
                self._wish(fetch)
        self._settle()
        self._show()

    def _is_to_me(self, whispered: Whispered) -> bool:
        me = self._replica.device
        return whispered.to == me != whispered.author

    def _open(self, whispered: Whispered) -> None:
        if whispered.number in self._numbers:
            return
        if (whispered.author, whispered.cid) in self._names:
            return
        mine = whispered.author == self._replica.device
        pending = self._timeline.find_pending(whispered.cid) if mine else None
        text: str | None
        if pending is not None and pending.private_with:
            # What we wrote ourselves we know better than the host does.
            device, nick, text = pending.private_with, pending.private_nick, pending.text
        elif mine:
            device, nick, text = whispered.to, whispered.to_nick, self._opened(whispered)
        else:
            device, nick, text = whispered.author, whispered.nick, self._opened(whispered)
        self._keep(
            PrivateLine(
                number=whispered.number,
                device=device,
                with_nick=nick,
                nick=whispered.nick,
                mine=mine,
                at=whispered.at,
                after=whispered.after,
                cid=whispered.cid,
                text=text,
            )
        )

    def _opened(self, whispered: Whispered) -> str | None:
        """Return the text; None if it is not what it is said to be."""
        if self._sealer is None:
            return None
        me = self._replica.device
        sealed, cid = whispered.sealed, whispered.cid
        try:
            if whispered.author == me:
                return self._sealer.open_copy(sealed, cid, whispered.to)
            if whispered.to != me:
                return None
            return self._sealer.open(sealed, cid, self._keys.get(whispered.author, b""))
        except NotGenuine:
            return None

    def _keep(self, line: PrivateLine) -> None:
        self._keeper.write(lambda store: store.add_private(line))
        if line.mine:
            self._acked.pop(line.cid, None)
            self._keeper.write(lambda store: store.drop_outgoing(line.cid))
        self._add(self._entry_of(line))

    def _note_mark(self, until: int) -> None:
        if until > self._mark:
            self._mark = until
            self._keeper.write(lambda store: store.note_private(until))

    def _settle(self) -> None:
        """Place one's own messages that the host has, but gives no more: some hosts keep nothing."""
        for cid, number in [item for item in self._acked.items() if item[1] <= self._mark]:
            del self._acked[cid]
            entry = self._timeline.find_pending(cid)
            if entry is None:
                continue
            self._keep(
                PrivateLine(
                    number=number,
                    device=entry.private_with,
                    with_nick=entry.private_nick,
                    nick=entry.nick,
                    mine=True,
                    at=entry.at,
                    after=self._replica.shows[1],
                    cid=cid,
                    text=entry.text,
                )
            )
        self._show()

    # --- showing --------------------------------------------------------------------------------

    def _entry_of(self, line: PrivateLine) -> MessageEntry:
        return entry_of_line(line, self._replica.me, self._replica.device)

    def _add(self, entry: MessageEntry) -> None:
        self._numbers.add(entry.number)
        self._names.add((entry.device, entry.cid))
        insort(self._hidden, entry, key=_place_of)

    @pyqtSlot()
    def _on_moved(self) -> None:
        self._show()

    def _show(self) -> None:
        """Put into the timeline what belongs into the part of the log that is shown."""
        if not self._hidden or not self._replica.is_shown:
            return
        after, until = self._replica.shows
        first = bisect_right(self._hidden, after, key=_after_of)
        last = bisect_right(self._hidden, until, key=_after_of)
        if first == last:
            return
        shown = tuple(self._hidden[first:last])
        del self._hidden[first:last]
        for entry in shown:
            self._timeline.add_private(entry)
        self.confirmed.emit(shown)
        for entry in shown:
            if not entry.mine and entry.number > self._news_after:
                self._state.note_news(entry)


def _place_of(entry: MessageEntry) -> tuple[int, int]:
    return entry.place


def _after_of(entry: MessageEntry) -> int:
    return entry.after
