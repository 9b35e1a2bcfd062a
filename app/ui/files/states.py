"""How a file of a message stands, as a person is told it, and what can be done with it then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.protocol.attachments import FileRef
from app.room.files.kinds import Icon
from app.session.files.transfer import Purpose, Stage, Transfer
from app.ui.files.kind_icons import name_of
from app.ui.files.sizes import duration, human_size
from app.ui.sentences import sentence
from app.ui.texts import locale, tr


class Deed(Enum):
    """What can be done with one file."""

    VIEW = "view"
    DOWNLOAD = "download"
    OPEN = "open"
    SHOW = "show"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"


_MOVING = (Deed.PAUSE, Deed.CANCEL)


class Step(Enum):
    """Where a file stands, as its card shows it."""

    AWAY = "away"
    """At the host; it can be fetched."""
    WAITING = "waiting"
    MOVING = "moving"
    PAUSED = "paused"
    FAILED = "failed"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class FileState:
    """How a file stands. `line` says so in words; `deeds` are what its card has buttons for."""

    step: Step
    line: str
    deeds: tuple[Deed, ...]
    fraction: float = -1.0
    """How much is done, from 0 to 1; negative where nothing is on its way."""
    hint: str = ""
    """What hovering tells beside the name."""
    shorter: tuple[str, ...] = ()
    """What stands for `line` where it has no room, the longest first."""

    @property
    def first(self) -> Deed | None:
        """What a click on the card itself does."""
        chosen = (Deed.VIEW, Deed.OPEN, Deed.SHOW, Deed.DOWNLOAD, Deed.RETRY, Deed.RESUME)
        return next((deed for deed in chosen if deed in self.deeds), None)


def deed_name(deed: Deed) -> str:
    """Return what a deed is called: on its button, in the menu, to a screen reader."""
    return {
        Deed.VIEW: tr("View picture"),
        Deed.DOWNLOAD: tr("Download"),
        Deed.OPEN: tr("Open"),
        Deed.SHOW: tr("Show in folder"),
        Deed.PAUSE: tr("Pause"),
        Deed.RESUME: tr("Go on"),
        Deed.CANCEL: tr("Cancel"),
        Deed.RETRY: tr("Try again"),
    }[deed]


def percent(fraction: float) -> str:
    """Return a part of 1 in percent."""
    return tr("{percent}%", percent=locale().toString(int(max(0.0, min(fraction, 1.0)) * 100)))


def state_at_rest(ref: FileRef, kind_name: str) -> FileState:
    """Return the state of a file that is at the host alone."""
    return FileState(Step.AWAY, what_it_is(ref.size, kind_name), (Deed.DOWNLOAD,))


def state_here(ref: FileRef, kind_name: str, *, safe: bool, upload: bool = False) -> FileState:
    """Return the state of a file that is on this computer; `safe`: it may be opened."""
    if safe:
        return FileState(Step.HERE, what_it_is(ref.size, kind_name), (Deed.OPEN, Deed.SHOW))
    hint = "" if upload else tr("Papo shows this kind of file only in its folder.")
    return FileState(Step.HERE, what_it_is(ref.size, kind_name), (Deed.SHOW,), hint=hint)


def state_of(transfer: Transfer, *, offline: bool) -> FileState:
    """Return the state of a file that is on its way, or came to nothing."""
    fraction = transfer.done / transfer.size if transfer.size else 0.0
    fraction = max(0.0, min(fraction, 1.0))
    match transfer.stage:
        case Stage.CHECKING:
            line = tr("Getting ready")
            return FileState(Step.MOVING, line, _MOVING, fraction)
        case Stage.MOVING:
            line, *shorter = _moving(transfer)
            return FileState(Step.MOVING, line, _MOVING, fraction, shorter=tuple(shorter))
        case Stage.PAUSED:
            line = _joined(tr("Paused"), _so_far(transfer))
            return FileState(Step.PAUSED, line, (Deed.RESUME, Deed.CANCEL), fraction)
        case Stage.FAILED:
            deeds = (Deed.RETRY,) if transfer.is_upload else (Deed.RETRY, Deed.CANCEL)
            return FileState(
                Step.FAILED, sentence(transfer.failure, mine=transfer.is_upload), deeds
            )
        case Stage.DONE:
            return FileState(Step.WAITING, tr("Sent, waits for its message"), (Deed.CANCEL,), 1.0)
        case _:
            line = tr("Waits for the connection") if offline else tr("Waits for its turn")
            if transfer.done:
                line = _joined(line, _so_far(transfer))
            return FileState(Step.WAITING, line, _MOVING, fraction)


def what_it_is(size: int, kind_name: str) -> str:
    """Return size and kind: “4.2 MB · Document”."""
    return _joined(human_size(size), kind_name)


def kind_name(ref: FileRef, icon: Icon) -> str:
    """Return the kind of a file as its card says it; an unknown one is told by its extension."""
    if icon == Icon.OTHER:
        end = ref.name.rpartition(".")[2]
        if end != ref.name and end.isalnum() and end.isascii() and len(end) <= 5:
            return end.upper()
    return name_of(icon)


def _moving(transfer: Transfer) -> tuple[str, ...]:
    """Return how a file moves, and the same in fewer words."""
    speed = left = ""
    if transfer.rate > 0:
        speed = tr("{size}/s", size=human_size(int(transfer.rate)))
    if transfer.seconds_left is not None:
        left = duration(transfer.seconds_left)
    so_far = _so_far(transfer)
    return _joined(so_far, speed, left), _joined(so_far, left), left or so_far


def _so_far(transfer: Transfer) -> str:
    return tr("{done} of {size}", done=human_size(transfer.done), size=human_size(transfer.size))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def is_fetching(transfer: Transfer | None) -> bool:
    """Tell whether a file is being fetched for the person, or that came to nothing."""
    return (
        transfer is not None
        and transfer.purpose is Purpose.SAVE
        and transfer.stage is not Stage.DONE
    )
