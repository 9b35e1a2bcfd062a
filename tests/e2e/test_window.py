"""A real window on a virtual screen, driven by real keys; a headless member is the other side."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.processes import Papo
from tests.helpers.screen import Screen, virtual_screen

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with virtual_screen() as screen:
        yield screen


def test_room_hosted_by_keys_talks_with_a_headless_member(screen: Screen, tmp_path: Path) -> None:
    port = _remember_port(tmp_path / "window")
    with Papo(data=tmp_path / "window", environment=screen.environment) as window:
        screen.window("Papo")
        # The focus is on the room's name; Tab goes on to the nickname, Enter hosts.
        screen.type("Robotics Lab")
        screen.press("Tab")
        screen.type("Marina")
        screen.press("Return")
        screen.window("Robotics Lab – Papo")
        with Papo(
            "join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new", "--headless",
            data=tmp_path / "tom",
        ) as tom:  # fmt: skip
            joined = tom.wait_for("joined")
            assert joined["room"] == "Robotics Lab"
            screen.type("hello from the window")
            screen.press("shift+Return")
            screen.type("second line")
            screen.press("Return")
            said = tom.wait_for("said")
            assert said["from"] == "Marina"
            assert said["text"] == "hello from the window\nsecond line"
            tom.say("hello from Tom")
            tom.wait_for("acked")
            # The window stays usable while it is talked to, and keeps what it was told in order.
            screen.type("and back")
            screen.press("Return")
            assert tom.wait_for("said", lambda event: event["from"] == "Marina")["seq"] == 3
            # Somebody is in: it is asked first, and Enter on the harmless answer keeps the room.
            screen.press("ctrl+q", "Return")
            tom.say("still there?")
            tom.wait_for("acked")
            screen.press("ctrl+q", "Tab", "Return")
            assert tom.wait_for("state", lambda event: event["state"] == "stopped")
            assert tom.wait_for_end() == 0
        assert window.wait_for_end() == 0
        assert window.complaints == ""


def test_window_joins_by_address_asks_once_and_talks(screen: Screen, tmp_path: Path) -> None:
    with Papo(
        "host", "--room", "Aula 3B", "--port", "0", "--headless", data=tmp_path / "host"
    ) as host:
        port = host.wait_for("hosting")["port"]
        with Papo(data=tmp_path / "window", environment=screen.environment) as window:
            screen.window("Papo")
            screen.press(*["Tab"] * 6)
            screen.type(f"127.0.0.1:{port}")
            screen.press("Tab", "Tab")
            screen.type("Duda")
            screen.press("Return")
            # A host never met before: its words are shown, and to go on takes a deliberate step.
            screen.window("127.0.0.1")
            screen.press("Tab", "Return")
            assert host.wait_for("member_joined")["nick"] == "Duda"
            screen.window("Aula 3B – Papo")
            screen.type("oi, pessoal")
            screen.press("Return")
            assert host.wait_for("said")["text"] == "oi, pessoal"
            screen.press("ctrl+w")
            assert host.wait_for("member_left")["reason"] == "left"
            screen.press("ctrl+q")
            assert window.wait_for_end() == 0


def test_window_joins_by_invite_from_the_command_line(screen: Screen, tmp_path: Path) -> None:
    with Papo(
        "host", "--room", "Family", "--port", "0", "--headless", data=tmp_path / "host"
    ) as host:
        invite = host.wait_for("hosting")["invite"]
        with Papo(
            "join", invite, "--nick", "Leo", data=tmp_path / "window",
            environment=screen.environment,
        ) as window:  # fmt: skip
            assert host.wait_for("member_joined")["nick"] == "Leo"
            screen.window("Family – Papo")
            screen.type("home")
            screen.press("Return")
            assert host.wait_for("said")["from"] == "Leo"
            # As a session manager ends it.
            assert window.terminate() == 0
            assert host.wait_for("member_left")["reason"] == "left"


def _remember_port(data: Path) -> int:
    """Let a window find a free port in its settings, as if it had hosted there before."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    data.mkdir()
    (data / "settings.json").write_text(json.dumps({"port": port}), "utf-8")
    return port
