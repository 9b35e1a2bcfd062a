"""What an exported file is called at first."""

from __future__ import annotations

import re

from PyQt6.QtCore import QDateTime

_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_MOST_BYTES = 120
"""Of the room's name: with the rest it stays under the 255 bytes that file systems allow."""


def suggested_name(room: str, now: float, suffix: str) -> str:
    """Return a file name that every system takes: Papo Robotics Lab 2026-11-22.html."""
    words = " ".join(_NOT_IN_NAMES.sub(" ", room).split())
    words = words.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").strip()
    day = QDateTime.fromMSecsSinceEpoch(int(now * 1000)).toString("yyyy-MM-dd")
    return " ".join(part for part in ("Papo", words, day) if part) + f".{suffix}"
