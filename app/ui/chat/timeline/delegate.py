"""Paints the timeline's rows: flat, no bubbles, nothing from a peer ever read as markup."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QModelIndex, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPen, QTextLayout
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.session.timeline import MessageEntry, SendState
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.files.layout import FileSpot, buttons
from app.ui.chat.timeline.files.painting import FilePainter
from app.ui.chat.timeline.foot import Foot, Link, link_font
from app.ui.chat.timeline.formatted_block import BUTTON, FormattedBlock
from app.ui.chat.timeline.head import HeadPainter
from app.ui.chat.timeline.layout import (
    AVATAR,
    PRIVATE_ICON,
    STATE_ICON,
    Columns,
    RowLayout,
    TimelineLayouts,
)
from app.ui.chat.timeline.model import TimelineModel, TimelineRow
from app.ui.chat.timeline.remark_layout import Spot
from app.ui.chat.timeline.row_signs import paint_fold, paint_time_left
from app.ui.chat.timeline.separators import paint_day, paint_unread
from app.ui.chat.timeline.shown_text import is_selectable
from app.ui.chat.timeline.text_selection import TextSelection
from app.ui.formatting.blocks import CodeBlock
from app.ui.formatting.blocks import Link as TextLink
from app.ui.theme import motion
from app.ui.theme.avatar import initials, paint_avatar
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme

_STATES = {
    SendState.SENDING: (Icon.CLOCK, Role.TEXT_FAINT),
    SendState.SENT: (Icon.CHECK, Role.ACCENT_TEXT),
    SendState.FAILED: (Icon.ALERT, Role.DANGER),
}


_SIDE_BAR = 3
_COPY_ICON = 16


class TimelineDelegate(QStyledItemDelegate):
    """Measures and paints. The view tells it which row is hovered and which has the keyboard."""

    def __init__(self, model: TimelineModel, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.layouts = TimelineLayouts(theme, model.names)
        self._head = HeadPainter(theme, self.layouts, model.names.colour_of)
        self.files = FilePainter(theme, model.files)
        self.selection = TextSelection(model)
        self.hovered = -1
        self.hovered_link: Link | None = None
        self.ringed = -1
        """The row that has the keyboard, where the keyboard is in use."""
        self.marked = 0
        """The number of the message that was just searched for."""
        self.hovered_text: TextLink | CodeBlock | None = None
        """What is pointed at within a text."""
        self.copied: CodeBlock | None = None
        """The code that was just copied, and says so."""
        self.hovered_spot: Spot | FileSpot | None = None
        """What is pointed at of a message's quote, files and reactions."""
        self.hovered_fold = False
        """Whether the hovered row is a notice with more names to show."""
        self.several = False
        """Whether more than one row is selected: then the avatars give way to checks."""
        self.complete = True

    def guess(self, row: int, width: int) -> int:
        """Return about how high the row will be."""
        return self.layouts.guess(self._model, row, width)

    def measure(self, row: int, width: int) -> int:
        """Return how high the row is."""
        layout = self.layouts.row(self._model.row(row), width)
        self.complete = layout.block.complete
        return layout.height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return the size that Qt asks for."""
        return QSize(option.rect.width(), self.measure(index.row(), option.rect.width()))

    def link_at(self, row: int, rect: QRect, point: QPoint) -> Link | None:
        """Return what a click at `point` means in a row that stands at `rect`."""
        layout = self.layouts.row(self._model.row(row), rect.width())
        if layout.parts is None:
            return None
        corner = rect.topLeft() + QPoint(self.layouts.columns(rect.width()).text, layout.foot)
        at = QPointF(point - corner)
        found = (part.link for part in layout.parts.parts if part.link and part.place.contains(at))
        return next(found, None)

    def in_text_at(self, row: int, rect: QRect, point: QPoint) -> TextLink | CodeBlock | None:
        """Return the link that stands at `point` in a row at `rect`, or the code copied from there."""
        layout = self.layouts.row(self._model.row(row), rect.width())
        if layout.formatted is None:
            return None
        corner = rect.topLeft() + QPoint(self.layouts.columns(rect.width()).text, layout.text)
        at = QPointF(point - corner)
        return layout.formatted.code_at(at) or layout.formatted.link_at(at)

    def spot_at(self, row: int, rect: QRect, point: QPoint) -> Spot | FileSpot | None:
        """Return what of the quote, files and reactions of a row at `rect` stands at `point`."""
        layout = self.layouts.row(self._model.row(row), rect.width())
        corner = rect.topLeft() + QPoint(self.layouts.columns(rect.width()).text, 0)
        at = QPointF(point - corner)
        found = layout.files.at(at - QPointF(0, layout.files_top))
        if found is None or not isinstance(layout.entry, MessageEntry):
            return layout.remarks.at(at)
        deeds = (
            () if found.is_picture else self._model.files.state(layout.entry, found.number).deeds
        )
        at -= QPointF(0, layout.files_top)
        deed = next(
            (deed for place, deed in buttons(found.place, deeds) if place.contains(at)), None
        )
        return FileSpot(layout.entry.cid, found.number, deed)

    def file_place(self, row: int, rect: QRect, number: int) -> QRect:
        """Return where the file of that number stands in a row at `rect`."""
        layout = self.layouts.row(self._model.row(row), rect.width())
        corner = QPoint(self.layouts.columns(rect.width()).text, layout.files_top)
        places = (part.place for part in layout.files.parts if part.number == number)
        return next(places, QRectF()).toAlignedRect().translated(rect.topLeft() + corner)

    def is_over_text(self, row: int, rect: QRect, point: QPoint) -> bool:
        """Tell whether `point` is where a row at `rect` has words to be selected."""
        if not is_selectable(self._model.entry(row)):
            return False
        layout = self.layouts.row(self._model.row(row), rect.width())
        columns = Columns.at(rect.width())
        place = QRectF(columns.text, layout.text, columns.text_width, layout.block.height)
        return place.contains(QPointF(point - rect.topLeft()))

    def cursor_at(self, row: int, rect: QRect, point: QPoint, *, on_character: bool = False) -> int:
        """Return the place in the text of a row at `rect` that is nearest to `point`."""
        layout = self.layouts.row(self._model.row(row), rect.width())
        corner = rect.topLeft() + QPoint(Columns.at(rect.width()).text, layout.text)
        return layout.block.cursor_at(QPointF(point - corner), on_character=on_character)

    def first_button(self, row: int, rect: QRect) -> QRect:
        """Return where the button stands that copies the row's first code; empty where none does."""
        layout = self.layouts.row(self._model.row(row), rect.width())
        if layout.formatted is None:
            return QRect()
        corner = QPointF(
            rect.topLeft() + QPoint(self.layouts.columns(rect.width()).text, layout.text)
        )
        places = (place.translated(corner) for place, _ in layout.formatted.buttons())
        return next(places, QRectF()).toAlignedRect()

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one row."""
        if painter is None:
            return
        row = self._model.row(index.row())
        rect = option.rect
        layout = self.layouts.row(row, rect.width())
        columns = self.layouts.columns(rect.width())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        # Piled-up marks of some scripts paint far outside of their line.
        painter.setClipRect(rect)
        painter.translate(QPointF(rect.topLeft()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, layout, index.row(), rect, selected=selected)
        if layout.day >= 0:
            paint_day(painter, self._theme, self.layouts, layout, columns, day=row.day)
        if layout.unread >= 0:
            paint_unread(painter, self._theme, self.layouts, layout, columns)
        if isinstance(row.entry, MessageEntry):
            self._paint_message(painter, row, layout, columns, index.row(), selected=selected)
        elif row.foldable:
            right, middle = columns.margin + columns.gutter, layout.block.first_line / 2
            paint_fold(painter, self._theme, right, layout.text + middle, unfolded=row.unfolded)
        if layout.parts is not None:
            corner = QPointF(columns.text, layout.foot)
            self._paint_foot(painter, layout.parts, corner, hovered=index.row() == self.hovered)
            if row.gone and isinstance(row.entry, MessageEntry):
                last = layout.parts.parts[-1].place.translated(corner)
                moves = option.widget is None or motion.moves(option.widget)
                left = self._model.gone.left(row.entry)
                paint_time_left(painter, self._theme, last, left, moves=moves)
        near = index.row() in {self.hovered, self.ringed}
        pointed = self.hovered_spot if index.row() == self.hovered else None
        if layout.files.parts:
            corner = QPointF(columns.text, layout.files_top)
            self.files.paint(painter, self.layouts.files, layout, corner, pointed)
        self.layouts.remarks.paint(
            painter,
            layout.remarks,
            QPointF(columns.text, 0),
            pointed=pointed,
            shown=near and self._model.remarks.may_answer(row.entry),
        )
        said = isinstance(row.entry, MessageEntry) and not row.quiet
        painter.setPen(self._theme.colour(Role.TEXT if said else Role.TEXT_FAINT))
        sight = QRectF(0, -rect.top(), rect.width(), _height_of(option))
        marked = self._selected_range(index.row())
        layout.block.paint(painter, QPointF(columns.text, layout.text), sight, marked)
        if layout.formatted is not None and near:
            self._paint_buttons(painter, layout.formatted, QPointF(columns.text, layout.text))
        painter.restore()
        view = option.widget
        if not layout.block.complete and isinstance(view, QAbstractItemView):
            # It was measured before, and forgotten since: nothing else sets the rest of it.
            cast("QWidget", view.viewport()).update()

    # --- parts ----------------------------------------------------------------------------------

    def _selected_range(self, row: int) -> QTextLayout.FormatRange | None:
        part = self.selection.within(row)
        if part is None:
            return None
        made = QTextLayout.FormatRange()
        made.start, made.length = part[0], part[1] - part[0]
        made.format.setBackground(self._theme.colour(Role.ACCENT))
        made.format.setForeground(self._theme.colour(Role.ON_ACCENT))
        return made

    def _paint_ground(
        self, painter: QPainter, layout: RowLayout, row: int, rect: QRect, *, selected: bool
    ) -> None:
        ground = QRectF(0, layout.body, rect.width(), layout.height - layout.body)
        entry = layout.entry
        marked = isinstance(entry, MessageEntry) and 0 < entry.seq == self.marked
        if selected or marked:
            painter.fillRect(ground, self._theme.colour(Role.ACCENT_SOFT))
        elif isinstance(entry, MessageEntry) and entry.private_with:
            hovered = row == self.hovered
            under = Role.PRIVATE_HOVER if hovered else Role.PRIVATE
            painter.fillRect(ground, self._theme.colour(under))
        elif isinstance(entry, MessageEntry) and _mentions_me(layout, entry):
            painter.fillRect(ground, self._theme.colour(Role.MENTION))
        elif row == self.hovered and (isinstance(entry, MessageEntry) or self.hovered_fold):
            painter.fillRect(ground, self._theme.colour(Role.ROW_HOVER))
        if isinstance(entry, MessageEntry) and entry.private_with:
            bar = QRectF(0, ground.top(), _SIDE_BAR, ground.height())
            painter.fillRect(bar, self._theme.colour(Role.PRIVATE_TEXT))
        elif isinstance(entry, MessageEntry) and _mentions_me(layout, entry):
            bar = QRectF(0, ground.top(), _SIDE_BAR, ground.height())
            painter.fillRect(bar, self._theme.colour(Role.MENTION_BAR))
        if row == self.ringed:
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(3, 1, -3, -1), 8, 8)

    def _paint_message(
        self,
        painter: QPainter,
        row: TimelineRow,
        layout: RowLayout,
        columns: Columns,
        number: int,
        *,
        selected: bool,
    ) -> None:
        entry = cast("MessageEntry", row.entry)
        if row.private:
            self._paint_private(painter, row.private, layout.private, columns)
        checked = selected and self.several
        if checked:
            self._paint_check(painter, layout, columns)
        elif self.layouts.compact:
            self._head.paint_gutter_time(painter, entry, layout, columns)
        elif row.leads:
            place = QRectF(columns.margin, layout.head, AVATAR, AVATAR)
            painter.setFont(self.layouts.name)
            person = self._theme.person(entry.device, self._model.names.colour_of(entry.device))
            paint_avatar(painter, place, initials(one_line(entry.nick)), person)
        elif number in {self.hovered, self.ringed}:
            place = QRectF(columns.margin - 8, layout.text, AVATAR + 16, layout.block.first_line)
            painter.setFont(self.layouts.caption)
            painter.setPen(self._theme.colour(Role.TEXT_FAINT))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, times.clock_time(entry.at))
        if self.layouts.compact:
            self._head.paint_compact(painter, row, entry, layout, columns)
        elif row.leads:
            self._head.paint(painter, row, entry, layout, columns)
        if entry.mine and not row.quiet:
            icon, role = _STATES[entry.edit.state if entry.edit else entry.state]
            y = layout.text + (layout.block.first_line - STATE_ICON) / 2
            self._paint_icon(painter, icon, role, QPointF(columns.right - STATE_ICON, y))

    def _paint_private(self, painter: QPainter, text: str, top: int, columns: Columns) -> None:
        height = self.layouts.private_height
        middle = top + height / 2
        at = QPointF(columns.margin + columns.gutter - PRIVATE_ICON, middle - PRIVATE_ICON / 2)
        self._paint_icon(painter, Icon.LOCK, Role.PRIVATE_TEXT, at, PRIVATE_ICON)
        metrics = QFontMetricsF(self.layouts.strong_caption)
        place = QRectF(columns.text, top, columns.right - columns.text, height)
        painter.setFont(self.layouts.strong_caption)
        painter.setPen(self._theme.colour(Role.PRIVATE_TEXT))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_check(self, painter: QPainter, layout: RowLayout, columns: Columns) -> None:
        size = 20
        middle = layout.text + layout.block.first_line / 2
        if self.layouts.compact:
            size = STATE_ICON + 2
        elif layout.head >= 0:
            middle = layout.head + AVATAR / 2
        place = QRectF(columns.margin + (columns.gutter - size) / 2, middle - size / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(Role.ACCENT))
        painter.drawEllipse(place)
        self._paint_icon(painter, Icon.CHECK, Role.ON_ACCENT, place.center() - QPointF(8, 8))

    def _paint_icon(
        self, painter: QPainter, icon: Icon, role: Role, at: QPointF, size: int = STATE_ICON
    ) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        painter.drawPixmap(at, self._theme.pixmap(icon, role, size, ratio))

    def _paint_buttons(self, painter: QPainter, block: FormattedBlock, corner: QPointF) -> None:
        inset = (BUTTON - _COPY_ICON) / 2
        for place, code in block.buttons():
            ground = place.translated(corner)
            pointed = code is self.hovered_text
            painter.setPen(self._theme.colour(Role.LINE))
            under = Role.CONTROL_PRESSED if pointed else Role.SURFACE_RAISED
            painter.setBrush(self._theme.colour(under))
            painter.drawRoundedRect(ground, 6, 6)
            done = code is self.copied
            icon, role = (Icon.CHECK, Role.ACCENT_TEXT) if done else (Icon.COPY, Role.TEXT_SECOND)
            at = ground.topLeft() + QPointF(inset, inset)
            self._paint_icon(painter, icon, role, at, _COPY_ICON)

    def _paint_foot(self, painter: QPainter, foot: Foot, corner: QPointF, *, hovered: bool) -> None:
        for part in foot.parts:
            font = self.layouts.small if part.link is None else link_font(self.layouts.small)
            if hovered and part.link is not None and part.link is self.hovered_link:
                font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(self._theme.colour(part.role))
            painter.drawText(
                part.place.translated(corner), Qt.AlignmentFlag.AlignVCenter, part.text
            )


def _mentions_me(layout: RowLayout, entry: MessageEntry) -> bool:
    named = layout.formatted is not None and layout.formatted.mentions_me
    quote = layout.remarks.quote
    return not entry.mine and (named or (quote is not None and quote.mine))


def _height_of(option: QStyleOptionViewItem) -> int:
    widget = option.widget
    return widget.height() if widget is not None else option.rect.height()
