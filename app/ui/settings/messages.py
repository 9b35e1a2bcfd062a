"""How messages look: comfortably or close together, and whether comings and goings are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt, pyqtSlot

from app.ui.settings.parts import Choices, Section, Setting
from app.ui.texts import tr
from app.ui.widgets.check_box import CheckBox

if TYPE_CHECKING:
    from PyQt6.QtWidgets import QWidget

    from app.ui.settings.preferences import Preferences
    from app.ui.theme.theme import Theme

_COMFORTABLE, _COMPACT = "comfortable", "compact"


class MessagesSection(Section):
    """The section of settings about messages; what is chosen is in force in all rooms at once."""

    def __init__(
        self, theme: Theme, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Messages"), parent)
        self._preferences = preferences
        values = preferences.values
        self.look = Choices(
            theme,
            "messages",
            tr("Messages stand"),
            ((_COMFORTABLE, tr("Comfortable")), (_COMPACT, tr("Compact"))),
            _COMPACT if values.compact else _COMFORTABLE,
            hint=tr("Compact shows more at once, one line each, without pictures."),
            parent=self,
        )
        comings = Setting(
            theme,
            tr("Comings and goings"),
            tr("Lines in a room about who joined and who left. The list of members always tells."),
            self,
        )
        self.comings = CheckBox(theme, tr("Show them"), self)
        self.comings.setObjectName("comings")
        self.comings.setAccessibleDescription(tr("Comings and goings"))
        self.comings.setChecked(values.comings_shown)
        comings.column.addWidget(self.comings, 0, Qt.AlignmentFlag.AlignLeading)
        self.add(self.look)
        self.add(comings)
        self.look.chosen.connect(self._on_look_chosen)
        self.comings.toggled.connect(preferences.set_comings_shown)

    @pyqtSlot(str)
    def _on_look_chosen(self, code: str) -> None:
        self._preferences.set_compact(code == _COMPACT)
