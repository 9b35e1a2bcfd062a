"""The round button that leads to the newest message, with the count of what is unread, or back."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import plain_tooltip

_DISC = 40
_BADGE = 20
_MOST = 999


class JumpButton(QAbstractButton):
    """A disc with an arrow, and the count on top of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 0
        self._back = False
        self.setFixedSize(_DISC + 24, _DISC + _BADGE // 2)
        self.setProperty("ringRadius", (_DISC + 8) // 2)
        self.set_count(0)
        theme.changed.connect(self._on_theme_changed)

    def set_count(self, count: int, *, back: bool = False) -> None:
        """Show how many messages are unread; none shows no count.

        `back`: it leads to where one was before one went to an answered message.
        """
        self._count = count
        self._back = back
        name = tr("Back to the answer") if back else tr("Jump to the newest message")
        self.setToolTip(plain_tooltip(f"{name} (Esc)" if back else name))
        if count:
            name = f"{name}, {tr('%n new message(s)', n=count)}"
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the disc, the arrow and the count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF((self.width() - _DISC) / 2, self.height() - _DISC, _DISC, _DISC)
        ground = Role.SURFACE_RAISED
        if self.isDown():
            ground = Role.CONTROL_PRESSED
        elif self.underMouse():
            ground = Role.CONTROL_HOVER
        painter.setBrush(self._theme.colour(ground))
        painter.setPen(QPen(self._theme.colour(Role.OUTLINE), 1))
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        icon = Icon.REPLY if self._back else Icon.ARROW_DOWN
        arrow = self._theme.pixmap(icon, Role.TEXT_SECOND, 20, self.devicePixelRatioF())
        painter.drawPixmap(disc.center() - QPointF(10, 9), arrow)
        if self._count:
            self._paint_count(painter, disc.center().x())
        painter.end()

    def _paint_count(self, painter: QPainter, middle: float) -> None:
        text = f"{_MOST}+" if self._count > _MOST else str(self._count)
        font = self._theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        width = max(_BADGE, QFontMetricsF(font).horizontalAdvance(text) + 12)
        place = QRectF(middle - width / 2, 0, width, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.ACCENT))
        painter.drawRoundedRect(place, _BADGE / 2, _BADGE / 2)
        painter.setFont(font)
        painter.setPen(self._theme.colour(Role.ON_ACCENT))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.update()
