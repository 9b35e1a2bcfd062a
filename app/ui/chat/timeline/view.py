"""The timeline: moves by message, copies several, never scrolls past what is unread."""

from __future__ import annotations

from PyQt6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
)
from PyQt6.QtWidgets import QAbstractItemView, QWidget

from app.session.timeline import MessageEntry
from app.ui.chat.rows.view import RowView
from app.ui.chat.timeline.authors import Authors
from app.ui.chat.timeline.bar_over_row import BarOverRow
from app.ui.chat.timeline.delegate import TimelineDelegate
from app.ui.chat.timeline.files.deeds import FileDeeds
from app.ui.chat.timeline.files.layout import FileSpot
from app.ui.chat.timeline.foot import Link
from app.ui.chat.timeline.layout import Columns
from app.ui.chat.timeline.link_deeds import LinkDeeds
from app.ui.chat.timeline.message_deeds import MessageDeeds
from app.ui.chat.timeline.message_keys import MessageKeys
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.remark_layout import Spot
from app.ui.chat.timeline.selecting import Selecting
from app.ui.chat.timeline.spots import Spots
from app.ui.chat.timeline.undo_beat import UndoBeat
from app.ui.formatting.blocks import CodeBlock
from app.ui.formatting.blocks import Link as TextLink
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.labels import plain_tooltip
from app.ui.widgets.scroll_bar import ScrollBar

_NEAR_TOP = 600
"""Pixels from the top at which the page above is asked for."""

_BY_KEY = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)


