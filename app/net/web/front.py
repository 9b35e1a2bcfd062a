"""`Front`: what a browser is answered besides files: the page, a word on the room, the way in."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import h11
import msgspec
from PyQt6.QtNetwork import QHostInfo
from wsproto.utilities import generate_accept_token

from app.net.http.requests import Answer, Headers
from app.net.web.names import host_of, is_same
from app.net.web.pages import BARE, HEADERS, page_at, policy
from app.room.room import Room
from app.security.certificate import RoomKey
from app.security.fingerprint import as_words

ROOM = "/room"
"""Where the WebSocket is."""

ABOUT = "/about"
"""Where the page is told about the room before anybody joins."""

_KEY_BYTES = 16
_VERSION = "13"


class FrontHost(Protocol):
    """What the front needs of its host."""

    room: Room
    key: RoomKey


@dataclass(frozen=True)
class Upgrade:
    """The connection is a WebSocket from now on; `headers` go with the 101 (RFC 6455, 4.2.2)."""

    headers: tuple[tuple[str, str], ...]


class About(msgspec.Struct, frozen=True, omit_defaults=True):
    """What anybody may know who stands at the door, as the host's hello would say it."""

    room: str
    password: bool
    secure: bool
    fingerprint: str
    """SHA-256 of the room's certificate in hexadecimal, as browsers show it."""
    words: dict[str, tuple[str, ...]]


class Front:
    """Answers requests that are not about files."""

    def __init__(self, host: FrontHost) -> None:
        self._host = host
        self._own = (QHostInfo.localHostName(),)

    def answer(self, request: h11.Request, *, secure: bool) -> Answer | Upgrade | None:
        """Return what is answered; None: the request is about files, and no other site's doing."""
        headers = Headers(request.headers)
        host = host_of(headers.get("host"), self._own)
        origin = headers.get("origin")
        if origin is not None and (host is None or not is_same(origin, host)):
            return _refusal(403, "Another site has no say here.")
        if not secure and not self._host.room.settings.browser_guests:
            return _refusal(403, _CLOSED, _BYE)
        path = urlsplit(request.target.decode("ascii", "replace")).path
        if path not in {ROOM, ABOUT} and page_at(path) is None:
            return None
        refused = self._why_not(request.method, host)
        if refused is not None or host is None:
            return refused
        if path == ROOM:
            return _upgrade(request, headers)
        return self._about(secure=secure) if path == ABOUT else _page(path, headers, host)

    def _why_not(self, method: bytes, host: str | None) -> Answer | None:
        if host is None:
            return _refusal(421, "Type this computer's address, as the host sees it, instead.")
        if not self._host.room.settings.browser_guests:
            return _refusal(403, _CLOSED, _BYE)
        if method not in {b"GET", b"HEAD"}:
            return _refusal(405, "This is only for reading.", ("Allow", "GET, HEAD"))
        return None

    def _about(self, *, secure: bool) -> Answer:
        fingerprint = self._host.key.fingerprint
        told = About(
            room=self._host.room.settings.name,
            password=self._host.room.entrance.asks,
            secure=secure,
            fingerprint=fingerprint.hex(),
            words={"en": as_words(fingerprint), "pt": as_words(fingerprint, "portuguese")},
        )
        body = msgspec.json.encode(told)
        headers = (("Cache-Control", "no-store"),)
        return Answer(200, "", headers, "application/json", body=body, safety=BARE)


def _page(path: str, headers: Headers, host: str) -> Answer:
    page = page_at(path)
    assert page is not None
    told = (
        ("Cache-Control", "no-cache"),
        ("ETag", page.etag),
        ("Content-Security-Policy", policy(host)),
    )
    if headers.get("if-none-match") == page.etag:
        return Answer(304, "", told, safety=HEADERS)
    return Answer(200, "", told, page.media, body=page.body, safety=HEADERS)


def _upgrade(request: h11.Request, headers: Headers) -> Answer | Upgrade:
    """Return the answer to the opening handshake (RFC 6455, 4.2.1)."""
    asks = {part.strip().lower() for part in (headers.get("connection") or "").split(",")}
    key = headers.get("sec-websocket-key") or ""
    if request.method != b"GET" or "upgrade" not in asks:
        return _refusal(426, "This is the WebSocket of the guest page.", ("Upgrade", "websocket"))
    if (headers.get("upgrade") or "").strip().lower() != "websocket":
        return _refusal(426, "This is the WebSocket of the guest page.", ("Upgrade", "websocket"))
    if (headers.get("sec-websocket-version") or "").strip() != _VERSION:
        return _refusal(426, "Another version.", ("Sec-WebSocket-Version", _VERSION))
    if not _is_key(key):
        return _refusal(400, "Sec-WebSocket-Key is not what it should be.")
    token = generate_accept_token(key.strip().encode()).decode()
    return Upgrade(
        (("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", token))
    )


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key.strip(), validate=True)) == _KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _refusal(status: int, words: str, *headers: tuple[str, str]) -> Answer:
    return Answer(status, words, (("Cache-Control", "no-store"), *headers), safety=BARE)


_BYE = ("Connection", "close")

_CLOSED = (
    "This room lets no browsers in. Ask the host to, or join with Papo.\n"
    "Esta sala não deixa navegadores entrarem. Peça a quem hospeda, ou entre com o Papo."
)
