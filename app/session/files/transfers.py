"""`Transfers`: all files of a room that are on their way, or were; which goes when, and what is kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.protocol.attachments import FileRef
from app.protocol.file_names import clean_file_name
from app.protocol.messages import AnyMessage, AskToken, Token
from app.session.files.book import Book
from app.session.files.carrier import Carrier
from app.session.files.planning import planned_upload
from app.session.files.previews import Previews
from app.session.files.speed import Speed
from app.session.files.transfer import FileFailure, LocalFile, Purpose, Stage, Transfer, failed
from app.session.keeping import Keeper
from app.support.clock import Clock, Timer

MOST_AT_ONCE = 3
"""Transfers that move at the same time: more would only make each slower."""

MOST_VIEWED_AT_ONCE = 2
"""Files that are fetched to be looked at, besides these: somebody waits for them."""

TELL_EVERY = 0.1
"""Seconds between two words on how far a transfer is."""

FIRST_RETRY, LAST_RETRY = 1.0, 30.0
"""Seconds before a transfer that was broken off is tried again; doubled each time."""

PREVIEWS_AGAIN = 5.0
"""Seconds after which small pictures are asked for again that did not come."""

_RUNNING = frozenset({Stage.CHECKING, Stage.MOVING})


@dataclass(frozen=True)
class Folders:
    """Where files go. Made where they are missing, when something goes there."""

    saved: Path
    """The person's own: for what was fetched without saying where."""
    viewed: Path
    """Ours, emptied at the end: for what is fetched to be shown in the window."""


