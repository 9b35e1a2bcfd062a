"""What moderators read: which bans hold, and what was done in the room."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.protocol.messages import Act, Ban
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.panel_edge import column_behind_edge, title_bar
from app.ui.chat.people.acts import ActsModel, ActsView
from app.ui.chat.people.bans import BanList
from app.ui.chat.people.member_deeds import is_moderating
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, tab_button, text_button
from app.ui.widgets.labels import PlainLabel

WIDTH = 320


class ModerationPanel(QFrame):
    """Two lists, one at a time. Asks the host anew whenever it is opened or the other is chosen.

    Signals:
        close_requested(): put the panel away.
    """

    close_requested = pyqtSignal()

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._waits = False
        self._before = 0
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self._close = IconButton(theme, Icon.CLOSE, tr("Close"), shortcut="Esc", parent=self)
        self.bans_tab = tab_button(theme, tr("Bans"), self)
        self.acts_tab = tab_button(theme, tr("What was done"), self)
        self.bans_tab.setChecked(True)
        self.bans = BanList(theme, clock, self, colour_of=session.colour_of)
        self.model = ActsModel(clock, self)
        self.acts = ActsView(self.model, theme, self)
        self.older = text_button(theme, tr("What was done before"), icon=Icon.DOWN, parent=self)
        self.empty = EmptyState(theme, Icon.SHIELD_CHECK, parent=self)
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=self)
        self._lay_out(theme)
        self.setFixedWidth(WIDTH)
        self.setFocusProxy(self.bans_tab)
        self.bans_tab.toggled.connect(self._on_tab_toggled)
        self.bans.lift_requested.connect(self._on_lift)
        self.older.clicked.connect(self._on_older)
        self._close.clicked.connect(self._on_close)
        session.moderation.bans.connect(self._on_bans)
        session.moderation.acts.connect(self._on_acts)
        session.info_changed.connect(self._on_session_changed)
        session.connection_changed.connect(self._on_session_changed)
        self._show("")

    def _lay_out(self, theme: Theme) -> None:
        bar = title_bar(self, theme, tr("Moderation"), self._close)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 0, 12, 8)
        tabs.setSpacing(4)
        tabs.addWidget(self.bans_tab)
        tabs.addWidget(self.acts_tab)
        tabs.addStretch(1)
        note = QHBoxLayout()
        note.setContentsMargins(16, 0, 16, 0)
        note.addWidget(self._note)
        column = column_behind_edge(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.addWidget(bar)
        column.addLayout(tabs)
        column.addLayout(note)
        column.addWidget(self.empty)
        column.addWidget(self.bans, 1)
        column.addWidget(self.acts, 1)
        column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(0)
        self.empty.setContentsMargins(16, 24, 16, 0)

    # --- what the page says ---------------------------------------------------------------------

    def set_floating(self, floating: bool) -> None:
        """Lie over the timeline or beside it: it looks the same."""

    def fit(self) -> None:
        """Be as wide as usual, or wider where a large font needs it for the names of the lists."""
        tabs = self.bans_tab.sizeHint().width() + self.acts_tab.sizeHint().width()
        self.setFixedWidth(max(WIDTH, tabs + 32))

    def open(self) -> None:
        """Ask the host anew, and take the keyboard."""
        tab = self.bans_tab if self.bans_tab.isChecked() else self.acts_tab
        tab.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ask()

    # --- asking ---------------------------------------------------------------------------------

    def _ask(self) -> None:
        if not is_moderating(self._session):
            return
        self._waits = True
        self._before = 0
        if self.bans_tab.isChecked():
            self._session.moderation.fetch_bans()
        else:
            self._session.moderation.fetch_acts()
        self._show(tr("Asking the host…"))

    @pyqtSlot(bool)
    def _on_tab_toggled(self, _checked: bool) -> None:
        self._ask()

    @pyqtSlot()
    def _on_older(self) -> None:
        self._before = self.model.oldest
        self.older.setEnabled(False)
        self._session.moderation.fetch_acts(before=self._before)

    @pyqtSlot(object)
    def _on_lift(self, number: int) -> None:
        self._session.moderation.unban(number)

    @pyqtSlot(tuple)
    def _on_bans(self, bans: tuple[Ban, ...]) -> None:
        self.bans.show_bans(bans)
        # What is made later would come after everything else in the window.
        before: QWidget = self.acts_tab
        for button in self.bans.buttons.values():
            QWidget.setTabOrder(before, button)
            before = button
        if self.bans_tab.isChecked():
            self._waits = False
            if not bans and self.isVisible() and not self.hasFocus():
                self.bans_tab.setFocus()
        self._show("")

    @pyqtSlot(tuple, bool)
    def _on_acts(self, acts: tuple[Act, ...], more: bool) -> None:
        if self._before:
            self.model.add(acts)
        else:
            self.model.show(acts)
            self.acts.scrollToTop()
        had_focus = self.older.hasFocus()
        self.older.setEnabled(True)
        self.older.setProperty("more", more)
        if self.acts_tab.isChecked():
            self._waits = False
        self._show("")
        if had_focus and not more:
            self.acts.setFocus()

    @pyqtSlot()
    def _on_session_changed(self) -> None:
        if self.isVisible() and not is_moderating(self._session):
            self._show(tr("You can read this again once you are connected as a moderator."))

    def _show(self, note: str) -> None:
        bans = self.bans_tab.isChecked()
        count = len(self.bans.buttons) if bans else self.model.rowCount()
        self._note.setText("" if self._waits and count else note)
        self._note.setVisible(bool(self._note.full_text))
        self.bans.setVisible(bans and count > 0)
        self.acts.setVisible(not bans and count > 0)
        self.older.setVisible(not bans and count > 0 and bool(self.older.property("more")))
        self.empty.setVisible(count == 0 and not self._waits and not note)
        self.empty.set_sentence(
            tr("Nobody is banned from this room.") if bans else tr("Nothing was done here yet.")
        )

    @pyqtSlot()
    def _on_close(self) -> None:
        self.close_requested.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Close with Escape, wherever in the panel the keyboard is."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit()
            return
        super().keyPressEvent(event)
