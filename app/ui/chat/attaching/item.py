"""One thing that was chosen to be sent: a file, a picture, or a folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.pictures.results import Look
from app.protocol.file_names import clean_file_name
from app.room.files import kinds
from app.session.files.transfer import FileFailure
from app.ui.chat.attaching.archive import Contents, archive_name

LONGEST_SIDE = 2560
"""Pixels of the longer side of a picture that is made smaller: what a large screen shows."""


class Trouble(StrEnum):
    """What keeps an item from being sent, beside the values of `FileFailure`."""

    LOCATION_STAYS = "location-stays"
    """Where a picture was made could not be taken out of it."""
    EMPTY_FOLDER = "empty-folder"


class Try(StrEnum):
    """How making a picture smaller went."""

    NOT_TRIED = "not-tried"
    RUNNING = "running"
    SMALLER = "smaller"
    """`smaller` is there."""
    IN_VAIN = "in-vain"


@dataclass(frozen=True, slots=True)
class Smaller:
    """A picture made smaller, in a file of ours; width and height in pixels."""

    path: Path
    size: int
    width: int
    height: int
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """As it stands now. Sizes in bytes."""

    number: int
    """Within its parcel."""
    path: Path
    name: str
    """Under which it is sent. Clean."""
    size: int = 0
    kind: kinds.Icon = kinds.Icon.OTHER
    temporary: bool = False
    """The file was made to be sent, and is deleted afterwards."""
    renamable: bool = False
    is_folder: bool = False
    contents: Contents | None = None
    """Of a folder, once that is counted."""
    look: Look | None = None
    """Of a picture, once that is known."""
    looking: bool = False
    unseen: bool = False
    """A picture that could not be looked at: too large, or broken."""
    tried: Try = Try.NOT_TRIED
    smaller: Smaller | None = None
    trouble: str = ""
    """The value of a `FileFailure` or `Trouble`; it cannot be sent with that."""

    @property
    def is_located(self) -> bool:
        """Whether it says where it was made, or that is not known."""
        return self.unseen or (self.look is not None and self.look.has_location)

    @property
    def is_large_picture(self) -> bool:
        """Whether it can be made smaller: more than a screen shows, and not moving."""
        look = self.look
        return (
            look is not None and not look.animated and max(look.width, look.height) > LONGEST_SIDE
        )

    @property
    def is_settled(self) -> bool:
        """Whether all is known of it that must be before it is sent."""
        return not self.looking and not (self.is_folder and self.contents is None)


def item_of(number: int, path: Path, *, temporary: bool = False, name: str = "") -> Item:
    """Return what is found at a path, by a look at its first bytes; `trouble` says why not."""
    called = clean_file_name(name or path.name)
    status, trouble = _status_of(path)
    if status is None:
        return Item(number, path, called, trouble=trouble)
    if stat.S_ISDIR(status.st_mode):
        return Item(number, path, archive_name(path), kind=kinds.Icon.ARCHIVE, is_folder=True)
    if not stat.S_ISREG(status.st_mode):
        return Item(number, path, called, trouble=FileFailure.NOT_A_FILE.value)
    head = _head_of(path)
    return Item(
        number,
        path,
        called,
        size=status.st_size,
        kind=kinds.kind_of(called, head or b"").icon,
        temporary=temporary,
        renamable=temporary,
        trouble=FileFailure.UNREADABLE.value if head is None else "",
    )


def trouble_now(item: Item, most: int) -> str:
    """Return why an item cannot be sent, as its disk has it now; `most` bytes a file, 0: no limit."""
    status, trouble = _status_of(item.path)
    if status is None:
        return trouble
    if item.is_folder:
        return "" if stat.S_ISDIR(status.st_mode) else FileFailure.CHANGED.value
    if not stat.S_ISREG(status.st_mode):
        return FileFailure.NOT_A_FILE.value
    if _head_of(item.path) is None:
        return FileFailure.UNREADABLE.value
    if most and status.st_size > most:
        return FileFailure.TOO_LARGE.value
    return ""


def _status_of(path: Path) -> tuple[os.stat_result | None, str]:
    try:
        return path.stat(), ""
    except FileNotFoundError:
        return None, FileFailure.GONE.value
    except (OSError, ValueError):
        return None, FileFailure.UNREADABLE.value


def _head_of(path: Path) -> bytes | None:
    """Return the first bytes of a file; None where it may not be read."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError):
        return None
    try:
        return os.read(descriptor, kinds.HEAD)
    except OSError:
        return None
    finally:
        os.close(descriptor)
