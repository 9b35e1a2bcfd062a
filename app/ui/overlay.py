"""A card over the whole window that goes with a click beside it or with Escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QApplication, QFrame, QWidget

from app.ui.rail.drawer import VEIL
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_MARGIN = 16


class Overlay(QWidget):
    """Dims `host`, its parent, and holds `card`, which a subclass fills. Deletes itself when closed.

    Gives the keyboard back to whatever had it; goes by itself when something else takes it.

    Signals:
        closed(): it has gone.
    """

    closed = pyqtSignal()

    widest = 560
    """Of the card, in pixels; narrower where the window is."""

    from_top = 72
    """Pixels over the card, where there is room for them."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setProperty("card", True)
        self.hide()
        host.installEventFilter(self)

    def open(self) -> None:
        """Show it, and give it the keyboard."""
        window = self.window()
        self._before = window.focusWidget() if window is not None else None
        self.place()
        self.raise_()
        self.show()
        self.first().setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @pyqtSlot()
    def close_overlay(self) -> None:
        """Go, and give the keyboard back."""
        self._go(give_back=True)

    def first(self) -> QWidget:
        """Return what gets the keyboard; for a subclass to say."""
        return self

    def wanted_height(self) -> int:
        """Return how high the card wants to be at its width; for a subclass to say."""
        return self.card.sizeHint().height()

    def most_height(self) -> int:
        """Return how high the card may ever want to be; for a subclass to say."""
        return self.wanted_height()

    def place(self) -> None:
        """Fill the host, and put the card where it belongs."""
        self.setGeometry(self._host.rect())
        width = min(self.widest, self.width() - 2 * _MARGIN)
        self.card.resize(width, self.card.height())
        # What grows and shrinks as one types keeps its top.
        top = min(self.from_top, max(_MARGIN, (self.height() - self.most_height()) // 2))
        height = min(self.wanted_height(), self.height() - top - _MARGIN)
        self.card.setGeometry(QRect((self.width() - width) // 2, top, width, height))

    def _go(self, *, give_back: bool) -> None:
        if self.isHidden():
            return
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus_changed)
        before = self._before
        self.hide()
        if give_back and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        elsewhere = new is not None and new is not self and not self.isAncestorOf(new)
        if elsewhere and new is not None and new.window() is self.window():
            self._go(give_back=False)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Grow and shrink with the window."""
        if watched is self._host and event is not None and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the keyboard within the card."""
        tab = Qt.FocusPolicy.TabFocus
        stops = [
            widget
            for widget in self.card.findChildren(QWidget)
            if widget.focusPolicy() & tab and widget.isEnabled() and widget.isVisibleTo(self)
        ]
        if not stops:
            return True
        now = self.focusWidget()
        place = stops.index(now) if now in stops else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Close with Escape."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Close with a click beside the card."""
        if event is not None and not self.card.geometry().contains(event.position().toPoint()):
            self.close_overlay()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Dim what is behind."""
        dark = self._theme.dark
        colour = QColor(self._theme.colour(Role.SURFACE_SIDE if dark else Role.TEXT))
        colour.setAlphaF(VEIL if dark else VEIL / 2)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour)
        painter.end()
