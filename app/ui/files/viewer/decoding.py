"""Who decodes pictures for the window: another process, which the application gives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtGui import QImage


class Job(Protocol):
    """A picture that is to be decoded."""

    def cancel(self) -> None:
        """Let it be: `done` is not called. Harmless where it is over."""


class Decoder(Protocol):
    """Decodes pictures of anybody's where that does no harm."""

    def decode(
        self, path: Path, width: int, height: int, done: Callable[[QImage | None], None]
    ) -> Job:
        """Decode a picture, upright, made smaller where it does not fit into so many pixels.

        `done` is called later, with None where there is nothing to show.
        """


class Decoding(QObject):
    """Holds the application's `Decoder`, for whatever shows pictures; without one none is decoded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.decoder: Decoder | None = None

    @classmethod
    def of_application(cls) -> Decoding:
        """Return the application's, made when it is first wanted."""
        application = QCoreApplication.instance()
        found = application.findChild(cls) if application is not None else None
        return found if found is not None else cls(application)
