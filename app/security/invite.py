"""Where a room is: what a person types, and the link that also vouches for the room's key.

    papo://192.168.1.20:9090/?room=Hack+Night&fp=<base64url of 32 bytes>&also=10.0.0.4:9090

`parse_target` reads hostile text and raises nothing but `InvalidTarget`.
"""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from app.protocol.limits import DEFAULT_PORT, MAX_PORT
from app.protocol.names import NameRefused, clean_room_name
from app.security.fingerprint import FINGERPRINT_BYTES

SCHEME: Final = "papo"

MAX_TARGET_TEXT: Final = 2_048
"""Characters of an address or invite: what every browser, mailer and QR code still carries."""

MAX_ALSO: Final = 8
"""Further addresses in a link: a laptop with Wi-Fi, cable, VPN and containers has fewer."""

_MAX_HOST_NAME: Final = 253  # RFC 1035
_MAX_FIELDS: Final = 32
# Underscores are not in RFC 1123, but Windows machines are called so.
_LABEL: Final = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ZONE: Final = re.compile(r"[A-Za-z0-9._-]{0,31}[A-Za-z0-9_-]")
_PORT: Final = re.compile(r"[0-9]{1,5}")
_FINGERPRINT: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class TargetProblem(StrEnum):
    """What is wrong with an address or invite; the window turns it into a sentence."""

    EMPTY = "empty"
    BAD_HOST = "bad-host"
    BAD_PORT = "bad-port"
    BAD_INVITE = "bad-invite"
    """A papo:// link without a whole fingerprint: it was cut or changed on its way."""
    NOT_PAPO_LINK = "not-papo-link"
    """A link of another scheme."""
    NO_ADDRESS = "no-address"
    """A text of several words, none of them an address (`finding.find_target`)."""


class InvalidTarget(ValueError):
    """The text is neither an address nor an invite."""

    def __init__(self, code: TargetProblem) -> None:
        super().__init__(code.value)
        self.code: Final = code


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port. From `parse_target`, the host is in one form per machine.

    That form: an IP address as `ipaddress` writes it (an IPv6 one with its zone), or a lower-case
    host name, an internationalised one as A-labels (RFC 5890).
    """

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Invite:
    """A room's addresses, the best first, with its fingerprint (32 bytes).

    `room` is a hint to show before joining; the host tells the name itself.
    """

    addresses: tuple[Address, ...]
    fingerprint: bytes
    room: str

    def __post_init__(self) -> None:
        if not self.addresses or len(self.fingerprint) != FINGERPRINT_BYTES:
            raise ValueError("an invite has an address and a fingerprint of 32 bytes")

    def link(self) -> str:
        """Return the papo:// link, with as many further addresses (8 at most) as it can hold."""
        first, *others = self.addresses
        # RFC 6874: the per cent sign before an IPv6 zone is itself escaped in a link.
        start = f"{SCHEME}://{str(first).replace('%', '%25')}/?"
        fields = [("room", self.room), ("fp", _encoded(self.fingerprint))]
        fields += [("also", str(address)) for address in others[:MAX_ALSO]]
        link = start + urlencode(fields, safe=":[]")
        while len(link) > MAX_TARGET_TEXT and fields[-1][0] == "also":
            fields.pop()
            link = start + urlencode(fields, safe=":[]")
        return link


def parse_target(text: str) -> Invite | Address:
    """Read what a person typed or pasted: a papo:// link, or an address with or without a port.

    The room's name in an invite is cleaned, and empty if it is not allowed.

    Raises:
        InvalidTarget: It is neither; `code` says what is wrong.
    """
    text = text.strip()
    if not text:
        raise InvalidTarget(TargetProblem.EMPTY)
    scheme, mark, _ = text[:MAX_TARGET_TEXT].partition("://")
    if mark and scheme.lower() != SCHEME:
        raise InvalidTarget(TargetProblem.NOT_PAPO_LINK)
    if len(text) > MAX_TARGET_TEXT:
        raise InvalidTarget(TargetProblem.BAD_INVITE if mark else TargetProblem.BAD_HOST)
    return _parse_invite(text) if mark else _parse_address(text)


def _parse_invite(text: str) -> Invite:
    try:
        parts = urlsplit(text)
        fields = parse_qs(parts.query, max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise InvalidTarget(TargetProblem.BAD_INVITE) from error
    fingerprints = fields.get("fp", [])
    if len(fingerprints) != 1 or parts.path not in {"", "/"}:
        raise InvalidTarget(TargetProblem.BAD_INVITE)
    fingerprint = _decoded(fingerprints[0])
    addresses = [_parse_address(unquote(parts.netloc))]
    for other in fields.get("also", [])[:MAX_ALSO]:
        # One unreadable address among several is no reason to refuse the rest.
        with contextlib.suppress(InvalidTarget):
            addresses.append(_parse_address(other))
    room = ""
    with contextlib.suppress(NameRefused):
        room = clean_room_name(fields.get("room", [""])[0])
    return Invite(tuple(dict.fromkeys(addresses)), fingerprint, room)


def _parse_address(text: str) -> Address:
    if text.startswith("["):
        host, bracket, rest = text[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise InvalidTarget(TargetProblem.BAD_HOST)
        return Address(_ipv6(host), _port(rest[1:]) if rest else DEFAULT_PORT)
    if text.count(":") > 1:
        return Address(_ipv6(text), DEFAULT_PORT)
    host, colon, port = text.partition(":")
    return Address(_host(host), _port(port) if colon else DEFAULT_PORT)


def _port(text: str) -> int:
    if not _PORT.fullmatch(text) or not 1 <= int(text) <= MAX_PORT:
        raise InvalidTarget(TargetProblem.BAD_PORT)
    return int(text)


def _ipv6(text: str) -> str:
    _, mark, zone = text.partition("%")
    if mark and not _ZONE.fullmatch(zone):
        raise InvalidTarget(TargetProblem.BAD_HOST)
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError as error:
        raise InvalidTarget(TargetProblem.BAD_HOST) from error


def _host(text: str) -> str:
    """Return a host name or IPv4 address in its one form."""
    # The length comes first: nameprep takes long over long text (CVE-2022-45061).
    if len(text) > _MAX_HOST_NAME:
        raise InvalidTarget(TargetProblem.BAD_HOST)
    try:
        name = text if text.isascii() else text.encode("idna").decode("ascii")
        labels = name.lower().removesuffix(".").split(".")
        # As in browsers (WHATWG URL, "ends in a number"): never a name that looks like an address.
        if _NUMBER.fullmatch(labels[-1]):
            return str(ipaddress.IPv4Address(name))
    except ValueError as error:
        raise InvalidTarget(TargetProblem.BAD_HOST) from error
    if len(name) > _MAX_HOST_NAME or not all(map(_LABEL.fullmatch, labels)):
        raise InvalidTarget(TargetProblem.BAD_HOST)
    return ".".join(labels)


def _encoded(fingerprint: bytes) -> str:
    return base64.urlsafe_b64encode(fingerprint).decode("ascii").rstrip("=")


def _decoded(text: str) -> bytes:
    """Return the 32 bytes; only the one canonical spelling is taken (RFC 4648, 3.5)."""
    if _FINGERPRINT.fullmatch(text):
        fingerprint = base64.urlsafe_b64decode(text + "=")
        if _encoded(fingerprint) == text:
            return fingerprint
    raise InvalidTarget(TargetProblem.BAD_INVITE)
