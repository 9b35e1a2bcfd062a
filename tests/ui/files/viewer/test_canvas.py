"""A picture from near and far: no place of it gets lost, whatever one does."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, QPointF, QSize, Qt
from PyQt6.QtTest import QSignalSpy
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.files.viewer.canvas import MOST, PictureCanvas
from tests.ui.hands import click

SIZES = st.tuples(st.integers(1, 9000), st.integers(1, 9000))


@pytest.fixture
def canvas(qtbot: QtBot) -> PictureCanvas:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    canvas = PictureCanvas(window)
    canvas.setGeometry(0, 0, 800, 600)
    window.show()
    return canvas


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=SIZES, steps=st.lists(st.tuples(st.floats(0.1, 9), SIZES, SIZES), max_size=8))
def test_a_large_picture_covers_the_window_and_a_small_one_is_in_its_middle(
    canvas: PictureCanvas,
    size: tuple[int, int],
    steps: list[tuple[float, tuple[int, int], tuple[int, int]]],
) -> None:
    canvas.show_picture(QSize(*size))
    for factor, at, pan in steps:
        canvas.zoom_by(factor, QPointF(at[0] % 800, at[1] % 600))
        canvas.pan(QPointF(*pan))
    place = canvas.place
    assert canvas.scale <= MOST + 1e-6
    if canvas.is_fitted:
        assert place.width() <= 800
        assert place.height() <= 600
        return
    if place.width() >= 801:
        assert place.left() <= 1e-3
        assert place.right() >= 800 - 1e-3
    else:
        assert abs(place.center().x() - 400) < 1
    if place.height() >= 601:
        assert place.top() <= 1e-3
        assert place.bottom() >= 600 - 1e-3


def test_what_is_pointed_at_stays_while_one_comes_nearer(canvas: PictureCanvas) -> None:
    canvas.show_picture(QSize(4000, 3000))
    at = QPointF(300, 200)
    before = (at - canvas.place.topLeft()) / canvas.scale
    canvas.zoom_by(4, at)
    after = (at - canvas.place.topLeft()) / canvas.scale
    assert (before - after).manhattanLength() < 0.01


def test_a_small_picture_is_as_large_as_it_is(canvas: PictureCanvas) -> None:
    canvas.show_picture(QSize(40, 30))
    assert canvas.percent == 100
    canvas.zoom_by(0.5)
    assert canvas.percent == 100


def test_its_real_size_and_back(canvas: PictureCanvas) -> None:
    canvas.show_picture(QSize(4000, 3000))
    assert canvas.percent < 100
    canvas.show_real_size()
    assert canvas.percent == 100
    assert canvas.pixels() == QSize(4000, 3000)
    assert canvas.can_pan
    canvas.fit()
    assert canvas.is_fitted
    assert not canvas.can_pan


def test_it_stays_fitted_in_a_window_that_grows(canvas: PictureCanvas) -> None:
    canvas.show_picture(QSize(4000, 3000))
    before = canvas.scale
    canvas.resize(1600, 1200)
    assert canvas.scale > before


def test_only_a_click_beside_the_picture_is_told(canvas: PictureCanvas) -> None:
    canvas.show_picture(QSize(100, 100))
    told = QSignalSpy(canvas.outside_clicked)
    click(canvas, QPoint(400, 300))
    assert len(told) == 0
    click(canvas, QPoint(20, 20))
    assert len(told) == 1


def test_the_hand_shows_that_it_can_be_dragged(canvas: PictureCanvas) -> None:
    canvas.show_picture(QSize(4000, 3000))
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    canvas.show_real_size()
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
