"""Which targets become links, and whether a link's text tells where it leads.

Targets come from strangers: whatever is not plainly one of four schemes stays text.
"""

from __future__ import annotations

import functools
import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import quote

from app.protocol.names import NameRefused, nickname_key
from app.ui.formatting.blocks import Link

MAX_LINK: Final = 2_048
"""Characters of a target: what browsers and mailers still carry."""

COMMON_TLDS: Final = frozenset({"com", "org", "net", "edu", "gov", "info", "io", "dev", "br", "uk"})
"""What ends a name that becomes a link without a scheme. None is a word, or names a kind of file."""

_URL: Final = re.compile(r"(https?|papo)://([^/?#]+)([/?#].*)?", re.IGNORECASE)
_MAIL: Final = re.compile(r"mailto:([A-Za-z0-9.!#$&'*+=^_{|}~-]{1,64})@([^@]+)", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9._%-]+)?)\](?::(\d{1,5}))?")
_HOST_PORT: Final = re.compile(r"([^:\[\]%]+)(?::(\d{1,5}))?")
_ASCII_HOST: Final = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_MAX_HOST: Final = 253  # RFC 1035
_NOT_IN_TARGETS: Final = re.compile(r'[\s\\<>"`]')
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_IGNORED: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]"
)
_SAFE: Final = "%/:?#[]@!$&'()*+,;=~"
# RFC 3490, 3.1: all of these divide a host's labels.
_DOTS: Final = re.compile("[\u3002\uff0e\uff61]")

_BETWEEN_WORDS: Final = re.compile(r"[^\w.:/@\-]+")
_LONG_TLDS: Final = COMMON_TLDS | {
    *("app", "bank", "biz", "blog", "club", "cloud", "int", "mil", "name", "online", "page"),
    *("pro", "shop", "site", "store", "tech", "top", "xyz"),
}
_FILES: Final = frozenset(
    {"cc", "md", "ml", "mm", "pl", "pm", "ps", "py", "rs", "sh", "so", "ts", "vi"}
)
"""Country codes that rather name a kind of file."""


def link_to(typed: str, text: str) -> Link | None:
    """Return the link to `typed` under `text`, or None if it may not be one.

    Refused are all schemes but http, https, mailto and papo, and targets with characters that are
    invisible, reorder text or are read differently by different programs (a backslash).
    """
    found = _target(typed)
    if found is None:
        return None
    target, host, doubtful = found
    label = _bare(text)
    if (
        label in {typed, target, target.removeprefix("mailto:")}
        and not doubtful
        and typed.isascii()
    ):
        return Link(target)
    same = _target(label) or _target(f"http://{label}")
    if same and same[0] == target and not doubtful and typed.isascii() and text.isascii():
        return Link(target)
    return Link(target, target, doubtful or _looks_elsewhere(label, target, host))


def _target(typed: str) -> tuple[str, str, bool] | None:
    """Return the target in its plain form, its host, and whether it is made to look like another."""
    if len(typed) > MAX_LINK or _NOT_IN_TARGETS.search(typed) or _hides(typed):
        return None
    if mail := _MAIL.fullmatch(typed):
        host = _plain_host(mail[2])
        return (f"mailto:{mail[1]}@{host}", host, _imitates(mail[2])) if host else None
    url = _URL.fullmatch(typed)
    if url is None:
        return None
    # Everything before the last @ is a name and password, made to be taken for the host.
    user, at, place = url[2].rpartition("@")
    if inside := _IN_BRACKETS.fullmatch(place):
        host, port = _plain_address(inside[1]), inside[2]
    elif outside := _HOST_PORT.fullmatch(place):
        host, port = _plain_host(outside[1]), outside[2]
    else:
        return None
    if not host or int(port or 0) > 65_535:
        return None
    rest = quote(url[3] or "", safe=_SAFE)
    target = f"{url[1].lower()}://{host}{f':{port}' if port else ''}{rest}"
    return target, host, bool(at and user) or _imitates(place)


def _hides(text: str) -> bool:
    if text.isascii():
        return not text.isprintable()
    return bool(_IGNORED.search(text)) or any(
        unicodedata.category(sign) in _HIDDEN for sign in text
    )


def _plain_host(host: str) -> str:
    """Return the host in lower case and A-labels, or nothing if it is none."""
    if len(host) > _MAX_HOST:
        return ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    host = host.lower()
    return host if len(host) <= _MAX_HOST and _ASCII_HOST.fullmatch(host) else ""


def _plain_address(text: str) -> str:
    address, _, zone = text.partition("%")
    try:
        plain = str(ipaddress.IPv6Address(address))
    except ValueError:
        return ""
    return f"[{plain}%{zone}]" if zone else f"[{plain}]"


def _imitates(host: str) -> bool:
    """Tell whether a part of the host is in another script and looks like Latin (UTS #39)."""
    return not host.isascii() and any(map(_looks_latin, _DOTS.sub(".", host).split(".")))


@functools.lru_cache(maxsize=256)
def _looks_latin(label: str) -> bool:
    if label.isascii():
        return False
    try:
        return nickname_key(label).isascii()
    except NameRefused:
        return True


def _bare(text: str) -> str:
    """Return what is seen of a link's text: without what is invisible, in plain forms."""
    text = text.strip()
    if text.isascii():
        return text
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc", "Mn"})
    return _DOTS.sub(".", unicodedata.normalize("NFKC", _IGNORED.sub("", seen)))


def _looks_elsewhere(label: str, target: str, host: str) -> bool:
    """Tell whether a word of the text is the name of another host, or another's address."""
    if target.startswith("mailto:") and "@" in label:
        return target.removeprefix("mailto:").lower() != label.removeprefix("mailto:").lower()
    place = _without_www(host)
    return any(
        _without_www(_plain_host(named) or named) != place
        for word in _BETWEEN_WORDS.split(label)
        if (named := _host_named(word))
    )


def _without_www(host: str) -> str:
    return host.removeprefix("www.").rstrip(".")


def _host_named(word: str) -> str:
    """Return the host that a reader would take the word for, or nothing."""
    _, scheme, rest = word.rpartition("://")
    before = re.split("[/]", rest.lower(), maxsplit=1)[0].strip(".:-_")
    named = before.rpartition("@")[2].split(":")[0]
    if scheme:
        # The user part is what is read first.
        return before if "@" in before else named
    labels = named.split(".")
    if len(labels) == 1:
        return ""
    if named.startswith("www."):
        return named
    last = labels[-1]
    known = last in _LONG_TLDS or (
        last.isalpha() and (not last.isascii() or (len(last) == 2 and last not in _FILES))
    )
    four_numbers = len(labels) == 4 and all(one.isdecimal() for one in labels)
    return named if known or four_numbers else ""
