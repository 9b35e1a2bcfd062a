"""The bar over the box to write in, while what one writes is about a message."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel


class AboutBar(QWidget):
    """An icon, what one does, one line of the message, and a way out of it.

    Signals:
        closed(): write about no message any more.
    """

    closed = pyqtSignal()

    def __init__(self, theme: Theme, icon: Icon, way_out: str, parent: QWidget) -> None:
        """`way_out` is what the button at the end is called."""
        super().__init__(parent)
        self._title = PlainLabel(
            theme,
            "",
            Step.BODY,
            Role.ACCENT_TEXT,
            weight=QFont.Weight.DemiBold,
            elide=True,
            parent=self,
        )
        self._line = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self)
        self.close_button = IconButton(theme, Icon.CLOSE, way_out, shortcut="Esc", parent=self)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(theme, icon, Role.ACCENT_TEXT, 16, self))
        row.addLayout(texts, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_button.clicked.connect(self._on_close)
        self.say("")

    @property
    def title(self) -> str:
        """What one does."""
        return self._title.full_text

    @property
    def line(self) -> str:
        """What is shown of the message, or what became of it."""
        return self._line.full_text

    def say(self, title: str, line: str = "") -> None:
        """Say what one does, and something of the message."""
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)

    @pyqtSlot()
    def _on_close(self) -> None:
        self.closed.emit()
