"""A picture that moves: a small gif on this computer, played for as long as somebody looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QByteArray, QObject, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QColor, QMovie, QPixmap

from app.ui.files.grounds import ground_of, on_ground

if TYPE_CHECKING:
    from app.protocol.attachments import FileRef

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 1_000_000
"""Of one frame: it is decoded in this process, so it stays small."""

_HEADER = 10


class MovingPicture(QObject):
    """Plays one file at a time, and holds nothing of it once it is stopped.

    Signals:
        moved(): `frame` is another.
    """

    moved = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._movie: QMovie | None = None
        self._began = False
        self._ground: QColor | None = None
        """Behind all frames: the one that suits the first, for a ground that changes would flicker."""

    @property
    def frame(self) -> QPixmap | None:
        """The frame of this moment, or None where nothing plays."""
        if self._movie is None:
            return None
        image = self._movie.currentImage()
        if image.isNull():
            return None
        if not self._began:
            self._began, self._ground = True, ground_of(image)
        return QPixmap.fromImage(image if self._ground is None else on_ground(image, self._ground))

    def play(self, path: Path) -> bool:
        """Play a file, in place of any other; return whether it is one that may be played."""
        self.stop()
        if not _may_play(path):
            return False
        movie = QMovie(str(path), QByteArray(b"gif"), self)
        movie.setCacheMode(QMovie.CacheMode.CacheNone)
        movie.frameChanged.connect(self._on_frame)
        self._movie = movie
        self._began, self._ground = False, None
        movie.start()
        return True

    def stop(self) -> None:
        """Play nothing any more."""
        movie, self._movie = self._movie, None
        if movie is not None:
            movie.stop()
            movie.deleteLater()
            self.moved.emit()

    @pyqtSlot(int)
    def _on_frame(self, _number: int) -> None:
        self.moved.emit()


def may_move(ref: FileRef) -> bool:
    """Tell whether a file of a message is a gif that is small enough to be played."""
    small = 0 < ref.width * ref.height <= MOST_PIXELS and ref.size <= MOST_BYTES
    return small and ref.media == "image/gif"


def _may_play(path: Path) -> bool:
    """Tell from the file itself whether it is a gif that is small enough, as GIF89a counts."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return False
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except OSError:
        return False
    if len(head) < _HEADER or head[:6] not in {b"GIF87a", b"GIF89a"}:
        return False
    width, height = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    return 0 < width * height <= MOST_PIXELS
