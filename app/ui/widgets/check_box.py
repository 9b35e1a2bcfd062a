"""A check box with a tick: a filled square alone would say it by colour only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QRect
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step

if TYPE_CHECKING:
    from PyQt6.QtGui import QPaintEvent

    from app.ui.theme.theme import Theme

_TICK = 12


class CheckBox(QCheckBox):
    """A check box in the look of the style sheet."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setFont(theme.font(Step.BODY))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        """Paint the tick over the square."""
        super().paintEvent(a0)
        style = self.style()
        if not self.isChecked() or style is None:
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        square = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        place = QRect(0, 0, _TICK, _TICK)
        place.moveCenter(square.center())
        pixmap = self._theme.pixmap(Icon.CHECK, Role.ON_ACCENT, _TICK, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(place.topLeft(), pixmap)
        painter.end()
