"""What Qt says of itself goes into the log, not onto a person's terminal."""

from __future__ import annotations

import logging

from PyQt6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

KNOWN_NOISE = "wildcard call disconnects from destroyed signal of QNativeSocketEngine"
"""Qt 6.11 says this of its own code whenever a socket with unread bytes is reset; it is harmless."""


def install() -> None:
    """Let Qt's messages go to the logger `qt`."""
    qInstallMessageHandler(_note)


def _note(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    text = message or ""
    log.log(logging.DEBUG if KNOWN_NOISE in text else _LEVELS[kind], "%s", text)
