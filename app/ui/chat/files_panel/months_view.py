"""Files under the names of their months: where they stand, and what Qt asks of a view of them."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from app.ui.chat.files_panel.delegate import ShelfDelegate
from app.ui.chat.files_panel.layout import CellSize, ShelfLayout
from app.ui.chat.files_panel.model import ShelfModel
from app.ui.files.thumbnails import Thumbnails
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.headed_view import HeadedView

_EDGE = 16
_NEAR = 2
"""Heights of the view from the end, at which the next page is wanted."""


class MonthsView(HeadedView):
    """Shows a `ShelfModel` as rows or as a grid. The month in sight stays at the top.

    What comes or goes above what is in sight does not move it.

    Signals:
        end_neared(): the end of the list is in sight, or nearly.
    """

    end_neared = pyqtSignal()

    def __init__(
        self,
        model: ShelfModel,
        theme: Theme,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._files = model
        self._theme = theme
        self.delegate = ShelfDelegate(model, theme, thumbnails, self)
        self._thumbnails = thumbnails
        self._known_to_qt = 0
        self._place = 0
        self._layout = ShelfLayout([], 1, 1, CellSize(1), mirrored=False)
        self._held: tuple[QPersistentModelIndex, int] | None = None
        self.setAccessibleName(tr("Files and pictures"))
        self.setItemDelegate(self.delegate)
        self._set_up()
        self.setModel(model)
        model.modelReset.connect(self._on_reset)
        model.rowsAboutToBeInserted.connect(self._on_rows_about_to_move)
        model.rowsAboutToBeRemoved.connect(self._on_rows_about_to_move)
        model.rowsInserted.connect(self._on_rows_moved)
        model.rowsRemoved.connect(self._on_rows_moved)
        thumbnails.ready.connect(self._on_thumbnail_ready)
        theme.changed.connect(self._on_theme_changed)
        self._load_fonts()

    # --- what the panel says --------------------------------------------------------------------

    def show_as_grid(self, as_grid: bool) -> None:
        """Show squares side by side, or rows."""
        self.delegate.as_grid = self._sideways = as_grid
        self.updateGeometries()
        self._port().update()

    def use_thumbnails(self, thumbnails: Thumbnails) -> None:
        """Take the small pictures from there."""
        self._thumbnails.ready.disconnect(self._on_thumbnail_ready)
        self._thumbnails = self.delegate.thumbnails = thumbnails
        thumbnails.ready.connect(self._on_thumbnail_ready)
        self._port().update()

    @property
    def place(self) -> int:
        """How far it is scrolled, for `stand_at`."""
        return self._scroll()

    def stand_at(self, place: int) -> None:
        """Scroll to what was `place` in another view of the same files, once it is laid out."""
        self._place = place
        self.updateGeometries()

    @property
    def is_near_end(self) -> bool:
        """Whether the end of the list is in sight, or nearly."""
        port = self._port().height()
        return self._layout.height - self._scroll() - port < _NEAR * port

    # --- what Qt asks of a view -----------------------------------------------------------------

    def updateGeometries(self) -> None:
        """Lay out anew for this width."""
        port, bar = self._port(), self.verticalScrollBar()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        cell = self.delegate.cell
        # As if there were a bar: the columns must not jump when it comes and goes.
        wide = 0 if bar is None else bar.sizeHint().width()
        width = min(self.width() - wide, port.width()) if cell.side < wide else port.width()
        self._layout = ShelfLayout(
            self._files.months, width, self._heading, cell, mirrored=mirrored
        )
        layout = self._layout
        self._lie(layout, layout.count, layout.cell_height, layout.height)
        if bar is not None:
            bar.setSingleStep(max(1, layout.cell_height // 2))
            if self._place and bar.maximum() >= self._place and self.isVisible():
                bar.setValue(self._place)
                self._place = 0
        self._tell_end()

    # --- what Qt is spared -----------------------------------------------------------------------

    def rowsInserted(self, _parent: QModelIndex, _start: int, _end: int) -> None:
        """Do nothing: Qt would lay out everything anew, which takes long for thousands of files."""

    def rowsAboutToBeRemoved(self, parent: QModelIndex, start: int, end: int) -> None:
        """Let go of what leaves, likewise."""
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)
        self._known_to_qt = 0

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell a screen reader: Qt tells of the list instead of what it has not laid out."""
        if current.row() >= self._known_to_qt:
            self._known_to_qt = self._files.rowCount()
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
        super().currentChanged(current, previous)

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the files in sight, and over them the names of their months."""
        if event is None or self._layout.count != self._files.rowCount():
            return
        painter = QPainter(self._port())
        top, dirty, layout = self._scroll(), event.rect(), self._layout
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for row in layout.between(top + dirty.top(), top + dirty.bottom() + 1):
            option.rect = layout.rect(row).translated(0, -top)
            self.delegate.paint(painter, option, self._files.index(row))
        if layout.months:
            first = layout.month_at(top)
            last = layout.month_at(top + dirty.bottom())
            for place in range(first + 1, last + 1):
                self._paint_heading(painter, place, layout.top(place) - top)
            follows = layout.top(first + 1) if first + 1 < len(layout.months) else layout.height
            self._paint_heading(painter, first, min(0, follows - top - self._heading))
        painter.end()

    def _paint_heading(self, painter: QPainter, place: int, y: int) -> None:
        rect = QRect(0, y, self._port().width(), self._heading)
        painter.fillRect(rect, self._theme.colour(Role.SURFACE_SIDE))
        painter.setFont(self._font)
        painter.setPen(self._theme.colour(Role.TEXT_SECOND))
        # The painter mirrors it in a window that reads from right to left.
        line = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(_EDGE, 0, -_EDGE, 0), line, self._layout.months[place].title)

    # --- inside ---------------------------------------------------------------------------------

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Move the files, but not the month above them."""
        self._port().update()
        self._tell_end()

    def _tell_end(self) -> None:
        if self._layout.count and self.is_near_end:
            self.end_neared.emit()

    def _load_fonts(self) -> None:
        self._font = self._theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self._heading = ceil(QFontMetricsF(self._font).height()) + 12
        self.delegate.load_fonts()
        self.updateGeometries()

    @pyqtSlot()
    def _on_reset(self) -> None:
        self._known_to_qt = 0
        self.delegate.hovered = self.delegate.current = -1
        self.updateGeometries()
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setValue(0)

    @pyqtSlot(QModelIndex, int, int)
    def _on_rows_about_to_move(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """Hold on to what is in sight below what comes or goes."""
        self._held = None
        if self._scroll():
            for row in self._layout.between(self._scroll(), self._scroll() + self._port().height()):
                if row >= first and self._layout.rect(row).top() >= self._scroll():
                    index = QPersistentModelIndex(self._files.index(row))
                    self._held = index, self._layout.rect(row).top() - self._scroll()
                    break

    @pyqtSlot()
    def _on_rows_moved(self) -> None:
        self.delegate.hovered = -1
        held, self._held = self._held, None
        self.updateGeometries()
        bar = self.verticalScrollBar()
        if held is not None and held[0].isValid() and bar is not None:
            bar.setValue(self._layout.rect(held[0].row()).top() - held[1])

    @pyqtSlot(str)
    def _on_thumbnail_ready(self, _digest: str) -> None:
        self._port().update()

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._load_fonts()
        self._port().update()
