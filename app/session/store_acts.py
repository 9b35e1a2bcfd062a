"""What was done to messages, in a room's store: deleting, editing, reacting.

A text is in one place alone: the row of its message, or where that is not here the row of its latest
edit. So what is deleted or replaced there is gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import msgspec

from app.protocol.attachments import words_in
from app.protocol.limits import MAX_EMOJI
from app.protocol.messages import MESSAGES, Said, SaidKind
from app.session.words import fold, tokens

Execute = Callable[..., sqlite3.Cursor]

TEXT, DELETED, DELETE, EDITED, EDIT, REACT, UNREACT, FILES = range(8)
KINDS: dict[int, SaidKind] = {
    TEXT: "text",
    DELETED: "deleted",
    DELETE: "delete",
    EDITED: "edited",
    EDIT: "edit",
    REACT: "react",
    UNREACT: "unreact",
    FILES: "files",
}
NUMBERS: dict[SaidKind, int] = {kind: number for number, kind in KINDS.items()}

ACTS = "kind IN (2, 4, 5, 6)"
"""What is no message; in these words it has an index by `about`."""


def words_of(text: str, kind: int = TEXT) -> str:
    """Return the text of a line of that kind as the index of words takes it."""
    return " ".join(tokens(fold(words_in(text) if kind == FILES else text)))


def stored(execute: Execute, said: Said, *, late: bool) -> tuple[str, int, int]:
    """Return the text, kind and `about` of a line as they are kept.

    `late`: what was done to it since may be here already.
    """
    kind = NUMBERS[said.kind]
    if kind in {REACT, UNREACT}:
        return said.text[:MAX_EMOJI], kind, said.about
    if said.kind not in MESSAGES:
        return "", kind, said.about
    known: list[tuple[int, str]] = []
    if late:
        select = f"SELECT kind, text FROM said WHERE about = ? AND {ACTS} AND kind < 5 ORDER BY seq"  # noqa: S608
        known = msgspec.convert(execute(select, (said.seq,)).fetchall(), list[tuple[int, str]])
        if known:
            _blank_edits(execute, said.seq)
    if kind == DELETED or any(number == DELETE for number, _ in known):
        # Whatever the host sent with it: there is no text.
        return "", DELETED, 0
    for _, text in known:
        if text:
            said = msgspec.structs.replace(said, text=text, kind="edited")
    return said.text, NUMBERS[said.kind], said.about


def carry_out(execute: Execute, said: Said, *, late: bool) -> bool:
    """Do what a line that is kept says to its message; return whether words were taken out.

    `late`: what was done since may be here already.
    """
    if said.kind == "delete":
        if _put(execute, said.about, "", DELETED):
            return True
        _blank_edits(execute, said.about)
        return False
    if said.kind != "edit" or (late and _is_overtaken(execute, said)):
        return False
    if said.text and _put(execute, said.about, said.text, EDITED):
        return True
    if execute("SELECT 1 FROM said WHERE seq = ?", (said.about,)).fetchone() is None:
        _blank_edits(execute, said.about)
        execute("UPDATE said SET text = ? WHERE seq = ?", (said.text, said.seq))
    return False


def _is_overtaken(execute: Execute, said: Said) -> bool:
    later = f"SELECT 1 FROM said WHERE about = ? AND {ACTS} AND kind < 5 AND seq > ?"  # noqa: S608
    return execute(later, (said.about, said.seq)).fetchone() is not None


def _blank_edits(execute: Execute, seq: int) -> None:
    blank = f"UPDATE said SET text = '' WHERE about = ? AND {ACTS} AND kind = 4 AND text <> ''"  # noqa: S608
    execute(blank, (seq,))


def _put(execute: Execute, seq: int, text: str, kind: int) -> bool:
    """Give a message another text and its words; return whether it had one."""
    select = "SELECT text, kind FROM said WHERE seq = ? AND kind IN (0, 3, 7)"
    row = execute(select, (seq,)).fetchone()
    if row is None:
        return False
    before, was = msgspec.convert(row, tuple[str, int])
    take = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
    execute(take, (seq, words_of(before, was)))
    about = ", about = 0" if kind == DELETED else ""
    execute(f"UPDATE said SET text = ?, kind = ?{about} WHERE seq = ?", (text, kind, seq))  # noqa: S608
    if text:
        execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (seq, words_of(text)))
    return True
