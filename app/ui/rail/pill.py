"""The count of what is unread in a room: in the accent, quiet where it is muted, with an @."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect, QRectF, QSize, Qt

from app.ui.theme.roles import Role
from app.ui.widgets.count_badge import count_text

if TYPE_CHECKING:
    from PyQt6.QtGui import QFontMetrics, QPainter

    from app.ui.theme.theme import Theme


@dataclass(frozen=True)
class Pill:
    """A count as it is shown. Empty text: there is nothing to count."""

    text: str
    ground: Role = Role.ACCENT
    ink: Role = Role.ON_ACCENT

    @classmethod
    def of(cls, unread: int, mentions: int, *, muted: bool) -> Pill:
        """Return the mentions after an @, else what is unread; quiet where the room is muted.

        That somebody means one is shown of a muted room as of any other.
        """
        if mentions:
            return cls(f"@ {count_text(mentions)}")
        if not unread:
            return cls("")
        if muted:
            return cls(count_text(unread), Role.CONTROL_PRESSED, Role.TEXT_SECOND)
        return cls(count_text(unread))

    def narrow(self) -> Pill:
        """Return it as it stands on a tile, which it must not cover."""
        return replace(self, text=self.text.replace(" ", ""))

    def size(self, metrics: QFontMetrics) -> QSize:
        """Return the room that it takes in that font."""
        height = metrics.height() + 3
        return QSize(max(height, metrics.horizontalAdvance(self.text) + 12), height)

    def paint(self, painter: QPainter, theme: Theme, place: QRect) -> None:
        """Paint it there, in the painter's font."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self.ground))
        painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
        painter.setPen(theme.colour(self.ink))
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text)
