"""Rows of the timeline as words: for a screen reader, and to be pasted elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.session.timeline import MessageEntry, NoticeEntry, SendState
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.files.words import spoken_files
from app.ui.chat.timeline.message_text import private_line, text_of
from app.ui.chat.timeline.reactions import spoken as spoken_reactions
from app.ui.formatting.markdown import parse
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.ui.chat.timeline.model import TimelineModel, TimelineRow


def spoken(model: TimelineModel, row: int) -> str:
    """Return the row as a screen reader says it: who, when, what, and what is wrong.

    Before it, the day and the unread line where they stand above it.
    """
    shown = model.row(row)
    line = _line(model, shown, row)
    if shown.first_unread:
        line = tr("{heading}. {message}", heading=tr("New messages"), message=line)
    if shown.day:
        line = tr("{heading}. {message}", heading=shown.day, message=line)
    return line


def copied(model: TimelineModel, row: int) -> str:
    """Return the row as a line to be pasted elsewhere; empty where there is nothing to paste."""
    entry = model.entry(row)
    if isinstance(entry, NoticeEntry) or entry.deleted or entry.unopened or entry in model.gone:
        return ""
    name = one_line(entry.nick)
    if entry.private_with:
        # Whoever pastes it elsewhere should see that it was not for everyone.
        name = f"{name} ({private_line(entry)})"
    return f"[{times.clock_time(entry.at)}] {name}: {text_of(entry)}"


def _line(model: TimelineModel, shown: TimelineRow, row: int) -> str:
    entry = shown.entry
    if isinstance(entry, NoticeEntry):
        return model.folds.spoken(row, entry, shown.notice)
    line = tr(
        "{name}, {time}: {text}",
        name=one_line(entry.nick),
        time=times.clock_time(entry.at),
        text=_read_out(model, shown, entry),
    )
    if entry.private_with:
        line = f"{private_line(entry)}. {line}"
    line = _with_remarks(shown, entry, line)
    return _with_state(model, entry, line)


def _with_state(model: TimelineModel, entry: MessageEntry, line: str) -> str:
    if entry in model.gone:
        return tr("{message} (Enter or Ctrl+Z undoes that)", message=line)
    state = entry.edit.state if entry.edit else entry.state
    if state is SendState.SENDING:
        return tr("{message} (sending)", message=line)
    if state is not SendState.FAILED:
        return line
    why = model.why_failed(entry)
    if entry.edit is not None:
        return tr("{message} (edit not saved: {reason})", message=line, reason=why)
    return tr("{message} (not sent: {reason})", message=line, reason=why)


def _with_remarks(shown: TimelineRow, entry: MessageEntry, line: str) -> str:
    if shown.quote is not None and shown.quote.name:
        quote = shown.quote
        answers = tr("Answers {name}: {text}", name=quote.name, text=quote.text)
        line = tr("{heading}. {message}", heading=answers, message=line)
    elif shown.quote is not None:
        line = tr("{heading}. {message}", heading=tr("Answers an earlier message"), message=line)
    if entry.edited and not shown.quiet:
        line = f"{line} ({tr('edited')})"
    reactions = "" if shown.quiet else spoken_reactions(entry.reactions)
    return f"{line}. {reactions}" if reactions else line


def _read_out(model: TimelineModel, shown: TimelineRow, entry: MessageEntry) -> str:
    if shown.quiet:
        return shown.text
    text = shown.text if model.is_as_typed(entry) else parse(shown.text).spoken()
    if entry.files:
        files = spoken_files(model.files, entry)
        return tr("{heading}. {message}", heading=files, message=text) if text else files
    return text
