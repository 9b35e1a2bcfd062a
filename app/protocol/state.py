"""The state machine of a link, as a table: which message may come in which phase, and what follows.

Both sides run the same table, each with its own half of it for reading and the other for writing, so
a message that the table does not allow is a peer's fault when it comes in and ours when it goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from app.protocol import messages as m


class Phase(Enum):
    """How far a link has come, as both sides see it."""

    HELLO = auto()
    """TLS stands; the member's hello is awaited."""
    ANSWER = auto()
    """The host's hello is awaited."""
    PROOF = auto()
    """The member's proof of its device key is awaited."""
    PASSWORD = auto()
    """The room has a password; whether it is asked for is the host's next word."""
    RESPONSE = auto()
    """The member's half of the password's exchange is awaited."""
    CONFIRMING = auto()
    """The host's word on the password is awaited."""
    JOIN = auto()
    """The member is known; its nickname is awaited."""
    JOINING = auto()
    """The host's word on the nickname is awaited."""
    JOINED = auto()
    CLOSED = auto()


@dataclass(frozen=True)
class Rule:
    """In which phases a message may travel, and the phase after it (None: the same)."""

    phases: frozenset[Phase]
    then: Phase | None = None


def _in(*phases: Phase, then: Phase | None = None) -> Rule:
    return Rule(frozenset(phases), then)


_OPEN = tuple(phase for phase in Phase if phase is not Phase.CLOSED)
# A heartbeat may cross a join on the wire, so it is allowed from the proof on.
_KNOWN = (Phase.JOIN, Phase.JOINING, Phase.JOINED)

FROM_MEMBER: dict[type[m.Message], Rule] = {
    m.ClientHello: _in(Phase.HELLO, then=Phase.ANSWER),
    m.Prove: _in(Phase.PROOF, then=Phase.JOIN),
    m.Response: _in(Phase.RESPONSE, then=Phase.CONFIRMING),
    m.Join: _in(Phase.JOIN, then=Phase.JOINING),
    m.Rename: _in(Phase.JOINED),
    m.Say: _in(Phase.JOINED),
    m.Delete: _in(Phase.JOINED),
    m.Edit: _in(Phase.JOINED),
    m.React: _in(Phase.JOINED),
    m.Fetch: _in(Phase.JOINED),
    m.Search: _in(Phase.JOINED),
    m.Typing: _in(Phase.JOINED),
    m.SetAway: _in(Phase.JOINED),
    m.SetColour: _in(Phase.JOINED),
    m.SetTopic: _in(Phase.JOINED),
    m.SetHistory: _in(Phase.JOINED),
    m.SetRole: _in(Phase.JOINED),
    m.Remove: _in(Phase.JOINED),
    m.Mute: _in(Phase.JOINED),
    m.SetRules: _in(Phase.JOINED),
    m.SetGuests: _in(Phase.JOINED),
    m.FetchBans: _in(Phase.JOINED),
    m.Unban: _in(Phase.JOINED),
    m.FetchActs: _in(Phase.JOINED),
    m.AskKey: _in(Phase.JOINED),
    m.Whisper: _in(Phase.JOINED),
    m.FetchWhispers: _in(Phase.JOINED),
    m.AskToken: _in(Phase.JOINED),
    m.ListFiles: _in(Phase.JOINED),
    m.Leave: _in(Phase.JOINED, then=Phase.CLOSED),
    m.Ping: _in(*_KNOWN),
    m.Pong: _in(*_KNOWN),
    m.Closed: _in(*_OPEN, then=Phase.CLOSED),
}

FROM_HOST: dict[type[m.Message], Rule] = {
    m.HostHello: _in(Phase.ANSWER, then=Phase.PROOF),
    m.Trusted: _in(Phase.PASSWORD, then=Phase.JOIN),
    m.Challenge: _in(Phase.PASSWORD, then=Phase.RESPONSE),
    m.Confirmed: _in(Phase.CONFIRMING, then=Phase.JOIN),
    m.Joined: _in(Phase.JOINING, then=Phase.JOINED),
    m.Roster: _in(Phase.JOINED),
    m.Presence: _in(Phase.JOINED),
    m.Located: _in(Phase.JOINED),
    m.Acked: _in(Phase.JOINED),
    m.Live: _in(Phase.JOINED),
    m.Page: _in(Phase.JOINED),
    m.Found: _in(Phase.JOINED),
    m.Skipped: _in(Phase.JOINED),
    m.Slowed: _in(Phase.JOINED),
    m.TypingNow: _in(Phase.JOINED),
    m.HistoryChanged: _in(Phase.JOINED),
    m.TopicChanged: _in(Phase.JOINED),
    m.RulesChanged: _in(Phase.JOINED),
    m.Bans: _in(Phase.JOINED),
    m.Acts: _in(Phase.JOINED),
    m.Key: _in(Phase.JOINED),
    m.Whispers: _in(Phase.JOINED),
    m.Token: _in(Phase.JOINED),
    m.Files: _in(Phase.JOINED),
    m.Ping: _in(*_KNOWN),
    m.Pong: _in(*_KNOWN),
    m.Rejected: _in(Phase.JOINING, Phase.JOINED),
    m.Closed: _in(*_OPEN, then=Phase.CLOSED),
}


def phase_after(rule: Rule, message: m.Message, phase: Phase, *, password: bool) -> Phase:
    """Return the phase that follows `message`; `password`: the host's hello said that it has one."""
    if password and isinstance(message, m.Prove):
        return Phase.PASSWORD
    if isinstance(message, m.Rejected) and phase is Phase.JOINING:
        # The nickname was refused: the member may ask for another on the same link.
        return Phase.JOIN
    return rule.then or phase
