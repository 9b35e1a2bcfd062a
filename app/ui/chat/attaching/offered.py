"""What is in a clipboard, or is being dragged, that can be sent as a file."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QMimeData
from PyQt6.QtGui import QImage

_PNG = "image/png"
_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_FAST = 90
"""Which Qt makes zlib's level 1 of: a screen takes a tenth of a second, not a whole one."""


def local_files(source: QMimeData | None) -> list[Path]:
    """Return the files and folders of this computer that are offered; addresses are none."""
    if source is None or not source.hasUrls():
        return []
    # With a host in it, looking for it would be a call to another computer.
    return [
        Path(url.toLocalFile())
        for url in source.urls()
        if url.isLocalFile() and not url.host() and url.toLocalFile()
    ]


def has_picture(source: QMimeData | None) -> bool:
    """Tell whether a picture is offered, and not the picture of a text that is offered as well."""
    if source is None or source.hasText():
        return False
    return source.hasImage() or source.hasFormat(_PNG)


def is_for_sending(source: QMimeData | None) -> bool:
    """Tell whether this is to be sent as a file, where it is pasted."""
    return bool(local_files(source)) or has_picture(source)


def write_picture(source: QMimeData, target: Path) -> bool:
    """Write the picture that is offered as a new png; return whether there is one now.

    Raises OSError where the disk refuses.
    """
    data = source.data(_PNG).data() if source.hasFormat(_PNG) else b""
    if data.startswith(_PNG_MAGIC):
        with target.open("xb") as file:
            file.write(data)
        return True
    image = source.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return False
    return image.save(str(target), "PNG", _FAST)
