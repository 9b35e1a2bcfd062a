"""Make words from other people safe to stand among our own: in one line, in their own order."""

from __future__ import annotations

import unicodedata

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACE_CONTROLS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord(sign) for sign in _SPACE_CONTROLS}
_DROPPED = dict.fromkeys((*_CONTROLS, *map(ord, _BIDI_CONTROLS)))


def one_line(text: str) -> str:
    """Return `text` without controls, of direction or other, and every run of space as one space."""
    return " ".join(text.translate(_DROPPED).split())


def isolated(text: str) -> str:
    """Return `text` so that its writing direction cannot reorder the sentence around it."""
    shown = one_line(text)
    if shown.isascii():
        return shown
    return f"{_FIRST_STRONG_ISOLATE}{shown}{_POP_ISOLATE}"


def menu_text(text: str) -> str:
    """Return `text` for a menu or button, where a single `&` would name a shortcut."""
    return one_line(text).replace("&", "&&")


def runs_right_to_left(text: str) -> bool:
    """Tell whether the first letter that has a direction runs from right to left."""
    if text.isascii():
        return False
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return False
