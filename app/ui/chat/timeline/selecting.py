"""The mouse selects text, across messages too, and the rows of several messages."""

from __future__ import annotations

from enum import Enum

from PyQt6.QtCore import (
    QDeadlineTimer,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QAction, QClipboard, QGuiApplication, QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QApplication, QMenu, QWidget

from app.session.timeline import MessageEntry
from app.ui.chat.copy_button import copy
from app.ui.chat.rows.view import RowView, selected_rows
from app.ui.chat.timeline.delegate import TimelineDelegate
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.shown_text import is_selectable
from app.ui.chat.timeline.text_selection import Stretch
from app.ui.texts import tr

_MEANT = 4
"""Pixels that the mouse moves until it is a drag: a click with a trembling hand is none."""

_SCROLL_EVERY = 30
"""Milliseconds between two steps while the mouse is held beyond an edge."""
_FASTEST = 120
"""Pixels of one such step."""


class _Grain(Enum):
    CHARACTER = "character"
    WORD = "word"
    MESSAGE = "message"


class Selecting(QObject):
    """Turns what the mouse does in `view` into what is selected. Owned by the view, which asks first.

    Signals:
        changed(): other text is selected, or rows are picked now by a click, or not any more.
        part_requested(str): show that text of a message, for a part of it to be selected by keyboard.
    """

    changed = pyqtSignal()
    part_requested = pyqtSignal(str)

    def __init__(self, view: RowView, model: TimelineModel, delegate: TimelineDelegate) -> None:
        super().__init__(view)
        self._view = view
        self._rows = model
        self._delegate = delegate
        self.text = delegate.selection
        self.picking = False
        """Whether a click alone adds a message to the selected ones, or takes it out."""
        self._down: QPoint | None = None
        self._dragged = False
        self._grain = _Grain.CHARACTER
        self._twice_at: QPoint | None = None
        self._until_third = QDeadlineTimer()
        self._last = QPoint()
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_EVERY)
        self._scroll.timeout.connect(self._on_scroll)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.rowsRemoved.connect(self._on_rows_removed)
        model.dataChanged.connect(self._on_rows_changed)

    # --- what the view asks ---------------------------------------------------------------------

    def is_over_text(self, point: QPoint) -> bool:
        """Tell whether a press there would begin to select text."""
        index = self._view.indexAt(point)
        if not index.isValid() or self.picking:
            return False
        return self._delegate.is_over_text(index.row(), self._view.visualRect(index), point)

    @property
    def several(self) -> bool:
        """Whether messages are picked, or more than one row is selected."""
        return self.picking or len(selected_rows(self._view)) > 1

    def count(self) -> int:
        """Return how many messages are selected; what nobody said does not count."""
        rows = selected_rows(self._view)
        return sum(isinstance(self._rows.entry(row), MessageEntry) for row in rows)

    @property
    def has_text(self) -> bool:
        """Whether any text is selected."""
        return self.text.extent is not None

    def copy(self) -> bool:
        """Copy the selected text; return whether there was any."""
        text = self.text.text()
        if text:
            copy(text)
        return bool(text)

    def clear(self) -> None:
        """Select no text."""
        if self.text.begun:
            self.text.clear()
            self.changed.emit()

    def leave(self) -> bool:
        """Select nothing at all, and end the picking; return whether there was anything to leave."""
        if not (self.has_text or self.picking or selected_rows(self._view)):
            return False
        self.clear()
        self._view.clearSelection()
        self.pick(False)
        return True

    def pick(self, wanted: bool) -> None:
        """Begin, or end, to pick messages by a click alone."""
        if self.picking is not wanted:
            self.picking = wanted
            if wanted:
                self.clear()
            self.changed.emit()

    def is_plain(self, event: QMouseEvent) -> bool:
        """Tell whether a click there may do more than select."""
        return event.modifiers() == Qt.KeyboardModifier.NoModifier and not self.picking

    def command(self, event: QEvent | None) -> QItemSelectionModel.SelectionFlag | None:
        """Return what a press does to the selected rows where it is not what Qt does."""
        flags = QItemSelectionModel.SelectionFlag
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            if event.button() == Qt.MouseButton.RightButton:
                # Its menu selects what it is about; selected text stays.
                return flags.NoUpdate
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            return flags.Toggle if self.picking and plain else None
        if isinstance(event, QKeyEvent) and self.picking and not event.modifiers():
            # The keyboard goes through the messages, and the space bar picks.
            return flags.Toggle if event.key() == Qt.Key.Key_Space else flags.NoUpdate
        return None

    # --- the menu -------------------------------------------------------------------------------

    def point_menu_at(self, index: QModelIndex, *, mouse: bool) -> None:
        """Let the menu be about the row of `index`, or about the selection that it is part of."""
        selection = self._view.selectionModel()
        if selection is None or selection.isSelected(index):
            return
        if self.has_text and (not mouse or self.text.within(index.row()) is not None):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self._choose(index)

    def offer(self, menu: QMenu) -> None:
        """Add to the menu of a message what can be done about selecting."""
        if self.has_text:
            first = next(iter(menu.actions()), None)
            copying = QAction(tr("Copy selected text"), menu)
            copying.triggered.connect(self._on_copy)
            menu.insertAction(first, copying)
        if self.picking:
            return
        menu.addSeparator()
        current = self._view.currentIndex()
        if current.isValid() and is_selectable(self._rows.entry(current.row())):
            part = QAction(tr("Select text…"), menu)
            part.triggered.connect(self._on_part)
            menu.addAction(part)
        if current.isValid():
            picking = QAction(tr("Select messages"), menu)
            picking.triggered.connect(self._on_pick)
            menu.addAction(picking)

    @pyqtSlot()
    def _on_copy(self) -> None:
        self.copy()

    @pyqtSlot()
    def _on_part(self) -> None:
        shown = self.text.shown(self._view.currentIndex().row())
        self.part_requested.emit(shown.cut(0, shown.length))

    @pyqtSlot()
    def _on_pick(self) -> None:
        self.clear()
        self._choose(self._view.currentIndex())
        self.pick(True)

    # --- the mouse ------------------------------------------------------------------------------

    def pressed(self, event: QMouseEvent) -> bool:
        """Begin to select text; return whether the press was one that does."""
        at = event.position().toPoint()
        modifiers = event.modifiers()
        self._down = None
        if not self.is_over_text(at):
            self.clear()
            return False
        if modifiers == Qt.KeyboardModifier.ShiftModifier and self.text.begun:
            self._begin_drag(at)
            self._dragged = True
            self._extend(at)
            return True
        if modifiers != Qt.KeyboardModifier.NoModifier:
            self.clear()
            return False
        third = self._twice_at is not None and not self._until_third.hasExpired()
        if third and (at - (self._twice_at or at)).manhattanLength() < _MEANT:
            self._take(at, _Grain.MESSAGE)
            return True
        self._grain = _Grain.CHARACTER
        self.clear()
        self.text.begin(self._stretch_at(self._view.indexAt(at).row(), at))
        self._begin_drag(at)
        return True

    def double_clicked(self, event: QMouseEvent) -> bool:
        """Select a word; return whether there was one."""
        at = event.position().toPoint()
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or not self.is_over_text(at):
            return False
        self._twice_at = at
        self._until_third = QDeadlineTimer(QApplication.doubleClickInterval())
        self._take(at, _Grain.WORD)
        return True

    def moved(self, event: QMouseEvent) -> bool:
        """Stretch the selection to the mouse; return whether it is being stretched."""
        if self._down is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        at = event.position().toPoint()
        if not self._dragged and (at - self._down).manhattanLength() < _MEANT:
            return True
        self._dragged = True
        self._view.clearSelection()
        self._extend(at)
        beyond = not 0 <= at.y() < self._port().height()
        if beyond is not self._scroll.isActive():
            self._scroll.start() if beyond else self._scroll.stop()
        return True

    def released(self, event: QMouseEvent) -> bool:
        """End it; return whether the mouse selected text, instead of clicking."""
        self._scroll.stop()
        down, self._down = self._down, None
        if down is None:
            return False
        if self._dragged:
            self._offer_to_middle_click()
            return True
        self.text.clear()
        self._choose(self._view.indexAt(event.position().toPoint()))
        return False

    # --- parts ----------------------------------------------------------------------------------

    def _begin_drag(self, at: QPoint) -> None:
        self._down = at
        self._dragged = False
        index = self._view.indexAt(at)
        selection = self._view.selectionModel()
        if selection is not None:
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _choose(self, index: QModelIndex) -> None:
        selection = self._view.selectionModel()
        if selection is not None and index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(index, flag)

    def _take(self, at: QPoint, grain: _Grain) -> None:
        self._grain = grain
        self._view.clearSelection()
        self._begin_drag(at)
        self._dragged = True
        self.text.begin(self._stretch_at(self._view.indexAt(at).row(), at))
        self.changed.emit()

    def _extend(self, at: QPoint) -> None:
        self._last = at
        to = self._nearest(at)
        if to is not None:
            self.text.extend(to)
            self.changed.emit()

    def _stretch_at(self, row: int, at: QPoint) -> Stretch:
        """Return what of a message stands at a point, as large as the grain."""
        if self._grain is _Grain.MESSAGE:
            return Stretch(row, 0, self.text.shown(row).length)
        rect = self._view.visualRect(self._rows.index(row))
        words = self._grain is _Grain.WORD
        place = self._delegate.cursor_at(row, rect, at, on_character=words)
        return Stretch(row, *(self.text.shown(row).word_at(place) if words else (place, place)))

    def _nearest(self, at: QPoint) -> Stretch | None:
        """Return the place nearest to a point that need not be over any text."""
        inside = max(0, min(at.y(), self._port().height() - 1))
        point = QPoint(at.x(), inside)
        index = self._view.indexAt(point)
        count = self._rows.rowCount()
        if not index.isValid():
            above = count > 0 and inside < self._view.visualRect(self._rows.index(0)).top()
            return self._beside(-1 if above else count, downwards=above)
        row = index.row()
        if is_selectable(self._rows.entry(row)):
            return self._stretch_at(row, point)
        extent = self.text.extent
        # What nobody said has no text: the selection ends before it, seen from where it began.
        return self._beside(row, downwards=extent is not None and row <= extent.first)

    def _beside(self, row: int, *, downwards: bool) -> Stretch | None:
        step = 1 if downwards else -1
        row += step
        while 0 <= row < self._rows.rowCount():
            if is_selectable(self._rows.entry(row)):
                place = 0 if downwards else self.text.shown(row).length
                return Stretch(row, place, place)
            row += step
        return None

    def _offer_to_middle_click(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and clipboard.supportsSelection() and self.has_text:
            clipboard.setText(self.text.text(), QClipboard.Mode.Selection)

    def _port(self) -> QWidget:
        port = self._view.viewport()
        assert port is not None
        return port

    @pyqtSlot()
    def _on_scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        beyond = min(0, self._last.y()) or max(0, self._last.y() - self._port().height() + 1)
        if bar is None or not beyond or self._down is None:
            self._scroll.stop()
            return
        step = max(4, min(_FASTEST, abs(beyond)))
        bar.setValue(bar.value() + (step if beyond > 0 else -step))
        self._extend(self._last)

    @pyqtSlot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.text.rows_inserted(first, last)

    @pyqtSlot(QModelIndex, int, int)
    def _on_rows_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.text.rows_removed(first, last)

    @pyqtSlot(QModelIndex, QModelIndex)
    def _on_rows_changed(self, _first: QModelIndex, _last: QModelIndex) -> None:
        self.text.rows_changed()
