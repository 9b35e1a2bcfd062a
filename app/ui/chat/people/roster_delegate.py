"""Paints the rows of the roster: a section's name, or somebody with an avatar."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import QModelIndex, QObject, QPointF, QRectF, Qt
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter
from PyQt6.QtWidgets import QStyleOptionViewItem

from app.ui.chat.people.guests import ICONS
from app.ui.chat.people.roster_model import RosterModel, RosterRow
from app.ui.chat.rows.list_rows import ListDelegate
from app.ui.texts import tr
from app.ui.theme.avatar import initials, paint_avatar, paint_moon
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.typing_dots import HEIGHT as DOT
from app.ui.widgets.typing_dots import WIDTH as DOTS
from app.ui.widgets.typing_dots import paint_dots

_AVATAR = 28
_LEFT = 16
_NAME = 54
_ROW = 38
_MARK = 12


class RosterDelegate(ListDelegate):
    """Measures and paints the rows of a `RosterModel`."""

    def __init__(self, model: RosterModel, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._model = model
        self.faded = False
        """Whether the connection is gone, so that nobody can say who is still here."""
        self.step = 0
        """How far the dots of those who write have come."""

    def load_fonts(self) -> None:
        """Take the theme's fonts anew."""
        self._body = self._theme.font(Step.BODY)
        self._small = self._theme.font(Step.CAPTION)
        self._section = self._theme.font(Step.CAPTION, QFont.Weight.DemiBold)
        lines = QFontMetricsF(self._body).height() + QFontMetricsF(self._small).height()
        self._row = max(_ROW, ceil(lines) + 4)
        self._title = ceil(QFontMetricsF(self._section).height()) + 17

    def measure(self, row: int, _width: int) -> int:
        """Return how high a row is."""
        return self._title if self._model.is_title(row) else self._row

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Paint one row."""
        if painter is None:
            return
        shown = self._model.row(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if shown.member is None:
            painter.setFont(self._section)
            painter.setPen(self._theme.colour(Role.TEXT_SECOND))
            place = rect.adjusted(_LEFT, 8, -8, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown.title)
        else:
            self._paint_person(painter, rect, shown, index.row())
        painter.restore()

    def _paint_person(self, painter: QPainter, rect: QRectF, shown: RosterRow, row: int) -> None:
        member = shown.member
        if member is None:
            return
        self.paint_ground(painter, rect.adjusted(8, 0, -8, 0), row)
        painter.setOpacity(0.5 if self.faded else 1.0)
        painter.setFont(self._body)
        top = rect.top() + (rect.height() - _AVATAR) / 2
        circle = QRectF(rect.left() + _LEFT, top, _AVATAR, _AVATAR)
        person = self._theme.person(member.device, self._model.colour_of(member))
        paint_avatar(painter, circle, initials(shown.title), person)
        if member.away:
            hovered = row == self.hovered
            under = self._theme.colour(Role.CONTROL_HOVER if hovered else Role.SURFACE_SIDE)
            paint_moon(painter, circle, self._theme.colour(Role.AWAY), under)
        painter.setOpacity(1.0)
        right = rect.right() - _LEFT
        if member.role == "host":
            right -= 20
            self._paint_icon(painter, Icon.HOST, 16, right + 4, rect.center().y())
        if shown.typing and not self.faded:
            right -= DOTS + 8
            at = QPointF(right + 8, rect.center().y() - DOT / 2)
            paint_dots(painter, at, self._theme.colour(Role.ACCENT), self.step)
        place = QRectF(rect.left() + _NAME, rect.top(), right - rect.left() - _NAME, rect.height())
        if shown.notes:
            # Name and second line stand in the middle together.
            both = QFontMetricsF(self._body).height() + QFontMetricsF(self._small).height()
            place.setTop(place.top() + (place.height() - both) / 2)
            place.setHeight(both)
            self._paint_line(painter, place, shown)
            place.setHeight(QFontMetricsF(self._body).height())
        self._paint_name(painter, place, shown)

    def _paint_icon(
        self, painter: QPainter, icon: Icon, size: int, left: float, middle: float
    ) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        pixmap = self._theme.pixmap(icon, Role.TEXT_SECOND, size, ratio)
        painter.drawPixmap(round(left), round(middle - size / 2), pixmap)

    def _paint_name(self, painter: QPainter, place: QRectF, shown: RosterRow) -> None:
        metrics = QFontMetricsF(self._body)
        you = f" ({tr('you')})" if shown.mine else ""
        room = place.width() - metrics.horizontalAdvance(you)
        name = metrics.elidedText(shown.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._body)
        away = shown.member is not None and shown.member.away
        painter.setPen(self._theme.colour(Role.TEXT_FAINT if self.faded or away else Role.TEXT))
        line = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        line |= Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, line, name)
        if you:
            painter.setPen(self._theme.colour(Role.TEXT_FAINT))
            rest = place.adjusted(metrics.horizontalAdvance(name), 0, 0, 0)
            painter.drawText(rest, line, you)

    def _paint_line(self, painter: QPainter, place: QRectF, shown: RosterRow) -> None:
        metrics = QFontMetricsF(self._small)
        height = metrics.height()
        under = QRectF(place.left(), place.bottom() - height, place.width(), height)
        for icon in _marks_of(shown):
            self._paint_icon(painter, icon, _MARK, under.left(), under.center().y() + 0.5)
            under.setLeft(under.left() + _MARK + 4)
        painter.setFont(self._small)
        painter.setPen(self._theme.colour(Role.TEXT_FAINT))
        line = " · ".join(shown.notes)
        text = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, under.width())
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, text)


def _marks_of(shown: RosterRow) -> list[Icon]:
    member = shown.member
    if member is None:
        return []
    guest = ICONS.get(member.guest)
    marks = [(member.muted, Icon.MUTE), (member.slow, Icon.REFRESH)]
    return ([] if guest is None else [guest]) + [icon for holds, icon in marks if holds]
