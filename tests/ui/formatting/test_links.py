"""A link leads where it says, or the reader is told; what may do harm is no link."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol.limits import MAX_TEXT
from app.ui.formatting.blocks import Link, Paragraph
from app.ui.formatting.finding import links_in
from app.ui.formatting.links import link_to
from app.ui.formatting.markdown import parse
from tests.helpers.corpus import naughty_strings, own_strings


def found(typed: str) -> list[tuple[str, str]]:
    """Return the texts and targets of all links."""
    block = parse(typed).blocks[0]
    assert isinstance(block, Paragraph)
    return [
        (block.text[one.start : one.start + one.length], one.link.target)
        for one in block.spans
        if one.link
    ]


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("see http://a.com/x.", [("http://a.com/x", "http://a.com/x")]),
        ("(https://a.com/b_(c))", [("https://a.com/b_(c)", "https://a.com/b_(c)")]),
        ("HTTP://A.Com/X", [("HTTP://A.Com/X", "http://a.com/X")]),
        ("*see* http://a.com/b_c_d*e", [("http://a.com/b_c_d*e", "http://a.com/b_c_d*e")]),
        ("http://server:8080/x", [("http://server:8080/x", "http://server:8080/x")]),
        ("http://192.168.0.1/", [("http://192.168.0.1/", "http://192.168.0.1/")]),
        ("www.a.pt, b.com", [("www.a.pt", "http://www.a.pt"), ("b.com", "http://b.com")]),
        ("ana@example.org", [("ana@example.org", "mailto:ana@example.org")]),
        ("(ana@b.edu.pt).", [("ana@b.edu.pt", "mailto:ana@b.edu.pt")]),
        ("(www.b.pt/x)", [("www.b.pt/x", "http://www.b.pt/x")]),
        ("mailto:ana@b.com", [("mailto:ana@b.com", "mailto:ana@b.com")]),
        ("<ana@b.pt>", [("ana@b.pt", "mailto:ana@b.pt")]),
        ("<http://[::1]:80/>", [("http://[::1]:80/", "http://[::1]:80/")]),
        ("papo://10.0.0.1:9090/?fp=a", [("papo://10.0.0.1:9090/?fp=a",) * 2]),
        ("[x](<http://a.com>)", [("x", "http://a.com")]),
        ("`http://a.com`", []),
        ("main.py README.md a.sh x.rs e.g. 1.5 ok.se", []),
        ("javascript:alert(1) file:///x data:text/html,x ftp://a.com //a.com", []),
        ("\\\\server\\share smb://a/b qrc:/x vbscript:x about:blank", []),
    ],
)
def test_links_are_found(typed: str, links: list[tuple[str, str]]) -> None:
    assert found(typed) == links


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "file:///etc/passwd", "data:text/html,x",
        "\\\\server\\share", "//a.com/x", "/etc/passwd", "C:\\x", "a.com", "ftp://a.com", "",
        "http://", "http:///x", "http://a.com\\@b.com/", "http://a b.com/", "http://a.com/\n",
        "http://a.com/\u202egnp", "http://a\u200b.com/", "http://a\u00ad.com", "http://%61.com/",
        "http://a.com:99999/", "http://a.com:1:2/", "http://[::1", "http://[zz]/", "http://a..b/",
        "http://\ud800.com/", "http://a.com/\ud800", "mailto:a@b.com?attach=/etc/passwd", "mailto:@b",
        "mailto:a@b@c", "http://" + "a" * 300 + ".com/", "http://a.com/" + "x" * 3000,
    ],
)  # fmt: skip
def test_these_are_no_targets(target: str) -> None:
    assert link_to(target, "x") is None


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("http://a.com/", "http://a.com/"),
        ("http://a.com", "a.com"),
        ("mailto:a@b.com", "a@b.com"),
        ("HTTPS://A.com/x", "https://a.com/x"),
    ],
)
def test_text_that_tells_where_it_leads_needs_no_more(target: str, text: str) -> None:
    link = link_to(target, text)
    assert link is not None
    assert link == Link(link.target)


@pytest.mark.parametrize(
    ("target", "text", "shown"),
    [
        ("http://a.com/x", "here", "http://a.com/x"),
        ("https://a.com/login", "a.com", "https://a.com/login"),
        ("https://www.a.com/", "a.com", "https://www.a.com/"),
        ("http://a.com/main.py", "main.py", "http://a.com/main.py"),
        ("http://a.com/", "no. really", "http://a.com/"),
        ("http://münchen.de/ü", "http://münchen.de/ü", "http://xn--mnchen-3ya.de/%C3%BC"),
        ("http://a.com/\u00e9", "http://a.com/\u00e9", "http://a.com/%C3%A9"),
    ],
)
def test_other_text_shows_where_it_leads(target: str, text: str, shown: str) -> None:
    assert link_to(target, text) == Link(shown, shown)


@pytest.mark.parametrize(
    ("target", "text", "shown"),
    [
        ("http://evil.com/", "http://bank.com/", "http://evil.com/"),
        ("http://evil.com/", "bank.com", "http://evil.com/"),
        ("http://evil.com/", "Go to www.bank.pt now", "http://evil.com/"),
        ("http://evil.com/", "ba\u200bnk.com", "http://evil.com/"),
        ("http://evil.com/", "bank\uff0ecom", "http://evil.com/"),
        ("http://evil.com/", "b\u0430nk.com", "http://evil.com/"),
        ("http://evil.com/", "192.168.0.1", "http://evil.com/"),
        ("http://evil.com/", "ana@bank.com", "http://evil.com/"),
        ("http://bank.com.evil.com/", "bank.com", "http://bank.com.evil.com/"),
        ("mailto:eve@evil.com", "ana@bank.com", "mailto:eve@evil.com"),
        ("http://bank.com@evil.com/", "http://bank.com@evil.com/", "http://evil.com/"),
        ("http://bank.com:80@evil.com/", "here", "http://evil.com/"),
        ("http://аррӏе.com/", "http://аррӏе.com/", "http://xn--80ak6aa92e.com/"),
        ("http://pаypal.com/", "pay here", "http://xn--pypal-4ve.com/"),
        ("http://evil.com/", "bank.com\u2215login", "http://evil.com/"),
    ],
)
def test_text_that_looks_like_another_place_is_deceptive(
    target: str, text: str, shown: str
) -> None:
    assert link_to(target, text) == Link(shown, shown, deceptive=True)


hostile_targets = st.one_of(
    st.sampled_from([*own_strings(), *naughty_strings()]),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["http://", "https://", "papo://", "mailto:", "javascript:", "HTTP:/"]),
        st.sampled_from(["", "a@", "a:b@", "a.com@", "@", "[::1]", "[", "%"]),
        st.text(max_size=12),
        st.sampled_from(["", ".com", "/x", ":80/", "\\", "?q#f", "\u202e", "/é"]),
    ),
)


@given(hostile_targets, st.text(max_size=20))
@settings(max_examples=400, deadline=None)
def test_whatever_is_a_link_has_a_plain_target(target: str, text: str) -> None:
    link = link_to(target, text)
    if link is None:
        return
    assert link.target.isascii()
    assert link.target.isprintable()
    assert not set(link.target) & set(' \\<>"`')
    parts = urlsplit(link.target)
    assert parts.scheme in {"http", "https", "papo", "mailto"}
    if parts.scheme != "mailto":
        assert parts.hostname
        assert parts.username is None
    assert link.shown_target in {"", link.target}
    again = link_to(link.target, link.target)
    assert again == Link(link.target)


@given(st.text(st.sampled_from("htps:/w.com@aé0-_()[]*,;?#% \n\u202e"), max_size=80))
@settings(max_examples=300, deadline=None)
def test_found_links_are_in_order_and_within_the_text(text: str) -> None:
    at = 0
    for link in links_in(text):
        assert at <= link.start < link.end <= len(text)
        assert not any(sign.isspace() for sign in text[link.start : link.end])
        at = link.end


@pytest.mark.parametrize(
    "unit", ["a.com ", "a.com,", "(http://a.com/", "www.a", "a@b.com ", "é.com ", "http://", "://"]
)
def test_what_is_looked_at_for_links_is_bounded(unit: str) -> None:
    links_in("http://a.com")
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        links_in((unit * MAX_TEXT)[:MAX_TEXT])
    finally:
        sys.setprofile(None)
    assert calls < 20 * MAX_TEXT
