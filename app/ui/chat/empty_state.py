"""What stands where there is nothing yet: an icon, one sentence, one thing to do."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel


class EmptyState(QWidget):
    """A sentence in the middle, with room for a button under it.

    Signals:
        moved(): it has another size.
    """

    moved = pyqtSignal()

    def __init__(
        self, theme: Theme, icon: Icon, sentence: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(theme, icon, Role.TEXT_FAINT, 40, self)
        self._label = PlainLabel(
            theme, sentence, Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self
        )
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._label)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._label.full_text

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        if sentence != self.sentence:
            self._label.setText(sentence)
            self.adjustSize()
            self.moved.emit()

    def set_icon(self, icon: Icon) -> None:
        """Show another icon."""
        self._icon.set_icon(icon, Role.TEXT_FAINT)

    def offer(self, button: QWidget) -> None:
        """Put what can be done under the sentence."""
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
