"""Keeps the small bar over the row that is pointed at, or that has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QObject, QPoint, QRect, Qt, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.session.timeline import MessageEntry, SendState
from app.ui.chat.copy_button import copy
from app.ui.chat.timeline.delegate import TimelineDelegate
from app.ui.chat.timeline.layout import NARROW
from app.ui.chat.timeline.message_bar import Allowed, MessageBar
from app.ui.chat.timeline.model import TimelineModel
from app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from app.ui.chat.timeline.view import TimelineView


class BarOverRow(QObject):
    """Owns the bar, and carries out what is pressed on it. Owned by the view."""

    def __init__(
        self, view: TimelineView, model: TimelineModel, delegate: TimelineDelegate, theme: Theme
    ) -> None:
        super().__init__(view)
        self._view = view
        self._rows = model
        self._delegate = delegate
        self._port = cast("QWidget", view.viewport())
        self.bar = MessageBar(theme, self._port)
        self.bar.hide()
        self.bar.keyboard_left.connect(self._on_left)
        self.bar.copy_requested.connect(self._on_copy)
        self.bar.retry_requested.connect(self._on_retry)
        self.bar.discard_requested.connect(self._on_discard)
        self.bar.reply_requested.connect(self._on_reply)
        self.bar.edit_requested.connect(self._on_edit)
        self.bar.react_requested.connect(self._on_react)
        self.bar.menu_requested.connect(self._on_menu)
        self._pointing = False

    @property
    def is_pointed_at(self) -> bool:
        """Whether the pointer is on the bar."""
        return self.bar.isVisible() and self.bar.underMouse()

    def place(self, *, pointing: bool) -> None:
        """Put the bar where it belongs; `pointing`: the pointer moved last, not the keyboard."""
        self._pointing = pointing
        row, other = self._delegate.ringed, self._delegate.hovered
        if row < 0 or (pointing and other >= 0):
            row = other
        if self.bar.has_keyboard():
            row = self.bar.row
        entry = self._rows.entry(row) if 0 <= row < self._rows.rowCount() else None
        if not isinstance(entry, MessageEntry):
            self.bar.hide()
            return
        if entry.deleted or entry.unopened or entry in self._rows.gone:
            self.bar.hide()
            return
        rect = self._view.visualRect(self._rows.index(row))
        layout = self._delegate.layouts.row(self._rows.row(row), rect.width())
        allowed = Allowed(
            failed=entry.state is SendState.FAILED,
            deletable=self._rows.may_delete(entry),
            answerable=self._rows.remarks.may_answer(entry),
            editable=self._rows.remarks.may_edit(entry),
        )
        self.bar.offer(row, allowed, narrow=rect.width() < NARROW)
        y = rect.top() + layout.body - 14
        place = QRect(QPoint(rect.right() - self.bar.width() - 40, max(4, y)), self.bar.size())
        button = self._delegate.first_button(row, rect)
        if place.intersects(button):
            place.moveRight(button.left() - 6)
        self.bar.move(place.topLeft())
        self.bar.setVisible(rect.bottom() > 0 and rect.top() < self._port.height())

    # --- what is pressed ------------------------------------------------------------------------

    @pyqtSlot()
    def _on_left(self) -> None:
        self.place(pointing=self._pointing)

    def _message(self, row: int) -> MessageEntry | None:
        entry = self._rows.entry(row) if 0 <= row < self._rows.rowCount() else None
        return entry if isinstance(entry, MessageEntry) else None

    @pyqtSlot(int)
    def _on_reply(self, row: int) -> None:
        entry = self._message(row)
        if entry is not None:
            self._view.deeds.reply_requested.emit(entry.seq)

    @pyqtSlot(int)
    def _on_edit(self, row: int) -> None:
        entry = self._message(row)
        if entry is not None:
            self._view.deeds.edit_requested.emit(entry.seq)

    @pyqtSlot(int, str)
    def _on_react(self, row: int, emoji: str) -> None:
        entry = self._message(row)
        if entry is not None:
            self._view.deeds.use_chip(entry, emoji)

    @pyqtSlot(int)
    def _on_menu(self, row: int) -> None:
        if self._message(row) is not None:
            button = self.bar.more_button
            corner = QPoint(0, button.height() + 4)
            self._view.open_menu(self._rows.index(row), button.mapToGlobal(corner))

    @pyqtSlot(int)
    def _on_copy(self, row: int) -> None:
        copy(self._rows.copied(row))

    @pyqtSlot(int)
    def _on_retry(self, row: int) -> None:
        entry = self._rows.entry(row)
        if isinstance(entry, MessageEntry):
            self._view.deeds.retry_requested.emit(entry.cid)

    @pyqtSlot(int)
    def _on_discard(self, row: int) -> None:
        entry = self._rows.entry(row)
        if not isinstance(entry, MessageEntry):
            return
        if entry.state is SendState.FAILED:
            self._view.deeds.discard_requested.emit(entry.cid)
        elif self._rows.may_delete(entry):
            self._view.deeds.delete_requested.emit(entry.seq)
        else:
            return
        # Enter in the row undoes it.
        self._view.choose_row(row)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place(pointing=self._pointing)
