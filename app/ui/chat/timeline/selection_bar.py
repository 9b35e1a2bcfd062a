"""How many messages are selected, and what can be done with them."""

from __future__ import annotations

from PyQt6.QtCore import QItemSelection, Qt, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.chat.timeline.view import TimelineView
from app.ui.texts import tr
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import PlainLabel

_BELOW_TOP = 12
"""Pixels. At the foot it would cover what is newest, and so most often selected."""


class SelectionBar(QFrame):
    """Stands over the top of `view`, in its parent, while several of its messages are selected."""

    def __init__(self, theme: Theme, view: TimelineView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setProperty("card", True)
        self.setObjectName("selectionBar")
        self.setAccessibleName(tr("Selected messages"))
        self.count = PlainLabel(theme, parent=self)
        self.copy = Button(theme, "tonal", tr("Copy"), parent=self)
        self.cancel = Button(theme, "plain", tr("Cancel"), parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        for part in (self.count, self.copy, self.cancel):
            row.addWidget(part)
        self.copy.clicked.connect(self._on_copy)
        self.cancel.clicked.connect(self._on_cancel)
        view.selecting.changed.connect(self.refresh)
        selection = view.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(self._on_selection_changed)
        self.hide()

    @pyqtSlot()
    def refresh(self) -> None:
        """Say how many messages are selected, and stand where that is seen; else be gone."""
        selected = self._view.selecting.count()
        wanted = selected > 1 or self._view.selecting.picking
        if not wanted and self.isVisibleTo(self.parentWidget()) and self._has_keyboard():
            self._view.setFocus()
        if wanted:
            self.count.setText(tr("%n message(s) selected", n=selected))
            self.copy.setEnabled(selected > 0)
            self.place()
            self.raise_()
        self.setVisible(wanted)

    def place(self) -> None:
        """Stand in the middle of the parent's top."""
        parent = self.parentWidget()
        if parent is not None:
            self.adjustSize()
            x = (parent.width() - self.width()) // 2
            self.move(max(0, x), _BELOW_TOP)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave with Escape too."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    def _has_keyboard(self) -> bool:
        return self.copy.hasFocus() or self.cancel.hasFocus()

    @pyqtSlot()
    def _on_copy(self) -> None:
        self._view.deeds.copy_lines()
        self._on_cancel()

    @pyqtSlot()
    def _on_cancel(self) -> None:
        self._view.selecting.leave()

    @pyqtSlot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _gone: QItemSelection) -> None:
        self.refresh()
