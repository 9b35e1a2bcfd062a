"""A second start reaches the window that is open, and nothing else gets through there."""

from __future__ import annotations

import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PyQt6.QtCore import QCoreApplication
from PyQt6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from app.net.handover import MAX_LINE, Handover, Reception, socket_name
from app.net.qt_clock import QtClock
from app.security.invite import Address, Invite
from app.support.folder import DataFolder
from tests.helpers.clock import ManualClock

INVITE = Invite((Address("192.168.1.20", 9090),), bytes(range(32)), "Hack Night")


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    return folder


@pytest.fixture
def first(folder: DataFolder, qapp: QCoreApplication) -> Iterator[Reception]:
    clock = QtClock(qapp)
    reception = Reception(folder, clock)
    assert reception.open()
    yield reception
    reception.close()
    reception.deleteLater()
    clock.deleteLater()


def hand_over(qtbot: QtBot, folder: DataFolder, target: Address | Invite | None) -> bool:
    clock = QtClock()
    handover = Handover(folder, target, clock)
    with qtbot.waitSignal(handover.ended, timeout=10_000) as ended:
        handover.start()
    handover.deleteLater()
    clock.deleteLater()
    return bool(ended.args and ended.args[0])


@pytest.mark.parametrize("target", [INVITE, Address("fe80::1%eth0", 9091)])
def test_target_comes_to_the_open_window(
    first: Reception, folder: DataFolder, qtbot: QtBot, target: Address | Invite
) -> None:
    with qtbot.waitSignal(first.target_came) as came:
        assert hand_over(qtbot, folder, target)
    assert came.args == [target]


def test_start_without_a_target_raises_the_window(
    first: Reception, folder: DataFolder, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.raise_asked):
        assert hand_over(qtbot, folder, None)


def test_one_run_is_the_first_and_another_folder_has_its_own(
    first: Reception, folder: DataFolder, tmp_path: Path
) -> None:
    clock = ManualClock()
    second = Reception(folder, clock)
    assert first.is_first
    assert not second.is_first
    assert not second.open()
    elsewhere = DataFolder(tmp_path / "elsewhere")
    elsewhere.prepare()
    other = Reception(elsewhere, clock)
    assert other.is_first
    assert other.open()
    other.close()


def test_socket_that_was_left_behind_is_taken_over(folder: DataFolder, qtbot: QtBot) -> None:
    if sys.platform == "win32":
        pytest.skip("a pipe is never left behind")
    left = socket.socket(socket.AF_UNIX)
    left.bind(socket_name(folder))
    left.close()
    clock = QtClock()
    reception = Reception(folder, clock)
    assert reception.open()
    with qtbot.waitSignal(reception.raise_asked):
        assert hand_over(qtbot, folder, None)
    reception.close()
    clock.deleteLater()


def test_nobody_else_may_reach_the_socket(first: Reception, folder: DataFolder) -> None:
    if sys.platform == "win32":
        pytest.skip("pipes have no mode")
    assert first.is_first
    mode = Path(socket_name(folder)).stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_folder_with_a_long_path_works_too(tmp_path: Path, qtbot: QtBot) -> None:
    deep = DataFolder(tmp_path / ("long" * 30))
    deep.prepare()
    clock = QtClock()
    reception = Reception(deep, clock)
    assert reception.open()
    with qtbot.waitSignal(reception.raise_asked):
        assert hand_over(qtbot, deep, None)
    reception.close()
    clock.deleteLater()


def test_name_outside_the_folder_cannot_be_known_before(tmp_path: Path) -> None:
    deep = DataFolder(tmp_path / ("long" * 30))
    deep.prepare()
    clock = ManualClock()
    assert socket_name(deep) == ""
    names = set()
    for _ in range(3):
        reception = Reception(deep, clock)
        assert reception.open()
        names.add(socket_name(deep))
        reception.close()
    assert len(names) == 3
    if sys.platform != "win32":
        assert stat.S_IMODE(deep.window_name.stat().st_mode) == 0o600


@pytest.mark.parametrize("left", [b"", b"\xff", b"/etc/passwd", b"papo-../x", b"papo-" + b"g" * 32])
def test_damaged_name_is_nobodys(tmp_path: Path, qtbot: QtBot, left: bytes) -> None:
    deep = DataFolder(tmp_path / ("long" * 30))
    deep.prepare()
    deep.window_name.write_bytes(left)
    assert socket_name(deep) == ""
    clock = QtClock()
    reception = Reception(deep, clock)
    assert reception.open()
    with qtbot.waitSignal(reception.raise_asked):
        assert hand_over(qtbot, deep, None)
    reception.close()
    clock.deleteLater()


def test_window_that_does_not_answer_is_given_up(
    folder: DataFolder, qapp: QCoreApplication
) -> None:
    assert qapp is not None
    clock = ManualClock()
    handover = Handover(folder, INVITE, clock)
    ended: list[bool] = []
    handover.ended.connect(ended.append)
    handover.start()
    clock.advance(10.0)
    assert ended == [False]


@pytest.mark.parametrize(
    "line",
    [b"papo1 join \n", b"papo1 join two words\n", b"papo1 run /bin/sh\n", b"hello\n", b"\n",
     b"papo1 raise now\n", b"papo1 join \xff\n", b"x" * (MAX_LINE + 10)],
)  # fmt: skip
def test_anything_else_is_hung_up_on(
    first: Reception, folder: DataFolder, qtbot: QtBot, line: bytes
) -> None:
    came: list[object] = []
    first.target_came.connect(came.append)
    caller = QLocalSocket()
    with qtbot.waitSignal(caller.disconnected, timeout=10_000):
        caller.connectToServer(socket_name(folder))
        caller.write(line)
    assert caller.readAll().data() == b""
    assert came == []
    caller.deleteLater()


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(), st.binary().map(lambda rest: b"papo1 join " + rest)))
def test_any_line_is_a_target_or_nothing(folder: DataFolder, line: bytes) -> None:
    reception = Reception(folder, ManualClock())
    came: list[object] = []
    reception.target_came.connect(came.append)
    taken = reception.take(line)
    assert all(isinstance(one, Address | Invite) for one in came)
    assert taken == bool(came) or line == b"papo1 raise"
    reception.close()
