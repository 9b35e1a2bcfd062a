"""What is announced, heard and counted: plain rules, without a window or a clock."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.support.settings import NotifyLevel


class Verdict(Enum):
    """What to do about a message."""

    NOTHING = "nothing"
    SHOW = "show"
    SHOW_AND_SOUND = "show-and-sound"


def decide(
    level: NotifyLevel, *, to_me: bool, quiet: bool, seen: bool, sound: bool = True
) -> Verdict:
    """Return what to do about a message of somebody else.

    `to_me`: it mentions the reader, or is private. `quiet`: the person is not to be disturbed.
    `seen`: the window has the keyboard and shows that room.
    """
    if seen or quiet or not _matters(level, to_me=to_me):
        return Verdict.NOTHING
    return Verdict.SHOW_AND_SOUND if sound else Verdict.SHOW


def _matters(level: NotifyLevel, *, to_me: bool) -> bool:
    return level == "all" or (level == "mentions" and to_me)


def counted(level: NotifyLevel, *, unread: int, to_me: int, quiet: bool) -> int:
    """Return how much a room adds to the badge, where `to_me` of its `unread` are for the reader.

    A room of which nothing is announced adds nothing. While the person is not to be disturbed, only
    what is for them is counted: the number is looked at, and does not call.
    """
    if level == "none":
        return 0
    to_me = min(to_me, unread)
    return to_me if quiet or level == "mentions" else unread


def is_quiet(until: float, now: float) -> bool:
    """Tell whether nothing is announced at `now`; both in Unix seconds, `until` as in the settings."""
    return until < 0 or now < until
