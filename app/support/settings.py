"""What Papo remembers between runs, in one typed file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from app.support.files import Loaded, set_aside, write_atomically

MAX_RECENT = 12
"""Rooms in the list of recent rooms: more than one looks through."""


MAX_UNLISTED = 200
"""Rooms that are remembered as not to be seen by others: more than anybody hosts."""

NotifyLevel = Literal["all", "mentions", "none"]
"""Which messages are announced: all, those that mention one or are private, or none."""


class RecentRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A room that was hosted or joined. `at` is in Unix seconds."""

    name: str
    at: float
    hosted: bool = False
    target: str = ""
    """What to join by: an invite link, or an address; empty for a room hosted here."""


class Settings(msgspec.Struct, kw_only=True):
    """All that is remembered. Fields are append-only and have defaults."""

    nickname: str = ""
    room_name: str = ""
    port: int = 9090
    history: str = "all"
    target: str = ""
    recent: list[RecentRoom] = []
    window_geometry: bytes = b""
    roster_shown: bool = True
    emoji_recents: list[str] = []
    """What was used last, in its skin tone, the latest first."""
    emoji_tone: int = 0
    """The skin tone to show people in: 0 for none, then from light to dark."""

    scheme: Literal["system", "light", "dark"] = "system"
    text_size: Annotated[int, msgspec.Meta(ge=90, le=200)] = 100
    """Percent of the system's size."""
    language: str = ""
    """One of those that there are; empty, or one that is not there, for the system's."""
    reduced_motion: bool = False
    """Whether nothing may move, though the system would let it."""
    away_after: Annotated[int, msgspec.Meta(ge=0, le=1440)] = 10
    """Minutes without a key or a click after which one is away; 0 for never."""
    compact: bool = False
    """Whether messages stand closer together, without pictures of their authors."""
    comings_shown: bool = True
    """Whether the timeline tells who came and went."""
    notify: NotifyLevel = "all"
    """What is announced, in rooms for which nothing else was chosen."""
    room_notify: dict[str, NotifyLevel] = {}
    """What is announced by room, under `RoomSession.key`."""
    quiet_until: float = 0
    """Nothing is announced before this time, in Unix seconds; -1 until the person says otherwise."""
    sound: bool = True
    """Whether what is announced is heard, too."""
    rail_order: list[str] = []
    """`RoomSession.key` of rooms, in the order in which the person put them."""
    colour: Annotated[int, msgspec.Meta(ge=-1, le=63)] = -1
    """Which of the colours for people one chose for oneself; -1 for the one that comes by itself."""
    notify_text: bool = True
    """Whether notifications show what was said."""
    downloads: str = ""
    """The folder that fetched files go to; empty for the system's."""
    unlisted: list[str] = []
    """Names of rooms hosted here that others nearby do not see, the latest first."""

    def set_listed(self, room: str, listed: bool) -> None:
        """Remember whether others nearby see the room of that name."""
        others = [name for name in self.unlisted if name != room]
        self.unlisted = others if listed else [room, *others][:MAX_UNLISTED]


class SettingsFile:
    """The settings of one data folder. Owns the file; `save()` after a change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        loaded = _load(path)
        self.values = loaded.value
        self.set_aside = loaded.set_aside
        """Where a damaged file was put, or None."""

    @property
    def folder(self) -> Path:
        """Where the file lies: the data folder."""
        return self._path.parent

    def save(self) -> None:
        """Write what has changed; raises OSError where the disk refuses."""
        write_atomically(
            self._path, msgspec.json.format(msgspec.json.encode(self.values)), private=True
        )

    def add_recent(self, room: RecentRoom) -> None:
        """Put a room on top of the recent ones, in the place of an earlier visit to it."""
        same = (room.name, room.hosted)
        others = [r for r in self.values.recent if (r.name, r.hosted) != same]
        self.values.recent = [room, *others][:MAX_RECENT]


def _load(path: Path) -> Loaded[Settings]:
    try:
        return Loaded(msgspec.json.decode(path.read_bytes(), type=Settings), None)
    except FileNotFoundError:
        return Loaded(Settings(), None)
    # Nested far enough, msgspec raises RecursionError.
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Loaded(Settings(), set_aside(path))
