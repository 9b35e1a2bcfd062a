"""The files of a message as a screen reader says them: each with how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.chat.timeline.files.layout import is_picture
from app.ui.files.states import Step, percent
from app.ui.texts import tr

if TYPE_CHECKING:
    from app.session.timeline import MessageEntry
    from app.ui.files.message_files import MessageFiles


def spoken_files(files: MessageFiles, entry: MessageEntry) -> str:
    """Return all files of a message, in order; how many there are first, where there are several."""
    told = [_spoken(files, entry, number) for number in range(len(entry.files))]
    if len(told) > 1:
        told.insert(0, tr("%n file(s)", n=len(told)))
    return ". ".join(told)


def _spoken(files: MessageFiles, entry: MessageEntry, number: int) -> str:
    ref, state = entry.files[number], files.state(entry, number)
    parts = [ref.name, state.line]
    if is_picture(ref):
        parts.insert(0, tr("Picture"))
    else:
        parts.insert(0, tr("File"))
    if state.step is Step.HERE:
        parts.append(tr("on this computer"))
    elif state.step is Step.MOVING:
        parts.append(percent(state.fraction))
    return ", ".join(parts)
