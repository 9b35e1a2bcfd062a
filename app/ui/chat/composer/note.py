"""What is told under the box that one writes in, the weightiest first."""

from __future__ import annotations

from dataclasses import dataclass

from app.protocol import limits
from app.protocol.errors import Refusal
from app.ui.chat.composer.line import ComposerLine
from app.ui.chat.composer.parts import MOST_PARTS, parts_of
from app.ui.chat.composer.purpose import Purpose
from app.ui.chat.composer.slash import slash_of
from app.ui.sentences import sentence
from app.ui.texts import locale, tr
from app.ui.theme.roles import Role

COUNT_FROM = 4_500
"""Characters from which the count is shown."""

_DRAFTS = frozenset({Purpose.SEND, Purpose.WHISPER})


@dataclass
class Told:
    """What there is to tell. All sentences; empty where there is nothing."""

    refusal: str = ""
    """Why the text was not sent."""
    news: str = ""
    """What became of the text without anybody's mistake."""
    slowed: bool = False
    waiting: int = 0
    """Messages that wait for the connection."""
    offline: bool = False
    others: str = ""
    """Who else is writing."""


def tell(line: ComposerLine, told: Told, text: str, purpose: Purpose) -> None:
    """Say what is to be known of `text`, and offer to send it in parts where that helps."""
    too_long = len(text) > limits.MAX_TEXT
    kept = told.offline and purpose in _DRAFTS and bool(text.strip()) and slash_of(text) is None
    if told.refusal or too_long:
        line.say(told.refusal or too_long_for(purpose), Role.DANGER)
    elif purpose is Purpose.DELETE:
        line.say(
            tr("Nothing is left of it. Enter deletes the message; you can undo that for a moment."),
            Role.WARN,
        )
    elif told.news:
        line.say(told.news, Role.WARN)
    elif told.slowed:
        line.say(
            tr("You write faster than this room allows. Your messages go out in a moment."),
            Role.WARN,
        )
    elif kept or told.waiting:
        parts = [tr("Draft kept")] if kept else []
        if told.waiting:
            parts.append(tr("%n message(s) wait for the connection.", n=told.waiting))
        line.say(" · ".join(parts), kept=kept)
    else:
        line.say(told.others, typing=bool(told.others))


def too_long_for(purpose: Purpose) -> str:
    """Return the sentence for a text that has no room in a message."""
    if purpose not in _DRAFTS:
        return tr(
            "A message has room for %n character(s). Shorten it, then save it.", n=limits.MAX_TEXT
        )
    return sentence(Refusal.TEXT_TOO_LONG)


def count_of_parts(text: str, purpose: Purpose) -> int:
    """Return as how many messages `text` can be sent; 0 where it fits one, or is too long for that."""
    length = len(text)
    if purpose not in _DRAFTS or not limits.MAX_TEXT < length <= MOST_PARTS * limits.MAX_TEXT:
        return 0
    count = 0 if slash_of(text) is not None else len(parts_of(text, limits.MAX_TEXT))
    return count if count <= MOST_PARTS else 0


def show_hint(line: ComposerLine, hint: str, length: int) -> None:
    """Show the keys, or near the limit how many characters there are."""
    counted = length >= COUNT_FROM
    if counted:
        number = locale().toString
        hint = tr("{count} of {limit}", count=number(length), limit=number(limits.MAX_TEXT))
    too_long = length > limits.MAX_TEXT
    line.set_hint(hint, Role.DANGER if too_long else Role.TEXT_FAINT, weighty=counted)
