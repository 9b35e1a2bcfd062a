"""Pixels that the worker wrote, as an image. Imported only where one is to be shown."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PyQt6.QtGui import QImage

from app.pictures import limits
from app.pictures.results import Frames, Pixels


@dataclass(frozen=True)
class Frame:
    """A frame of an animation, and for how many milliseconds it is shown."""

    image: QImage
    milliseconds: int


def image_of(path: Path, said: Pixels) -> QImage | None:
    """Return the image, copied once; None where the file has not as many pixels as were said."""
    alpha = QImage.Format.Format_ARGB32_Premultiplied
    kind = alpha if said.alpha else QImage.Format.Format_RGB32
    with _mapped(path, said.width * said.height * 4, limits.MAX_DECODED) as data:
        return None if data is None else _image(data, said.width, said.height, kind)


def frames_of(path: Path, said: Frames) -> tuple[Frame, ...] | None:
    """Return the frames of an animation, likewise."""
    one = said.width * said.height * 4
    kind = QImage.Format.Format_ARGB32_Premultiplied
    with _mapped(path, one * len(said.delays), limits.MAX_ANIMATION) as data:
        if data is None:
            return None
        return tuple(
            Frame(_image(data[one * at : one * (at + 1)], said.width, said.height, kind), delay)
            for at, delay in enumerate(said.delays)
        )


def _image(data: mmap.mmap | bytes, width: int, height: int, kind: QImage.Format) -> QImage:
    # PyQt takes whatever has bytes; its annotations know of `bytes` alone.
    return QImage(cast(bytes, data), width, height, width * 4, kind).copy()


@contextmanager
def _mapped(path: Path, size: int, most: int) -> Iterator[mmap.mmap | None]:
    """Map a file into memory; None where it is not there, or has another size."""
    mapped = None
    with suppress(OSError, ValueError), path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped is None:
        yield None
        return
    with mapped:
        yield mapped if len(mapped) == size <= most else None
