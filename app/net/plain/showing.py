"""What happens in a room, as lines for guests by plain text; the same bytes for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.net.plain.reading import harmless
from app.net.plain.words import CAME, Word, Wording
from app.protocol.attachments import unpack
from app.protocol.errors import MalformedMessage
from app.protocol.messages import (
    AnyMessage,
    Came,
    Live,
    Presence,
    Renamed,
    Said,
    TopicChanged,
    Went,
)

FURTHER = "  "
"""Before every line of a text but its first, so that none passes for somebody else's."""

NOTICE = "* "
"""Before what nobody said."""

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Shown:
    """Some lines, each with its end. `seq`: of which line of the log; `came`: about whose coming."""

    data: bytes
    seq: int = 0
    came: int = 0


class Showing:
    """Turns messages into lines, those for everyone once for all guests. Owns nothing."""

    def __init__(self, say: Wording) -> None:
        self._say = say
        self._last: tuple[list[AnyMessage], list[Shown]] = [], []

    def for_all(self, messages: list[AnyMessage]) -> list[Shown]:
        """Return the lines of a batch that goes to everyone; the same list is turned but once."""
        if self._last[0] is not messages:
            self._last = messages, [shown for each in messages for shown in self._shown(each)]
        return self._last[1]

    def said(self, said: Said) -> Shown:
        """Return a line of the log, as everyone is shown it; empty where there is nothing to show."""
        return Shown(self._said(said), seq=said.seq)

    def past(self, said: tuple[Said, ...], most: int) -> bytes:
        """Return the newest messages of some lines of the log, in at most so many bytes.

        What was edited is shown as it is now, so the acts themselves are not.
        """
        shown: list[bytes] = []
        for each in reversed(said):
            if each.kind in {"text", "edited", "files"}:
                data = self._said(each)
                most -= len(data)
                if most < 0:
                    break
                shown.append(data)
        return b"".join(reversed(shown))

    def word(self, word: str, **about: object) -> bytes:
        """Return what the room says to one guest, or of somebody."""
        return _lines(NOTICE, self._say(word, **about))

    def _shown(self, message: AnyMessage) -> list[Shown]:
        if isinstance(message, Live):
            return [self.said(said) for said in message.said]
        if isinstance(message, TopicChanged):
            return [Shown(self.word(Word.TOPIC, by=message.by, topic=message.topic))]
        if isinstance(message, Presence):
            return [shown for change in message.changes for shown in self._change(change)]
        return []

    def _change(self, change: object) -> list[Shown]:
        if isinstance(change, Came):
            return [Shown(came(change.member.nick), came=change.member.number)]
        if isinstance(change, Went):
            word = Word.REMOVED if change.reason == "removed" else Word.LEFT
            return [Shown(self.word(word, nick=change.nick))]
        if isinstance(change, Renamed):
            return [Shown(self.word(Word.RENAMED, before=change.before, nick=change.nick))]
        return []

    def _said(self, said: Said) -> bytes:
        nick = said.nick
        if said.kind == "edit":
            # One without a text was overtaken by a later one.
            return self.word(Word.EDITED, nick=nick, text=said.text) if said.text else b""
        if said.kind in {"delete", "deleted"}:
            return self.word(Word.DELETED, nick=nick) if said.kind == "delete" else b""
        if said.kind == "react":
            return self.word(Word.REACTED, nick=nick, emoji=said.text)
        if said.kind == "files":
            return self._files(said)
        return spoken(nick, said.text) if said.kind in {"text", "edited"} else b""

    def _files(self, said: Said) -> bytes:
        try:
            attached = unpack(said.text)
        except MalformedMessage:
            return b""
        lines = b"".join(
            self.word(Word.FILE, nick=said.nick, name=ref.name, size=ref.size)
            for ref in attached.files
        )
        return lines + (spoken(said.nick, attached.caption) if attached.caption.strip() else b"")


def spoken(nick: str, text: str) -> bytes:
    """Return what somebody said, as the tutorial shows it: `nick: text`."""
    return _lines(f"{nick}: ", text)


def came(nick: str) -> bytes:
    """Return the tutorial's word on somebody who came."""
    return _lines("", CAME.format(nick=nick))


def _lines(before: str, text: str) -> bytes:
    first, *further = (harmless(line) for line in _BREAK.split(text))
    lines = [f"{harmless(before)}{first}\n", *(f"{FURTHER}{line}\n" for line in further)]
    return "".join(lines).encode("utf-8", "replace")
