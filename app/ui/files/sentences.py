"""What went wrong with a file, as sentences that say what to do next.

Needs no window: the command line tells the same sentences.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from app.session.files.transfer import FileFailure
from app.ui.texts import tr

About = dict[str, object]


class LocalProblem(StrEnum):
    """Why something could not be done with a file that is on this computer."""

    MISSING = "local-file-missing"
    """It was moved, renamed or deleted since."""
    UNSAFE = "local-file-unsafe"
    """It is not of a kind that other programs may be asked to open."""
    NO_PROGRAM = "local-file-no-program"
    NO_FOLDER = "local-file-no-folder"
    """No program here shows folders."""
    NO_PICTURE = "local-file-no-picture"
    """It cannot be shown as a picture."""


def _gone(_about: About) -> str:
    return tr("The file is no longer where it was on this computer. Choose it again.")


def _changed(_about: About) -> str:
    return tr("The file was changed after you chose it. Send it again.")


def _unreadable(_about: About) -> str:
    return tr("This computer does not let Papo read the file. Check its permissions.")


def _not_a_file(_about: About) -> str:
    return tr("Only files can be sent, not folders or devices.")


def _too_large(_about: About) -> str:
    return tr("The file is larger than this room takes. Send a smaller one, or ask the host.")


def _room_full(_about: About) -> str:
    return tr("This room has no space left for files. Ask the host to delete some.")


def _host_full(_about: About) -> str:
    return tr("The disk of the host’s computer is full. Ask for some space to be freed.")


def _too_many(_about: About) -> str:
    return tr("Too many files are on their way at once. Try again when some have arrived.")


def _not_allowed(_about: About) -> str:
    return tr("You may not send files here now. Ask the host.")


def _hash_wrong(_about: About) -> str:
    return tr("What arrived was not the file that was sent, so it was thrown away. Try again.")


def _no_space(_about: About) -> str:
    return tr("The disk of this computer is full. Free some space, then try again.")


def _unwritable(_about: About) -> str:
    return tr("Papo may not write into that folder. Save the file somewhere else.")


def _broken(_about: About) -> str:
    return tr("The transfer broke off. Try again.")


def _missing(_about: About) -> str:
    return tr("The file is no longer where it was saved. Download it again.")


def _unsafe(_about: About) -> str:
    return tr(
        "Papo does not open this kind of file, because it could run a program. "
        "Open it from its folder if you trust whoever sent it."
    )


def _no_program(_about: About) -> str:
    return tr("No program on this computer opens this file. Show it in its folder instead.")


def _no_folder(_about: About) -> str:
    return tr("The folder could not be shown on this computer.")


def _no_picture(_about: About) -> str:
    return tr("This picture cannot be shown here. Save it to look at it with another program.")


FILE_SENTENCES: dict[str, Callable[[About], str]] = {
    # That there is no such file, or that the room takes none, is told as a refusal is.
    FileFailure.GONE: _gone,
    FileFailure.CHANGED: _changed,
    FileFailure.UNREADABLE: _unreadable,
    FileFailure.NOT_A_FILE: _not_a_file,
    FileFailure.TOO_LARGE: _too_large,
    FileFailure.ROOM_FULL: _room_full,
    FileFailure.HOST_FULL: _host_full,
    FileFailure.TOO_MANY: _too_many,
    FileFailure.NOT_ALLOWED: _not_allowed,
    FileFailure.HASH_WRONG: _hash_wrong,
    FileFailure.NO_SPACE: _no_space,
    FileFailure.UNWRITABLE: _unwritable,
    FileFailure.BROKEN: _broken,
    LocalProblem.MISSING: _missing,
    LocalProblem.UNSAFE: _unsafe,
    LocalProblem.NO_PROGRAM: _no_program,
    LocalProblem.NO_FOLDER: _no_folder,
    LocalProblem.NO_PICTURE: _no_picture,
}
