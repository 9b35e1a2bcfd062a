"""The card of addresses to tell others, the best first, each with a button that copies it."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.session.connection import SharedAddress
from app.ui.chat.copy_button import CopyIconButton
from app.ui.chat.names import one_line
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel

_ICONS = {
    "wifi": Icon.WIFI,
    "ethernet": Icon.ETHERNET,
    "vpn": Icon.VPN,
    "virtual": Icon.VPN,
    "name": Icon.MONITOR,
}
_RARE = frozenset({"vpn", "virtual"})


class AddressList(QFrame):
    """Shows `addresses` in their order."""

    def __init__(
        self, addresses: tuple[SharedAddress, ...], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("card", True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for place, address in enumerate(addresses):
            if place:
                line = QFrame(self)
                line.setProperty("surface", Role.LINE.value)
                line.setFixedHeight(1)
                rows.addWidget(line)
            rows.addLayout(self._row(address, best=place == 0 and len(addresses) > 1))

    def _row(self, address: SharedAddress, *, best: bool) -> QHBoxLayout:
        theme = self._theme
        rare = address.kind in _RARE
        row = QHBoxLayout()
        row.setContentsMargins(13, 3, 6, 3)
        row.setSpacing(10)
        icon = _ICONS.get(address.kind, Icon.LINK)
        row.addWidget(IconLabel(theme, icon, Role.TEXT_SECOND, 18, self))
        text = one_line(address.text)
        label = PlainLabel(
            theme, text, Step.BODY, Role.TEXT_SECOND if rare else Role.TEXT,
            weight=QFont.Weight.DemiBold, elide=True, parent=self,
        )  # fmt: skip
        row.addWidget(label)
        kind = PlainLabel(
            theme, kind_of(address), Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self
        )
        # Where there is little room, the address is what stays whole.
        kind.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(kind, 1)
        if best:
            chip = Chip(theme, tr("Best"), "soft", parent=self)
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        name = tr("Copy {address}", address=text)
        row.addWidget(CopyIconButton(theme, name, address.text, self))
        return row


def kind_of(address: SharedAddress) -> str:
    """Return what kind of way an address is, with the name of its network."""
    kinds = {
        "wifi": tr("Wi-Fi"),
        "ethernet": tr("Ethernet"),
        "vpn": tr("VPN, rarely works"),
        "virtual": tr("Virtual network, rarely works"),
        "name": tr("Computer name"),
    }
    kind = kinds.get(address.kind, "")
    interface = one_line(address.interface)
    return f"{kind}, {interface}" if kind and interface else kind or interface
