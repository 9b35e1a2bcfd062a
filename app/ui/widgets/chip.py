"""A word or two, marked: Verified, Host not verified, Reconnecting, Host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

if TYPE_CHECKING:
    from app.ui.theme.icons import Icon
    from app.ui.theme.theme import Theme

_ROLES = {
    "neutral": Role.TEXT_SECOND,
    "soft": Role.ACCENT_TEXT,
    "warn": Role.WARN,
    "danger": Role.DANGER,
}


class Chip(QFrame):
    """A mark with a text and perhaps an icon. `kind` is neutral, soft, warn or danger."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: str = "neutral",
        icon: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        role = _ROLES[kind]
        self.setProperty("chip", kind)
        self._label = PlainLabel(
            theme, text, Step.CAPTION, role, weight=QFont.Weight.Medium, parent=self
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 7, 2)
        row.setSpacing(4)
        if icon is not None:
            row.addWidget(IconLabel(theme, icon, role, 14, self))
        row.addWidget(self._label)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.full_text
