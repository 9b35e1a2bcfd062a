"""The files of a message in a transcript, as lines of text and as data."""

from __future__ import annotations

from collections.abc import Sequence

from app.protocol.attachments import FileRef
from app.ui.chat.names import isolated
from app.ui.files.sizes import human_size
from app.ui.texts import tr


def file_lines(files: Sequence[FileRef]) -> list[str]:
    """Return the files as lines of text, each with name, media type and size."""
    return [
        tr(
            "File: {name} ({media}, {size})",
            name=isolated(ref.name),
            media=ref.media,
            size=human_size(ref.size),
        )
        for ref in files
    ]


def file_records(files: Sequence[FileRef]) -> list[dict[str, object]]:
    """Return the files by the names of the JSON format: `name`, `size`, `media`, `sha256`."""
    return [
        {"name": ref.name, "size": ref.size, "media": ref.media, "sha256": ref.hash}
        for ref in files
    ]
