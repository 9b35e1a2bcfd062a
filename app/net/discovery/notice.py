"""What a room says of itself in its TXT record (RFC 6763, 6), written and read.

    v=1  id=<16 hex digits>  name=<in full>  host=<nickname>  on=<computer>  members=12  lock=1

Keys are append-only; what is missing or makes no sense is left at its default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.protocol.names import NameRefused, clean_line, clean_nickname, clean_room_name

VERSION: Final = "1"

MARK_BYTES: Final = 8
"""Bytes of a fingerprint that are told: enough to recognise a known room, and no more than a hint."""

MAX_STRING: Final = 255  # RFC 6763, 6.1
MAX_TXT: Final = 1_300
"""Bytes of a TXT record that are looked at: a packet's worth (RFC 6763, 6.2)."""

MAX_COMPUTER: Final = 63  # RFC 1035
MAX_MEMBERS: Final = 99_999


@dataclass(frozen=True)
class Notice:
    """What is announced of one room. `mark` is the beginning of its fingerprint."""

    name: str
    host: str = ""
    computer: str = ""
    members: int = 0
    locked: bool = False
    mark: bytes = b""

    def txt(self) -> bytes:
        """Return the TXT record's data."""
        fields = [
            ("v", VERSION),
            ("id", self.mark.hex()),
            ("name", self.name),
            ("host", self.host),
            ("on", self.computer),
            ("members", str(self.members)),
            ("lock", "1" if self.locked else "0"),
        ]
        strings = [_cut(f"{key}={value}", MAX_STRING) for key, value in fields]
        return b"".join(bytes([len(string)]) + string for string in strings)


def read_notice(txt: bytes) -> Notice | None:
    """Read what a stranger announces; None where it names no room, or speaks a version unknown here.

    Names come back as the room itself would have to clean them, or empty.
    """
    fields = _fields(txt[:MAX_TXT])
    name = _cleaned(fields.get("name", b""), clean_room_name)
    if fields.get("v") != VERSION.encode() or not name:
        return None
    return Notice(
        name=name,
        host=_cleaned(fields.get("host", b""), clean_nickname),
        computer=_cleaned(fields.get("on", b""), _clean_computer),
        members=_number(fields.get("members", b"")),
        locked=fields.get("lock") == b"1",
        mark=_mark(fields.get("id", b"")),
    )


def _fields(txt: bytes) -> dict[str, bytes]:
    fields: dict[str, bytes] = {}
    at = 0
    while at < len(txt):
        string = txt[at + 1 : at + 1 + txt[at]]
        at += 1 + txt[at]
        key, mark, value = string.partition(b"=")
        if mark and key:
            # The first of a key counts, whatever its case (RFC 6763, 6.4).
            fields.setdefault(key.decode("ascii", "replace").lower(), value)
    return fields


def _cleaned(value: bytes, clean: Callable[[str], str]) -> str:
    try:
        return clean(value.decode())
    except (UnicodeDecodeError, NameRefused):
        return ""


def _clean_computer(text: str) -> str:
    return clean_line(text, MAX_COMPUTER)


def _number(value: bytes) -> int:
    return min(int(value), MAX_MEMBERS) if value.isdigit() and len(value) <= 6 else 0


def _mark(value: bytes) -> bytes:
    try:
        mark = bytes.fromhex(value.decode("ascii"))
    except ValueError:
        return b""
    return mark if len(mark) == MARK_BYTES else b""


def _cut(text: str, limit: int) -> bytes:
    return text.encode()[:limit].decode("utf-8", "ignore").encode()
