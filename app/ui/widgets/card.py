"""A raised surface with a hairline around it, and the head that many cards begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from app.ui.theme.icons import Icon
    from app.ui.theme.theme import Theme


class Card(QFrame):
    """A raised surface. Its `column` lays out what is put in, with 24 around."""

    def __init__(self, parent: QWidget | None = None, *, margin: int = 24) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin - 4, margin, margin - 4)
        self.column.setSpacing(0)


class CardHead(QWidget):
    """An icon on a soft square, a title, and a line that says what the card is for."""

    def __init__(
        self, theme: Theme, icon: Icon, title: str, line: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        badge = QFrame(self)
        badge.setProperty("badge", True)
        badge.setFixedSize(40, 40)
        inside = QHBoxLayout(badge)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(IconLabel(theme, icon, Role.ACCENT_TEXT, 20, badge))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addStretch(1)
        texts.addWidget(PlainLabel(theme, title, Step.TITLE, parent=self))
        texts.addWidget(
            PlainLabel(theme, line, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        )
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
