"""What stands where a message is shown, if it is not simply its text."""

from __future__ import annotations

from app.session.connection import Problem
from app.session.timeline import MessageEntry
from app.ui.chat.names import isolated, one_line
from app.ui.files.summary import summary_of
from app.ui.sentences import sentence
from app.ui.texts import tr


def text_of(entry: MessageEntry) -> str:
    """Return what a message says, or what stands in the place of one that says nothing any more."""
    if entry.deleted:
        by = one_line(entry.deleted_by)
        if not by or by == one_line(entry.nick):
            return tr("Message deleted")
        return tr("Deleted by {name}", name=isolated(entry.deleted_by))
    if entry.unopened:
        return sentence(Problem.NOT_OPENED)
    if entry.files:
        names = ", ".join(isolated(ref.name) for ref in entry.files)
        return "\n".join(part for part in (entry.text, tr("Files: {names}", names=names)) if part)
    return entry.text


def words_of(entry: MessageEntry) -> str:
    """Return what stands as text in a message's row, where its files are shown below."""
    return entry.text if entry.files and not (entry.deleted or entry.unopened) else text_of(entry)


def brief(entry: MessageEntry) -> str:
    """Return what a message says where there is room for one line, and none for its files."""
    if entry.files and not (entry.deleted or entry.unopened):
        return summary_of(entry.files, entry.text)
    return text_of(entry)


def gone_text(entry: MessageEntry) -> str:
    """Return what stands in the place of a message that was deleted just now."""
    # What nobody else ever saw is not deleted, it is only not kept.
    return tr("Deleted.") if entry.seq else tr("Removed.")


def private_line(entry: MessageEntry) -> str:
    """Return with whom a message is private; empty where it is for everyone."""
    if not entry.private_with:
        return ""
    return tr("Private with {name}", name=isolated(entry.private_nick))
