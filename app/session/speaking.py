"""A session as far as speaking goes: what a person says, and does to what was said."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from PyQt6.QtCore import QObject, pyqtSlot

from app.protocol import limits
from app.protocol.attachments import FileRef
from app.protocol.emoji import is_emoji
from app.protocol.errors import Refusal
from app.protocol.messages import Said, SetAway
from app.session.amending import Amending
from app.session.files.forgetting import forget_viewed
from app.session.files.planning import CannotSend
from app.session.files.transfer import FileFailure, LocalFile, Stage
from app.session.files.transfers import Transfers
from app.session.keeping import Keeper
from app.session.moderated import Moderated
from app.session.outbox import Outbox
from app.session.quoting import Quoting
from app.session.timeline import MessageEntry, SendState
from app.session.writing import Writing
from app.support.clock import Clock


class Speaking(Moderated):
    """Takes what is wished, offline too: it is kept, and sent in order after joining."""

    def __init__(
        self,
        nickname: str,
        clock: Clock,
        keeper: Keeper,
        room_name: str,
        parent: QObject | None,
    ) -> None:
        super().__init__(nickname, room_name, parent)
        self._clock = clock
        self._keeper = keeper
        self._outbox = Outbox(self.timeline, keeper, self._wish)
        self.transfers = Transfers(keeper, clock, self._wish, self)
        self.transfers.message_ready.connect(self._outbox.say)
        self.transfers.message_failed.connect(self._outbox.note_failed)
        self.transfers.message_resumed.connect(self._outbox.retry)
        self.transfers.message_changed.connect(self._on_files_changed)
        self.timeline.files_gone.connect(self._on_files_gone)
        self._outbox.use_files(self.transfers.of_message, self.transfers.attached)
        self._amending = Amending(self.timeline, keeper, self._outbox, self._wish, self._now)
        self._quoting = Quoting(self.timeline, keeper)
        self._writing = Writing(clock, self._wish, self.typing_changed.emit)

    def send(self, text: str, *, reply_to: int = 0) -> Refusal | None:
        """Send a message, or return why it cannot be one (then nothing was sent or kept).

        `reply_to` is the number of the message that it answers.
        """
        refusal = self._why_not(text)
        if refusal is not None:
            return refusal
        self._writing.set_active(False)
        self._outbox.add(
            MessageEntry(
                cid=secrets.token_bytes(16),
                seq=0,
                author=self.member_number,
                nick=self.nickname,
                device=self.device,
                at=self._now(),
                text=_sendable(text),
                mine=True,
                state=SendState.SENDING,
                reply_to=reply_to,
            )
        )
        return None

    def send_files(
        self, files: Sequence[LocalFile], caption: str = "", *, reply_to: int = 0
    ) -> Refusal | FileFailure | None:
        """Send files as one message, or return why not (then nothing was sent or kept).

        They are sent in the background, also after a restart; the message is said once the host has
        them all. A file that is `temporary` belongs to us from now on.
        """
        refusal = self._why_silent()
        if len(caption) > limits.MAX_CAPTION:
            refusal = Refusal.TEXT_TOO_LONG
        elif not 0 < len(files) <= limits.MAX_ATTACHED:
            refusal = Refusal.TOO_MANY_FILES if files else Refusal.TEXT_EMPTY
        if refusal is not None:
            return refusal
        cid = secrets.token_bytes(16)
        try:
            planned = self.transfers.plan(cid, files)
        except CannotSend as cannot:
            return cannot.failure
        self._writing.set_active(False)
        # With the message, in one transaction: neither is ever there without the other.
        self.transfers.keep(planned)
        self._outbox.add(
            MessageEntry(
                cid=cid,
                seq=0,
                author=self.member_number,
                nick=self.nickname,
                device=self.device,
                at=self._now(),
                text=_sendable(caption),
                mine=True,
                state=SendState.SENDING,
                reply_to=reply_to,
                files=tuple(one.ref for one in planned),
            )
        )
        self.transfers.send(planned)
        return None

    def edit(self, seq: int, text: str) -> Refusal | None:
        """Give a message of one's own another text, or return why not (then nothing is kept).

        Until the host has confirmed it, it is the entry's `edit`. The text that it has already, with
        no other on its way, is no edit: nothing happens.
        """
        refusal = self._why_not(text) or self._why_not_change(seq)
        entry = self.quoted(seq)
        if refusal is not None or entry is None:
            return refusal
        if not (entry.mine or entry.device == self.device):
            return Refusal.NOT_PERMITTED
        text = _sendable(text)
        if entry.edit is not None and entry.edit.failure and text == entry.text:
            self._amending.discard(entry.edit.cid)
        elif text != (entry.edit.text if entry.edit else entry.text):
            self._amending.add("edit", seq, text)
        elif entry.edit is not None and entry.edit.state is SendState.FAILED:
            self._amending.retry(entry.edit.cid)
        return None

    def react(self, seq: int, emoji: str, on: bool) -> Refusal | None:
        """Put an emoji to a message, or take one's own back, or return why not.

        It shows at once, and goes away if the host refuses it. What is so already stays so.
        """
        if not is_emoji(emoji):
            return Refusal.NOT_AN_EMOJI
        refusal = self._why_silent() or self._why_not_change(seq)
        entry = self.quoted(seq)
        if refusal is not None or entry is None:
            return refusal
        marks = self.timeline.marks
        if marks.has(seq, emoji) == on:
            return None
        there = {one.emoji for one in entry.reactions}
        if on and emoji not in there and len(there) >= limits.MAX_REACTIONS:
            return Refusal.TOO_MANY_EMOJI
        self._amending.add("react" if on else "unreact", seq, emoji)
        return None

    def quoted(self, seq: int) -> MessageEntry | None:
        """Return the message of that number as it is now, if it is shown or kept here.

        Cheap enough to be called while painting.
        """
        return self._quoting.find(seq, self.member_number, self.device)

    @pyqtSlot(tuple)
    def _take_news(self, run: tuple[Said, ...]) -> None:
        for said in run:
            if said.kind == "delete":
                self._amending.note_deleted(said.about)
            elif said.kind == "files":
                self.transfers.settle_message(said.cid)
        super()._take_news(run)

    @pyqtSlot(tuple)
    def _on_files_gone(self, files: tuple[FileRef, ...]) -> None:
        forget_viewed(self.transfers, files)

    @pyqtSlot(bytes)
    def _on_files_changed(self, cid: bytes) -> None:
        """Go on with the files that are left of a message, or give it up where there are none."""
        entry = self.timeline.find_pending(cid)
        if entry is None or entry.state is SendState.SENT:
            return
        left = self.transfers.of_message(cid)
        if not left:
            self._outbox.discard(cid)
            return
        self._outbox.set_files(cid, tuple(one.ref for one in left))
        if entry.state is SendState.FAILED and all(one.stage is not Stage.FAILED for one in left):
            self._outbox.retry(cid)

    def retry(self, cid: bytes) -> None:
        """Send a message or an edit that failed once more."""
        if self._amending.retry(cid):
            return
        entry = self.timeline.find_pending(cid)
        if entry is not None and entry.files:
            anew = entry.failure == Refusal.NO_SUCH_FILE
            self.transfers.retry_message(cid, anew=anew)
        self._outbox.retry(cid)

    def discard(self, cid: bytes) -> None:
        """Give up a message or an edit that failed."""
        if not self._amending.discard(cid):
            self.transfers.discard_message(cid)
            self._outbox.discard(cid)

    def set_typing(self, active: bool) -> None:
        """Say whether the person is writing; may be said at each key."""
        self._writing.set_active(active and self.is_online)

    @property
    def typing(self) -> tuple[int, ...]:
        """The numbers of the members who are writing now, without oneself."""
        return self._writing.members

    def set_away(self, away: bool) -> None:
        """Say whether the person is away from the computer; told again after a reconnect."""
        if away != self.away:
            self.away = away
            self._wish(SetAway(away=away))

    @property
    def on_their_way(self) -> int:
        """How many messages, edits and reactions the host has neither confirmed nor refused."""
        messages = sum(e.state is SendState.SENDING for e in self.timeline.pending)
        return messages + self._amending.on_their_way

    def _why_not(self, text: str) -> Refusal | None:
        if not text.strip():
            return Refusal.TEXT_EMPTY
        if len(text) > limits.MAX_TEXT:
            return Refusal.TEXT_TOO_LONG
        return self._why_silent()

    def _why_silent(self) -> Refusal | None:
        return self.may_write if self.is_online else None

    def _why_not_change(self, seq: int) -> Refusal | None:
        entry = self.quoted(seq)
        return Refusal.NO_SUCH_MESSAGE if entry is None or entry.deleted else None

    def _now(self) -> int:
        return int(self._clock.now() * 1000)


def _sendable(text: str) -> str:
    """Half a surrogate pair cannot travel as UTF-8; Qt hands one out when a paste was cut."""
    return text.encode("utf-8", "replace").decode("utf-8")
