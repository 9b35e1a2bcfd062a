"""Put what happened in a room into one line."""

from __future__ import annotations

from collections.abc import Callable

from app.session.timeline import NoticeEntry, NoticeKind
from app.ui.chat.names import isolated
from app.ui.texts import locale, tr

NAMED = 2
"""Names of those who came, and of those who went, that a folded notice tells."""


def notice_text(notice: NoticeEntry, *, unfolded: bool = False) -> str:
    """Return the line for a notice; the names in it cannot reorder it.

    With `unfolded` it names everybody who came and went.
    """
    if unfolded:
        return _everybody(notice)
    return _TEXTS[notice.kind](notice)


def is_foldable(notice: NoticeEntry) -> bool:
    """Tell whether a notice has more names than its line tells."""
    return any(len(set(names)) > NAMED for names in (notice.came, notice.went))


def _came_and_went(notice: NoticeEntry) -> str:
    parts = []
    if came := tuple(dict.fromkeys(notice.came)):
        parts.append(_came(came))
    if went := tuple(dict.fromkeys(notice.went)):
        parts.append(_went(went))
    return " · ".join(parts)


def _everybody(notice: NoticeEntry) -> str:
    came = [isolated(name) for name in dict.fromkeys(notice.came)]
    went = [isolated(name) for name in dict.fromkeys(notice.went)]
    listed = locale().createSeparatedList
    parts = []
    if came:
        parts.append(tr("Joined: {names}", names=listed(came)))
    if went:
        parts.append(tr("Left: {names}", names=listed(went)))
    return " · ".join(parts)


def _came(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return tr("{name} joined", name=isolated(names[0]))
    first, second = isolated(names[0]), isolated(names[1])
    if len(names) == 2:
        return tr("{first} and {second} joined", first=first, second=second)
    others = len(names) - 2
    return tr("{first}, {second} and %n other(s) joined", n=others, first=first, second=second)


def _went(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return tr("{name} left", name=isolated(names[0]))
    first, second = isolated(names[0]), isolated(names[1])
    if len(names) == 2:
        return tr("{first} and {second} left", first=first, second=second)
    others = len(names) - 2
    return tr("{first}, {second} and %n other(s) left", n=others, first=first, second=second)


def _topic(notice: NoticeEntry) -> str:
    name = isolated(notice.nick)
    if not notice.text.strip():
        return tr("{name} removed the topic", name=name)
    return tr("{name} changed the topic: {topic}", name=name, topic=isolated(notice.text))


def _welcome(notice: NoticeEntry) -> str:
    if not notice.text:
        return tr("You are connected to the room")
    return tr("You are connected to {room}", room=isolated(notice.text))


def _closed(_notice: NoticeEntry) -> str:
    return tr("The host closed this room")


def _port(notice: NoticeEntry) -> str:
    return tr(
        "Port {asked} is busy, so this room uses {port}. The invite already says so.",
        asked=isolated(notice.nick),
        port=isolated(notice.text),
    )


def _gap(_notice: NoticeEntry) -> str:
    return tr("Some messages are missing here.")


def _new_log(_notice: NoticeEntry) -> str:
    return tr("The host began this room’s history anew")


def _renamed(notice: NoticeEntry) -> str:
    return tr("{name} is now {nick}", name=isolated(notice.nick), nick=isolated(notice.text))


def _removed(notice: NoticeEntry) -> str:
    return tr("{name} was removed from the room", name=isolated(notice.nick))


def _rules(notice: NoticeEntry) -> str:
    name = isolated(notice.nick)
    everyone = tr("{name} let everyone write", name=name)
    return {
        "locked": tr("{name} locked the room: nobody new gets in", name=name),
        "unlocked": tr("{name} unlocked the room", name=name),
        "hosts-only": tr("{name} let only the host and moderators write", name=name),
        "everyone": everyone,
        "browser-guests": tr("{name} lets phones and browsers in", name=name),
        "no-browser-guests": tr("{name} lets no phones and browsers in any more", name=name),
        "text-guests": tr(
            "{name} lets plain-text programs in: what they read and write is not encrypted",
            name=name,
        ),
        "no-text-guests": tr("{name} lets no plain-text programs in any more", name=name),
    }.get(notice.text, everyone)


_TEXTS: dict[NoticeKind, Callable[[NoticeEntry], str]] = {
    NoticeKind.CAME: _came_and_went,
    NoticeKind.WENT: _came_and_went,
    NoticeKind.TOPIC: _topic,
    NoticeKind.WELCOME: _welcome,
    NoticeKind.CLOSED: _closed,
    NoticeKind.PORT: _port,
    NoticeKind.GAP: _gap,
    NoticeKind.NEW_LOG: _new_log,
    NoticeKind.RENAMED: _renamed,
    NoticeKind.REMOVED: _removed,
    NoticeKind.RULES: _rules,
}
