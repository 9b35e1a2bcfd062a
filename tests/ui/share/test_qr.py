"""What is painted is the code, module for module, and a scanner reads it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import segno
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QColor, QImage, QPainter
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.share.qr import QUIET, QrCode, paint_qr, qr_code, qr_picture
from app.ui.share.qr_view import QrView
from app.ui.theme.theme import Scheme, Theme

LINK = "papo://192.168.1.20:9090/?room=Hack+Night&fp=" + "B" * 43
DARK_BELOW = 128


def made(text: str = LINK) -> QrCode:
    code = qr_code(text)
    assert code is not None
    return code


def dark_box(image: QImage) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom (exclusive) of what is dark."""
    dark = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).lightness() < DARK_BELOW
    ]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
@pytest.mark.parametrize("corner", [0.0, 7.3])
def test_every_module_is_painted_with_the_same_whole_pixels(
    qapp: QApplication, ratio: float, corner: float
) -> None:
    assert qapp
    expected = [list(map(bool, row)) for row in segno.make(LINK, error="m", micro=False).matrix]
    image = QImage(round(240 * ratio), round(240 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_qr(painter, made(), QRectF(corner, corner, 220, 220))
    painter.end()
    left, top, right, bottom = dark_box(image)
    modules = len(expected)
    assert (right - left) % modules == 0
    assert right - left == bottom - top
    size = (right - left) // modules
    assert size >= int(220 * ratio) // (modules + 2 * QUIET)
    for y in range(top, bottom):
        for x in range(left, right):
            shown = image.pixelColor(x, y).lightness() < DARK_BELOW
            assert shown is expected[(y - top) // size][(x - left) // size], (x, y)


def test_four_modules_stay_free_on_every_ground(qapp: QApplication) -> None:
    assert qapp
    code = made()
    image = QImage(code.side * 3, code.side * 3, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    paint_qr(painter, code, QRectF(image.rect()))
    painter.end()
    for far in range(code.side * 3):
        for near in range(QUIET * 3):
            assert image.pixelColor(far, near).lightness() > 200
            assert image.pixelColor(near, far).lightness() > 200


def test_flush_modules_begin_at_the_edge(qapp: QApplication) -> None:
    assert qapp
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_qr(painter, made(), QRectF(60, 0, 300, 300), flush=True)
    painter.end()
    assert dark_box(image)[0] == 60


def test_error_correction_is_m(qapp: QApplication) -> None:
    assert qapp
    code = made("x" * 180)
    assert len(code.rows) == 53, "version 9 holds 180 bytes at M, and fewer at Q and H"
    assert len(made("x" * 181).rows) == 57


@pytest.mark.parametrize("text", ["", "x" * 3_000])
def test_what_fits_no_code_has_none(text: str) -> None:
    assert qr_code(text) is None


def test_the_saved_picture_is_scanned(
    qapp: QApplication, tmp_path: Path, scan: Callable[[Path], str]
) -> None:
    assert qapp
    picture = tmp_path / "qr.png"
    picture.write_bytes(qr_picture(made()))
    assert scan(picture) == LINK


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_card_is_scanned_in_light_and_dark(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    scan: Callable[[Path], str],
    scheme: Scheme,
    ratio: float,
) -> None:
    theme.set_scheme(scheme)
    link = "papo://[fe80::1%25eth0]:9090/?fp=" + "q" * 140
    view = QrView(made(link), theme)
    qtbot.addWidget(view)
    image = QImage(view.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("black"))
    view.render(image)
    picture = tmp_path / "view.png"
    image.save(str(picture))
    assert scan(picture) == link
