"""Room passwords by command line: real processes, real files."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent, QObject
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.room.guesses import FREE
from app.room.history import EVERYTHING
from app.security.invite import Address
from app.session.connection import Verified
from app.support.folder import DataFolder
from app.ui.requests import HostRequest, JoinRequest
from tests.helpers.processes import Event, Papo

PASSWORD = "uma senha só nossa"  # noqa: S105 - of a test

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a password file that nobody else can read; return its path."""

    def write_file(content: str | bytes, name: str = "password", mode: int = 0o600) -> str:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return str(path)

    return write_file


def _host(data: Path, *more: str) -> Papo:
    return Papo("host", "--room", "Lab", "--port", "0", "--headless", *more, data=data)


def _join(target: str, data: Path, *more: str) -> Papo:
    return Papo("join", target, "--nick", "Ana", "--headless", *more, data=data)


def _address(hosting: Event) -> str:
    return f"127.0.0.1:{hosting['port']}"


def test_who_knows_the_password_gets_in_and_vouches_for_the_host_by_it(
    tmp_path: Path, write: Write
) -> None:
    file = write(f"{PASSWORD}\r\na second line\n")
    with _host(tmp_path / "h", "--password-file", file) as host:
        address = _address(host.wait_for("hosting"))
        with _join(address, tmp_path / "m", "--password-file", file) as member:
            assert member.wait_for("joined")["verified"] == "password"
            for process in (host, member):
                line = Path(f"/proc/{process.pid}/cmdline")
                assert not line.exists() or PASSWORD.encode() not in line.read_bytes()
            member.say("hello")
            member.end_input()
            assert member.wait_for_end() == 0
        assert host.terminate() == 0
        for process in (host, member):
            assert process.complaints == ""
            assert PASSWORD not in str(process.events)
    for path in [*(tmp_path / "h").rglob("*"), *(tmp_path / "m").rglob("*")]:
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "--password-file"), ("not this one", "not this room’s password")],
)
def test_who_does_not_know_it_is_told_in_one_line(
    tmp_path: Path, write: Write, content: str | None, complaint: str
) -> None:
    with _host(tmp_path / "h", "--password-file", write(PASSWORD)) as host:
        invite = host.wait_for("hosting")["invite"]
        more = ["--password-file", write(content, "guess")] if content else []
        with _join(invite, tmp_path / "m", *more) as member:
            assert member.wait_for_end() == 1
            assert complaint in member.complaints
            assert member.complaints.count("\n") == 1
        assert host.named("member_joined") == []


def test_after_five_wrong_ones_a_stranger_waits_while_a_trusted_member_comes_back(
    tmp_path: Path, write: Write
) -> None:
    right, wrong = write(PASSWORD), write("not this one", "guess")
    with _host(tmp_path / "h", "--no-flood-limit", "--password-file", right) as host:
        invite = host.wait_for("hosting")["invite"]
        with _join(invite, tmp_path / "ana", "--password-file", right) as ana:
            ana.wait_for("joined")
            ana.end_input()
            assert ana.wait_for_end() == 0
        with_wrong = [
            _join(invite, tmp_path / f"m{n}", "--password-file", wrong) for n in range(FREE)
        ]
        for process in with_wrong:
            with process:
                assert process.wait_for_end() == 1
                assert "not this room’s password" in process.complaints
        with _join(invite, tmp_path / "late", "--password-file", right) as late:
            assert late.wait_for_end() == 1
            found = re.search(r"again in (\d+) second", late.complaints)
            assert found, late.complaints
            assert 0 < int(found[1]) <= 30
        # No password at hand: her device gave it before.
        with _join(invite, tmp_path / "ana") as again:
            again.wait_for("joined")
        assert PASSWORD not in host.complaints


