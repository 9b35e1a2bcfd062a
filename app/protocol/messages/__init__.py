"""Every message that travels, in both directions.

Wishes (`Join`, `Say`) go from member to host, facts in the past tense (`Joined`, `Renamed`) come back;
a refusal is `Rejected`. Tags and fields are append-only: a reader ignores fields that it does not
know, and a field added later has a default; what has its default does not travel. `../README.md` says
the same in prose.
"""

from __future__ import annotations

from app.protocol.messages.base import (
    Agent,
    Cid,
    Confirmation,
    Count,
    DeviceId,
    GuestKind,
    HistoryName,
    LeaveReason,
    MemberNumber,
    Message,
    Nick,
    RoleName,
    Seq,
    Share,
    Text,
    Version,
)
from app.protocol.messages.browsing import Identify
from app.protocol.messages.files import (
    AskToken,
    Attach,
    FileHash,
    FileLine,
    FileName,
    FileRef,
    Files,
    FileSize,
    FileSort,
    ListFiles,
    MediaType,
    Token,
)
from app.protocol.messages.joining import (
    Challenge,
    ClientHello,
    Closed,
    Confirmed,
    HostHello,
    Join,
    Joined,
    Leave,
    Member,
    Ping,
    Pong,
    Prove,
    Rejected,
    Response,
    Roster,
    Skipped,
    Trusted,
)
from app.protocol.messages.moderating import (
    Act,
    Acts,
    Ban,
    Bans,
    Deed,
    FetchActs,
    FetchBans,
    Mute,
    Remove,
    RulesChanged,
    SetGuests,
    SetRole,
    SetRules,
    Unban,
)
from app.protocol.messages.presence import (
    Came,
    Changed,
    Located,
    Presence,
    Rename,
    Renamed,
    SetAway,
    SetColour,
    Typing,
    TypingNow,
    Went,
)
from app.protocol.messages.private import (
    AskKey,
    FetchWhispers,
    Key,
    Sealed,
    Whisper,
    Whispered,
    Whispers,
)
from app.protocol.messages.talking import (
    MESSAGES,
    Acked,
    Delete,
    Edit,
    Fetch,
    Found,
    HistoryChanged,
    Live,
    Page,
    React,
    Said,
    SaidKind,
    Say,
    Search,
    SetHistory,
    SetTopic,
    Slowed,
    TopicChanged,
)

FromMember = (
    ClientHello
    | Prove
    | Response
    | Join
    | Rename
    | Say
    | Delete
    | Edit
    | React
    | Fetch
    | Search
    | Typing
    | SetAway
    | SetColour
    | SetTopic
    | SetHistory
    | SetRole
    | Remove
    | Mute
    | SetRules
    | SetGuests
    | FetchBans
    | Unban
    | FetchActs
    | AskKey
    | Whisper
    | FetchWhispers
    | AskToken
    | ListFiles
    | Leave
    | Ping
    | Pong
    | Closed
)
FromHost = (
    HostHello
    | Trusted
    | Challenge
    | Confirmed
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
    | RulesChanged
    | Bans
    | Acts
    | Key
    | Whispers
    | Token
    | Files
    | Ping
    | Pong
    | Rejected
    | Closed
)
AnyMessage = FromMember | FromHost | Identify

__all__ = [
    "MESSAGES",
    "Acked",
    "Act",
    "Acts",
    "Agent",
    "AnyMessage",
    "AskKey",
    "AskToken",
    "Attach",
    "Ban",
    "Bans",
    "Came",
    "Challenge",
    "Changed",
    "Cid",
    "ClientHello",
    "Closed",
    "Confirmation",
    "Confirmed",
    "Count",
    "Deed",
    "Delete",
    "DeviceId",
    "Edit",
    "Fetch",
    "FetchActs",
    "FetchBans",
    "FetchWhispers",
    "FileHash",
    "FileLine",
    "FileName",
    "FileRef",
    "FileSize",
    "FileSort",
    "Files",
    "Found",
    "FromHost",
    "FromMember",
    "GuestKind",
    "HistoryChanged",
    "HistoryName",
    "HostHello",
    "Identify",
    "Join",
    "Joined",
    "Key",
    "Leave",
    "LeaveReason",
    "ListFiles",
    "Live",
    "Located",
    "MediaType",
    "Member",
    "MemberNumber",
    "Message",
    "Mute",
    "Nick",
    "Page",
    "Ping",
    "Pong",
    "Presence",
    "Prove",
    "React",
    "Rejected",
    "Remove",
    "Rename",
    "Renamed",
    "Response",
    "RoleName",
    "Roster",
    "RulesChanged",
    "Said",
    "SaidKind",
    "Say",
    "Sealed",
    "Search",
    "Seq",
    "SetAway",
    "SetColour",
    "SetGuests",
    "SetHistory",
    "SetRole",
    "SetRules",
    "SetTopic",
    "Share",
    "Skipped",
    "Slowed",
    "Text",
    "Token",
    "TopicChanged",
    "Trusted",
    "Typing",
    "TypingNow",
    "Unban",
    "Version",
    "Went",
    "Whisper",
    "Whispered",
    "Whispers",
]
