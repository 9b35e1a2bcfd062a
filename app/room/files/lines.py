"""Lines of the log that carry files, as its tables hold them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from app.protocol.attachments import Attached, FileRef, pack, unpack
from app.protocol.errors import MalformedMessage
from app.protocol.messages import Said

_SEPARATOR = "\x1c"
"""Between a caption and the names of its files, in a row's text. No clean name has one."""


def attaching(said: Said) -> list[tuple[str, tuple[object, ...]]]:
    """Return the statements that note which files a line has, for its transaction."""
    insert = (
        "INSERT OR REPLACE INTO attached (seq, place, hash, name, size, media, width, height)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    return [
        (
            insert,
            (
                *(said.seq, place, bytes.fromhex(ref.hash), ref.name, ref.size, ref.media),
                *(ref.width, ref.height),
            ),
        )
        for place, ref in enumerate(unpack(said.text).files)
    ]


def row_text(said: Said) -> str:
    """Return what stands in the row of a line with files: what can be searched for."""
    attached = unpack(said.text)
    return _SEPARATOR.join([attached.caption, *(ref.name for ref in attached.files)])


def with_files(execute: Callable[..., Any], said: Said) -> Said:
    """Return a line with files, as it was read from its row, with the text that it travels with.

    `execute` is the log's database.
    """
    rows = execute(
        "SELECT hash, name, size, media, width, height FROM attached WHERE seq = ? ORDER BY place",
        (said.seq,),
    ).fetchall()
    caption = said.text.rsplit(_SEPARATOR, len(rows))[0] if rows else said.text
    try:
        refs = tuple(
            FileRef(
                hash=bytes(digest).hex(),
                name=name,
                size=size,
                media=media,
                width=width,
                height=height,
            )
            for digest, name, size, media, width, height in rows
        )
        text = pack(Attached(caption=caption, files=refs))
        unpack(text)
    except (MalformedMessage, ValueError, TypeError):
        # Spoilt rows must not make the whole page unreadable for everybody.
        return msgspec.structs.replace(said, text=caption, kind="text")
    return msgspec.structs.replace(said, text=text)