def test_room_keeps_its_password_until_an_empty_file_takes_it_away(
    tmp_path: Path, write: Write
) -> None:
    with _host(tmp_path / "h", "--password-file", write(PASSWORD)) as host:
        host.wait_for("hosting")
        # Not asked to end: the password is on the disk from the beginning.
        host.kill()
    with _host(tmp_path / "h") as host:
        invite = host.wait_for("hosting")["invite"]
        with _join(invite, tmp_path / "m") as member:
            assert member.wait_for_end() == 1
            assert "--password-file" in member.complaints
        assert host.terminate() == 0
    with _host(tmp_path / "h", "--password-file", write("", "empty")) as host:
        invite = host.wait_for("hosting")["invite"]
        with _join(invite, tmp_path / "m") as member:
            member.wait_for("joined")
        assert host.terminate() == 0
        assert "asks for no password" in host.complaints


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "cannot be read"),
        (b"", "is empty"),
        (b"\nsecond line", "is empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"x" * 200, "room for 128 character"),
        (b"x" * 100_000, "room for 128 character"),
        (b"bell\x07", "signs that a password cannot have"),
    ],
)
@pytest.mark.parametrize("headless", [True, False])
def test_file_that_holds_no_password_is_one_clear_line_and_a_status(
    tmp_path: Path, write: Write, content: bytes | None, complaint: str, headless: bool
) -> None:
    file = write(content) if content is not None else str(tmp_path / "none")
    more = ["--headless"] if headless else []
    arguments = ["join", "127.0.0.1:1", *more, "--password-file", file]
    with Papo(*arguments, data=tmp_path / "d") as papo:
        assert papo.wait_for_end() == 1
        assert complaint in papo.complaints
        assert papo.complaints.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="modes say nothing there")
def test_file_that_others_can_read_is_warned_of(tmp_path: Path, write: Write) -> None:
    with _host(tmp_path / "h", "--password-file", write(PASSWORD, mode=0o644)) as host:
        host.wait_for("hosting")
        assert host.terminate() == 0
        assert "Others on this computer can read" in host.complaints
        assert PASSWORD not in host.complaints


def test_known_host_that_asks_for_no_password_is_joined_and_an_unknown_one_is_not(
    tmp_path: Path, write: Write
) -> None:
    file = write(PASSWORD)
    with _host(tmp_path / "h") as host:
        hosting = host.wait_for("hosting")
        with _join(_address(hosting), tmp_path / "a", "--password-file", file) as member:
            assert member.wait_for_end() == 1
            assert "did not ask for the password" in member.complaints
        with _join(hosting["invite"], tmp_path / "b", "--password-file", file) as member:
            member.wait_for("joined")


def _options(command: str, **more: object) -> argparse.Namespace:
    host = {"room": "Lab", "port": 0, "bind": None, "history": EVERYTHING, "max_members": 10,
            "no_flood_limit": False, "max_file": None, "max_files": None, "keep_free": None,
            "guests": None, "plain": None, "no_discovery": True}  # fmt: skip
    return argparse.Namespace(command=command, **{"nick": "Marina", **host, **more})


def test_window_hands_on_the_password_from_its_forms_and_from_the_command_line(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    palette = qapp.palette()
    host = Application(qapp, DataFolder(tmp_path / "h"))
    host.begin(_options("host", password=PASSWORD))
    host._window.host_requested.emit(HostRequest("Office", "Marina", 0, password=PASSWORD))
    rooms = host._lobby.hosted
    assert [room.host.room.entrance.asks for room in rooms] == [True, True]
    member = Application(qapp, DataFolder(tmp_path / "m"))
    at = [Address("127.0.0.1", room.host.port) for room in rooms]
    member.begin(_options("join", nick="Ana", target=at[0], accept_new=False, password=PASSWORD))
    qtbot.waitUntil(lambda: _verified(member) == [Verified.PASSWORD])
    member._window.join_requested.emit(JoinRequest(at[1], "Ana", str(at[1]), password=PASSWORD))
    qtbot.waitUntil(lambda: _verified(member) == [Verified.PASSWORD] * 2)
    for application in (member, host):
        for room in application._lobby.hosted:
            with qtbot.waitSignal(room.stopped):
                room.stop()
        for session in application._lobby.joined:
            session.leave()
            application._lobby.forget(session)
        # A theme that stays would go on giving the application its look.
        _delete(application._window)
        _delete(application._theme)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)


def _delete(thing: QObject) -> None:
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete.value)


def _verified(application: Application) -> list[Verified]:
    return [session.verified for session in application._lobby.joined]
