"""Sentences about what is wrong with what was typed, or nothing where all is well."""

from __future__ import annotations

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.names import NameProblem, NameRefused, clean_nickname, clean_room_name
from app.security.finding import find_target
from app.security.invite import InvalidTarget, TargetProblem
from app.ui.sentences import sentence
from app.ui.texts import tr

_NICKNAME = {
    NameProblem.EMPTY: Refusal.NICKNAME_EMPTY,
    NameProblem.TOO_LONG: Refusal.NICKNAME_TOO_LONG,
    NameProblem.NOT_ALLOWED: Refusal.NICKNAME_NOT_ALLOWED,
}


def nickname_problem(text: str) -> str:
    """Return what is wrong with a nickname."""
    try:
        clean_nickname(text)
    except NameRefused as refused:
        return sentence(_NICKNAME[refused.problem])
    return ""


def room_problem(text: str) -> str:
    """Return what is wrong with a room's name."""
    try:
        clean_room_name(text)
    except NameRefused as refused:
        if refused.problem is NameProblem.EMPTY:
            return tr("Give the room a name, so that others find it.")
        if refused.problem is NameProblem.TOO_LONG:
            return tr(
                "That name is too long. Choose one of at most %n character(s).",
                n=limits.MAX_ROOM_NAME,
            )
        return tr("That name has signs that a room’s name cannot have. Choose another name.")
    return ""


def port_problem(text: str) -> str:
    """Return what is wrong with a port."""
    text = text.strip()
    if text.isascii() and text.isdigit() and 1024 <= int(text) <= limits.MAX_PORT:
        return ""
    return tr("Choose a port from {first} to {last}.", first=1024, last=limits.MAX_PORT)


def target_problem(text: str) -> str:
    """Return what is wrong with an address or invite."""
    try:
        find_target(text)
    except InvalidTarget as invalid:
        return _target_sentence(invalid.code)
    return ""


def _target_sentence(code: TargetProblem) -> str:
    if code is TargetProblem.EMPTY:
        return tr("Type the host’s address, or paste an invite.")
    if code is TargetProblem.BAD_PORT:
        return tr("After the colon comes a port, such as 9090.")
    if code is TargetProblem.BAD_INVITE:
        return tr("This invite is not whole. Copy all of it and paste it again.")
    if code is TargetProblem.NOT_PAPO_LINK:
        return tr("This link is not an invite. Invites begin with papo://")
    if code is TargetProblem.NO_ADDRESS:
        return tr(
            "There is no address in this text. It looks like 192.168.1.20 or 192.168.1.20:9090, "
            "and an invite begins with papo://"
        )
    return tr("This is not an address. It looks like 192.168.1.20 or the computer’s name.")
