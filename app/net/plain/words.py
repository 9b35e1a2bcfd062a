"""What a guest by plain text is told in words, beside the words of the tutorial's exchange.

`net` knows no language: whoever hosts gives a `Wording`, which says them in the room's.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

NICK = b"NICK"
"""The tutorial's question for a nickname: these four bytes, without a line end."""

CAME = "{nick} conectou ao servidor!"
"""The tutorial's word for everyone on somebody who came."""

WELCOME = "Conectado ao Servidor"
"""The tutorial's word for whoever came."""


class Word(StrEnum):
    """What there is to say, and the values that go with it. No value is a `Refusal`'s."""

    PASSWORD = "plain-password"  # noqa: S105 - a word, no secret
    LEFT = "plain-left"
    """nick"""
    REMOVED = "plain-removed"
    """nick"""
    RENAMED = "plain-renamed"
    """before, nick"""
    TOPIC = "plain-topic"
    """by, topic"""
    FILE = "plain-file"
    """nick, name, size (bytes)"""
    EDITED = "plain-edited"
    """nick, text"""
    DELETED = "plain-deleted"
    """nick; if it is known, of: whose message, gist"""
    REACTED = "plain-reacted"
    """nick, emoji; if it is known, of: to whose message, gist: its beginning, perhaps empty"""
    ANSWERED = "plain-answered"
    """of, gist: in front of what answers it"""
    SKIPPED = "plain-skipped"
    """count: messages that are not shown."""
    SLOWED = "plain-slowed"


class Wording(Protocol):
    """Says a `Word`, or the sentence of a `Refusal`, with what is known about it."""

    def __call__(self, word: str, /, **about: object) -> str:
        """Return one line of text."""


def bare(word: str, /, **about: object) -> str:
    """Say what there is to say without any language: the wording of a host that was given none."""
    return " ".join([word, *(f"{name}={value}" for name, value in about.items())])
