"""What can go wrong on a link, by whose fault it is.

    ProtocolError
    ├── PeerError            the other side broke the rules: refuse it, close, go on
    │   ├── FrameTooLarge
    │   ├── MalformedMessage
    │   ├── UnexpectedMessage
    │   └── NoCommonVersion
    └── InvalidState         we broke the rules: a bug of ours

`Refusal` is the vocabulary of the codes that travel in `Rejected` and `Closed`; the window turns a
code into a sentence, so that no sentence ever travels.
"""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a wish was refused or a link is being closed. Append only."""

    FRAME_TOO_LARGE = "frame-too-large"
    MALFORMED = "malformed"
    UNEXPECTED = "unexpected"
    PEER_TOO_OLD = "peer-too-old"
    """The refused side speaks only versions older than ours."""
    PEER_TOO_NEW = "peer-too-new"
    """The refused side speaks only versions newer than ours."""
    BAD_PROOF = "bad-proof"
    """The device key was not proved."""
    NICKNAME_EMPTY = "nickname-empty"
    NICKNAME_TOO_LONG = "nickname-too-long"
    NICKNAME_NOT_ALLOWED = "nickname-not-allowed"
    NICKNAME_TAKEN = "nickname-taken"
    ROOM_FULL = "room-full"
    TEXT_EMPTY = "text-empty"
    TEXT_TOO_LONG = "text-too-long"
    NOT_SAVED = "not-saved"
    """The host's disk took no more; the message is in no log."""
    TOPIC_TOO_LONG = "topic-too-long"
    NOT_PERMITTED = "not-permitted"
    """The member's role does not allow it."""
    ROOM_CLOSED = "room-closed"
    """The host ended the room."""
    REPLACED = "replaced"
    """The same device joined again under the same nickname; the newer link stays."""
    TOO_SLOW = "too-slow"
    """The reader fell too far behind; it may come back and catch up from the log."""
    TIMED_OUT = "timed-out"
    """Nothing was heard for too long, or joining took too long."""
    TOO_MANY_LINKS = "too-many-links"
    WRONG_PASSWORD = "wrong-password"  # noqa: S105 - a code, no secret
    TOO_MANY_GUESSES = "too-many-guesses"
    """Too many wrong passwords came from that address, or from all; `seconds` says how long."""
    REMOVED = "removed"
    """Shown out by the host or a moderator; it may come back."""
    BANNED = "banned"
    ROOM_LOCKED = "room-locked"
    """Nobody new gets in at the moment."""
    MUTED = "muted"
    """This member may not write."""
    HOSTS_ONLY = "hosts-only"
    """Only the host and moderators may write at the moment."""
    NO_SUCH_MEMBER = "no-such-member"
    """The member is not in the room, or not any more."""
    NO_SUCH_MESSAGE = "no-such-message"
    NOT_AN_EMOJI = "not-an-emoji"
    """Only an emoji can be put to a message."""
    TOO_MANY_EMOJI = "too-many-emoji"
    """The message has as many different emoji as one may have."""
    NO_SUCH_FILE = "no-such-file"
    """The host has no such file, or none that this member may see."""
    TOO_MANY_FILES = "too-many-files"
    """A message with more files than one may have."""
    NO_FILES = "no-files"
    """The room takes no files."""
    NO_GUESTS = "no-guests"
    """The room lets no guests of that kind in, or not any more."""
    NOT_FOR_GUESTS = "not-for-guests"
    """What guests may not do, or what cannot be done to them: they have no device key."""


class ProtocolError(Exception):
    """The base of all errors of this package."""


class PeerError(ProtocolError):
    """The other side's fault. `refusal` is the code to tell it before closing."""

    refusal: Refusal = Refusal.MALFORMED


class FrameTooLarge(PeerError):
    """A frame announced more bytes than the limit that holds now."""

    refusal = Refusal.FRAME_TOO_LARGE


class MalformedMessage(PeerError):
    """A frame's body is no message of this protocol."""

    refusal = Refusal.MALFORMED


class UnexpectedMessage(PeerError):
    """A well-formed message that may not come in this phase."""

    refusal = Refusal.UNEXPECTED


class NoCommonVersion(PeerError):
    """The two sides share no version. `refusal` is seen from the other side."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class InvalidState(ProtocolError):
    """Our own code asked for something that the phase does not allow."""
