"""The tables of a room's log, and how older ones become them."""

from __future__ import annotations

import secrets
import sqlite3

SCHEMA_VERSION = 7

_V1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE devices (id INTEGER PRIMARY KEY, device BLOB NOT NULL UNIQUE);
CREATE TABLE members (
    device BLOB NOT NULL, key TEXT NOT NULL, number INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (device, key)
) WITHOUT ROWID;
CREATE TABLE floors (device BLOB PRIMARY KEY, floor INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (
    seq INTEGER PRIMARY KEY, member INTEGER NOT NULL, device INTEGER NOT NULL REFERENCES devices,
    nick TEXT NOT NULL, at INTEGER NOT NULL, cid BLOB NOT NULL, text TEXT NOT NULL
);
CREATE UNIQUE INDEX once ON messages (cid, device);
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = 'messages', content_rowid = 'seq',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO meta VALUES ('indexed', 0), ('closed', 1);
"""

_V2 = """
-- 0: a message, 1: one whose text was deleted, 2: the deleting, of the message `about`.
ALTER TABLE messages ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN about INTEGER NOT NULL DEFAULT 0;
-- Devices that gave the password that holds; its key is in `meta`.
CREATE TABLE trusted (device BLOB PRIMARY KEY) WITHOUT ROWID;
-- Public keys by device, and the last nickname: for private messages to somebody who is away.
CREATE TABLE keys (device BLOB PRIMARY KEY, key BLOB NOT NULL, nick TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE moderators (device BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE muted (device BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE bans (
    number INTEGER PRIMARY KEY AUTOINCREMENT, device BLOB NOT NULL, nick TEXT NOT NULL,
    at INTEGER NOT NULL, by TEXT NOT NULL, address TEXT NOT NULL
);
CREATE TABLE acts (
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, deed TEXT NOT NULL,
    nick TEXT NOT NULL, about INTEGER NOT NULL
);
CREATE TABLE whispers (
    number INTEGER PRIMARY KEY, author BLOB NOT NULL, nick TEXT NOT NULL, recipient BLOB NOT NULL,
    to_nick TEXT NOT NULL, at INTEGER NOT NULL, after INTEGER NOT NULL, cid BLOB NOT NULL,
    sealed BLOB NOT NULL, copy BLOB NOT NULL
);
CREATE UNIQUE INDEX whispered_once ON whispers (cid, author);
CREATE INDEX whispers_by ON whispers (author, number);
CREATE INDEX whispers_to ON whispers (recipient, number);
"""

_V3 = """
-- Further kinds of lines, see `log_reading`. Of a message, `about` is the one that it answers.
CREATE INDEX abouts ON messages (about, device) WHERE kind > 3;
"""

_V4 = """
-- What lies in the folder of files. `used`: a message had it, so it goes with the last one.
CREATE TABLE files (
    hash BLOB PRIMARY KEY, size INTEGER NOT NULL, name TEXT NOT NULL, nick TEXT NOT NULL,
    at INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- The devices that sent one, all of its bytes.
CREATE TABLE senders (
    hash BLOB NOT NULL, device BLOB NOT NULL, PRIMARY KEY (hash, device)
) WITHOUT ROWID;
-- Uploads that are not finished; how far they are, their files say.
CREATE TABLE uploads (
    id BLOB PRIMARY KEY, device BLOB NOT NULL, nick TEXT NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, hash BLOB NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
-- Which files a message has. The text of its row is its caption and their names, to be searched.
CREATE TABLE attached (
    seq INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL, name TEXT NOT NULL,
    size INTEGER NOT NULL, media TEXT NOT NULL, PRIMARY KEY (seq, place)
) WITHOUT ROWID;
CREATE INDEX attached_by ON attached (hash, seq);
"""

_V5 = """
-- The upright picture's width and height, and what its thumbnail is.
CREATE TABLE thumbnails (
    hash BLOB PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL, size INTEGER NOT NULL,
    media TEXT NOT NULL
) WITHOUT ROWID;
-- The same as the message told it; 0 where it told of none.
ALTER TABLE attached ADD COLUMN width INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attached ADD COLUMN height INTEGER NOT NULL DEFAULT 0;
"""

_V6 = """
-- Every file of a message that is not deleted, see `log_listing`; newer ones have higher rows.
CREATE VIRTUAL TABLE listed USING fts5 (
    name, nick, sort, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO listed (rowid, name, nick, sort)
    SELECT attached.seq * 16 + place, name, nick,
        CASE WHEN media LIKE 'image/%' THEN 'pictures' ELSE 'files' END
    FROM attached JOIN messages ON messages.seq = attached.seq;
"""

_V7 = """
-- Of the address that is banned, guests of this kind alone; empty: everybody.
ALTER TABLE bans ADD COLUMN guest TEXT NOT NULL DEFAULT '';
"""

_STEPS = (_V1, _V2, _V3, _V4, _V5, _V6, _V7)
"""What leads from each version to the next. Append only: somebody's log is at every one of them."""


def create(database: sqlite3.Connection, version: int) -> None:
    """Bring a database at `version` (0: a new one) to SCHEMA_VERSION, all of it or nothing."""
    if version == SCHEMA_VERSION:
        return
    steps = "".join(_STEPS[version:])
    database.executescript(f"BEGIN IMMEDIATE;{steps}PRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
    database.execute("INSERT OR IGNORE INTO meta VALUES ('id', ?)", (secrets.token_bytes(16),))


def needs_a_check(database: sqlite3.Connection) -> bool:
    """Tell whether the log was left open the last time, as after a crash or a power cut."""
    (closed,) = database.execute("SELECT value FROM meta WHERE key = 'closed'").fetchone()
    return not closed
