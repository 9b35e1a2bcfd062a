"""`PrivateMessages`: who may write privately to whom, and what each device gets to see of it.

The text is sealed (`security/sealed.py`): the room knows the two devices and the size, nothing else.
"""

from __future__ import annotations

from app.protocol.errors import Refusal
from app.protocol.limits import MAX_WHISPERS
from app.protocol.messages import (
    Acked,
    AskKey,
    FetchWhispers,
    Key,
    Rejected,
    Whisper,
    Whispered,
    Whispers,
)
from app.room.attendance import Attendance
from app.room.effects import Effect, Send
from app.room.log import Log
from app.room.whisper_log import Known, Letter, WhisperLog

ANSWER_BYTES = 60_000
"""About the most bytes of one answer: with the largest overhead it still fits a frame."""

_OVERHEAD = 300
"""The most bytes of a private message in an answer beside its nicknames and what is sealed."""


PrivateWish = AskKey | Whisper | FetchWhispers
PRIVATE_WISHES: tuple[type[PrivateWish], ...] = (AskKey, Whisper, FetchWhispers)


class PrivateMessages:
    """The private messages of one room. The `Room` hands wishes on, and owns this.

    A device sees those that it wrote or that were written to it, under whatever nickname; whose link
    one is, is what `Attendance` was told by the caller who checked the proof of the device key.
    """

    def __init__(self, log: Log, here: Attendance) -> None:
        self._log = log
        self._whispers = WhisperLog(log)
        self._here = here
        self._unsettled: list[tuple[int, Letter]] = []
        self._repeated: list[tuple[int, bytes, int]] = []

    @property
    def are_waiting(self) -> bool:
        """Whether any wait for the log to be committed."""
        return bool(self._unsettled)

    def meet(self, link: int, nick: str) -> None:
        """Remember the public key and the nickname of whoever came in by `link`."""
        who = self._here.links[link]
        if who.key:
            self._whispers.note(who.device, Known(who.key, nick))

    def newest_of(self, link: int) -> int:
        """Return the newest number of a private message that the device on `link` may see."""
        return self._whispers.newest_of(self._here.links[link].device)

    def handle(
        self, link: int, message: PrivateWish, now: int, refusal: Refusal | None
    ) -> list[Effect]:
        """Decide about a wish; `refusal`: why whoever is on that link may not write, if so."""
        if self._here.links[link].guest:
            # Nobody could tell a guest's key from one that the host made up, or carry it to them.
            cid = message.cid if isinstance(message, Whisper) else None
            return [Send(link, Rejected(code=Refusal.NOT_FOR_GUESTS, cid=cid))]
        if isinstance(message, Whisper):
            return self._take(link, message, now, refusal)
        if isinstance(message, FetchWhispers):
            return self._fetch(link, message)
        known = self._whispers.known(message.device)
        return [Send(link, Key(device=message.device, key=known.key if known else b""))]

    def _take(self, link: int, message: Whisper, now: int, refusal: Refusal | None) -> list[Effect]:
        author = self._here.members[link]
        number = self._whispers.number_of(author.device, message.cid)
        if number is not None:
            if number <= self._whispers.last_number:
                return [Send(link, Acked(cid=message.cid, seq=number))]
            # Written in this very turn, it is not on the disk yet: it is acknowledged then.
            self._repeated.append((link, message.cid, number))
            return []
        to_nick = self._nick_of(message.to)
        if refusal is None and self._here.is_guests(message.to):
            refusal = Refusal.NOT_FOR_GUESTS
        if refusal is None and (message.to == author.device or to_nick is None):
            refusal = Refusal.NO_SUCH_MEMBER
        if refusal is not None or to_nick is None:
            code = refusal or Refusal.NO_SUCH_MEMBER
            return [Send(link, Rejected(code=code, cid=message.cid))]
        whispered = Whispered(
            number=self._whispers.next_number,
            author=author.device,
            nick=author.nick,
            to=message.to,
            to_nick=to_nick,
            at=now,
            after=self._log.next_seq - 1,
            cid=message.cid,
            sealed=message.sealed,
        )
        letter = Letter(whispered, message.copy)
        self._whispers.append(letter)
        self._unsettled.append((link, letter))
        return []

    def settled(self) -> list[Effect]:
        """Acknowledge and deliver what is on the disk now, to the two devices alone."""
        unsettled, repeated = self._take_waiting()
        self._whispers.written()
        effects: list[Effect] = []
        last_seq = self._log.last_seq
        for link, letter in [(at, letter.below(last_seq)) for at, letter in unsettled]:
            whispered = letter.whispered
            effects.append(Send(link, Acked(cid=whispered.cid, seq=whispered.number)))
            for at, member in self._here.members.items():
                if member.device in (whispered.author, whispered.to):
                    told = Whispers(whispers=(letter.as_seen_by(member.device),))
                    effects.append(Send(at, told))
        effects += [Send(link, Acked(cid=cid, seq=number)) for link, cid, number in repeated]
        return effects

    def not_saved(self) -> list[Effect]:
        """Tell the authors that the disk took nothing of this turn."""
        unsettled, repeated = self._take_waiting()
        self._whispers.dropped()
        wishes = [(link, letter.whispered.cid) for link, letter in unsettled]
        wishes += [(link, cid) for link, cid, _ in repeated]
        return [Send(link, Rejected(code=Refusal.NOT_SAVED, cid=cid)) for link, cid in wishes]

    def _fetch(self, link: int, message: FetchWhispers) -> list[Effect]:
        device = self._here.members[link].device
        until = max(min(message.until, self._whispers.newest_of(device)), message.after)
        found: list[Whispered] = []
        if self._log.keeps:
            found = self._whispers.between(device, message.after, until, MAX_WHISPERS)
        fitting = _fit(found)
        if fitting and (len(found) == MAX_WHISPERS or len(fitting) < len(found)):
            until = fitting[-1].number
        answer = Whispers(whispers=tuple(fitting), after=message.after, until=until)
        return [Send(link, answer)]

    def _nick_of(self, device: bytes) -> str | None:
        """Return the nickname of a device that may be written to, or None."""
        known = self._whispers.known(device)
        if known is None:
            return None
        here = [member.nick for member in self._here.members.values() if member.device == device]
        if here:
            return here[-1]
        # Where nothing is kept, nobody could have it later.
        return known.nick if self._log.keeps else None

    def _take_waiting(self) -> tuple[list[tuple[int, Letter]], list[tuple[int, bytes, int]]]:
        waiting = self._unsettled, self._repeated
        self._unsettled, self._repeated = [], []
        return waiting


def _fit(found: list[Whispered]) -> list[Whispered]:
    """Return as many as fit one answer, from the oldest on: at least one."""
    room = ANSWER_BYTES
    fitting: list[Whispered] = []
    for whispered in found:
        room -= len(whispered.sealed) + _OVERHEAD
        room -= len(whispered.nick.encode()) + len(whispered.to_nick.encode())
        if room < 0 and fitting:
            break
        fitting.append(whispered)
    return fitting
