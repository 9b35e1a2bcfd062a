"""The window does not wait for what only a room needs, and the first room finds it loaded."""

from __future__ import annotations

import subprocess
import sys

_NOT_AT_FIRST = """
import sys
import app.application
early = {"app.ui.chat.chat_page", "app.net.transfers.engine", "app.hosting", "app.net.host",
         "app.room.room", "h11", "app.ui.settings.settings_page"} & set(sys.modules)
sys.exit(str(early) if early else 0)
"""

_LOADED_BY_STEPS = """
import sys
import app.application
from app.later import LATER
largest = 0
for load, what in LATER:
    before = len(sys.modules)
    load(what)
    largest = max(largest, len(sys.modules) - before)
before = set(sys.modules)
import app.hosting, app.net.transfers.engine, app.ui.chat.chat_page, app.ui.settings.settings_page
left = set(sys.modules) - before
# A step holds up the event loop: 40 modules are some 40 ms on a slow computer.
sys.exit(f"left: {left}, largest: {largest}" if left or largest > 40 else 0)
"""


def _run(script: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_what_only_a_room_needs_is_not_loaded_before_the_window() -> None:
    assert _run(_NOT_AT_FIRST) == (0, "")


def test_after_the_last_step_nothing_is_left_to_load_and_no_step_is_large() -> None:
    assert _run(_LOADED_BY_STEPS) == (0, "")
