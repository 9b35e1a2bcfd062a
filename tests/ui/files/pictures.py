"""Pictures made by code, files that are what they seem, and a carrier that only remembers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PyQt6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath

from app.protocol.attachments import Attached, FileRef, pack
from app.protocol.messages import Said
from app.session.files.transfer import Transfer

_COLOURS = ("#1B5FB8", "#2E7020", "#A04400", "#6746C3", "#006E63", "#A12C79")


def drawn(width: int, height: int, number: int = 0) -> QImage:
    """Return a landscape of that size; another one for each number."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sky = QLinearGradient(0, 0, 0, height)
    sky.setColorAt(0, QColor(_COLOURS[number % len(_COLOURS)]))
    sky.setColorAt(1, QColor("#F3E7DE"))
    painter.fillRect(image.rect(), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFF3D1"))
    least = min(width, height)
    painter.drawEllipse(QPointF(width * 0.7, height * 0.3), least * 0.12, least * 0.12)
    painter.setBrush(QColor(_COLOURS[(number + 2) % len(_COLOURS)]))
    _hill(painter, (0, height), (width * 0.35, height * 0.45), (width * 0.8, height))
    painter.setBrush(QColor(_COLOURS[(number + 4) % len(_COLOURS)]))
    _hill(painter, (width * 0.4, height), (width * 0.75, height * 0.6), (width, height))
    painter.setPen(QColor("#FFFFFF"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1, 1, width - 3, height - 3))
    painter.end()
    return image


def _hill(painter: QPainter, *corners: tuple[float, float]) -> None:
    path = QPainterPath(QPointF(*corners[0]))
    for corner in corners[1:]:
        path.lineTo(QPointF(*corner))
    painter.drawPath(path)


def encoded(image: QImage, kind: str = "png") -> bytes:
    """Return an image as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


def thumbnail(image: QImage, kind: str = "jpeg") -> bytes:
    """Return what a host makes of a picture."""
    small = image
    if max(image.width(), image.height()) > 640:
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small = image.scaled(640, 640, keep, smooth)
    return encoded(small, kind)


def digest_of(name: str) -> str:
    """Return a hash that stands for a file of that name."""
    return hashlib.sha256(name.encode()).hexdigest()


def file_ref(
    name: str, size: int, media: str = "application/octet-stream", width: int = 0, height: int = 0
) -> FileRef:
    """Return a file of a message, as its host tells of it."""
    return FileRef(
        hash=digest_of(name), name=name, size=size, media=media, width=width, height=height
    )


def picture_ref(name: str, width: int = 1600, height: int = 1200, size: int = 2_400_000) -> FileRef:
    """Return a picture of a message, as its host tells of it."""
    ending = name.rpartition(".")[2]
    media = {"jpg": "image/jpeg"}.get(ending, f"image/{ending}")
    return file_ref(name, size, media, width, height)


def with_files(said: Said, *files: FileRef, caption: str = "") -> Said:
    """Return a line of the log with files in the place of its text."""
    text = pack(Attached(files=files, caption=caption))
    return msgspec.structs.replace(said, kind="files", text=text)


@dataclass
class RecordingCarrier:
    """Remembers what it was asked to carry; tests tell `Transfers` how that went."""

    begun: list[Transfer] = field(default_factory=list)
    stopped: list[Transfer] = field(default_factory=list)
    given_up: list[Transfer] = field(default_factory=list)
    previewed: list[str] = field(default_factory=list)

    def admit(self, token: bytes) -> None:
        """Do nothing."""

    def begin(self, transfer: Transfer) -> None:
        self.begun.append(transfer)

    def stop(self, transfer: Transfer) -> None:
        self.stopped.append(transfer)

    def give_up(self, transfer: Transfer) -> None:
        self.given_up.append(transfer)

    def preview(self, digest: str) -> None:
        self.previewed.append(digest)

    def close(self) -> None:
        """Do nothing."""


@dataclass
class RecordingDesktop:
    """Opens and shows nothing."""

    opened: list[Path] = field(default_factory=list)
    shown: list[Path] = field(default_factory=list)
    works: bool = True

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return self.works

    def show(self, path: Path) -> bool:
        self.shown.append(path)
        return self.works


@dataclass
class _Job:
    path: Path
    box: tuple[int, int]
    done: Callable[[QImage | None], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class ManualDecoder:
    """Decodes when it is told to."""

    jobs: list[_Job] = field(default_factory=list)

    def decode(
        self, path: Path, width: int, height: int, done: Callable[[QImage | None], None]
    ) -> _Job:
        job = _Job(path, (width, height), done)
        self.jobs.append(job)
        return job

    def finish(self, image: QImage | None) -> None:
        """End the oldest job that nobody cancelled."""
        while self.jobs:
            job = self.jobs.pop(0)
            if not job.cancelled:
                job.done(image)
                return
