"""How guests are marked: a word, a picture, and what it means."""

from __future__ import annotations

from app.protocol.messages import GuestKind
from app.ui.texts import tr
from app.ui.theme.icons import Icon

ICONS: dict[GuestKind, Icon] = {"browser": Icon.GLOBE, "text": Icon.TERMINAL}


def guest_word(kind: GuestKind) -> str:
    """Return the badge of a guest; empty for whoever is none."""
    return {"": "", "browser": tr("Browser guest"), "text": tr("Text guest")}[kind]


def guest_sentence(kind: GuestKind) -> str:
    """Return what the badge means; empty for whoever is no guest."""
    return {
        "": "",
        "browser": tr("In by a browser, without Papo, so nothing but the name says who it is."),
        "text": tr(
            "In by a plain-text program, so nothing but the name says who it is. Others on the "
            "network can read along what this guest reads and writes."
        ),
    }[kind]
