"""The button that opens the list of rooms where the window is too narrow for it."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton

_MOST = 99


class MenuButton(IconButton):
    """Three lines, and a count of what is unread in the other rooms."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Icon.MENU, tr("Rooms"), parent=parent)
        self._look = theme
        self._count = 0
        self.setFixedSize(40, 36)

    def set_count(self, count: int) -> None:
        """Show how much is unread elsewhere; none shows no count."""
        self._count = count
        name = tr("Rooms")
        self.set_name(f"{name}, {tr('%n new message(s)', n=count)}" if count else name)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the count over the icon."""
        super().paintEvent(event)
        if not self._count:
            return
        text = f"{_MOST}+" if self._count > _MOST else str(self._count)
        font = self._look.font(Step.CAPTION, QFont.Weight.DemiBold)
        width = max(16.0, QFontMetricsF(font).horizontalAdvance(text) + 8)
        place = QRectF(self.width() - width, 0, width, 16)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour(Role.ACCENT))
        painter.drawRoundedRect(place, 8, 8)
        painter.setFont(font)
        painter.setPen(self._look.colour(Role.ON_ACCENT))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
