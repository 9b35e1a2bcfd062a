"""Sentences and defaults of the first moments, for the window and the command line alike."""

from __future__ import annotations

import getpass
from pathlib import Path

from app.protocol.names import NameRefused, clean_nickname, clean_room_name
from app.support.settings import Settings
from app.ui.texts import tr


def default_nickname(settings: Settings) -> str:
    """Return the nickname used last, else the person's name on this computer."""
    for candidate in (settings.nickname, _login()):
        try:
            return clean_nickname(candidate)
        except NameRefused:
            continue
    return tr("Somebody")


def default_room_name(settings: Settings, nickname: str) -> str:
    """Return the name hosted under last, else one made of the nickname."""
    for candidate in (settings.room_name, tr("{name}’s room", name=nickname)):
        try:
            return clean_room_name(candidate)
        except NameRefused:
            continue
    return "Papo"


def was_set_aside(path: Path) -> str:
    """Return the sentence for a damaged file that was put aside."""
    return tr(
        "A damaged file was set aside as {path}. Papo starts with a new one in its place.",
        path=path,
    )


def cannot_store(path: Path, error: OSError) -> str:
    """Return the sentence for a folder that cannot be written."""
    return tr(
        "Papo cannot store anything in {path} ({reason}). Choose another folder with --data.",
        path=path,
        reason=error.strerror or error,
    )


def not_our_address(bind: str) -> str:
    """Return the sentence for an address that is not this computer's."""
    return tr(
        "{address} is no address of this computer. Leave --bind out to use all of them.",
        address=bind,
    )


def room_in_use() -> str:
    """Return the sentence for a room that another process hosts already."""
    return tr(
        "This room is already open in another Papo on this computer. "
        "Close it there first, or choose another name."
    )


def identity_was_reset(aside: Path | None) -> str:
    """Return the sentence after the identity was reset; `aside` is where the old key is."""
    if aside is None:
        return tr("You have a new identity.")
    return tr("You have a new identity. The old key is kept as {path}.", path=aside)


def rooms_open() -> str:
    """Return the sentence for a reset of the identity while rooms are open."""
    return tr("Leave all rooms first. Then you can reset your identity.")


def no_port() -> str:
    """Return the sentence for a computer that lets no port be opened."""
    return tr("No port could be opened on this computer. Try another port.")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
