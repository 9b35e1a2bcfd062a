"""What happens in a room, as lines for guests by plain text; the same bytes for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.net.plain.reading import harmless
from app.net.plain.words import CAME, Word, Wording
from app.protocol.attachments import unpack
from app.protocol.errors import MalformedMessage
from app.protocol.messages import (
    MESSAGES,
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

QUOTED = 40
"""Characters of a message that an answer to it repeats: enough to know which one it was."""

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_PASSES_FOR_ANOTHER = re.compile(
    "^[*\u204e\u2217“]|:"
    "|[\u02d0\u02f8\u0589\u05c3\u0703\u0704\u0903\u0a83\u16ec\u1803\u1809\u205a\u2236\ua4fd"
    "\ua789\ufe30](?= )"
)
"""What a nickname may have, and looks like the end of somebody else's or the beginning of a notice:
colons, and before a space what UTS #39 takes for one (which within a word may be a letter). Likewise
what `shown_name` puts around such a nickname."""


@dataclass(frozen=True)
class Shown:
    """Some lines, each with its end. `seq`: of which line of the log; `came`: about whose coming.

    `about`: another line, which `data` tells of; who may not read that one is shown `unseen`.
    """

    data: bytes
    seq: int = 0
    came: int = 0
    about: int = 0
    unseen: bytes = b""

    def for_reader(self, floor: int) -> bytes:
        """Return what is shown to somebody who may read after the line `floor`."""
        return self.unseen if 0 < self.about <= floor else self.data


class Showing:
    """Turns messages into lines, those for everyone once for all guests. Owns nothing."""

    def __init__(
        self, say: Wording, look_up: Callable[[int], Said | None] = lambda _seq: None
    ) -> None:
        """`look_up`: a line of the log by its number, as it is now."""
        self._say = say
        self._look_up = look_up
        self._last: tuple[list[AnyMessage], list[Shown]] = [], []

    def for_all(self, messages: list[AnyMessage]) -> list[Shown]:
        """Return the lines of a batch that goes to everyone; the same list is turned but once."""
        if self._last[0] is not messages:
            self._last = messages, [shown for each in messages for shown in self._shown(each)]
        return self._last[1]

    def said(self, said: Said) -> Shown:
        """Return a line of the log, as everyone is shown it; empty where there is nothing to show."""
        about = self._look_up(said.about) if said.about else None
        data = self._said(said, about)
        if about is None:
            return Shown(data, seq=said.seq)
        unseen = self._said(said, None) if said.kind in MESSAGES else b""
        return Shown(data, seq=said.seq, about=said.about, unseen=unseen)

    def past(self, said: tuple[Said, ...], most: int, floor: int = 0) -> bytes:
        """Return the newest messages of some lines of the log, in at most so many bytes.

        `floor`: after which line the reader may read.

        What was edited is shown as it is now, so the acts themselves are not.
        """
        shown: list[bytes] = []
        for each in reversed(said):
            if each.kind in {"text", "edited", "files"}:
                data = self.said(each).for_reader(floor)
                most -= len(data)
                if most < 0:
                    break
                shown.append(data)
        return b"".join(reversed(shown))

    def word(self, word: str, **about: object) -> bytes:
        """Return what the room says to one guest, or of somebody."""
        names = {key: shown_name(str(about[key])) for key in _NAMES & about.keys()}
        return _lines(NOTICE, self._say(word, **{**about, **names}))

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

    def _said(self, said: Said, about: Said | None) -> bytes:
        """Return a line, with what is known of the one that it is about."""
        nick = said.nick
        of = {} if about is None else {"of": about.nick, "gist": _gist(about)}
        if said.kind == "edit":
            # One without a text was overtaken by a later one.
            return self.word(Word.EDITED, nick=nick, text=said.text) if said.text else b""
        if said.kind in {"delete", "deleted"}:
            return self.word(Word.DELETED, nick=nick, **of) if said.kind == "delete" else b""
        if said.kind == "react":
            return self.word(Word.REACTED, nick=nick, emoji=said.text, **of)
        answered = ""
        if about is not None:
            known = {**of, "of": shown_name(about.nick)}
            answered = f"{self._say(Word.ANSWERED, **known)} "
        if said.kind == "files":
            return self._files(said, answered)
        return spoken(nick, answered + said.text) if said.kind in {"text", "edited"} else b""

    def _files(self, said: Said, answered: str) -> bytes:
        try:
            attached = unpack(said.text)
        except MalformedMessage:
            return b""
        lines = b"".join(
            self.word(Word.FILE, nick=said.nick, name=ref.name, size=ref.size)
            for ref in attached.files
        )
        caption = attached.caption.strip()
        return lines + (spoken(said.nick, answered + attached.caption) if caption else b"")


def shown_name(nick: str) -> str:
    """Return a nickname, in quotes if its lines could otherwise pass for somebody else's."""
    return f"“{nick}”" if _PASSES_FOR_ANOTHER.search(nick) else nick


def spoken(nick: str, text: str) -> bytes:
    """Return what somebody said, as the tutorial shows it: `nick: text`."""
    return _lines(f"{shown_name(nick)}: ", text)


def came(nick: str) -> bytes:
    """Return the tutorial's word on somebody who came."""
    return _lines("", CAME.format(nick=shown_name(nick)))


def _gist(said: Said) -> str:
    """Return the beginning of a message, in one line; empty where it has no words."""
    text = said.text
    if said.kind == "files":
        try:
            attached = unpack(text)
        except MalformedMessage:
            return ""
        text = attached.caption if attached.caption.strip() else attached.files[0].name
    elif said.kind not in {"text", "edited"}:
        return ""
    text = " ".join(text[: 10 * QUOTED].split())
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"


_NAMES = frozenset({"nick", "before", "by", "of"})
"""What of the values that go with a word is a nickname."""


def _lines(before: str, text: str) -> bytes:
    first, *further = (harmless(line) for line in _BREAK.split(text))
    lines = [f"{harmless(before)}{first}\n", *(f"{FURTHER}{line}\n" for line in further)]
    return "".join(lines).encode("utf-8", "replace")
