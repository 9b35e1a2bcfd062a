"""A name in little room still says what kind of file it is."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QFontMetricsF
from PyQt6.QtWidgets import QApplication

from app.ui.files.names import elided_name

LONG = "Minutes of the second meeting, with all decisions.pdf"


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetricsF:
    return QFontMetricsF(qapp.font())


def test_name_that_fits_is_whole(metrics: QFontMetricsF) -> None:
    assert elided_name(metrics, LONG, metrics.horizontalAdvance(LONG)) == LONG


@pytest.mark.parametrize("width", [60, 120, 200])
def test_long_name_is_cut_in_its_middle_and_keeps_its_extension(
    metrics: QFontMetricsF, width: int
) -> None:
    shown = elided_name(metrics, LONG, width)
    assert shown.endswith(".pdf")
    assert "…" in shown
    assert metrics.horizontalAdvance(shown) <= width


def test_program_cannot_hide_behind_its_length(metrics: QFontMetricsF) -> None:
    shown = elided_name(metrics, f"photo{' ' * 200}.jpg{' ' * 200}.exe", 80)
    assert shown.endswith(".exe")


def test_name_without_an_extension_is_cut_too(metrics: QFontMetricsF) -> None:
    shown = elided_name(metrics, "x" * 300, 80)
    assert metrics.horizontalAdvance(shown) <= 80
