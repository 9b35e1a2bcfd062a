"""Whose a nickname is: its device's, for as long as it is here and for a while after it was lost."""

from __future__ import annotations

from dataclasses import dataclass

NICKNAME_HELD = 10 * 60 * 1000
"""Milliseconds that a nickname waits for its device after the connection was lost."""


@dataclass(frozen=True)
class _Holder:
    device: bytes
    until: int | None
    """None: it is here."""


class Nicknames:
    """Who holds which nickname, by its key. Times are Unix milliseconds that the caller passes."""

    def __init__(self) -> None:
        self._holders: dict[str, _Holder] = {}

    def holder(self, key: str, now: int) -> bytes | None:
        """Return the device that the nickname belongs to now, or None."""
        holder = self._holders.get(key)
        if holder is None or (holder.until is not None and holder.until <= now):
            return None
        return holder.device

    def take(self, key: str, device: bytes) -> None:
        """Let a device that is here have it."""
        self._holders[key] = _Holder(device, None)

    def keep(self, key: str, now: int) -> None:
        """Hold it for the device that had it, whose connection was lost."""
        self._holders[key] = _Holder(self._holders[key].device, now + NICKNAME_HELD)

    def free(self, key: str) -> None:
        """Let anybody have it."""
        del self._holders[key]

    def sweep(self, now: int) -> None:
        """Forget those whose time is over."""
        over = [k for k, h in self._holders.items() if h.until is not None and h.until <= now]
        for key in over:
            del self._holders[key]
