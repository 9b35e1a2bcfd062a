"""A virtual screen with a window manager, and a hand on its keyboard and mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

NEEDED = ("Xvfb", "openbox", "xdotool")


@dataclass(frozen=True)
class Screen:
    """One X display. Keys and clicks are real: they go through the X server."""

    display: str

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to show its windows here, and nowhere else."""
        return {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}

    def window(self, name: str) -> str:
        """Wait for a window with `name` in its title, and bring it to the front."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", name).split()
        self._xdotool("windowactivate", "--sync", found[0])
        return found[0]

    def type(self, text: str) -> None:
        self._xdotool("type", "--delay", "12", text)

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--delay", "30", *keys)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Move the mouse with its left button held."""
        places = [("mousemove", str(x), str(y)) for x, y in (start, end)]
        nudge = ("mousemove_relative", "8", "0")
        self._xdotool(*places[0], "mousedown", "1", *nudge, *places[1], "mouseup", "1")

    def click(self, at: tuple[int, int], button: int = 1) -> None:
        self._xdotool("mousemove", str(at[0]), str(at[1]), "click", str(button))

    def _xdotool(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments],
            env={**os.environ, "DISPLAY": self.display},
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        ).stdout


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """Give a screen of 1280×900; skips where the programs are missing, but never in CI."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        reason = f"not installed: {', '.join(missing)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    read, write = os.pipe()
    # Without -noreset it begins anew, and the manager ends, when another client is the last to leave.
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as numbers:
        display = f":{numbers.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_manager(display)
        yield Screen(display)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


def _wait_for_manager(display: str) -> None:
    """Before it is there, a window can be shown and not be brought to the front."""
    end = time.monotonic() + 20
    environment = {**os.environ, "DISPLAY": display}
    while time.monotonic() < end:
        asked = subprocess.run(
            ["xdotool", "get_desktop"], env=environment, check=False, capture_output=True
        )
        if asked.returncode == 0:
            return
    raise TimeoutError("no window manager")
