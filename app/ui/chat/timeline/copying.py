"""Messages as lines to be pasted elsewhere: [14:12] Priya: text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from time import localtime, struct_time

from app.session.timeline import MessageEntry
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.message_text import private_line, text_of
from app.ui.chat.timeline.model import TimelineModel

_LATEST = 8_640_000_000_000
"""Seconds: a host's clock may say anything; Qt's dates end there."""
_QUARTER = 900


class _Moments:
    """Times of day and days, of which many messages have the same: Qt takes 5 µs to name one."""

    def __init__(self) -> None:
        self._quarters: dict[int, struct_time] = {}
        self._texts: dict[tuple[int, int], str] = {}

    def at(self, at: int) -> tuple[str, tuple[int, int]]:
        """Return the time of day of the Unix milliseconds `at`, and what is the same all that day."""
        # Whatever the time zone, its quarters of an hour begin when those of UTC do.
        quarter, rest = divmod(max(0, min(at // 1000, _LATEST)), _QUARTER)
        start = self._quarters.get(quarter)
        if start is None:
            start = self._quarters[quarter] = localtime(quarter * _QUARTER)
        minute = start.tm_hour, start.tm_min + rest // 60
        text = self._texts.get(minute)
        if text is None:
            text = self._texts[minute] = times.clock_time(at)
        return text, (start.tm_year, start.tm_yday)


def copied_lines(
    model: TimelineModel, rows: Iterable[int], parts: Mapping[int, str] | None = None
) -> str:
    """Return the messages of `rows`, one after the other; notices are left out.

    Where they are of several days, each day stands on a line of its own above. `parts` holds, by row,
    what to copy of a message of which not all is copied.
    """
    lines: list[str] = []
    day: tuple[int, int] | None = None
    days = 0
    moments = _Moments()
    names: dict[str, str] = {}
    for row in rows:
        entry = model.entry(row)
        if not isinstance(entry, MessageEntry) or entry.deleted or entry.unopened:
            continue
        time, this_day = moments.at(entry.at)
        name = names.get(entry.nick)
        if name is None:
            name = names[entry.nick] = one_line(entry.nick)
        if entry.private_with:
            # Whoever pastes it elsewhere should see that it was not for everyone.
            name = f"{name} ({private_line(entry)})"
        text = text_of(entry) if entry.files else entry.text
        if parts is not None:
            text = parts.get(row, text)
        if this_day != day:
            day = this_day
            days += 1
            lines.append(times.long_day(entry.at))
        lines.append(f"[{time}] {name}: {text}")
    return "\n".join(lines[1:] if days == 1 else lines)
