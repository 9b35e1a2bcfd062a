"""Reading a room's log: a range of it, a word in it, one line of it."""

from __future__ import annotations

import re
from sqlite3 import Connection

import msgspec

from app.protocol.messages import Said, SaidKind
from app.room.files.lines import with_files

RECENT = 20_000
"""Messages that are looked through where the word index cannot help: scripts without spaces."""

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)

TEXT, DELETED, DELETE, EDITED, EDIT, REACT, UNREACT, FILES = range(8)
"""The `kind` of a line in the table. Append only; those above 3 are in an index by their `about`."""

_KINDS: dict[int, SaidKind] = {
    TEXT: "text",
    DELETED: "deleted",
    DELETE: "delete",
    EDITED: "edited",
    EDIT: "edit",
    REACT: "react",
    UNREACT: "unreact",
    FILES: "files",
}
NUMBERS: dict[SaidKind, int] = {kind: number for number, kind in _KINDS.items()}
_COLUMNS = "seq, member, nick, devices.device, at, cid, text, kind, about"
_FROM = f"SELECT {_COLUMNS} FROM messages JOIN devices ON devices.id = messages.device"  # noqa: S608
# The text of an edit is in the row of its message, for as long as it is the latest one.
_LATEST = """SELECT text FROM messages AS message WHERE seq = ? AND kind = 3 AND NOT EXISTS (
    SELECT 1 FROM messages AS edit WHERE edit.about = message.seq AND edit.kind > 3
    AND edit.device = message.device AND edit.seq > ? AND edit.kind = 4
)"""
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
    for place, one in enumerate(said):
        if one.kind == "edit":
            said[place] = _with_text(database, one)
        elif one.kind == "files":
            said[place] = with_files(database.execute, one)
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
        f"{_FROM} WHERE seq > ? AND seq < ? AND kind IN (0, 3, 7) AND {where} ORDER BY seq DESC LIMIT ?",
        (after, before, *terms, limit),
    ).fetchall()
    found = [_said(row) for row in rows]
    return [with_files(database.execute, one) if one.kind == "files" else one for one in found]


def lines(database: Connection, seqs: list[int]) -> list[Said]:
    """Return the lines of those numbers, the newest first; of those with files, them too."""
    marks = ", ".join("?" * len(seqs))
    rows = database.execute(f"{_FROM} WHERE seq IN ({marks}) ORDER BY seq DESC", seqs).fetchall()
    said = map(_said, rows)
    return [with_files(database.execute, one) if one.kind == "files" else one for one in said]


def line(database: Connection, seq: int) -> tuple[bytes, SaidKind] | None:
    """Return whose device said the line of that number, and what it is, or None."""
    row = database.execute(
        "SELECT devices.device, kind FROM messages JOIN devices ON devices.id = messages.device"
        " WHERE seq = ?",
        (seq,),
    ).fetchone()
    return None if row is None else (row[0], _KINDS.get(row[1], "text"))


def reactions(database: Connection, seq: int) -> list[tuple[int, bytes, str, bool]]:
    """Return what was put to a message and taken back, in order: line, device, emoji, and which."""
    rows = database.execute(
        "SELECT seq, devices.device, text, kind = 5 FROM messages"
        " JOIN devices ON devices.id = messages.device"
        " WHERE about = ? AND kind > 3 AND kind IN (5, 6) ORDER BY seq",
        (seq,),
    ).fetchall()
    return [(line, device, emoji, bool(on)) for line, device, emoji, on in rows]


def is_unspaced(query: str) -> bool:
    """Tell whether a search is in a script without spaces, where an index of words is of no help."""
    return _WITHOUT_SPACES.search(query) is not None


def fts_query(text: str, shortest: int = 2) -> str:
    """Return `text` as an FTS5 query for all of its words; empty where it has none.

    The last is the beginning of one, if it has `shortest` letters.

    Each word stands in quotes, so nothing that a person types is FTS syntax.
    """
    words = re.findall(r"\w+", text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    # The index holds prefixes of two and three letters; of one, too much would begin with it.
    return " ".join([*quoted[:-1], quoted[-1] + ("*" if len(words[-1]) >= shortest else "")])


def _said(row: tuple[int, int, str, bytes, int, bytes, str, int, int]) -> Said:
    seq, author, nick, device, at, cid, text, number, about = row
    if not number and not about:
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
        # Of one that was deleted, it is the line that did it.
        about=0 if number == DELETED else about,
    )


def _with_text(database: Connection, edit: Said) -> Said:
    row = database.execute(_LATEST, (edit.about, edit.seq)).fetchone()
    return edit if row is None else msgspec.structs.replace(edit, text=row[0])
