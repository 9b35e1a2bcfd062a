"""A room's password in real windows, by real keys."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.processes import Papo
from tests.helpers.screen import Screen, virtual_screen

pytestmark = pytest.mark.e2e

PHRASE = "tulip rain 7"


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with virtual_screen() as screen:
        yield screen


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text(PHRASE, "utf-8")
    path.chmod(0o600)
    return path


def test_room_hosted_with_a_password_lets_in_who_knows_it(
    screen: Screen, tmp_path: Path, password_file: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (tmp_path / "window").mkdir()
    (tmp_path / "window" / "settings.json").write_text(json.dumps({"port": port}), "utf-8")
    with Papo(data=tmp_path / "window", environment=screen.environment) as window:
        screen.window("Papo")
        screen.type("Robotics Lab")
        screen.press("Tab")
        screen.type("Marina")
        screen.press("Tab")
        screen.type(PHRASE)
        screen.press("Return")
        screen.window("Robotics Lab – Papo")
        address = f"127.0.0.1:{port}"
        with Papo(
            "join", address, "--nick", "Eve", "--accept-new", "--headless", data=tmp_path / "eve"
        ) as eve:
            assert eve.wait_for_end() != 0
        with Papo(
            "join", address, "--nick", "Tom", "--password-file", str(password_file), "--headless",
            data=tmp_path / "tom",
        ) as tom:  # fmt: skip
            tom.wait_for("joined")
            # Whether the window knows of Tom already or not: twice means it.
            screen.press("ctrl+q", "ctrl+q")
            assert tom.wait_for_end() == 0
        assert window.wait_for_end() == 0
    files = [file for file in (tmp_path / "window").rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if PHRASE.encode() in file.read_bytes()]


def test_first_contact_by_password_forgives_a_wrong_one(
    screen: Screen, tmp_path: Path, password_file: Path
) -> None:
    with (
        Papo(
            "host", "--room", "Aula 3B", "--port", "0", "--password-file", str(password_file),
            "--headless", data=tmp_path / "host",
        ) as host,
        Papo(data=tmp_path / "window", environment=screen.environment) as window,
    ):  # fmt: skip
        port = host.wait_for("hosting")["port"]
        screen.window("Papo")
        screen.press(*["Tab"] * 6)
        screen.type(f"127.0.0.1:{port}")
        screen.press("Tab", "Tab")
        screen.type("Duda")
        screen.press("Return")
        # The words, and above the buttons the way by password; the keyboard is on Leave.
        screen.window("127.0.0.1")
        screen.press("shift+Tab", "Return")
        screen.type("not this one")
        screen.press("Return")
        screen.type(PHRASE)
        screen.press("Return")
        assert host.wait_for("member_joined")["nick"] == "Duda"
        screen.window("Aula 3B – Papo")
        screen.press("ctrl+q")
        assert window.wait_for_end() == 0
