"""Rows of the timeline as words: for a screen reader, and to be pasted elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.session.timeline import MessageEntry, NoticeEntry, SendState
from app.ui.chat import times
from app.ui.chat.names import one_line
from app.ui.chat.timeline.message_text import private_line
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
    return f"[{times.clock_time(entry.at)}] {name}: {entry.text}"


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
    if entry in model.gone:
        return tr("{message} (Enter or Ctrl+Z undoes that)", message=line)
    if entry.state is SendState.SENDING:
        return tr("{message} (sending)", message=line)
    if entry.state is SendState.FAILED:
        return tr("{message} (not sent: {reason})", message=line, reason=model.why_failed(entry))
    return line


def _read_out(model: TimelineModel, shown: TimelineRow, entry: MessageEntry) -> str:
    if shown.quiet or model.is_as_typed(entry):
        return shown.text
    return parse(entry.text).spoken()
