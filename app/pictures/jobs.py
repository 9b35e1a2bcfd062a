"""What the worker does: one function a job, paths and numbers in, plain values out."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage

from app.pictures import limits, metadata
from app.pictures.containers.exif import UPRIGHT
from app.pictures.containers.pieces import BrokenPicture
from app.pictures.decoding import Decoder, encoded, fitted, is_opaque, pixels
from app.pictures.formats import Format
from app.pictures.source import NotAPicture, Source, opened, write_new

Result = dict[str, Any]

_SMALLER = 0.7
_SMALLEST = 16


@contextmanager
def _bytes_of(source: Source) -> Iterator[memoryview]:
    mapped = mmap.mmap(source.descriptor, source.size, access=mmap.ACCESS_READ)
    try:
        yield memoryview(mapped)
    finally:
        # What went wrong may still hold a part of it; then it goes with that.
        with suppress(BufferError):
            mapped.close()


def _decoder(source: Source) -> Decoder:
    turned = UPRIGHT
    if source.format in {Format.PNG, Format.WEBP}:
        with _bytes_of(source) as data:
            try:
                turned = metadata.orientation(data, source.format)
            except BrokenPicture:
                turned = UPRIGHT
    return Decoder(source, turned)


def look(path: str) -> Result:
    """Say what a picture is, by its headers alone."""
    with opened(path) as source:
        decoder = _decoder(source)
        with _bytes_of(source) as data:
            try:
                located = metadata.has_location(data, source.format)
            except BrokenPicture:
                located = True
        return {
            "format": source.format.value,
            "width": decoder.size.width(),
            "height": decoder.size.height(),
            "animated": decoder.is_animated,
            "has_location": located,
        }


def thumbnail(path: str, target: str) -> Result:
    """Write a small jpeg, or a png where something shines through."""
    with opened(path) as source:
        decoder = _decoder(source)
        small = decoder.read(limits.THUMBNAIL_SIDE, limits.THUMBNAIL_SIDE)
    kind = Format.JPEG if is_opaque(small) else Format.PNG
    if kind is Format.JPEG:
        small = small.convertToFormat(QImage.Format.Format_RGB32)
    data = _small_file(small, kind)
    size = write_new(target, [data])
    return {
        "width": decoder.size.width(),
        "height": decoder.size.height(),
        "media": kind.media,
        "size": size,
    }


def _small_file(image: QImage, kind: Format) -> bytes:
    """Return a picture as a file of at most THUMBNAIL_BYTES."""
    qualities = limits.THUMBNAIL_QUALITY if kind is Format.JPEG else (_PACKED_HARD,)
    while True:
        for quality in qualities:
            data = encoded(image, kind, quality)
            if len(data) <= limits.THUMBNAIL_BYTES:
                return data
        size = fitted(
            image.size(), *(int(_SMALLER * side) for side in (image.width(), image.height()))
        )
        if min(size.width(), size.height()) < 1 or max(size.width(), size.height()) < _SMALLEST:
            raise NotAPicture
        image = _scaled(image, size)


_PACKED_HARD = 30
"""What Qt makes zlib's level 6 of."""


def _scaled(image: QImage, size: QSize) -> QImage:
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def decode(path: str, target: str, width: int, height: int) -> Result:
    """Write the pixels of a picture, made smaller to fit a box, and MAX_DECODED."""
    with opened(path) as source:
        decoder = _decoder(source)
        image = decoder.read(*_within_memory(decoder.size, width, height))
    write_new(target, [pixels(image)])
    return {"width": image.width(), "height": image.height(), "alpha": image.hasAlphaChannel()}


def frames(path: str, target: str, width: int, height: int) -> Result:
    """Write the pixels of an animation's frames, one after the other."""
    with opened(path) as source:
        decoder = _decoder(source)
        if not decoder.is_animated:
            raise NotAPicture
        count = min(decoder.frames, limits.MAX_FRAMES)
        most = limits.MAX_ANIMATION // count
        box = _within_memory(decoder.size, width, height, most)
        images: list[QImage] = []
        delays: list[int] = []
        for _ in range(count):
            try:
                image = decoder.read(*box)
            except NotAPicture:
                break
            if images and image.size() != images[0].size():
                break
            images.append(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
            delays.append(_delay(decoder.delay))
    if not images:
        raise NotAPicture
    write_new(target, [pixels(image) for image in images])
    return {"width": images[0].width(), "height": images[0].height(), "delays": delays}


def _delay(said: int) -> int:
    short = said < limits.SHORTEST_FRAME
    return limits.SHORT_FRAME if short else min(said, limits.LONGEST_FRAME)


def _within_memory(
    size: QSize, width: int, height: int, memory: int = limits.MAX_DECODED
) -> tuple[int, int]:
    box = fitted(size, width, height)
    most = max(1, memory // 4)
    count = box.width() * box.height()
    if count > most:
        factor = (most / count) ** 0.5
        return max(1, int(box.width() * factor)), max(1, int(box.height() * factor))
    return box.width(), box.height()


def resize(path: str, target: str, longest: int) -> Result:
    """Write a picture anew, upright and without metadata, its longer side `longest` at most."""
    with opened(path) as source:
        decoder = _decoder(source)
        if decoder.is_animated:
            raise NotAPicture
        image = decoder.read(longest, longest)
    kind = Format.PNG if source.format is Format.GIF else source.format
    quality = _PACKED_HARD if kind is Format.PNG else limits.RESIZED_QUALITY
    size = write_new(target, [encoded(image, kind, quality)])
    return {"media": kind.media, "width": image.width(), "height": image.height(), "size": size}


def clean(path: str, target: str) -> Result:
    """Write a copy without metadata, the picture itself byte for byte."""
    with opened(path) as source, _bytes_of(source) as data:
        try:
            size = write_new(target, metadata.without_metadata(data, source.format))
        except BrokenPicture as error:
            raise NotAPicture from error
        return {"media": source.format.media, "size": size}


JOBS: dict[str, Callable[..., Result]] = {
    "look": look,
    "thumbnail": thumbnail,
    "decode": decode,
    "frames": frames,
    "resize": resize,
    "clean": clean,
}
