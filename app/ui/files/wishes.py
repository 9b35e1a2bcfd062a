"""What a person may want done with a file of the room."""

from __future__ import annotations

from enum import StrEnum

from app.ui.texts import tr


class FileWish(StrEnum):
    """One thing to do with a file; whoever shows files tells it, and does none of it."""

    OPEN = "open"
    """With another program."""
    SAVE = "save"
    SHOW = "show"
    """In its folder."""


def wish_text(wish: FileWish) -> str:
    """Return what a wish is called in a menu."""
    return {
        FileWish.OPEN: tr("Open"),
        FileWish.SAVE: tr("Save as…"),
        FileWish.SHOW: tr("Show in folder"),
    }[wish]
