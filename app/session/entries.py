"""What a timeline consists of: messages, each with what became of it, and notices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from app.protocol.attachments import FileRef, unpack
from app.protocol.errors import MalformedMessage
from app.protocol.messages import Said
from app.session.marks import Mark, PendingEdit, Reaction, SendState


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """A message. `seq` is 0 while it is not confirmed; `at` is in Unix milliseconds."""

    cid: bytes
    seq: int
    author: int
    nick: str
    device: bytes
    at: int
    text: str
    mine: bool
    state: SendState = SendState.SENT
    failure: str = ""
    """The refusal's code where `state` is FAILED."""
    private_with: bytes = b""
    """The device of the other one, where the message is private; its `seq` is always 0."""
    private_nick: str = ""
    number: int = 0
    """A private message's number; 0 while it is not confirmed."""
    after: int = 0
    """The message of the log that a private one stands below."""
    deleted: bool = False
    """Its text was deleted; `text` is empty."""
    deleted_by: str = ""
    """The nickname of who deleted it; empty where that is not known here."""
    unopened: bool = False
    """It was not sealed to us by that author: there is no text to show."""
    reply_to: int = 0
    """The message that it answers; 0 where it answers none."""
    edited: bool = False
    """Its text is not the first any more."""
    edit: PendingEdit | None = None
    """One's own other text that the host has not confirmed; `text` is still the confirmed one."""
    reactions: tuple[Reaction, ...] = ()
    """The emoji at it, one's own unconfirmed ones too, in the order in which they first came."""

    files: tuple[FileRef, ...] = ()
    """The files that came with it; `text` is their caption then. Their names are clean."""

    @property
    def place(self) -> tuple[int, int]:
        """What confirmed entries stand in order of."""
        return (self.after, self.number) if self.private_with else (self.seq, 0)


class NoticeKind(Enum):
    """What a notice tells."""

    CAME = "came"
    WENT = "went"
    TOPIC = "topic"
    WELCOME = "welcome"
    """You are in (again)."""
    CLOSED = "closed"
    PORT = "port"
    """The room listens on another port (`text`) than the one asked for (`nick`)."""
    GAP = "gap"
    """Some messages are missing here: the host had them not to give."""
    RENAMED = "renamed"
    """Who was called `nick` is called `text` now."""
    REMOVED = "removed"
    """`nick` was shown out."""
    RULES = "rules"
    """By `nick`; `text` is one of the words in `moderating.RULES`."""
    NEW_LOG = "new-log"
    """The host's log began anew; what was said before is not in it any more."""


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """Something that happened in the room, said by nobody. Consecutive comings and goings merge.

    `came` and `went` hold nicknames, in order.
    """

    kind: NoticeKind
    at: int
    nick: str = ""
    text: str = ""
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()


Entry = MessageEntry | NoticeEntry


def entry_of(said: Said, me: int, device: bytes = b"") -> MessageEntry:
    """Return the line of the log as an entry, for the member of number `me`.

    A negative `me` is not known yet: then the messages of `device` are one's own.
    """
    text = said.text
    files: tuple[FileRef, ...] = ()
    if said.kind == "files":
        text, files = _with_files(said.text)
    return MessageEntry(
        cid=said.cid,
        seq=said.seq,
        author=said.author,
        nick=said.nick,
        device=said.device,
        at=said.at,
        text="" if said.kind == "deleted" else text,
        files=files,
        deleted=said.kind == "deleted",
        edited=said.kind == "edited",
        reply_to=0 if said.kind == "deleted" else said.about,
        mine=said.author == me if me >= 0 else said.device == device,
    )


def _with_files(text: str) -> tuple[str, tuple[FileRef, ...]]:
    """Return caption and files; a text that is none of those, as a bad host sends it, is a text."""
    try:
        attached = unpack(text)
    except MalformedMessage:
        return text, ()
    return attached.caption, attached.files


def marked(entry: MessageEntry, mark: Mark | None) -> MessageEntry:
    """Return a message with what became of it since: its mark, if it has one."""
    if mark is None:
        return entry
    if entry.deleted or mark.deleted_by is not None:
        by = entry.deleted_by or mark.deleted_by or ""
        bare = replace(entry, text="", deleted=True, deleted_by=by, edit=None, reactions=())
        return replace(bare, reply_to=0, edited=False, files=())
    return replace(
        entry,
        text=entry.text if mark.text is None else mark.text,
        edited=entry.edited or mark.text is not None,
        edit=mark.edit,
        reactions=mark.reactions,
    )
