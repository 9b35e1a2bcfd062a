"""What a search takes for the same word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.words import Query, fold, tokens


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("acao", "AÇÃO e coração"),
        ("AÇÃO", "acao"),
        ("strasse", "Straße"),
        ("cora", "o coração"),
        ("two one", "one and two"),
        ("c++", "in C++ and C"),
        ("foo-bar", "a foo-bar here"),
        ("日本", "これは日本語です"),
        ("本", "日本"),
        ("สวัส", "สวัสดีครับ"),
        ("हिन्दी", "हिन्दी में"),
        ("👍", "ok 👍🏽 then"),
        ("❤", "I ❤️ it"),
        ("...", "well... no"),
        ('"quoted" AND', 'he said "quoted" and left'),
        ("한국", "한국어"),
        ("ﬁn", "final"),
        ("0 cut", "zero 0 cut"),
    ],
)
def test_query_finds(query: str, text: str) -> None:
    assert Query.parse(query).matches(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ction", "action"),
        ("act ion", "action"),
        ("one two", "one twist"),
        ("one two", "ones two"),
        ("c++", "c and +"),
        ("日語", "日本語"),
        ("...", "no dots"),
        ("हद", "हिन्दी"),
    ],
)
def test_query_does_not_find(query: str, text: str) -> None:
    assert not Query.parse(query).matches(text)


@pytest.mark.parametrize("query", ["", "  ", "\n\u3000", "\u0301"])
def test_nothing_to_look_for_is_known(query: str) -> None:
    assert Query.parse(query).is_empty


@given(st.text())
def test_every_text_is_found_by_its_own_words(text: str) -> None:
    for word in text.encode("utf-8", "replace").decode().split():
        query = Query.parse(word)
        assert query.is_empty or query.matches(text)


@given(st.text())
def test_folding_again_changes_nothing_that_counts(text: str) -> None:
    assert tokens(fold(fold(text))) == tokens(fold(text))


@given(st.text())
def test_what_an_index_is_asked_holds_nothing_but_words(text: str) -> None:
    for term in Query.parse(text).as_match().split(" "):
        bare = term.removesuffix("*")
        assert not term or (bare[0] == bare[-1] == '"' and '"' not in bare[1:-1])
