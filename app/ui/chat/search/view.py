"""The list of what a search found: by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QWidget

from app.ui.chat.rows.list_rows import ListRows
from app.ui.chat.search.delegate import SearchDelegate
from app.ui.chat.search.model import SearchModel
from app.ui.texts import tr
from app.ui.theme.theme import Theme


class SearchView(ListRows):
    """Shows a `SearchModel`.

    Signals:
        left_upwards(): Up was pressed in the first row.
    """

    left_upwards = pyqtSignal()

    end_space = 8

    def __init__(
        self,
        model: SearchModel,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        colour_of: Callable[[bytes], int],
    ) -> None:
        """`colour_of` tells which colour whoever has a device chose."""
        super().__init__(SearchDelegate(model, theme, colour_of=colour_of), theme, parent)
        self.setAccessibleName(tr("Search results"))
        self.setModel(model)

    @pyqtSlot()
    def paint_anew(self) -> None:
        """Paint what is in sight: other colours stand for somebody."""
        self._port().update()

    def enter(self) -> None:
        """Give the keyboard to the results, at the first one where none was chosen yet."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Stand at the first result: those of another search are here."""
        self.scrollToTop()
        if self.hasFocus():
            self.choose_first()
        self.show_ring()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave upwards; the rest chooses and moves by result."""
        if event is not None and event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)
