"""What a person does with the files in the timeline: by mouse, by keyboard, from the menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QPoint, Qt, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu

from app.session.timeline import MessageEntry
from app.ui.chat.names import isolated, menu_text
from app.ui.chat.timeline.files.layout import FileSpot, is_picture
from app.ui.chat.timeline.files.playing import Playing
from app.ui.files.sizes import human_size
from app.ui.files.states import Deed, Step, deed_name
from app.ui.files.summary import shortened_name
from app.ui.files.viewer.shown import ShownPicture
from app.ui.files.viewer.viewer import Viewer
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.ui.chat.timeline.delegate import TimelineDelegate
    from app.ui.chat.timeline.model import TimelineModel
    from app.ui.chat.timeline.view import TimelineView


class FileDeeds(QObject):
    """Knows which file of which row is meant, and has `MessageFiles` do it. Owned by the view."""

    def __init__(
        self, view: TimelineView, model: TimelineModel, delegate: TimelineDelegate
    ) -> None:
        super().__init__(view)
        self._view = view
        self._rows = model
        self._delegate = delegate
        self._files = model.files
        self._files.actions.use_window(view)
        self.playing = Playing(view, model.files, delegate.files)
        self.viewer: Viewer | None = None
        """The full view, while it is open."""

    # --- the mouse ------------------------------------------------------------------------------

    def deed_at(self, spot: FileSpot, row: int) -> Deed | None:
        """Return what a click on a file of a row does."""
        entry = self._entry(row, spot.cid)
        if entry is None or spot.number >= len(entry.files):
            return None
        if spot.deed is not None:
            return spot.deed
        if is_picture(entry.files[spot.number]):
            return Deed.VIEW
        return self._files.state(entry, spot.number).first

    def tip(self, spot: FileSpot, row: int) -> str:
        """Return what hovering there tells, in plain text."""
        entry = self._entry(row, spot.cid)
        if entry is None or spot.number >= len(entry.files):
            return ""
        ref = entry.files[spot.number]
        if spot.deed is not None:
            return deed_name(spot.deed)
        state = self._files.state(entry, spot.number)
        if is_picture(ref) and state.step in {Step.AWAY, Step.HERE}:
            return f"{isolated(ref.name)}\n{human_size(ref.size)}"
        return "\n".join(part for part in (isolated(ref.name), state.line, state.hint) if part)

    def use(self, spot: FileSpot, row: int) -> None:
        """Do what a click on a file of a row does."""
        entry, deed = self._entry(row, spot.cid), self.deed_at(spot, row)
        if entry is not None and deed is not None:
            self._do(deed, entry, spot.number)

    def hover(self, spot: object, row: int) -> None:
        """Take note of what the pointer is over: a small gif plays there."""
        at = spot if isinstance(spot, FileSpot) else None
        entry = self._entry(row, at.cid) if at is not None else None
        self.playing.hover(at, entry.files[at.number] if entry is not None and at else None)

    # --- the keyboard ---------------------------------------------------------------------------

    def enter(self) -> bool:
        """Do the first thing with the files of the row that has the keyboard; tell if there are any."""
        row = self._view.currentIndex().row()
        entry = self._entry(row)
        if entry is None:
            return False
        pictures = [n for n, ref in enumerate(entry.files) if is_picture(ref)]
        if pictures:
            self.view_picture(entry, pictures[0])
        elif len(entry.files) == 1:
            deed = self._files.state(entry, 0).first
            if deed is not None:
                self._do(deed, entry, 0)
        else:
            return self.open_menu()
        return True

    def open_menu(self) -> bool:
        """Open the menu of the files of the row that has the keyboard; tell if there are any."""
        index = self._view.currentIndex()
        if self._entry(index.row()) is None:
            return False
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.offer(menu, index.row(), None)
        rect = self._view.visualRect(index)
        place = self._delegate.file_place(index.row(), rect, 0)
        port = self._view.viewport()
        if port is not None:
            menu.popup(port.mapToGlobal(place.bottomLeft() if place.isValid() else rect.center()))
        return True

    # --- the menu -------------------------------------------------------------------------------

    def offer(self, menu: QMenu, row: int, point: QPoint | None) -> None:
        """Put what can be done with the files of a row before all else in its menu.

        With `point`, of the viewport, only the file that stands there, where one does.
        """
        entry = self._entry(row)
        if entry is None or len(self._view.deeds.meant) > 1:
            return
        spot = self._view.spots.at(point) if point is not None else None
        numbers = list(range(len(entry.files)))
        if isinstance(spot, FileSpot):
            numbers = [spot.number]
        menu.triggered.connect(self._on_triggered)
        first = next(iter(menu.actions()), None)
        if len(numbers) == 1:
            for action in self._actions(menu, entry, numbers[0]):
                menu.insertAction(first, action)
        else:
            for number in numbers:
                name = menu_text(shortened_name(entry.files[number].name))
                part = QMenu(name, menu)
                part.addActions(self._actions(part, entry, number))
                menu.insertMenu(first, part)
        if first is not None:
            menu.insertSeparator(first)

    def _actions(self, menu: QMenu, entry: MessageEntry, number: int) -> list[QAction]:
        ref = entry.files[number]
        state = self._files.state(entry, number)
        picture = is_picture(ref)
        deeds = [Deed.VIEW] if picture else []
        deeds += state.deeds
        offered: list[tuple[str, Callable[[], None]]] = [
            (deed_name(deed), partial(self._do_of, deed, entry.cid, number)) for deed in deeds
        ]
        if ref.hash and entry.seq:
            offered.append((tr("Save as…"), partial(self._files.actions.save_as, ref)))
        if picture:
            offered.append((tr("Copy picture"), partial(self._copy_of, entry.cid, number)))
        offered.append((tr("Copy name"), partial(self._files.actions.copy_name, ref)))
        made = []
        for name, deed_to_do in offered:
            action = QAction(name, menu)
            action.setData(deed_to_do)
            made.append(action)
        return made

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        chosen = action.data()
        if isinstance(chosen, partial):
            chosen()

    # --- doing ----------------------------------------------------------------------------------

    def _do_of(self, deed: Deed, cid: bytes, number: int) -> None:
        """Do that, unless the message has gone while the menu was open."""
        entry = self._by_cid(cid)
        if entry is not None and number < len(entry.files):
            self._do(deed, entry, number)

    def _do(self, deed: Deed, entry: MessageEntry, number: int) -> None:
        ref, files = entry.files[number], self._files
        match deed:
            case Deed.VIEW:
                self.view_picture(entry, number)
            case Deed.DOWNLOAD:
                files.actions.download(ref)
            case Deed.OPEN:
                files.actions.open(ref)
            case Deed.SHOW:
                files.actions.show_in_folder(ref)
            case Deed.PAUSE:
                files.pause(entry, number)
            case Deed.RESUME | Deed.RETRY:
                files.go_on(entry, number)
            case Deed.CANCEL:
                files.cancel(entry, number)

    def _copy_of(self, cid: bytes, number: int) -> None:
        """Copy a picture: it is shown meanwhile, for it may have to be fetched first."""
        entry = self._by_cid(cid)
        if entry is not None and number < len(entry.files):
            self.view_picture(entry, number)
            if self.viewer is not None:
                self.viewer.copy_picture()

    def view_picture(self, entry: MessageEntry, number: int) -> None:
        """Show a picture as large as the window."""
        self.view((entry.seq, entry.files[number].hash))

    def view(
        self, key: tuple[int, str], source: Callable[[], list[ShownPicture]] | None = None
    ) -> None:
        """Show the picture of that message with that hash; `source` has others than the timeline."""
        window = self._view.window()
        if window is None:
            return
        if self.viewer is not None:
            self.viewer.close_overlay()
        self.playing.stop()
        viewer = Viewer(self._view.theme, window, self._files, source or self.pictures)
        viewer.closed.connect(self._on_closed)
        self.destroyed.connect(viewer.drop)
        self.viewer = viewer
        viewer.open()
        viewer.show_picture(key)

    def pictures(self) -> list[ShownPicture]:
        """Return the pictures of the timeline, as far as it is loaded, in order."""
        found: list[ShownPicture] = []
        for row in range(self._rows.rowCount()):
            entry = self._rows.entry(row)
            if isinstance(entry, MessageEntry) and entry.files and entry not in self._rows.gone:
                found += [
                    ShownPicture(ref, entry.seq, entry.nick, entry.at)
                    for ref in entry.files
                    if is_picture(ref)
                ]
        return found

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_closed(self) -> None:
        self.viewer = None

    def _entry(self, row: int, cid: bytes | None = None) -> MessageEntry | None:
        entry = self._rows.entry(row) if 0 <= row < self._rows.rowCount() else None
        if not isinstance(entry, MessageEntry) or not entry.files or entry in self._rows.gone:
            return None
        return entry if cid is None or entry.cid == cid else None

    def _by_cid(self, cid: bytes) -> MessageEntry | None:
        rows = range(self._rows.rowCount() - 1, -1, -1)
        return next((one for row in rows if (one := self._entry(row, cid)) is not None), None)
