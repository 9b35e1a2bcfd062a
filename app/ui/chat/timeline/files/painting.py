"""Paints the files of a message: pictures, and cards with what is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QTextOption

from app.session.timeline import MessageEntry
from app.ui.chat.timeline.files.layout import (
    BUTTON,
    INSET,
    TILE,
    FilesLook,
    FileSpot,
    buttons,
)
from app.ui.files.kind_icons import paint_kind
from app.ui.files.names import elided_name
from app.ui.files.states import Deed, FileState, Step, is_fetching, percent, state_of
from app.ui.files.thumbnails import paint_thumbnail
from app.ui.theme.icons import Icon
from app.ui.theme.roles import DARK, Role

if TYPE_CHECKING:
    from app.protocol.attachments import FileRef
    from app.ui.chat.timeline.layout import RowLayout
    from app.ui.files.message_files import MessageFiles
    from app.ui.theme.theme import Theme

ICONS = {
    Deed.VIEW: Icon.EYE,
    Deed.DOWNLOAD: Icon.DOWNLOAD,
    Deed.OPEN: Icon.OPEN,
    Deed.SHOW: Icon.FOLDER,
    Deed.PAUSE: Icon.PAUSE,
    Deed.RESUME: Icon.PLAY,
    Deed.CANCEL: Icon.CLOSE,
    Deed.RETRY: Icon.REFRESH,
}
_RADIUS = 10
_BAR = 4
_ICON = 18
_PILL = 20
_PILL_ALPHA = 0.78


@dataclass(frozen=True, slots=True)
class _Shown:
    """One file as it is painted now."""

    entry: MessageEntry
    number: int
    ref: FileRef
    place: QRectF
    pointed: FileSpot | None


class FilePainter:
    """Paints with the theme of now."""

    def __init__(self, theme: Theme, files: MessageFiles) -> None:
        self._look = FilesLook(theme)
        self._theme = theme
        self._files = files
        self.frame: tuple[FileSpot, QPixmap] | None = None
        """What plays now, and how it looks at this moment."""

    def paint(
        self,
        painter: QPainter,
        look: FilesLook,
        row: RowLayout,
        corner: QPointF,
        pointed: object,
    ) -> None:
        """Paint all files of a message; `pointed` is what the pointer is over."""
        entry = row.entry
        if not isinstance(entry, MessageEntry):
            return
        self._look = look
        spot = pointed if isinstance(pointed, FileSpot) and pointed.cid == entry.cid else None
        for part in row.files.parts:
            on = spot if spot is not None and spot.number == part.number else None
            shown = _Shown(entry, part.number, part.ref, part.place.translated(corner), on)
            painter.save()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if part.is_picture:
                self._paint_picture(painter, shown)
            else:
                self._paint_card(painter, shown)
            painter.restore()

    # --- a picture ------------------------------------------------------------------------------

    def _paint_picture(
        self,
        painter: QPainter,
        shown: _Shown,
    ) -> None:
        ref, place, entry = shown.ref, shown.place, shown.entry
        plays = self.frame is not None and self.frame[0] == FileSpot(entry.cid, shown.number)
        picture = (
            self.frame[1]
            if self.frame is not None and plays
            else self._files.thumbnails.pixmap(ref.hash, place.size().toSize())
        )
        if picture is not None and _is_small(picture, place):
            self._paint_small(painter, picture, place)
        else:
            paint_thumbnail(painter, place, self._theme, picture, _RADIUS)
        if shown.pointed is not None:
            painter.setPen(QPen(self._theme.colour(Role.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), _RADIUS - 1, _RADIUS - 1)
        if ref.media == "image/gif" and not plays:
            self._pill(painter, QPointF(place.left() + 6, place.bottom() - 6 - _PILL), "GIF")
        transfer = self._files.transfer(entry, shown.number)
        if transfer is not None and is_fetching(transfer):
            state = state_of(transfer, offline=self._files.is_offline)
            failed = state.step is Step.FAILED
            icon = {Step.FAILED: Icon.ALERT, Step.PAUSED: Icon.PAUSE}.get(state.step, Icon.DOWNLOAD)
            text = "" if failed else percent(max(0.0, state.fraction))
            self._pill(painter, place.topLeft() + QPointF(6, 6), text, icon)

    def _paint_small(self, painter: QPainter, picture: QPixmap, place: QRectF) -> None:
        """Paint what is smaller than its place as large as it is, in the middle of it."""
        outline = QPainterPath()
        outline.addRoundedRect(place, _RADIUS, _RADIUS)
        painter.fillPath(outline, self._theme.colour(Role.SURFACE_SUNKEN))
        painter.setPen(self._theme.colour(Role.OUTLINE if self._theme.high_contrast else Role.LINE))
        painter.drawPath(outline)
        size = picture.deviceIndependentSize()
        corner = place.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), picture)

    def _pill(self, painter: QPainter, at: QPointF, text: str, icon: Icon | None = None) -> None:
        """Paint a few letters on a picture: light on dark in both themes, whatever its colours."""
        metrics = QFontMetricsF(self._look.small)
        words = metrics.horizontalAdvance(text)
        drawn = 14 if icon is not None else 0
        gap = 4 if icon is not None and text else 0
        pill = QRectF(at.x(), at.y(), words + drawn + gap + 12, max(_PILL, metrics.height() + 2))
        ground = QColor(DARK[Role.SURFACE_SIDE])
        ground.setAlphaF(_PILL_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, 6, 6)
        ink = QColor(DARK[Role.TEXT])
        x = pill.left() + 6
        if icon is not None:
            device = painter.device()
            ratio = device.devicePixelRatioF() if device is not None else 1.0
            pixmap = self._theme.pixmap_in(icon, ink, drawn, ratio)
            painter.drawPixmap(QPointF(x, pill.center().y() - drawn / 2), pixmap)
            x += drawn + gap
        painter.setPen(ink)
        painter.setFont(self._look.small)
        rest = QRectF(x, pill.top(), words + 1, pill.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    # --- a card ---------------------------------------------------------------------------------

    def _paint_card(
        self,
        painter: QPainter,
        shown: _Shown,
    ) -> None:
        theme, place, pointed = self._theme, shown.place, shown.pointed
        state = self._files.state(shown.entry, shown.number)
        on_card = pointed is not None and pointed.deed is None and state.first is not None
        painter.setPen(theme.colour(Role.OUTLINE if theme.high_contrast else Role.LINE))
        painter.setBrush(theme.colour(Role.CONTROL_HOVER if on_card else Role.SURFACE_RAISED))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        tile = QRectF(place.left() + INSET, place.center().y() - TILE / 2, TILE, TILE)
        paint_kind(painter, tile, theme, self._files.kind(shown.entry, shown.number).icon)
        found = buttons(place, state.deeds)
        right = found[0][0].left() - 4 if found else place.right() - INSET
        left = tile.right() + INSET
        room = QRectF(left, place.top(), right - left, place.height())
        self._paint_words(painter, shown.ref.name, room, state)
        for spot, deed in found:
            self._paint_button(
                painter, spot, deed, pointed=pointed is not None and pointed.deed is deed
            )

    def _paint_words(self, painter: QPainter, name: str, room: QRectF, state: FileState) -> None:
        theme, look = self._theme, self._look
        failed = state.step is Step.FAILED
        bar = _BAR + 8 if state.fraction >= 0 else 0
        lines = 1
        if failed and QFontMetricsF(look.small).horizontalAdvance(state.line) > room.width():
            lines = 2
        height = look.name_line + bar + lines * look.small_line
        y = room.center().y() - height / 2
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        line = QRectF(room.left(), y, room.width(), look.name_line)
        if state.fraction >= 0:
            part = percent(state.fraction)
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            painter.setFont(look.small)
            painter.setPen(theme.colour(Role.TEXT_SECOND))
            painter.drawText(line, end | Qt.AlignmentFlag.AlignVCenter, part)
            line.setWidth(line.width() - QFontMetricsF(look.small).horizontalAdvance(part) - 8)
        name = elided_name(QFontMetricsF(look.name), name, line.width())
        painter.setFont(look.name)
        painter.setPen(theme.colour(Role.TEXT))
        painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, name)
        y += look.name_line
        if bar:
            track = QRectF(room.left(), y + 4, room.width(), _BAR)
            self._paint_bar(painter, track, state)
            y += bar
        painter.setFont(look.small)
        painter.setPen(theme.colour(Role.DANGER if failed else Role.TEXT_SECOND))
        rest = QRectF(room.left(), y, room.width(), lines * look.small_line)
        if lines == 1:
            shown = _fitting(state, QFontMetricsF(look.small), rest.width())
            painter.drawText(rest, side | Qt.AlignmentFlag.AlignVCenter, shown)
            return
        option = QTextOption(side)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        painter.drawText(
            rest, two_lines(state.line, QFontMetricsF(look.small), rest.width()), option
        )

    def _paint_bar(self, painter: QPainter, track: QRectF, state: FileState) -> None:
        theme = self._theme
        moves = state.step is Step.MOVING
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(Role.CONTROL_PRESSED))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        if state.fraction > 0:
            done = QRectF(track)
            done.setWidth(max(float(_BAR), track.width() * state.fraction))
            painter.setBrush(theme.colour(Role.ACCENT if moves else Role.OUTLINE))
            painter.drawRoundedRect(done, _BAR / 2, _BAR / 2)

    def _paint_button(self, painter: QPainter, place: QRectF, deed: Deed, *, pointed: bool) -> None:
        if pointed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(Role.CONTROL_PRESSED))
            painter.drawRoundedRect(place, 8, 8)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        inset = (BUTTON - _ICON) / 2
        role = Role.ACCENT_TEXT if deed in {Deed.DOWNLOAD, Deed.OPEN} else Role.TEXT_SECOND
        pixmap = self._theme.pixmap(ICONS[deed], role, _ICON, ratio)
        painter.drawPixmap(place.topLeft() + QPointF(inset, inset), pixmap)


def _fitting(state: FileState, metrics: QFontMetricsF, width: float) -> str:
    """Return the words for a state of which all fit, or the fewest, cut."""
    lines = (state.line, *state.shorter)
    fits = (line for line in lines if metrics.horizontalAdvance(line) <= width)
    return metrics.elidedText(next(fits, lines[-1]), Qt.TextElideMode.ElideRight, width)


def two_lines(text: str, metrics: QFontMetricsF, width: float) -> str:
    """Return a text that fits into about two lines of that width."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * 1.8)


def _is_small(picture: QPixmap, place: QRectF) -> bool:
    size = picture.deviceIndependentSize()
    return size.width() < place.width() - 1 and size.height() < place.height() - 1
