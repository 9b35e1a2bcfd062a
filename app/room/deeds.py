"""`Deeds`: what moderators did, and what holds because of it, in the log's file.

What is noted is on the disk with the log's next commit.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from app.protocol.messages import Act, Acts, Ban, Deed, FetchActs
from app.room.log import Log
from app.room.settings import RoomSettings

KEPT = 10_000
"""Acts that are kept; older ones go."""

_RULES = ("locked", "hosts_only", "browser_guests", "text_guests")


class Rules(NamedTuple):
    """Which rules hold, in the order of `_RULES`; each as in `RoomSettings`."""

    locked: bool
    hosts_only: bool
    browser_guests: bool
    text_guests: bool


class Deeds:
    """The tables of moderation. Owns nothing: the log is the room's."""

    def __init__(self, log: Log) -> None:
        self._log = log
        used = log.read("SELECT seq FROM sqlite_sequence WHERE name = 'bans'")
        self._last_ban: int = used[0][0] if used else 0

    # --- what holds -----------------------------------------------------------------------------

    def moderators(self) -> set[bytes]:
        """Return the devices that are moderators."""
        return {row[0] for row in self._log.read("SELECT device FROM moderators")}

    def note_moderator(self, device: bytes, *, is_one: bool) -> None:
        """Note that a device is a moderator, or is not."""
        self._note_device("moderators", device, is_there=is_one)

    def muted(self) -> set[bytes]:
        """Return the devices that may only read."""
        return {row[0] for row in self._log.read("SELECT device FROM muted")}

    def note_muted(self, device: bytes, *, muted: bool) -> None:
        """Note that a device may only read, or may write."""
        self._note_device("muted", device, is_there=muted)

    def _note_device(self, table: str, device: bytes, *, is_there: bool) -> None:
        statement = f"DELETE FROM {table} WHERE device = ?"  # noqa: S608
        if is_there:
            statement = f"INSERT OR REPLACE INTO {table} (device) VALUES (?)"  # noqa: S608
        self._log.note(statement, (device,))

    def bans(self) -> list[Ban]:
        """Return the bans that hold, the oldest first."""
        rows = self._log.read(
            "SELECT number, nick, device, at, by, address, guest FROM bans ORDER BY number"
        )
        names = ("number", "nick", "device", "at", "by", "address", "guest")
        return [Ban(**dict(zip(names, row, strict=True))) for row in rows]

    def next_ban(self) -> int:
        """Return a number that no ban ever had."""
        self._last_ban += 1
        return self._last_ban

    def note_ban(self, ban: Ban) -> None:
        """Note a ban."""
        self._log.note(
            "INSERT INTO bans (number, nick, device, at, by, address, guest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (ban.number, ban.nick, ban.device, ban.at, ban.by, ban.address, ban.guest),
        )

    def note_unban(self, number: int) -> None:
        """Note that a ban is lifted."""
        self._log.note("DELETE FROM bans WHERE number = ?", (number,))

    def rules(self) -> Rules:
        """Return which rules hold."""
        rows = self._log.read(
            f"SELECT key FROM meta WHERE key IN ({', '.join('?' * len(_RULES))}) AND value",  # noqa: S608
            _RULES,
        )
        kept = {key for (key,) in rows}
        return Rules(*(rule in kept for rule in _RULES))

    def note_rules(self, settings: RoomSettings) -> None:
        """Note which rules hold."""
        for key in _RULES:
            self._log.note(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                (key, int(getattr(settings, key))),
            )

    # --- what was done --------------------------------------------------------------------------

    def note_act(self, at: int, by: str, deed: Deed, nick: str = "") -> None:
        """Note what was done, by whom, and to whom."""
        for statement, values in _acting(at, by, deed, nick, 0):
            self._log.note(statement, values)

    def bind_deleting(self, at: int, by: str, nick: str, about: int) -> None:
        """Note that a message was deleted, if its deleting is saved."""
        for statement, values in _acting(at, by, "deleted", nick, about):
            self._log.bind(statement, values)

    def acts(self, wish: FetchActs) -> Acts:
        """Return what is on the disk of what was done, as asked for."""
        rows = self._log.read(
            "SELECT number, at, by, deed, nick, about FROM acts WHERE ? = 0 OR number < ?"
            " ORDER BY number DESC LIMIT ?",
            (wish.before, wish.before, wish.limit + 1),
        )
        acts = []
        for row in rows[: wish.limit]:
            try:
                acts.append(
                    msgspec.convert(dict(zip(Act.__struct_fields__, row, strict=True)), Act)
                )
            except msgspec.ValidationError:
                continue  # A spoilt row is no reason to tell none.
        return Acts(acts=tuple(acts), more=len(rows) > wish.limit)


def _acting(
    at: int, by: str, deed: Deed, nick: str, about: int
) -> list[tuple[str, tuple[object, ...]]]:
    return [
        (
            "INSERT INTO acts (at, by, deed, nick, about) VALUES (?, ?, ?, ?, ?)",
            (at, by, deed, nick, about),
        ),
        ("DELETE FROM acts WHERE number <= (SELECT max(number) FROM acts) - ?", (KEPT,)),
    ]
