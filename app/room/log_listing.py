"""The files in a room's log: the newest ones, of one sort alone, or those that a search finds."""

from __future__ import annotations

from itertools import groupby
from sqlite3 import Connection

from app.protocol.attachments import unpack
from app.protocol.limits import MAX_ATTACHED
from app.protocol.messages import FileLine, FileSort, ListFiles, Said
from app.room.files.kinds import Icon, kind_of_told
from app.room.log_reading import fts_query, is_unspaced, lines

PLACES = 16
"""A file's row in the index is PLACES times its line's number, and its place in that line."""

RECENT_FILES = 5_000
"""Files that are looked through where the word index cannot help: scripts without spaces."""

_ROWS = "SELECT rowid FROM listed WHERE"
_NEWEST = "rowid < ? AND rowid >= ? ORDER BY rowid DESC LIMIT ?"
_SOUGHT = f"""SELECT rowid FROM (SELECT rowid, * FROM listed WHERE rowid < ? AND rowid >= ?
    ORDER BY rowid DESC LIMIT {RECENT_FILES})
    WHERE (instr(name, ?) OR instr(nick, ?)) AND sort IN (?, ?) LIMIT ?"""  # noqa: S608


def indexing(said: Said) -> list[tuple[str, tuple[object, ...]]]:
    """Return the statements that put the files of a line into the index, for its transaction."""
    insert = "INSERT INTO listed (rowid, name, nick, sort) VALUES (?, ?, ?, ?)"
    rows: list[tuple[str, tuple[object, ...]]] = []
    for place, ref in enumerate(unpack(said.text).files):
        is_picture = kind_of_told(ref.name, ref.media).icon is Icon.PICTURE
        sort = "pictures" if is_picture else "files"
        rows.append((insert, (said.seq * PLACES + place, ref.name, said.nick, sort)))
    return rows


def forgetting(seq: int) -> tuple[str, tuple[object, ...]]:
    """Return the statement that takes the files of a line out of the index."""
    first = seq * PLACES
    return "DELETE FROM listed WHERE rowid >= ? AND rowid < ?", (first, first + PLACES)


def files(database: Connection, wish: ListFiles, after: int) -> tuple[list[FileLine], bool]:
    """Return the lines after `after` that answer a wish, newest first, and whether there are more.

    A line counts for as many files as it has of those that were asked for, and comes whole: so
    there may be a few more than `wish.limit`.
    """
    rows = _rows(database, wish, after, wish.limit + MAX_ATTACHED)
    places: dict[int, list[int]] = {}
    more, count = len(rows) == wish.limit + MAX_ATTACHED, 0
    for seq, group in groupby(rows, lambda row: row // PLACES):
        if count >= wish.limit:
            more = True
            break
        places[seq] = sorted(row % PLACES for row in group)
        count += len(places[seq])
    told = (_line(said, places[said.seq]) for said in lines(database, list(places)))
    return [line for line in told if line is not None], more


def _rows(database: Connection, wish: ListFiles, after: int, limit: int) -> list[int]:
    """Return the rows of the index that a wish means, newest first."""
    below = wish.before * PLACES if wish.before else 2**63 - 1
    among = (below, (after + 1) * PLACES)
    query = wish.query.strip()
    if query and is_unspaced(query):
        sorts = ("pictures", "files") if wish.sort == "all" else (wish.sort, wish.sort)
        found = database.execute(_SOUGHT, (*among, query, query, *sorts, limit))
    elif match := _match(query, wish.sort):
        found = database.execute(f"{_ROWS} listed MATCH ? AND {_NEWEST}", (match, *among, limit))
    elif query:
        return []
    else:
        found = database.execute(f"{_ROWS} {_NEWEST}", (*among, limit))
    return [row for (row,) in found]


def _match(query: str, sort: FileSort) -> str:
    """Return what the index is to be asked for; empty where all files, or none, are meant."""
    words = fts_query(query, shortest=1)
    if query and not words:
        return ""
    terms = [f"{{name nick}} : ({words})"] if words else []
    if sort != "all":
        terms.append(f'sort : "{sort}"')
    return " AND ".join(terms)


def _line(said: Said, places: list[int]) -> FileLine | None:
    """Return those files of a line; None where its rows are spoilt."""
    refs = unpack(said.text).files if said.kind == "files" else ()
    chosen = tuple(refs[place] for place in places if place < len(refs))
    if not chosen:
        return None
    return FileLine(seq=said.seq, at=said.at, nick=said.nick, device=said.device, files=chosen)
