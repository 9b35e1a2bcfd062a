"""What is asked of whoever decodes pictures: `app.pictures.Pictures`, or a test's stand-in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PyQt6.QtGui import QImage

from app.pictures.results import Cleaned, Look, Resized


class Handle(Protocol):
    """Something that is being done."""

    def cancel(self) -> None:
        """Let it be: `done` is not called, and nothing was written. Harmless where it is over."""


class PictureWork(Protocol):
    """Does things with pictures elsewhere. `done` is called later, with None where it failed.

    `target` is written, and must not be there before.
    """

    def look(self, path: Path, done: Callable[[Look | None], None], /) -> Handle:
        """Find out what a picture is."""
        ...

    def decode(
        self, path: Path, width: int, height: int, done: Callable[[QImage | None], None], /
    ) -> Handle:
        """Decode a picture, upright, made smaller where it does not fit the box."""
        ...

    def resize(
        self, source: Path, target: Path, longest: int, done: Callable[[Resized | None], None], /
    ) -> Handle:
        """Write it so that its longer side has `longest` pixels, upright, without metadata."""
        ...

    def clean(
        self, source: Path, target: Path, done: Callable[[Cleaned | None], None], /
    ) -> Handle:
        """Write the same picture without what it says of where it was made, still upright."""
        ...
