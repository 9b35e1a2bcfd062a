"""The panel to choose an emoji from: the content of a popover."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QRect, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.support.clock import Clock
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.names import isolated
from app.ui.chat.search.field import SearchField
from app.ui.emoji.categories import CategoryStrip
from app.ui.emoji.data import TONES, all_emoji
from app.ui.emoji.glyphs import undrawable
from app.ui.emoji.grid_model import GridModel
from app.ui.emoji.grid_view import GridView
from app.ui.emoji.names import reader_names
from app.ui.emoji.preview import Preview
from app.ui.emoji.roving import EmojiButton
from app.ui.emoji.sections import Section, tone_name
from app.ui.emoji.tones import ToneStrip
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import text_button

WIDTH = 360
"""Of the popover that holds it."""

_HEIGHT = 440
_HAND = "✋"


class _Stack(QStackedWidget):
    """As high as it was: the panel must not shrink to the sentence that nothing was found."""

    def hasHeightForWidth(self) -> bool:
        return False


class EmojiPicker(QWidget):
    """Search, categories, the grid, and a line that says what one is at. Made for one opening.

    What was used lately and the skin tone are given, and told when they change; whoever opens the
    panel keeps them (`names.with_recent`). The keyboard begins in the search.

    Signals:
        picked(str): this emoji, in its tone, is to be put in; the panel stays.
        tone_changed(int): this is the skin tone from now on, an index into `TONES`.
    """

    picked = pyqtSignal(str)
    tone_changed = pyqtSignal(int)

    def __init__(
        self,
        theme: Theme,
        clock: Clock,
        *,
        recents: tuple[str, ...] = (),
        tone: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._names = reader_names()
        self._hand = all_emoji()[self._names.place(_HAND) or 0]
        self._asked = -1
        self.tone = tone if 0 <= tone < len(TONES) else 0
        self.setAccessibleName(tr("Emoji"))
        self.model = GridModel(self._names, recents, undrawable(theme.font(Step.BODY)), self)
        self.model.set_tone(self.tone)
        self.search = SearchField(theme, tr("Search emoji"), self)
        self.tone_button = EmojiButton(theme, "", "", parent=self)
        self.categories = CategoryStrip(theme, [span.section for span in self.model.spans], self)
        self.grid = GridView(self.model, theme, clock, self)
        self.nothing = EmptyState(theme, Icon.SEARCH, parent=self)
        clear = text_button(theme, tr("Clear"), parent=self.nothing)
        self.nothing.offer(clear)
        self.preview = Preview(
            theme, tr("Right-click hands and people for other skin tones."), self
        )
        self.tones = ToneStrip(theme, self)
        self._lay_out()
        self._show_tone()
        self.setFocusProxy(self.search.edit)
        self.search.edited.connect(self._on_searched)
        self.search.entered.connect(self._on_entered)
        self.search.down_pressed.connect(self._on_down)
        self.categories.section_chosen.connect(self._on_section_chosen)
        self.tone_button.clicked.connect(self._on_tone_button)
        self.tones.chosen.connect(self._on_tone_chosen)
        self.grid.picked.connect(self._on_picked)
        self.grid.pointed.connect(self._on_pointed)
        self.grid.typed.connect(self._on_typed)
        self.grid.left_upwards.connect(self._on_left_upwards)
        self.grid.section_changed.connect(self._on_section_changed)
        self.grid.tones_requested.connect(self._on_tones_requested)
        clear.clicked.connect(self.search.clear)
        self.categories.show_section(self.model.spans[0].section)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(10, 4, 8, 4)
        head.setSpacing(6)
        head.addWidget(self.search, 1)
        head.addWidget(self.tone_button)
        strip = QHBoxLayout()
        strip.setContentsMargins(8, 0, 8, 2)
        strip.addWidget(self.categories)
        middle = QWidget(self)
        centred = QVBoxLayout(middle)
        centred.setContentsMargins(24, 0, 24, 0)
        centred.addStretch(1)
        centred.addWidget(self.nothing)
        centred.addStretch(1)
        self._stack = _Stack(self)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(strip)
        column.addWidget(self._stack, 1)
        column.addWidget(self.preview)

    def sizeHint(self) -> QSize:
        """Return room for about seven rows."""
        return QSize(WIDTH, max(_HEIGHT, super().sizeHint().height()))

    # --- search ---------------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_searched(self, text: str) -> None:
        self.model.search(text)
        found = self.model.rowCount()
        self.nothing.set_sentence(
            tr("No emoji found for “{text}”. Try another word.", text=isolated(text.strip()))
        )
        self._stack.setCurrentIndex(0 if found else 1)
        if self.model.is_search:
            self.categories.show_section(None)
        self.search.edit.setAccessibleDescription(
            tr("%n emoji found", n=found) if self.model.is_search else ""
        )
        if self.model.is_search and found:
            self.grid.point_at(0, marked=True)
        else:
            self.preview.show_emoji("", "", "")

    @pyqtSlot()
    def _on_entered(self) -> None:
        if self.model.is_search and self.model.rowCount():
            self._on_picked(max(0, self.grid.currentIndex().row()))

    @pyqtSlot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.grid.enter()

    @pyqtSlot(QKeyEvent)
    def _on_typed(self, event: QKeyEvent) -> None:
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.deselect()
        QCoreApplication.sendEvent(self.search.edit, event)

    @pyqtSlot()
    def _on_left_upwards(self) -> None:
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the grid -------------------------------------------------------------------------------

    @pyqtSlot(int)
    def _on_picked(self, cell: int) -> None:
        self.picked.emit(self.model.text(cell))

    @pyqtSlot(int)
    def _on_pointed(self, cell: int) -> None:
        at = cell if cell >= 0 else self.grid.currentIndex().row()
        if at < 0:
            self.preview.show_emoji("", "", "")
            return
        text = self.model.text(at)
        self.preview.show_emoji(text, self.model.name(at), self._names.code(text))

    @pyqtSlot(Section)
    def _on_section_chosen(self, section: Section) -> None:
        if self.model.is_search:
            self.search.edit.clear()
        self.grid.show_section(section)

    @pyqtSlot(Section)
    def _on_section_changed(self, section: Section) -> None:
        self.categories.show_section(None if section is Section.FOUND else section)

    # --- skin tones -----------------------------------------------------------------------------

    @pyqtSlot()
    def _on_tone_button(self) -> None:
        self._asked = -1
        place = self.tone_button.geometry()
        before = self.tone_button if self.tone_button.hasFocus() else self.search.edit
        self.tones.open_at(place, self._hand, self.tone, before)

    @pyqtSlot(int)
    def _on_tones_requested(self, cell: int) -> None:
        emoji = self.model.emoji(cell)
        if not emoji.light:
            return
        self._asked = cell
        rect = self.grid.place_of(cell)
        corner = self.grid.mapTo(self, rect.topLeft())
        self.grid.point_at(cell)
        before = self.grid if self.grid.hasFocus() else self.search.edit
        self.tones.open_at(QRect(corner, rect.size()), emoji, self.tone, before)

    @pyqtSlot(int)
    def _on_tone_chosen(self, tone: int) -> None:
        asked = self.model.emoji(self._asked) if self._asked >= 0 else None
        if tone != self.tone:
            self.tone = tone
            self._keep_place(tone)
            self._show_tone()
            self.tone_changed.emit(tone)
        if asked is not None:
            self.picked.emit(asked.toned(tone))

    def _keep_place(self, tone: int) -> None:
        """Show all in that tone, where one is."""
        current, bar = self.grid.currentIndex().row(), self.grid.verticalScrollBar()
        value = 0 if bar is None else bar.value()
        self.model.set_tone(tone)
        if current >= 0:
            self.grid.point_at(current)
        if bar is not None:
            bar.setValue(value)

    def _show_tone(self) -> None:
        name = tr("Skin tone: {tone}", tone=tone_name(self.tone))
        self.tone_button.set_emoji(self._hand.toned(self.tone), name)
