"""Which names a browser may know this computer by. Pure.

A page of somebody else's whose name is made to lead here (DNS rebinding) would be one origin with the
guest page. It comes with that name in `Host`, so only names are taken that nobody can have registered.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_HOST = re.compile(
    r"(\[[0-9A-Fa-f:.]{2,45}(?:%25[\w.~-]{1,32})?\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?", re.ASCII
)
_NOT_PUBLIC = (
    ".localhost", ".local", ".internal", ".home.arpa",
    ".lan", ".home", ".localdomain", ".intranet", ".private", ".corp",
)  # fmt: skip
"""Where nobody can register a name: RFC 6761, 6762 (with appendix G), 8375, and ICANN for internal."""

_PORTS = {"http": 80, "https": 443}


def host_of(header: str | None, own: Iterable[str]) -> str | None:
    """Return the host and port that a request's `Host` names, in small letters; None: not ours.

    Ours are addresses, `localhost`, names that are never public, and `own`: this computer's.
    """
    found = _HOST.fullmatch(header.strip()) if header is not None else None
    if found is None:
        return None
    name = found[1].lower().rstrip(".")
    known = {"localhost", *(one.lower() for one in own)}
    if not (_is_address(name) or name in known or name.endswith(_NOT_PUBLIC)):
        return None
    return f"{name}:{found[2]}" if found[2] else name


def is_same(origin: str, host: str) -> bool:
    """Tell whether a page at `origin`, as a browser names it (RFC 6454, 7), is one of `host`'s."""
    try:
        split = urlsplit(origin)
        port = split.port
    except ValueError:
        return False
    usual = _PORTS.get(split.scheme)
    if usual is None or split.hostname is None or split.path or split.query or split.username:
        return False
    name, _, asked = host.rpartition(":") if re.search(r":\d+\Z", host) else (host, "", "")
    bare = name.strip("[]").replace("%25", "%")
    return split.hostname == bare and (port or usual) == int(asked or usual)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True
