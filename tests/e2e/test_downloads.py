"""The folder for fetched files, from the settings of a window to its rooms."""

from __future__ import annotations

import argparse
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QEvent, QObject
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.protocol.attachments import FileRef
from app.support.folder import DataFolder
from app.ui.requests import HostRequest


def test_choice_holds_at_once_in_rooms_that_are_open_and_in_later_ones(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    palette = qapp.palette()
    usual, chosen = tmp_path / "usual", tmp_path / "chosen"
    chosen.mkdir()
    program = Application(qapp, DataFolder(tmp_path / "data", usual))
    program.begin(argparse.Namespace(command=None))
    program._window.host_requested.emit(HostRequest("Lab", "Marina", 0))
    assert _goes_to(program, 0) == usual
    program._preferences.set_downloads(chosen)
    program._window.host_requested.emit(HostRequest("Office", "Marina", 0))
    assert [_goes_to(program, 0), _goes_to(program, 1)] == [chosen, chosen]
    program._preferences.set_downloads(None)
    assert _goes_to(program, 1) == usual
    for room in program._lobby.hosted:
        with qtbot.waitSignal(room.stopped):
            room.stop()
    # A theme that stays would go on giving the application its look.
    _delete(program._window)
    _delete(program._theme)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)


def _goes_to(program: Application, number: int) -> Path:
    """Return the folder that a file of one of the rooms is fetched into."""
    session = program._lobby.hosted[number].session
    assert session is not None
    ref = FileRef(hash="ab" * 32, name="a.txt", size=5, media="text/plain")
    transfer = session.transfers.save(ref)
    session.transfers.cancel(transfer.id)
    return transfer.path.parent


def _delete(thing: QObject) -> None:
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete.value)
