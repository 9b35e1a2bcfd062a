"""Where the host chooses which guests are let in."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.ui.chat.copy_button import CopyIconButton
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

WIDTH = 400


class GuestsPanel(QWidget):
    """The content of the popover: a tick for each kind, in force at once, and what it costs.

    Signals:
        chosen(bool, bool): let guests by browser, and by plain text, in from now on.
    """

    chosen = pyqtSignal(bool, bool)

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        truth = tr(
            "What they read and write is not encrypted: anybody on the network can read along, the "
            "password too if there is one. Who they are is not proved. Members are told."
        )
        browser_truth = tr(
            "They get a page from this computer, by the address or the QR code of the invite. Where "
            "they do not ask for https, anybody on the network can read along."
        )
        self.browser = CheckBox(theme, tr("Let phones and browsers in"), self)
        self.browser.setChecked(session.info.browser_guests)
        self.browser.setAccessibleDescription(browser_truth)
        self.text = CheckBox(theme, tr("Let plain-text programs in (netcat, telnet)"), self)
        self.text.setChecked(session.info.text_guests)
        self.text.setAccessibleDescription(truth)
        command = _command(session)
        told = tr("They type: {command}", command=command) if command else ""
        self.how = PlainLabel(theme, told, Step.SMALL, parent=self)
        self.copy = CopyIconButton(theme, tr("Copy the command"), command, self)
        how = QHBoxLayout()
        how.setSpacing(4)
        how.addWidget(self.how)
        how.addWidget(self.copy)
        how.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addWidget(
            PlainLabel(theme, tr("Guests"), Step.BODY, weight=QFont.Weight.DemiBold, parent=self)
        )
        column.addWidget(self.browser, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(
            PlainLabel(theme, browser_truth, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        )
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(
            PlainLabel(theme, truth, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        )
        column.addLayout(how)
        self.setFocusProxy(self.browser)
        self.browser.toggled.connect(self._on_browser_toggled)
        self.text.toggled.connect(self._on_toggled)
        session.info_changed.connect(self._on_info_changed)
        self._on_info_changed()

    @pyqtSlot(bool)
    def _on_toggled(self, checked: bool) -> None:
        if checked != self._session.info.text_guests:
            self.chosen.emit(self._session.info.browser_guests, checked)

    @pyqtSlot(bool)
    def _on_browser_toggled(self, checked: bool) -> None:
        if checked != self._session.info.browser_guests:
            self.chosen.emit(checked, self._session.info.text_guests)

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        self.browser.setChecked(self._session.info.browser_guests)
        lets_in = self._session.info.text_guests
        self.text.setChecked(lets_in)
        self.how.setVisible(lets_in and bool(self.how.full_text))
        self.copy.setVisible(lets_in and bool(self.how.full_text))


def _command(session: RoomSession) -> str:
    """Return what somebody types to come in; empty where no address is known."""
    if not session.sharing.addresses:
        return ""
    host, _, port = session.sharing.addresses[0].text.rpartition(":")
    return f"nc {host.strip('[]')} {port}"
