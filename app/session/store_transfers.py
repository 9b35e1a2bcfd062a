"""Files on their way, in a room's store."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec

from app.session.files.transfer import Purpose, Stage, Transfer

Execute = Callable[..., sqlite3.Cursor]

MOST = 500
"""Transfers that are remembered when a room is opened; older ones that are over are forgotten."""

_COLUMNS = (
    "id, purpose, name, size, path, stage, failure, hash, cid, place, modified, temporary, at"
)
_Row = tuple[bytes, str, str, int, bytes, str, str, str, bytes, int, int, int, int]


def put(execute: Execute, transfer: Transfer) -> None:
    """Keep a transfer as it stands now; how far it is, its own file tells, or the host."""
    values = (
        transfer.id,
        transfer.purpose.value,
        transfer.name,
        transfer.size,
        os.fsencode(transfer.path),
        transfer.stage.value,
        transfer.failure,
        transfer.hash,
        transfer.cid,
        transfer.place,
        transfer.modified,
        transfer.temporary,
        transfer.at,
    )
    marks = ", ".join("?" * len(values))
    execute(
        f"INSERT INTO transfers ({_COLUMNS}) VALUES ({marks})"  # noqa: S608
        " ON CONFLICT (id) DO UPDATE SET path = excluded.path, stage = excluded.stage,"
        " failure = excluded.failure, hash = excluded.hash",
        values,
    )


def drop(execute: Execute, number: bytes) -> None:
    """Forget a transfer; harmless where it is not known."""
    execute("DELETE FROM transfers WHERE id = ?", (number,))


def trim(execute: Execute) -> None:
    """Forget the oldest that are over, so that no more than MOST stay."""
    execute(
        "DELETE FROM transfers WHERE stage IN ('done', 'failed') AND temporary = 0 AND place_kept NOT IN"
        " (SELECT place_kept FROM transfers ORDER BY place_kept DESC LIMIT ?)"
        " AND cid NOT IN (SELECT cid FROM outbox)",
        (MOST,),
    )


def read(connection: sqlite3.Connection) -> list[Transfer]:
    """Return all transfers in the order in which they were begun; none in a file from before them."""
    there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'transfers'"
    if connection.execute(there).fetchone() is None:
        return []
    rows = connection.execute(f"SELECT {_COLUMNS} FROM transfers ORDER BY place_kept")  # noqa: S608
    return [_transfer(row) for row in msgspec.convert(rows.fetchall(), list[_Row])]


def _transfer(row: _Row) -> Transfer:
    (
        number,
        purpose,
        name,
        size,
        path,
        stage,
        failure,
        digest,
        cid,
        place,
        modified,
        temporary,
        at,
    ) = row
    return Transfer(
        id=number,
        purpose=msgspec.convert(purpose, Purpose),
        name=name,
        size=size,
        path=Path(os.fsdecode(path)),
        stage=msgspec.convert(stage, Stage),
        failure=failure,
        done=size if stage == Stage.DONE else 0,
        hash=digest,
        cid=cid,
        place=place,
        modified=modified,
        temporary=bool(temporary),
        at=at,
    )
