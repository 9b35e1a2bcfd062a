"""Pictures for tests, made here: with the metadata of cameras and editors, and turned."""

from __future__ import annotations

import struct
import zlib

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice
from PyQt6.QtGui import QColor, QImage, QImageWriter

from app.pictures.containers import jpeg, png

PLACE = b"N 48 51 E 2 21"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="48,51.5N"'
    b' exif:GPSLongitude="2,21.0E"/></rdf:RDF></x:xmpmeta>'
)
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0a\x1c\x02\x5a\x00\x05Paris"


def picture(width: int, height: int, *, alpha: bool = False) -> QImage:
    """Return a picture whose four quarters have four colours: red, green, blue, white or nothing."""
    kind = QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32
    image = QImage(width, height, kind)
    last = QColor(0, 0, 0, 0) if alpha else QColor("white")
    for y in range(height):
        for x in range(width):
            left, upper = 2 * x < width, 2 * y < height
            colour = (
                QColor("red" if left else "lime") if upper else (QColor("blue") if left else last)
            )
            image.setPixelColor(x, y, colour)
    return image


def saved(image: QImage, kind: str, *, quality: int = -1, progressive: bool = False) -> bytes:
    """Return a picture as a file."""
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(out, QByteArray(kind.encode()))
    writer.setQuality(quality)
    writer.setProgressiveScanWrite(progressive)
    assert writer.write(image), writer.errorString()
    return out.data().data()


def exif(orientation: int = 1, *, located: bool = True, order: str = "<") -> bytes:
    """Return an Exif block as a camera writes it: maker, orientation, and a position."""
    maker = b"Camera Works\x00\x00"
    entries = 3 if located else 2
    behind = 8 + 2 + 12 * entries + 4
    gps = behind + len(maker)
    start = b"II*\x00" if order == "<" else b"MM\x00*"
    head = start + struct.pack(f"{order}IH", 8, entries)
    head += struct.pack(f"{order}HHII", 0x010F, 2, len(maker), behind)
    head += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    if located:
        head += struct.pack(f"{order}HHII", 0x8825, 4, 1, gps)
    head += struct.pack(f"{order}I", 0) + maker
    if not located:
        return head
    values = gps + 2 + 12 * 5 + 4
    head += struct.pack(f"{order}H", 5)
    head += struct.pack(f"{order}HHI4s", 0, 1, 4, b"\x02\x03\x00\x00")
    for tag, letter in ((1, b"N"), (3, b"E")):
        head += struct.pack(f"{order}HHI4s", tag, 2, 2, letter)
        head += struct.pack(f"{order}HHII", tag + 1, 5, 3, values + 24 * (tag // 2))
    head += struct.pack(f"{order}I", 0)
    for degrees in (48, 2):
        head += struct.pack(f"{order}6I", degrees, 1, 51, 1, 0, 1)
    return head


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a jpeg."""
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def jpeg_with(orientation: int = 1, *, width: int = 80, height: int = 40) -> bytes:
    """Return a jpeg with all that says where, a second picture behind its end included."""
    plain = saved(picture(width, height), "jpeg", quality=95)
    assert plain[2:4] == b"\xff\xe0"
    first = 4 + int.from_bytes(plain[4:6], "big")
    extra = jpeg.exif_segment(exif(orientation))
    extra += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP)
    extra += segment(0xED, IPTC) + segment(0xFE, PLACE)
    return plain[:first] + extra + plain[first:] + jpeg_tail()


def jpeg_tail() -> bytes:
    """Return the second picture that some cameras hang on."""
    return b"\xff\xd8" + jpeg.exif_segment(exif()) + b"\xff\xd9" + PLACE


def png_with(orientation: int = 1) -> bytes:
    """Return a png with all that says where."""
    plain = saved(picture(80, 40, alpha=True), "png")
    raw = b"\nexif\n" + b"%8d\n" % len(exif()) + (b"Exif\x00\x00" + exif()).hex().encode() + b"\n"
    extra = png.chunk(b"eXIf", exif(orientation, order=">"))
    extra += png.chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP)
    extra += png.chunk(b"zTXt", b"Raw profile type exif\x00\x00" + zlib.compress(raw))
    extra += png.chunk(b"tEXt", b"Comment\x00" + PLACE)
    return plain[:33] + extra + plain[33:] + PLACE


def webp_with(orientation: int = 1) -> bytes:
    """Return a webp with all that says where."""
    plain = saved(picture(80, 40), "webp", quality=100)
    (size,) = struct.unpack_from("<I", plain, 4)
    body = plain[12 : 8 + size]
    if not body.startswith(b"VP8X"):
        sides = (79).to_bytes(3, "little") + (39).to_bytes(3, "little")
        body = riff(b"VP8X", b"\x00\x00\x00\x00" + sides) + body
    body = body[:8] + bytes([body[8] | 0x0C]) + body[9:]
    body += riff(b"EXIF", b"Exif\x00\x00" + exif(orientation)) + riff(b"XMP ", XMP)
    body += riff(b"junk", PLACE)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def webp_frames(width: int, height: int, frames: int = 500) -> bytes:
    """Return an animated webp whose canvas is large and whose frames are small."""
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    frame = saved(picture(16, 16), "webp", quality=80)[12:]
    place = bytes(6) + (15).to_bytes(3, "little") * 2 + b"\x0a\x00\x00\x00"
    body = riff(b"VP8X", b"\x02\x00\x00\x00" + canvas)
    body += riff(b"ANIM", bytes(6)) + riff(b"ANMF", place + frame) * frames
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def riff(name: bytes, body: bytes) -> bytes:
    """Return a chunk of a webp."""
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def gif(frames: int = 2, *, screen: tuple[int, int] = (2, 2), extra: bytes = b"") -> bytes:
    """Return a gif of two by two pixels, its frames red and green in turn."""
    head = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + b"\xff\x00\x00\x00\xff\x00"
    head += b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    parts = []
    for number in range(frames):
        # Clear, four times the colour, end: three bits each, four after the third.
        codes = (0b100, 0, 0, 0, 0, 0b101) if number % 2 == 0 else (0b100, 1, 1, 1, 1, 0b101)
        bits, place = 0, 0
        for at, code in enumerate(codes):
            wide = 3 if at < 4 else 4
            bits |= code << place
            place += wide
        data = bits.to_bytes((place + 7) // 8, "little")
        parts.append(
            b"\x21\xf9\x04\x00\x05\x00\x00\x00\x2c"
            + struct.pack("<HHHHB", 0, 0, 2, 2, 0)
            + b"\x02"
            + bytes([len(data)])
            + data
            + b"\x00"
        )
    return head + extra + b"".join(parts) + b"\x3b"


def gif_with() -> bytes:
    """Return a gif with all that says where."""
    magic = bytes([1, *range(255, -1, -1), 0])
    xmp = b"\x21\xff\x0bXMP DataXMP" + XMP + magic
    comment = b"\x21\xfe" + bytes([len(PLACE)]) + PLACE + b"\x00"
    return gif(extra=xmp + comment) + PLACE
