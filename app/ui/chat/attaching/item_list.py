"""The items of a parcel under each other, as high as they are while there is room."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.chat.attaching.item_row import ItemRow
from app.ui.chat.attaching.parcel import Parcel
from app.ui.texts import tr
from app.ui.theme.theme import Theme

LEAST = 56
"""Pixels: one row, the others are scrolled to."""


class _Rows(QWidget):
    """As high as its rows at its width are: what wrapped texts ask for at least is for a narrow one."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class ItemList(QScrollArea):
    """Follows a parcel.

    Signals:
        resized(): it wants another height.
        emptied(): the person removed the last one.
        submitted(): Enter was pressed in a name.
    """

    resized = pyqtSignal()
    emptied = pyqtSignal()
    submitted = pyqtSignal()

    def __init__(self, parcel: Parcel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._parcel = parcel
        self._theme = theme
        self.rows: dict[int, ItemRow] = {}
        self.setAccessibleName(tr("Files to send"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = _Rows()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        # A scroll area paints the window's colour behind what it holds; the card is the ground.
        self._inside.setAutoFillBackground(False)
        port = self.viewport()
        if port is not None:
            port.setAutoFillBackground(False)
        parcel.changed.connect(self._on_changed)
        parcel.pictured.connect(self._on_pictured)
        self._on_changed()

    def height_at(self, width: int) -> int:
        """Return how high all rows are together."""
        return self._column.totalHeightForWidth(width) if self.rows else 0

    def sizeHint(self) -> QSize:
        """Return room for one row; whoever has more asks for `height_at`."""
        return QSize(200, LEAST)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """Have a bar only where it is needed without one."""
        super().resizeEvent(a0)
        self._fit_bar()

    def commit(self) -> None:
        """Take names that are being typed."""
        for row in tuple(self.rows.values()):
            row.commit()

    @pyqtSlot()
    def _on_changed(self) -> None:
        items = {item.number: item for item in self._parcel.items}
        for number in tuple(self.rows):
            if number not in items:
                self._drop(number)
        for number, item in items.items():
            row = self.rows.get(number)
            if row is None:
                row = self.rows[number] = ItemRow(item, self._parcel, self._theme, self._inside)
                row.remove_requested.connect(self._on_remove)
                row.renamed.connect(self._on_renamed)
                row.submitted.connect(self.submitted)
                self._column.insertWidget(self._column.count() - 1, row)
                row.show()
            else:
                row.show_item(item)
        self.updateGeometry()
        self._fit_bar()
        self.resized.emit()

    def _fit_bar(self) -> None:
        # A bar that is there makes texts narrower and higher, and so needs itself.
        policy = Qt.ScrollBarPolicy
        fits = self.height_at(self.width()) <= self.height()
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded
        )

    def _drop(self, number: int) -> None:
        row = self.rows.pop(number)
        numbers = list(self.rows)
        window = self.window()
        focused = window.focusWidget() if window is not None else None
        had_keyboard = focused is not None and row.isAncestorOf(focused)
        self._column.removeWidget(row)
        if had_keyboard and numbers:
            following = next((one for one in numbers if one > number), numbers[-1])
            self.rows[following].remove.setFocus()
        row.hide()
        row.deleteLater()

    @pyqtSlot(int)
    def _on_remove(self, number: int) -> None:
        self._parcel.remove(number)
        if not self.rows:
            self.emptied.emit()

    @pyqtSlot(int, str)
    def _on_renamed(self, number: int, name: str) -> None:
        self._parcel.rename(number, name)

    @pyqtSlot(int)
    def _on_pictured(self, number: int) -> None:
        row = self.rows.get(number)
        if row is not None:
            row.show_image(self._parcel.image(number))
