"""The step before somebody is shown out of the room, or kept out."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.protocol.messages import Member
from app.ui.chat.names import isolated, menu_text
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, plain_button
from app.ui.widgets.labels import PlainLabel

WIDTH = 360


class RemovalPanel(QWidget):
    """The content of the popover: what it does, and two ways on.

    Signals:
        confirmed(int, bool): show the member of that number out; the address too.
        declined(): let them stay.
    """

    confirmed = pyqtSignal(int, bool)
    declined = pyqtSignal()

    def __init__(
        self,
        member: Member,
        theme: Theme,
        *,
        ban: bool,
        address: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`address` is from where the member is connected, where one is told."""
        super().__init__(parent)
        self.number = member.number
        name = isolated(member.nick)
        question = tr("Ban {name}?", name=name) if ban else tr("Remove {name}?", name=name)
        told = (
            tr("{name} leaves at once and cannot come back, under any nickname.", name=name)
            if ban
            else tr("{name} leaves at once, and may come back.", name=name)
        )
        if ban:
            told = f"{told} {tr('A ban can be lifted: More, “Bans and what was done…”.')}"
        title = PlainLabel(
            theme, question, Step.BODY, weight=QFont.Weight.DemiBold, wrap=True, parent=self
        )
        note = PlainLabel(theme, told, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        text = tr("Also everyone from the address {address}", address=menu_text(address))
        self.address = QCheckBox(text if address else tr("Also everyone from that address"), self)
        self.address.setFont(theme.font(Step.BODY))
        self.address.setVisible(ban)
        self.keep = plain_button(theme, tr("Let them stay"), parent=self)
        self.confirm = danger_button(theme, tr("Ban") if ban else tr("Remove"), parent=self)
        # Read out with the question, and the harmless one is where the keyboard begins.
        self.keep.setAccessibleDescription(f"{question} {told}")
        self.setFocusProxy(self.keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.confirm)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(10)
        for widget in (title, note, self.address):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.keep.clicked.connect(self._on_keep)
        self.confirm.clicked.connect(self._on_confirm)

    @pyqtSlot()
    def _on_keep(self) -> None:
        self.declined.emit()

    @pyqtSlot()
    def _on_confirm(self) -> None:
        self.confirmed.emit(self.number, self.address.isChecked())
