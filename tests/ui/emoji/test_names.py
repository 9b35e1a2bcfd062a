"""What emoji are called: the files, short codes in two languages, completion."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.emoji.data import TONES, all_emoji, code_of, load_names
from app.ui.emoji.names import (
    RECENTS,
    Completion,
    EmojiNames,
    complete,
    emoji_of,
    fragment,
    reader_names,
    with_recent,
)
from app.ui.texts import set_language

LANGUAGES = ("en", "pt")


def _emoji(found: list[Completion]) -> list[str]:
    return [emoji for emoji, _name in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_emoji_has_a_name_and_a_code_of_its_own(language: str) -> None:
    names = load_names(language)
    assert names is not None
    assert len(names) == len(all_emoji()) > 1_900
    assert all(one.name and one.codes for one in names)
    codes = {one.codes.split()[0] for one in names}
    assert len(codes) > 0.99 * len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_and_words_are_folded_as_questions_are(language: str) -> None:
    names = load_names(language)
    assert names is not None
    for one in names:
        for code in one.codes.split():
            assert code_of(code) == code
        for word in one.words.split():
            assert code_of(word) == word


def test_a_language_without_names_falls_back_to_english() -> None:
    assert load_names("tlh") is None
    assert EmojiNames("tlh").name("👍") == "thumbs up"


def test_toned_variants_are_the_recommended_ones() -> None:
    names = EmojiNames("en")
    of = all_emoji()
    assert of[names.place("👍") or 0].toned(3) == "👍🏽"
    assert of[names.place("🧑‍🚀") or 0].toned(5) == "🧑🏿‍🚀"
    assert of[names.place("👩‍❤️‍👨") or 0].toned(1) == "👩🏻‍❤️‍👨🏻"
    assert of[names.place("😀") or 0].toned(3) == "😀"
    assert sum(bool(one.light) for one in of) > 300


@pytest.mark.parametrize("tone", range(len(TONES)))
def test_an_emoji_is_known_in_every_tone(tone: int) -> None:
    names = EmojiNames("en")
    for place, one in enumerate(all_emoji()):
        assert names.place(one.toned(tone)) == place


@pytest.mark.parametrize(
    ("language", "code", "emoji"),
    [
        ("en", ":thumbs_up:", "👍"),
        ("en", "+1", "👍"),
        ("en", ":-1:", "👎"),
        ("en", "Thumbs-Up", "👍"),
        ("en", ":piñata:", "🪅"),
        ("en", ":joinha:", None),
        ("en", "", None),
        ("en", "::", None),
        ("pt_BR", ":joinha:", "👍"),
        ("pt_BR", ":coração:", "❤️"),
        ("pt_BR", ":CORACAO:", "❤️"),
        ("pt_BR", ":fogo:", "🔥"),
        ("pt_BR", ":thumbs_up:", "👍"),
    ],
)
def test_code_means_an_emoji(language: str, code: str, emoji: str | None) -> None:
    set_language(language)
    assert emoji_of(code) == emoji


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_leads_to_its_emoji(language: str) -> None:
    names = EmojiNames(language)
    for one in all_emoji():
        assert names.emoji(names.code(one.text)) == one.text


def test_names_are_in_the_language_that_is_spoken() -> None:
    assert reader_names().name("👍🏽") == "thumbs up"
    set_language("pt_BR")
    assert reader_names().name("👍🏽") == "polegar para cima"


def test_the_very_code_comes_first_then_beginnings_then_words() -> None:
    found = _emoji(complete(":fire", 50))
    assert found[0] == "🔥"
    assert found.index("🚒") < found.index("❤️‍🔥")
    assert complete("heart", 1) == [("❤️", "heart")]


def test_what_was_used_lately_comes_before_other_beginnings() -> None:
    before = _emoji(complete("smi", 30))
    assert before[0] != "😸"
    after = _emoji(complete("smi", 30, recents=("🐟", "😸")))
    assert after[0] == "😸"
    assert "🐟" not in after
    assert sorted(before) == sorted(after)


def test_used_lately_counts_where_an_inner_word_begins_so() -> None:
    assert _emoji(complete("te", 3, recents=("😂",)))[0] == "😂"


def test_the_very_code_beats_what_was_used_lately() -> None:
    assert _emoji(complete("fire", 3, recents=("🚒",)))[:2] == ["🔥", "🚒"]


def test_completion_speaks_both_languages_the_readers_first() -> None:
    set_language("pt_BR")
    assert complete("cora", 1) == [("❤️", "coracao")]
    assert complete("thumbsu", 3) == [("👍", "thumbsup")]
    joy = complete("jo", 30)
    assert joy.index(Completion("👍", "joinha")) < joy.index(Completion("😂", "joy"))


def test_completion_gives_the_skin_tone_that_was_chosen() -> None:
    assert complete("thumbsup", 1, tone=3) == [("👍🏽", "thumbsup")]


@given(st.text(max_size=12), st.integers(0, 12))
def test_completion_takes_anything(text: str, limit: int) -> None:
    found = complete(text, limit)
    assert len(found) <= limit
    assert len({emoji for emoji, _ in found}) == len(found)


@given(st.sampled_from([code for one in load_names("en") or () for code in one.codes.split()]))
def test_every_code_completes_itself(code: str) -> None:
    assert (emoji_of(code), code) in complete(code, 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_by_further_words_and_by_the_emoji_itself(language: str) -> None:
    names = EmojiNames(language)
    word = {"en": "celebrate", "pt": "aniversário"}[language]
    assert names.place("🎉") in names.search(word)
    assert names.search("👍🏽") == [names.place("👍")]
    assert names.search("xyzzyq") == []
    assert names.search("   ") == []


def test_search_wants_every_word() -> None:
    names = EmojiNames("en")
    found = [all_emoji()[place].text for place in names.search("cat heart")]
    assert "😻" in found
    assert "😺" not in found


def _fastest(text: str, names: EmojiNames) -> float:
    times = []
    for _ in range(5):
        begun = perf_counter()
        names.complete(text, 8, recents=("😂", "👍🏽"))
        times.append(perf_counter() - begun)
    return min(times)


def test_a_key_costs_a_small_part_of_building_the_index() -> None:
    begun = perf_counter()
    names = EmojiNames("pt")
    building = perf_counter() - begun
    slowest = max(_fastest(text, names) for text in ("s", "c", "a", "ca", "mulher", "bandeira"))
    assert slowest < building / 8


def test_the_last_used_comes_first_and_once() -> None:
    recents = with_recent(("😂", "👍", "❤️"), "👍🏽")
    assert recents == ("👍🏽", "😂", "❤️")
    many = tuple(one.text for one in all_emoji()[:100])
    assert with_recent(many, "🔥") == ("🔥", *many[: RECENTS - 1])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (":th", ":th"),
        ("good :thumbs_u", ":thumbs_u"),
        ("(:joi", ":joi"),
        ("é um :coraçã", ":coraçã"),
        ("yes :+1", ":+1"),
        ("👍:he", ":he"),
        (":t", ""),
        ("", ""),
        ("at 10:30", ""),
        ("http://", ""),
        ("see http:ab", ""),
        (":)", ""),
        (":-)", ""),
        (":heart:", ""),
        (":heart: and", ""),
        ("std::ab", ""),
        (":30", ""),
        ("a" * 100_000 + " :he", ":he"),
    ],
)
def test_an_unfinished_code_is_told_from_other_colons(text: str, code: str) -> None:
    assert fragment(text) == code
