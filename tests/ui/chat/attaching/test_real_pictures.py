"""The sheet with the true worker: what it shows, and what goes out, of a true picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.pictures.pictures import Pictures
from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press
from tests.ui.chat.rooms import ManualClock, Room

# One entry, GPS, that leads to one entry, the reference of the latitude: Exif 2.32, 4.6.
PLACE = (
    b"Exif\0\0MM\0*\0\0\0\x08"
    + struct.pack(">HHHLL", 1, 0x8825, 4, 1, 26)
    + struct.pack(">L", 0)
    + struct.pack(">HHHL4s", 1, 1, 2, 2, b"N\0\0\0")
    + struct.pack(">L", 0)
)


@pytest.fixture
def pictures(clock: ManualClock) -> Iterator[Pictures]:
    pictures = Pictures(clock)
    yield pictures
    pictures.close()
    pictures.deleteLater()


def photograph(path: Path, width: int, height: int) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path), "JPEG", 90)
    data = path.read_bytes()
    path.write_bytes(data[:2] + struct.pack(">HH", 0xFFE1, len(PLACE) + 2) + PLACE + data[2:])
    return path


@pytest.mark.parametrize("shrinks", [False, True])
def test_a_photograph_loses_its_place_and_its_size_only_where_that_is_wanted(
    qtbot: QtBot,
    room: Room,
    theme: Theme,
    settings: SettingsFile,
    tmp_path: Path,
    pictures: Pictures,
    *,
    shrinks: bool,
) -> None:
    room.join()
    page = ChatPage(room.session, theme, room.clock, settings=settings, pictures=pictures)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    path = photograph(tmp_path / "garden.jpg", 3000, 2000)
    before = path.read_bytes()
    page.attaching.add([path])
    sheet, parcel = page.attaching.sheet, page.attaching.parcel
    assert sheet is not None
    assert parcel is not None
    with qtbot.waitSignal(parcel.pictured):
        pass
    assert sheet.location.isVisible()
    sheet.shrink.setChecked(shrinks)
    with qtbot.waitSignal(page.attaching.sent):
        press(sheet.caption.edit, Qt.Key.Key_Return)
    entry = next(one for one in room.session.timeline.pending if one.files)
    (upload,) = room.session.transfers.of_message(entry.cid)
    sent = upload.path.read_bytes()
    assert b"Exif\0\0MM" not in sent
    image = QImage.fromData(sent)
    assert max(image.width(), image.height()) == (2560 if shrinks else 3000)
    assert path.read_bytes() == before
    if not shrinks:
        assert sent == before.replace(before[2 : 6 + len(PLACE)], b"")
