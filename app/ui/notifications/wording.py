"""What an announcement says: in words of our own, with a stranger's words made harmless in a line."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.chat.names import isolated, one_line
from app.ui.chat.timeline.message_text import brief
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.session.timeline import MessageEntry
    from app.ui.notifications.gathering import Batch

_MOST_TITLE = 80
_MOST_TEXT = 200


@dataclass(frozen=True)
class Announcement:
    """Something to show. A later one of the same `key` takes the place of an earlier one.

    `title` and `body` are plain text, whatever markup they look like.
    """

    key: int
    title: str
    body: str
    sound: bool = False
    actions: bool = True
    """Whether it is about a room, which can be opened, read and muted."""


def announcement_of(
    key: int, room: str, batch: Batch, *, show_text: bool, sound: bool
) -> Announcement:
    """Return what to say of a room called `room`; without `show_text`, not what was said."""
    entry = batch.newest_to_me or batch.newest
    lines = []
    if entry is not None and batch.count == 1:
        lines = [_only(entry, to_me=bool(batch.to_me), show_text=show_text)]
    elif entry is not None:
        lines = [_summary(batch)]
        if show_text:
            lines.append(_line(entry))
    return Announcement(key, _cut(one_line(room), _MOST_TITLE), "\n".join(lines), sound)


def as_markup(text: str) -> str:
    """Return `text` for a server that takes a body for markup: it shows exactly `text`."""
    return html.escape(text, quote=True)


def without_markup(text: str) -> str:
    """Return `text` with signs that look alike where markup would begin.

    For a way on which nobody says whether it is taken for markup.
    """
    return text.replace("<", "‹").replace(">", "›").replace("&", "＆")


def _only(entry: MessageEntry, *, to_me: bool, show_text: bool) -> str:
    if show_text:
        return _line(entry)
    author = _author(entry)
    if entry.private_with:
        return tr("{author} wrote to you privately.", author=author)
    if to_me:
        return tr("{author} mentioned you.", author=author)
    return tr("{author} wrote a message.", author=author)


def _line(entry: MessageEntry) -> str:
    text = isolated(_cut(one_line(brief(entry)[: 4 * _MOST_TEXT]), _MOST_TEXT))
    if entry.private_with:
        return tr("{author}, privately: {text}", author=_author(entry), text=text)
    return tr("{author}: {text}", author=_author(entry), text=text)


def _summary(batch: Batch) -> str:
    first = isolated(_cut(next(iter(batch.authors.values()), ""), _MOST_TITLE))
    others = len(batch.authors) - 1
    who = tr("{author} and %n other(s)", n=others, author=first) if others else first
    what = tr("%n new message(s)", n=batch.count)
    return tr("{author}: {text}", author=who, text=what)


def _author(entry: MessageEntry) -> str:
    return isolated(_cut(entry.nick, _MOST_TITLE))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
