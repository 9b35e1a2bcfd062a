"""The strip of categories above the grid."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QAbstractButton, QWidget

from app.ui.emoji.roving import EmojiButton, RovingRow
from app.ui.emoji.sections import SIGNS, Section, section_name
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton


class CategoryStrip(RovingRow):
    """A button for each section; the one in sight is marked.

    Signals:
        section_chosen(Section): go there.
    """

    section_chosen = pyqtSignal(Section)

    def __init__(
        self, theme: Theme, sections: list[Section], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Categories"))
        self._sections = sections
        for section in sections:
            name = section_name(section)
            button: QAbstractButton
            if section in SIGNS:
                button = EmojiButton(theme, SIGNS[section], name, parent=self)
            else:
                button = IconButton(theme, Icon.CLOCK, name, parent=self)
            button.setCheckable(True)
            self.add(button)
        self.chosen.connect(self._on_chosen)
        self.moved.connect(self._on_chosen)

    def show_section(self, section: Section | None) -> None:
        """Mark the section in sight; None while a search shows no sections."""
        for place, button in enumerate(self.buttons):
            button.setChecked(self._sections[place] is section)
        if section in self._sections:
            self.set_current(self._sections.index(section))

    @pyqtSlot(int)
    def _on_chosen(self, place: int) -> None:
        self.section_chosen.emit(self._sections[place])
        self.show_section(self._sections[place])
