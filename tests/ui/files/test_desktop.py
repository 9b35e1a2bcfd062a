"""The file manager is asked over the bus, as its specification says; without one the folder opens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from PyQt6.QtCore import QObject, pyqtClassInfo, pyqtSignal, pyqtSlot
from PyQt6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from app.ui.files import desktop
from app.ui.files.desktop import SystemDesktop
from app.ui.opening import open_file, open_folder
from tests.ui.notifications.bus import private_bus

NAME = "org.freedesktop.FileManager1"

# PyQt6 6.11 types it as what returns nothing.
_class_info: Any = pyqtClassInfo

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no bus"),
    pytest.mark.usefixtures("qapp"),
]


@_class_info("D-Bus Interface", NAME)
class FakeFileManager(QObject):
    """Remembers what it was to show."""

    asked = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[list[str]] = []

    @pyqtSlot("QStringList", "QString")
    def ShowItems(self, urls: list[str], _startup: str) -> None:  # noqa: N802 - the specification's
        self.shown.append(urls)
        self.asked.emit()


class Folders(QObject):
    """What is opened as a folder, in place of the real thing."""

    opened = pyqtSignal(object)

    def open(self, path: Path) -> bool:
        self.opened.emit(path)
        return True


@pytest.fixture
def buses() -> Iterator[tuple[QDBusConnection, QDBusConnection]]:
    """Give the two ends of a bus: the manager's, and ours."""
    with private_bus() as address:
        names = ("files-manager", "files-papo")
        both = [QDBusConnection.connectToBus(address, name) for name in names]
        assert all(bus.isConnected() for bus in both)
        yield both[0], both[1]
        for name in names:
            QDBusConnection.disconnectFromBus(name)


def test_the_file_manager_shows_the_file(
    qtbot: QtBot, buses: tuple[QDBusConnection, QDBusConnection], tmp_path: Path
) -> None:
    theirs, ours = buses
    manager = FakeFileManager()
    option = QDBusConnection.RegisterOption.ExportAllSlots
    assert theirs.registerObject("/org/freedesktop/FileManager1", manager, option)
    assert theirs.registerService(NAME)
    path = tmp_path / "a b#c%25&'$(id).pdf"
    with qtbot.waitSignal(manager.asked):
        assert SystemDesktop(manager, ours).show(path)
    assert [unquote(url) for url in manager.shown[0]] == [f"file://{path}"]


def test_without_one_the_folder_opens(
    qtbot: QtBot,
    buses: tuple[QDBusConnection, QDBusConnection],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folders = Folders()
    monkeypatch.setattr(desktop, "open_folder", folders.open)
    asked = SystemDesktop(folders, buses[1])
    with qtbot.waitSignal(folders.opened) as heard:
        assert asked.show(tmp_path / "a.pdf")
    assert heard.args == [tmp_path]


def test_only_files_of_this_computer_are_opened(tmp_path: Path) -> None:
    assert not open_file(Path("http://example.org/a.pdf"))
    assert not open_folder(tmp_path / "nothing")
