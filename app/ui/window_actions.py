"""What the window's own keys do, made from the table of shortcuts; and the panels that they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QKeyCombination, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.session.room_session import RoomSession
from app.support.settings import RecentRoom
from app.ui.doctor.desk import CheckDesk, CheckWish
from app.ui.doctor.panel import CheckPanel
from app.ui.shortcut_sheet import ShortcutSheet
from app.ui.shortcuts import Command, sequences, text_of
from app.ui.switcher.offers import Kind, Offer, Offers
from app.ui.switcher.switcher import Switcher

if TYPE_CHECKING:
    from PyQt6.QtCore import pyqtBoundSignal

    from app.support.settings import SettingsFile
    from app.ui.overlay import Overlay
    from app.ui.theme.theme import Theme
    from app.ui.window_content import WindowContent


class WindowActions(QObject):
    """The actions of one content of the window, whose child it is; made anew with it.

    Signals:
        room_requested(RoomSession), recent_requested(RecentRoom): the person wants to go there.
        person_requested(int): to the member of that number in the room that is shown.
        start_requested(), settings_requested(), leave_requested(), quit_requested(): as their
            commands say.
    """

    room_requested = pyqtSignal(RoomSession)
    recent_requested = pyqtSignal(RecentRoom)
    person_requested = pyqtSignal(int)
    start_requested = pyqtSignal()
    settings_requested = pyqtSignal()
    leave_requested = pyqtSignal()
    quit_requested = pyqtSignal()

    def __init__(
        self, window: QWidget, content: WindowContent, theme: Theme, settings: SettingsFile
    ) -> None:
        super().__init__(content)
        self._window = window
        self._content = content
        self._theme = theme
        self._settings = settings
        self._keys = KeysFirst(self)
        self.overlay: Overlay | None = None
        """The panel that is open over the window."""
        self._add(Command.START).connect(self.start_requested)
        self._add(Command.LEAVE).connect(self.leave_requested)
        self._add(Command.QUIT).connect(self.quit_requested)
        self._add(Command.SETTINGS).connect(self.settings_requested)
        self._add(Command.PREVIOUS).connect(self._on_previous)
        self._add(Command.NEXT).connect(self._on_next)
        self._add(Command.PREVIOUS_UNREAD).connect(self._on_previous_unread)
        self._add(Command.NEXT_UNREAD).connect(self._on_next_unread)
        self._add(Command.SWITCH).connect(self.show_switcher)
        self._add(Command.SHORTCUTS).connect(self.show_sheet)
        self._add(Command.CHECK).connect(self.show_check)
        CheckDesk.of_application().asked.connect(self._on_check_asked)
        content.rail.switcher_requested.connect(self.show_switcher)
        content.stack.currentChanged.connect(self._on_page_changed)

    def _add(self, command: Command) -> pyqtBoundSignal:
        action = QAction(text_of(command), self)
        action.setShortcuts(sequences(command))
        self._window.addAction(action)
        self._keys.take(command)
        return action.triggered

    # --- panels ---------------------------------------------------------------------------------

    @pyqtSlot()
    def show_switcher(self) -> None:
        """Let the person go somewhere by its name; asked for again, close the panel."""
        if self._closes(Switcher):
            return
        rail = self._content.rail
        model = rail.model
        recent = self._settings.values.recent
        offers = Offers(model.sessions, model.rooms, rail.current, recent)
        switcher = Switcher(self._theme, offers, self._content)
        switcher.chosen.connect(self._on_chosen)
        self._open(switcher)

    @pyqtSlot()
    def show_sheet(self) -> None:
        """Show all keys; asked for again, close the sheet."""
        if not self._closes(ShortcutSheet):
            self._open(ShortcutSheet(self._theme, self._content))

    @pyqtSlot()
    def show_check(self) -> None:
        """Check the connection of the room that is shown, or of this computer as a host."""
        if not self._closes(CheckPanel):
            self._on_check_asked(CheckWish(session=self._content.rail.current))

    @pyqtSlot(CheckWish)
    def _on_check_asked(self, wish: CheckWish) -> None:
        doctor = CheckDesk.of_application().doctor
        if self.overlay is not None:
            self.overlay.close_overlay()
        if doctor is not None and not self._content.isHidden():
            self._open(CheckPanel(self._theme, self._content, wish, doctor))

    def _closes(self, kind: type[Overlay]) -> bool:
        overlay = self.overlay
        if overlay is not None:
            overlay.close_overlay()
        return isinstance(overlay, kind)

    def _open(self, overlay: Overlay) -> None:
        # The list of rooms lies over a narrow window, and would lie over the panel.
        self._content.drawer.close()
        self.overlay = overlay
        overlay.closed.connect(self._on_overlay_closed)
        overlay.open()

    @pyqtSlot(int)
    def _on_page_changed(self, _index: int) -> None:
        # What was open was about where the person was before.
        if self.overlay is not None:
            self.overlay.close_overlay()

    @pyqtSlot()
    def _on_overlay_closed(self) -> None:
        self.overlay = None

    @pyqtSlot(Offer)
    def _on_chosen(self, offer: Offer) -> None:
        target = offer.target
        if isinstance(target, RoomSession):
            self.room_requested.emit(target)
        elif isinstance(target, RecentRoom):
            self.recent_requested.emit(target)
        elif isinstance(target, Command):
            self._do(target)
        elif offer.kind is Kind.PERSON:
            self.person_requested.emit(target.number)

    def _do(self, command: Command) -> None:
        does = {
            Command.START: self.start_requested.emit,
            Command.NEXT_UNREAD: self._on_next_unread,
            Command.SETTINGS: self.settings_requested.emit,
            Command.CHECK: self.show_check,
            Command.SHORTCUTS: self.show_sheet,
            Command.LEAVE: self.leave_requested.emit,
        }
        does[command]()

    # --- from room to room ----------------------------------------------------------------------

    @pyqtSlot()
    def _on_previous(self) -> None:
        self._go(self._content.rail.neighbour(-1))

    @pyqtSlot()
    def _on_next(self) -> None:
        self._go(self._content.rail.neighbour(1))

    @pyqtSlot()
    def _on_previous_unread(self) -> None:
        self._go(self._content.rail.unread_neighbour(-1))

    @pyqtSlot()
    def _on_next_unread(self) -> None:
        self._go(self._content.rail.unread_neighbour(1))

    def _go(self, session: RoomSession | None) -> None:
        if session is not None:
            self.room_requested.emit(session)


class KeysFirst(QObject):
    """Lets the window have its keys before the text field that has the keyboard.

    On macOS Alt+Shift+Up selects in a text: the field would keep it from the window's action
    (`QEvent::ShortcutOverride`; Qt's table of `QKeySequence.StandardKey`).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._keys: set[int] = set()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def take(self, command: Command) -> None:
        """Let the window have the keys of that command."""
        self._keys.update(keys[0].toCombined() for keys in sequences(command))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Keep the field from claiming a key of the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # The arrow keys of some keyboards belong to their keypad.
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if QKeyCombination(held, Qt.Key(event.key())).toCombined() in self._keys:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QTextEdit | QPlainTextEdit):
            new.installEventFilter(self)
