"""The private messages in a room's store: their text, for this computer's owner to read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from app.protocol.messages import Seq
from app.session.entries import MessageEntry

Execute = Callable[..., Iterable[object]]
"""Carries out a statement within the store's transaction, and returns its rows."""

_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class PrivateLine:
    """A private message as it is kept. `text` is None where it could not be opened.

    `device` and `with_nick` are the other one's, `nick` is the author's; `at` is in Unix
    milliseconds; it stands below the message `after` of the log.
    """

    number: int
    device: bytes
    with_nick: str
    nick: str
    mine: bool
    at: int
    after: int
    cid: bytes
    text: str | None


def insert(execute: Execute, line: PrivateLine) -> None:
    """Keep a line; the first one of a number stays."""
    execute(
        f"INSERT OR IGNORE INTO whispers ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            line.number,
            line.device,
            line.with_nick,
            line.nick,
            line.mine,
            max(-_MOST, min(line.at, _MOST)),
            line.after,
            line.cid,
            line.text,
        ),
    )


def read(execute: Execute, after: int = -1, limit: int = -1) -> tuple[PrivateLine, ...]:
    """Return all lines after that number, in the order of numbers; a negative limit is none."""
    where = "WHERE number > ? ORDER BY number LIMIT ?"
    rows = list(execute(f"SELECT {_COLUMNS} FROM whispers {where}", (after, limit)))  # noqa: S608
    return tuple(
        PrivateLine(number, device, with_nick, nick, bool(mine), at, after, cid, text)
        for number, device, with_nick, nick, mine, at, after, cid, text in msgspec.convert(
            rows, list[_Row]
        )
    )


_Row = tuple[Seq, bytes, str, str, int, int, Seq, bytes, str | None]
_COLUMNS = "number, device, with_nick, nick, mine, at, after, cid, text"


def entry_of_line(line: PrivateLine, me: int, device: bytes) -> MessageEntry:
    """Return a private message as a timeline has it; `me` and `device` are one's own."""
    return MessageEntry(
        cid=line.cid,
        seq=0,
        author=me if line.mine else -1,
        nick=line.nick,
        device=device if line.mine else line.device,
        at=line.at,
        text=line.text or "",
        mine=line.mine,
        private_with=line.device,
        private_nick=line.with_nick,
        number=line.number,
        after=line.after,
        unopened=line.text is None,
    )
