"""What the page of settings is put together from: sections, captions, and one choice of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.beside import Beside
from app.ui.widgets.card import Card
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.theme.theme import Theme

_BETWEEN = 20
_SPACING = 24


class Section(QWidget):
    """A heading, and under it a card of settings."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        heading = PlainLabel(theme, title, Step.ROOM, parent=self)
        heading.setContentsMargins(4, 0, 4, 0)
        self.card = Card(self, margin=20)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addWidget(self.card)

    def add(self, widget: QWidget) -> None:
        """Put one more setting into the card."""
        if self.card.column.count():
            self.card.column.addSpacing(_BETWEEN)
        self.card.column.addWidget(widget)


class Setting(QWidget):
    """A caption, perhaps a sentence that explains, and in `column` what there is to choose."""

    def __init__(
        self, theme: Theme, caption: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(
            PlainLabel(
                theme, caption, Step.BODY, weight=QFont.Weight.DemiBold, wrap=True, parent=self
            )
        )
        if hint:
            self.column.addWidget(
                PlainLabel(theme, hint, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
            )


class Choices(Setting):
    """One of several, beside each other where there is room; in force as soon as it is ticked.

    Signals:
        chosen(str): the person ticked the one of that code.
    """

    chosen = pyqtSignal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        caption: str,
        options: Sequence[tuple[str, str]],
        current: str,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`options` are codes and texts; `name` and a code together name a button for tests."""
        super().__init__(theme, caption, hint, parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        row = Beside(_SPACING, self)
        for code, text in options:
            button = QRadioButton(text, self)
            button.setObjectName(f"{name}-{code}")
            button.setFont(theme.font(Step.BODY))
            button.setChecked(code == current)
            button.setAccessibleDescription(caption)
            # Tab leads to the one in force, from the first time on; Qt does so from the second.
            policy = Qt.FocusPolicy
            button.setFocusPolicy(policy.StrongFocus if code == current else policy.ClickFocus)
            self._group.addButton(button)
            row.add(button)
            self.buttons[code] = button
        self.column.addWidget(row)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def choice(self) -> str:
        """The code of the one that is ticked."""
        return next((code for code, one in self.buttons.items() if one.isChecked()), "")

    @pyqtSlot(QAbstractButton, bool)
    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.choice)
