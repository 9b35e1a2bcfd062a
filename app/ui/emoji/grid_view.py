"""The grid of emoji: sections under headings, by mouse and by keyboard."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import (
    QEvent,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PyQt6.QtWidgets import QStyleOptionViewItem, QWidget

from app.support.clock import Clock
from app.ui.emoji.cell_delegate import AROUND, CellDelegate
from app.ui.emoji.grid_layout import SIDE, GridLayout
from app.ui.emoji.grid_model import GridModel
from app.ui.emoji.keys import is_text
from app.ui.emoji.sections import Section, section_name
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.delay import Delay
from app.ui.widgets.headed_view import HeadedView

LONG_PRESS = 0.5
"""Seconds after which holding the button down asks for skin tones."""

_HEIGHT = 300
_LEAST = 96


class GridView(HeadedView):
    """Shows a `GridModel`. The heading of the section in sight stays at the top.

    Signals:
        picked(int): that cell was clicked, or Enter or Space was pressed in it.
        tones_requested(int): the person wants to choose the skin tone of that cell.
        pointed(int): that cell is under the pointer or has the keyboard; -1 for none.
        typed(QKeyEvent): what was typed belongs into the search.
        left_upwards(): Up was pressed in the first row.
        section_changed(Section): another section is at the top.
    """

    picked = pyqtSignal(int)
    tones_requested = pyqtSignal(int)
    pointed = pyqtSignal(int)
    typed = pyqtSignal(QKeyEvent)
    left_upwards = pyqtSignal()
    section_changed = pyqtSignal(Section)

    def __init__(
        self, model: GridModel, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cells = model
        self._theme = theme
        self._delegate = CellDelegate(theme, self)
        self._hold = Delay(clock, self)
        self._pressed = -1
        self._by_keyboard = False
        self._section: Section | None = None
        self._grid = GridLayout([], 1, 1, 1)
        self.setAccessibleName(tr("Emoji"))
        self.setItemDelegate(self._delegate)
        self.setMinimumHeight(_LEAST)
        self._set_up()
        self.setModel(model)
        model.modelReset.connect(self._on_reset)
        self._hold.passed.connect(self._on_held)
        theme.changed.connect(self._on_theme_changed)
        self._load_fonts()

    # --- what the panel says --------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return room for nine columns."""
        return QSize(9 * self._delegate.cell + 2 * SIDE + 10, _HEIGHT)

    def show_section(self, section: Section) -> None:
        """Scroll to a section."""
        bar = self.verticalScrollBar()
        for block in self._grid.blocks:
            if block.span.section == section and bar is not None:
                bar.setValue(block.top)

    def point_at(self, cell: int, *, marked: bool = False) -> None:
        """Make a cell the current one; `marked`: show that Enter elsewhere would pick it."""
        self._delegate.marked = cell if marked else -1
        self.go_to(cell)
        self._port().update()

    def enter(self) -> None:
        """Give the keyboard to the grid, at the first cell in sight."""
        self._delegate.marked = -1
        if not self.currentIndex().isValid() and self._cells.rowCount():
            block = self._grid.block_at(self._scroll())
            self.go_to(block.span.first if block is not None else 0)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_of(self, cell: int) -> QRect:
        """Return where a cell stands, in the view's own coordinates."""
        return self.visualRect(self._cells.index(cell)).translated(self._port().pos())

    # --- what Qt asks of a view -----------------------------------------------------------------

    def updateGeometries(self) -> None:
        """Lay out anew for this width."""
        bar = self.verticalScrollBar()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        cell = self._delegate.cell
        # As if there were a bar: the columns must not jump when it comes and goes.
        width = self.width() - (0 if bar is None else bar.sizeHint().width())
        spans = self._cells.spans
        self._grid = GridLayout(spans, width, cell, self._heading, mirrored=mirrored)
        placed = self._cells.rowCount() if self._grid.blocks else 0
        self._lie(self._grid, placed, cell, self._grid.height)
        if bar is not None:
            bar.setSingleStep(cell)
        self._tell_section()

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Paint the cells in sight, and over them the heading of their section."""
        if event is None:
            return
        port = self._port()
        painter = QPainter(port)
        top = self._scroll()
        dirty = event.rect()
        option = QStyleOptionViewItem()
        option.font = self._delegate.font
        for block in self._grid.blocks:
            if block.bottom < top + dirty.top() or block.top > top + dirty.bottom():
                continue
            for cell in self._grid.between(block, top + dirty.top(), top + dirty.bottom() + 1):
                option.rect = self._grid.rect(cell).translated(0, -top)
                self._delegate.paint(painter, option, self._cells.index(cell))
            self._paint_heading(painter, block.span.section, block.top - top)
        first = self._grid.block_at(top)
        if first is not None:
            end = first.bottom - top - self._grid.heading
            self._paint_heading(painter, first.span.section, min(0, end))
        painter.end()

    def _paint_heading(self, painter: QPainter, section: Section, y: int) -> None:
        rect = QRect(0, y, self._port().width(), self._grid.heading)
        painter.fillRect(rect, self._theme.colour(Role.SURFACE_RAISED))
        painter.setFont(self._font)
        painter.setPen(self._theme.colour(Role.TEXT_SECOND))
        rect.setWidth(self._grid.width)
        inset = self._grid.left + AROUND
        inside = rect.adjusted(inset, 0, -inset, 0)
        # The painter mirrors it in a window that reads from right to left.
        line = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, line, section_name(section))

    # --- keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Pick with Enter or Space, leave upwards, move; what is typed is for the search."""
        if event is None:
            return
        self._by_keyboard = True
        key, cell = event.key(), self.currentIndex().row()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            if cell >= 0 and not event.isAutoRepeat():
                self.picked.emit(cell)
        elif key == Qt.Key.Key_Up and (cell < 0 or self._grid.is_in_first_row(cell)):
            self.left_upwards.emit()
        elif key == Qt.Key.Key_Backspace or is_text(event):
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)
        self._show_ring()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._by_keyboard = event is None or event.reason() != Qt.FocusReason.MouseFocusReason
        self._delegate.marked = -1
        if not self.currentIndex().isValid():
            self.go_to(0)
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self._show_ring()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Let the ring follow, and tell."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.pointed.emit(current.row())
        self._show_ring()

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """Offer skin tones, at the pointer or where the keyboard is."""
        if event is None:
            return
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self._hold.stop()
            self._pressed = -1
            self.tones_requested.emit(index.row())
            event.accept()

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Begin to pick, or to hold down."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._by_keyboard = False
        self._pressed = self.indexAt(event.position().toPoint()).row()
        if self._pressed >= 0:
            self._hold.start(LONG_PRESS)
        self._show_ring()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Pick what was pressed, unless the pointer left it or it was held down."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed = self._pressed, -1
        self._hold.stop()
        if pressed >= 0 and self.indexAt(event.position().toPoint()).row() == pressed:
            self.picked.emit(pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Take the second of two quick clicks for a click."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Show which cell the pointer is over."""
        if event is not None:
            cell = self.indexAt(event.position().toPoint()).row()
            if cell != self._pressed:
                self._hold.stop()
            self._hover(cell)

    def viewportEvent(self, event: QEvent | None) -> bool:
        """Notice when the pointer leaves."""
        if event is not None and event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    @pyqtSlot()
    def _on_held(self) -> None:
        pressed, self._pressed = self._pressed, -1
        if pressed >= 0:
            self.tones_requested.emit(pressed)

    def _hover(self, cell: int) -> None:
        if cell == self._delegate.hovered:
            return
        self._delegate.hovered = cell
        self._port().update()
        self.pointed.emit(cell)

    # --- inside ---------------------------------------------------------------------------------

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Move the cells, but not the heading above them."""
        self._port().update()
        self._tell_section()

    def _tell_section(self) -> None:
        block = self._grid.block_at(self._scroll() + self._grid.heading // 2)
        if block is not None and block.span.section != self._section:
            self._section = block.span.section
            self.section_changed.emit(block.span.section)

    def _show_ring(self) -> None:
        ringed = self.hasFocus() and self._by_keyboard
        self._delegate.ringed = self.currentIndex().row() if ringed else -1
        self._port().update()

    def _load_fonts(self) -> None:
        self._font = self._theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        self._heading = ceil(QFontMetricsF(self._font).height()) + 12
        self._delegate.load_fonts()
        self.updateGeometries()

    @pyqtSlot()
    def _on_reset(self) -> None:
        self._delegate.hovered = self._delegate.marked = self._delegate.ringed = -1
        self._pressed = -1
        self.updateGeometries()
        bar = self.verticalScrollBar()
        if bar is not None and self._cells.is_search:
            bar.setValue(0)

    @pyqtSlot()
    def _on_theme_changed(self) -> None:
        self._load_fonts()
        self._port().update()
