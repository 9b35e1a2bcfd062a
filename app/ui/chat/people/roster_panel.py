"""Who is in the room, beside the timeline or over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PyQt6.QtCore import QModelIndex, QPoint, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QShowEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.header.rule_marks import RuleLines
from app.ui.chat.names import isolated
from app.ui.chat.panel_edge import column_behind_edge, title_bar
from app.ui.chat.people.roster_delegate import RosterDelegate
from app.ui.chat.people.roster_model import RosterModel, RosterRole
from app.ui.chat.rows.list_rows import ListRows
from app.ui.chat.search.field import SearchField
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, tonal_button
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.skeleton import MEMBERS, Skeleton
from app.ui.widgets.typing_dots import Beat

WIDTH = 232

MANY = 8
"""Members from which on one may want to look for somebody among them."""

MAX_FILTER = 64
"""Characters: more than a nickname has."""


class RosterView(ListRows):
    """The list of people: hover, keyboard, a menu for each.

    Signals:
        menu_requested(int, QPoint): what can be done with that row's person; the point is global.
        left_upwards(): Up was pressed at the first person.
    """

    menu_requested = pyqtSignal(int, QPoint)
    left_upwards = pyqtSignal()

    first_row = 1

    def __init__(self, model: RosterModel, theme: Theme, parent: QWidget | None = None) -> None:
        delegate = RosterDelegate(model, theme)
        super().__init__(delegate, theme, parent)
        self.delegate = delegate
        self._people = model
        self._beat = Beat(self)
        self._beat.stepped.connect(self._on_stepped)
        self.setAccessibleName(tr("Members"))
        self.setModel(model)

    def dataChanged(
        self, top_left: QModelIndex, bottom_right: QModelIndex, roles: Iterable[int] = ()
    ) -> None:
        """Paint somebody anew; only what may have another height is measured again."""
        if list(roles) != [RosterRole.ROW]:
            super().dataChanged(top_left, bottom_right, roles)
            return
        for row in range(top_left.row(), bottom_right.row() + 1):
            self._port().update(self.visualRect(self._people.index(row)))
        self._beat_if_needed()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Leave upwards; the rest chooses and moves by row."""
        first = self.currentIndex().row() <= self.first_row
        if event is not None and event.key() == Qt.Key.Key_Up and first:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Offer what can be done with a person, at the pointer or at the row of the keyboard."""
        if event is None:
            return
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid() or self._people.is_title(index.row()):
            return
        rect = self.visualRect(index)
        middle = self._port().mapToGlobal(rect.center())
        self.menu_requested.emit(index.row(), event.globalPos() if by_mouse else middle)

    def place_of(self, row: int) -> QRect:
        """Return where a row stands, in the view's own coordinates."""
        rect = self.visualRect(self._people.index(row))
        return rect.translated(self._port().pos())

    def showEvent(self, event: QShowEvent | None) -> None:
        """Let the dots move."""
        super().showEvent(event)
        self._beat_if_needed()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Let the dots rest."""
        super().hideEvent(event)
        self._beat.run(False)

    def on_moved(self) -> None:
        """Somebody who came may be writing already."""
        self._beat_if_needed()

    def _beat_if_needed(self) -> None:
        self._beat.run(self.isVisible() and bool(self._people.typing_rows))
        self.delegate.step = self._beat.step

    @pyqtSlot()
    def _on_stepped(self) -> None:
        rows = self._people.typing_rows
        self.delegate.step = self._beat.step
        for row in rows:
            self._port().update(self.visualRect(self._people.index(row)))
        if not rows:
            self._beat.run(False)


class RosterPanel(QFrame):
    """The roster with its title. `set_floating` says that it lies over the timeline.

    Signals:
        invite_requested(): the person is alone and wants others.
        close_requested(): put the panel away.
        left(): the person is done with finding somebody.
    """

    invite_requested = pyqtSignal()
    close_requested = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self.setFixedWidth(WIDTH)
        self.model = RosterModel(session, self)
        self.view = RosterView(self.model, theme, self)
        self.loading = Skeleton(theme, tr("Loading members…"), MEMBERS, self.view)
        self._count = PlainLabel(theme, "", Step.BODY, Role.TEXT_FAINT, parent=self)
        self._close = IconButton(theme, Icon.CLOSE, tr("Hide members"), parent=self)
        self._close.hide()
        self.alone = EmptyState(
            theme, Icon.PEOPLE, tr("Only you so far. Invite somebody."), parent=self
        )
        invite = tonal_button(theme, tr("Invite"), icon=Icon.INVITE, parent=self.alone)
        invite.clicked.connect(self._on_invite)
        self.alone.offer(invite)
        self.rules = RuleLines(session, theme, self)
        self.field = SearchField(theme, tr("Find somebody"), self)
        self.field.edit.setMaxLength(MAX_FILTER)
        self.nobody = EmptyState(theme, Icon.SEARCH, parent=self)
        clear = tonal_button(theme, tr("Clear"), parent=self.nobody)
        self.nobody.offer(clear)
        self._lay_out(theme)
        self._close.clicked.connect(self._on_close)
        self.field.edited.connect(self._on_filter_edited)
        self.field.entered.connect(self._on_down)
        self.field.down_pressed.connect(self._on_down)
        self.view.left_upwards.connect(self._on_left_upwards)
        clear.clicked.connect(self.field.clear)
        session.roster.changed.connect(self._on_members_changed)
        session.colours_changed.connect(self._on_colours_changed)
        session.roster.reset.connect(self._on_roster_changed)
        session.roster.came.connect(self._on_roster_changed)
        session.roster.went.connect(self._on_roster_changed)
        session.connection_changed.connect(self._on_connection_changed)
        self._on_roster_changed()
        self._on_connection_changed()

    def _lay_out(self, theme: Theme) -> None:
        bar = title_bar(self, theme, tr("Members"), self._count, self._close)
        self._filter = QWidget(self)
        field = QHBoxLayout(self._filter)
        field.setContentsMargins(12, 0, 12, 6)
        field.addWidget(self.field)
        self.nobody.setContentsMargins(16, 24, 16, 0)
        column = column_behind_edge(self)
        column.addWidget(bar)
        column.addWidget(self.rules)
        column.addWidget(self._filter)
        column.addWidget(self.nobody)
        column.addWidget(self.view, 1)
        column.addWidget(self.alone)
        column.setStretchFactor(self.alone, 0)
        self.alone.setContentsMargins(16, 0, 16, 32)

    def set_floating(self, floating: bool) -> None:
        """Lie over the timeline, with a button to close; or stand beside it."""
        self._close.setVisible(floating)

    @property
    def count_text(self) -> str:
        """The number beside the title."""
        return self._count.full_text

    @pyqtSlot()
    def _on_roster_changed(self) -> None:
        count = len(self._session.roster)
        if self.model.is_filtered:
            told = tr("{count} of {total}", count=self.model.people, total=count)
            self._count.setText(told if count else "")
        else:
            self._count.setText(str(count) if count else "")
        self._filter.setVisible(count >= MANY or bool(self.field.edit.text()))
        nobody = self.model.is_filtered and bool(count) and not self.model.people
        if nobody:
            text = isolated(self.field.edit.text().strip())
            self.nobody.set_sentence(tr("Nobody here is called “{text}”.", text=text))
        self.nobody.setVisible(nobody)
        online = self._session.connection.phase is Phase.ONLINE
        self.alone.setVisible(count == 1 and online)
        entering = self._session.connection.phase is Phase.CONNECTING
        self.loading.wait(not count and (online or entering))

    # --- finding somebody -----------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_filter_edited(self, text: str) -> None:
        self.model.set_filter(text)
        self.view.scrollToTop()
        self._on_roster_changed()

    @pyqtSlot(tuple)
    def _on_members_changed(self, _numbers: tuple[int, ...]) -> None:
        if self.model.is_filtered:
            self._on_roster_changed()

    @pyqtSlot()
    def _on_colours_changed(self) -> None:
        cast("QWidget", self.view.viewport()).update()

    @pyqtSlot()
    def _on_down(self) -> None:
        if self.model.people:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @pyqtSlot()
    def _on_left_upwards(self) -> None:
        if self._filter.isVisible():
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Escape empty the field, and then leave it."""
        escape = event is not None and event.key() == Qt.Key.Key_Escape
        if escape and self.field.edit.text():
            self.field.clear()
        elif escape and self.field.edit.hasFocus():
            (self.left if self._close.isHidden() else self.close_requested).emit()
        else:
            super().keyPressEvent(event)

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        self.view.delegate.faded = self._session.connection.phase is not Phase.ONLINE
        cast("QWidget", self.view.viewport()).update()
        self._on_roster_changed()

    @pyqtSlot()
    def _on_invite(self) -> None:
        self.invite_requested.emit()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.close_requested.emit()
