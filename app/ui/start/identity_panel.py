"""Who this computer is to rooms, and the deliberate way to become somebody new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, plain_button
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

WIDTH = 420


class IdentityPanel(QWidget):
    """The content of the popover: what the identity is; after a first step, what a reset means.

    Signals:
        reset_requested(): become somebody new; asked twice already.
        declined(): rather stay who one is.
    """

    reset_requested = pyqtSignal()
    declined = pyqtSignal()

    def __init__(self, theme: Theme, *, rooms_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 12)
        self._column.setSpacing(8)
        self.title = self._label(tr("Your identity"), strong=True)
        self.text = self._label(
            tr(
                "Rooms know this computer by a secret key, not by your nickname. So nobody else can "
                "come back as you."
            )
        )
        self._what_changes = [_Point(theme, line, self) for line in _what_changes()]
        for point in self._what_changes:
            self._column.addWidget(point)
        why_not = tr("Leave all rooms first. Then you can reset it here.") if rooms_open else ""
        self.note = self._label(why_not)
        self.note.setVisible(bool(why_not))
        self.keep = plain_button(theme, tr("Keep it"), parent=self)
        self.confirm = danger_button(theme, tr("Reset my identity"), parent=self)
        self.reset = danger_button(theme, tr("Reset my identity…"), parent=self)
        self.reset.setEnabled(not rooms_open)
        self.reset.setAccessibleDescription(why_not)
        for widget in (*self._what_changes, self.keep, self.confirm):
            widget.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.reset)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.confirm)
        self._column.addSpacing(4)
        self._column.addLayout(buttons)
        self.setFocusProxy(self.reset)
        self.reset.clicked.connect(self._on_reset)
        self.keep.clicked.connect(self.declined)
        self.confirm.clicked.connect(self.reset_requested)

    def _label(self, text: str, *, strong: bool = False) -> PlainLabel:
        label = PlainLabel(
            self._theme,
            text,
            Step.BODY,
            Role.TEXT if strong else Role.TEXT_SECOND,
            weight=QFont.Weight.DemiBold if strong else None,
            wrap=True,
            parent=self,
        )
        self._column.addWidget(label)
        return label

    @pyqtSlot()
    def _on_reset(self) -> None:
        self.title.setText(tr("Reset your identity?"))
        self.text.setText(tr("This computer gets a new key, and is somebody new to every room:"))
        self.reset.hide()
        for widget in (*self._what_changes, self.keep, self.confirm):
            widget.show()
        self.keep.setAccessibleDescription(" ".join(_what_changes()))
        # A second press of the same key must not decide.
        self.setFocusProxy(self.keep)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)


class _Point(QWidget):
    """One line of a list, its dot before all of its lines."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        dot = PlainLabel(theme, "•", Step.BODY, Role.TEXT_FAINT, parent=self)
        row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(
            PlainLabel(theme, text, Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self), 1
        )


def _what_changes() -> tuple[str, ...]:
    return (
        tr("Others do not recognise you, and what you wrote is no longer marked as yours."),
        tr("A nickname held by the old key may be refused to you for a while."),
        tr("Where you were a moderator, you are not any more."),
        tr("Private messages that are still on their way to you can no longer be opened."),
        tr("Rooms with a password ask you for it again."),
        tr("The old key is kept in a file beside the new one. Rooms that you host stay yours."),
    )
