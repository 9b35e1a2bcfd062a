"""Reading a room's log: a range of it, a word in it, one line of it."""

from __future__ import annotations

import re
from sqlite3 import Connection

from app.protocol.messages import Said, SaidKind

RECENT = 20_000
"""Messages that are looked through where the word index cannot help: scripts without spaces."""

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)

DELETE = 2
"""The `kind` of a line that deletes another."""

_KINDS: dict[int, SaidKind] = {0: "text", 1: "deleted", DELETE: "delete"}
_COLUMNS = "seq, member, nick, devices.device, at, cid, text, kind, about"
_FROM = f"SELECT {_COLUMNS} FROM messages JOIN devices ON devices.id = messages.device"  # noqa: S608
_IN_WORDS = """seq IN (
    SELECT rowid FROM words WHERE words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT 1000
)"""


def between(
    database: Connection, after: int, until: int, limit: int, *, newest: bool
) -> list[Said]:
    """Return up to `limit` lines of `(after, until]`, in order: the oldest, or the newest of them."""
    order = "DESC" if newest else "ASC"
    rows = database.execute(
        f"{_FROM} WHERE seq > ? AND seq <= ? ORDER BY seq {order} LIMIT ?",
        (after, until, limit),
    ).fetchall()
    said = [_said(row) for row in rows]
    return said[::-1] if newest else said


def search(
    database: Connection, query: str, after: int, before: int, limit: int, *, last: int
) -> list[Said]:
    """Return up to `limit` messages of `(after, before)` with all words of `query`, newest first.

    `last` is the newest line there is.
    """
    if is_unspaced(query):
        where, terms = "instr(text, ?) AND seq > ?", (query.strip(), last - RECENT)
    else:
        where, terms = _IN_WORDS, (fts_query(query), before)
    rows = database.execute(
        f"{_FROM} WHERE seq > ? AND seq < ? AND kind = 0 AND {where} ORDER BY seq DESC LIMIT ?",
        (after, before, *terms, limit),
    ).fetchall()
    return [_said(row) for row in rows]


def line(database: Connection, seq: int) -> tuple[bytes, SaidKind] | None:
    """Return whose device said the line of that number, and what it is, or None."""
    row = database.execute(
        "SELECT devices.device, kind FROM messages JOIN devices ON devices.id = messages.device"
        " WHERE seq = ?",
        (seq,),
    ).fetchone()
    return None if row is None else (row[0], _KINDS.get(row[1], "text"))


def is_unspaced(query: str) -> bool:
    """Tell whether a search is in a script without spaces, where an index of words is of no help."""
    return _WITHOUT_SPACES.search(query) is not None


def fts_query(text: str) -> str:
    """Return `text` as an FTS5 query for all of its words; empty where it has none.

    Each word stands in quotes, so nothing that a person types is FTS syntax.
    """
    words = re.findall(r"\w+", text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    # The index holds prefixes of two and three letters; of one, too much would begin with it.
    return " ".join([*quoted[:-1], quoted[-1] + ("*" if len(words[-1]) > 1 else "")])


def _said(row: tuple[int, int, str, bytes, int, bytes, str, int, int]) -> Said:
    seq, author, nick, device, at, cid, text, number, about = row
    if not number:
        return Said(seq=seq, author=author, nick=nick, device=device, at=at, cid=cid, text=text)
    return Said(
        seq=seq,
        author=author,
        nick=nick,
        device=device,
        at=at,
        cid=cid,
        text=text,
        kind=_KINDS.get(number, "text"),
        about=about if number == DELETE else 0,
    )
