"""What a request for a file asks for. Pure: bytes in, a wish or a refusal out."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import parse_qs, quote, urlsplit

_FILE = re.compile(r"/files/(?:([0-9a-fA-F]{64})(/thumbnail)?|([0-9a-fA-F]{32}))", re.ASCII)
_BEARER = re.compile(r"Bearer[ \t]+([A-Za-z0-9_-]{43})=?", re.ASCII | re.IGNORECASE)
_DIGEST = re.compile(r"(?:^|,)[ \t]*sha-256=:([A-Za-z0-9+/]{43}=):", re.ASCII)
_ATTRIBUTE = "!#$&+-.^_`|~"
"""Besides letters and digits, what RFC 8187 lets stand as it is (`attr-char`)."""


SAFE_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "private, no-store"),
)
"""With everything that is sent: whatever a file is, a browser takes it for nothing but a file."""


class What(Enum):
    """What a target names."""

    FILE = auto()
    THUMBNAIL = auto()
    UPLOAD = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Target:
    """What a request is about. `key` is a file's hash or an upload's id."""

    what: What
    key: bytes = b""
    name: str = ""


@dataclass(frozen=True)
class Answer:
    """A status, and what is said to whoever reads it: one line in words."""

    status: int
    words: str
    headers: tuple[tuple[str, str], ...] = field(default=())
    media: str = "text/plain; charset=utf-8"
    body: bytes | None = None
    """In the place of the words."""
    safety: tuple[tuple[str, str], ...] = SAFE_HEADERS

    @property
    def is_bodiless(self) -> bool:
        """Whether its status lets nothing follow (RFC 9110, 15.3.5 and 15.4.5)."""
        return self.status in {204, 304}

    @property
    def payload(self) -> bytes:
        """What follows the headers."""
        if self.is_bodiless:
            return b""
        return f"{self.words}\n".encode("utf-8", "replace") if self.body is None else self.body


class Headers:
    """The headers of a request, by their names in small letters; of several the first counts."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, str] = {}
        for name, value in raw:
            self._values.setdefault(name.decode("ascii").lower(), value.decode("latin-1"))

    def get(self, name: str) -> str | None:
        """Return the value of a header, or None."""
        return self._values.get(name.lower())


def target_of(raw: bytes) -> Target:
    """Read a request's target; whatever it is, it is one, or names nothing."""
    try:
        split = urlsplit(raw.decode("ascii"))
        names = parse_qs(split.query, max_num_fields=8, errors="replace").get("name", [""])
    except ValueError:
        return Target(What.NOTHING)
    found = _FILE.fullmatch(split.path)
    if found is None or split.netloc or split.scheme:
        return Target(What.NOTHING)
    if found[3]:
        return Target(What.UPLOAD, bytes.fromhex(found[3]), names[0])
    what = What.THUMBNAIL if found[2] else What.FILE
    return Target(what, bytes.fromhex(found[1]), names[0])


def token_of(headers: Headers) -> bytes | None:
    """Return the token of `Authorization: Bearer`, 32 bytes as base64url; None where there is none."""
    found = _BEARER.fullmatch((headers.get("authorization") or "").strip())
    return base64.urlsafe_b64decode(f"{found[1]}=") if found else None


def digest_of(headers: Headers) -> bytes:
    """Return the SHA-256 that `Repr-Digest` (RFC 9530) declares for the whole file, or nothing."""
    found = _DIGEST.search(headers.get("repr-digest") or "")
    try:
        return base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        return b""


def disposition(name: str) -> str:
    """Return the `Content-Disposition` that lets a browser save a file under `name` (RFC 6266).

    The name stands in it twice: in ASCII for old programs, and whole (RFC 8187).
    """
    plain = "".join(c if " " <= c <= "~" and c not in '"\\%' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_ATTRIBUTE)}"
