"""The box in the sharing dialog that lets phones and browsers in, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSlot

from app.ui.texts import tr
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import plain_tooltip

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from app.session.room_session import RoomSession
    from app.ui.theme.theme import Theme


class GuestsBox(CheckBox):
    """Follows what the room lets in and asks for a change; hidden where oneself is not the host."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Let phones and browsers in"), parent)
        told = tr("They get a page from this computer. The QR code leads to it then.")
        self.setToolTip(plain_tooltip(told))
        self.setAccessibleDescription(told)
        self._session = session
        self._on_info_changed()
        self.toggled.connect(self._on_toggled)
        session.info_changed.connect(self._on_info_changed)

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        info = self._session.info
        self.setVisible(info.role == "host")
        self.setChecked(info.browser_guests)

    @pyqtSlot(bool)
    def _on_toggled(self, checked: bool) -> None:
        info = self._session.info
        if checked != info.browser_guests:
            self._session.moderation.set_guests(browser=checked, text=info.text_guests)
