"""`Marks`: what was done to messages since they were said, by number: deleted, edited, reacted to.

Each line of the log counts by its own number, so they may be taken in any order and more than once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from app.protocol.emoji import is_emoji
from app.protocol.limits import MAX_REACTIONS
from app.protocol.messages import MESSAGES, Said


class SendState(Enum):
    """How far one's own message has come. There is no "read": nobody can promise that."""

    SENDING = "sending"
    SENT = "sent"
    """In the host's log."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PendingEdit:
    """Another text for a message of one's own, which the host has not confirmed or has refused."""

    cid: bytes
    text: str
    state: SendState
    failure: str = ""
    """The refusal's code where `state` is FAILED."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji at a message. `nicks` are those who put it there, in that order."""

    emoji: str
    nicks: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of one message; `deleted_by` and `text` are None where it kept its text."""

    deleted_by: str | None = None
    text: str | None = None
    edit: PendingEdit | None = None
    reactions: tuple[Reaction, ...] = ()


@dataclass(slots=True)
class _Known:
    deleted_by: str | None = None
    edited_at: int = 0
    text: str | None = None
    edit: PendingEdit | None = None
    lines: dict[str, dict[bytes, tuple[int, str, bool]]] = field(default_factory=dict)
    """By emoji and device: the latest line, the nickname, and whether it put the emoji there."""
    first: dict[str, int] = field(default_factory=dict)
    """The first line of each emoji."""
    wished: Mapping[str, bool] = field(default_factory=dict)
    """One's own wishes that the host has not confirmed."""
    built: Mark | None = None


class Marks:
    """What is known of all messages, shown or not. `device` and `nick` are one's own."""

    def __init__(self) -> None:
        self.device = b""
        self.nick = ""
        self._known: dict[int, _Known] = {}

    def clear(self) -> None:
        """Know nothing: the numbers mean other messages."""
        self._known.clear()

    def take(self, said: Iterable[Said]) -> set[int]:
        """Take lines of the log, messages passed over; return the messages that are others now."""
        return {one.about for one in said if one.kind not in MESSAGES and self._take(one)}

    def wish(self, seq: int, edit: PendingEdit | None, reactions: Mapping[str, bool]) -> None:
        """Take what one wishes of a message and the host has not confirmed; all of it, each time."""
        known = self._at(seq)
        known.edit, known.wished, known.built = edit, reactions, None

    def of(self, seq: int) -> Mark | None:
        """Return what became of a message; None where nothing did."""
        known = self._known.get(seq)
        if known is None:
            return None
        if known.built is None:
            reactions = self._reactions(known)
            known.built = Mark(known.deleted_by, known.text, known.edit, reactions)
        return known.built

    def has(self, seq: int, emoji: str) -> bool:
        """Tell whether one's own emoji stands at a message, or will where the host confirms it."""
        known = self._known.get(seq)
        if known is None:
            return False
        if emoji in known.wished:
            return known.wished[emoji]
        line = known.lines.get(emoji, {}).get(self.device)
        return line is not None and line[2]

    def _at(self, seq: int) -> _Known:
        return self._known.setdefault(seq, _Known())

    def _take(self, one: Said) -> bool:
        if one.kind == "delete":
            self._at(one.about).deleted_by = one.nick
        elif one.kind == "edit":
            # One without a text was overtaken by a later one, or the message was deleted.
            if not one.text or self._at(one.about).edited_at >= one.seq:
                return False
            known = self._at(one.about)
            known.edited_at, known.text = one.seq, one.text
        elif not self._take_reaction(one):
            return False
        self._at(one.about).built = None
        return True

    def _take_reaction(self, one: Said) -> bool:
        if not _is_emoji(one.text):
            return False
        known = self._at(one.about)
        lines = known.lines.setdefault(one.text, {})
        if lines.get(one.device, (0, "", False))[0] >= one.seq:
            return False
        lines[one.device] = one.seq, one.nick, one.kind == "react"
        known.first[one.text] = min(known.first.get(one.text, one.seq), one.seq)
        return True

    def _reactions(self, known: _Known) -> tuple[Reaction, ...]:
        found = []
        for emoji in sorted(known.lines, key=lambda one: known.first[one]):
            standing = sorted((*line, by) for by, line in known.lines[emoji].items() if line[2])
            mine = any(by == self.device for *_, by in standing)
            wished = known.wished.get(emoji, mine)
            nicks = [nick for _, nick, _, by in standing if wished or by != self.device]
            if wished and not mine:
                nicks.append(self.nick)
            if nicks:
                found.append(Reaction(emoji, tuple(nicks), wished))
        found += [
            Reaction(emoji, (self.nick,), mine=True)
            for emoji, on in known.wished.items()
            if on and emoji not in known.lines
        ]
        return tuple(found[:MAX_REACTIONS])


_is_emoji = lru_cache(1024)(is_emoji)