class TimelineView(RowView):
    """Shows a `TimelineModel`.

    Signals:
        end_reached(bool): the newest row came into sight, or left it.
        older_wanted(): the top is near.

    What the person wants done with messages, `deeds` tells.
    """

    end_reached = pyqtSignal(bool)
    older_wanted = pyqtSignal()

    follows_end = True
    end_space = 8

    def __init__(self, model: TimelineModel, theme: Theme, parent: QWidget | None = None) -> None:
        delegate = TimelineDelegate(model, theme)
        super().__init__(delegate, parent)
        delegate.setParent(self)
        self._rows = model
        self._delegate = delegate
        self._theme = self.theme = theme
        self.deeds = MessageDeeds(model, self)
        self.authors = Authors(self, model, delegate)
        self.links = LinkDeeds(self)
        self.spots = Spots(self, model)
        self.files = FileDeeds(self, model, delegate)
        UndoBeat(model.taking_back, model.gone, self)
        self.selecting = Selecting(self, model, delegate)
        self.keys = MessageKeys(self, model, self.deeds, self.selecting)
        self._pressed: TextLink | CodeBlock | None = None
        self._watched = False
        self._was_at_end = True
        self._by_keyboard = False
        self._chosen = False
        self._pointing = False
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(tr("Messages"))
        self.setTabKeyNavigation(False)
        self._bar = BarOverRow(self, model, delegate, theme)
        self.deeds.follow_requested.connect(self._on_follow)
        self.links.copied_changed.connect(self._on_copied_changed)
        self.selecting.changed.connect(self._on_selecting_changed)
        model.names.changed.connect(self._on_names_changed)
        model.names.recoloured.connect(self._port().update)
        model.remarks.changed.connect(self.repaint_rows)
        model.files.changed.connect(self.repaint_rows)
        theme.changed.connect(self._on_theme_changed)
        self.setVerticalScrollBar(ScrollBar(theme, Role.SURFACE_BASE, self))
        self.set_ground(theme.colour(Role.SURFACE_BASE))
        self.setModel(model)

    def set_watched(self, watched: bool) -> None:
        """Say whether a person looks: only then may the end be followed past unread messages."""
        self._watched = watched
        if watched:
            self.settle()

    def set_compact(self, compact: bool) -> None:
        """Let messages stand closer together, without pictures; who reads keeps the place."""
        layouts = self._delegate.layouts
        if compact != layouts.compact:
            layouts.compact = compact
            self._on_theme_changed()

    @property
    def columns(self) -> Columns:
        """Where the columns of the rows lie."""
        return self._delegate.layouts.columns(self._port().width())

    def held_row(self) -> int:
        """Keep the unread line in sight while nobody looks."""
        return -1 if self._watched else self._rows.unread_row

    def show_message(self, row: int) -> None:
        """Scroll to a message, and let the keyboard go on from there."""
        self.choose_row(row)
        self.show_row(row)

    def mark(self, seq: int) -> None:
        """Colour the message of that number; 0 takes the colour away."""
        self._delegate.marked = seq
        self._port().update()

    @pyqtSlot()
    def repaint_rows(self) -> None:
        """Paint what is in sight anew; nothing is higher than it was."""
        self._port().update()

    def on_moved(self) -> None:
        """Tell about the end and the top, and take the bar along."""
        if self.at_end != self._was_at_end:
            self._was_at_end = self.at_end
            self.end_reached.emit(self.at_end)
        if self._scroll() < _NEAR_TOP and self._rows.rowCount() and self.isVisible():
            self.older_wanted.emit()
        self._bar.place(pointing=self._pointing)

    def choose_row(self, row: int) -> None:
        """Let the keyboard go on from that row."""
        selection = self.selectionModel()
        if selection is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            selection.setCurrentIndex(self._rows.index(row), flag)
            self._chosen = True

    # --- the keyboard ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Copy, try again, delete; the rest moves by message."""
        if event is None:
            return
        self._by_keyboard = True
        self._pointing = False
        self._begin_at_newest()
        self._chosen = True
        if self.keys.take(event):
            pass
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            super().keyPressEvent(event)
            self.scroll_to_end()
        else:
            super().keyPressEvent(event)
        self._show_focus()

    def keyboardSearch(self, _search: str | None) -> None:
        """Letters look for nothing here: some of them do something."""

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Begin at the newest message where nothing was chosen yet."""
        super().focusInEvent(event)
        if event is not None and event.reason() in _BY_KEY:
            self._by_keyboard = True
        self._begin_at_newest()
        self._show_focus()

    def _begin_at_newest(self) -> None:
        selection = self.selectionModel()
        if selection is not None and not self._chosen and self._rows.rowCount():
            last = self._rows.index(self._rows.rowCount() - 1)
            selection.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._show_focus()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Let the ring follow."""
        super().currentChanged(current, previous)
        self._show_focus()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Show checks once more than one is selected; text and rows are never selected at once."""
        super().selectionChanged(selected, deselected)
        if not selected.isEmpty():
            self.selecting.clear()
        self._on_selecting_changed()

    @pyqtSlot()
    def _on_selecting_changed(self) -> None:
        self._delegate.several = self.selecting.several
        self._port().update()

    def selectionCommand(
        self, index: QModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Select as `selecting` says, else as Qt does."""
        wanted = self.selecting.command(event)
        return super().selectionCommand(index, event) if wanted is None else wanted

    def _show_focus(self) -> None:
        ringed = self.hasFocus() and self._by_keyboard and self.currentIndex().isValid()
        self._delegate.ringed = self.currentIndex().row() if ringed else -1
        self._bar.place(pointing=self._pointing)
        self._port().update()

    # --- the mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Follow a link of a failed message, or select."""
        self._by_keyboard = False
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            entry, link = self._link_at(event.position().toPoint())
            if entry is not None and link is not None:
                self.deeds.follow(link, entry)
                return
            plain = self.selecting.is_plain(event)
            if plain and self.spots.pressed(event):
                return
            if plain:
                self._rows.toggle_fold(self.indexAt(event.position().toPoint()).row())
            self._pressed = self._in_text_at(event.position().toPoint()) if plain else None
            if isinstance(self._pressed, CodeBlock):
                return
            if self.selecting.pressed(event):
                self._chosen = True
                self._show_focus()
                return
        self._chosen = True
        super().mousePressEvent(event)
        self._show_focus()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Follow a link within a text, or copy code: where the button went down and up again."""
        pressed, self._pressed = self._pressed, None
        if event is not None and (self.spots.released(event) or self.selecting.released(event)):
            return
        super().mouseReleaseEvent(event)
        if event is None or event.button() != Qt.MouseButton.LeftButton or pressed is None:
            return
        if self._in_text_at(event.position().toPoint()) == pressed:
            self.links.follow(pressed)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show what the pointer is over, or stretch the selected text."""
        if event is not None and not self.selecting.moved(event):
            super().mouseMoveEvent(event)
        if event is not None:
            self._hover(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Select a word."""
        if event is not None and self.selecting.is_plain(event) and self.spots.pressed(event):
            return
        if event is None or not self.selecting.double_clicked(event):
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Notice when the pointer leaves."""
        if event is not None and event.type() == QEvent.Type.Leave:
            under = QGuiApplication.focusWindow()
            if not (self._bar.is_pointed_at and under is not None):
                self._hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def _hover(self, point: QPoint) -> None:
        row = self.indexAt(point).row() if point.x() >= 0 else -1
        link = self._link_at(point)[1] if row >= 0 else None
        text = self._in_text_at(point) if row >= 0 else None
        delegate = self._delegate
        over_text = row >= 0 and self.selecting.is_over_text(point)
        plain = Qt.CursorShape.IBeamCursor if over_text else Qt.CursorShape.ArrowCursor
        spot = self.spots.at(point) if row >= 0 else None
        leads = self.authors.at(point) or self.spots.is_clickable(spot, row)
        clickable = link or text or self._rows.can_fold(row) or leads
        shape = Qt.CursorShape.PointingHandCursor if clickable else plain
        if self._port().cursor().shape() != shape:
            self._port().setCursor(shape)
        same = text is delegate.hovered_text and spot == delegate.hovered_spot
        if same and (row, link) == (delegate.hovered, delegate.hovered_link):
            return
        self._pointing = True
        delegate.hovered_fold = self._rows.can_fold(row)
        delegate.hovered, delegate.hovered_link, delegate.hovered_text = row, link, text
        delegate.hovered_spot = spot
        self.files.hover(spot, row)
        self._show_tip()
        self._bar.place(pointing=self._pointing)
        self._port().update()

    def _show_tip(self) -> None:
        text, spot = self._delegate.hovered_text, self._delegate.hovered_spot
        tip = (
            self.spots.tip(spot, self._delegate.hovered)
            if spot
            else self.links.tip(text)
            if text
            else self._rows.tip(self._delegate.hovered)
        )
        self._port().setToolTip(plain_tooltip(tip))

    def _link_at(self, point: QPoint) -> tuple[MessageEntry | None, Link | None]:
        index = self.indexAt(point)
        if not index.isValid():
            return None, None
        entry = self._rows.entry(index.row())
        if not isinstance(entry, MessageEntry):
            return None, None
        return entry, self._delegate.link_at(index.row(), self.visualRect(index), point)

    def spot_at(self, point: QPoint) -> tuple[int, Spot | FileSpot | None]:
        """Return the row at `point`, and what of its quote, files and reactions stands there."""
        index = self.indexAt(point)
        if not index.isValid():
            return -1, None
        return index.row(), self._delegate.spot_at(index.row(), self.visualRect(index), point)

    def _in_text_at(self, point: QPoint) -> TextLink | CodeBlock | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        return self._delegate.in_text_at(index.row(), self.visualRect(index), point)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Offer what can be done with the selected messages."""
        if event is None:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            at = event.globalPos()
            pointed = self._in_text_at(event.pos())
        else:
            pointed = None
            index = self.currentIndex()
            at = self._port().mapToGlobal(self.visualRect(index).center())
        if not index.isValid() or not isinstance(self._rows.entry(index.row()), MessageEntry):
            return
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.open_menu(index, at, pointed, mouse=mouse)

    def open_menu(
        self,
        index: QModelIndex,
        at: QPoint,
        pointed: TextLink | CodeBlock | None = None,
        *,
        mouse: bool = False,
    ) -> None:
        """Offer at `at`, of the screen, what can be done with the message of a row."""
        self.selecting.point_menu_at(index, mouse=mouse)
        menu = self.deeds.menu(pointed)
        self.selecting.offer(menu)
        self.authors.offer(menu, self.deeds.meant)
        self.files.offer(menu, index.row(), self._port().mapFromGlobal(at) if mouse else None)
        menu.popup(at)

    # --- parts ----------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self.set_ground(self._theme.colour(Role.SURFACE_BASE))
        self._delegate.layouts.load_fonts()
        self.measure_again()
        self.settle()

    @pyqtSlot(object)
    def _on_follow(self, chosen: TextLink | CodeBlock) -> None:
        self.links.follow(chosen)

    @pyqtSlot()
    def _on_copied_changed(self) -> None:
        self._delegate.copied = self.links.copied
        self._show_tip()
        self._port().update()

    @pyqtSlot()
    def _on_names_changed(self) -> None:
        """Set anew what in sight may mention somebody; whatever else is, when it comes into sight."""
        self.doubt_in_sight(self._rows.has_mentions)
