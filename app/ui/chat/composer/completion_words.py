"""Find the word at the cursor that can be completed: @nick, :emoji:, /command. Knows no widget."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from app.ui.emoji.names import fragment

LOOKED_AT = 200
"""Characters before the cursor that matter: more than any nickname, code or command has."""

_MOST_WORDS = 4
_AT = re.compile(rf"(?<![\w@.])@(?:[^\s@]+(?: [^\s@]+){{0,{_MOST_WORDS - 1}}})?$")
_COMMAND = re.compile(r"\s*(/\w*)")
_NAMED = re.compile(r"\s*/(\w+)\s+(@?[^\n]{0,64})")


class Kind(Enum):
    """What a word may become."""

    PERSON = auto()
    """An @ with a nickname."""
    NICKNAME = auto()
    """A nickname alone, after the command `command`."""
    EMOJI = auto()
    COMMAND = auto()


class Word(NamedTuple):
    """A word to complete. `start` counts in characters from the beginning of its line."""

    kind: Kind
    start: int
    text: str
    command: str = ""


def word_at(line: str, *, first: bool, takes_nick: Callable[[str], bool]) -> Word | None:
    """Return the word that `line`, the text up to the cursor, ends with, where it can be completed.

    `first` is whether it is the first line, where commands stand.
    """
    if first and len(line) <= LOOKED_AT:
        command = _COMMAND.fullmatch(line)
        if command:
            return Word(Kind.COMMAND, command.start(1), command[1])
        named = _NAMED.fullmatch(line)
        if named and takes_nick(named[1].lower()):
            return Word(Kind.NICKNAME, named.start(2), named[2], named[1].lower())
    tail = line[-LOOKED_AT:]
    before = len(line) - len(tail)
    # A code with its second colon is no emoji yet: nothing is replaced unasked.
    closed = tail.endswith(":")
    code = fragment(tail[:-1] if closed else tail)
    if code:
        code = f"{code}:" if closed else code
        return Word(Kind.EMOJI, len(line) - len(code), code)
    person = _AT.search(tail)
    if person:
        return Word(Kind.PERSON, before + person.start(), person[0])
    return None
