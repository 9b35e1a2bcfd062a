"""What may be put to a message as an emoji: one, and nothing that could be read as a text."""

from __future__ import annotations

import re
import unicodedata

from app.protocol.limits import MAX_EMOJI

_JOINER = "\u200d"
_ALONE = re.compile("[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{2}")
"""A keycap, or a flag of two letters."""

_PICTURE = re.compile("(.)\ufe0f?[\U0001f3fb-\U0001f3ff]?\ufe0f?[\U000e0020-\U000e007f]*")
"""A picture with its skin tone, its presentation, and the tags of a region's flag."""

_SIGNS = "\u2139\u203c\u2049\u2194\u27a1\u3030\u303d\u2b05\u2934\u2935\u25fb\u25fc\u25fd\u25fe"
"""Emoji that are letters, punctuation or mathematics to Unicode."""


def is_emoji(text: str) -> bool:
    """Tell whether `text` is one emoji, by how it is made (UTS #51, 1.4.9).

    Not by a list of those that there are: a new one is an emoji on an old computer, too.
    """
    if not 0 < len(text) <= MAX_EMOJI:
        return False
    if _ALONE.fullmatch(text):
        return True
    parts = [_PICTURE.fullmatch(part) for part in text.split(_JOINER)]
    return all(part is not None and _is_picture(part[1]) for part in parts)


def _is_picture(one: str) -> bool:
    kind = unicodedata.category(one)
    if "\U0001f1e6" <= one <= "\U0001f1ff":
        return False
    if kind == "So" or one in _SIGNS or "\U0001f3fb" <= one <= "\U0001f3ff":
        return True
    # Where Unicode puts the emoji to come; this Python may not know them yet.
    return kind == "Cn" and "\U0001f000" <= one <= "\U0001faff"
