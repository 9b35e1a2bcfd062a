"""Buttons and words on the dark ground that pictures are seen on, the same in both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QWidget

from app.ui.theme.roles import DARK, Role
from app.ui.widgets.buttons import is_enter
from app.ui.widgets.labels import PlainLabel, plain_tooltip

if TYPE_CHECKING:
    from app.ui.theme.icons import Icon
    from app.ui.theme.theme import Theme
    from app.ui.theme.type import Step

SIZE = 40
_ICON = 20


def on_dark(role: Role) -> QColor:
    """Return the colour of a role in the dark theme, whichever theme there is."""
    return QColor(DARK[role])


class ViewerButton(QAbstractButton):
    """An icon, or a word, on the dark ground. `name` is read out, and shown with its key on hovering."""

    def __init__(
        self,
        theme: Theme,
        icon: Icon | None,
        name: str,
        keys: QKeySequence | None = None,
        *,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)
        if icon is None:
            self.setText(name)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText) if keys is not None else ""
        self.setToolTip(plain_tooltip(f"{name} ({shown})" if shown else name))

    def sizeHint(self) -> QSize:
        """Return a square for an icon, room for a word."""
        if self._icon is not None:
            return QSize(SIZE, SIZE)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 28, SIZE - 4)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Be pressed by Enter and Space; every other key is the viewer's."""
        if event is None:
            return
        if is_enter(event):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        pointed = self.underMouse() and self.isEnabled()
        ground = on_dark(Role.CONTROL_PRESSED if self.isDown() else Role.CONTROL_HOVER)
        if not (pointed or self.isDown() or self._icon is None):
            ground = on_dark(Role.SURFACE_SIDE)
            ground.setAlphaF(0.6)
        painter.setBrush(ground)
        line = QPen(on_dark(Role.OUTLINE)) if self._icon is None else Qt.PenStyle.NoPen
        painter.setPen(line)
        painter.drawRoundedRect(place, 8, 8)
        ink = on_dark(Role.TEXT if self.isEnabled() else Role.TEXT_DISABLED)
        if self._icon is None:
            painter.setPen(ink)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        else:
            pixmap = self._theme.pixmap_in(self._icon, ink, _ICON, self.devicePixelRatioF())
            painter.drawPixmap(place.center() - QPointF(_ICON / 2, _ICON / 2), pixmap)
        painter.end()


class ViewerLabel(PlainLabel):
    """Words on the dark ground."""

    def __init__(
        self, theme: Theme, step: Step, role: Role, parent: QWidget, *, wrap: bool = False
    ) -> None:
        super().__init__(theme, "", step, elide=not wrap, wrap=wrap, parent=parent)
        # The application's style sheet gives labels the theme's colours, and wins over a palette.
        self.setStyleSheet(f"color: {on_dark(role).name()}")
