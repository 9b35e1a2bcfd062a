"""How large a file is, and how long it takes, as a person says it."""

from __future__ import annotations

import math

from app.ui.texts import locale, tr

_UNITS = ("KB", "MB", "GB", "TB")

_DAY = 24 * 60 * 60


def human_size(count: int) -> str:
    """Return so many bytes in the largest fitting unit, of 1,024 each: “512 bytes”, “3.2 MB”.

    One decimal place at most, and none that says nothing.
    """
    if count < 1000:
        return tr("%n byte(s)", n=max(count, 0))
    value, place = count / 1024, 0
    # What would be rounded to four digits is said in the next unit.
    while value >= 999.5 and place < len(_UNITS) - 1:
        value, place = value / 1024, place + 1
    places = 1 if value < (9.95 if place == 0 else 99.95) else 0
    if round(value, places) == round(value):
        places = 0
    return f"{locale().toString(value, 'f', places)} {_UNITS[place]}"


def duration(seconds: float) -> str:
    """Return how long something still takes, rounded up: “12 s left”, “1 h 20 min left”."""
    if not seconds < _DAY:
        return tr("more than a day left")
    whole = max(1, math.ceil(seconds))
    if whole < 60:
        return tr("{seconds} s left", seconds=locale().toString(whole))
    minutes = math.ceil(whole / 60)
    if minutes < 60:
        return tr("{minutes} min left", minutes=locale().toString(minutes))
    hours, rest = divmod(minutes, 60)
    if not rest:
        return tr("{hours} h left", hours=locale().toString(hours))
    return tr(
        "{hours} h {minutes} min left",
        hours=locale().toString(hours),
        minutes=locale().toString(rest),
    )
