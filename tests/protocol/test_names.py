"""Names that hide, reorder or imitate are refused or compared as equal; people's names work."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from app.protocol import names
from app.protocol.limits import (
    MAX_NICKNAME,
    MAX_NICKNAME_BYTES,
    MAX_ROOM_NAME,
    MAX_ROOM_NAME_BYTES,
)
from app.protocol.names import (
    NameProblem,
    NameRefused,
    clean_line,
    clean_nickname,
    clean_room_name,
    nickname_key,
)

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

# Any code point, lone surrogates included, with a weight on what names are attacked with.
any_text = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs", "Cf", "Mn", "Zs", "So"]),
        st.sampled_from(
            "aIl1 ❤👍🏽🏴é\u200d\u200c\ufe0f\u20e3\u0301\u0307\u202e\U000e0067™´ﷺΝνßİı"
        ),
    )
)


def nickname_problem(text: str) -> NameProblem:
    with pytest.raises(NameRefused) as caught:
        clean_nickname(text)
    return caught.value.problem


def room_name_problem(text: str) -> NameProblem:
    with pytest.raises(NameRefused) as caught:
        clean_room_name(text)
    return caught.value.problem


@pytest.mark.parametrize(
    "nickname",
    [
        "Ana",
        "José da Silva",
        "Ana_Lúcia-7!",
        "李小龍",
        "김민준",
        "Юлия",
        "Nguyễn Văn Ắ",
        "مُحَمَّد",
        "שָׁלוֹם",
        "สมชาย",
        "සිරි",
        "ශ්\u200dරී",
        "می\u200cخواهم",
        "☕",
        "❤\ufe0f",
        "☕\ufe0f João",
        FAMILY,
        "👩🏽\u200d🚀",
        "🙂\u200d↔\ufe0f",
        "✌🏿",
        "🇧🇷",
        "🏳\ufe0f\u200d🌈",
        SCOTLAND,
        "1\ufe0f\u20e3",
        "#\u20e3",
        "\U0001fae8",
    ],
)
def test_names_of_people_and_emoji_are_shown_as_typed(nickname: str) -> None:
    assert clean_nickname(nickname) == nickname
    assert clean_room_name(nickname) == nickname
    assert clean_line(nickname, 250) == nickname
    assert nickname_key(nickname)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ana  ", "Ana"),
        ("Ana \u00a0\u3000 Lúcia", "Ana Lúcia"),
        ("Jose\u0301", "José"),
        ("ﬁn", "fin"),
        ("Ａｎａ", "Ana"),
        ("ANA", "ANA"),
    ],
)
def test_nickname_is_trimmed_and_normalized(typed: str, shown: str) -> None:
    assert clean_nickname(typed) == shown


@pytest.mark.parametrize("text", ["", " ", "\u3000 \u00a0"])
def test_empty_name_is_refused(text: str) -> None:
    assert nickname_problem(text) is NameProblem.EMPTY
    assert room_name_problem(text) is NameProblem.EMPTY


@pytest.mark.parametrize(
    "hostile",
    [
        *"\x00\x07\t\n\r\x1b\x7f\x85\xad",
        *"\u2028\u2029\u200b\u2060\ufeff\u034f\u115f\u180e\u3164\uffa0\u2800",
        *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        *"\ufff9\ud800\udfff\ue000\U0010fffd\u0378\ufdd0\uffff\U000e0041\U000e0100",
        *"\u200d\u200c\ufe0f",
    ],
    ids=ascii,
)
def test_characters_that_hide_or_reorder_are_refused(hostile: str) -> None:
    for text in (f"An{hostile}a", f"{hostile}Ana", f"Ana{hostile}", hostile):
        assert nickname_problem(text) is NameProblem.NOT_ALLOWED
        assert room_name_problem(text) is NameProblem.NOT_ALLOWED


@pytest.mark.parametrize(
    "text", ["👍\u200d", "\u200d👍", "👍\u200da", "👍\ufe0f\ufe0f", "🏴\U000e0067\U000e007f"]
)
def test_joiners_that_join_no_emoji_are_refused(text: str) -> None:
    assert nickname_problem(text) is NameProblem.NOT_ALLOWED
    assert room_name_problem(text) is NameProblem.NOT_ALLOWED


def test_piled_up_marks_are_refused() -> None:
    assert clean_nickname("x\u0323\u0302\u0301")
    assert nickname_problem("x\u0323\u0302\u0301\u0300") is NameProblem.NOT_ALLOWED
    assert nickname_problem("ứ\u0323\u0308") is NameProblem.NOT_ALLOWED
    assert room_name_problem("❤\ufe0f" + "\u0336" * 4) is NameProblem.NOT_ALLOWED


def test_mark_without_a_letter_is_refused() -> None:
    assert nickname_problem("\u0301Ana") is NameProblem.NOT_ALLOWED
    assert room_name_problem("\u20e3") is NameProblem.NOT_ALLOWED


def test_limits_of_nicknames_are_met_exactly() -> None:
    assert clean_nickname("n" * MAX_NICKNAME)
    assert nickname_problem("n" * (MAX_NICKNAME + 1)) is NameProblem.TOO_LONG
    assert clean_nickname("🐦" * (MAX_NICKNAME_BYTES // 4))
    assert nickname_problem("ﷺ" * 3) is NameProblem.TOO_LONG
    assert nickname_problem("n" * 1_000_000) is NameProblem.TOO_LONG


def test_limits_of_room_names_are_met_exactly() -> None:
    assert clean_room_name("n" * MAX_ROOM_NAME)
    assert room_name_problem("n" * (MAX_ROOM_NAME + 1)) is NameProblem.TOO_LONG
    assert clean_room_name("🐦" * (MAX_ROOM_NAME_BYTES // 4))
    assert room_name_problem("n" * 1_000_000) is NameProblem.TOO_LONG


def test_bytes_are_limited_besides_code_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.protocol.names.MAX_NICKNAME_BYTES", 8)
    monkeypatch.setattr("app.protocol.names.MAX_ROOM_NAME_BYTES", 8)
    assert clean_nickname("🐦🐦") == clean_room_name("🐦🐦")
    assert nickname_problem("🐦🐦n") is NameProblem.TOO_LONG
    assert room_name_problem("🐦🐦n") is NameProblem.TOO_LONG


def test_room_names_are_free_of_the_nickname_profile() -> None:
    assert clean_room_name("Physics · Lab ½ ﬁ ٠١") == "Physics · Lab ½ ﬁ ٠١"
    assert clean_room_name(" Sala\u00a0 A  ") == "Sala A"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Evan", "evan"),
        ("Evan", "Еvan"),
        ("Evan", "еvan"),
        ("EVAN", "еvаn"),
        ("paypal", "paypaI"),
        ("paypal", "PayPaI"),
        ("paypal", "pаypа1"),
        ("Ian", "ian"),
        ("Max O", "Max 0"),
        ("modern", "rnodern"),
        ("НИКОЛАЙ", "николай"),
        ("НОМЕ", "HOME"),
        ("ΝΙΚΟΣ", "νικος"),
        ("Νick", "Nick"),
        ("daνe", "dave"),
        ("aƽ", "AƼ"),
        ("Straße", "STRASSE"),
        ("José", "Jose\u0301"),
        ("Ａｎａ", "ana"),
        ("𝐀𝐧𝐚", "ana"),
        ("Ana  Lú", "ana\u00a0lú"),
        ("i\u0307an", "ian"),
        ("İan", "ian"),
        ("❤\ufe0f", "❤"),
        ("👩\u200d🚀", "👩🚀"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_nicknames_that_are_equal_or_look_alike_share_a_key(one: str, other: str) -> None:
    assert nickname_key(one) == nickname_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana", "Anna"),
        ("Nick", "Vick"),
        ("Jose", "José"),
        ("👍🏻", "👍🏿"),
        ("🇧🇷", "🇵🇹"),
        (FAMILY, "👨\u200d👩\u200d👧"),
        ("Николай", "Никола"),
        ("a b", "ab"),
    ],
)
def test_different_nicknames_have_different_keys(one: str, other: str) -> None:
    assert nickname_key(one) != nickname_key(other)


def test_key_of_a_nickname_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(NameRefused):
        nickname_key("An\u202ea")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" \r\n\t ", ""),
        ("  Exam \r\n on\tFriday\u2028! ", "Exam on Friday !"),
        ("a\u202eb\u2066c\x00d\ud800e", "abcde"),
        ("a \u200b b", "a b"),
        (f"{SCOTLAND} {FAMILY}", f"{SCOTLAND} {FAMILY}"),
        ("a\U000e0067b", "ab"),
    ],
)
def test_line_loses_controls_and_keeps_the_rest(text: str, line: str) -> None:
    assert clean_line(text, 250) == line


def test_line_is_refused_rather_than_cut() -> None:
    assert clean_line("n" * 250 + "\u202e\n", 250) == "n" * 250
    with pytest.raises(NameRefused) as caught:
        clean_line("n" * 251, 250)
    assert caught.value.problem is NameProblem.TOO_LONG


def test_skeleton_data_is_not_read_before_the_first_key() -> None:
    code = (
        "import app.protocol.names as names, sys;"
        "assert names._prototypes.cache_info().currsize == 0;"
        "assert 'confusable_homoglyphs' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(any_text)
def test_any_nickname_is_refused_or_clean(text: str) -> None:
    try:
        shown = clean_nickname(text)
    except NameRefused:
        with pytest.raises(NameRefused):
            nickname_key(text)
        return
    assert shown
    assert clean_nickname(shown) == shown
    assert len(shown) <= MAX_NICKNAME
    assert len(shown.encode()) <= MAX_NICKNAME_BYTES
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert nickname_key(shown) == nickname_key(text) != ""


@given(any_text)
def test_any_room_name_is_refused_or_clean(text: str) -> None:
    try:
        shown = clean_room_name(text)
    except NameRefused:
        return
    assert shown
    assert clean_room_name(shown) == shown
    assert len(shown) <= MAX_ROOM_NAME
    assert len(shown.encode()) <= MAX_ROOM_NAME_BYTES


@given(any_text)
def test_any_line_is_clean_and_stays_so(text: str) -> None:
    line = clean_line(text, len(text))
    assert clean_line(line, len(text)) == line
    assert line.encode().decode() == line
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(categories=["Lu", "Ll", "Lt"]), min_size=1, max_size=8))
def test_case_alone_never_makes_two_keys_within_a_script(text: str) -> None:
    only_latin = all("LATIN" in unicodedata.name(char, "") for char in text)
    no_latin = not any("LATIN" in unicodedata.name(char, "") for char in text)
    assume(only_latin or no_latin)
    try:
        shown = clean_nickname(text)
        other = clean_nickname(shown.swapcase())
    except NameRefused:
        reject()
    assume(shown.casefold() == other.casefold())
    assert nickname_key(shown) == nickname_key(other)


@given(st.text(st.characters(max_codepoint=0x7F), max_size=MAX_NICKNAME + 2))
def test_ascii_has_a_short_way_to_the_same_name_and_key(text: str) -> None:
    try:
        shown = names._clean_by_rules(text)
    except NameRefused:
        with pytest.raises(NameRefused):
            clean_nickname(text)
        return
    assert clean_nickname(text) == shown
    assert nickname_key(text) == names._key_by_rules(shown)
