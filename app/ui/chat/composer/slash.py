"""What a line that begins with a slash means. Knows no Qt."""

from __future__ import annotations

from typing import NamedTuple


class Slash(NamedTuple):
    """A command as it was typed: its name in small letters without the slash, and what follows."""

    name: str
    rest: str


def slash_of(text: str) -> Slash | None:
    """Return the command that `text` is, known or not; None where it is a text to send.

    Space before the slash changes nothing: an unseen one must not make a command a message. Two
    slashes begin a text, of which `unescaped` keeps one.
    """
    bare = text.lstrip()
    if not bare.startswith("/") or bare.startswith("//"):
        return None
    words = bare[1:].split(maxsplit=1)
    if not words or bare[1].isspace():
        return Slash("", bare[1:].strip())
    return Slash(words[0].lower(), words[1].strip() if len(words) > 1 else "")


def unescaped(text: str) -> str:
    """Return the text to send: of two slashes at its beginning, one is left."""
    bare = text.lstrip()
    return bare[1:] if bare.startswith("//") else text


def escaped(text: str) -> str:
    """Return what is to be typed for `text` to be sent as it is: the opposite of `unescaped`."""
    bare = text.lstrip()
    return f"/{bare}" if bare.startswith("/") else text
