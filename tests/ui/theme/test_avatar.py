"""What stands on avatars and tiles, in every script."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QPainter

from app.ui.theme.avatar import graphemes, initials, paint_avatar, tile_text
from app.ui.theme.theme import Theme

FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("nick", "expected"),
    [
        ("Tom", "TO"),
        ("Marina", "MA"),
        ("marina", "MA"),
        ("Profa. Marina", "PM"),
        ("Ana Maria da Silva", "AS"),
        ("Júlia", "JÚ"),
        ("J", "J"),
        ("vt100", "VT"),
        ("telnet-04", "TE"),
        ("(bot) Helper", "BH"),
        ("🎮 Sam", "🎮"),
        (FAMILY, FAMILY),
        ("🇧🇷🇵🇹", "🇧🇷"),
        ("ليلى", "ل"),
        ("דנה", "דנ"),
        ("山田太郎", "山"),
        ("e\u0301le\u0300ve", "E\u0301L"),
        ("ßeta", "ßE"),
        ("...", "."),
        ("", "?"),
        ("   ", "?"),
    ],
)
def test_initials(nick: str, expected: str) -> None:
    assert initials(nick) == expected


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        ("Robotics Lab", "R"),
        ("Room 204", "2"),
        ("Turma 3B · Redes", "3B"),
        ("🎉 party", "🎉"),
        ("#general", "G"),
        ("", "?"),
    ],
)
def test_tile_text(room: str, expected: str) -> None:
    assert tile_text(room) == expected


def test_graphemes_are_what_a_person_counts() -> None:
    assert graphemes(f"a{FAMILY}e\u0301") == ["a", FAMILY, "e\u0301"]
    assert graphemes("") == []


def test_lone_surrogates_do_no_harm() -> None:
    assert initials("\ud83d")
    assert initials("a\udc00b")


@pytest.mark.parametrize(("square", "corner_alpha"), [(False, 0), (True, 255)])
def test_people_are_circles_and_rooms_are_rounded_squares(
    theme: Theme, square: bool, corner_alpha: int
) -> None:
    image = QImage(36, 36, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_avatar(painter, QRectF(0, 0, 36, 36), "TO", theme.person(b"x"), rounded_square=square)
    painter.end()
    assert image.pixelColor(4, 4).alpha() == corner_alpha
    assert image.pixelColor(0, 0).alpha() < 128
    assert image.pixelColor(3, 18).name() == theme.person(b"x").tint.name()
