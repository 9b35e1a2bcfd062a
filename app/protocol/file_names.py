"""What a file's name may be: one that every system can write, and that says what it is.

A name is never refused, for a file has none without which it would not be a file: it is made clean.
Sources: UTS #55 (bidirectional controls), the naming rules of Windows, which are the narrowest.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.protocol.limits import MAX_FILE_NAME_BYTES

NAMELESS: Final = "file"
"""What a file is called of whose name nothing is left."""

_MAX_LOOKED_AT: Final = 4_096  # code points; what is cut is cut at the front, where the folders are
_MAX_EXTENSION: Final = 16  # code points, the dot included
_MAX_MARKS: Final = 3  # in a row: what Greek, Hebrew, Vietnamese and Tibetan names need
_PASSES: Final = 4

_RESERVED: Final = re.compile(
    r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
"""Devices to Windows, with any extension and in any folder."""

_UNWRITABLE: Final = re.compile('[<>:"/\\\\|?*]')
_SPACES: Final = re.compile(r"\s+")
_JOINERS: Final = frozenset("\u200c\u200d")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Default_Ignorable_Code_Point beyond those, and two glyphs that are blank by design.
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U0001d159\U000e0100-\U000e01ef]"
)


def clean_file_name(text: str) -> str:
    """Return the name to show and to write, of any str: the same for a name that is clean.

    It has no folder, no control, no character that hides or reorders, none that a system refuses;
    it is no device of Windows and not hidden; it has at most MAX_FILE_NAME_BYTES of UTF-8, of which
    the extension is kept, and is never empty.
    """
    name = re.split(r"[/\\]", text[-_MAX_LOOKED_AT:].rstrip("/\\"))[-1]
    for _ in range(_PASSES):
        cleaned = _once(name)
        if cleaned == name:
            break
        name = cleaned
    return name


def extension_of(name: str) -> str:
    """Return the extension in small letters, without its dot; empty where there is none."""
    return _split(name)[1][1:].casefold()


def _once(name: str) -> str:
    name = unicodedata.normalize("NFC", _SPACES.sub(" ", _without_hidden(name)))
    # A leading dot hides a file, a dot at the end is dropped by Windows: then it is another name.
    name = _UNWRITABLE.sub("_", name).strip(" .")
    if not name:
        return NAMELESS
    if unicodedata.category(name[0]).startswith("M"):
        # A mark at the start would sit on whatever is shown before the name.
        name = f"_{name}"
    if _RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name)


def _without_hidden(name: str) -> str:
    if name.isascii() and name.isprintable():
        return name
    kept = []
    marks = 0
    for char in _BLANK.sub("", name):
        category = unicodedata.category(char)
        if category in _HIDDEN and not char.isspace() and char not in _JOINERS:
            continue
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _shortened(name: str) -> str:
    if len(name.encode()) <= MAX_FILE_NAME_BYTES:
        return name
    stem, extension = _split(name)
    room = MAX_FILE_NAME_BYTES - len(extension.encode())
    stem = stem.encode()[:room].decode(errors="ignore").rstrip(" .")
    return f"{stem}{extension}"


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    if not stem or not extension or len(extension) >= _MAX_EXTENSION or " " in extension:
        return name, ""
    return stem, dot + extension
