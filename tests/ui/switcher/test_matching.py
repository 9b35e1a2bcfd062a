"""How a name is found by a few of its letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.switcher.matching import Name, words_of


def marked(name: str, typed: str) -> str | None:
    """Return the name with what matched in brackets; None where it does not match."""
    match = Name(name).match(words_of(typed))
    if match is None:
        return None
    for start, end in reversed(match.runs):
        name = f"{name[:start]}[{name[start:end]}]{name[end:]}"
    return name


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("Robotics Lab", "rob", "[Rob]otics Lab"),
        ("Robotics Lab", "LAB", "Robotics [Lab]"),
        ("Robotics Lab", "lab rob", "[Rob]otics [Lab]"),
        ("Robotics Lab", "rl", "[R]obotics [L]ab"),
        ("Robotics Lab", "tics", "Robo[tics] Lab"),
        ("Robotics Lab", "t", None),
        ("Robotics Lab", "robb", None),
        ("Robotics Lab", "lab x", None),
        ("São João", "sao joao", "[São] [João]"),
        ("Sa\u0303o", "são", "[Sa\u0303o]"),
        ("Straße", "strasse", "[Straße]"),
        ("Room 204", "204", "Room [204]"),
        ("日本語の部屋", "部屋", "日本語の[部屋]"),
        ("🎮 LAN", "lan", "🎮 [LAN]"),
        ("a-b_c", "c", "a-b_[c]"),
        ("Ανδρέας", "ανδρεας", "[Ανδρέας]"),
    ],
)
def test_a_name_is_found_by_what_one_remembers(name: str, typed: str, found: str | None) -> None:
    assert marked(name, typed) == found


def test_a_beginning_is_worth_more_than_a_word_and_that_more_than_a_piece() -> None:
    words = words_of("lab")
    costs = []
    for name in ("Lab", "Robotics Lab", "Long American Bus", "Syllable lab".replace(" lab", "abo")):
        match = Name(name).match(words)
        assert match is not None
        costs.append(match.cost)
    assert costs == sorted(set(costs))


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_name_and_any_query_end_in_an_answer(name: str, typed: str) -> None:
    match = Name(name).match(words_of(typed))
    if match is not None:
        ends = [place for run in match.runs for place in run]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(name) for place in ends)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_every_name_is_found_by_itself(name: str) -> None:
    assert Name(name).match(words_of(name)) is not None
