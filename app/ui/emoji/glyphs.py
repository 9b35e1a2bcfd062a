"""The font for emoji, and which of them the system can draw."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtGui import QFont, QFontInfo, QRawFont, QTextLayout

from app.ui.emoji.data import Emoji, all_emoji

_PROBE = "\U0001f600"
_FLAG = "\U0001f1e7\U0001f1f7"
_FIRST_INDICATOR, _LAST_INDICATOR = "\U0001f1e6", "\U0001f1ff"
_JOINED_OF_LATE = 13.0
"""The version from which it is looked up whether a joined emoji is one glyph: 2020."""


def emoji_font(base: QFont, times: float) -> QFont:
    """Return `base` for emoji `times` as high, at its usual weight; the system finds the glyphs."""
    font = QFont(base)
    font.setPixelSize(round(QFontInfo(base).pixelSize() * times))
    font.setWeight(QFont.Weight.Normal)
    return font


def undrawable(font: QFont) -> frozenset[int]:
    """Return the places in `all_emoji()` of what the system has no single glyph for.

    Empty where it cannot draw emoji at all: then nothing is better than the rest.
    """
    return _undrawable(font.family())


@lru_cache(maxsize=1)
def _undrawable(family: str) -> frozenset[int]:
    font = QFont(family)
    raw = _raw_font(font)
    if raw is None:
        return frozenset()
    flags = _glyphs(_FLAG, font) == 1
    return frozenset(
        place
        for place, emoji in enumerate(all_emoji())
        if not _is_drawn(emoji, raw, font, flags=flags)
    )


def _is_drawn(emoji: Emoji, raw: QRawFont, font: QFont, *, flags: bool) -> bool:
    text = emoji.text.replace("\ufe0f", "")
    if len(text) == 1:
        return raw.supportsCharacter(ord(text)) or _glyphs(emoji.text, font) == 1
    if len(text) == 2 and all(_FIRST_INDICATOR <= one <= _LAST_INDICATOR for one in text):
        return flags
    return emoji.version < _JOINED_OF_LATE or _glyphs(emoji.text, font) == 1


def _raw_font(font: QFont) -> QRawFont | None:
    """Return the font that draws the probe, or None where no font does."""
    layout = _laid_out(_PROBE, font)
    for run in layout.glyphRuns():
        if all(run.glyphIndexes()):
            return run.rawFont()
    return None


def _glyphs(text: str, font: QFont) -> int:
    """Return how many glyphs draw `text`, or 0 where one is missing."""
    indexes = [i for run in _laid_out(text, font).glyphRuns() for i in run.glyphIndexes()]
    return len(indexes) if all(indexes) else 0


def _laid_out(text: str, font: QFont) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout
