"""The words in which a session tells how its connection stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Phase(Enum):
    """Where a session's connection stands. A session has exactly one."""

    CONNECTING = "connecting"
    ASKING = "asking"
    """A host never met before: the person looks at `fingerprint` and decides. Nothing was sent."""
    CHANGED = "changed"
    """Another fingerprint than the one expected here. Nothing was sent; a hard stop."""
    PASSWORD = "password"  # noqa: S105 - a word, no secret
    """The room asks for its password. `problem`: None the first time, else `wrong-password`, or
    `too-many-guesses` with `retry_at`, before which another try is of no use. No nickname was sent."""
    NICKNAME = "nickname"
    """The host refused the nickname (`problem` says why); another one may be tried."""
    ONLINE = "online"
    WAITING = "waiting"
    """The connection is gone; the next attempt comes at `retry_at`."""
    STOPPED = "stopped"
    """It ended (`problem` says why, None: on purpose); nothing more happens by itself."""


class Problem(StrEnum):
    """What went wrong between two computers; `protocol.errors.Refusal` is what a peer refuses."""

    NO_SUCH_HOST = "no-such-host"
    REFUSED = "refused"
    """The computer answers, but nothing listens on that port."""
    NO_ANSWER = "no-answer"
    UNREACHABLE = "unreachable"
    """No way to that network from here."""
    NOT_PAPO = "not-papo"
    """Something answers, but it does not speak Papo."""
    TURNED_AWAY = "turned-away"
    """The computer answers and hangs up at once: too many are at its door."""
    LOST = "lost"
    """The link broke or went silent."""
    WRONG_HOST = "wrong-host"
    """The certificate is not the one that the invite, or the last visit, vouches for."""
    UNKNOWN_HOST = "unknown-host"
    """A first contact that nobody may accept (no window to ask in)."""
    PASSWORD_NOT_ASKED = "password-not-asked"  # noqa: S105 - a code, no secret
    """A password was given, nothing else vouches for the host, and it asks for none, or says that it
    knows this device. No nickname was sent."""
    KEY_NOT_GENUINE = "key-not-genuine"
    """The host gave another key than that of the device that is written to; nothing was sealed."""
    NOT_OPENED = "not-opened"
    """A private message was not sealed to us by its author, or is not the message it is said to be."""


class Verified(Enum):
    """How much is known of who hosts."""

    NOT_YET = "not-yet"
    OWN = "own"
    """Hosted here."""
    INVITE = "invite"
    """The invite carried the fingerprint."""
    PASSWORD = "password"  # noqa: S105 - a word, no secret
    """The host proved that it knows the room's password, now or at an earlier visit."""
    SEEN_BEFORE = "seen-before"
    """The same fingerprint as on an earlier visit, never compared by a person."""
    FIRST_USE = "first-use"
    """Accepted unseen just now: encrypted, host not verified."""


@dataclass(frozen=True)
class Connection:
    """How a session's connection stands, and what the person may need to know about it.

    `problem` is the value of a `Problem` or of a `Refusal`. `retry_at` is in seconds of the clock's
    `monotonic()`. `fingerprint` is the one that the host showed, `expected` the one on record.
    """

    phase: Phase
    problem: str | None = None
    retry_at: float | None = None
    fingerprint: bytes | None = None
    expected: bytes | None = None


@dataclass(frozen=True)
class SharedAddress:
    """One address to tell others. `kind` is wifi, ethernet, vpn, virtual, name or other."""

    text: str
    kind: str
    interface: str = ""


@dataclass(frozen=True)
class Sharing:
    """How others get in: addresses best first, and the invite link that carries the fingerprint.

    `certificate` is the room's, in DER, where it was joined elsewhere.
    """

    addresses: tuple[SharedAddress, ...] = ()
    invite: str = ""
    fingerprint: bytes = b""
    certificate: bytes = b""
