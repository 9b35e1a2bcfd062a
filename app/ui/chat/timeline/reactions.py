"""The emoji under a message: where each chip stands, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPen, QStaticText, QTransform

from app.session.timeline import Reaction
from app.ui.chat.names import one_line
from app.ui.emoji.glyphs import emoji_font
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

HEIGHT = 24
GAP = 6
_PADDING = 9
_INNER = 6
_ADD_ICON = 16
_MOST = 999
_NAMED = 20
"""Nicknames that a chip tells on hovering."""
_MOST_SHAPED = 400
_WIDEST = 2.4
"""Times its height that an emoji may take: an old font draws a joined one in several pieces."""


@dataclass(frozen=True, slots=True)
class Chip:
    """An emoji with its count, from the chips' upper left corner; without one it adds another."""

    place: QRectF
    reaction: Reaction | None

    @property
    def count(self) -> str:
        """How many put it there, as it is shown."""
        number = len(self.reaction.nicks) if self.reaction else 0
        return f"{_MOST}+" if number > _MOST else str(number)


class ChipLook:
    """Measures and paints chips in the theme's fonts of when it was made; shapes each emoji once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font = theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._font)
        self._emoji = emoji_font(theme.font(Step.SMALL), 1.3)
        self._em = QFontInfo(self._emoji).pixelSize()
        self._shaped: dict[str, QStaticText] = {}
        self.height = max(HEIGHT, ceil(self._metrics.height()) + 8, ceil(self._em * 1.2) + 3)
        self.line = self.height + 4

    def guess(self, count: int, width: float) -> int:
        """Return about how high the chips of so many emoji are."""
        if not count:
            return 0
        a_line = max(1, int((width + GAP) // (2 * _PADDING + 2.6 * self._em + _INNER + GAP)))
        return -(-count // a_line) * self.line + 2

    def chips(self, reactions: tuple[Reaction, ...], width: float) -> tuple[Chip, ...]:
        """Return the chips set in `width`, the one that adds another last where it has room."""
        x = y = 0.0
        chips: list[Chip] = []
        for reaction in (*reactions, None) if reactions else ():
            chip = Chip(QRectF(), reaction)
            wide = min(width, self._width(chip))
            if x and x + wide > width:
                if reaction is None:
                    # Nothing is worth a line of its own that the bar over the row offers too.
                    break
                x, y = 0.0, y + self.line
            chips.append(Chip(QRectF(x, y, wide, self.height), reaction))
            x += wide + GAP
        return tuple(chips)

    def paint(
        self, painter: QPainter, chip: Chip, corner: QPointF, *, pointed: bool, ringed: bool
    ) -> None:
        """Paint a chip; `corner` is that of all chips. `ringed`: the keyboard is in its row."""
        place = chip.place.translated(corner)
        inside = place.adjusted(0.5, 0.5, -0.5, -0.5)
        mine = chip.reaction is not None and chip.reaction.mine
        if mine:
            ground = Role.ACCENT_SOFT_PRESSED if pointed else Role.ACCENT_SOFT
        else:
            ground = Role.CONTROL_PRESSED if pointed else Role.CONTROL_HOVER
        bare = chip.reaction is None and not pointed
        line = Role.ACCENT if mine else Role.LINE
        painter.setPen(QPen(self._theme.colour(line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if bare else self._theme.colour(ground))
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        if chip.reaction is None:
            role = Role.TEXT if pointed or ringed else Role.TEXT_SECOND
            self._paint_add(painter, place, role)
            return
        shaped = self._shape(chip.reaction.emoji)
        wide = min(shaped.size().width(), self._em * _WIDEST)
        at = QPointF(place.left() + _PADDING, place.center().y() - shaped.size().height() / 2)
        painter.save()
        painter.setClipRect(
            QRectF(at.x() - 1, place.top(), wide + 2, place.height()),
            Qt.ClipOperation.IntersectClip,
        )
        painter.setFont(self._emoji)
        painter.setPen(self._theme.colour(Role.TEXT))
        painter.drawStaticText(at, shaped)
        painter.restore()
        painter.setFont(self._font)
        painter.setPen(self._theme.colour(Role.ACCENT_TEXT if mine else Role.TEXT_SECOND))
        rest = QRectF(at.x() + wide + _INNER, place.top(), place.width(), place.height())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(rest, side | Qt.AlignmentFlag.AlignVCenter, chip.count)

    # --- parts ----------------------------------------------------------------------------------

    def _paint_add(self, painter: QPainter, place: QRectF, role: Role) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        pixmap = self._theme.pixmap(Icon.EMOJI_ADD, role, _ADD_ICON, ratio)
        half = QPointF(_ADD_ICON / 2, _ADD_ICON / 2)
        painter.drawPixmap(place.center() - half, pixmap)

    def _width(self, chip: Chip) -> float:
        if chip.reaction is None:
            return _ADD_ICON + 2 * _PADDING - 2
        emoji = min(self._shape(chip.reaction.emoji).size().width(), self._em * _WIDEST)
        return ceil(2 * _PADDING + emoji + _INNER + self._metrics.horizontalAdvance(chip.count))

    def _shape(self, emoji: str) -> QStaticText:
        """Shape an emoji once: that takes a hundred times as long as to paint it."""
        shaped = self._shaped.get(emoji)
        if shaped is None:
            if len(self._shaped) >= _MOST_SHAPED:
                self._shaped.clear()
            shaped = QStaticText(emoji)
            shaped.setTextFormat(Qt.TextFormat.PlainText)
            shaped.prepare(QTransform(), self._emoji)
            self._shaped[emoji] = shaped
        return shaped


def who(reaction: Reaction, most: int = _NAMED) -> str:
    """Return who put an emoji to a message, at most so many by their names."""
    nicks = [one_line(nick) for nick in reaction.nicks]
    names = ", ".join(nicks[:most])
    if len(nicks) > most:
        return tr("{names} and %n other(s)", n=len(nicks) - most, names=names)
    return names


def spoken(reactions: tuple[Reaction, ...]) -> str:
    """Return the emoji at a message as a screen reader says them; empty for none."""
    if not reactions:
        return ""
    parts = [
        tr("{emoji} {count}, with yours", emoji=one.emoji, count=len(one.nicks))
        if one.mine
        else f"{one.emoji} {len(one.nicks)}"
        for one in reactions
    ]
    return tr("Reactions: {list}", list="; ".join(parts))
