"""The message that another one answers, as one line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.room.files.kinds import Icon as Kind
from app.session.timeline import MessageEntry
from app.ui.chat.names import one_line, runs_right_to_left
from app.ui.chat.timeline.message_text import text_of
from app.ui.files.kind_icons import kind_of_ref
from app.ui.files.summary import summary_of
from app.ui.formatting.markdown import parse
from app.ui.texts import tr

_READ = 600
"""Characters of a text from which its line is made: more than one line ever shows."""
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What stands above an answer. `name` and `device` are empty where the message is not here."""

    seq: int
    name: str
    device: bytes
    text: str
    mine: bool = False
    """Whether the message answered is one's own."""
    quiet: bool = False
    """Whether `text` is said by nobody: there is nothing to read, or nothing any more."""
    kind: Kind | None = None
    """Of the first file that came with it."""

    @property
    def right_to_left(self) -> bool:
        """Whether the text runs from right to left."""
        return runs_right_to_left(self.text)


def quote_line(seq: int, entry: MessageEntry | None, *, gone: bool = False) -> QuoteLine:
    """Return the line for the message of number `seq`, as far as it is known.

    `gone`: it was deleted just now, though that can still be undone.
    """
    if entry is None:
        return QuoteLine(seq, "", b"", tr("An earlier message"), quiet=True)
    quiet = gone or entry.deleted or entry.unopened
    if gone:
        text = tr("Message deleted")
    elif quiet:
        text = text_of(entry)
    else:
        text = quoted_words(entry)
    kind = kind_of_ref(entry.files[0]).icon if entry.files and not quiet else None
    return QuoteLine(seq, one_line(entry.nick), entry.device, text, entry.mine, quiet, kind)


def quoted_words(entry: MessageEntry) -> str:
    """Return what a message says, in one line; of one with files and a caption, the caption."""
    words = plain_line(entry.edit.text if entry.edit else entry.text)
    return words if words or not entry.files else summary_of(entry.files)


@lru_cache(maxsize=512)
def plain_line(text: str) -> str:
    """Return the beginning of a message in one line, without the signs that it is formatted by."""
    formatted = parse(text[:_READ])
    shown = one_line(" ".join(leaf.text for leaf in formatted.leaves()))
    return shown[:_LONGEST] or one_line(text[:_LONGEST])
