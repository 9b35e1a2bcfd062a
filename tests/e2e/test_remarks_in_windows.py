"""Edits and reactions between a real window and another member, by real keys."""

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


def test_a_reaction_by_keys_reaches_the_others_and_theirs_the_window(
    screen: Screen, tmp_path: Path
) -> None:
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
            "join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new", "--headless", "--json",
            data=tmp_path / "tom",
        ) as tom:  # fmt: skip
            tom.wait_for("joined")
            tom.say(json.dumps({"say": "which pin?"}))
            asked = tom.wait_for("acked")["seq"]
            # The host answers once it has seen it, so it is in the window.
            screen.type("seven")
            screen.press("Return")
            answered = tom.wait_for("said", lambda event: event["from"] == "Marina")["seq"]
            tom.say(json.dumps({"react": answered, "emoji": "🎉"}))
            tom.wait_for("acked")
            # Upwards from the box are the messages; the newest is one's own, Tom's is above.
            screen.press("shift+Tab", "Up", "a")
            screen.type("rocket")
            screen.press("Return")
            reacted = tom.wait_for("reacted", lambda event: event["by"] == "Marina")
            assert (reacted["about"], reacted["emoji"], reacted["on"]) == (asked, "🚀", True)
            # The menu's second entry reacts; its first takes one's own back again.
            screen.press("shift+F10", "Down", "Down", "Right", "Return")
            taken = tom.wait_for("reacted", lambda event: event["by"] == "Marina")
            assert (taken["about"], taken["emoji"], taken["on"]) == (asked, "🚀", False)
        screen.press("ctrl+q", "ctrl+q")
        assert window.wait_for_end() == 0
        assert window.complaints == ""
