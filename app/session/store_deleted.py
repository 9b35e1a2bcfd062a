"""Deleted messages in a room's store: the lines that delete, and the texts that go with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import msgspec

from app.protocol.messages import Said, SaidKind, Seq
from app.session.words import fold, tokens

Execute = Callable[..., sqlite3.Cursor]

TEXT, DELETED, DELETE = range(3)
KINDS: dict[int, SaidKind] = {TEXT: "text", DELETED: "deleted", DELETE: "delete"}


def deletes(execute: Execute) -> dict[int, str]:
    """Return the numbers of the messages that were deleted, and the nickname of who deleted each."""
    rows = execute("SELECT about, nick FROM said WHERE kind = 2").fetchall()
    return dict(msgspec.convert(rows, list[tuple[Seq, str]]))


def words_of(text: str) -> str:
    """Return a text as the index of words takes it."""
    return " ".join(tokens(fold(text)))


def stored(said: Said, known: dict[int, str]) -> tuple[str, int, int]:
    """Return the text, kind and `about` of a line as they are kept; `known`: what was deleted."""
    if said.kind == "text" and said.seq not in known:
        return said.text, TEXT, 0
    if said.kind == "delete":
        return "", DELETE, said.about
    # Whatever the host sent with it: there is no text.
    return "", DELETED, 0


def blank(execute: Execute, seq: int) -> bool:
    """Take the text of a message away, and its words; return whether there was any."""
    row = execute("SELECT text FROM said WHERE seq = ? AND kind = 0", (seq,)).fetchone()
    if row is None:
        return False
    (text,) = msgspec.convert(row, tuple[str])
    take = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
    execute(take, (seq, words_of(text)))
    execute("UPDATE said SET text = '', kind = 1 WHERE seq = ?", (seq,))
    return True
