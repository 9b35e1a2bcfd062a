"""Which emoji there are and what they are called, from `resources/emoji`; knows no Qt.

The files are made by `resources/emoji/update.py` from Unicode's own data (CLDR).
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from app.session.words import fold
from app.support.resources import resource

TONES = ("", "\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff")
"""The modifiers of skin: none, then the Fitzpatrick types from light to dark (UTS #51, 2.4)."""


_BORDER = re.compile(r"[^\w+]+")


class Emoji(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One recommended emoji, in the fully qualified form that is to be sent."""

    text: str
    group: int
    """Smileys, people, animals, food, travel, activities, objects, symbols, flags: from 0."""
    version: float
    """Of the Emoji standard that brought it: a font may be older."""
    light: str = ""
    """The variant with the first skin tone, for everyone in it; empty where there is none."""

    def toned(self, tone: int) -> str:
        """Return the variant with `TONES[tone]`, or the emoji itself where it has none."""
        if not tone or not self.light:
            return self.text
        return self.light.replace(TONES[1], TONES[tone])


class Names(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What one language calls an emoji."""

    name: str
    """As CLDR has it, to be shown and read out."""
    codes: str
    """Short codes with a space between, the most usual one first; as `code_of` makes them."""
    words: str
    """Further words to find it by, with a space between; folded."""


@cache
def all_emoji() -> tuple[Emoji, ...]:
    """Return all recommended emoji without skin tones, in the order of CLDR."""
    return msgspec.json.decode(resource("emoji", "emoji.json").read_bytes(), type=tuple[Emoji, ...])


def load_names(language: str) -> tuple[Names, ...] | None:
    """Return the names beside `all_emoji()`, or None where there are none in `language` ("pt")."""
    path = resource("emoji", f"{language}.json")
    if not path.is_file():
        return None
    return msgspec.json.decode(path.read_bytes(), type=tuple[Names, ...])


def code_of(text: str) -> str:
    """Return the short code that `text` means: folded, words joined by `_`, no colons around it."""
    bare = fold(text).strip(": ")
    return bare if bare == "-1" else _BORDER.sub("_", bare).strip("_")
