"""The step before somebody is shown out of the room, or kept out."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QCheckBox, QWidget

from app.protocol.messages import Member
from app.ui.chat.names import isolated, menu_text
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.question import Question


class RemovalPanel(Question):
    """The content of the popover: what it does, and two ways on.

    Signals:
        removal_requested(int, bool): show the member of that number out; the address too.
    """

    removal_requested = pyqtSignal(int, bool)

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
        name = isolated(member.nick)
        told = (
            tr("{name} leaves at once and cannot come back, under any nickname.", name=name)
            if ban
            else tr("{name} leaves at once, and may come back.", name=name)
        )
        if ban and member.guest == "text":
            told = tr(
                "{name} leaves at once with all text guests from that address, and none from there "
                "gets in.",
                name=name,
            )
        elif ban and member.guest == "browser":
            told = tr("{name} leaves at once. Another browser is another guest.", name=name)
        if ban:
            told = f"{told} {tr('A ban can be lifted: More, “Bans and what was done…”.')}"
        super().__init__(
            theme,
            tr("Ban {name}?", name=name) if ban else tr("Remove {name}?", name=name),
            tr("Let them stay"),
            tr("Ban") if ban else tr("Remove"),
            spoken=told,
            parent=parent,
        )
        self.number = member.number
        self.add(PlainLabel(theme, told, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self))
        text = tr("Also everyone from the address {address}", address=menu_text(address))
        self.address = QCheckBox(text if address else tr("Also everyone from that address"), self)
        self.address.setFont(theme.font(Step.BODY))
        self.add(self.address)
        self.address.setVisible(ban)
        self.confirmed.connect(self._on_confirmed)

    @pyqtSlot()
    def _on_confirmed(self) -> None:
        self.removal_requested.emit(self.number, self.address.isChecked())
