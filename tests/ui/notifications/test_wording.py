"""What an announcement says, and that a stranger's words stay words in it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from app.ui.notifications.gathering import Batch
from app.ui.notifications.wording import announcement_of, as_markup, without_markup
from tests.helpers.corpus import naughty_strings, own_strings
from tests.ui.notifications.messages import entry


def batch(*spoken: tuple[str, str], to_me: int = 0, private: bool = False) -> Batch:
    made = Batch()
    for number, (nick, text) in enumerate(spoken):
        made.add(entry(nick, text, private_with=nick if private else ""), to_me=number < to_me)
    return made


def body(made: Batch, *, show_text: bool = True) -> str:
    return announcement_of(1, "Lab", made, show_text=show_text, sound=False).body


def test_one_message_is_shown() -> None:
    assert body(batch(("Ana", "hello\nyou"))) == "Ana: hello you"


def test_several_by_one_are_counted_and_the_newest_is_shown() -> None:
    assert body(batch(("Ana", "a"), ("Ana", "b"))) == "Ana: 2 new messages\nAna: b"


def test_several_by_many_are_counted() -> None:
    made = batch(*((nick, "x") for nick in ("Ana", "Leo", "Eva", "Tom") * 3))
    first = body(made).splitlines()[0]
    assert first.startswith("Ana and 3 other")
    assert first.endswith(": 12 new messages")


def test_what_is_for_me_is_shown_rather_than_what_is_newest() -> None:
    made = batch(("Ana", "@Leo, look"), ("Eva", "well"), to_me=1)
    assert body(made).splitlines()[1] == "Ana: @Leo, look"


def test_private_is_called_private() -> None:
    assert body(batch(("Ana", "psst"), to_me=1, private=True)) == "Ana, privately: psst"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (batch(("Ana", "secret")), "Ana wrote a message."),
        (batch(("Ana", "secret"), to_me=1), "Ana mentioned you."),
        (batch(("Ana", "secret"), to_me=1, private=True), "Ana wrote to you privately."),
        (batch(("Ana", "secret"), ("Ana", "secret")), "Ana: 2 new messages"),
    ],
)
def test_without_text_nothing_of_what_was_said_is_shown(made: Batch, expected: str) -> None:
    assert body(made, show_text=False) == expected


def test_hostile_texts_are_short_and_no_markup() -> None:
    for raw in [*own_strings(), *naughty_strings()]:
        text = raw.encode("utf-8", "replace").decode()
        for made in (batch((text, text)), batch((text, text), (text[:64], text))):
            said = announcement_of(1, text, made, show_text=True, sound=False)
            assert "\n" not in said.title
            assert len(said.title) <= 80
            assert len(said.body) < 1000
            assert said.body.count("\n") == made.count - 1
            markup = as_markup(said.body)
            # As a server's parser reads it, there is one run of text, and it is the very text.
            allowed = "".join(c for c in said.body if c == "\n" or c.isprintable())
            root = ET.fromstring(f"<body>{as_markup(allowed)}</body>")
            assert len(root) == 0
            assert root.text == allowed
            assert not set("<>\"'") & set(markup)
            assert not set("<>&") & set(without_markup(said.body))
