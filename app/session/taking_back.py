"""`TakingBack`: what was deleted a moment ago, and can still be kept instead."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.messages import Said
from app.support.clock import Clock, Timer

GRACE = 6.0
"""Seconds in which one may think better of it."""


class TakingBack(QObject):
    """Holds each wish to delete for `GRACE` seconds. Owned by its `RoomSession`.

    A message is held by its number in the log, or by its cid while it is in none: the one is deleted
    for everyone by `delete`, the other given up by `discard`. Whoever leaves calls `finish`.

    Signals:
        changed(object): the message of that number, or of that cid, is held now, or no more.
    """

    changed = pyqtSignal(object)

    def __init__(
        self,
        clock: Clock,
        delete: Callable[[int], None],
        discard: Callable[[bytes], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._delete = delete
        self._discard = discard
        self._held: dict[int | bytes, tuple[float, Timer]] = {}

    @property
    def held(self) -> tuple[int | bytes, ...]:
        """What can be taken back, the latest last."""
        return tuple(self._held)

    def hold(self, message: int | bytes) -> None:
        """Delete the message of that number, or of that cid, unless it is taken back in time."""
        if message not in self._held:
            timer = self._clock.call_later(GRACE, lambda: self._carry_out(message))
            self._held[message] = (self._clock.monotonic() + GRACE, timer)
            self.changed.emit(message)

    def seconds_left(self, message: int | bytes) -> float:
        """Return how long it can be taken back yet; 0 for what is not held."""
        due = self._held[message][0] if message in self._held else 0.0
        return max(0.0, due - self._clock.monotonic()) if due else 0.0

    def undo(self, message: int | bytes) -> bool:
        """Keep the message after all; return whether there was time."""
        return self._let_go(message)

    def finish(self) -> None:
        """Delete at once all that waits: nobody will be here to do so later."""
        for message in self.held:
            self._carry_out(message)

    def forget(self) -> None:
        """Delete nothing in the log: it is another one, and its numbers mean other messages."""
        for message in self.held:
            if isinstance(message, int):
                self._let_go(message)

    @pyqtSlot(tuple)
    def note_confirmed(self, run: tuple[Said, ...]) -> None:
        """Let go of what somebody else was quicker to delete."""
        for said in run:
            if said.kind == "delete":
                self._let_go(said.about)

    def _carry_out(self, message: int | bytes) -> None:
        if message not in self._held:
            return
        _, timer = self._held.pop(message)
        timer.cancel()
        if isinstance(message, int):
            self._delete(message)
        else:
            self._discard(message)
        self.changed.emit(message)

    def _let_go(self, message: int | bytes) -> bool:
        if message not in self._held:
            return False
        _, timer = self._held.pop(message)
        timer.cancel()
        self.changed.emit(message)
        return True
