"""The part of a room's log that holds private messages: sealed, as they came.

It writes through the log, within the log's transactions. Beside the messages it knows every device
that was ever in the room: its public key, and its last nickname.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

import msgspec

from app.protocol.messages import Whispered
from app.room.log import Log

FORGETFUL = 10_000
"""Private messages whose cid is remembered where nothing is kept, so that a repeated one is known."""


class Known(NamedTuple):
    """A device that was in the room."""

    key: bytes
    nick: str


class Letter(NamedTuple):
    """A private message with both of its sealed forms; `whispered.sealed` is the recipient's."""

    whispered: Whispered
    copy: bytes

    def below(self, last_seq: int) -> Letter:
        """Return it standing below no message that is not in the log after all."""
        whispered = self.whispered
        if whispered.after <= last_seq:
            return self
        return Letter(msgspec.structs.replace(whispered, after=last_seq), self.copy)

    def as_seen_by(self, device: bytes) -> Whispered:
        """Return it as one of the two devices gets it."""
        whispered = self.whispered
        if device != whispered.author:
            return whispered
        return msgspec.structs.replace(whispered, sealed=self.copy)


class WhisperLog:
    """The private messages of one room. Numbers start at 1 and have no holes; all devices share them.

    Whoever commits the log then calls `written`, or `dropped` where the disk refused. Where the log
    keeps nothing, messages are numbered and forgotten.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        rows = log.read("SELECT device, key, nick FROM keys")
        self._known = {device: Known(key, nick) for device, key, nick in rows}
        ((last,),) = log.read("SELECT coalesce(max(number), 0) FROM whispers")
        self.last_number: int = last
        self._fresh: dict[tuple[bytes, bytes], Letter] = {}
        self._forgotten: OrderedDict[tuple[bytes, bytes], int] = OrderedDict()
        self._newest_forgotten: dict[bytes, int] = {}

    def known(self, device: bytes) -> Known | None:
        """Return what is known of a device that is, or was, in the room."""
        return self._known.get(device)

    def note(self, device: bytes, known: Known) -> None:
        """Remember a device, with this turn's transaction or a later one."""
        if self._known.get(device) != known:
            self._known[device] = known
            statement = "INSERT OR REPLACE INTO keys (device, key, nick) VALUES (?, ?, ?)"
            self._log.note(statement, (device, *known))

    # --- writing ----------------------------------------------------------------------------------

    @property
    def next_number(self) -> int:
        """The number that the next private message gets."""
        return self.last_number + len(self._fresh) + 1

    def append(self, letter: Letter) -> None:
        """Add a private message to this turn's transaction; its number is `next_number`."""
        assert letter.whispered.number == self.next_number
        self._fresh[letter.whispered.author, letter.whispered.cid] = letter
        if self._log.keeps:
            self._log.bind(_INSERT, _row(letter))

    def written(self) -> None:
        """Take note that the log was committed."""
        if not self._log.keeps:
            self._forget()
        self.last_number += len(self._fresh)
        self._fresh.clear()

    def dropped(self) -> None:
        """Take note that the disk refused: nothing of it was kept, and none has a number."""
        self._fresh.clear()

    def _forget(self) -> None:
        for name, (whispered, _) in self._fresh.items():
            self._forgotten[name] = whispered.number
            for device in (whispered.author, whispered.to):
                self._newest_forgotten[device] = whispered.number
        while len(self._forgotten) > FORGETFUL:
            self._forgotten.popitem(last=False)

    # --- reading ----------------------------------------------------------------------------------

    def number_of(self, author: bytes, cid: bytes) -> int | None:
        """Return the number that this message got already, on the disk or not, or None."""
        fresh = self._fresh.get((author, cid))
        if fresh is not None:
            return fresh.whispered.number
        forgotten = self._forgotten.get((author, cid))
        if forgotten is not None:
            return forgotten
        rows = self._log.read(
            "SELECT number FROM whispers WHERE cid = ? AND author = ?", (cid, author)
        )
        return rows[0][0] if rows else None

    def newest_of(self, device: bytes) -> int:
        """Return the newest number of this device's own, sent or received; 0 where there is none."""
        ((kept,),) = self._log.read(
            "SELECT max((SELECT coalesce(max(number), 0) FROM whispers WHERE author = ?),"
            " (SELECT coalesce(max(number), 0) FROM whispers WHERE recipient = ?))",
            (device, device),
        )
        return max(int(kept), self._newest_forgotten.get(device, 0))

    def between(self, device: bytes, after: int, until: int, limit: int) -> list[Whispered]:
        """Return up to `limit` of this device's own in `(after, until]`, oldest first."""
        # Two searches that each follow an index: a single one would read everybody's messages.
        parts = [
            f"SELECT * FROM (SELECT {_COLUMNS}, {sealed} FROM whispers WHERE {whose} = ?"  # noqa: S608
            " AND number > ? AND number <= ? ORDER BY number LIMIT ?)"
            for whose, sealed in (("author", "copy"), ("recipient", "sealed"))
        ]
        wanted = (device, after, until, limit)
        rows = self._log.read(
            " UNION ALL ".join(parts) + " ORDER BY number LIMIT ?", (*wanted, *wanted, limit)
        )
        return [_whispered(row) for row in rows]


_COLUMNS = "number, author, nick, recipient, to_nick, at, after, cid"

# The messages of the same turn are in the log by then: of those that it had already, none was added.
_INSERT = f"""INSERT INTO whispers ({_COLUMNS}, sealed, copy)
    VALUES (?, ?, ?, ?, ?, ?, min(?, (SELECT coalesce(max(seq), 0) FROM messages)), ?, ?, ?)"""  # noqa: S608


def _row(letter: Letter) -> tuple[object, ...]:
    w = letter.whispered
    names = (w.number, w.author, w.nick, w.to, w.to_nick)
    return (*names, w.at, w.after, w.cid, w.sealed, letter.copy)


def _whispered(row: tuple[int, bytes, str, bytes, str, int, int, bytes, bytes]) -> Whispered:
    number, author, nick, to, to_nick, at, after, cid, sealed = row
    return Whispered(
        number=number,
        author=author,
        nick=nick,
        to=to,
        to_nick=to_nick,
        at=at,
        after=after,
        cid=cid,
        sealed=sealed,
    )
