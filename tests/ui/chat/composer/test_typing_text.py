"""Who is writing, in words."""

from __future__ import annotations

import pytest

from app.ui.chat.composer.typing_text import typing_text
from tests.ui.chat.rooms import Room, member


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((), ""),
        ((2,), ""),
        ((99,), ""),
        ((5,), "Aiko is typing…"),
        ((5, 4), "Aiko and Tom are typing…"),
        ((5, 2, 4), "Aiko and Tom are typing…"),
        ((5, 4, 1), "Several people are typing…"),
    ],
)
def test_it_names_up_to_two_and_never_oneself(
    room: Room, numbers: tuple[int, ...], text: str
) -> None:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(5, "Aiko"), member(4, "Tom"))
    room.session.others_typing = numbers
    assert typing_text(room.session) == text


def test_a_name_cannot_reorder_the_sentence(room: Room) -> None:
    room.join(member(2, "Leo", "host"), member(3, "\u202eעומר\n<b>"))
    room.session.others_typing = (3,)
    assert typing_text(room.session) == "\u2068עומר <b>\u2069 is typing…"
