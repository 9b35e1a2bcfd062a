"""Where one searches the room, beside the timeline or over it."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.protocol import limits
from app.protocol.messages import Said
from app.session.room_session import RoomSession
from app.session.transport import FoundMessages
from app.support.clock import Clock
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.names import isolated
from app.ui.chat.panel_edge import column_behind_edge, title_bar
from app.ui.chat.search.field import SearchField
from app.ui.chat.search.model import SearchModel
from app.ui.chat.search.view import SearchView
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, text_button, tonal_button
from app.ui.widgets.delay import Delay
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel
from app.ui.widgets.skeleton import RESULTS, Skeleton

WIDTH = 320

PAUSE = 0.25
"""Seconds without a key after which what is written is searched for."""


class SearchPanel(QFrame):
    """A field and what it finds; asks the session, which asks the host or its own replica.

    Signals:
        chosen(object): bring the message of that number into sight.
        close_requested(): put the panel away.
    """

    chosen = pyqtSignal(object)
    close_requested = pyqtSignal()

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = ""
        self._before = 0
        self._waits = False
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self.setFixedWidth(WIDTH)
        self._pause = Delay(clock, self)
        self.model = SearchModel(clock, self)
        self.field = SearchField(theme, tr("Search in this room"), self)
        self.field.edit.setMaxLength(limits.MAX_QUERY)
        self.view = SearchView(self.model, theme, self, colour_of=session.colour_of)
        self.loading = Skeleton(theme, tr("Searching…"), RESULTS, self.view)
        self.older = text_button(theme, tr("Older results"), icon=Icon.DOWN, parent=self)
        self._close = IconButton(theme, Icon.CLOSE, tr("Close search"), shortcut="Esc", parent=self)
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=self)
        self._here = IconLabel(theme, Icon.MONITOR, Role.TEXT_SECOND, 14, self)
        self.nothing = EmptyState(theme, Icon.SEARCH, parent=self)
        clear = tonal_button(theme, tr("Clear"), parent=self.nothing)
        self.nothing.offer(clear)
        self._lay_out(theme)
        self.setFocusProxy(self.field.edit)
        self.field.edited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.field.down_pressed.connect(self._on_down)
        self._pause.passed.connect(self._on_pause)
        self.view.chosen.connect(self._on_chosen)
        self.view.left_upwards.connect(self._on_left_upwards)
        self.older.clicked.connect(self._on_older)
        self._close.clicked.connect(self._on_close)
        clear.clicked.connect(self._on_clear)
        session.found.connect(self._on_found)
        session.colours_changed.connect(self.view.paint_anew)
        session.confirmed.connect(self._on_confirmed)
        self._show(FoundMessages(query="", said=(), more=False, from_replica=False))

    def _lay_out(self, theme: Theme) -> None:
        bar = title_bar(self, theme, tr("Search"), self._close)
        notes = QHBoxLayout()
        notes.setContentsMargins(16, 6, 16, 6)
        notes.setSpacing(6)
        notes.addWidget(self._here, 0, Qt.AlignmentFlag.AlignTop)
        notes.addWidget(self._note, 1)
        field = QHBoxLayout()
        field.setContentsMargins(12, 0, 12, 0)
        field.addWidget(self.field)
        column = column_behind_edge(self)
        column.addWidget(bar)
        column.addLayout(field)
        column.addLayout(notes)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        self.nothing.setContentsMargins(16, 24, 16, 0)

    # --- what the page says ---------------------------------------------------------------------

    def set_floating(self, floating: bool) -> None:
        """Lie over the timeline or beside it: it looks the same."""

    def open(self) -> None:
        """Take the keyboard; what was searched for before can be written over."""
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def say(self, note: str) -> None:
        """Tell something about the results."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._here.hide()

    @property
    def note(self) -> str:
        """What is told about the results, or nothing."""
        return self._note.full_text

    # --- asking ---------------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._pause.start(PAUSE)
            return
        self._pause.stop()
        self._asked = ""
        self._waits = False
        self._show(FoundMessages(query="", said=(), more=False, from_replica=False))

    @pyqtSlot()
    def _on_pause(self) -> None:
        query = self.field.edit.text().strip()
        if query and query != self._asked:
            self._ask(query)

    def _ask(self, query: str) -> None:
        self._asked = query
        self._before = 0
        self._waits = True
        if not self.model.rowCount():
            self.nothing.hide()
            self.say(tr("Searching…"))
            self.loading.wait(True)
        self._session.search(query)

    @pyqtSlot(FoundMessages)
    def _on_found(self, found: FoundMessages) -> None:
        # An answer to what was asked before the person wrote on.
        if not self._waits or found.query.strip() != self._asked:
            return
        self._waits = False
        if self._before:
            self.model.add(found.said)
            self._tell(found)
        else:
            self._show(found)

    def _show(self, found: FoundMessages) -> None:
        self.model.show(found.query, found.said)
        self.view.begin()
        self._tell(found)

    def _tell(self, found: FoundMessages) -> None:
        self.loading.wait(False)
        here = found.from_replica and bool(self._asked)
        self.say(tr("Searched on this computer only") if here else "")
        self._here.setVisible(here)
        any_found = self.model.rowCount() > 0
        had_focus = self.older.hasFocus()
        self.older.setVisible(any_found and found.more)
        self.older.setEnabled(True)
        if had_focus and not self.older.isVisible():
            self.view.enter()
        self.view.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if any_found else Qt.FocusPolicy.NoFocus
        )
        self.nothing.setVisible(bool(self._asked) and not any_found)
        shown = isolated(self._asked)
        self.nothing.set_sentence(tr("Nothing found for “{text}”.", text=shown))

    @pyqtSlot()
    def _on_older(self) -> None:
        self._before = self.model.oldest
        self._waits = True
        self.older.setEnabled(False)
        self._session.search(self._asked, self._before)

    @pyqtSlot(tuple)
    def _on_confirmed(self, run: tuple[Said, ...]) -> None:
        edits = {said.about: said.text for said in run if said.kind == "edit" and said.text}
        if edits:
            self.model.change(edits)
        gone = {said.about for said in run if said.kind == "delete"}
        if gone and self.model.rowCount():
            self.model.forget(gone)
            if not self.model.rowCount():
                self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                self.older.hide()

    # --- moving about ---------------------------------------------------------------------------

    @pyqtSlot()
    def _on_entered(self) -> None:
        if self._pause.is_running:
            self._pause.stop()
            self._on_pause()
        elif self.model.rowCount():
            self._on_chosen(max(0, self.view.currentIndex().row()))

    @pyqtSlot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.view.enter()

    @pyqtSlot()
    def _on_left_upwards(self) -> None:
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot(int)
    def _on_chosen(self, row: int) -> None:
        self.chosen.emit(self.model.said(row).seq)

    @pyqtSlot()
    def _on_clear(self) -> None:
        self.field.clear()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.close_requested.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Close with Escape, wherever in the panel the keyboard is."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
            return
        super().keyPressEvent(event)
