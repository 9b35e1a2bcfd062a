"""Every message that travels, in both directions.

Wishes (`Join`, `Say`) go from member to host, facts in the past tense (`Joined`, `Said`) come back; a
refusal is `Rejected`. Tags and fields are append-only: a reader ignores fields that it does not
know, and a field added later has a default; what has its default does not travel. `README.md` beside
this file says the same in prose.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from app.protocol import limits

Cid = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
"""A message's client id: 128 random bits, made once by its author."""

DeviceId = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""SHA-256 of a device's public key."""

Seq = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""A message's number in the room's log, from 1. 0 stands before the first."""

MemberNumber = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
Version = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Agent = Annotated[str, msgspec.Meta(max_length=limits.MAX_AGENT)]

# A name or text that is too long is refused by the room, in words; the bounds here only keep a
# sane message sane, so they leave room for the room to answer.
_Nick = Annotated[str, msgspec.Meta(max_length=512)]
_Text = Annotated[str, msgspec.Meta(max_length=32 * 1024)]

RoleName = Literal["host", "moderator", "member"]
HistoryName = Literal["all", "joined", "last", "none"]
LeaveReason = Literal["left", "lost", "removed"]


class Message(msgspec.Struct, frozen=True, tag_field="t", omit_defaults=True):
    """The base of all messages."""


class ClientHello(Message, frozen=True, kw_only=True, tag="hello"):
    """First from the member, once the host's certificate is accepted: which versions it speaks."""

    min_version: Version
    max_version: Version
    agent: Agent = ""


class HostHello(Message, frozen=True, kw_only=True, tag="host-hello"):
    """The host's answer: the version chosen, and a nonce for the proof."""

    version: Version
    nonce: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    room: Annotated[str, msgspec.Meta(max_length=limits.MAX_ROOM_NAME)]
    agent: Agent = ""


class Prove(Message, frozen=True, kw_only=True, tag="prove"):
    """The member's device key, and its signature over the transcript (`security/proof.py`)."""

    device_key: Annotated[bytes, msgspec.Meta(min_length=65, max_length=65)]
    signature: Annotated[bytes, msgspec.Meta(max_length=128)]


class Join(Message, frozen=True, kw_only=True, tag="join"):
    """The wish to be in the room under a nickname."""

    nick: _Nick


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody in the room, as everyone sees them."""

    number: MemberNumber
    """The host's number for this device and nickname, the same whenever they come back."""
    nick: _Nick
    device: DeviceId
    role: RoleName = "member"
    away: bool = False
    slow: bool = False
    """Fallen behind the live stream; it catches up from the log."""


class Joined(Message, frozen=True, kw_only=True, tag="joined"):
    """You are in. `Roster` follows, then all that happens."""

    member: MemberNumber
    room: Annotated[str, msgspec.Meta(max_length=limits.MAX_ROOM_NAME)]
    topic: str
    role: RoleName
    history: HistoryName
    history_count: int = 0
    """How many messages newcomers see where `history` is "last"."""
    last_seq: Seq
    """The newest message in the log at this moment."""
    log: bytes = b""
    """Names the log: another value than at an earlier visit means that the numbers began anew."""
    members: int
    """How many are in the room, you included."""


class Roster(Message, frozen=True, kw_only=True, tag="roster"):
    """Who is in the room, in pages; `more` says that another page follows."""

    members: tuple[Member, ...]
    more: bool = False


class Came(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="came"):
    """One member who came, in a `Presence`. `at`: Unix milliseconds by the host's clock."""

    member: Member
    at: int


class Went(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="went", omit_defaults=True
):
    """One member who went, in a `Presence`."""

    number: MemberNumber
    nick: _Nick
    at: int
    reason: LeaveReason = "left"


class Changed(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="changed", omit_defaults=True
):
    """One member who is here and stands otherwise now, in a `Presence`."""

    number: MemberNumber
    away: bool = False
    slow: bool = False


