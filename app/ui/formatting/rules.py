"""Markdown as people write it in chats: markdown-it's CommonMark, less what surprises them.

No HTML, pictures, headings, tables, rules, references, entities or indented code. Lines break where
they were broken, and keep their indentation. Quotes and lists end with their last line, a quote's `>`
wants a space, and what was begun and not ended (a fence, a star) stays as it was typed.

The work is bounded: each rule counts what it does, and raises `TooMuch` past MAX_STEPS.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block
from markdown_it.rules_inline import StateInline, backtick, emphasis, strikethrough
from markdown_it.token import Token

from app.ui.formatting.finding import url_at
from app.ui.formatting.links import MAX_LINK, link_to

MAX_STEPS: Final = 6_000
"""Steps of all rules in one message: about 10 ms. A sensible message takes a tenth of them."""

MAX_DEPTH: Final = 4
"""Quotes and lists within each other; what lies deeper is text."""

MAX_BLOCKS: Final = 200
"""Paragraphs, items and so on of one message: each is laid out on its own."""

_COST_OF_BLOCK: Final = MAX_STEPS // MAX_BLOCKS
_COST_OF_LABEL: Final = 20
_COST_OF_URL: Final = 10
_COST_OF_FOREIGN_URL: Final = 50
_COST_OF_MARK: Final = 2
_MAX_NESTING: Final = 50  # of brackets; the blocks' own bound is reached long before

_STOP: Final = re.compile(r"[*_~`\[\]<\\]|://")
_ROW: Final = re.compile(r"\*{7,}|_{7,}|~{7,}")
_BRACKET: Final = re.compile(r"[()\s]")
_SCHEME: Final = re.compile(r"(?:https?|papo)$", re.IGNORECASE)
_AUTOLINK: Final = re.compile(
    r"<((?:https?://|papo://|mailto:)[^\s<>]{1,2048}|[^\s<>@:]{1,64}@[^\s<>@:]{1,253})>",
    re.IGNORECASE,
)
_ESCAPED: Final = frozenset("*_~`[]<>")
_ESCAPED_IN_FRONT: Final = frozenset("-+>")
_DUNDER: Final = re.compile(r"__(?:[^\W_]|_(?!_)){1,64}__(?!\w)")
_NO_CONTENT: Final = re.compile(r"(?:(?:[-+*>]|\d{1,9}[.)])[ \t]+)*(?:[-+*>]|\d{1,9}[.)])?[ \t]*")


class TooMuch(Exception):
    """The text asks for more work than a message is worth; it is shown as it was typed."""


def parse_tokens(text: str) -> list[Token]:
    """Return markdown-it's tokens, whose inline tokens have their children.

    Raises:
        TooMuch: It would take too long.
    """
    return _PARSER.parse(text, {"steps": 0, "depth": 0})


def _count(state: StateBlock | StateInline, steps: int) -> None:
    done = state.env["steps"] = state.env["steps"] + steps
    if done > MAX_STEPS:
        raise TooMuch


def _text(state: StateInline, silent: bool) -> bool:
    """Take all up to the next character that may mean something."""
    _count(state, 1)
    start = state.pos
    # A row of stars is drawn, not meant.
    row = _ROW.match(state.src, start, state.posMax)
    stop = _STOP.search(state.src, row.end() if row else start, state.posMax)
    state.pos = stop.start() if stop else state.posMax
    if state.pos == start:
        _count(state, 1)  # for all the other rules, which are asked now
        return False
    if not silent:
        state.append_pending(state.src[start : state.pos])
    return True


def _url(state: StateInline, silent: bool) -> bool:
    """Take a URL whole, so that no mark within it counts."""
    if not state.src.startswith("://", state.pos):
        return False
    scheme = _SCHEME.search(state.src[max(0, state.pos - 5) : state.pos])
    if scheme is None or (not silent and not state.pending.endswith(scheme[0])):
        return False
    _count(state, _COST_OF_URL)
    start = state.pos - len(scheme[0])
    url = url_at(state.src[: state.posMax], start).rstrip("*_~")
    if len(url) <= len(scheme[0]) + 3:
        return False
    if not url.isascii():
        _count(state, _COST_OF_FOREIGN_URL)
    end = start + len(url)
    if not silent and (state.linkLevel or link_to(url, url) is None):
        state.append_pending(state.src[state.pos : end])
    elif not silent:
        state.pending = state.pending[: -len(scheme[0])]
        _push_link(state, url, url)
    state.pos = end
    return True


def _push_link(state: StateInline, target: str, text: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": target}
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)


def _escape(state: StateInline, silent: bool) -> bool:
    """Drop a backslash only before a mark: paths and patterns keep theirs."""
    src, pos = state.src, state.pos
    if src[pos] != "\\" or pos + 1 >= state.posMax:
        return False
    mark = src[pos + 1]
    in_front = not src[src.rfind("\n", 0, pos) + 1 : pos].strip(" \t0123456789")
    if mark not in _ESCAPED and not (
        in_front and (mark in _ESCAPED_IN_FRONT or (mark in ".)" and src[pos - 1 : pos].isdigit()))
    ):
        return False
    if not silent:
        state.append_pending(mark)
    state.pos += 2
    return True


def _backtick(state: StateInline, silent: bool) -> bool:
    """As the library, but the code keeps its line breaks."""
    start = state.pos
    tokens = len(state.tokens)
    if not backtick(state, silent):
        return False
    _count(state, _COST_OF_MARK * (len(state.tokens) - tokens))
    if not silent and len(state.tokens) > tokens and state.tokens[-1].type == "code_inline":
        token = state.tokens[-1]
        size = len(token.markup)
        code = state.src[start + size : state.pos - size]
        if size > 1:
            code = code.strip("\n")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        token.content = code
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """As the library, but `__init__` is a word."""
    if not silent and state.src.startswith("__", state.pos):
        word = _DUNDER.match(state.src, state.pos, state.posMax)
        if word and state.src[state.pos - 1 : state.pos].strip("(.,:;`'\"[ \t\n") == "":
            state.append_pending(word[0])
            state.pos = word.end()
            return True
    return _counted(emphasis.tokenize, state, silent)


def _strikethrough(state: StateInline, silent: bool) -> bool:
    return _counted(strikethrough.tokenize, state, silent)


def _counted(rule: RuleFuncInlineType, state: StateInline, silent: bool) -> bool:
    tokens = len(state.tokens)
    taken = rule(state, silent)
    _count(state, _COST_OF_MARK * (len(state.tokens) - tokens))
    return taken


def _link(state: StateInline, silent: bool) -> bool:
    """Take `[text](target)`, if that target may be a link; else it stays as it was typed."""
    src, start = state.src, state.pos
    if src[start] != "[" or src.find("](", start, state.posMax) < 0:
        return False
    _count(state, _COST_OF_LABEL)
    end = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
    if end <= start + 1 or not src.startswith("(", end + 1):
        return False
    close, reached = _end_of_target(src, end + 2, state.posMax)
    _count(state, (reached - end) // 6)
    if not close:
        return False
    target = src[end + 2 : close].removeprefix("<").removesuffix(">")
    if not src[start + 1 : end].strip() or link_to(target, "") is None:
        return False
    if not silent:
        _push_labelled(state, target, start + 1, end)
    state.pos = close + 1
    return True


def _end_of_target(src: str, start: int, end: int) -> tuple[int, int]:
    """Return where the bracket after the target closes, or 0; and how far was looked."""
    depth = 0
    place = start
    while (found := _BRACKET.search(src, place, min(end, start + MAX_LINK + 3))) is not None:
        place = found.end()
        if found[0] == "(":
            depth += 1
        elif found[0] != ")":
            break
        elif depth:
            depth -= 1
        else:
            return found.start(), place
    return 0, max(place, min(end, start + MAX_LINK))


def _push_labelled(state: StateInline, target: str, start: int, end: int) -> None:
    after = state.posMax
    state.pos, state.posMax = start, end
    state.push("link_open", "a", 1).attrs = {"href": target}
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.posMax = after


def _autolink(state: StateInline, silent: bool) -> bool:
    """Take `<https://…>` and `<ana@example.com>`."""
    found = _AUTOLINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    _count(state, _COST_OF_LABEL)
    shown = found[1]
    target = shown if ":" in shown else f"mailto:{shown}"
    if link_to(target, shown) is None:
        return False
    if not silent:
        _push_link(state, target, shown)
    state.pos = found.end()
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _may_begin(state: StateBlock, line: int) -> bool:
    """Whether a block may begin in this line; indented text is but pasted."""
    return state.sCount[line] - state.blkIndent < 4


def _nested(state: StateBlock) -> bool:
    return int(state.env["depth"]) < MAX_DEPTH


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As the library, but only with an end."""
    if not _may_begin(state, start) or not fence(state, start, end, True):
        return False
    fence(state, start, end, False)
    last = _line(state, state.line - 1).strip()
    token = state.tokens[-1]
    ended = state.line - 1 > start and last.startswith(token.markup) and not last.strip(last[:1])
    _count(state, _COST_OF_BLOCK if ended else state.line - start)
    if silent or not ended:
        state.tokens.pop()
        state.line = start
    return ended


