"""What becomes of the text in the box, and the words and signs that say so."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from app.ui.chat.names import isolated, one_line
from app.ui.texts import tr
from app.ui.theme.icons import Icon


class Purpose(Enum):
    """What Enter does with the text."""

    SEND = "send"
    WHISPER = "whisper"
    """It goes to one person alone."""
    SAVE = "save"
    """It takes the place of a message's text."""
    DELETE = "delete"
    """Nothing of a message's text was left: the message goes."""


class Words(NamedTuple):
    """The texts around the box. `kind` and `icon` are the button's, `name` is the box's."""

    placeholder: str
    name: str
    button: str
    tooltip: str
    hint: str
    icon: Icon
    kind: str


def words_of(purpose: Purpose, *, room: str, nick: str) -> Words:
    """Return the words for a text to `room`, or to the one called `nick` alone; both may be empty."""
    match purpose:
        case Purpose.SEND:
            return Words(
                placeholder=tr("Message {room}", room=room) if room else tr("Message"),
                name=tr("Message"),
                button=tr("Send"),
                tooltip=tr("Send (Enter)"),
                hint=tr("Enter sends · Shift+Enter adds a line"),
                icon=Icon.SEND,
                kind="main",
            )
        case Purpose.WHISPER:
            return Words(
                placeholder=tr("Message {name} privately", name=isolated(nick)),
                name=tr("Private message to {name}", name=one_line(nick)),
                button=tr("Send privately"),
                tooltip=tr("Send privately (Enter)"),
                hint=tr("Enter sends privately · Esc writes to everyone again"),
                icon=Icon.LOCK,
                kind="private",
            )
        case Purpose.SAVE:
            return Words(
                placeholder="",
                name=tr("Your message, to be edited"),
                button=tr("Save"),
                tooltip=tr("Save (Enter)"),
                hint=tr("Enter saves · Esc leaves it as it was"),
                icon=Icon.CHECK,
                kind="main",
            )
        case Purpose.DELETE:
            return Words(
                placeholder="",
                name=tr("Your message, to be edited"),
                button=tr("Delete"),
                tooltip=tr("Delete the message (Enter)"),
                hint=tr("Enter deletes · Esc leaves it as it was"),
                icon=Icon.TRASH,
                kind="danger",
            )
