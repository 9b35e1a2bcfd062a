"""What is said, and what is kept of it."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from app.protocol import limits
from app.protocol.messages.base import (
    Cid,
    Count,
    HistoryName,
    MemberNumber,
    Message,
    Nick,
    Seq,
    Text,
)
from app.protocol.messages.files import Attach


class Say(Message, frozen=True, kw_only=True, tag="say"):
    """A message for everyone. Sent again with the same `cid` it is still one message."""

    cid: Cid
    text: Text
    reply_to: Seq = 0
    """The message that it answers, if any."""
    files: Annotated[tuple[Attach, ...], msgspec.Meta(max_length=64)] = ()
    """What goes with it; the text is their caption then, and may be empty."""


class Acked(Message, frozen=True, kw_only=True, tag="acked"):
    """Your message is in the host's log, under this number."""

    cid: Cid
    seq: Seq


SaidKind = Literal["text", "deleted", "delete", "edited", "edit", "react", "unreact", "files"]
"""What a line of the log is.

text: a message. files: one with files; its text is for `attachments.unpack`. edited: one whose text is
not the first any more. deleted: one whose text was taken out of the log since. The others are no
messages, but acts, by their author, on the one that they are `about`. delete: takes its text out. edit:
gives it another; one without a text was overtaken by a later one. react, unreact: puts an emoji, which
is the `text`, to it, and takes it back.
"""

MESSAGES: frozenset[SaidKind] = frozenset({"text", "files", "edited", "deleted"})
"""The kinds of lines that are messages."""


class Said(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """Somebody said something: a line of the room's log.

    It travels as an array, not as a map: nine tenths of what a host sends are these, a thousand
    times each.
    """

    seq: Seq
    author: MemberNumber
    at: int
    """Unix milliseconds by the host's clock: to be shown, never to order by."""
    cid: Cid
    text: Text
    nick: Nick
    device: Annotated[bytes, msgspec.Meta(max_length=32)] = b""
    """Whose device said it; a nickname may pass on, a device does not.

    Empty in `Live`, whose authors are in the roster.
    """
    kind: SaidKind = "text"
    about: Seq = 0
    """Which message was deleted, edited or reacted to; of a message, which one it answers, or 0."""


class Live(Message, frozen=True, kw_only=True, tag="live"):
    """What was said just now, in the log's order."""

    said: tuple[Said, ...]


class Fetch(Message, frozen=True, kw_only=True, tag="fetch"):
    """Ask for the log in `(after, until]`, at most `limit` messages of it.

    Oldest first, or the newest of the range where `newest` is set; each page is in order.
    """

    after: Seq
    until: Seq
    newest: bool = False
    limit: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_PAGE)] = limits.MAX_PAGE


class Page(Message, frozen=True, kw_only=True, tag="page"):
    """All messages of `(after, until]` that you may see: the range may be less than was asked."""

    after: Seq
    until: Seq
    said: tuple[Said, ...]
    start: Seq = 0
    """The log holds nothing for you at or before this number."""


class Delete(Message, frozen=True, kw_only=True, tag="delete"):
    """The wish to take a message out of the log: one's own, or any as a moderator.

    It becomes a line of the log itself, so it is acknowledged by its `cid`, as a `Say` is.
    """

    cid: Cid
    seq: Seq


class Edit(Message, frozen=True, kw_only=True, tag="edit"):
    """The wish to give a message of one's own another text.

    It becomes a line of the log itself, so it is acknowledged by its `cid`, as a `Say` is.
    """

    cid: Cid
    seq: Seq
    text: Text


class React(Message, frozen=True, kw_only=True, tag="react"):
    """The wish to put an emoji to a message, or to take it back; a line of the log, too.

    Of each emoji there is one by each device. What is so already is acknowledged with the number of
    the line that made it so, and is no line again.
    """

    cid: Cid
    seq: Seq
    emoji: Annotated[str, msgspec.Meta(max_length=512)]
    on: bool = True


class Slowed(Message, frozen=True, kw_only=True, tag="slowed"):
    """You write faster than this room allows: your next message is read in so many seconds."""

    seconds: Annotated[float, msgspec.Meta(ge=0, le=3600)]


class Search(Message, frozen=True, kw_only=True, tag="search"):
    """Ask for the newest messages before `before` (0: all) in which all these words occur."""

    query: Annotated[str, msgspec.Meta(max_length=limits.MAX_QUERY)]
    before: Seq = 0
    limit: Annotated[int, msgspec.Meta(ge=1, le=limits.MAX_FOUND)] = limits.MAX_FOUND


class Found(Message, frozen=True, kw_only=True, tag="found"):
    """The answer to a `Search`, newest first. `more`: there are older ones as well."""

    query: str
    said: tuple[Said, ...]
    more: bool = False


class SetHistory(Message, frozen=True, kw_only=True, tag="set-history"):
    """The host's wish to change what newcomers see."""

    history: HistoryName
    count: Annotated[int, msgspec.Meta(ge=0, le=limits.MAX_HISTORY)] = 0


class HistoryChanged(Message, frozen=True, kw_only=True, tag="history-changed"):
    """What newcomers see is another now."""

    history: HistoryName
    count: Count = 0


class SetTopic(Message, frozen=True, kw_only=True, tag="set-topic"):
    """The wish to change the room's topic."""

    topic: Annotated[str, msgspec.Meta(max_length=4096)]


class TopicChanged(Message, frozen=True, kw_only=True, tag="topic-changed"):
    """The topic is another now."""

    topic: str
    by: Nick
