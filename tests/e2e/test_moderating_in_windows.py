"""Private messages, deleting and keeping order by real keys, in a real window."""

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


def test_host_writes_privately_deletes_and_bans_by_keys(screen: Screen, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    (tmp_path / "window").mkdir()
    (tmp_path / "window" / "settings.json").write_text(json.dumps({"port": port}), "utf-8")
    with Papo(
        "host", "--room", "Lab", "--nick", "Marina", "--port", str(port),
        data=tmp_path / "window", environment=screen.environment,
    ) as window:  # fmt: skip
        screen.window("Lab – Papo")
        with Papo(
            "join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new", "--headless",
            data=tmp_path / "tom",
        ) as tom:  # fmt: skip
            tom.wait_for("joined")
            tom.say("something rude")
            rude = tom.wait_for("acked")["seq"]
            # The host answers once it has seen it, so it is in the window.
            screen.type("hello")
            screen.press("Return")
            tom.wait_for("said", lambda event: event["from"] == "Marina")
            # Upwards from the box are the messages; the newest is one's own.
            # Enter brings back what Delete took away, as long as there is time.
            screen.press("shift+Tab", "Up", "Delete", "Return", "Delete")
            # Beyond the box and its buttons are the people: Enter shows who one is, leads to writing.
            screen.press("Tab", "Tab", "Tab", "Tab", "Down", "Return", "Return")
            screen.type("just you")
            screen.press("Return")
            whispered = tom.wait_for("whispered")
            assert (whispered["from"], whispered["text"]) == ("Marina", "just you")
            screen.press("Escape")
            screen.type("everyone")
            screen.press("Return")
            said = tom.wait_for("said", lambda event: event["text"] == "everyone")
            assert said["from"] == "Marina"
            assert tom.wait_until(lambda: tom.counts["deleted"] == 1)
            assert tom.wait_for("deleted")["about"] == rude
            # The menu's last entry bans; that asks once more, and begins at the harmless answer.
            screen.press("Tab", "Tab", "Tab", "shift+F10", "Up", "Return", "Tab", "Return")
            stopped = tom.wait_for("state", lambda event: event["state"] == "stopped")
            assert stopped["problem"] == "banned"
        # Tom may know before the window does, and would still be asked about; twice means it.
        screen.press("ctrl+q", "ctrl+q")
        assert window.wait_for_end() == 0
        assert window.complaints == ""


def test_who_quits_has_deleted_what_could_still_be_undone(screen: Screen, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    (tmp_path / "window").mkdir()
    with Papo(
        "host", "--room", "Garden", "--nick", "Marina", "--port", str(port),
        data=tmp_path / "window", environment=screen.environment,
    ) as window:  # fmt: skip
        screen.window("Garden – Papo")
        with Papo(
            "join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new", "--headless",
            data=tmp_path / "tom",
        ) as tom:  # fmt: skip
            tom.wait_for("joined")
            screen.type("a word too many")
            screen.press("Return")
            said = tom.wait_for("said")
            # Tom is in: it is asked first, and who closes twice means it.
            screen.press("shift+Tab", "Delete", "ctrl+q", "ctrl+q")
            assert tom.wait_for("deleted")["about"] == said["seq"]
            assert tom.wait_for("state", lambda event: event["state"] == "stopped")
        assert window.wait_for_end() == 0
        assert window.complaints == ""
