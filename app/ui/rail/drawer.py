"""Puts the rail over a narrow window's page, with a veil over what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import QWidget

from app.ui.theme.motion import moves
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from PyQt6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from app.ui.theme.theme import Theme

SLIDE = 160
"""Milliseconds; none where the system asks for no animation."""

VEIL = 0.45
"""How much of what is behind is dimmed."""


class Drawer(QObject):
    """Shows `panel` over `host`, from the side on which reading begins. Owns only the veil.

    Signals:
        opened(): the panel is shown, and has the keyboard.
        closed(): the panel is hidden again.
    """

    opened = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, theme: Theme, panel: QWidget, host: QWidget) -> None:
        super().__init__(host)
        self._panel = panel
        self._host = host
        self._veil = _Veil(theme, host)
        self._veil.left.connect(self.close)
        self._slide = QPropertyAnimation(panel, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.is_open = False
        host.installEventFilter(self)

    @pyqtSlot()
    def open(self) -> None:
        """Slide the panel in and give it the keyboard."""
        if self.is_open:
            return
        self.is_open = True
        self._place()
        self._veil.show()
        self._veil.raise_()
        self._panel.show()
        self._panel.raise_()
        if moves(self._panel):
            end = self._home()
            rtl = self._panel.layoutDirection() is Qt.LayoutDirection.RightToLeft
            away = self._panel.width() if rtl else -self._panel.width()
            self._slide.setDuration(SLIDE)
            self._slide.setStartValue(end + QPoint(away, 0))
            self._slide.setEndValue(end)
            self._slide.start()
        self._panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit()

    @pyqtSlot()
    def close(self) -> None:
        """Hide the panel."""
        if not self.is_open:
            return
        self.is_open = False
        self._slide.stop()
        self._veil.hide()
        self._panel.hide()
        self.closed.emit()

    def let_go(self) -> None:
        """Leave the panel where it is, for a layout to take it."""
        self.is_open = False
        self._slide.stop()
        self._veil.hide()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay as high as the host."""
        if event is None or not self.is_open:
            return False
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._slide.stop()
            self._place()
        return False

    def _home(self) -> QPoint:
        rtl = self._panel.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QPoint(self._host.width() - self._panel.width() if rtl else 0, 0)

    def _place(self) -> None:
        self._veil.setGeometry(self._host.rect())
        self._panel.resize(self._panel.width(), self._host.height())
        self._panel.move(self._home())


class _Veil(QWidget):
    """Dims what is behind, and takes clicks there as a wish to leave."""

    left = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hide()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        colour = QColor(self._theme.colour(Role.TEXT))
        if self._theme.dark:
            colour = QColor(self._theme.colour(Role.SURFACE_SIDE))
        colour.setAlphaF(VEIL)
        QPainter(self).fillRect(self.rect(), colour)

    def mousePressEvent(self, _event: QMouseEvent | None) -> None:
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
