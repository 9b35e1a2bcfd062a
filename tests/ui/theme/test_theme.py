"""Colours and fonts as the system, the setting and the environment want them."""

from __future__ import annotations

from collections import Counter

import pytest
from PyQt6 import sip
from PyQt6.QtGui import QFont, QFontInfo, QPalette
from PyQt6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import contrast
from app.ui.theme.focus_ring import _Ring
from app.ui.theme.roles import DARK, LIGHT, Role
from app.ui.theme.stylesheet import stylesheet
from app.ui.theme.theme import Scheme, Theme
from app.ui.theme.type import SMALLEST, Step


def rings_in(window: QWidget, theme: Theme) -> list[_Ring]:
    """Return the rings of this theme; those of other tests' themes may still be about."""
    rings = [ring for ring in window.findChildren(_Ring) if ring._theme is theme]
    return [ring for ring in rings if ring is theme._ring._ring]


def test_scheme_is_switched_live_and_tells_once(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.set_scheme(Scheme.DARK)
    assert theme.dark
    assert theme.colour(Role.TEXT).name().upper() == DARK[Role.TEXT]
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme(Scheme.DARK)
    theme.set_scheme(Scheme.LIGHT)
    assert theme.colour(Role.TEXT).name().upper() == LIGHT[Role.TEXT]


def test_environment_wins_over_the_setting(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPO_SCHEME", "dark")
    theme = Theme(qapp)
    theme.set_scheme(Scheme.LIGHT)
    assert theme.dark
    theme.deleteLater()


def test_sizes_follow_the_system_font_and_never_get_tiny(theme: Theme, qapp: QApplication) -> None:
    before = qapp.font()
    small = QFont(before)
    small.setPointSizeF(8.0)
    try:
        qapp.setFont(small)
        assert theme.font(Step.CAPTION).pointSizeF() == SMALLEST
        assert theme.font(Step.DISPLAY).pointSizeF() == 18.0
        assert theme.font(Step.BODY).family() == small.family()
        pixels = QFont(before)
        pixels.setPixelSize(20)
        qapp.setFont(pixels)
        assert theme.font(Step.BODY).pointSizeF() == pytest.approx(QFontInfo(pixels).pointSizeF())
    finally:
        qapp.setFont(before)


def test_weight_is_the_steps_own_unless_another_is_asked_for(theme: Theme) -> None:
    assert theme.font(Step.TITLE).weight() == QFont.Weight.DemiBold
    assert theme.font(Step.BODY).weight() == QFont.Weight.Normal
    assert theme.font(Step.BODY, QFont.Weight.DemiBold).weight() == QFont.Weight.DemiBold


def test_a_person_has_the_same_colours_every_time_and_all_are_used(theme: Theme) -> None:
    assert theme.person(b"key") == theme.person(b"key")
    seen = Counter(theme.person(str(n).encode()).ink.name() for n in range(400))
    assert len(seen) == 8
    assert min(seen.values()) > 20


def test_chosen_colour_wins_and_is_counted_round_the_palette(theme: Theme) -> None:
    for colour in range(64):
        assert theme.person(b"key", colour) == theme.person(b"other", colour % 8)
    assert len({theme.person(b"key", colour).ink.name() for colour in range(8)}) == 8


def test_palette_and_style_sheet_come_from_the_roles(theme: Theme, qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    try:
        theme.set_scheme(Scheme.DARK)
        theme.apply()
        palette = qapp.palette()
        assert palette.color(QPalette.ColorRole.Window) == theme.colour(Role.SURFACE_SIDE)
        assert palette.color(QPalette.ColorRole.Highlight) == theme.colour(Role.ACCENT)
        assert theme.colour(Role.ACCENT).name() in qapp.styleSheet()
        theme.set_scheme(Scheme.LIGHT)
        assert theme.colour(Role.ACCENT).name() in qapp.styleSheet()
    finally:
        qapp.setStyleSheet(sheet)


def test_style_sheet_leaves_no_role_unfilled(theme: Theme) -> None:
    assert "$" not in stylesheet(theme.colour)


def test_high_contrast_takes_the_systems_colours_and_draws_lines_as_outlines() -> None:
    palette = QPalette()
    colours = contrast.from_palette(palette)
    assert set(colours) == set(Role)
    assert colours[Role.LINE] == colours[Role.OUTLINE] == palette.color(QPalette.ColorRole.Text)


def test_focus_ring_surrounds_the_button_that_the_keyboard_reached(
    theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 100)
    button = QPushButton("Go", window)
    button.setGeometry(40, 30, 80, 32)
    with qtbot.waitActive(window):
        window.show()
    button.setFocus()
    rings = rings_in(window, theme)
    assert len(rings) == 1
    ring = rings[0]
    assert ring.isVisible()
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.move(60, 40)
    assert ring.geometry() == button.geometry().adjusted(-4, -4, 4, 4)
    button.hide()
    assert not ring.isVisible()


def test_focus_ring_survives_the_end_of_its_button(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    box = QWidget(window)
    inner = QVBoxLayout(box)
    buttons = [QPushButton(str(n), box) for n in range(3)]
    for button in buttons:
        inner.addWidget(button)
    column.addWidget(box)
    last = QPushButton("last", window)
    column.addWidget(last)
    with qtbot.waitActive(window):
        window.show()
    buttons[0].setFocus()
    sip.delete(buttons[0])
    buttons[1].setFocus()
    sip.delete(box)
    last.setFocus()
    assert [ring.isVisible() for ring in rings_in(window, theme)] == [True]


def test_the_platform_is_told_and_let_go_again(theme: Theme, qapp: QApplication) -> None:
    sheet = qapp.styleSheet()
    try:
        theme.apply()
        theme.set_scheme(Scheme.DARK)
        assert theme.dark
        theme.set_scheme(Scheme.SYSTEM)
        assert not theme.dark
    finally:
        qapp.setStyleSheet(sheet)


def test_text_size_is_relative_to_the_systems_and_tells_once(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    before = qapp.font()
    usual = before.pointSizeF()
    try:
        with qtbot.waitSignal(theme.changed, timeout=1000):
            theme.set_text_size(200)
        assert theme.font(Step.BODY).pointSizeF() == pytest.approx(2 * usual)
        with qtbot.assertNotEmitted(theme.changed):
            theme.set_text_size(200)
        # Not of what it was last: of what the system has.
        theme.set_text_size(150)
        assert theme.font(Step.BODY).pointSizeF() == pytest.approx(1.5 * usual)
        theme.set_text_size(100)
        assert theme.font(Step.BODY).pointSizeF() == pytest.approx(usual)
    finally:
        qapp.setFont(before)
