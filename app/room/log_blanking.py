"""Taking a text that was deleted or replaced out of the log's file: row, word index, and its pages.

SQLite overwrites what a row no longer holds (`secure_delete`). The word index only notes that a row's
words do not count any more, until its parts are merged; so they are, all of them, in quiet moments.
"""

from __future__ import annotations

from contextlib import closing
from sqlite3 import Connection

from app.protocol.messages import Said
from app.room.files.lines import attaching
from app.room.log_listing import forgetting, indexing

PAGES = 16
"""Pages of the index that one portion of work writes: about a millisecond."""

_WORDS = """INSERT INTO words (words, rowid, text)
    SELECT 'delete', seq, text FROM messages WHERE seq = ? AND kind IN (0, 3, 7)
    AND seq <= (SELECT value FROM meta WHERE key = 'indexed')"""
# The index goes on counting the row: as one without words.
_NO_WORDS = """INSERT INTO words (rowid, text)
    SELECT seq, '' FROM messages WHERE seq = ? AND kind IN (0, 3, 7)
    AND seq <= (SELECT value FROM meta WHERE key = 'indexed')"""
_NEW_WORDS = """INSERT INTO words (rowid, text)
    SELECT seq, text FROM messages WHERE seq = ? AND kind = 3
    AND seq <= (SELECT value FROM meta WHERE key = 'indexed')"""
_TEXT = "UPDATE messages SET text = '', kind = 1, about = ? WHERE seq = ? AND kind IN (0, 3, 7)"
_NEW_TEXT = "UPDATE messages SET text = ?, kind = 3 WHERE seq = ? AND kind IN (0, 3)"
_MERGES = (
    "INSERT INTO words (words, rank) VALUES ('merge', ?)",
    "INSERT INTO listed (listed, rank) VALUES ('merge', ?)",
)
_PURGE = "INSERT OR REPLACE INTO meta VALUES ('purge', 1)"


def changing(act: Said) -> list[tuple[str, tuple[object, ...]]]:
    """Return the statements that do to its message what `act` says, for its transaction.

    The row of a deleted message keeps in `about` the number of the line that deleted it. Done twice
    they change nothing.
    """
    if act.kind == "edit":
        return _replacing(act)
    if act.kind == "files":
        return attaching(act) + indexing(act)
    return _blanking(act) if act.kind == "delete" else []


def _replacing(edit: Said) -> list[tuple[str, tuple[object, ...]]]:
    return [
        (_WORDS, (edit.about,)),
        (_NEW_TEXT, (edit.text, edit.about)),
        (_NEW_WORDS, (edit.about,)),
        (_PURGE, ()),
    ]


def _blanking(delete: Said) -> list[tuple[str, tuple[object, ...]]]:
    return [
        # The index is told the very text that it holds, by SQLite itself: it cannot differ.
        (_WORDS, (delete.about,)),
        (_NO_WORDS, (delete.about,)),
        (_TEXT, (delete.seq, delete.about)),
        ("DELETE FROM attached WHERE seq = ?", (delete.about,)),
        forgetting(delete.about),
        (_PURGE, ()),
    ]


def is_purge_due(database: Connection) -> bool:
    """Tell whether `purging` has anything to do."""
    return database.execute("SELECT 1 FROM meta WHERE key = 'purge'").fetchone() is not None


def purging(database: Connection) -> bool:
    """Write a portion of the word index anew where a text was deleted; return whether more is to do.

    Raises sqlite3.Error.
    """
    row = database.execute("SELECT value FROM meta WHERE key = 'purge'").fetchone()
    if row is None:
        return False
    # A negative number of pages begins to merge everything; a positive one goes on with that.
    pages = -PAGES if row[0] == 1 else PAGES
    more = False
    database.execute("BEGIN IMMEDIATE")
    for merge in _MERGES:
        before = database.total_changes
        database.execute(merge, (pages,))
        # SQLite's own sign that a merge found something to do.
        more |= database.total_changes - before >= 2
    if more:
        database.execute("UPDATE meta SET value = 2 WHERE key = 'purge'")
    else:
        database.execute("DELETE FROM meta WHERE key = 'purge'")
    database.execute("COMMIT")
    if not more:
        with closing(database.execute("PRAGMA wal_checkpoint(TRUNCATE)")) as done:
            done.fetchall()
    return more
