"""Whether the system opens papo:// links with this Papo: only when the person ticks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSlot

from app.system.link_handler import SystemLinkHandler
from app.ui.settings.parts import Setting
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from app.ui.theme.theme import Theme


class LinksPart(Setting):
    """One tick; what came of it is said below. Hidden where the system cannot be asked."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, handler: SystemLinkHandler | None = None
    ) -> None:
        """`handler`: asked in place of this computer's."""
        super().__init__(
            theme,
            tr("Invites"),
            tr(
                "An invite (papo://…) that you click elsewhere is filled in here; you decide whether "
                "to join."
            ),
            parent,
        )
        self._handler = handler or SystemLinkHandler(self)
        self.links = CheckBox(theme, tr("Open with Papo"), self)
        self.links.setObjectName("links")
        self.links.setAccessibleDescription(tr("Invites"))
        self.links.setChecked(self._handler.is_possible and self._handler.is_on())
        self.said = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        self.said.hide()
        self.column.addWidget(self.links, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.said)
        if not self._handler.is_possible:
            self.hide()
        self.links.toggled.connect(self._on_toggled)
        self._handler.settled.connect(self._on_settled)

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    @pyqtSlot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._say("")
        try:
            self._handler.turn(on=on)
        except OSError as error:
            with QSignalBlocker(self.links):
                self.links.setChecked(not on)
            reason = error.strerror or str(error)
            self._say(tr("That could not be changed ({reason}).", reason=reason))

    @pyqtSlot(bool)
    def _on_settled(self, by_itself: bool) -> None:
        if self.links.isChecked() and not by_itself:
            self._say(
                tr("Done. When you open the first one, your system may ask which program to use.")
            )
