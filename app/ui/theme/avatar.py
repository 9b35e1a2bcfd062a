"""Initials and avatars: people are circles, rooms are rounded squares."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QRectF, Qt, QTextBoundaryFinder
from PyQt6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap, QPixmapCache

if TYPE_CHECKING:
    from app.ui.theme.theme import PersonColours

RADIUS = 10 / 36
"""The corner of a room's tile, as a part of its width."""


def graphemes(text: str) -> list[str]:
    """Split `text` into what a person calls characters."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    # Qt counts in UTF-16 units, Python in code points.
    units = text.encode("utf-16-le", "surrogatepass")
    found: list[str] = []
    start = 0
    while (end := finder.toNextBoundary()) != -1:
        found.append(units[start * 2 : end * 2].decode("utf-16-le", "replace"))
        start = end
    return found


@lru_cache(maxsize=2048)
def initials(nick: str) -> str:
    """Return one or two characters that stand for a person: TO for Tom, PM for Profa. Marina."""
    words = [shown for word in nick.split() if (shown := _telling(word))]
    if not words:
        return (graphemes(nick.strip()) or ["?"])[0]
    first = words[0]
    if not _is_letter(first[0]):
        return first[0]
    if len(words) > 1 and _is_letter(words[-1][0]):
        return _upper(first[0]) + _upper(words[-1][0])
    if _is_joined_script(first[0]):
        return first[0]
    return "".join(_upper(g) for g in first[:2] if _is_letter(g))


def tile_text(room: str) -> str:
    """Return what stands on a room's tile: R for Robotics Lab, 2 for Room 204, 3B for Turma 3B."""
    words = [shown for word in room.split() if (shown := _telling(word))]
    if not words:
        return (graphemes(room.strip()) or ["?"])[0]
    numbered = [word for word in words if word[0].isdecimal()]
    if numbered:
        first = numbered[0]
        return "".join(map(_upper, first)) if len(first) == 2 else first[0]
    return _upper(words[0][0])


def paint_avatar(
    painter: QPainter,
    rect: QRectF,
    text: str,
    colours: PersonColours,
    *,
    rounded_square: bool = False,
) -> None:
    """Paint an avatar into `rect`, in the painter's font family.

    `text` is what `initials` or `tile_text` returned.
    """
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    size = round(rect.width())
    look = (painter.font().family(), text, colours.tint.name(), colours.ink.name())
    key = f"avatar {size} {ratio} {rounded_square} {look}"
    picture = cast("QPixmap | None", QPixmapCache.find(key))
    if picture is None:
        # A timeline paints a dozen of the same few in each frame.
        picture = QPixmap(ceil(size * ratio), ceil(size * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        brush = QPainter(picture)
        brush.setFont(painter.font())
        _draw(brush, QRectF(0, 0, size, size), text, colours, rounded_square=rounded_square)
        brush.end()
        QPixmapCache.insert(key, picture)
    painter.drawPixmap(rect.topLeft(), picture)


def _draw(
    painter: QPainter, rect: QRectF, text: str, colours: PersonColours, *, rounded_square: bool
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.tint)
    if rounded_square:
        radius = rect.width() * RADIUS
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.drawEllipse(rect)
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(rect.width() * (0.42 if len(text) == 1 else 0.36))))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(colours.ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def paint_moon(painter: QPainter, avatar: QRectF, moon: QColor, under: QColor) -> None:
    """Paint a moon on the corner of `avatar`: that person is away. `under`: the ground around."""
    size = avatar.width() * 0.36
    place = QRectF(avatar.right() - size + 1, avatar.bottom() - size + 1, size, size)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(under)
    painter.drawEllipse(place.adjusted(-2, -2, 2, 2))
    whole, bite = QPainterPath(), QPainterPath()
    whole.addEllipse(place)
    bite.addEllipse(place.translated(size * 0.34, -size * 0.28))
    painter.setBrush(moon)
    painter.drawPath(whole.subtracted(bite))
    painter.restore()


def _telling(word: str) -> list[str]:
    """Return the characters of `word` from the first one that tells something."""
    characters = graphemes(word)
    for index, character in enumerate(characters):
        if unicodedata.category(character[0])[0] in "LNS":
            return characters[index:]
    return []


def _is_letter(character: str) -> bool:
    return unicodedata.category(character[0])[0] in "LN"


def _is_joined_script(character: str) -> bool:
    """Tell whether a second letter would join or crowd the first: Arabic, Han and the like."""
    return unicodedata.bidirectional(character[0]) == "AL" or (
        unicodedata.category(character[0]) == "Lo"
        and unicodedata.east_asian_width(character[0]) in "WF"
    )


def _upper(character: str) -> str:
    """Return the capital, unless it takes more room (ß is not SS)."""
    upper = character.upper()
    return upper if len(graphemes(upper)) == 1 else character
