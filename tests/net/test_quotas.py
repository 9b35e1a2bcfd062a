"""How much a hosted room takes in files, as its window and the command line say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.qt_clock import QtClock
from app.room.files.quotas import Quotas
from app.session.files.own import OwnFiles
from app.session.files.transfer import FileFailure, LocalFile, Stage
from app.support.folder import DataFolder
from tests.net.conftest import own_session

OPTIONS = HostOptions(name="Lab", nickname="Marina", port=0, bind="127.0.0.1")


def _own(hosted: HostedRoom) -> OwnFiles:
    own = own_session(hosted).own_files
    assert own is not None
    return own


def _stop(hosted: HostedRoom, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()


def test_choice_is_kept_with_the_room_and_options_come_before_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    lobby = Lobby(DataFolder(tmp_path / "host"), QtClock())
    hosted = lobby.host(OPTIONS)
    assert _own(hosted).quotas == Quotas()
    chosen = Quotas(file=5_000, room=70_000, keep_free=0)
    _own(hosted).set_quotas(chosen)
    assert not hosted.host.room.is_dirty, "a crash must not take it back"
    _stop(hosted, qtbot)
    hosted = lobby.host(OPTIONS)
    assert _own(hosted).quotas == chosen
    _stop(hosted, qtbot)
    hosted = lobby.host(replace(OPTIONS, max_file=0))
    assert _own(hosted).quotas == replace(chosen, file=0)
    _stop(hosted, qtbot)


@pytest.mark.parametrize(
    ("file", "failure"), [(4, FileFailure.TOO_LARGE), (0, FileFailure.NO_FILES)]
)
def test_a_file_is_refused_by_what_holds_now(
    tmp_path: Path, qtbot: QtBot, file: int, failure: FileFailure
) -> None:
    lobby = Lobby(DataFolder(tmp_path / "host"), QtClock())
    hosted = lobby.host(OPTIONS)
    session = own_session(hosted)
    path = tmp_path / "a.bin"
    path.write_bytes(b"hello")
    with qtbot.waitSignal(session.transfers.admitted):
        session.transfers.ask_token()
        with qtbot.waitSignal(session.joined):
            pass
        session.transfers.ask_token()
    own = _own(hosted)
    with qtbot.waitSignal(session.transfers.admitted):
        own.set_quotas(replace(own.quotas, file=file))
    assert session.transfers.max_file == file
    # As of somebody who has not heard of it yet.
    session.transfers.max_file = 0
    assert session.send_files([LocalFile(path)]) is None
    qtbot.waitUntil(lambda: session.transfers.all[-1].stage is Stage.FAILED)
    assert session.transfers.all[-1].failure == failure
    assert own.use.files == 0
    _stop(hosted, qtbot)
