"""Decoding, scaling and encoding by Qt: only ever run in the worker."""

from __future__ import annotations

from PyQt6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QRect, QSize
from PyQt6.QtGui import (
    QColorSpace,
    QImage,
    QImageIOHandler,
    QImageReader,
    QImageWriter,
    QTransform,
)

from app.pictures import limits
from app.pictures.containers.exif import UPRIGHT
from app.pictures.formats import Format
from app.pictures.source import NotAPicture, Source
from app.protocol.limits import MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE

_PIXEL = 4


class Decoder:
    """One picture to decode: its size by its header, and then its pixels, upright, in sRGB.

    `turned` is its orientation where Qt does not look for one. Raises NotAPicture for what cannot be
    decoded, or should not.
    """

    def __init__(self, source: Source, turned: int = UPRIGHT) -> None:
        self._file = QFile()
        if not self._file.open(source.descriptor, QIODevice.OpenModeFlag.ReadOnly):
            raise NotAPicture
        self._reader = QImageReader(self._file, QByteArray(source.format.value.encode()))
        # The decoder is the one that the first bytes asked for, whatever the others would make of it.
        self._reader.setDecideFormatFromContent(False)
        self._reader.setAutoDetectImageFormat(False)
        self._reader.setAllocationLimit(limits.DECODER_MEMORY)
        self._reader.setAutoTransform(True)
        stored = self._reader.size()
        width, height = stored.width(), stored.height()
        if width < 1 or height < 1 or width * height > MAX_PICTURE_PIXELS:
            raise NotAPicture
        if max(width, height) > MAX_PICTURE_SIDE:
            raise NotAPicture
        self._stored = stored
        lies = self._reader.transformation()
        self._turned = (
            turned if lies == QImageIOHandler.Transformation.TransformationNone else UPRIGHT
        )
        across = QImageIOHandler.Transformation.TransformationRotate90
        self._across = bool(lies & across) or self._turned > 4
        self.size = stored.transposed() if self._across else stored
        """Of the upright picture."""

    @property
    def is_animated(self) -> bool:
        """Whether it has more than one picture to show, one after the other."""
        return self.frames > 1

    @property
    def frames(self) -> int:
        """How many pictures it has to show."""
        return self._reader.imageCount() if self._reader.supportsAnimation() else 1

    def read(self, width: int, height: int) -> QImage:
        """Return it, made smaller to fit the box where it is larger; never larger than it is.

        Of an animation the next frame, in the same size as the first.
        """
        fitting = fitted(self.size, width, height)
        if fitting != self.size:
            self._reader.setScaledSize(fitting.transposed() if self._across else fitting)
        image = self._reader.read()
        if image.isNull():
            raise NotAPicture
        if self._turned != UPRIGHT:
            image = image.transformed(_TURNS[self._turned])
        return _plain(image)

    @property
    def delay(self) -> int:
        """For how many milliseconds the frame that was read last is shown."""
        return self._reader.nextImageDelay()


_TURNS = {
    2: QTransform(-1, 0, 0, 1, 0, 0),
    3: QTransform(-1, 0, 0, -1, 0, 0),
    4: QTransform(1, 0, 0, -1, 0, 0),
    5: QTransform(0, 1, 1, 0, 0, 0),
    6: QTransform(0, 1, -1, 0, 0, 0),
    7: QTransform(0, -1, -1, 0, 0, 0),
    8: QTransform(0, -1, 1, 0, 0, 0),
}
"""What makes each Exif orientation upright."""


def fitted(size: QSize, width: int, height: int) -> QSize:
    """Return the largest size of the same shape within a box; never a larger one, never none."""
    factor = min(width / size.width(), height / size.height(), 1.0)
    return QSize(max(1, int(size.width() * factor)), max(1, int(size.height() * factor)))


def _plain(image: QImage) -> QImage:
    """Return it with 32 bits a pixel, in sRGB."""
    with_alpha = image.hasAlphaChannel()
    plain = QImage.Format.Format_ARGB32_Premultiplied if with_alpha else QImage.Format.Format_RGB32
    space, srgb = image.colorSpace(), QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if space.isValid() and space != srgb:
        converted = image.convertedToColorSpace(srgb, plain)
        if not converted.isNull():
            image = converted
    image = image.convertToFormat(plain)
    image.setColorSpace(QColorSpace())
    return image


def is_opaque(image: QImage) -> bool:
    """Tell whether nothing shines through any pixel."""
    if not image.hasAlphaChannel():
        return True
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)
    width = alpha.width()
    # Lines are padded to four bytes.
    for line in range(alpha.height()):
        row = alpha.constScanLine(line)
        assert row is not None
        if row.asstring(width).count(b"\xff") != width:
            return False
    return True


def encoded(image: QImage, kind: Format, quality: int) -> bytes:
    """Return a picture as a file; `quality` 0 to 100, for a png how hard it is packed."""
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(out, QByteArray(kind.value.encode()))
    writer.setQuality(quality)
    if kind is Format.JPEG:
        writer.setOptimizedWrite(True)
    if not writer.write(_bare(image)):
        raise NotAPicture
    return out.data().data()


def _bare(image: QImage) -> QImage:
    """Return the pixels alone: the texts that an image carries would be written into its file."""
    if not image.textKeys():
        return image
    bare = QImage(image.size(), image.format())
    target = bare.bits()
    assert target is not None
    target.setsize(bare.sizeInBytes())
    target[:] = pixels(image)
    return bare


def pixels(image: QImage) -> bytes:
    """Return its pixels, 4 bytes each, line after line."""
    bits = image.constBits()
    assert bits is not None
    assert image.bytesPerLine() == image.width() * _PIXEL
    return bits.asstring(image.sizeInBytes())


def warm_up() -> None:
    """Let Qt make what it scales large pictures with."""
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    image.fill(0)
    image.scaled(QRect(0, 0, 300, 300).size())
