"""QR codes (ISO/IEC 18004): the modules, and how they are painted so that a scanner reads them."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF
from PyQt6.QtGui import QColor, QImage, QPainter

from app.ui.theme.roles import LIGHT, Role

QUIET = 4
"""Modules of free space on each side."""

PICTURE_SIDE = 1_024
"""Pixels that the side of a saved picture has at least."""


@dataclass(frozen=True)
class QrCode:
    """The modules of one code, row by row, True for dark; without the quiet zone."""

    text: str
    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Modules a side, with the quiet zone."""
        return len(self.rows) + 2 * QUIET


def qr_code(text: str) -> QrCode | None:
    """Return the code for `text`, error correction M; None for no text or one too long for any."""
    # It takes 50 ms to import, which the start of the window would feel.
    import segno  # noqa: PLC0415

    if not text:
        return None
    try:
        made = segno.make(text, error="m", micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None
    return QrCode(text, tuple(tuple(bool(module) for module in row) for row in made.matrix))


def paint_qr(painter: QPainter, code: QrCode, place: QRectF, *, flush: bool = False) -> None:
    """Paint the code, dark on white in every theme, in the middle of `place`.

    Every module is the same whole number of the device's pixels, whatever its pixel ratio. With
    `flush`, the first module stands at the left edge, and the quiet zone outside of it.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    to_device = painter.deviceTransform()
    device = to_device.mapRect(place)
    # From here on painter and device agree on what a pixel is.
    painter.setWorldTransform(to_device.inverted()[0] * painter.worldTransform())
    module = max(1, int(min(device.width(), device.height()) + 0.01) // code.side)
    side = module * code.side
    corner = device.center() - QPointF(side / 2, side / 2)
    left, top = round(corner.x()), round(corner.y())
    if flush:
        left = round(device.left()) - QUIET * module
    painter.fillRect(QRect(left, top, side, side), QColor(LIGHT[Role.SURFACE_BASE]))
    dark = QColor(LIGHT[Role.TEXT])
    left, top = left + QUIET * module, top + QUIET * module
    for y, row in enumerate(code.rows):
        for start, end in _runs(row):
            width = (end - start) * module
            painter.fillRect(QRect(left + start * module, top + y * module, width, module), dark)
    painter.restore()


def qr_picture(code: QrCode) -> bytes:
    """Return the code as a PNG for any screen or printer."""
    side = -(-PICTURE_SIDE // code.side) * code.side
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT[Role.SURFACE_BASE]))
    painter = QPainter(image)
    paint_qr(painter, code, QRectF(0, 0, side, side))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return data.data()


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return where dark modules begin and end, so that neighbours are painted as one."""
    runs = []
    start = None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append((start, x))
            start = None
    return runs
