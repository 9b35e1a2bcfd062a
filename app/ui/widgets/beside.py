"""A row of widgets that stand below each other where there is no room for them beside each other."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QWidget

_BELOW = 4


class Beside(QWidget):
    """Takes the widgets in `add`; `trailing` puts them to the line's end."""

    def __init__(
        self, spacing: int, parent: QWidget | None = None, *, trailing: bool = False
    ) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._trailing = trailing
        self._widgets: list[QWidget] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put a widget after the others."""
        flag = Qt.AlignmentFlag
        side = flag.AlignTrailing if self._trailing else flag.AlignLeading
        place = self._row.count() if self._trailing else self._row.count() - 1
        self._row.insertWidget(place, widget, 0, side)
        self._widgets.append(widget)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Be no wider than the widest has to be."""
        widest = max((one.minimumSizeHint().width() for one in self._widgets), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand beside each other, or below."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = sum(one.sizeHint().width() + self._spacing for one in self._widgets)
        wide = needed - self._spacing <= self.width()
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if wide else way.TopToBottom)
        self._row.setSpacing(self._spacing if wide else _BELOW)
