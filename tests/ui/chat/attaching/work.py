"""Somebody who decodes pictures, when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage

from app.pictures.formats import Format
from app.pictures.results import Cleaned, Look, Resized

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff\xe0"


_SMALL = Look(Format.PNG, 640, 480, animated=False, has_location=False)


@dataclass
class ManualJob:
    finish: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class ManualPictures:
    """Does what is asked with `finish`. A file is what `looks` says of its name, or small."""

    looks: dict[str, Look | None] = field(default_factory=dict)
    resized: int = 1000
    """Bytes of a picture that was made smaller; 0 lets it fail."""
    cleans: bool = True
    jobs: list[ManualJob] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def finish(self) -> None:
        """Do all that is asked, and what is asked for because of it."""
        while self.jobs:
            job = self.jobs.pop(0)
            if not job.cancelled:
                job.finish()

    def look(self, path: Path, done: Callable[[Look | None], None], /) -> ManualJob:
        return self._add(f"look {path.name}", lambda: done(self.looks.get(path.name, _SMALL)))

    def decode(
        self, path: Path, width: int, height: int, done: Callable[[QImage | None], None], /
    ) -> ManualJob:
        image = QImage(min(width, 40), min(height, 30), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.red)
        return self._add(f"decode {path.name}", lambda: done(image))

    def resize(
        self, source: Path, target: Path, longest: int, done: Callable[[Resized | None], None], /
    ) -> ManualJob:
        def finish() -> None:
            if not self.resized:
                done(None)
                return
            target.write_bytes(b"s" * self.resized)
            done(Resized("image/jpeg", longest, longest // 2, self.resized))

        return self._add(f"resize {source.name}", finish)

    def clean(
        self, source: Path, target: Path, done: Callable[[Cleaned | None], None], /
    ) -> ManualJob:
        def finish() -> None:
            if not self.cleans:
                done(None)
                return
            target.write_bytes(b"cleaned")
            done(Cleaned("image/jpeg", 7))

        return self._add(f"clean {source.name}", finish)

    def _add(self, what: str, finish: Callable[[], None]) -> ManualJob:
        job = ManualJob(finish)
        self.asked.append(what)
        self.jobs.append(job)
        return job


def look(width: int, height: int, *, located: bool = False, animated: bool = False) -> Look:
    return Look(Format.JPEG, width, height, animated, located)
