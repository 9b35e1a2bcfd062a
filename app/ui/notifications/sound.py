"""The tone of an announcement, where the desktop's notification service does not play it.

QtMultimedia is no way: on Linux its import fails without libpulse, and its first sound held the event
loop for some 90 ms and took 19 MB. What is here returns at once.
"""

from __future__ import annotations

import sys

from PyQt6.QtWidgets import QApplication

from app.support.resources import resource

TONE = ("sounds", "message.wav")
"""Where the tone lies among Papo's own files."""


def tone_path() -> str:
    """Return the path of the tone."""
    return str(resource(*TONE))


def play() -> None:
    """Let the tone be heard: on Windows ours, elsewhere the system's own signal."""
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 - there is none elsewhere

        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        winsound.PlaySound(tone_path(), flags)
    else:
        QApplication.beep()
