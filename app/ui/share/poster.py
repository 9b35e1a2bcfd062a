"""The page to print and the screen to project: the room's name, QR code, address and words, big.

Painted, not laid out: what comes from a peer is drawn as plain text and can be nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.ui.chat.fingerprint_words import words_of
from app.ui.chat.names import one_line
from app.ui.share.offer import Offer
from app.ui.share.qr import QrCode, paint_qr
from app.ui.texts import tr
from app.ui.theme.roles import LIGHT, Role

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_THIN = QFont.Weight.Normal
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
_SMALLEST_SHARE = 0.45
"""A line that is too long is set smaller, down to this share of its size, and then cut."""

PAGE_WIDTH, PAGE_HEIGHT = 1_800, 2_570
"""The printed page in tenths of a millimetre: A4 without its margins; other papers get it scaled."""


@dataclass(frozen=True)
class Poster:
    """What is told from afar. `room` and `address` are single lines of plain text.

    `browsers`: browsers are let in, so the address is the guest page's.
    """

    room: str
    address: str
    words: tuple[str, ...]
    code: QrCode | None
    font: QFont
    browsers: bool = False


def poster_of(offer: Offer, code: QrCode | None, font: QFont) -> Poster:
    """Return the poster of an offer, in the family of `font`."""
    address = one_line(offer.addresses[0].text) if offer.addresses else ""
    words = words_of(offer.fingerprint)
    return Poster(
        offer.room or "Papo", offer.page or address, words, code, font, browsers=bool(offer.page)
    )


def steps(*, browsers: bool = False) -> tuple[str, ...]:
    """Return what somebody does who wants to come in, one sentence a step."""
    if browsers:
        return (
            tr("Connect your phone or computer to the same network."),
            tr("Scan the code, or type the address into a browser. Or join with Papo."),
            tr("Choose a nickname, and say hello."),
        )
    return (
        tr("Connect your computer to the same network and start Papo."),
        tr("Under “Join a room”, type the address, or paste the invite that the QR code holds."),
        tr("Compare the words with the host’s, choose a nickname, and say hello."),
    )


def _lead(poster: Poster) -> str:
    if poster.browsers:
        return tr("Join this room with any browser, over this network.")
    return tr("Join this room with Papo, over this network.")


# --- the screen ---------------------------------------------------------------------------------


def paint_screen(painter: QPainter, place: QRectF, poster: Poster) -> None:
    """Fill `place` so that it can be read from the back of a room; light in every theme."""
    painter.fillRect(place, _colour(Role.SURFACE_BASE))
    unit = min(place.height(), place.width() * 0.8) / 100
    inner = place.adjusted(6 * unit, 4 * unit, -6 * unit, -3 * unit)
    hint = QRectF(inner.left(), inner.bottom() - 3 * unit, inner.width(), 3 * unit)
    text = tr("Press Escape, or click, to close.")
    _line(painter, poster, text, hint, role=Role.TEXT_FAINT, weight=_THIN)
    address = QRectF(inner.left(), hint.top() - 17 * unit, inner.width(), 16 * unit)
    _line(painter, poster, poster.address, address)
    _line(painter, poster, poster.room, QRectF(inner.topLeft(), QSizeF(inner.width(), 10 * unit)))
    middle = QRectF(inner)
    middle.setTop(inner.top() + 10 * unit)
    middle.setBottom(address.top())
    if place.width() > place.height():
        side = min(middle.height(), middle.width() * 0.56)
        words = middle.adjusted(side, 5 * unit, 0, -4 * unit)
        code = QRectF(middle.left(), middle.top(), side, side)
    else:
        side = min(middle.width(), middle.height() * 0.6)
        words = middle.adjusted(0, side, 0, -4 * unit)
        code = QRectF(middle.left(), middle.top(), side, side)
    if poster.code is not None:
        # The quiet zone is white on white: the modules stand where the text begins.
        paint_qr(painter, poster.code, code, flush=True)
    text = _lead(poster)
    line = QRectF(words.left(), words.top(), words.width(), 5 * unit)
    _line(painter, poster, text, line, role=Role.TEXT_SECOND, weight=_THIN)
    if poster.words:
        line.translate(0, 8 * unit)
        text = tr("Room fingerprint")
        _line(painter, poster, text, line, role=Role.TEXT_SECOND, weight=_THIN)
        rest = words.adjusted(0, 15 * unit, 0, 0)
        _words(painter, poster, rest, 2, min(rest.height() / 4 * 0.62, 7 * unit))


# --- the page -----------------------------------------------------------------------------------


def paint_page(painter: QPainter, place: QRectF, poster: Poster) -> None:
    """Paint the printed page, as large as it fits into `place`."""
    scale = min(place.width() / PAGE_WIDTH, place.height() / PAGE_HEIGHT)
    painter.save()
    painter.translate(place.center().x() - PAGE_WIDTH * scale / 2, place.top())
    painter.scale(scale, scale)
    _line(painter, poster, poster.room, QRectF(0, 0, PAGE_WIDTH, 190), align=_MIDDLE)
    text = _lead(poster)
    second = QRectF(0, 195, PAGE_WIDTH, 70)
    _line(painter, poster, text, second, role=Role.TEXT_SECOND, weight=_THIN, align=_MIDDLE)
    if poster.code is not None:
        paint_qr(painter, poster.code, QRectF((PAGE_WIDTH - 950) / 2, 290, 950, 950))
    caption = QRectF(0, 1_270, PAGE_WIDTH, 60)
    _line(
        painter, poster, tr("Address"), caption, role=Role.TEXT_SECOND, weight=_THIN, align=_MIDDLE
    )
    _line(painter, poster, poster.address, QRectF(0, 1_330, PAGE_WIDTH, 170), align=_MIDDLE)
    if poster.words:
        caption = QRectF(100, 1_560, PAGE_WIDTH - 200, 60)
        text = tr("Room fingerprint")
        _line(painter, poster, text, caption, role=Role.TEXT_SECOND, weight=_THIN)
        _words(painter, poster, QRectF(100, 1_640, PAGE_WIDTH - 200, 210), 4, 66)
    top = 1_930.0
    for number, step in enumerate(steps(browsers=poster.browsers), start=1):
        top += _step(painter, poster, number, step, top) + 24
    painter.restore()


def _step(painter: QPainter, poster: Poster, number: int, text: str, top: float) -> float:
    """Paint one numbered sentence and return its height."""
    painter.setFont(_sized(poster.font, 58, QFont.Weight.DemiBold))
    painter.setPen(_colour(Role.ACCENT_TEXT))
    painter.drawText(QRectF(100, top, 70, 70), _LEFT, str(number))
    painter.setFont(_sized(poster.font, 58, _THIN))
    painter.setPen(_colour(Role.TEXT))
    flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
    place = QRectF(190, top, PAGE_WIDTH - 290, 400)
    wrapped = flags.value | Qt.TextFlag.TextWordWrap.value
    used = painter.boundingRect(place, wrapped, text)
    painter.drawText(place, wrapped, text)
    return used.height()


# --- parts --------------------------------------------------------------------------------------


def _words(painter: QPainter, poster: Poster, place: QRectF, columns: int, size: float) -> None:
    rows = -(-len(poster.words) // columns)
    width, height = place.width() / columns, place.height() / rows
    gutter = size * 0.95
    for at, word in enumerate(poster.words):
        row, column = divmod(at, columns)
        cell = QRectF(place.left() + column * width, place.top() + row * height, width, height)
        painter.setFont(_sized(poster.font, size * 0.7, _THIN))
        painter.setPen(_colour(Role.TEXT_FAINT))
        painter.drawText(cell, _LEFT, str(at + 1))
        rest = cell.adjusted(gutter, 0, -size * 0.3, 0)
        _line(painter, poster, word, rest, weight=QFont.Weight.Medium, size=size)


def _line(
    painter: QPainter,
    poster: Poster,
    text: str,
    place: QRectF,
    *,
    role: Role = Role.TEXT,
    weight: QFont.Weight = QFont.Weight.DemiBold,
    align: Qt.AlignmentFlag = _LEFT,
    size: float = 0,
) -> None:
    """Paint one line as large as `place` takes it."""
    wanted = size or place.height() * 0.72
    font = _sized(poster.font, wanted, weight)
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > place.width():
        # Widths do not grow quite evenly with the size, and sizes are whole.
        share = max(_SMALLEST_SHARE, 0.97 * place.width() / width)
        font = _sized(poster.font, wanted * share, weight)
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.setFont(font)
    painter.setPen(_colour(role))
    painter.drawText(place, align.value | Qt.TextFlag.TextSingleLine.value, text)


def _sized(font: QFont, pixels: float, weight: QFont.Weight) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(max(1, int(pixels)))
    sized.setWeight(weight)
    # Hinted metrics would differ between screen and printer.
    sized.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return sized


def _colour(role: Role) -> QColor:
    return QColor(LIGHT[role])
