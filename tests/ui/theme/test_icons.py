"""Every icon is there, in its box, in one colour, sharp."""

from __future__ import annotations

import re

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QIcon, QImage
from PyQt6.QtWidgets import QApplication

from app.support.resources import resource
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Scheme, Theme


def inked(image: QImage) -> list[tuple[int, int]]:
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    ]


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_is_drawn_in_its_box_and_in_one_colour(icon: Icon, theme: Theme) -> None:
    source = resource("icons", f"{icon.value}.svg").read_text("utf-8")
    assert set(re.findall(r'(?:stroke|fill)="([^"]+)"', source)) <= {"none", "currentColor"}
    image = theme.pixmap(icon, Role.TEXT, 24, 2.0).toImage()
    places = inked(image)
    assert len(places) > 20
    assert all(2 <= x < 46 and 2 <= y < 46 for x, y in places)


def test_icons_take_the_colour_of_the_role_in_both_themes(theme: Theme) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.set_scheme(scheme)
        image = theme.pixmap(Icon.PLUS, Role.DANGER, 24, 1.0).toImage()
        assert image.pixelColor(12, 12).name() == theme.colour(Role.DANGER).name()


def test_icons_are_sharp_on_dense_screens(theme: Theme) -> None:
    pixmap = theme.pixmap(Icon.SEND, Role.TEXT, 20, 2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0
    assert theme.icon(Icon.SEND).actualSize(pixmap.deviceIndependentSize().toSize()).width() == 20


def test_rendered_icons_are_kept(theme: Theme) -> None:
    one = theme.pixmap(Icon.SEND, Role.TEXT, 20, 1.0)
    assert one.cacheKey() == theme.pixmap(Icon.SEND, Role.TEXT, 20, 1.0).cacheKey()


def test_disabled_icons_look_disabled(theme: Theme) -> None:
    pixmap = theme.icon(Icon.PLUS, Role.TEXT, 24).pixmap(24, 24, QIcon.Mode.Disabled)
    colour = pixmap.toImage().pixelColor(12, 12)
    assert colour.name() == theme.colour(Role.TEXT_DISABLED).name()


def test_arrows_turn_round_where_one_reads_from_right_to_left(
    theme: Theme, qapp: QApplication
) -> None:
    plain = theme.pixmap(Icon.JOIN, Role.TEXT, 24, 1.0).toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        turned = theme.pixmap(Icon.JOIN, Role.TEXT, 24, 1.0).toImage()
        same = theme.pixmap(Icon.COPY, Role.TEXT, 24, 1.0).toImage()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert turned == plain.flipped(Qt.Orientation.Horizontal)
    assert same == theme.pixmap(Icon.COPY, Role.TEXT, 24, 1.0).toImage()


def test_the_logo_takes_the_themes_accent(theme: Theme) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        theme.set_scheme(scheme)
        image = theme.logo(64).toImage()
        assert image.pixelColor(8, 32).name() == theme.colour(Role.ACCENT).name()
        assert image.pixelColor(20, 32).name() == theme.colour(Role.ON_ACCENT).name()
