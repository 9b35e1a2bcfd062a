"""The one place that hands something to another program: a link, when the person asked for it."""

from __future__ import annotations

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


def _url(link: Link) -> QUrl | None:
    url = QUrl(link.target, QUrl.ParsingMode.StrictMode)
    fine = url.isValid() and link.target.isascii() and url.scheme() in OPENED
    # A browser wants a host; a mailer has none.
    return url if fine and (url.scheme() == "mailto" or url.host()) else None
