"""`Keeper`: lets a session keep things in its store, and go on where the disk refuses."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from app.protocol.messages import Said
from app.session.files.transfer import Transfer
from app.session.store import RoomStore
from app.session.store_file import Facts, Gap, Outgoing, StoreFailed, StoreProblem
from app.session.whisper_store import PrivateLine
from app.support.clock import Clock, Timer

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAFT_EVERY = 1.0
"""Seconds between two writes of the draft: a crash costs no more typing than that."""

TEND_EVERY = 0.05
"""Seconds between two portions of work on the index, while there is any."""


class Keeper:
    """Owns a session's store, if it has one. Everything of one event-loop turn is one transaction.

    Nothing here raises for the disk's sake: the first failure is told to `failed`, with a
    `StoreProblem`, and from then on nothing more is kept. A damaged file is set aside and replaced
    first; the outbox and the draft live on in the new one.
    """

    def __init__(self, clock: Clock, failed: Callable[[str], None]) -> None:
        self._clock = clock
        self._failed = failed
        self._store: RoomStore | None = None
        self._writable = False
        self._replaced = False
        self._turn: Timer | None = None
        self._committed = False
        self._waiting: list[Callable[[], None]] = []
        self._draft: str | None = None
        self._draft_timer: Timer | None = None
        self._tending: Timer | None = None

    @property
    def has_store(self) -> bool:
        """Whether there is a store, if only to read from."""
        return self._store is not None

    @property
    def facts(self) -> Facts:
        """What the store holds of the room; nothing where there is no store."""
        return self._store.facts if self._store is not None else Facts()

    @property
    def outbox(self) -> tuple[Outgoing, ...]:
        """What was not sent or not confirmed at an earlier visit, oldest first."""
        return tuple(self._store.outbox.values()) if self._store is not None else ()

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """The files that are or were on their way, oldest first."""
        return self._read(lambda store: store.transfers())

    def use(self, store: RoomStore) -> None:
        """Keep things in `store` from now on."""
        self._store = store
        self._writable = True
        self._tending = self._clock.call_later(TEND_EVERY, self._on_tend)

    # --- reading and writing --------------------------------------------------------------------

    def before(self, seq: int, limit: int) -> tuple[Said, ...]:
        """Return the newest messages kept up to and with `seq`, in order."""
        return self._read(lambda store: store.before(seq, limit))

    def between(
        self, after: int, until: int, match: str, limit: int, *, files: bool = False
    ) -> tuple[Said, ...]:
        """Return messages kept of `(after, until]` that hold the words of `match`, newest first.

        `files`: those with files alone, whatever their words.
        """
        return self._read(lambda store: store.between(after, until, match, limit, files=files))

    def gaps(self, after: int, until: int) -> tuple[Gap, ...]:
        """Return the gaps that end in `(after, until]`, in order."""
        return self._read(lambda store: store.gaps(after, until))

    def acts(self, after: int, until: int) -> tuple[Said, ...]:
        """Return what is kept of what was done to the messages of `(after, until]`, in order."""
        return self._read(lambda store: store.acts(after, until))

    def privates(self) -> tuple[PrivateLine, ...]:
        """Return all private messages kept, in the order of their numbers."""
        return self._read(lambda store: store.privates())

    def following(self, after: int, until: int, limit: int) -> tuple[Said, ...]:
        """Return the oldest messages kept of `(after, until]`, in order."""
        return self._read(lambda store: store.following(after, until, limit))

    def privates_after(self, number: int, limit: int) -> tuple[PrivateLine, ...]:
        """Return the first private messages kept after that number, in order."""
        return self._read(lambda store: store.privates_after(number, limit))

    def write(self, write: Callable[[RoomStore], object]) -> None:
        """Let `write` change the store; it is on the disk at the end of this turn."""
        # Twice: a damaged store is replaced by a new one, which takes what the old one did not.
        for _ in range(2):
            if self._store is None or not self._writable:
                return
            try:
                write(self._store)
            except StoreFailed as failed:
                self._give_up(failed)
            else:
                self._await_turn()
                return

    def secure(self, then: Callable[[], None]) -> None:
        """Call `then` once all that was written so far is on the disk.

        At once for the first of a turn; those after it share one commit at the turn's end.
        """
        if self._store is None or not self._writable:
            self.flush()
            then()
        elif self._committed or self._waiting:
            self._waiting.append(then)
            self._await_turn()
        else:
            self._committed = True
            self._commit()
            self._await_turn()
            then()

    def flush(self) -> None:
        """Put everything on the disk now."""
        self._note_draft()
        self._commit()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def close(self) -> None:
        """Flush, and close the store; closing again does nothing."""
        self.flush()
        for timer in (self._turn, self._draft_timer, self._tending):
            if timer is not None:
                timer.cancel()
        self._turn = self._draft_timer = self._tending = None
        self._writable = False
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def forget(self) -> None:
        """Delete everything that was kept of the room; nothing more is kept."""
        store = self._store
        self._draft = None
        self._writable = False
        self.close()
        if store is not None:
            try:
                store.forget()
            except StoreFailed as failed:
                self._failed(failed.problem)

    # --- the draft ------------------------------------------------------------------------------

    @property
    def draft(self) -> str:
        """The text that was not sent yet."""
        return self.facts.draft if self._draft is None else self._draft

    def set_draft(self, text: str) -> None:
        """Keep the text that was not sent yet, before long."""
        if text == self.draft:
            return
        self._draft = text
        if self._draft_timer is None:
            self._draft_timer = self._clock.call_later(DRAFT_EVERY, self._on_draft_due)

    def _on_draft_due(self) -> None:
        self._draft_timer = None
        self._note_draft()

    def _note_draft(self) -> None:
        draft = self._draft
        if draft is not None and draft != self.facts.draft:
            self.write(lambda store: store.note(draft=draft))

    # --- turns ----------------------------------------------------------------------------------

    def _await_turn(self) -> None:
        if self._turn is None:
            self._turn = self._clock.call_later(0, self._on_turn)

    def _on_turn(self) -> None:
        self._turn = None
        self._committed = False
        self._commit()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
        if self._tending is None and self._writable:
            self._tending = self._clock.call_later(TEND_EVERY, self._on_tend)

    def _read(self, read: Callable[[RoomStore], tuple[T, ...]]) -> tuple[T, ...]:
        if self._store is not None:
            try:
                return read(self._store)
            except StoreFailed as failed:
                self._give_up(failed)
        return ()

    def _commit(self) -> None:
        if self._store is not None and self._writable:
            try:
                self._store.commit()
            except StoreFailed as failed:
                self._give_up(failed)

    def _on_tend(self) -> None:
        self._tending = None
        if self._store is None or not self._writable:
            return
        try:
            more = self._store.tend()
        except StoreFailed as failed:
            self._give_up(failed)
        else:
            if more:
                self._tending = self._clock.call_later(TEND_EVERY, self._on_tend)

    def _give_up(self, failed: StoreFailed) -> None:
        store = self._store
        if store is None:
            return
        log.warning("the room's store failed: %s", failed)
        told = self._replaced or not self._writable
        if failed.problem is StoreProblem.DAMAGED and not self._replaced:
            self._replaced = True
            try:
                store.replace_damaged()
            except StoreFailed as again:
                log.warning("the room's store cannot be replaced: %s", again)
                self._writable = False
                self._store = None
        else:
            self._writable = False
        if not told:
            self._failed(failed.problem)
