"""What members type becomes what they meant, loses nothing, and costs little whatever it is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol.limits import MAX_TEXT
from app.ui.formatting import rules
from app.ui.formatting.blocks import (
    Block,
    CodeBlock,
    Formatted,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Style,
)
from app.ui.formatting.markdown import parse
from tests.helpers.corpus import naughty_strings, own_strings

MARKS = [
    "*",
    "**",
    "_",
    "`",
    "~~",
    "[",
    "](",
    ")",
    "<",
    ">",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "```\n",
]
MARKS += [
    "```py\n",
    "\\",
    "http://a.com/",
    "<a@b.com>",
    "[x](http://b.org)",
    " ",
    "a",
    "7",
    "é",
    "😀",
]

marked_text = st.one_of(
    st.lists(st.sampled_from(MARKS), max_size=60).map("".join), st.text(max_size=200)
)


def only(text: str) -> Block:
    (block,) = parse(text).blocks
    return block


def paragraph(text: str) -> Paragraph:
    block = only(text)
    assert isinstance(block, Paragraph)
    return block


def styled(text: str) -> list[tuple[str, Style]]:
    """Return the ranges that are styled, as what they read."""
    block = paragraph(text)
    units = block.text.encode("utf-16-le", "surrogatepass")
    return [
        (
            units[2 * span.start : 2 * (span.start + span.length)].decode("utf-16-le"),
            span.style,
        )
        for span in block.spans
    ]


@pytest.mark.parametrize(
    ("typed", "ranges"),
    [
        ("**a**", [("a", Style.BOLD)]),
        ("*a* _b_", [("a", Style.ITALIC), ("b", Style.ITALIC)]),
        ("~~a~~", [("a", Style.STRIKE)]),
        ("`*a*`", [("*a*", Style.CODE)]),
        ("**a *b* c**", [("a ", Style.BOLD), ("b", Style.BOLD | Style.ITALIC), (" c", Style.BOLD)]),
        ("**a `b`**", [("a ", Style.BOLD), ("b", Style.BOLD | Style.CODE)]),
        ("__two words__", [("two words", Style.BOLD)]),
        ("😀 **b** 😀", [("b", Style.BOLD)]),
        ("say ```a\nb```", [("a\nb", Style.CODE)]),
        ("```py\na\nb```", [("py\na\nb", Style.CODE)]),
    ],
)
def test_marks_become_styles(typed: str, ranges: list[tuple[str, Style]]) -> None:
    assert styled(typed) == ranges


@pytest.mark.parametrize(
    "typed",
    [
        "*", "**", "_", "a * b", "2 * 3 * 4", "**a", "~a~ and ~ b", "`a", "snake_case_name",
        "__init__", "(__main__)", "-", "---", "* * *", "=====", "# heading", "#channel", "C#",
        "a\n===", "    indented\n  more", "\tx = *p;", ">_<", ">", ">>> print(1)", "1.", "1.5 m",
        "<b>bold</b>", "&amp;", "&lt;b&gt;", "<!-- x -->", "| a | b |\n|---|---|", "[x]: http://a.com/",
        "```\nnot ended", "[x](javascript:alert)", "[x](file:///etc/passwd)", "[x]()", "[x][y]",
        "C:\\Users\\Ana", "\\\\server\\share", "a  \nb", "   ", "********* 9", "-a\n+b", "<script>",
    ],
)  # fmt: skip
def test_other_text_stays_as_it_was_typed(typed: str) -> None:
    without_links = Formatted((Paragraph(paragraph(typed).text),))
    assert without_links == Formatted((Paragraph(typed),))
    assert all(span.style is Style.NONE for span in paragraph(typed).spans)


def test_picture_is_but_a_link() -> None:
    block = paragraph("![x](http://a.com/p.png)")
    assert block.text == "!x"
    assert block.spans[0].link is not None


def test_backslash_takes_the_meaning_from_a_mark() -> None:
    assert paragraph(r"\*a\* \`b\` \[c\]").text == "*a* `b` [c]"
    assert paragraph("\\- a").text == "- a"
    assert paragraph("1\\. a").text == "1. a"


def test_line_breaks_and_indentation_stay() -> None:
    assert paragraph("a\r\n\n\n    **b**\r  c\u2028d").text == "a\n\n\n    b\n  c\nd"


def test_quote_ends_with_its_last_line() -> None:
    assert parse("> asked\n> more\nanswered").blocks == (
        Quote((Paragraph("asked\nmore"),)),
        Paragraph("answered"),
    )
    assert parse("> > a\n> b").blocks == (Quote((Quote((Paragraph("a"),)), Paragraph("b"))),)


def test_list_keeps_its_numbers_and_ends_with_its_last_line() -> None:
    assert parse("3. a\n3. b\n   more\nafter").blocks == (
        ListBlock(
            ordered=True,
            start=3,
            items=(
                ListItem("3.", (Paragraph("a"),)),
                ListItem("3.", (Paragraph("b\nmore"),)),
            ),
        ),
        Paragraph("after"),
    )


def test_lists_nest() -> None:
    inner = ListBlock(False, 0, (ListItem("•", (Paragraph("b"),)),))
    assert only("- a\n  - b") == ListBlock(
        ordered=False, start=0, items=(ListItem("•", (Paragraph("a"), inner)),)
    )


@pytest.mark.parametrize(
    ("typed", "block"),
    [
        ("```\na *b*\n\n  c\n```", CodeBlock("a *b*\n\n  c")),
        ("```py\nx\n```", CodeBlock("x", "py")),
        ("~~~ c++\nx\n~~~", CodeBlock("x", "c++")),
        ("```not a language\nx\n```", CodeBlock("not a language\nx")),
        ("```\n```", CodeBlock("")),
        ("````\n```\n````", CodeBlock("```")),
    ],
)
def test_fence_becomes_code(typed: str, block: CodeBlock) -> None:
    assert only(typed) == block


def test_depth_is_bounded_and_what_lies_deeper_is_text() -> None:
    def depth(blocks: tuple[Block, ...]) -> int:
        inner = [block.blocks for block in blocks if isinstance(block, Quote)]
        inner += [i.blocks for one in blocks if isinstance(one, ListBlock) for i in one.items]
        return 1 + max(map(depth, inner)) if inner else 0

    for mark in ("> ", "- ", "1. ", "> - "):
        typed = f"{mark * 50}deep"
        assert depth(parse(typed).blocks) == rules.MAX_DEPTH
        assert "".join(leaf.text for leaf in parse(typed).leaves()).endswith("deep")


def test_ranges_count_utf16_units() -> None:
    assert paragraph("😀**b**").spans == (Span(2, 1, Style.BOLD),)


def test_spoken_text_has_the_marks_of_lists_and_quotes() -> None:
    spoken = parse("> a\n\n1. b\n   - c\n\n```\nd\n```").spoken()
    assert spoken == "> a\n1. b\n  • c\nd"


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def all_content(blocks: tuple[Block, ...]) -> str:
    """Return all that is in the blocks, in the order in which it was typed."""
    whole = ""
    for block in blocks:
        match block:
            case Quote():
                whole += all_content(block.blocks)
            case ListBlock():
                whole += "".join(item.mark + all_content(item.blocks) for item in block.items)
            case CodeBlock():
                whole += block.language + block.text
            case Paragraph():
                whole += block.text
    return whole


def is_within(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(sign in rest for sign in part)


@given(marked_text)
@settings(max_examples=400, deadline=None)
def test_nothing_that_was_typed_is_lost(typed: str) -> None:
    formatted = parse(typed)
    content = letters(all_content(formatted.blocks))
    assert is_within(content, letters(typed))
    linked = {
        s.link.target
        for p in formatted.leaves()
        if isinstance(p, Paragraph)
        for s in p.spans
        if s.link
    }
    if not linked:
        assert content == letters(typed)


@given(marked_text)
@settings(max_examples=400, deadline=None)
def test_ranges_are_in_order_and_within_their_text(typed: str) -> None:
    formatted = parse(typed)
    assert formatted.blocks
    assert hash(formatted) == hash(parse(typed))
    for leaf in formatted.leaves():
        units = len(leaf.text.encode("utf-16-le", "surrogatepass")) // 2
        at = 0
        for span in leaf.spans if isinstance(leaf, Paragraph) else ():
            assert span.start >= at
            assert span.length > 0
            at = span.start + span.length
        assert at <= units


@pytest.mark.parametrize("texts", [own_strings, naughty_strings])
def test_hostile_strings_lose_no_letter_and_load_nothing(texts: object) -> None:
    assert callable(texts)
    for typed in texts():
        formatted = parse(typed)
        for leaf in formatted.leaves():
            for span in leaf.spans if isinstance(leaf, Paragraph) else ():
                if span.link:
                    assert span.link.target.startswith(
                        ("http://", "https://", "mailto:", "papo://")
                    )
                    assert span.link.target.isascii()
                    assert span.link.target.isprintable()


NASTY = [
    "*a*",
    "_a_",
    "`a`",
    "~~a~~",
    "[",
    "[a](",
    "[a](http://b.c)",
    "![",
    "<",
    "<a@b.c>",
    "> ",
    "> a\n",
]
NASTY += [
    "- ",
    "- a\n",
    "1. a\n",
    "```a\n",
    "```\n",
    "\\*",
    "http://",
    "a*_",
    "**a*",
    "*_~~",
    "`` ` ",
    "((",
]


def calls_to_parse(typed: str) -> int:
    """Return how many Python functions are called: the work, whatever the machine."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    parse.cache_clear()
    sys.setprofile(count)
    try:
        parse(typed)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("unit", NASTY)
