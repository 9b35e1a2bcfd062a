"""`RoomFiles`: who may send and fetch which file of a room.

The rules are those of messages: whoever may not write may not send; a file is there for whoever may read
a message that has it, and for whoever sent it; with the last such message it goes.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.protocol import limits
from app.protocol.attachments import Attached, FileRef
from app.protocol.errors import Refusal
from app.protocol.file_names import clean_file_name
from app.protocol.messages import Say, Token
from app.room.attendance import Attendance
from app.room.effects import Effect, Send
from app.room.files.kinds import HEAD, Kind, kind_of
from app.room.files.part import Part, Upload
from app.room.files.quotas import Quotas
from app.room.files.store import FileStore, StoredFile
from app.room.log import Log

TOKEN_SIZE = 32
"""Random bytes of a token: nobody guesses one."""

UPLOAD_ID_SIZE = 16
"""Random bytes with which a member names an upload."""

SWEEP_EVERY = 5_000
"""Milliseconds between two looks for files that have to go."""


@dataclass(frozen=True)
class Readable:
    """A file that a member may fetch."""

    file: StoredFile
    kind: Kind


@dataclass(frozen=True)
class Rights:
    """What the room knows of its members, as far as files are concerned."""

    log: Log
    here: Attendance
    floor: Callable[[int], int]
    """After which line a link may read."""
    why_silent: Callable[[int], Refusal | None]
    """Why a link may not write at the moment, or None."""


class RoomFiles:
    """The files of one room, as its members may use them. Owns the store.

    A member is known by its token, which is good for as long as its link is in the room: it ends
    with leaving, being shown out, being banned, and with the next token.
    """

    def __init__(self, store: FileStore, rights: Rights) -> None:
        self.store = store
        self._rights = rights
        self._tokens: dict[bytes, int] = {}
        self._of_link: dict[int, bytes] = {}
        self._next_sweep = 0

    # --- tokens -----------------------------------------------------------------------------------

    def new_token(self, link: int) -> Token:
        """Return a token for a member; the one before is worthless from now on."""
        for gone in [
            at for at in self._of_link if at == link or at not in self._rights.here.members
        ]:
            self._tokens.pop(_key(self._of_link.pop(gone)), None)
        token = secrets.token_bytes(TOKEN_SIZE)
        self._tokens[_key(token)] = link
        self._of_link[link] = token
        return Token(token=token, max_file=self.store.quotas.file)

    def set_quotas(self, quotas: Quotas) -> list[Effect]:
        """Take as much from now on; whoever has a token is told, by the same one."""
        before = self.store.quotas.file
        self.store.set_quotas(quotas)
        if quotas.file == before:
            return []
        return [
            Send(link, Token(token=token, max_file=quotas.file))
            for link, token in self._of_link.items()
            if self.is_here(link)
        ]

    def link_of(self, token: bytes) -> int | None:
        """Return whose token it is, if that member is in the room; else None."""
        link = self._tokens.get(_key(token))
        return link if link is not None and self.is_here(link) else None

    def is_here(self, link: int) -> bool:
        """Tell whether a member is in the room by this link still."""
        return link in self._rights.here.members

    # --- sending ----------------------------------------------------------------------------------

    def why_not_send(self, link: int) -> Refusal | None:
        """Return why a member may send no file at the moment, or None."""
        return self._rights.why_silent(link)

    def part(self, link: int, number: bytes) -> Part | None:
        """Return a member's unfinished upload of that id, or None."""
        return self.store.part(number, self._rights.here.members[link].device)

    def known(self, link: int, digest: bytes, size: int) -> StoredFile | None:
        """Return the file that a member announces, if it need not send it.

        Only where it may fetch it, or has sent it: whoever knows a hash alone gets nothing by it.
        """
        found = self.readable(link, digest, "")
        return found.file if found is not None and found.file.size == size else None

    def note_sent_again(self, link: int, file: StoredFile, now: int) -> None:
        """Note that a member was spared sending a file that is there: a message of it may follow."""
        if self._rights.here.members[link].device in file.senders:
            self.store.await_message(file, now)

    def begin(
        self, link: int, number: bytes, *, name: str, size: int, digest: bytes, now: int
    ) -> Part:
        """Return the part for what a member wants to send; raises FileRefused."""
        member = self._rights.here.members[link]
        return self.store.begin(
            Upload(
                id=number,
                device=member.device,
                nick=member.nick,
                name=clean_file_name(name),
                size=size,
                hash=digest,
                at=now,
            )
        )

    def attach(self, link: int, message: Say) -> Attached | Refusal:
        """Return what a message with files says, or why it cannot be said."""
        if not self.store.quotas.takes_files:
            return Refusal.NO_FILES
        if len(message.files) > limits.MAX_ATTACHED:
            return Refusal.TOO_MANY_FILES
        refs = []
        for wish in message.files:
            name = clean_file_name(wish.name) if wish.name else ""
            found = self.readable(link, wish.hash, name)
            if found is None:
                return Refusal.NO_SUCH_FILE
            # A picture that is called something else is not shown as one.
            small = self.store.thumbnails.get(wish.hash) if found.kind.previewed else None
            refs.append(
                FileRef(
                    hash=wish.hash.hex(),
                    name=name or found.file.name,
                    size=found.file.size,
                    media=found.kind.media,
                    width=small.width if small is not None else 0,
                    height=small.height if small is not None else 0,
                )
            )
        for wish in message.files:
            self.store.mark_used(wish.hash)
        return Attached(caption=message.text, files=tuple(refs))

    # --- fetching ---------------------------------------------------------------------------------

    def readable(self, link: int, digest: bytes, name: str) -> Readable | None:
        """Return a file that a member may fetch, under `name` or the one that it has; or None."""
        file = self.store.stored(digest)
        if file is None or not self.may_read(link, file):
            return None
        head = self.store.head(digest, HEAD)
        return Readable(file, kind_of(name or file.name, head))

    def may_read(self, link: int, file: StoredFile) -> bool:
        """Tell whether a member may fetch a file."""
        member = self._rights.here.members.get(link)
        if member is None:
            return False
        if member.device in file.senders:
            return True
        return self._rights.log.shows_file(file.hash, self._rights.floor(link))

    # --- what goes --------------------------------------------------------------------------------

    def sweep(self, now: int) -> None:
        """Remove what nobody needs, some of it at a time; to be called about once a second."""
        if now < self._next_sweep or self._rights.log.has_notes:
            return
        if not self.store.sweep(now):
            self._next_sweep = now + SWEEP_EVERY

    def close(self) -> None:
        """Let go of all files."""
        self._tokens.clear()
        self.store.close()


def _key(token: bytes) -> bytes:
    # Looked up by its hash: how long that takes tells nothing of the tokens there are.
    return hashlib.sha256(token).digest()
