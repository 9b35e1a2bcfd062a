"""How the address of the guest page is shown, for phones and browsers."""

from __future__ import annotations

from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.copy_button import CopyIconButton
from app.ui.share.link_field import LinkField
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel


class GuestPageRow(QWidget):
    """Shows the address of the guest page, with a button that copies it."""

    def __init__(self, page: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = tr("For phones and browsers")
        self.field = LinkField(page, title, self)
        self.copy = CopyIconButton(theme, tr("Copy the address for browsers"), page, self)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.copy)
        note = QHBoxLayout()
        note.setSpacing(6)
        note.addWidget(IconLabel(theme, Icon.GLOBE, Role.TEXT_SECOND, 14, self))
        told = tr(
            "The QR code leads there. Nothing to install; others on the network could read along."
        )
        note.addWidget(
            PlainLabel(theme, told, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self), 1
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(
            PlainLabel(theme, title, Step.SMALL, weight=QFont.Weight.DemiBold, parent=self)
        )
        column.addLayout(row)
        column.addLayout(note)
