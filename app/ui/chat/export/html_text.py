"""A formatted message as HTML: our own parsed blocks, and every text of a peer's escaped.

The only attribute that holds anything of a peer's is the `href` of a link that passed
`app.ui.formatting.links`, and of those only http, https and mailto.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from PyQt6.QtCore import QDeadlineTimer

from app.ui.chat.export.writers import without_controls
from app.ui.formatting.big_emoji import only_emoji
from app.ui.formatting.blocks import (
    Block,
    CodeBlock,
    Formatted,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Style,
    Utf16,
    runs_of,
)
from app.ui.formatting.highlighting import LANGUAGES, TokenKind, highlight, highlight_until
from app.ui.opening import OPENED
from app.ui.texts import tr

COLOURING = 8
"""Milliseconds spent on the colours of one block of code; what comes after stays plain."""

_TAGS = ((Style.BOLD, "strong"), (Style.ITALIC, "em"), (Style.STRIKE, "s"), (Style.CODE, "code"))
_CODE_CLASSES = {
    TokenKind.KEYWORD: "k",
    TokenKind.NAME: "f",
    TokenKind.STRING: "s",
    TokenKind.NUMBER: "n",
    TokenKind.COMMENT: "c",
    TokenKind.OPERATOR: "o",
    TokenKind.INSERTED: "s",
    TokenKind.DELETED: "d",
}

IsMe = Callable[[str], bool]


def text_html(text: str) -> str:
    """Return any text as HTML text, fit for a quoted attribute too."""
    return escape(without_controls(text))


class MessageHtml:
    """Writes messages; remembers which languages of code are loaded. `is_me` tells one's nickname."""

    def __init__(self, is_me: IsMe) -> None:
        self._is_me = is_me
        self._languages: set[str] = set()

    def pieces(self, formatted: Formatted) -> Iterator[str]:
        """Yield the blocks of a message, each in a little while."""
        for block in formatted.blocks or (Paragraph(""),):
            yield from self._block(block, big=formatted.plain)

    def _block(self, block: Block, *, big: bool = False) -> Iterator[str]:
        match block:
            case Quote():
                yield '<blockquote dir="auto">'
                for one in block.blocks:
                    yield from self._block(one)
                yield "</blockquote>"
            case ListBlock():
                yield '<div class="list" dir="auto">'
                for item in block.items:
                    yield f'<span class="mark">{text_html(item.mark)}</span><div>'
                    for one in item.blocks:
                        yield from self._block(one)
                    yield "</div>"
                yield "</div>"
            case CodeBlock():
                yield from self._code(block)
            case _:
                size = ' class="big"' if big and only_emoji(block.text) else ""
                yield f'<p dir="auto"{size}>{self._paragraph(block)}</p>'

    # --- words ----------------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> str:
        text = block.text
        if not block.spans:
            return text_html(text)
        runs = runs_of(text, block.spans)
        parts: list[str] = []
        at = 0
        for number, run in enumerate(runs):
            parts.append(text_html(text[at : run.start]))
            parts.append(self._run(run, text_html(text[run.start : run.end])))
            following = runs[number + 1] if number + 1 < len(runs) else None
            same = following and following.start == run.end and following.link is run.link
            if run.link is not None and not same:
                parts.append(_told_target(run.link))
            at = run.end
        parts.append(text_html(text[at:]))
        return "".join(parts)

    def _run(self, run: Run, html: str) -> str:
        for style, tag in _TAGS:
            if run.style & style:
                html = f"<{tag}>{html}</{tag}>"
        if run.link is not None:
            return _anchor(run.link, html)
        if run.mention:
            me = " me" if self._is_me(run.mention) else ""
            return f'<span class="at{me}">{html}</span>'
        return html

    # --- code -----------------------------------------------------------------------------------

    def _code(self, block: CodeBlock) -> Iterator[str]:
        language = block.language.lower()
        if language in LANGUAGES and language not in self._languages:
            # It takes up to 50 ms to load what reads it: a turn of its own.
            yield ""
            self._languages.add(language)
            highlight(" ", language)
            yield ""
        expired = QDeadlineTimer(COLOURING).hasExpired
        ranges = highlight_until(block.text, block.language, expired)
        yield f'<pre dir="ltr"><code>{_coloured(block.text, ranges)}</code></pre>'


def _coloured(text: str, ranges: Sequence[tuple[int, int, TokenKind]]) -> str:
    if not ranges:
        return text_html(text)
    places = Utf16(text)
    parts: list[str] = []
    at = 0
    for start, length, kind in ranges:
        first, end = places.points(start), places.points(start + length)
        parts.append(text_html(text[at:first]))
        parts.append(f'<span class="{_CODE_CLASSES[kind]}">{text_html(text[first:end])}</span>')
        at = end
    parts.append(text_html(text[at:]))
    return "".join(parts)


def _anchor(link: Link, html: str) -> str:
    scheme, colon, _ = link.target.partition(":")
    if not colon or scheme not in OPENED or not link.target.isascii():
        # An invite is for Papo: a page in a browser starts no program.
        return html
    target = text_html(link.target)
    return (
        f'<a href="{target}" title="{text_html(tr("Leads to {target}", target=link.target))}"'
        f' rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">{html}</a>'
    )


def _told_target(link: Link) -> str:
    """Return where a link leads, where its text does not tell; isolated, so that nothing reorders it."""
    if not link.shown_target:
        return ""
    target = f'<bdi dir="ltr">{text_html(link.shown_target)}</bdi>'
    if not link.deceptive:
        return f' <span class="to">({target})</span>'
    # The sentence is ours; only then comes the peer's part.
    told = text_html(tr("Careful: this leads to {target}", target="\ufffc"))
    return f' <span class="to careful">⚠ {told.replace(chr(0xFFFC), target)}</span>'
