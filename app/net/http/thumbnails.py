"""`Thumbnailer`: has a small picture made of each picture that was sent, before its sender is answered.

So that whoever sends it can say it with its size, and whoever sees that has something to see. One is
made at a time, in a process of its own, the next one for whoever waited longest for theirs: a member
who sends bombs holds up others' thumbnails by one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PyQt6.QtCore import QObject

from app.pictures.formats import HEAD, format_of
from app.pictures.pictures import Job, Pictures
from app.pictures.results import Thumbnail
from app.room.files.store import FileStore, StoredFile
from app.support.clock import Clock


@dataclass(eq=False)
class _Wish:
    """A thumbnail that is wanted; by `waiting`, or, once they are gone, by nobody."""

    digest: bytes
    link: int
    waiting: dict[object, Callable[[], None]] = field(default_factory=dict)


class Thumbnailer(QObject):
    """Owns the process that makes a room's thumbnails."""

    def __init__(self, clock: Clock, store: FileStore, parent: QObject | None) -> None:
        super().__init__(parent)
        self._store = store
        self._pictures = Pictures(clock, self)
        self._wishes: dict[bytes, _Wish] = {}
        self._served: dict[int, int] = {}
        self._count = 0
        self._current: _Wish | None = None
        self._job: Job | None = None

    def make(self, file: StoredFile, link: int, who: object, done: Callable[[], None]) -> bool:
        """Have one made of a file that `link` sent, and call `done`, once, whatever came of it.

        Returns False where nothing is to be made: it is no picture, or has its thumbnail.
        """
        wish = self._wishes.get(file.hash)
        if wish is None:
            small = self._store.thumbnails.get(file.hash)
            if small is not None or format_of(self._store.head(file.hash, HEAD)) is None:
                return False
            wish = self._wishes[file.hash] = _Wish(file.hash, link)
        wish.waiting[who] = done
        self._go_on()
        return True

    def forget(self, who: object) -> None:
        """Do not call what was given with `who`; what nobody waits for is not made."""
        for wish in list(self._wishes.values()):
            if wish.waiting.pop(who, None) is None or wish.waiting:
                continue
            del self._wishes[wish.digest]
            if wish is self._current:
                self._stop()
        self._go_on()

    def close(self) -> None:
        """Make no more."""
        self._wishes.clear()
        if self._current is not None:
            self._stop()
        self._pictures.close()

    def _stop(self) -> None:
        wish, self._current = self._current, None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if wish is not None:
            self._store.thumbnails.give_up(wish.digest)

    def _go_on(self) -> None:
        while self._current is None and self._wishes:
            wish = min(self._wishes.values(), key=self._turn_of)
            self._count += 1
            self._served[wish.link] = self._count
            self._current = wish
            place = self._store.thumbnails.begin(wish.digest)
            if place is None:
                self._end()
                continue
            self._job = self._pictures.thumbnail(
                self._store.path(wish.digest), place, self._on_made
            )
        if not self._wishes:
            self._served.clear()

    def _turn_of(self, wish: _Wish) -> int:
        """Return when the wish's member was served last; earlier is sooner."""
        return self._served.get(wish.link, 0)

    def _on_made(self, made: Thumbnail | None) -> None:
        wish, self._job = self._current, None
        assert wish is not None
        if made is None:
            self._store.thumbnails.give_up(wish.digest)
        else:
            self._store.keep_thumbnail(wish.digest, made.width, made.height, made.media)
        self._end()
        self._go_on()

    def _end(self) -> None:
        wish, self._current = self._current, None
        assert wish is not None
        del self._wishes[wish.digest]
        for done in wish.waiting.values():
            done()
