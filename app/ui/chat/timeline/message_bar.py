"""The small raised bar over a message: what can be done with it, by mouse and by keyboard."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton


class MessageBar(QFrame):
    """Stands over the row that it was offered for.

    Signals:
        keyboard_left(): none of its buttons has the focus any more.
        copy_requested(int), retry_requested(int), discard_requested(int): for that row.
    """

    keyboard_left = pyqtSignal()
    copy_requested = pyqtSignal(int)
    retry_requested = pyqtSignal(int)
    discard_requested = pyqtSignal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = -1
        self.setProperty("card", True)
        self.setObjectName("messageBar")
        self._retry = IconButton(theme, Icon.REFRESH, tr("Try again"), size=18, parent=self)
        self._discard = IconButton(theme, Icon.TRASH, tr("Delete"), size=18, parent=self)
        self._copy = IconButton(
            theme, Icon.COPY, tr("Copy message"), shortcut="Ctrl+C", size=18, parent=self
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 1, 2, 1)
        row.setSpacing(0)
        for button in (self._retry, self._discard, self._copy):
            button.setFixedSize(32, 28)
            row.addWidget(button)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.installEventFilter(self)
        self._retry.clicked.connect(self._on_retry)
        self._discard.clicked.connect(self._on_discard)
        self._copy.clicked.connect(self._on_copy)

    def offer(self, row: int, *, failed: bool, deletable: bool) -> None:
        """Stand for `row`; a message that was not sent can be tried again or given up.

        One that is `deletable` can be taken away from everyone.
        """
        self.row = row
        self._retry.setVisible(failed)
        self._discard.setVisible(failed or deletable)
        self._discard.set_name(tr("Delete") if failed else tr("Delete for everyone"))
        self.adjustSize()

    def has_keyboard(self) -> bool:
        """Tell whether one of the buttons has the focus."""
        return any(button.hasFocus() for button in (self._retry, self._discard, self._copy))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Notice when the keyboard leaves."""
        if event is not None and event.type() == QEvent.Type.FocusOut and not self.has_keyboard():
            self.keyboard_left.emit()
        return super().eventFilter(watched, event)

    @pyqtSlot()
    def _on_copy(self) -> None:
        self.copy_requested.emit(self.row)

    @pyqtSlot()
    def _on_retry(self) -> None:
        self.retry_requested.emit(self.row)

    @pyqtSlot()
    def _on_discard(self) -> None:
        self.discard_requested.emit(self.row)
