"""What a room's store looks like inside, version by version."""

from __future__ import annotations

from app.session.words import PREFIX

_PREFIXES = " ".join(str(length) for length in range(1, PREFIX + 1))

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # One row: what is known of the room, the draft, and which part of the log is here.
        """CREATE TABLE room (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            log BLOB NOT NULL DEFAULT x'',
            name TEXT NOT NULL DEFAULT '',
            topic TEXT NOT NULL DEFAULT '',
            draft TEXT NOT NULL DEFAULT '',
            kept INTEGER NOT NULL DEFAULT 0,
            start INTEGER NOT NULL DEFAULT 0,
            covered INTEGER NOT NULL DEFAULT 0)""",
        "INSERT INTO room (one) VALUES (1)",
        """CREATE TABLE said (
            seq INTEGER PRIMARY KEY,
            author INTEGER NOT NULL,
            nick TEXT NOT NULL,
            device BLOB NOT NULL,
            at INTEGER NOT NULL,
            cid BLOB NOT NULL,
            text TEXT NOT NULL)""",
        # Where the host had nothing to give: (after, until] is missing.
        "CREATE TABLE gaps (after INTEGER PRIMARY KEY, until INTEGER NOT NULL, at INTEGER NOT NULL)",
        # `seq` 0: not acknowledged. A failed one has the refusal's code.
        """CREATE TABLE outbox (
            place INTEGER PRIMARY KEY,
            cid BLOB NOT NULL UNIQUE,
            text TEXT NOT NULL,
            at INTEGER NOT NULL,
            failure TEXT NOT NULL DEFAULT '',
            failed INTEGER NOT NULL DEFAULT 0,
            seq INTEGER NOT NULL DEFAULT 0)""",
        # The words come folded and split already; `ascii` splits them at spaces and changes nothing.
        f"""CREATE VIRTUAL TABLE words USING fts5(
            text, content='', detail=none, columnsize=0, tokenize='ascii', prefix='{_PREFIXES}')""",
        # Merging by itself takes up to 70 ms in the middle of a commit: `tend` does it in portions.
        "INSERT INTO words (words, rank) VALUES ('automerge', 0)",
        "INSERT INTO words (words, rank) VALUES ('crisismerge', 1000)",
    ),
    (
        # Private messages; no text where one could not be opened. Those of one's own that are on
        # their way say to whom.
        """CREATE TABLE whispers (
            number INTEGER PRIMARY KEY,
            device BLOB NOT NULL,
            with_nick TEXT NOT NULL,
            nick TEXT NOT NULL,
            mine INTEGER NOT NULL,
            at INTEGER NOT NULL,
            after INTEGER NOT NULL,
            cid BLOB NOT NULL,
            text TEXT)""",
        "ALTER TABLE room ADD COLUMN private INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE outbox ADD COLUMN private_with BLOB NOT NULL DEFAULT x''",
        "ALTER TABLE outbox ADD COLUMN private_nick TEXT NOT NULL DEFAULT ''",
    ),
    (
        # 0: a message, 1: one whose text was deleted, 2: the deleting, of the message `about`.
        "ALTER TABLE said ADD COLUMN kind INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE said ADD COLUMN about INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX deletes ON said (about, nick) WHERE kind = 2",
    ),
    (
        # 3: a message with another text than at first; 4: the editing, 5 and 6: an emoji that was put
        # to the message `about`, and taken back. Of a message, `about` is the one that it answers.
        "DROP INDEX deletes",
        "CREATE INDEX acts ON said (about) WHERE kind IN (2, 4, 5, 6)",
        # An edit or a reaction that is on its way; of a message, `about` is the one that it answers.
        "ALTER TABLE outbox ADD COLUMN act TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE outbox ADD COLUMN about INTEGER NOT NULL DEFAULT 0",
    ),
    (
        # Files on their way up or down. `path` as the system has it; `stage` and `purpose` are words.
        """CREATE TABLE transfers (
            place_kept INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            purpose TEXT NOT NULL,
            name TEXT NOT NULL,
            size INTEGER NOT NULL,
            path BLOB NOT NULL,
            stage TEXT NOT NULL,
            failure TEXT NOT NULL,
            hash TEXT NOT NULL,
            cid BLOB NOT NULL,
            place INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            temporary INTEGER NOT NULL,
            at INTEGER NOT NULL)""",
        # How many files a message that is on its way has: they are the transfers with its cid.
        "ALTER TABLE outbox ADD COLUMN files INTEGER NOT NULL DEFAULT 0",
    ),
    (
        # 7: a message with files.
        "CREATE INDEX with_files ON said (kind, seq) WHERE kind = 7",
    ),
)
"""The statements that lead from each version to the next. Append only."""

VERSION = len(MIGRATIONS)
