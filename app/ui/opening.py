"""The one place that hands something to another program, when the person asked for it."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from app.ui.formatting.blocks import Link

OPENED = frozenset({"http", "https", "mailto"})
"""Schemes of what the browser or the mailer opens."""


def open_link(link: Link) -> bool:
    """Open a link in the browser or the mailer; return whether one took it.

    Only http, https and mailto, whatever the link says.
    """
    url = _url(link)
    return url is not None and QDesktopServices.openUrl(url)


def open_file(path: Path) -> bool:
    """Open a file of this computer in the program for it; return whether one took it.

    `app/ui/files/actions.py` has decided by then, from the file itself, that it is safe.
    """
    return path.is_absolute() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_folder(path: Path) -> bool:
    """Show a folder in the file manager; return whether one took it."""
    return path.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute())))


def _url(link: Link) -> QUrl | None:
    url = QUrl(link.target, QUrl.ParsingMode.StrictMode)
    fine = url.isValid() and link.target.isascii() and url.scheme() in OPENED
    # A browser wants a host; a mailer has none.
    return url if fine and (url.scheme() == "mailto" or url.host()) else None
