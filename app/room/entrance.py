"""`Entrance`: whether a room asks for its password, and of whom."""

from __future__ import annotations

from app.room.guesses import Guesses
from app.room.log import Log


class Entrance:
    """The room's password key, the devices that gave it, and the wrong guesses.

    What changes is on the disk with the log's next commit. The key is never told to anybody: who has
    it can join, or pass for the host.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        keys = log.read("SELECT value FROM meta WHERE key = 'password'")
        self.key: bytes = keys[0][0] if keys else b""
        """32 bytes from `security.password.password_key`; empty where the room asks for none."""
        self.guesses = Guesses()
        self._trusted: set[bytes] = {row[0] for row in log.read("SELECT device FROM trusted")}

    @property
    def asks(self) -> bool:
        """Whether newcomers are asked for a password."""
        return bool(self.key)

    def set_key(self, key: bytes) -> None:
        """Ask for another password from now on, or for none (`key` empty).

        With another password nobody is trusted any longer; the same one changes nothing.
        """
        if key != self.key:
            self.key = key
            self._trusted.clear()
            self._log.note("DELETE FROM trusted")
            self._log.note("DELETE FROM meta WHERE key = 'password'")
            if key:
                self._log.note("INSERT INTO meta (key, value) VALUES ('password', ?)", (key,))

    def trusts(self, device: bytes) -> bool:
        """Tell whether this device gave the password that holds."""
        return device in self._trusted

    def trust(self, device: bytes) -> None:
        """Note that this device gave the password."""
        self._trusted.add(device)
        self._log.note("INSERT OR IGNORE INTO trusted (device) VALUES (?)", (device,))
