"""Where the files and pictures of a room are listed, beside the timeline or over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PyQt6.QtCore import QPoint, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.protocol import limits
from app.protocol.messages import FileRef, FileSort
from app.session.room_session import RoomSession
from app.session.shelf import ShelfFile, ShelfPage
from app.support.clock import Clock
from app.ui.chat.copy_button import copy
from app.ui.chat.empty_state import EmptyState
from app.ui.chat.files_panel.menu import Deed, FileMenu
from app.ui.chat.files_panel.model import ShelfModel
from app.ui.chat.files_panel.view import ShelfView
from app.ui.chat.names import isolated
from app.ui.chat.panel_edge import column_behind_edge, title_bar
from app.ui.chat.search.field import SearchField
from app.ui.files.thumbnails import NoThumbnails, Thumbnails
from app.ui.files.wishes import FileWish
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, IconButton, tab_button, tonal_button
from app.ui.widgets.delay import Delay
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.pictures import IconLabel
from app.ui.widgets.skeleton import FILES, PICTURES, Skeleton

WIDTH = 320

PAUSE = 0.25
"""Seconds without a key after which what is written is searched for."""

BREATH = 0.5
"""Seconds between two pages that scrolling brings: as many as a room takes without slowing one."""


class FilesPanel(QFrame):
    """All files, or pictures alone as a grid, or the others; a field to search them.

    What is to be done with a file it leaves to others: `offered` tells what they would do.

    Signals:
        activated(FileRef, object): Enter or a double click; the object is the message's number.
        wished(str, FileRef, object): a `FileWish`, chosen in the menu; the same number.
        message_requested(object): bring the message of that number into sight.
        close_requested(): put the panel away.
    """

    activated = pyqtSignal(FileRef, object)
    wished = pyqtSignal(str, FileRef, object)
    message_requested = pyqtSignal(object)
    close_requested = pyqtSignal()

    def __init__(
        self,
        session: RoomSession,
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf = session.shelf
        self._asked = ""
        self._open = False
        self._page = ShelfPage((), more=False, from_replica=False)
        self._menu_file: ShelfFile | None = None
        self.offered: Callable[[FileRef], Iterable[FileWish]] = _nothing
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self.setFixedWidth(WIDTH)
        self._pause = Delay(clock, self)
        self._breath = Delay(clock, self)
        self.model = ShelfModel(clock, self)
        self.field = SearchField(theme, tr("Search by name or sender"), self)
        self.field.edit.setMaxLength(limits.MAX_QUERY)
        self.tabs: dict[FileSort, Button] = {
            "all": tab_button(theme, tr("All"), self),
            "pictures": tab_button(theme, tr("Pictures"), self),
            "files": tab_button(theme, tr("Files"), self),
        }
        self.tabs["all"].setChecked(True)
        self.view = ShelfView(self.model, theme, NoThumbnails(self), self)
        self.loading = Skeleton(theme, tr("Looking for files…"), FILES, self.view)
        self._close = IconButton(theme, Icon.CLOSE, tr("Close files"), shortcut="Esc", parent=self)
        self._note = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=self)
        self._here = IconLabel(theme, Icon.MONITOR, Role.TEXT_SECOND, 14, self)
        self.nothing = EmptyState(theme, Icon.FILES, parent=self)
        self._clear = tonal_button(theme, tr("Clear"), parent=self.nothing)
        self.nothing.offer(self._clear)
        self._lay_out(theme)
        self.setFocusProxy(self.field.edit)
        self._connect()
        self._tell()

    def _lay_out(self, theme: Theme) -> None:
        bar = title_bar(self, theme, tr("Files and pictures"), self._close)
        field = QHBoxLayout()
        field.setContentsMargins(12, 0, 12, 8)
        field.addWidget(self.field)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 0, 12, 0)
        tabs.setSpacing(4)
        for tab in self.tabs.values():
            tabs.addWidget(tab)
        tabs.addStretch(1)
        notes = QHBoxLayout()
        notes.setContentsMargins(16, 6, 16, 0)
        notes.setSpacing(6)
        notes.addWidget(self._here, 0, Qt.AlignmentFlag.AlignTop)
        notes.addWidget(self._note, 1)
        column = column_behind_edge(self)
        column.addWidget(bar)
        column.addLayout(field)
        column.addLayout(tabs)
        column.addLayout(notes)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        self.nothing.setContentsMargins(16, 24, 16, 0)

    def _connect(self) -> None:
        self.field.edited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.field.down_pressed.connect(self._on_down)
        self._pause.passed.connect(self._on_pause)
        self._breath.passed.connect(self._on_breath)
        for tab in self.tabs.values():
            tab.toggled.connect(self._on_tab_toggled)
        self.view.opened.connect(self._on_opened)
        self.view.menu_requested.connect(self._on_menu_requested)
        self.view.copy_requested.connect(self._on_copy_requested)
        self.view.left_upwards.connect(self._on_left_upwards)
        self.view.end_neared.connect(self._on_end_neared)
        self._close.clicked.connect(self._on_close)
        self._clear.clicked.connect(self._on_clear)
        self._shelf.shown.connect(self._on_shown)
        self._shelf.added.connect(self._on_added)
        self._shelf.came.connect(self._on_came)
        self._shelf.gone.connect(self._on_gone)

    # --- what the page says ---------------------------------------------------------------------

    def set_floating(self, floating: bool) -> None:
        """Lie over the timeline or beside it: it looks the same."""

    def use_thumbnails(self, thumbnails: Thumbnails) -> None:
        """Show the small pictures that come from there; until then, all are placeholders."""
        self.view.use_thumbnails(thumbnails)

    def set_open(self, is_open: bool) -> None:
        """Follow the room's files, or rest."""
        if is_open == self._open:
            return
        self._open = is_open
        if is_open:
            self.fit()
            self._look()
        else:
            self._pause.stop()
            self._breath.stop()
            self._shelf.rest()

    def fit(self) -> None:
        """Be as wide as usual, or wider where a large font needs it for the names of the lists."""
        tabs = sum(tab.sizeHint().width() + 4 for tab in self.tabs.values())
        self.setFixedWidth(max(WIDTH, tabs + 24))

    def open(self) -> None:
        """Take the keyboard; what was searched for before can be written over."""
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def take_over(self, old: FilesPanel) -> None:
        """Go on where another panel of the same room was: what is listed, searched and chosen."""
        self._asked, self._open, self._page = old._asked, old._open, old._page
        self._breath.start(BREATH)
        self.fit()
        for sort, tab in self.tabs.items():
            tab.blockSignals(True)
            tab.setChecked(old.tabs[sort].isChecked())
            tab.blockSignals(False)
        self.field.edit.setText(old.field.edit.text())
        self._show_sort()
        self.model.show(old.model.files)
        self.view.go_to(old.view.currentIndex().row())
        self.view.stand_at(old.view.place)
        self._tell()

    def say(self, note: str) -> None:
        """Tell something about what is listed."""
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._here.hide()

    @property
    def note(self) -> str:
        """What is told about what is listed, or nothing."""
        return self._note.full_text

    @property
    def sort(self) -> FileSort:
        """Which files are listed."""
        return next(sort for sort, tab in self.tabs.items() if tab.isChecked())

    # --- asking ---------------------------------------------------------------------------------

    def _look(self) -> None:
        self._pause.stop()
        self._breath.stop()
        self._asked = self.field.edit.text().strip()
        self._shelf.look(self._asked, self.sort)
        self._tell()

    @pyqtSlot(str)
    def _on_edited(self, text: str) -> None:
        if text.strip():
            self._pause.start(PAUSE)
        else:
            self._on_pause()

    @pyqtSlot()
    def _on_pause(self) -> None:
        self._pause.stop()
        if self._open and self.field.edit.text().strip() != self._asked:
            self._look()

    @pyqtSlot(bool)
    def _on_tab_toggled(self, checked: bool) -> None:
        if checked:
            self.model.show(())
            self._show_sort()
            self._look()

    def _show_sort(self) -> None:
        as_grid = self.sort == "pictures"
        self.view.show_as_grid(as_grid)
        self.loading.shape_of_rows = PICTURES if as_grid else FILES
        self.nothing.set_icon(Icon.IMAGE if as_grid else Icon.FILES)

    @pyqtSlot(ShelfPage)
    def _on_shown(self, page: ShelfPage) -> None:
        self._page = page
        self._breath.start(BREATH)
        self.model.show(page.files)
        self._tell()

    @pyqtSlot(ShelfPage)
    def _on_added(self, page: ShelfPage) -> None:
        self._page = page
        self._breath.start(BREATH)
        self.model.add(page.files)
        self._tell()

    @pyqtSlot(tuple)
    def _on_came(self, files: tuple[ShelfFile, ...]) -> None:
        self.model.add_newer(files)
        self._tell()

    @pyqtSlot(frozenset)
    def _on_gone(self, seqs: frozenset[int]) -> None:
        self.model.forget(seqs)
        self._tell()

    @pyqtSlot()
    def _on_end_neared(self) -> None:
        if self._open and not self._breath.is_running:
            self._shelf.look_on()

    @pyqtSlot()
    def _on_breath(self) -> None:
        if self.view.is_near_end:
            self._on_end_neared()

    def _tell(self) -> None:
        """Show what stands around the list, or in its place."""
        any_file = self.model.rowCount() > 0
        waits = self._shelf.is_loading and not any_file
        self.loading.wait(waits)
        here = self._page.from_replica and not waits
        self.say(tr("Not connected. These are the files known to this computer.") if here else "")
        self._here.setVisible(here)
        if not any_file and self.view.hasFocus():
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.view.setVisible(any_file or waits)
        self.nothing.setVisible(not any_file and not waits)
        self._clear.setVisible(bool(self._asked))
        if self._asked:
            self.nothing.set_sentence(tr("Nothing found for “{text}”.", text=isolated(self._asked)))
        elif self.sort == "pictures":
            self.nothing.set_sentence(tr("No pictures yet. Those that people send appear here."))
        elif self.sort == "files":
            self.nothing.set_sentence(tr("No files other than pictures yet."))
        else:
            self.nothing.set_sentence(tr("No files yet. Those that people send appear here."))

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot(int)
    def _on_opened(self, row: int) -> None:
        file = self.model.file(row)
        self.activated.emit(file.ref, file.seq)

    def menu_for(self, row: int) -> FileMenu:
        """Return the menu of what can be done with a file; it goes when it closes."""
        self._menu_file = self.model.file(row)
        menu = FileMenu(self.offered(self._menu_file.ref), self)
        menu.chosen.connect(self._on_menu_chosen)
        return menu

    @pyqtSlot(int, QPoint)
    def _on_menu_requested(self, row: int, point: QPoint) -> None:
        self.menu_for(row).popup(point)

    @pyqtSlot(object)
    def _on_menu_chosen(self, deed: FileWish | Deed) -> None:
        file = self._menu_file
        if file is None:
            return
        if deed is Deed.GO:
            self.message_requested.emit(file.seq)
        elif deed is Deed.COPY:
            copy(file.ref.name)
        else:
            self.wished.emit(deed, file.ref, file.seq)

    @pyqtSlot(int)
    def _on_copy_requested(self, row: int) -> None:
        copy(self.model.file(row).ref.name)

    @pyqtSlot()
    def _on_entered(self) -> None:
        if self._pause.is_running:
            self._on_pause()
        elif self.model.rowCount():
            self.view.enter()

    @pyqtSlot()
    def _on_down(self) -> None:
        if self.model.rowCount():
            self.view.enter()

    @pyqtSlot()
    def _on_left_upwards(self) -> None:
        self.tabs[self.sort].setFocus(Qt.FocusReason.OtherFocusReason)

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


def _nothing(_ref: FileRef) -> Iterable[FileWish]:
    return ()
