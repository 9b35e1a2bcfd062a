"""Where files go, and what is tidied up at the start of a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.qt_clock import QtClock
from app.net.transfers.service import own_door
from app.protocol.attachments import FileRef
from app.session.files.transfer import LocalFile, Stage
from app.support.folder import DataFolder
from tests.helpers.clock import ManualClock
from tests.helpers.sessions import messages
from tests.net.conftest import own_session


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("", "127.0.0.1:9090"),
        ("0.0.0.0", "127.0.0.1:9090"),  # noqa: S104 - only a text here
        ("::", "[::1]:9090"),
        ("192.168.1.7", "192.168.1.7:9090"),
    ],
)
def test_host_reaches_its_own_door(bind: str, address: str) -> None:
    assert str(own_door(bind, 9090)) == address


@pytest.mark.parametrize("bind", ["", "127.0.0.1", "::1", "::", "0.0.0.0"])  # noqa: S104
def test_hosts_own_window_sends_to_its_own_door(tmp_path: Path, qtbot: QtBot, bind: str) -> None:
    clock = QtClock()
    lobby = Lobby(DataFolder(tmp_path / "host"), clock)
    hosted = lobby.host(HostOptions(name="Lab", nickname="Marina", port=0, bind=bind))
    session = own_session(hosted)
    with qtbot.waitSignal(session.joined):
        pass
    path = tmp_path / "a.bin"
    path.write_bytes(b"hello")
    assert session.send_files([LocalFile(path)]) is None
    qtbot.waitUntil(lambda: bool(messages(session)) and messages(session)[-1].seq == 1)
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    lobby.deleteLater()
    clock.deleteLater()


def test_files_go_into_the_folder_that_was_chosen(
    hosted: HostedRoom, tmp_path: Path, qtbot: QtBot
) -> None:
    session = own_session(hosted)
    path = tmp_path / "a.bin"
    path.write_bytes(b"hello")
    session.send_files([LocalFile(path)])
    qtbot.waitUntil(lambda: bool(messages(session)) and messages(session)[-1].seq == 1)
    ref: FileRef = messages(session)[-1].files[0]
    session.transfers.save_into(tmp_path / "chosen")
    one = session.transfers.save(ref)
    qtbot.waitUntil(lambda: session.transfers.all[-1].stage is Stage.DONE)
    assert one.path == tmp_path / "chosen" / "a.bin"
    assert one.path.read_bytes() == b"hello"


def test_start_tidies_up_unless_another_run_is_there(tmp_path: Path) -> None:
    clock = ManualClock()
    folder = DataFolder(tmp_path / "data")
    folder.viewed.mkdir(parents=True)
    old = folder.viewed / "old"

    def leave() -> None:
        old.touch()
        os.utime(old, (clock.now() - 1, clock.now() - 1))

    leave()
    first = Lobby(folder, clock)
    assert not old.exists()
    leave()
    second = Lobby(folder, clock)
    assert old.exists()
    for lobby in (first, second):
        lobby.deleteLater()