class Presence(Message, frozen=True, kw_only=True, tag="presence"):
    """Who came, went or stands otherwise since the last one, merged, each in its order."""

    changes: tuple[Came | Went | Changed, ...]


class Located(Message, frozen=True, kw_only=True, tag="located"):
    """To the host alone: from which address members are connected."""

    addresses: dict[MemberNumber, str]


class Say(Message, frozen=True, kw_only=True, tag="say"):
    """A message for everyone. Sent again with the same `cid` it is still one message."""

    cid: Cid
    text: _Text


class Acked(Message, frozen=True, kw_only=True, tag="acked"):
    """Your message is in the host's log, under this number."""

    cid: Cid
    seq: Seq


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
    text: _Text
    nick: _Nick
    device: Annotated[bytes, msgspec.Meta(max_length=32)] = b""
    """Whose device said it; a nickname may pass on, a device does not.

    Empty in `Live`, whose authors are in the roster.
    """


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


class Skipped(Message, frozen=True, kw_only=True, tag="skipped"):
    """You fell so far behind that the live stream left you out; it goes on now.

    A `Roster` follows. What was said up to `last_seq` is to be fetched.
    """

    last_seq: Seq
    topic: str


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


class Typing(Message, frozen=True, kw_only=True, tag="typing"):
    """The member is writing, or not any more. Worth saying at most every few seconds."""

    active: bool = True


class TypingNow(Message, frozen=True, kw_only=True, tag="typing-now"):
    """Who is writing at this moment, at most a handful; the others are not."""

    members: tuple[MemberNumber, ...]


class SetAway(Message, frozen=True, kw_only=True, tag="set-away"):
    """The member is away from the computer, or back."""

    away: bool


class SetHistory(Message, frozen=True, kw_only=True, tag="set-history"):
    """The host's wish to change what newcomers see."""

    history: HistoryName
    count: Annotated[int, msgspec.Meta(ge=0, le=limits.MAX_HISTORY)] = 0


class HistoryChanged(Message, frozen=True, kw_only=True, tag="history-changed"):
    """What newcomers see is another now."""

    history: HistoryName
    count: int = 0


class SetTopic(Message, frozen=True, kw_only=True, tag="set-topic"):
    """The wish to change the room's topic."""

    topic: Annotated[str, msgspec.Meta(max_length=4096)]


class TopicChanged(Message, frozen=True, kw_only=True, tag="topic-changed"):
    """The topic is another now."""

    topic: str
    by: _Nick


class Leave(Message, frozen=True, kw_only=True, tag="leave"):
    """The member goes, on purpose."""


class Ping(Message, frozen=True, kw_only=True, tag="ping"):
    """Are you there? Either side may ask; the other answers with `Pong`."""


class Pong(Message, frozen=True, kw_only=True, tag="pong"):
    """I am here."""


class Rejected(Message, frozen=True, kw_only=True, tag="rejected"):
    """A wish was refused. `code` is a `Refusal`, or one that a newer peer knows."""

    code: Annotated[str, msgspec.Meta(max_length=64)]
    cid: Cid | None = None
    """Which message, where it was a `Say`."""
    limit: int | None = None
    """The limit that was exceeded, where there is one."""


class Closed(Message, frozen=True, kw_only=True, tag="closed"):
    """The last word on a link: why it is being closed."""

    code: Annotated[str, msgspec.Meta(max_length=64)]


FromMember = (
    ClientHello
    | Prove
    | Join
    | Say
    | Fetch
    | Search
    | Typing
    | SetAway
    | SetTopic
    | SetHistory
    | Leave
    | Ping
    | Pong
    | Closed
)
FromHost = (
    HostHello
    | Joined
    | Roster
    | Presence
    | Located
    | Acked
    | Live
    | Page
    | Found
    | Skipped
    | Slowed
    | TypingNow
    | TopicChanged
    | HistoryChanged
    | Ping
    | Pong
    | Rejected
    | Closed
)
AnyMessage = FromMember | FromHost
