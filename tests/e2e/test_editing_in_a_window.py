"""Editing a message in a real window, by real keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.processes import Papo
from tests.helpers.screen import virtual_screen

pytestmark = pytest.mark.e2e


def test_up_edits_the_last_message_and_the_draft_outlives_a_restart(tmp_path: Path) -> None:
    with (
        virtual_screen() as screen,
        Papo("host", "--room", "Lab", "--port", "0", "--headless", data=tmp_path / "host") as host,
    ):
        invite = host.wait_for("hosting")["invite"]

        def leo() -> Papo:
            return Papo(
                "join", invite, "--nick", "Leo", data=tmp_path / "window",
                environment=screen.environment,
            )  # fmt: skip

        with leo() as window:
            host.wait_for("member_joined")
            screen.window("Lab – Papo")
            screen.type("thanx")
            screen.press("Return")
            seq = host.wait_for("said")["seq"]
            screen.press("Up", "BackSpace")
            screen.type("ks")
            screen.press("Return")
            edited = host.wait_for("edited")
            assert (edited["about"], edited["text"]) == (seq, "thanks")
            screen.type("a draft")
            # Out of an empty box an edit begins; out of one with a draft it does not.
            screen.press("Up")
            screen.type("ed")
            screen.press("ctrl+q")
            assert window.wait_for_end() == 0
            assert window.complaints == ""
        with leo() as window:
            host.wait_for("member_joined")
            screen.window("Lab – Papo")
            screen.press("Return")
            assert host.wait_for("said")["text"] == "a drafted"
            screen.press("Up", "ctrl+a", "BackSpace", "Return", "ctrl+z")
            screen.press("Up", "ctrl+a", "BackSpace", "Return")
            # Whoever leaves has deleted what was to be deleted.
            screen.press("ctrl+q")
            assert window.wait_for_end() == 0
            host.wait_for("member_left")
            gone = [event["about"] for event in host.events if event["event"] == "deleted"]
            assert gone == [seq + 2], "undone by its key, it was the last message again"
