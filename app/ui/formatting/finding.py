"""Find the links that were typed without any mark: URLs, www names, common domains, e-mail addresses."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Final, Protocol

from app.ui.formatting.blocks import Run
from app.ui.formatting.links import COMMON_TLDS, MAX_LINK, link_to

_MOST_LOOKED_AT: Final = 3_000
"""Characters of one message's words that may be links; what comes after them stays text."""

_LONG_WORD: Final = 512  # only a URL is as long, and begins with its scheme
_OF_ANY_WORD: Final = 16
_TIMES_DEARER: Final = 4  # for what a host in another script looks like

_HINT: Final = re.compile(
    rf"(?:https?|papo)://|mailto:|www\.|\w@[\w-]+\.\w|\.(?:{'|'.join(sorted(COMMON_TLDS))})(?![\w-])",
    re.IGNORECASE,
)
# In every link, and quickly looked for: most messages have neither.
_SIGN: Final = re.compile(r"[.:][\w/]")
_WORD: Final = re.compile(r"\S+")
_WWW: Final = re.compile(r"[^\w.@:/-]{0,8}(?=www\.)", re.IGNORECASE)
_MAIL: Final = re.compile(
    r"[^\w.@:/+-]{0,8}(?=[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}@[\w-]+\.\w)", re.ASCII
)


def may_hold_links(text: str) -> bool:
    """Tell at once whether there may be a link in `text`; False is certain."""
    return _SIGN.search(text) is not None and _HINT.search(text) is not None


def links_in(text: str, taken: Sequence[Run] = ()) -> list[Run]:
    """Return the links in `text`, in order, but for words that overlap with what is `taken`.

    A word longer than MAX_LINK is none.
    """
    if not may_hold_links(text):
        return []
    found = []
    looked_at = 0
    for word in _WORD.finditer(text):
        if len(word[0]) > MAX_LINK or not may_hold_links(word[0]):
            continue
        if any(run.start < word.end() and word.start() < run.end for run in taken):
            continue
        looked_at += (len(word[0]) + _OF_ANY_WORD) * (1 if word[0].isascii() else _TIMES_DEARER)
        if looked_at > _MOST_LOOKED_AT:
            break
        for start, shown, url in _matches(word[0]):
            if link := link_to(url, shown):
                place = word.start() + start
                found.append(Run(place, place + len(shown), link=link))
    return found


def _matches(word: str) -> list[tuple[int, str, str]]:
    """Return the links in a word: where each begins, what is read, and its URL."""
    for pattern, scheme in ((_WWW, "http://"), (_MAIL, "mailto:")):
        # Under any domain: linkify-it-py would ask for one of the common ones.
        if (begin := pattern.match(word)) is not None:
            shown = url_at(scheme + word[begin.end() :], 0)[len(scheme) :]
            return [(begin.end(), shown, scheme + shown)] if "." in shown else []
    if len(word) > _LONG_WORD:
        url = url_at(word, 0)
        return [(0, url, url)] if url else []
    return [(match.index, match.raw, match.url) for match in _finder().match(word) or ()]


def url_at(text: str, start: int) -> str:
    """Return the URL that begins at `start`, or nothing; its scheme was seen there."""
    match = _finder().match_at_start(text[start : start + MAX_LINK + 1])
    return match.raw if match is not None else ""


class _Match(Protocol):
    raw: str
    url: str
    index: int


class _Finder(Protocol):
    """What is used of linkify-it-py, which has no types."""

    def match(self, text: str) -> list[_Match] | None: ...

    def match_at_start(self, text: str) -> _Match | None: ...


@functools.cache
def _finder() -> _Finder:
    # Not at the top: a start that shows no link does not pay for it.
    package = import_module("linkify_it")
    finder = package.LinkifyIt({"ftp:": None, "//": None, "papo:": "http:"})
    found: _Finder = finder.tlds(sorted(COMMON_TLDS))
    return found
