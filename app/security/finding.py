"""Find where to join in whatever a person typed or pasted: an address, a link, or a sentence with one.

`find_target` reads hostile text and raises nothing but `InvalidTarget`. What is exact already is read by
`parse_target` alone; only what that refuses is searched.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from app.protocol.limits import DEFAULT_PORT
from app.security.invite import (
    MAX_TARGET_TEXT,
    SCHEME,
    Address,
    InvalidTarget,
    Invite,
    TargetProblem,
    parse_target,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PASTED: Final = 8_192
"""Characters that are looked at: a long message with an invite in it, not a book."""

_MAX_CANDIDATES: Final = 64
_MAX_LINES: Final = 8
"""Lines that one link may have been broken into."""

_STOPS: Final = ".,;:!?…'\"`´’”»)]}>*_~|\\"
"""What ends a sentence, a quotation or Markdown after an address, and is no part of it."""

_DOTS: Final = str.maketrans({"。": ".", "．": ".", "｡": ".", "：": ":", "∶": ":", "﹕": ":"})

_LINK: Final = re.compile(rf"{SCHEME}://", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://[^\s<>\"'`|\\^{}]+", re.IGNORECASE)
_OTHER_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*")
_BRACKETED: Final = re.compile(
    r"\[([0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9._-]{1,32})?)\](?:\s?:\s?([0-9]{1,7})(?![0-9]))?"
)
_IPV6: Final = re.compile(
    r"(?<![\w:.\[-])((?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]{0,15}(?:%[A-Za-z0-9._-]{0,31}[A-Za-z0-9])?)"
    r"(?![0-9A-Za-z:])"
)
_IPV4: Final = re.compile(
    r"(?<![\w.:\[-])([0-9]{1,3}(?:\.[0-9]{1,3}){3})"
    r"(?:(?::|\s:\s?|:\s(?=[0-9]{4}))([0-9]{1,7}))?(?![\w-]|\.[0-9])"
)
_NAMED: Final = re.compile(
    r"(?<![\w.@/:-])((?:[^\W_]|_)[\w-]*(?:\.[\w-]+)*\.?):([0-9]{1,7})(?![\w:])"
)
_LOCAL: Final = re.compile(
    r"(?<![\w.@/:-])([\w-]+(?:\.[\w-]+)*\.(?:local|lan|home|internal|localdomain|home\.arpa))"
    r"(?![\w-]|\.\w)",
    re.IGNORECASE,
)
_PORT_WORD: Final = (
    r"(?:ports?|portas?|puertos?|porte?|端口|ポート)(?:\s+(?:is|é|e|es|nº|no|number|número))?"
)
_SAID_PORT: Final = re.compile(
    rf"(?<!\w){_PORT_WORD}\s*[:=.#]?\s*([0-9]{{1,7}})(?![\w]|[.:][0-9])", re.IGNORECASE
)
_TWO_PARTS: Final = re.compile(
    rf"(\S+?)[\s,;]+(?:(?:on|na|no|at|,)\s+)?(?:({_PORT_WORD})\s*[:=.#]?\s*)?([0-9]{{1,7}})",
    re.IGNORECASE,
)
_SAID_NAME: Final = re.compile(
    rf"(?<![\w.@/:-])((?=\w*[-0-9])[a-z][\w-]{{0,62}})[\s,(]+(?:(?:on|na|no|at)\s+)?{_PORT_WORD}"
    r"\s*[:=.#]?\s*[0-9]",
    re.IGNORECASE,
)
_COMMAND: Final = re.compile(
    r"(?:[$>%#]\s*)?(?:papo|(?:py|python3?)\s+(?:main\.py|-m\s+app))\s+join\s+(\S+)(?:\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
"""The command line that joins, as others are told it: what it names is the address."""
_BARE_SCHEME: Final = re.compile(rf"{SCHEME}:(?!//)\s*(?=\S*[.:\[][\w:\[])", re.IGNORECASE)
_APART: Final = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:\s?[.,]\s?[0-9]{1,3}){3}(?!\w|[.,][0-9])")
"""An IPv4 address whose dots a keyboard made into commas, or put spaces after."""
_IS_PORT_WORD: Final = re.compile(_PORT_WORD, re.IGNORECASE)


class _Candidate(NamedTuple):
    """A possible address, with how well it fits: the less, the better."""

    is_loopback: bool
    lacks_port: bool
    kind: int
    at: int
    address: Address


def _fit(one: _Candidate) -> tuple[bool, bool, int, int]:
    return one[:4]


def find_target(text: str) -> Invite | Address:
    """Return the invite or address in `text`, the best of several; an invite before all others.

    Full-width signs, line breaks inside a link, punctuation around it, the guest page's http link, and
    a port said in words ("porta 9091") are understood. An invite that came broken is refused and not
    replaced by a bare address: it would have vouched for the host, which an address does not.

    Raises:
        InvalidTarget: There is none; `code` says what is wrong.
    """
    plain = _plain(text)
    # Before all else: what follows a link would become part of it.
    if (link := _LINK.search(plain)) is not None:
        return _first_invite(plain, link.start())
    if (bare := _BARE_SCHEME.match(plain)) is not None:
        text = plain = plain[bare.end() :]
    elif (command := _COMMAND.fullmatch(plain)) is not None:
        text = plain = command.group(1)
    try:
        return parse_target(text)
    except InvalidTarget as invalid:
        problem = invalid.code
    if not plain:
        raise InvalidTarget(TargetProblem.EMPTY)
    found = _best(plain) or _best(_APART.sub(_together, plain))
    if isinstance(found, Address):
        return found
    if found is not None:
        problem = found
    elif problem is not TargetProblem.NOT_PAPO_LINK and _OTHER_SCHEME.search(plain):
        problem = TargetProblem.NOT_PAPO_LINK
    elif problem is TargetProblem.BAD_HOST and len(plain.split()) > 1:
        problem = TargetProblem.NO_ADDRESS
    raise InvalidTarget(problem)


def _plain(text: str) -> str:
    """Return the text in its compatibility form, without signs that are not seen."""
    cut = text[:MAX_PASTED].translate(_DOTS)
    seen = "".join(sign for sign in cut if unicodedata.category(sign) not in {"Cf", "Cs", "Co"})
    # Some signs become eighteen, and none of those is part of an address.
    return unicodedata.normalize("NFKC", seen)[:MAX_PASTED].strip()


def _first_invite(text: str, start: int) -> Invite:
    problem = TargetProblem.BAD_INVITE
    starts = [start, *(link.start() for link in _LINK.finditer(text, start + 1))]
    for begin in starts[:_MAX_CANDIDATES]:
        for link in _links(text[begin : begin + 2 * MAX_TARGET_TEXT]):
            try:
                target = parse_target(link)
            except InvalidTarget as invalid:
                problem = invalid.code
            else:
                if isinstance(target, Invite):
                    return target
    raise InvalidTarget(problem)


def _links(text: str) -> Iterator[str]:
    """Give what may be the link at the start of `text`: as it stands, then with its lines joined."""
    lines = text.splitlines()[:_MAX_LINES]
    for count in range(1, len(lines) + 1):
        joined = "".join([lines[0], *(line.lstrip("> \t") for line in lines[1:count])])
        run = re.split(r"[\s<>\"]", joined, maxsplit=1)[0]
        # The end of a sentence would spoil the last of several addresses, and nobody would notice.
        trimmed = run.rstrip(_STOPS)
        yield trimmed
        if trimmed != run:
            yield run
            # Markdown's and a messenger's own marks may stand in the middle: [here](papo://…).
            yield re.split(r"[)\]}'`|*,;]", run, maxsplit=1)[0]


def _best(text: str) -> Address | TargetProblem | None:
    """Return the best address in a text, else what is wrong with the best attempt, if there is one."""
    two = _two_parts(text)
    if two is not None:
        return two
    said = _said_port(text)
    found: list[_Candidate] = []
    problem: TargetProblem | None = None
    for kind, at, host, port in _spots(text):
        written = f"[{host}]" if ":" in host else host
        try:
            address = parse_target(f"{written}:{port or said or DEFAULT_PORT}")
        except InvalidTarget as invalid:
            if invalid.code is TargetProblem.BAD_PORT:
                problem = invalid.code
            continue
        if isinstance(address, Address):
            loopback = address.host in {"localhost", "::1"} or address.host.startswith("127.")
            found.append(_Candidate(loopback, not (port or said), kind, at, address))
        if len(found) == _MAX_CANDIDATES:
            break
    return min(found, key=_fit).address if found else problem


def _two_parts(text: str) -> Address | None:
    """Read "ana-pc porta 9091" and "192.168.1.20 9091", where nothing else is said."""
    whole = _TWO_PARTS.fullmatch(text.rstrip(_STOPS))
    if whole is None:
        return None
    host, word, port = whole.groups()
    if not word and not re.search(r"[.:]", host):
        return None
    try:
        address = parse_target(host.strip(_STOPS[:6]))
        if not isinstance(address, Address) or address.port != DEFAULT_PORT:
            return None
        again = parse_target(str(Address(address.host, int(port))))
    except InvalidTarget:
        return None
    return again if isinstance(again, Address) else None


def _together(spot: re.Match[str]) -> str:
    """Return the address that was torn apart; what is no private one is a list of numbers."""
    host = ".".join(re.findall(r"[0-9]+", spot.group()))
    return host if _is_private(host) else spot.group()


def _said_port(text: str) -> str:
    found = _SAID_PORT.search(text)
    return found.group(1) if found is not None else ""


def _spots(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Give each place that looks like an address: how likely (less is likelier), where, host, port."""
    for web in _WEB.finditer(text):
        yield from _web_spot(web.group().rstrip(_STOPS), web.start())
    # What is part of a link to somewhere else is not an address of its own.
    text = _OTHER_SCHEME.sub(lambda link: " " * len(link.group()), text)
    for spot in _IPV4.finditer(text):
        yield (0 if _is_private(spot.group(1)) else 4), spot.start(), spot.group(1), spot[2] or ""
    for spot in _LOCAL.finditer(text):
        yield 1, spot.start(), spot.group(1), ""
    for spot in _NAMED.finditer(text):
        name, port = spot.groups()
        if _IS_PORT_WORD.fullmatch(name) or (len(port) == 1 and "." not in name):
            continue
        yield (1 if _LOCAL.fullmatch(name) else 3), spot.start(), name, port
    for spot in _SAID_NAME.finditer(text):
        yield 5, spot.start(), spot.group(1), ""
    for spot in _BRACKETED.finditer(text):
        yield 2, spot.start(), spot.group(1), spot[2] or ""
    for spot in _IPV6.finditer(text):
        host = spot.group(1)
        yield 2, spot.start(), host, ""
        if ":" in host.rstrip(":.") != host:
            yield 2, spot.start(), host.rstrip(":."), ""


def _web_spot(link: str, at: int) -> Iterator[tuple[int, int, str, str]]:
    """Give the host of a link to a guest page: one with a port, or in a network of one's own."""
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return
    host = unquote(host)
    own = ":" in host or bool(_IPV4.fullmatch(host) or _LOCAL.fullmatch(host))
    if "@" not in parts.netloc and host and (port or own):
        yield 0, at, host, str(port or "")


def _is_private(host: str) -> bool:
    numbers = [int(part) for part in host.split(".")]
    return (
        numbers[0] == 10
        or numbers[:2] in ([192, 168], [169, 254])
        or (numbers[0] == 172 and 16 <= numbers[1] < 32)
        or (numbers[0] == 100 and 64 <= numbers[1] < 128)
    )
