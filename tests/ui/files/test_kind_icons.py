"""Each kind of files has an icon of its own, which can be made out on its tile, and a name."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QRectF
from PyQt6.QtGui import QPainter, QPixmap

from app.protocol.attachments import FileRef
from app.room.files.kinds import Icon as KindIcon
from app.ui.files.kind_icons import colours_for, icon_for, kind_of_ref, name_of, paint_kind
from app.ui.theme.theme import Scheme, Theme
from tests.ui.theme.test_roles import contrast


def test_no_two_kinds_share_an_icon_or_a_name() -> None:
    assert len({icon_for(kind) for kind in KindIcon}) == len(KindIcon)
    assert len({name_of(kind) for kind in KindIcon}) == len(KindIcon)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("kind", list(KindIcon))
def test_the_icon_stands_out_from_its_tile(theme: Theme, kind: KindIcon, scheme: Scheme) -> None:
    theme.set_scheme(scheme)
    colours = colours_for(theme, kind)
    assert contrast(colours.ink.name(), colours.tint.name()) >= 3.0


@pytest.mark.parametrize("kind", list(KindIcon))
def test_a_tile_shows_both_its_colours(theme: Theme, kind: KindIcon) -> None:
    picture = QPixmap(40, 40)
    painter = QPainter(picture)
    paint_kind(painter, QRectF(0, 0, 40, 40), theme, kind)
    painter.end()
    image = picture.toImage()
    seen = {image.pixelColor(x, y).name() for x in range(40) for y in range(40)}
    assert {colours_for(theme, kind).ink.name(), colours_for(theme, kind).tint.name()} <= seen


def test_what_is_called_a_picture_and_said_to_be_another_thing_is_no_picture() -> None:
    ref = FileRef(hash="0" * 64, name="cat.png", size=1, media="text/plain")
    assert kind_of_ref(ref).icon is KindIcon.OTHER
