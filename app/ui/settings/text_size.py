"""How large texts are: a step smaller, a step larger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.ui.settings.parts import Setting
from app.ui.settings.preferences import TEXT_SIZES
from app.ui.texts import locale, tr
from app.ui.theme.type import Step
from app.ui.widgets.buttons import plain_button, text_button
from app.ui.widgets.labels import PlainLabel, plain_tooltip

if TYPE_CHECKING:
    from PyQt6.QtGui import QResizeEvent

    from app.ui.theme.theme import Theme


class TextSize(Setting):
    """Two buttons with the size between them, and a way back to the system's size.

    Signals:
        chosen(int): the person wants that size, in percent.
    """

    chosen = pyqtSignal(int)

    def __init__(self, theme: Theme, percent: int, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Text size"),
            tr("On top of the size that is set for your whole computer."),
            parent,
        )
        self._percent = percent
        said = _percent(percent)
        self.smaller = plain_button(theme, "−", parent=self)
        self.larger = plain_button(theme, "+", parent=self)
        self.value = PlainLabel(theme, said, Step.BODY, parent=self)
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        widest = max(self.value.fontMetrics().horizontalAdvance(_percent(p)) for p in TEXT_SIZES)
        self.value.setMinimumWidth(widest + 16)
        self.usual = text_button(theme, tr("Back to {size}", size=_percent(100)), parent=self)
        self.usual.setVisible(percent != 100)
        self.smaller.setEnabled(percent > TEXT_SIZES[0])
        self.larger.setEnabled(percent < TEXT_SIZES[-1])
        row = QHBoxLayout()
        row.setSpacing(4)
        for button, name, what in (
            (self.smaller, "text-smaller", tr("Smaller text")),
            (self.larger, "text-larger", tr("Larger text")),
        ):
            button.setObjectName(name)
            button.setAccessibleName(what)
            button.setAccessibleDescription(said)
            button.setToolTip(plain_tooltip(what))
        self.usual.setObjectName("text-usual")
        row.addWidget(self.smaller)
        row.addWidget(self.value)
        row.addWidget(self.larger)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._rows.setSpacing(4)
        row.addStretch(1)
        self._rows.addLayout(row)
        self._rows.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignLeading)
        self._rows.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(self._rows)
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.usual.clicked.connect(self._on_usual)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the way back below where there is little room."""
        super().resizeEvent(event)
        parts = (self.smaller, self.value, self.larger, self.usual)
        needed = sum(part.sizeHint().width() + 16 for part in parts)
        way = QBoxLayout.Direction
        self._rows.setDirection(way.LeftToRight if needed <= self.width() else way.TopToBottom)

    @pyqtSlot()
    def _on_smaller(self) -> None:
        self.chosen.emit(max((p for p in TEXT_SIZES if p < self._percent), default=self._percent))

    @pyqtSlot()
    def _on_larger(self) -> None:
        self.chosen.emit(min((p for p in TEXT_SIZES if p > self._percent), default=self._percent))

    @pyqtSlot()
    def _on_usual(self) -> None:
        self.chosen.emit(100)


def _percent(number: int) -> str:
    return tr("{number}%", number=locale().toString(number))
