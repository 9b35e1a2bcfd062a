"""Who wrote a message, by a click on the name or the picture, or by the message's menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QFontMetricsF, QMouseEvent
from PyQt6.QtWidgets import QApplication, QMenu, QWidget

from app.session.timeline import MessageEntry
from app.ui.chat.names import menu_text, one_line
from app.ui.chat.timeline.layout import AVATAR
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.ui.chat.timeline.delegate import TimelineDelegate
    from app.ui.chat.timeline.model import TimelineModel
    from app.ui.chat.timeline.view import TimelineView


class Authors(QObject):
    """Watches the mouse over a view that owns it.

    Signals:
        asked(MessageEntry, QRect): who wrote this? The place is the head of the row, in the view.
    """

    asked = pyqtSignal(MessageEntry, QRect)

    def __init__(
        self, view: TimelineView, model: TimelineModel, delegate: TimelineDelegate
    ) -> None:
        super().__init__(view)
        self._view = view
        self._rows = model
        self._delegate = delegate
        self._port = cast("QWidget", view.viewport())
        self._pressed: tuple[MessageEntry, QPoint] | None = None
        self._meant: tuple[MessageEntry, int] | None = None
        self._port.installEventFilter(self)

    def at(self, point: QPoint) -> MessageEntry | None:
        """Return the message whose name or picture stands at `point` of the viewport."""
        row = self._view.indexAt(point).row()
        if row < 0 or self._delegate.several:
            return None
        entry = self._rows.entry(row)
        rect = self._view.visualRect(self._rows.index(row))
        at = QPointF(point - rect.topLeft())
        if not isinstance(entry, MessageEntry):
            return None
        return entry if any(place.contains(at) for place in self._places(row, rect)) else None

    def offer(self, menu: QMenu, meant: list[MessageEntry]) -> None:
        """Put the question into the menu of one message, before what stands apart at its end."""
        if len(meant) != 1:
            return
        name = menu_text(one_line(meant[0].nick))
        action = QAction(tr("Who is {name}?", name=name), menu)
        apart = [one for one in menu.actions() if one.isSeparator()]
        menu.insertAction(apart[-1] if apart else None, action)
        self._meant = (meant[0], self._view.currentIndex().row())
        action.triggered.connect(self._on_triggered)

    def _places(self, row: int, rect: QRect) -> list[QRectF]:
        """Return where the author of a row stands, within the row."""
        layouts = self._delegate.layouts
        shown, columns = self._rows.row(row), layouts.columns(rect.width())
        layout = layouts.row(shown, rect.width())
        if layout.head < 0:
            return []
        if layouts.compact:
            height = layout.block.first_line if layout.inline else float(layouts.head_height)
            width = layouts.inline_name(shown, columns).width
            return [QRectF(columns.text, layout.head, width, height)]
        entry = cast("MessageEntry", shown.entry)
        width = QFontMetricsF(layouts.name).horizontalAdvance(one_line(entry.nick))
        width = min(width, columns.text_width)
        return [
            QRectF(columns.margin, layout.head, AVATAR, AVATAR),
            # Its lower edge is the text's upper one.
            QRectF(columns.text, layout.head, width, layouts.head_height - 1),
        ]

    def _ask(self, entry: MessageEntry, row: int) -> None:
        rect = self._view.visualRect(self._rows.index(row)).translated(self._port.pos())
        self.asked.emit(entry, rect.intersected(self._view.rect()))

    @pyqtSlot()
    def _on_triggered(self) -> None:
        if self._meant is not None:
            self._ask(*self._meant)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Ask where the button went down and up again: drawn elsewhere, it selects messages."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            point = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
                entry = self.at(point) if plain and not self._view.selectedIndexes() else None
                self._pressed = None if entry is None else (entry, point)
            elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                (entry, start), self._pressed = self._pressed, None
                near = (point - start).manhattanLength() < QApplication.startDragDistance()
                if near and self.at(point) is entry:
                    self._view.clearSelection()
                    self._ask(entry, self._view.indexAt(point).row())
        return super().eventFilter(watched, event)
