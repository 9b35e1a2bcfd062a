"""Paints what a search found: who, when, and the line with the hit marked. Never rich text."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PyQt6.QtCore import QModelIndex, QObject, QPointF, QRectF, Qt
from PyQt6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PyQt6.QtWidgets import QStyleOptionViewItem

from app.protocol.messages import Said
from app.ui.chat.names import one_line, runs_right_to_left
from app.ui.chat.rows.list_rows import ListDelegate
from app.ui.chat.search.hits import excerpt, utf16
from app.ui.chat.search.model import SearchModel
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

_LINES = 2
_EDGE = 16
_INSET = 8
_PADDING = 7


class SearchDelegate(ListDelegate):
    """Measures and paints the rows of a `SearchModel`."""

    def __init__(
        self,
        model: SearchModel,
        theme: Theme,
        parent: QObject | None = None,
        *,
        colour_of: Callable[[bytes], int],
    ) -> None:
        """`colour_of` tells which colour whoever has a device chose."""
        super().__init__(theme, parent)
        self._model = model
        self._colour_of = colour_of

    def load_fonts(self) -> None:
        """Take the theme's fonts anew."""
        self._name = self._theme.font(Step.BODY, QFont.Weight.DemiBold)
        self._text = self._theme.font(Step.BODY)
        self._caption = self._theme.font(Step.CAPTION)
        self._head = ceil(QFontMetricsF(self._name).height())
        self._line = ceil(QFontMetricsF(self._text).height() * 1.1)

    def guess(self, _row: int, _width: int) -> int:
        """Return about how high a row is."""
        return self._head + self._line + 2 * _PADDING

    def measure(self, row: int, width: int) -> int:
        """Return how high a row is."""
        lines = self._set(self._model.said(row), width - 2 * _EDGE).lineCount()
        return self._head + lines * self._line + 2 * _PADDING

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one row."""
        if painter is None:
            return
        said = self._model.said(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, rect.adjusted(_INSET, 1, -_INSET, -1), index.row())
        inside = rect.adjusted(_EDGE, _PADDING, -_EDGE, -_PADDING)
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        self._paint_head(painter, said, inside, rtl=rtl)
        painter.setPen(self._theme.colour(Role.TEXT))
        layout = self._set(said, int(inside.width()))
        layout.draw(painter, QPointF(inside.left(), inside.top() + self._head))
        painter.restore()

    def _paint_head(self, painter: QPainter, said: Said, inside: QRectF, *, rtl: bool) -> None:
        time = self._model.time_of(said)
        width = QFontMetricsF(self._caption).horizontalAdvance(time) + 1
        line = QRectF(inside.left(), inside.top(), inside.width(), self._head)
        ends = line.adjusted(0, 0, width - line.width(), 0) if rtl else line
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour(Role.TEXT_FAINT))
        painter.drawText(ends, side | centre, time)
        room = line.width() - width - 8
        name = QFontMetricsF(self._name).elidedText(
            one_line(said.nick), Qt.TextElideMode.ElideRight, room
        )
        starts = line.adjusted(line.width() - room, 0, 0, 0) if rtl else line
        if not rtl:
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(self._name)
        painter.setPen(self._theme.person(said.device, self._colour_of(said.device)).ink)
        painter.drawText(starts, side | centre, name)

    # --- the line with the hits -----------------------------------------------------------------

    def _set(self, said: Said, width: int) -> QTextLayout:
        text, found = excerpt(said.text, self._model.query)
        layout, end = self._lay(text, found, width)
        if end < len(text):
            # What has no room is cut, and says so.
            text = f"{text[: max(0, end - 2)].rstrip()}…"
            layout, _ = self._lay(text, [(a, b) for a, b in found if b < len(text)], width)
        return layout

    def _lay(self, text: str, found: list[tuple[int, int]], width: int) -> tuple[QTextLayout, int]:
        """Return the text in at most two lines, and how much of it found room."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if runs_right_to_left(text):
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        else:
            option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        layout = QTextLayout(text, self._text)
        layout.setTextOption(option)
        layout.setFormats([self._mark(text, span) for span in found])
        layout.beginLayout()
        end = 0
        for number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, number * self._line))
            end = line.textStart() + line.textLength()
        layout.endLayout()
        units = text.encode("utf-16-le", "surrogatepass")[: end * 2]
        return layout, len(units.decode("utf-16-le", "replace"))

    def _mark(self, text: str, span: tuple[int, int]) -> QTextLayout.FormatRange:
        mark = QTextLayout.FormatRange()
        mark.start = utf16(text, span[0])
        mark.length = utf16(text, span[1]) - mark.start
        style = QTextCharFormat()
        style.setFontWeight(QFont.Weight.DemiBold)
        style.setForeground(self._theme.colour(Role.ACCENT_TEXT))
        style.setBackground(self._theme.colour(Role.ACCENT_SOFT))
        mark.format = style
        return mark