def _blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As the library, but `>_<` and `>>> print()` are text, and so is a lone `>`."""
    line = _line(state, start)
    if not line.startswith(("> ", ">\t")) or not _may_begin(state, start) or not _nested(state):
        return False
    if _NO_CONTENT.fullmatch(line):
        return False
    if silent:
        return True
    _count(state, _COST_OF_BLOCK)
    state.env["depth"] += 1
    taken = blockquote(state, start, end, silent)
    state.env["depth"] -= 1
    return taken


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """As the library, but there must be something in its first item."""
    if not _may_begin(state, start) or not _nested(state):
        return False
    if not list_block(state, start, end, True):
        return False
    if _NO_CONTENT.fullmatch(_line(state, start)):
        return False
    if silent:
        return True
    _count(state, _COST_OF_BLOCK)
    state.env["depth"] += 1
    taken = list_block(state, start, end, silent)
    state.env["depth"] -= 1
    return taken


def _end_of_quote(_state: StateBlock, _start: int, _end: int, silent: bool) -> bool:
    """End a quote with the first line that has no `>`: it is the answer."""
    return silent


def _paragraph(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take the lines up to a blank one, another block, or one outside of the list's item."""
    if silent:
        return False
    _count(state, _COST_OF_BLOCK // 3)
    rules = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < state.lineMax and not state.isEmpty(line):
        _count(state, 1)
        if state.sCount[line] < state.blkIndent:
            break
        if any(rule(state, line, state.lineMax, True) for rule in rules):
            break
        line += 1
    state.line = line
    state.parentType = outer
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, line, state.blkIndent, keepLastLF=False)
    token.map = [start, line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _MAX_NESTING})
    parser.core.ruler.enableOnly(["normalize", "block", "inline"])
    block = parser.block.ruler
    interrupting: RuleOptionsType = {"alt": ["paragraph", "blockquote", "list"]}
    block.at("fence", _fence, interrupting)
    block.at("blockquote", _blockquote, interrupting)
    block.at("list", _list, {"alt": ["paragraph", "blockquote"]})
    block.at("paragraph", _paragraph)
    block.before("paragraph", "end_of_quote", _end_of_quote, {"alt": ["blockquote"]})
    block.enableOnly(["fence", "blockquote", "list", "end_of_quote", "paragraph"])
    inline = parser.inline.ruler
    inline.at("text", _text)
    inline.before("text", "count_url", _url)
    inline.at("escape", _escape)
    inline.at("backticks", _backtick)
    inline.at("strikethrough", _strikethrough)
    inline.at("emphasis", _emphasis)
    inline.at("link", _link)
    inline.at("autolink", _autolink)
    inline.enableOnly(
        [
            "text",
            "count_url",
            "escape",
            "backticks",
            "strikethrough",
            "emphasis",
            "link",
            "autolink",
        ]
    )
    parser.inline.ruler2.enableOnly(
        ["balance_pairs", "strikethrough", "emphasis", "fragments_join"]
    )
    return parser


_PARSER: Final = _parser()
