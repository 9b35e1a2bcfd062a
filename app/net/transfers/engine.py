"""`Engine`: carries the files of one session between this computer and the room's door.

On links of its own, beside the one that carries messages, so that neither waits for the other.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PyQt6.QtCore import QObject

from app.net.transfers.arriving import part_of
from app.net.transfers.download import Download
from app.net.transfers.errands import Deletion, Preview
from app.net.transfers.http_link import HttpLink, Loss, Place
from app.net.transfers.task import Task
from app.net.transfers.turns import Turns, Worker
from app.net.transfers.upload import Upload
from app.room.files.disk import Disk
from app.security.channel import HTTP, member_context
from app.session.files.transfer import Transfer
from app.session.files.transfers import Transfers
from app.support.clock import Clock, Timer
from app.support.removing import Remover

LOOK_EVERY = 1.0
"""Seconds between two looks at who has waited for too long."""

MOST_PREVIEWS = 2
"""Small pictures that are fetched at the same time."""


class Engine(QObject):
    """The `Carrier` of a session, over HTTP. Owns its links.

    `whereabouts` tells where the room's door is, None where that is not known. `turns` is shared with
    the engines of other rooms.
    """

    def __init__(
        self,
        transfers: Transfers,
        whereabouts: Callable[[], Place | None],
        turns: Turns,
        clock: Clock,
        disk: Disk | None = None,
    ) -> None:
        super().__init__(transfers)
        self.told = transfers
        self.token = b""
        self.disk = disk or Disk()
        self._whereabouts = whereabouts
        self._turns = turns
        self._clock = clock
        self._context = member_context(HTTP)
        self._carrying: dict[bytes, Upload | Download] = {}
        self._errands: set[Task] = set()
        self._wanted: dict[str, None] = {}
        self._fetching: dict[str, Preview] = {}
        self._links: set[HttpLink] = set()
        self._looking: Timer | None = None
        self._closed = False
        self._remover = Remover(clock)

    # --- the session's carrier --------------------------------------------------------------------

    def admit(self, token: bytes) -> None:
        """Use this token from now on."""
        self.token = token

    def begin(self, transfer: Transfer) -> None:
        """Check, and send or fetch, from where it was left off."""
        self.stop(transfer)
        if not transfer.is_upload:
            # What is tried again does not go on with what is being thrown away.
            self._remover.hurry(part_of(transfer))
        task = Upload(transfer, self) if transfer.is_upload else Download(transfer, self)
        self._carrying[transfer.id] = task
        self.soon(task)
        self._look_later()

    def stop(self, transfer: Transfer) -> None:
        """Let go of a transfer; what is there of it stays."""
        task = self._carrying.get(transfer.id)
        if task is not None:
            task.drop()

    def give_up(self, transfer: Transfer) -> None:
        """Let go of a transfer, and of what is there of it: here, and at the host."""
        self.stop(transfer)
        if not transfer.is_upload:
            self.discard_part(transfer)
        elif transfer.hash:
            self.delete_upload(transfer)

    def preview(self, digest: str) -> None:
        """Fetch the small picture of a file, the latest asked for first."""
        if digest not in self._wanted and digest not in self._fetching:
            self._wanted[digest] = None
            self._fetch_previews()

    def close(self) -> None:
        """Let go of everything, for good."""
        self._closed = True
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._wanted.clear()
        tasks = (*self._carrying.values(), *self._fetching.values(), *self._errands)
        for task in tasks:
            task.drop()
        for link in tuple(self._links):
            link.close()
        self._links.clear()
        self._remover.finish()
        self.deleteLater()

    # --- for the tasks ----------------------------------------------------------------------------

    def soon(self, worker: Worker) -> None:
        """Call `step` before long."""
        self._turns.soon(worker)

    def discard_part(self, transfer: Transfer) -> None:
        """Throw away what came of a download, which has let go of it."""
        self._remover.remove(part_of(transfer))

    def delete_upload(self, transfer: Transfer) -> None:
        """Let the host forget what it has of an upload, if it can be reached."""
        if self.token and not self._closed:
            task = Deletion(transfer.id, self)
            self._errands.add(task)
            self.soon(task)

    def lend(self, task: Task, *, fresh: bool = False) -> None:
        """Find a link for a task, a new one if `fresh`."""
        place = self._whereabouts()
        if place is None or not self.token:
            task.on_lost(Loss.BROKEN_OFF)
            return
        for link in () if fresh else tuple(self._links):
            if link.speaker is None and link.is_free and link.place == place:
                self._give(link, task)
                task.on_ready()
                return
        link = HttpLink(place, self._context, self._clock, self)
        self._links.add(link)
        self._give(link, task)
        link.start()
        self._look_later()

    def _give(self, link: HttpLink, task: Task) -> None:
        link.speaker = task
        task.link = link

    def take_back(self, link: HttpLink) -> None:
        """Keep a link for the next request, or hang up where it is good for none."""
        link.speaker = None
        if self._closed or not link.is_free:
            link.close()
            self._links.discard(link)

    def over(self, task: Task) -> None:
        """Forget a task."""
        if isinstance(task, Upload | Download):
            with suppress(KeyError):
                if self._carrying[task.transfer.id] is task:
                    del self._carrying[task.transfer.id]
        elif isinstance(task, Preview):
            self._fetching.pop(task.digest, None)
        self._errands.discard(task)

    def not_admitted(self) -> None:
        """Ask for another token."""
        self.told.note_not_admitted()

    # --- small pictures ---------------------------------------------------------------------------

    def _fetch_previews(self) -> None:
        while self._wanted and len(self._fetching) < MOST_PREVIEWS and not self._closed:
            # What was asked for last is what is looked at now.
            digest, _ = self._wanted.popitem()
            task = Preview(digest, self, self._on_preview)
            self._fetching[digest] = task
            self.soon(task)

    def _on_preview(self, digest: str, data: bytes | None) -> None:
        if data is None:
            # The others would fare no better now.
            self._wanted.clear()
            self.told.note_preview_lost()
        else:
            self.told.previews.note(digest, data)
        self._fetch_previews()

    # --- time -------------------------------------------------------------------------------------

    def _look_later(self) -> None:
        if self._looking is None and not self._closed:
            self._looking = self._clock.call_later(LOOK_EVERY, self._look)

    def _look(self) -> None:
        self._looking = None
        for link in tuple(self._links):
            link.look()
            if link.is_over:
                self._links.discard(link)
        for task in tuple(self._carrying.values()):
            task.tell_again()
        if self._links or self._carrying:
            self._look_later()
