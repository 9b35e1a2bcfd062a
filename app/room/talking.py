"""`Talking`: what is said in one turn, and done to what was said, until it is on the disk.

Only then is it told.
"""

from __future__ import annotations

import msgspec

from app.protocol import limits
from app.protocol.attachments import pack
from app.protocol.emoji import is_emoji
from app.protocol.errors import Refusal
from app.protocol.messages import (
    Acked,
    Delete,
    Edit,
    React,
    Rejected,
    Said,
    SaidKind,
    Say,
)
from app.room.attendance import Attendance
from app.room.effects import Broadcast, Effect, Send
from app.room.files.room_files import RoomFiles
from app.room.log import Log
from app.room.moderation import Moderation
from app.room.pages import live_pages


class Talking:
    """The lines that wait for the log's next commit, and whose they are. The `Room` owns this.

    A wish has a cid: however often it comes, it is one line, and each time gets its number.
    """

    def __init__(
        self, log: Log, here: Attendance, moderation: Moderation, files: RoomFiles | None = None
    ) -> None:
        self._files = files
        self._log = log
        self._here = here
        self._moderation = moderation
        self._unsettled: list[tuple[int, Said]] = []
        self._repeated: list[tuple[int, int, bytes]] = []

    def say(self, link: int, message: Say, now: int, floor: int) -> list[Effect]:
        """Take a message, by somebody who may read after `floor`."""
        no_text = why_no_text(message)
        if no_text is not None:
            return [Send(link, no_text)]
        device, cid = self._here.links[link].device, message.cid
        known = self._log.seq_of(device, cid)
        silent = self._moderation.why_silent(link)
        if (silent is not None or message.files) and known is None:
            # What it said while it might still has its answer, or it would be taken for not sent;
            # likewise with files that are gone since.
            known = self._log.committed_seq_of(device, cid)
        if known is not None:
            return self._acked_again(link, cid, known)
        if silent is not None:
            return [Send(link, Rejected(code=silent, cid=cid))]
        answered = message.reply_to
        if answered and self._log.message(answered, floor) is None:
            # What was written is said all the same: as an answer to nothing.
            answered = 0
        if not message.files:
            self._append(link, cid, now, text=message.text, about=answered)
            return []
        attached = self._files.attach(link, message) if self._files else Refusal.NO_FILES
        if isinstance(attached, Refusal):
            limit = limits.MAX_ATTACHED if attached is Refusal.TOO_MANY_FILES else None
            return [Send(link, Rejected(code=attached, cid=cid, limit=limit))]
        self._append(link, cid, now, kind="files", text=pack(attached), about=answered)
        return []

    def delete(self, link: int, message: Delete, now: int, floor: int) -> list[Effect]:
        """Take a deletion, by somebody who may read after `floor`; a second one makes no line."""
        device, cid = self._here.links[link].device, message.cid
        known = self._known(device, cid)
        if known is None:
            refusal = self._moderation.why_silent(link)
            refusal = refusal or self._moderation.why_not_delete(link, message, floor)
            if refusal is not None:
                return [Send(link, Rejected(code=refusal, cid=cid))]
            known = self._log.deletion_of(message.seq)
        if known:
            return self._acked_again(link, cid, known)
        self._moderation.bind_deleting(link, message.seq, now)
        self._append(link, cid, now, kind="delete", about=message.seq)
        return []

    def edit(self, link: int, message: Edit, now: int, floor: int) -> list[Effect]:
        """Take another text for a message after `floor`."""
        no_text = why_no_text(message)
        if no_text is not None:
            return [Send(link, no_text)]
        device, cid = self._here.links[link].device, message.cid
        known = self._known(device, cid)
        if known is not None:
            return self._acked_again(link, cid, known)
        refusal = self._why_not(link, message.seq, floor)
        line = self._log.line(message.seq)
        # The names of files are as they were sent, and so is what was said with them.
        if refusal is None and line is not None and (line[0] != device or line[1] == "files"):
            refusal = Refusal.NOT_PERMITTED
        if refusal is not None:
            return [Send(link, Rejected(code=refusal, cid=cid))]
        self._append(link, cid, now, kind="edit", text=message.text, about=message.seq)
        return []

    def react(self, link: int, message: React, now: int, floor: int) -> list[Effect]:
        """Take an emoji for a message after `floor`, or back; what is so already makes no line."""
        device, cid, about = self._here.links[link].device, message.cid, message.seq
        known = self._known(device, cid)
        if known is not None:
            return self._acked_again(link, cid, known)
        if not is_emoji(message.emoji):
            rejected = Rejected(code=Refusal.NOT_AN_EMOJI, cid=cid, limit=limits.MAX_EMOJI)
            return [Send(link, rejected)]
        refusal = self._why_not(link, about, floor)
        if refusal is not None:
            return [Send(link, Rejected(code=refusal, cid=cid))]
        reactions = self._log.reactions
        line, on = reactions.line_of(about, device, message.emoji)
        if on == message.on:
            return self._acked_again(link, cid, line or about)
        standing = reactions.emoji_at(about)
        many = len(standing) >= limits.MAX_REACTIONS and message.emoji not in standing
        if message.on and many:
            rejected = Rejected(code=Refusal.TOO_MANY_EMOJI, cid=cid, limit=limits.MAX_REACTIONS)
            return [Send(link, rejected)]
        kind: SaidKind = "react" if message.on else "unreact"
        self._append(link, cid, now, kind=kind, text=message.emoji, about=about)
        return []

    def _known(self, device: bytes, cid: bytes) -> int | None:
        return self._log.seq_of(device, cid) or self._log.committed_seq_of(device, cid)

    def _why_not(self, link: int, seq: int, floor: int) -> Refusal | None:
        """Return why whoever is on `link` may do nothing to a message, or None."""
        silent = self._moderation.why_silent(link)
        if silent is not None:
            return silent
        line = self._log.message(seq, floor)
        if line is None or line[1] == "deleted" or self._log.deletion_of(seq):
            return Refusal.NO_SUCH_MESSAGE
        return None

    def settled(self, seqs: list[int], before: int) -> list[Effect]:
        """Acknowledge and tell what was committed as `seqs`, after the line `before`."""
        unsettled, repeated = self._take_waiting()
        effects: list[Effect] = []
        fresh = []
        for (link, said), seq in zip(unsettled, seqs, strict=True):
            effects.append(Send(link, Acked(cid=said.cid, seq=seq)))
            if seq == said.seq:
                fresh.append(said)
            elif seq > before:
                fresh.append(msgspec.structs.replace(said, seq=seq))
        effects += [Broadcast(live) for live in live_pages(fresh)]
        effects += [Send(link, Acked(cid=cid, seq=seqs[at])) for link, at, cid in repeated]
        return effects

    def not_saved(self) -> list[Effect]:
        """Tell the authors that the disk took nothing of this turn."""
        unsettled, repeated = self._take_waiting()
        wishes = [(link, said.cid) for link, said in unsettled]
        wishes += [(link, cid) for link, _, cid in repeated]
        return [Send(link, Rejected(code=Refusal.NOT_SAVED, cid=cid)) for link, cid in wishes]

    def _acked_again(self, link: int, cid: bytes, seq: int) -> list[Effect]:
        # Said in this very turn, it is not on the disk yet: it will be acknowledged then.
        # On this link as well, for the first one may have been lost meanwhile.
        last_seq = self._log.last_seq
        if seq <= last_seq:
            return [Send(link, Acked(cid=cid, seq=seq))]
        self._repeated.append((link, seq - last_seq - 1, cid))
        return []

    def _append(
        self,
        link: int,
        cid: bytes,
        now: int,
        *,
        kind: SaidKind = "text",
        text: str = "",
        about: int = 0,
    ) -> None:
        author = self._here.members[link]
        said = Said(
            seq=self._log.next_seq,
            author=author.number,
            at=now,
            cid=cid,
            text=text,
            nick=author.nick,
            kind=kind,
            about=about,
        )
        self._log.append(author.device, said)
        self._unsettled.append((link, said))

    def _take_waiting(self) -> tuple[list[tuple[int, Said]], list[tuple[int, int, bytes]]]:
        waiting = self._unsettled, self._repeated
        self._unsettled, self._repeated = [], []
        return waiting


def why_no_text(message: Say | Edit) -> Rejected | None:
    """Return why a message's text cannot be one, or None."""
    with_files = isinstance(message, Say) and bool(message.files)
    if not message.text.strip() and not with_files:
        return Rejected(code=Refusal.TEXT_EMPTY, cid=message.cid)
    most = limits.MAX_CAPTION if with_files else limits.MAX_TEXT
    if len(message.text) > most:
        return Rejected(code=Refusal.TEXT_TOO_LONG, cid=message.cid, limit=most)
    return None
