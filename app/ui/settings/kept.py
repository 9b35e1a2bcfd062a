"""`Kept`: what this computer keeps of rooms, with the ones that are open known by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.session.store_file import StoreFailed, StoreProblem
from app.session.store_kept import KeptRoom, bytes_in, delete_kept, kept_rooms
from app.ui.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from app.session.room_session import RoomSession
    from app.support.folder import DataFolder


class Kept:
    """Looks into the data folder, and deletes there. Owns nothing."""

    def __init__(self, folder: DataFolder, sessions: Callable[[], Iterable[RoomSession]]) -> None:
        """`sessions` tells which rooms are open now."""
        self._folder = folder
        self._sessions = sessions

    @property
    def path(self) -> Path:
        """Where everything lies."""
        return self._folder.path

    @property
    def hosted_bytes(self) -> int:
        """How much the histories of rooms hosted here take."""
        return bytes_in(self._folder.path / "rooms")

    def rooms(self) -> tuple[KeptRoom, ...]:
        """Return what is kept of each room, the one last changed first."""
        rooms = kept_rooms(self._folder.replica(b"").parent)
        # An open room may have got its name since it was last written into the file.
        names = {s.sharing.fingerprint: s.info.name for s in self._sessions()}
        return tuple(replace(r, name=names.get(r.fingerprint) or r.name) for r in rooms)

    def is_open(self, fingerprint: bytes) -> bool:
        """Tell whether the room is open in this window."""
        return self._session(fingerprint) is not None

    def delete(self, fingerprint: bytes) -> str:
        """Delete all that is kept of a room; return what went wrong, or nothing."""
        session = self._session(fingerprint)
        if session is not None:
            # What the disk refuses, the room's own page says.
            session.forget_room()
            return ""
        try:
            delete_kept(self._folder.replica(fingerprint))
        except StoreFailed as failed:
            if failed.problem is StoreProblem.IN_USE:
                return tr("This room is in use now. Leave it, then try again.")
            return tr("It could not be deleted. You may delete it yourself, in the folder above.")
        return ""

    def _session(self, fingerprint: bytes) -> RoomSession | None:
        for session in self._sessions():
            if session.is_kept and session.sharing.fingerprint == fingerprint:
                return session
        return None
