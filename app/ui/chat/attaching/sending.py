"""The last step: what is ready goes to the session, in as many messages as it takes."""

from __future__ import annotations

from contextlib import suppress

from app.protocol import limits
from app.protocol.errors import Refusal
from app.session.files.transfer import FileFailure
from app.session.room_session import RoomSession
from app.ui.chat.attaching.parcel import Parcel
from app.ui.chat.attaching.preparing import Ready


def send_all(
    session: RoomSession, parcel: Parcel, ready: list[Ready], reply_to: int
) -> tuple[int, Refusal | FileFailure | None]:
    """Send all of a parcel; return how many of it went, and why not the others.

    The caption, and what is answered, go with the first message. What went is in the parcel no
    more; of what did not, the files that were made for sending it are deleted.
    """
    sent: list[Ready] = []
    refusal: Refusal | FileFailure | None = None
    for start in range(0, len(ready), limits.MAX_ATTACHED):
        some = ready[start : start + limits.MAX_ATTACHED]
        files = [one.file for one in some]
        refusal = session.send_files(
            files, "" if sent else parcel.caption, reply_to=0 if sent else reply_to
        )
        if refusal is not None:
            for one in ready[start:]:
                _delete_made(one, parcel)
            break
        sent += some
    if sent:
        parcel.caption = ""
        parcel.hand_over([one.number for one in sent], [one.file for one in sent])
    return len(sent), refusal


def _delete_made(one: Ready, parcel: Parcel) -> None:
    """Delete what was made of an item that stays; what it came with stays with it."""
    item = parcel.get(one.number)
    if item is None or not one.file.temporary or one.file.path == item.path:
        return
    if item.smaller is None or item.smaller.path != one.file.path:
        with suppress(OSError):
            one.file.path.unlink(missing_ok=True)
