"""A small panel over the page that goes with a click beside it or with Escape.

A child of the page and no window: it needs no compositor for its round corners, and no grab.
"""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QVBoxLayout, QWidget

_GAP = 6


class Popover(QWidget):
    """Covers its parent with nothing to see, and holds one panel that hangs under an anchor.

    Where it has no room there, it stands over the anchor if there is more. With `at`, a place within
    the anchor, it hangs under that, and moves up where it has no room.

    Signals:
        closed(): it has gone, and deletes itself.
    """

    closed = pyqtSignal()

    def __init__(
        self,
        content: QWidget,
        anchor: QWidget,
        width: int,
        parent: QWidget,
        at: QRect | None = None,
    ) -> None:
        super().__init__(parent)
        self._anchor = anchor
        self._at = at
        self._width = width
        self._panel = QFrame(self)
        self._panel.setObjectName("popover")
        self._panel.setProperty("card", True)
        self._content = content
        area = self._area = QScrollArea(self._panel)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        # A scroll area paints the window's colour behind what it holds; the card is the ground.
        content.setAutoFillBackground(False)
        port = area.viewport()
        if port is not None:
            port.setAutoFillBackground(False)
        # It moves on the page with whatever it stands in.
        self._carriers: list[QObject] = []
        carrier: QWidget | None = anchor
        while carrier is not None and carrier is not parent:
            carrier.installEventFilter(self)
            self._carriers.append(carrier)
            carrier = carrier.parentWidget()
        # A scroll area keeps to itself that what it holds wants another size.
        content.installEventFilter(self)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(1, 6, 1, 6)
        column.addWidget(area)
        self._before: QWidget | None = None

    def open(self) -> None:
        """Show it, and give it the keyboard."""
        parent = self.parentWidget()
        window = self.window()
        self._before = window.focusWidget() if window is not None else None
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self._place()
        self._first().setFocus(Qt.FocusReason.PopupFocusReason)

    def close_popover(self) -> None:
        """Go, and give the keyboard back."""
        if self.isHidden():
            return
        self.hide()
        before = self._before
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Go along with the anchor, and with what the content asks for."""
        kind = None if event is None else event.type()
        moved = kind in {QEvent.Type.Move, QEvent.Type.Resize} and watched in self._carriers
        if moved or (watched is self._content and kind == QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent | None) -> bool:
        """Grow and shrink with what is in the panel."""
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def follow(self) -> None:
        """Fill the parent again after it got another size."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
            self._place()

    def _place(self) -> None:
        layout = self._content.layout()
        # A large font needs more than the usual width, where there is more.
        least = self._content.minimumSizeHint().width() + 2
        width = min(max(self._width, least), self.width() - 16)
        inner = width - 2
        height = self._content.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(inner)
        place = self._at or self._anchor.rect()
        under = self._anchor.mapToGlobal(place.bottomLeft() + QPoint(0, 1 + _GAP))
        corner = self.mapFromGlobal(under)
        right = corner.x() + place.width()
        x = corner.x() if corner.x() + width <= self.width() - 8 else right - width
        x = max(8, min(x, self.width() - width - 8))
        top = corner.y()
        if self._at is not None:
            top = max(8, min(top, self.height() - height - 22))
        room = self.height() - top - 8
        height += 14
        over = self.mapFromGlobal(self._anchor.mapToGlobal(place.topLeft())).y() - _GAP - 8
        if self._at is None and height > room and over > room:
            room = over
            top = 8 + max(0, over - height)
        # A bar that is there makes the text narrower and higher, and so needs itself.
        self._area.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if height <= room
            else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        )
        height = min(height, room)
        self._panel.setGeometry(QRect(x, top, width, max(80, height)))

    def _first(self) -> QWidget:
        """Return what gets the keyboard: a button only where a key opened the panel."""
        stops = self._stops()
        first = self._content.focusProxy() or (stops[0] if stops else self)
        by_key = self._before is self._anchor
        return self if isinstance(first, QAbstractButton) and not by_key else first

    def _stops(self) -> list[QWidget]:
        tab = Qt.FocusPolicy.TabFocus
        return [
            widget
            for widget in self._content.findChildren(QWidget)
            if widget.focusPolicy() & tab and widget.isEnabled() and widget.isVisibleTo(self)
        ]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the keyboard within the panel while it is open; Escape leaves it."""
        stops = self._stops()
        if not stops:
            return True
        now = self.focusWidget()
        place = stops.index(now) if now in stops else -1
        following = stops[(place + (1 if forward else -1)) % len(stops)]
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        following.setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Close with Escape."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.close_popover()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Close with a click beside the panel."""
        if event is not None and not self._panel.geometry().contains(event.position().toPoint()):
            self.close_popover()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stay where the anchor is."""
        super().resizeEvent(event)
        self._place()
