"""What was fetched to be shown goes when the message that it belongs to is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from app.protocol.attachments import FileRef
from app.session.files.transfer import Stage

if TYPE_CHECKING:
    from app.session.files.transfers import Transfers


def forget_viewed(transfers: Transfers, files: Iterable[FileRef]) -> None:
    """Delete the copies of files that the window fetched for itself; what the person saved stays.

    One that another message has too is fetched again when it is looked at.
    """
    for ref in files:
        viewed = transfers.viewed(ref.hash) if ref.hash else None
        if viewed is None:
            continue
        transfers.cancel(viewed.id)
        if viewed.stage is Stage.DONE:
            # One that cannot be deleted now goes when the folder is swept.
            with suppress(OSError):
                viewed.path.unlink(missing_ok=True)
