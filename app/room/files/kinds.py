"""What a file is: one decision, for its icon, for showing it, for opening it.

Made of the first bytes *and* the name, which must agree: what looks like a picture and is called
a program would be run by whoever opens it, and what is called a picture and is none would reach a
decoder. Where they do not agree a file is just a file, to be shown in its folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.protocol.file_names import extension_of

HEAD = 1024
"""Bytes of a file that are looked at."""

PLAIN = "application/octet-stream"


class Icon(StrEnum):
    """Which picture stands for a file."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"
    TEXT = "text"
    DOCUMENT = "document"
    SHEET = "sheet"
    SLIDES = "slides"
    ARCHIVE = "archive"
    PROGRAM = "program"
    """Would be run, not shown."""
    OTHER = "other"


@dataclass(frozen=True)
class Kind:
    """What a file is. `media`: its media type (RFC 6838)."""

    media: str = PLAIN
    icon: Icon = Icon.OTHER
    previewed: bool = False
    """It may be decoded here and shown in the window."""
    opened: bool = False
    """Another program may be asked to open it; else it is only shown in its folder."""


_PICTURES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
}
_SAFE: dict[str, tuple[str, Icon]] = {
    "pdf": ("application/pdf", Icon.DOCUMENT),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Icon.DOCUMENT,
    ),
    "odt": ("application/vnd.oasis.opendocument.text", Icon.DOCUMENT),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Icon.SHEET),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", Icon.SHEET),
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Icon.SLIDES,
    ),
    "odp": ("application/vnd.oasis.opendocument.presentation", Icon.SLIDES),
    "txt": ("text/plain", Icon.TEXT),
    "md": ("text/markdown", Icon.TEXT),
    "mp3": ("audio/mpeg", Icon.AUDIO),
    "flac": ("audio/flac", Icon.AUDIO),
    "ogg": ("audio/ogg", Icon.AUDIO),
    "opus": ("audio/ogg", Icon.AUDIO),
    "wav": ("audio/wav", Icon.AUDIO),
    "m4a": ("audio/mp4", Icon.AUDIO),
    "mp4": ("video/mp4", Icon.VIDEO),
    "m4v": ("video/mp4", Icon.VIDEO),
    "mov": ("video/quicktime", Icon.VIDEO),
    "webm": ("video/webm", Icon.VIDEO),
    "mkv": ("video/x-matroska", Icon.VIDEO),
}
"""What other programs open without running it. No macros, no scripts, no shortcuts."""

_ARCHIVES: dict[str, str] = {
    "zip": "application/zip",
    "gz": "application/gzip",
    "tgz": "application/gzip",
    "xz": "application/x-xz",
    "bz2": "application/x-bzip2",
    "zst": "application/zstd",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "tar": "application/x-tar",
}
_PROGRAMS = frozenset({
    "apk", "app", "appimage", "appref-ms", "application", "bash", "bat", "bin", "chm", "cmd",
    "com", "command", "cpl", "csh", "deb", "desktop", "dll", "dmg", "docm", "exe", "flatpak",
    "gadget", "hta", "htm", "html", "inf", "iso", "jar", "js", "jse", "ksh", "lnk", "msc", "msi",
    "msix", "msp", "pif", "pkg", "pl", "ppsm", "pptm", "ps1", "psm1", "py", "pyw", "rb", "reg",
    "rpm", "run", "scf", "scr", "sh", "shtml", "snap", "svg", "sys", "url", "vb", "vbe", "vbs",
    "wsf", "wsh", "xht", "xhtml", "xlam", "xlsm", "xltm", "xml", "xsl", "zsh",
})  # fmt: skip
"""Extensions of what is run, or runs something, when it is opened."""

_ZIPPED = frozenset({"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"})
_MEDIA = frozenset({"mp4", "m4v", "m4a", "mov"})
_MATROSKA = frozenset({"webm", "mkv"})
_OGG = frozenset({"ogg", "opus"})
_TEXTS = frozenset({"txt", "md"})


def kind_of(name: str, head: bytes) -> Kind:
    """Return what a file is, by its name and its first bytes (HEAD of them, or all)."""
    extension = extension_of(name)
    if extension in _PROGRAMS or head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")):
        return Kind(icon=Icon.PROGRAM)
    if not head or extension not in _extensions_of(head):
        return Kind()
    if extension in _PICTURES:
        return Kind(_PICTURES[extension], Icon.PICTURE, previewed=True, opened=True)
    if extension in _SAFE:
        media, icon = _SAFE[extension]
        return Kind(media, icon, opened=True)
    return Kind(_ARCHIVES.get(extension, PLAIN), Icon.ARCHIVE)


def kind_of_told(name: str, media: str) -> Kind:
    """Return what a file is that a host said to be `media`, before its bytes are here.

    For its card alone: `kind_of` decides once they are.
    """
    extension = extension_of(name)
    if extension in _PROGRAMS:
        return Kind(icon=Icon.PROGRAM)
    if _PICTURES.get(extension) == media:
        return Kind(media, Icon.PICTURE, previewed=True, opened=True)
    if extension in _SAFE and _SAFE[extension][0] == media:
        return Kind(media, _SAFE[extension][1], opened=True)
    if _ARCHIVES.get(extension) == media:
        return Kind(media, Icon.ARCHIVE)
    return Kind()


_MAGIC: tuple[tuple[bytes, frozenset[str]], ...] = (
    (b"\x89PNG\r\n\x1a\n", frozenset({"png"})),
    (b"\xff\xd8\xff", frozenset({"jpg", "jpeg"})),
    (b"GIF87a", frozenset({"gif"})),
    (b"GIF89a", frozenset({"gif"})),
    (b"%PDF-", frozenset({"pdf"})),
    (b"PK\x03\x04", _ZIPPED),
    (b"PK\x05\x06", frozenset({"zip"})),
    (b"ID3", frozenset({"mp3"})),
    (b"fLaC", frozenset({"flac"})),
    (b"OggS", _OGG),
    (b"\x1aE\xdf\xa3", _MATROSKA),
    (b"\x1f\x8b", frozenset({"gz", "tgz"})),
    (b"\xfd7zXZ\x00", frozenset({"xz"})),
    (b"BZh", frozenset({"bz2"})),
    (b"\x28\xb5\x2f\xfd", frozenset({"zst"})),
    (b"7z\xbc\xaf\x27\x1c", frozenset({"7z"})),
    (b"Rar!\x1a\x07", frozenset({"rar"})),
)


def _extensions_of(head: bytes) -> frozenset[str]:
    """Return the extensions that what begins like this may have; of those that we know."""
    for magic, extensions in _MAGIC:
        if head.startswith(magic):
            return extensions
    if head[:4] == b"RIFF":
        return frozenset({b"WEBP": ("webp",), b"WAVE": ("wav",)}.get(head[8:12], ()))
    if head[4:8] == b"ftyp":
        return _MEDIA
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return frozenset({"mp3"})  # an MPEG frame, layer III
    if head[257:262] == b"ustar":
        return frozenset({"tar"})
    return _TEXTS if _is_text(head) else frozenset()


def _is_text(head: bytes) -> bool:
    """Tell whether it is UTF-8 without controls; the last character may be cut off."""
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.end < len(head) or len(head) - error.start > 3:
            return False
        text = head[: error.start].decode()
    return all(char.isprintable() or char in "\t\n\r\f\ufeff" or ord(char) > 0x9F for char in text)
