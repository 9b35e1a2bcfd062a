"""The guest page's files: a fixed table, read once, with what keeps a browser from anything else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache

from app.support.resources import resource

_SCRIPT = "text/javascript; charset=utf-8"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": _SCRIPT,
    "svg": "image/svg+xml",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
}

FILES = {
    "/": "index.html",
    **{
        f"/{name}": name
        for name in (
            "app.css",
            "app.js",
            "bits.js",
            "colours.js",
            "composer.js",
            "connection.js",
            "emoji.js",
            "files.js",
            "format.js",
            "icon-180.png",
            "icon-512.png",
            "icon.svg",
            "icons.js",
            "join.js",
            "manifest.webmanifest",
            "mentions.js",
            "naming.js",
            "outbox.js",
            "room.js",
            "start.js",
            "texts.js",
            "timeline.js",
        )
    },
}
"""What is served, by its path: nothing that is not named here."""

HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
"""With every answer to a browser."""

BARE = (
    *HEADERS,
    ("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"),
)
"""With every answer that is no part of the page: nothing in it is for a browser to do anything with."""


@dataclass(frozen=True)
class Page:
    """One file as it is sent."""

    body: bytes
    media: str
    etag: str


@cache
def page_at(path: str) -> Page | None:
    """Return what is served there, or None."""
    name = FILES.get(path)
    if name is None:
        return None
    body = resource("web", name).read_bytes()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Page(body, _TYPES[name.rpartition(".")[2]], etag)


def policy(host: str) -> str:
    """Return the Content-Security-Policy of the page: what is not its own is not for it.

    `host` is told by name because older browsers do not count a WebSocket among 'self'.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            f"connect-src 'self' ws://{host} wss://{host}",
            "manifest-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        )
    )
