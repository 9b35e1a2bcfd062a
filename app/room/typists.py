"""Who is writing at this moment, told to everyone together and not one by one."""

from __future__ import annotations

from collections.abc import Container

from app.protocol.limits import MAX_TYPING

LASTS = 6_000
"""Milliseconds for which somebody counts as writing after saying so: they say it every three."""


class Typists:
    """The members who are writing, by number, each until a time of their own."""

    def __init__(self) -> None:
        self._until: dict[int, int] = {}
        self._told: tuple[int, ...] = ()

    def note(self, number: int, now: int, *, active: bool) -> None:
        """Note that a member is writing, or is not any more."""
        if active:
            self._until[number] = now + LASTS
        else:
            self._until.pop(number, None)

    def news(self, now: int, here: Container[int]) -> tuple[int, ...] | None:
        """Return who is writing now, or None where that was told already."""
        self._until = {n: end for n, end in self._until.items() if end > now and n in here}
        typing = tuple(sorted(self._until))[:MAX_TYPING]
        if typing == self._told:
            return None
        self._told = typing
        return typing
