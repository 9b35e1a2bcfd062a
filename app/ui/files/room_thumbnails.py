"""The small pictures of a room, decoded here with care: the host made them, who may be anybody."""

from __future__ import annotations

from collections import OrderedDict

from PyQt6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QObject,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
    pyqtSlot,
)
from PyQt6.QtGui import QGuiApplication, QImage, QImageReader, QPixmap

from app.protocol.attachments import FileRef
from app.session.files.previews import Previews
from app.ui.files.grounds import grounded

MOST_BYTES = 256 * 1024
"""Of a small picture as it comes; no host of ours makes a larger one."""

MOST_SIDE = 640
"""Pixels."""

KEPT_BYTES = 48 * 1024 * 1024
"""Of decoded pictures: some 150 as large as a row shows them, on a screen of plain density."""

_ALLOCATION = 8
"""MiB that the decoder may take: 640 × 640 pixels with 16 bits a channel, twice."""

_MAGIC = ((b"\x89PNG\r\n\x1a\n", b"png"), (b"\xff\xd8\xff", b"jpeg"))


class RoomThumbnails(QObject):
    """The decoded `Previews` of one room: a `Thumbnails`, shared by everything that shows some.

    One is decoded in a turn of the event loop, so that no frame waits for several.

    Signals:
        ready(str): `pixmap` gives the picture of that hash now.
    """

    ready = pyqtSignal(str)

    def __init__(self, previews: Previews, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._previews = previews
        self._kept: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._latest: dict[str, QPixmap] = {}
        self._wanted: dict[tuple[str, int, int], None] = {}
        self._broken: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        previews.ready.connect(self._on_came)

    def pixmap(self, digest: str, size: QSize, /) -> QPixmap | None:
        """Return a picture of about `size`, in device-independent pixels; None while it is on its way.

        The picture covers `size`, unless it is smaller; it is as sharp as the sharpest screen.
        """
        ratio = _ratio()
        key = (digest, round(size.width() * ratio), round(size.height() * ratio))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        if digest in self._broken or not digest:
            return None
        if self._data(digest) is not None:
            self._wanted[key] = None
            if not self._timer.isActive():
                self._timer.start()
        # At another size it is better than nothing.
        return self._latest.get(digest)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be decoded."""
        return self._timer.isActive()

    @property
    def kept_bytes(self) -> int:
        """How much memory what is decoded takes."""
        return self._bytes

    # --- parts ----------------------------------------------------------------------------------

    def _data(self, digest: str) -> bytes | None:
        ref = FileRef(hash=digest, name="x", size=0, media="application/octet-stream")
        return self._previews.get(ref)

    @pyqtSlot(str)
    def _on_came(self, digest: str) -> None:
        self._broken.discard(digest)
        self.ready.emit(digest)

    @pyqtSlot()
    def _on_turn(self) -> None:
        # The latest that was looked for is what is in sight now.
        if not self._wanted:
            return
        key = next(reversed(self._wanted))
        del self._wanted[key]
        if self._wanted:
            self._timer.start()
        digest, width, height = key
        data = self._data(digest)
        if data is None:
            return
        image = decoded(data, QSize(width, height))
        if image is None:
            self._broken.add(digest)
            return
        pixmap = QPixmap.fromImage(grounded(image))
        pixmap.setDevicePixelRatio(_ratio())
        self._keep(key, pixmap)
        self.ready.emit(digest)

    def _keep(self, key: tuple[str, int, int], pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        self._latest[key[0]] = pixmap
        self._bytes += _size(pixmap)
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            (digest, _, _), gone = self._kept.popitem(last=False)
            self._bytes -= _size(gone)
            if self._latest.get(digest) is gone:
                del self._latest[digest]


def decoded(data: bytes, size: QSize) -> QImage | None:
    """Return a small picture so that it covers `size`, in its own pixels; None where it is none.

    Only png and jpeg, by the first bytes, and only what is no larger than a thumbnail may be: all of
    that is looked at before anything is decoded. It is never made larger than it is.
    """
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if kind is None or len(data) > MOST_BYTES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    before = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(_ALLOCATION)
    try:
        return _read(buffer, kind, size)
    finally:
        QImageReader.setAllocationLimit(before)


def _read(buffer: QBuffer, kind: bytes, size: QSize) -> QImage | None:
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(False)
    whole = reader.size()
    if whole.isEmpty() or max(whole.width(), whole.height()) > MOST_SIDE:
        return None
    image = reader.read()
    if image.isNull():
        return None
    wanted = whole.scaled(
        size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.KeepAspectRatioByExpanding
    )
    if wanted.width() < whole.width():
        image = image.scaled(
            wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