@pytest.mark.parametrize("tail", ["", "](http://x.org)", "\n```", " *"])
def test_work_is_bounded(unit: str, tail: str) -> None:
    parse("**warm** http://a.com/ up")
    assert calls_to_parse((unit * MAX_TEXT)[: MAX_TEXT - len(tail)] + tail) < 15 * rules.MAX_STEPS


def test_what_would_take_too_long_is_shown_as_it_was_typed() -> None:
    typed = ("[a](http://b.c)" * MAX_TEXT)[:MAX_TEXT]
    with pytest.raises(rules.TooMuch):
        rules.parse_tokens(typed)
    assert parse(typed) == Formatted((Paragraph(typed),))


def test_long_but_sensible_message_is_formatted() -> None:
    line = "- Some **words**, then _more_; see http://x.org/a and `code`.\n"
    assert isinstance(only((line * 200)[: MAX_TEXT // 2]), ListBlock)


def test_longer_than_any_message_stays_as_typed() -> None:
    typed = "**a** " * MAX_TEXT
    assert parse(typed) == Formatted((Paragraph(typed),))


def test_words_alone_need_no_library() -> None:
    code = (
        "import sys; from app.ui.formatting.markdown import parse\n"
        "assert parse('Words, and more of them.\\nOlá! 1 < 2 (yes) #5').plain\n"
        "print([m for m in ('markdown_it', 'linkify_it', 'pygments') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
