"""Find who is meant by an @ in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

import msgspec

from app.protocol.limits import MAX_NICKNAME
from app.protocol.names import NameRefused, nickname_key
from app.ui.formatting.blocks import (
    Block,
    Formatted,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Run,
    Style,
    Utf16,
    overlaid,
    runs_of,
    spans_of,
)

_MOST_TRIES: Final = 400
"""Names looked up for one text: enough for a message that names a hundred people."""

_AT: Final = re.compile(r"(?<![\w@.])@(?=\S)")
# A name typed in another normal form is longer, by the marks that stand apart.
_LONGEST: Final = MAX_NICKNAME * 2


class Mention(msgspec.Struct, frozen=True):
    """Where a nickname is mentioned, its @ included, in UTF-16 code units."""

    start: int
    length: int
    nick: str
    """As its member writes it."""


class Nicknames:
    """The nicknames of a room, to find mentions by. A member more or less costs the same in any room."""

    def __init__(self, nicks: Iterable[str] = ()) -> None:
        self._by_key: dict[str, str] = {}
        self._spaces: dict[int, int] = {}
        for nick in nicks:
            self.add(nick)

    def add(self, nick: str) -> None:
        """Know one more. One that is no nickname is never mentioned."""
        key = _key(nick)
        if key and key not in self._by_key:
            spaces = nick.count(" ")
            self._spaces[spaces] = self._spaces.get(spaces, 0) + 1
        if key:
            self._by_key[key] = nick

    def remove(self, nick: str) -> None:
        """Forget one."""
        known = self._by_key.pop(_key(nick), None)
        if known is not None:
            self._spaces[known.count(" ")] -= 1

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions in `text`, in order; of names that begin alike, the longest."""
        runs = self.runs(text)
        if not runs:
            return ()
        at = Utf16(text)
        return tuple(
            Mention(at.units(run.start), at.units(run.end) - at.units(run.start), run.mention)
            for run in runs
        )

    def runs(self, text: str) -> list[Run]:
        """Return the mentions in `text` as runs, in code points."""
        if "@" not in text or not self._by_key:
            return []
        most_spaces = max((spaces for spaces, count in self._spaces.items() if count), default=0)
        found: list[Run] = []
        tries = 0
        for sign in _AT.finditer(text):
            if found and sign.start() < found[-1].end:
                continue
            for end in _ends(text, sign.end(), most_spaces):
                tries += 1
                if tries > _MOST_TRIES:
                    return found
                if nick := self._by_key.get(_key(text[sign.end() : end])):
                    found.append(Run(sign.start(), end, mention=nick))
                    break
        return found


def mentions(text: str, nicks: Iterable[str]) -> tuple[Mention, ...]:
    """Return where `text` mentions one of `nicks`. For more than one text keep a `Nicknames`."""
    return Nicknames(nicks).find(text)


def with_mentions(formatted: Formatted, nicknames: Nicknames) -> Formatted:
    """Return the message with its mentions marked; in code and in links there are none."""
    if not any("@" in leaf.text for leaf in formatted.leaves()):
        return formatted
    return Formatted(tuple(_marked(block, nicknames) for block in formatted.blocks))


def _marked(block: Block, nicknames: Nicknames) -> Block:
    match block:
        case Quote():
            return Quote(tuple(_marked(one, nicknames) for one in block.blocks))
        case ListBlock():
            items = tuple(
                ListItem(item.mark, tuple(_marked(one, nicknames) for one in item.blocks))
                for item in block.items
            )
            return ListBlock(block.ordered, block.start, items)
        case Paragraph():
            return _marked_paragraph(block, nicknames)
        case _:
            return block


def _marked_paragraph(block: Paragraph, nicknames: Nicknames) -> Paragraph:
    named = nicknames.runs(block.text)
    if not named:
        return block
    runs = runs_of(block.text, block.spans)
    closed = [run for run in runs if run.link or run.style & Style.CODE]
    free = [
        one
        for one in named
        if not any(run.start < one.end and one.start < run.end for run in closed)
    ]
    return Paragraph(block.text, spans_of(block.text, overlaid(runs, free))) if free else block


def _ends(text: str, start: int, most_spaces: int) -> list[int]:
    """Return where a name that begins at `start` may end, the farthest first."""
    ends = []
    spaces = 0
    for place in range(start, min(len(text), start + _LONGEST)):
        sign = text[place]
        if sign == "\n":
            break
        if sign == " ":
            spaces += 1
            if spaces > most_spaces:
                break
            continue
        following = text[place + 1 : place + 2]
        if not following or not (_in_word(following) and _in_word(sign)):
            ends.append(place + 1)
    ends.reverse()
    return ends


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_" or unicodedata.category(sign).startswith("M")


def _key(nick: str) -> str:
    try:
        return nickname_key(nick)
    except NameRefused:
        return ""
