"""The switcher and the sheet of shortcuts in a real window, by real keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.processes import Papo
from tests.helpers.screen import virtual_screen

pytestmark = pytest.mark.e2e


def test_keys_of_the_window_leave_what_is_written_alone(tmp_path: Path) -> None:
    with (
        virtual_screen() as screen,
        Papo("host", "--room", "Lab", "--port", "0", "--headless", data=tmp_path / "host") as host,
    ):
        invite = host.wait_for("hosting")["invite"]
        with Papo(
            "join", invite, "--nick", "Leo", data=tmp_path / "window",
            environment=screen.environment,
        ) as window:  # fmt: skip
            host.wait_for("member_joined")
            screen.window("Lab – Papo")
            screen.type("some words")
            # In other programs on this system Ctrl+K deletes what follows the cursor.
            screen.press("Home", "ctrl+k")
            screen.type("settings")
            screen.press("Return")
            screen.window("Settings – Papo")
            screen.press("F1", "Down", "Escape", "Escape")
            screen.window("Lab – Papo")
            screen.press("Return")
            assert host.wait_for("said")["text"] == "some words"
            screen.press("ctrl+q")
            assert window.wait_for_end() == 0
            assert window.complaints == ""
