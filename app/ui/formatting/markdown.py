"""Turn what a member typed into blocks to lay out. Any text gives some; nothing is lost of it.

The letters and digits of a message all come up again, in order: in blocks' texts, in the marks of
list items, in the targets of links and the languages of code blocks.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from app.protocol.limits import MAX_TEXT
from app.ui.formatting.blocks import (
    Block,
    CodeBlock,
    Formatted,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Run,
    Style,
    overlaid,
    spans_of,
)
from app.ui.formatting.finding import links_in, may_hold_links
from app.ui.formatting.links import link_to

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_MARKS: Final = re.compile(
    r"[*_`\\]|~~|\]\(|<[\w.+-]|^[ \t]*(?:>|[-+*]|\d{1,9}[.)])[ \t]", re.MULTILINE
)
_ODD_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029]")
_LANGUAGE: Final = re.compile(r"[\w+#.-]{1,32}", re.ASCII)
_STYLES: Final = {"strong": Style.BOLD, "em": Style.ITALIC, "s": Style.STRIKE}
_BULLET: Final = "•"


@functools.lru_cache(maxsize=512)
def parse(text: str) -> Formatted:
    """Return `text` as blocks; a message of words alone needs no parser.

    A text beyond MAX_TEXT, or one that would take too long, comes back as it was typed.
    """
    if "\r" in text or not text.isascii():
        text = _ODD_BREAKS.sub("\n", text)
    if len(text) <= MAX_TEXT and _MARKS.search(text):
        # Not at the top: a start that shows no mark does not pay for the library.
        from app.ui.formatting.rules import TooMuch, parse_tokens  # noqa: PLC0415

        try:
            blocks = tuple(_Tree(parse_tokens(text.replace("\0", "\ufffd"))).blocks(""))
        except TooMuch:
            return Formatted((Paragraph(text),))
        return Formatted(blocks or (Paragraph(text),))
    links = links_in(text) if len(text) <= MAX_TEXT and may_hold_links(text) else []
    return Formatted((Paragraph(text, spans_of(text, links)),))


class _Tree:
    """Read tokens, one after the other, into blocks."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = iter(tokens)

    def blocks(self, end: str) -> Iterator[Block]:
        """Yield blocks up to the token called `end`, which is taken."""
        paragraphs: list[Token] = []
        for token in self._tokens:
            if token.type == "inline":
                paragraphs.append(token)
                continue
            if token.type in {"paragraph_open", "paragraph_close"}:
                continue
            if paragraphs:
                yield _paragraph(paragraphs)
                paragraphs = []
            if token.type == end:
                return
            yield self._block(token)
        if paragraphs:
            yield _paragraph(paragraphs)

    def _block(self, token: Token) -> Block:
        match token.type:
            case "blockquote_open":
                return Quote(tuple(self.blocks("blockquote_close")))
            case "bullet_list_open":
                return ListBlock(False, 0, tuple(self._items("bullet_list_close")))
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                return ListBlock(True, start, tuple(self._items("ordered_list_close")))
            case _:
                return _code(token)

    def _items(self, end: str) -> Iterator[ListItem]:
        for token in self._tokens:
            if token.type == end:
                return
            mark = f"{token.info}{token.markup}" if token.info else _BULLET
            yield ListItem(mark, tuple(self.blocks("list_item_close")))


def _code(token: Token) -> CodeBlock:
    info, code = token.info.strip(), token.content.removesuffix("\n")
    if not info or _LANGUAGE.fullmatch(info):
        return CodeBlock(code, info)
    # No language: somebody went on writing behind the fence.
    return CodeBlock(f"{token.info.lstrip()}\n{code}" if code else info)


def _paragraph(tokens: list[Token]) -> Paragraph:
    """Make one of neighbours, with the blank lines that were between them."""
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    line = 0
    for token in tokens:
        first, last = token.map or [0, 0]
        if parts:
            gap = "\n" * (first - line + 1)
            parts.append(gap)
            length += len(gap)
        line = last
        text, own = _flat(token.children or [], length)
        parts.append(text)
        runs += own
        length += len(text)
    whole = "".join(parts)
    taken = [run for run in runs if run.link or run.style & Style.CODE]
    if links := links_in(whole, taken):
        runs = overlaid(runs, links)
    return Paragraph(whole, spans_of(whole, runs))


def _flat(tokens: list[Token], offset: int) -> tuple[str, list[Run]]:
    """Return the text of inline tokens, and its runs, moved by `offset`."""
    parts: list[str] = []
    runs: list[Run] = []
    open_styles = dict.fromkeys(_STYLES.values(), 0)
    links: list[Run] = []
    href, opened, first_part = "", 0, 0
    at = offset
    for token in tokens:
        if token.type == "link_open":
            href, opened, first_part = str(token.attrs["href"]), at, len(parts)
        elif token.type == "link_close":
            if link := link_to(href, "".join(parts[first_part:])):
                links.append(Run(opened, at, link=link))
        elif token.nesting:
            open_styles[_STYLES[token.tag]] += token.nesting
        elif token.content:
            parts.append(token.content)
            style = sum(int(one) for one, depth in open_styles.items() if depth > 0)
            if token.type == "code_inline":
                style |= int(Style.CODE)
            if style:
                runs.append(Run(at, at + len(token.content), style))
            at += len(token.content)
    return "".join(parts), overlaid(runs, links) if links else runs
