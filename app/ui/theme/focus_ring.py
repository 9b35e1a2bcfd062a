"""The ring around the button that has the keyboard: two pixels, outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, pyqtSlot
from PyQt6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QAbstractScrollArea, QWidget

from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

GAP = 2
WIDTH = 2
MARGIN = GAP + WIDTH
RADIUS_PROPERTY = "ringRadius"
"""A button's own corner radius, where it is not 8."""

_MOVES = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ParentChange,
        QEvent.Type.ZOrderChange,
    }
)


class FocusRing(QObject):
    """Shows a ring around the focused button. One for the whole application, owned by `Theme`.

    Style sheets know neither an outline outside of a button nor keyboard focus alone. Fields and
    item views show their focus themselves, so only buttons get the ring.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._target: QAbstractButton | None = None
        self._watched: list[QWidget] = []
        self._ring: _Ring | None = None

    @pyqtSlot("QWidget*", "QWidget*")
    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move to the widget that has the focus now; a click shows no ring."""
        self._forget()
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if pressed or not isinstance(new, QAbstractButton):
            return
        host = _host_of(new)
        self._target = new
        self._ring = _Ring(self._theme, host)
        widget: QWidget | None = new
        while widget is not None and widget is not host:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        new.destroyed.connect(self._on_target_destroyed)
        self._ring.destroyed.connect(self._on_ring_destroyed)
        self._place()

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        """Go along when the target, or anything around it, moves."""
        if event is not None and event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        ring, target = self._ring, self._target
        if ring is None or target is None:
            return
        host = ring.parentWidget()
        if host is None or not target.isVisible():
            ring.hide()
            return
        corner = target.mapTo(host, QPoint(0, 0))
        rect = target.rect().translated(corner)
        ring.setGeometry(rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        radius = target.property(RADIUS_PROPERTY)
        ring.radius = float(radius) if isinstance(radius, int | float) else 8.0
        ring.raise_()
        ring.show()

    def _forget(self) -> None:
        # The focus also leaves a widget that is being destroyed: then nothing of it may be touched.
        for widget in self._watched:
            if not sip.isdeleted(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        if self._target is not None and not sip.isdeleted(self._target):
            self._target.destroyed.disconnect(self._on_target_destroyed)
        self._target = None
        self._drop_ring()

    def _drop_ring(self) -> None:
        ring, self._ring = self._ring, None
        if ring is not None and not sip.isdeleted(ring):
            ring.destroyed.disconnect(self._on_ring_destroyed)
            ring.hide()
            ring.deleteLater()

    @pyqtSlot()
    def _on_target_destroyed(self) -> None:
        self._target = None
        self._watched.clear()
        self._drop_ring()

    @pyqtSlot()
    def _on_ring_destroyed(self) -> None:
        self._ring = None


class _Ring(QWidget):
    """The ring itself: only paint, no mouse, no keyboard."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self.radius = 8.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(Role.ACCENT), WIDTH))
        half = WIDTH / 2
        radius = self.radius + GAP + half
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius
        )


def _host_of(button: QWidget) -> QWidget:
    """Return the widget that the ring lives in: what scrolls, or the window."""
    widget = button
    while True:
        parent = widget.parentWidget()
        if parent is None or widget.isWindow():
            return widget
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            return widget
        widget = parent
