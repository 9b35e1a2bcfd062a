"""Pictures that want all memory, all time, or a decoder that they should not reach."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from PyQt6.QtGui import QColor, QImage

from app.pictures.containers.png import chunk
from tests.pictures.making import gif, jpeg_with, picture, riff, saved, webp_frames

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _header(width: int, height: int, depth: int, colour: int, interlaced: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def _zeros(size: int) -> bytes:
    """Return so many zeros, packed: a thousandth of them."""
    packer = zlib.compressobj(1)
    block = bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(size >> 20)]
    return b"".join([*parts, packer.compress(bytes(size & ((1 << 20) - 1))), packer.flush()])


def _png(
    width: int, height: int, depth: int, colour: int, *extra: bytes, interlaced: int = 0
) -> bytes:
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    data = _zeros(height * (1 + (width * bits + 7) // 8) + (height * 8 if interlaced else 0))
    head = SIGNATURE + _header(width, height, depth, colour, interlaced)
    return head + b"".join(extra) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _jpeg_that_says(width: int, height: int) -> bytes:
    data = bytearray(saved(picture(16, 16), "jpeg"))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _jpeg_of_scans(side: int, scans: int) -> bytes:
    """Return a progressive jpeg that goes over its picture again and again."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    data = saved(image, "jpeg", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def _webp_that_says(width: int, height: int) -> bytes:
    sides = (width - 1) | (height - 1) << 14
    lossless = riff(b"VP8L", b"\x2f" + struct.pack("<I", sides) + bytes(64))
    return b"RIFF" + struct.pack("<I", len(lossless) + 4) + b"WEBP" + lossless


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _text(name: bytes, body: bytes) -> bytes:
    keyword = {b"zTXt": b"Comment\x00\x00", b"iTXt": b"Comment\x00\x01\x00\x00\x00"}
    return chunk(name, keyword.get(name, b"icc\x00\x00") + body)


REFUSED: dict[str, Callable[[], bytes]] = {
    "png of 30,000 by 30,000 zeros": lambda: _png(30_000, 30_000, 1, 0),
    "png of 25 megapixels at 64 bits": lambda: _png(5_000, 5_000, 16, 6),
    "png that says 2^31 by 2^31": lambda: (
        SIGNATURE + _header(2**31 - 1, 2**31 - 1, 8, 6) + chunk(b"IDAT", b"x\x9c\x03\x00")
    ),
    "png that says 50,000 by 50,000": lambda: (
        SIGNATURE + _header(50_000, 50_000, 8, 6) + chunk(b"IDAT", zlib.compress(bytes(99)))
    ),
    "png of one line, very long": lambda: _png(20_000_000, 1, 1, 0),
    "png of nothing": lambda: SIGNATURE,
    "jpeg that says 65,535 by 65,535": lambda: _jpeg_that_says(65_535, 65_535),
    "gif with a huge screen": lambda: gif(screen=(65_535, 65_535)),
    "webp that says 16,383 by 16,383": lambda: _webp_that_says(16_383, 16_383),
    "webp with a huge canvas": lambda: webp_frames(16_383, 16_383),
    "webp that says 5,000 by 5,000": lambda: _webp_that_says(5_000, 5_000),
    "garbage with a png's beginning": lambda: SIGNATURE + bytes(range(256)) * 40,
    "garbage with a jpeg's beginning": lambda: b"\xff\xd8\xff" + bytes(range(256)) * 40,
    "garbage with a gif's beginning": lambda: b"GIF89a" + bytes(range(256)) * 40,
    "garbage with a webp's beginning": lambda: b"RIFF\xff\xff\xff\xffWEBP" + bytes(range(256)) * 40,
    "svg that includes a file": lambda: (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'
        b' width="9" height="9"><image x:href="file:///etc/passwd"/></svg>'
    ),
    "xpm": lambda: b'/* XPM */\nstatic char *x[] = {"1 1 1 1","a c #ffffff","a"};',
    "bmp": lambda: saved(picture(8, 8), "bmp"),
    "tiff": lambda: saved(picture(8, 8), "tiff"),
    "ico": lambda: saved(picture(8, 8), "ico"),
    "empty": lambda: b"",
    "truncated webp": lambda: _cut(saved(picture(64, 64), "webp")),
}
"""What has no thumbnail."""

BORNE: dict[str, Callable[[], bytes]] = {
    "png of 25 megapixels": lambda: _png(5_000, 5_000, 8, 6),
    "png of 25 megapixels, interlaced": lambda: _png(5_000, 5_000, 8, 2, interlaced=1),
    "png with a giant iCCP": lambda: _png(8, 8, 8, 2, _text(b"iCCP", _zeros(200 << 20))),
    "png with a giant zTXt": lambda: _png(8, 8, 8, 2, _text(b"zTXt", _zeros(200 << 20))),
    "png with a giant iTXt": lambda: _png(8, 8, 8, 2, _text(b"iTXt", _zeros(200 << 20))),
    "png with many texts": lambda: _png(8, 8, 8, 2, chunk(b"tEXt", b"Comment\x00x") * 50_000),
    "gif of 20,000 frames": lambda: gif(20_000),
    "jpeg of 20,000 scans": lambda: _jpeg_of_scans(2_000, 20_000),
    "webp with a canvas of 25 megapixels": lambda: webp_frames(5_000, 5_000),
    "truncated png": lambda: _cut(saved(picture(64, 64), "png")),
    "truncated jpeg": lambda: _cut(saved(picture(64, 64), "jpeg")),
    "truncated gif": lambda: _cut(gif(1)),
    "jpeg that is a page, too": lambda: jpeg_with() + b"<script>alert(1)</script>PK\x03\x04",
}
"""What may have one or not, within bounds."""