class Transfers(Book):
    """The files of one session. Owns the book of them; a `Carrier` does what it says.

    Signals:
        message_ready(bytes), message_failed(bytes, str): all files of the message of that cid are at
            the host, or one of them failed, for that reason.
        message_resumed(bytes): a file of a message that failed goes on.
        message_changed(bytes): a file of a message was cancelled; `of_message` has those that are left.
        admitted(bytes): the token with which files are sent and fetched from now on.
    """

    message_ready = pyqtSignal(bytes)
    message_failed = pyqtSignal(bytes, str)
    message_resumed = pyqtSignal(bytes)
    message_changed = pyqtSignal(bytes)
    admitted = pyqtSignal(bytes)

    def __init__(
        self,
        keeper: Keeper,
        clock: Clock,
        wish: Callable[[AnyMessage], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(keeper, clock, parent)
        self.previews = Previews(self)
        self.previews.wanted.connect(self._pump_soon)
        self._wish = wish
        self._carrier: Carrier | None = None
        self._folders = Folders(Path(), Path())
        self._online = False
        self._admitted = False
        self._asked = False
        self._retry: Timer | None = None
        self._retry_after = FIRST_RETRY
        self._turn: Timer | None = None
        self._previews_again: Timer | None = None
        self.max_file = 0
        """Bytes of the largest file that the room takes; 0 while that is not known."""

    def use(self, carrier: Carrier, folders: Folders) -> None:
        """Let `carrier` carry the files; it is owned from now on. One from before is let go of."""
        before, self._carrier = self._carrier, carrier
        if before is not None:
            before.close()
        self._folders = folders
        self._pump()

    def save_into(self, folder: Path) -> None:
        """Put into `folder` what is fetched from now on without saying where."""
        self._folders = replace(self._folders, saved=folder)

    # --- what the window wishes -------------------------------------------------------------------

    def plan(self, cid: bytes, files: Sequence[LocalFile]) -> tuple[Transfer, ...]:
        """Return what sending files with the message `cid` takes; raises CannotSend. Nothing begins."""
        return tuple(
            planned_upload(file, cid, place, at=self._now(), most=self.max_file)
            for place, file in enumerate(files)
        )

    def send(self, planned: Sequence[Transfer]) -> None:
        """Begin to send what was planned; the message that it goes with is kept by now."""
        for transfer in planned:
            self._add(transfer)
        self._pump()

    def save(self, ref: FileRef, path: Path | None = None) -> Transfer:
        """Fetch a file for the person: into the folder for such, or as `path`.

        Nothing that is there is overwritten: where the name is taken, another like it is found.
        """
        return self._fetch(
            ref, Purpose.SAVE, path or self._folders.saved / clean_file_name(ref.name)
        )

    def view(self, ref: FileRef) -> Transfer:
        """Fetch a file to be shown in the window, unless it is here already: then it is DONE."""
        known = self.viewed(ref.hash)
        if known is not None and not (known.stage is Stage.DONE and not known.path.exists()):
            if known.stage is Stage.FAILED:
                self.resume(known.id)
            return self._book[known.id]
        if known is not None:
            self._remove(known.id)
        return self._fetch(ref, Purpose.VIEW, self._folders.viewed / ref.hash)

    def pause(self, number: bytes) -> None:
        """Let a transfer rest until `resume`; harmless where it is over."""
        transfer = self._book.get(number)
        if transfer is not None and not transfer.is_over and transfer.stage is not Stage.PAUSED:
            self._stop(transfer)
            self._change(replace(self._book[number], stage=Stage.PAUSED, rate=0.0))
            self._pump()

    def resume(self, number: bytes) -> None:
        """Go on with a transfer that rests or failed, from where it was left off."""
        transfer = self._book.get(number)
        if transfer is not None and transfer.stage in {Stage.PAUSED, Stage.FAILED}:
            self._try_at_once()
            self._change(replace(transfer, stage=Stage.WAITING, failure=""))
            if transfer.is_upload and transfer.stage is Stage.FAILED:
                self.message_resumed.emit(transfer.cid)
            self._pump()

    def cancel(self, number: bytes) -> None:
        """Give a transfer up; nothing of it stays. What is done stays done, and is forgotten.

        A message of one's own that waits for its files is sent with the others of them, or given up
        where there are none.
        """
        transfer = self._book.get(number)
        if transfer is None:
            return
        self._give_up(transfer)
        if transfer.is_upload:
            self.message_changed.emit(transfer.cid)
        self._pump()

    def ask_token(self) -> None:
        """Ask for a token, for a program beside this one; `admitted` tells it."""
        if self._online and not self._asked:
            self._asked = True
            self._wish(AskToken())

    # --- messages ---------------------------------------------------------------------------------

    def retry_message(self, cid: bytes, *, anew: bool) -> None:
        """Go on with the files of a message that failed; `anew`: the host has none of them any more."""
        for one in self.of_message(cid):
            if one.stage is Stage.FAILED or (anew and one.stage is Stage.DONE):
                self._change(replace(one, stage=Stage.WAITING, failure="", done=0))
        self._try_at_once()
        self._pump()

    def settle_message(self, cid: bytes) -> None:
        """Take note that a message is in the log: what was made for it alone goes."""
        for one in self.of_message(cid):
            if one.temporary:
                self._delete_temporary(one)
                self._remove(one.id)

    def discard_message(self, cid: bytes) -> None:
        """Give up the files of a message that is given up."""
        for one in self.of_message(cid):
            self._give_up(one)
        self._pump()

    # --- the room ---------------------------------------------------------------------------------

    def show(self, awaited: frozenset[bytes]) -> None:
        """Take up what was on its way at an earlier visit. `awaited`: messages that wait for files."""
        for one in self._keeper.transfers:
            if one.id in self._book:
                continue
            self._book[one.id] = one
            if one.is_upload and one.cid not in awaited:
                if one.stage is not Stage.DONE or one.temporary:
                    self._delete_temporary(one)
                    self._remove(one.id)
                continue
            if one.stage in _RUNNING:
                self._book[one.id] = replace(one, stage=Stage.WAITING)
            self.added.emit(one.id)

    def enter(self) -> None:
        """Be in the room, for the first time or again."""
        self._online = True
        self._admitted = self._asked = False
        self._try_at_once()
        self._pump()

    def cut(self) -> None:
        """Be out of the room: everything waits."""
        self._online = self._admitted = self._asked = False
        for one in tuple(self._book.values()):
            if one.stage in _RUNNING:
                self._stop(one)
                self._change(replace(self._book[one.id], stage=Stage.WAITING, rate=0.0))

    def take_token(self, message: Token) -> None:
        """Take what opens the door for files."""
        self._asked = False
        self._admitted = True
        self.max_file = message.max_file
        if self._carrier is not None:
            self._carrier.admit(message.token)
        self.admitted.emit(message.token)
        self._pump()

    def note_no_files(self) -> None:
        """Take note that the room takes no files."""
        self._asked = False
        self.previews.give_up()
        for one in tuple(self._book.values()):
            if one.stage is Stage.WAITING:
                self.note_failed(one.id, FileFailure.NO_FILES)

    def close(self) -> None:
        """Let go of everything; what is on its way goes on at the next visit."""
        for timer in (self._retry, self._turn, self._previews_again):
            if timer is not None:
                timer.cancel()
        self._retry = self._turn = self._previews_again = None
        self._online = False
        carrier, self._carrier = self._carrier, None
        if carrier is not None:
            carrier.close()
        for one in tuple(self._book.values()):
            if one.purpose is Purpose.VIEW:
                self._delete(one.path)
                self._remove(one.id)
        self._remover.finish()

    def forget(self) -> None:
        """Give up everything, before what was kept of the room is deleted."""
        for one in tuple(self._book.values()):
            self._delete_temporary(one)
            if one.stage is not Stage.DONE and self._carrier is not None:
                self._carrier.give_up(one)
        self.close()
        self._book.clear()

    # --- what the carrier tells -------------------------------------------------------------------

    def note_hash(self, number: bytes, digest: str) -> None:
        """Take note of what a file that is to be sent hashes to; it begins to move."""
        one = self._book.get(number)
        if one is not None and one.stage is Stage.CHECKING:
            self._speeds.pop(number, None)
            self._change(replace(one, hash=digest, stage=Stage.MOVING, done=0))

    def note_progress(self, number: bytes, done: int) -> None:
        """Take note of how many bytes are there, or are read, of all."""
        one = self._book.get(number)
        if one is None or one.stage not in _RUNNING:
            return
        now = self._clock.monotonic()
        speed = self._speeds.setdefault(number, Speed())
        rate = speed.note(done, now) if one.stage is Stage.MOVING else 0.0
        self._book[number] = replace(one, done=done, rate=rate)
        if now - self._told.get(number, 0.0) >= TELL_EVERY:
            self._told[number] = now
            self._retry_after = FIRST_RETRY
            self.changed.emit(number)

    def note_done(self, number: bytes, path: Path | None = None) -> None:
        """Take note that a file is there as a whole; what was fetched is at `path`."""
        one = self._book.get(number)
        if one is None or one.is_over:
            return
        self._forget_speed(number)
        self._change(replace(one, stage=Stage.DONE, done=one.size, rate=0.0, path=path or one.path))
        if one.is_upload and self.attached(one.cid) is not None:
            self.message_ready.emit(one.cid)
        self._pump()

    def note_failed(self, number: bytes, failure: FileFailure) -> None:
        """Take note that a transfer came to nothing."""
        one = self._book.get(number)
        if one is None or one.is_over:
            return
        self._forget_speed(number)
        self._change(failed(one, failure))
        if one.is_upload:
            self.message_failed.emit(one.cid, failure.value)
        self._pump()

    def note_lost(self, number: bytes) -> None:
        """Take note that the way broke: it is tried again before long."""
        one = self._book.get(number)
        if one is None or one.stage not in _RUNNING:
            return
        self._forget_speed(number)
        self._change(replace(one, stage=Stage.WAITING, rate=0.0))
        if self._retry is None:
            self._retry = self._clock.call_later(self._retry_after, self._on_retry)
            self._retry_after = min(self._retry_after * 2, LAST_RETRY)

    def note_not_admitted(self) -> None:
        """Take note that the token holds no more: another is asked for."""
        self._admitted = False
        self._pump_soon()

    def note_preview_lost(self) -> None:
        """Take note that a small picture did not come: those that are missing are asked for again."""
        if self._previews_again is None:
            self._previews_again = self._clock.call_later(PREVIEWS_AGAIN, self._on_previews_due)

    # --- parts ------------------------------------------------------------------------------------

    def _fetch(self, ref: FileRef, purpose: Purpose, path: Path) -> Transfer:
        transfer = Transfer(
            id=secrets.token_bytes(16),
            purpose=purpose,
            name=clean_file_name(ref.name),
            size=ref.size,
            path=path,
            hash=ref.hash,
            at=self._now(),
        )
        self._add(transfer)
        self._pump()
        return self._book[transfer.id]

    def _stop(self, transfer: Transfer) -> None:
        self._forget_speed(transfer.id)
        if self._carrier is not None and transfer.stage in _RUNNING:
            self._carrier.stop(transfer)

    def _pump(self) -> None:
        """Begin what may begin."""
        if not self._online or self._carrier is None:
            return
        waiting = [one for one in self._book.values() if one.stage is Stage.WAITING]
        if not self._admitted:
            if (waiting or self.previews.missing) and not self._asked:
                self._asked = True
                self._wish(AskToken())
            return
        if self._previews_again is None:
            for digest in self.previews.missing:
                self._carrier.preview(digest)
        if self._retry is not None:
            return
        running = [one for one in self._book.values() if one.stage in _RUNNING]
        viewed = sum(one.purpose is Purpose.VIEW for one in running)
        free = {True: MOST_VIEWED_AT_ONCE - viewed, False: MOST_AT_ONCE - len(running) + viewed}
        for one in waiting:
            kind = one.purpose is Purpose.VIEW
            if free[kind] > 0:
                free[kind] -= 1
                unchecked = one.is_upload and not one.hash
                stage = Stage.CHECKING if unchecked else Stage.MOVING
                self._change(replace(one, stage=stage))
                self._carrier.begin(self._book[one.id])

    @pyqtSlot()
    def _pump_soon(self) -> None:
        if self._turn is None:
            self._turn = self._clock.call_later(0, self._on_turn)

    def _on_turn(self) -> None:
        self._turn = None
        self._pump()

    def _on_retry(self) -> None:
        self._retry = None
        self._pump()

    def _on_previews_due(self) -> None:
        self._previews_again = None
        self._pump()

    def _try_at_once(self) -> None:
        """Wait no longer for another try."""
        self._retry_after = FIRST_RETRY
        for timer in (self._retry, self._previews_again):
            if timer is not None:
                timer.cancel()
        self._retry = self._previews_again = None

    def _give_up(self, transfer: Transfer) -> None:
        if transfer.stage is not Stage.DONE and self._carrier is not None:
            self._carrier.give_up(transfer)
        self._delete_temporary(transfer)
        self._remove(transfer.id)
