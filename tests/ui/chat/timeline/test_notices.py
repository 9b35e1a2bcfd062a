"""What happened in a room, in one line."""

from __future__ import annotations

import pytest

from app.session.timeline import NoticeEntry, NoticeKind
from app.ui.chat.names import isolated, menu_text, one_line
from app.ui.chat.timeline.notices import notice_text


@pytest.mark.parametrize(
    ("came", "went", "text"),
    [
        (("Ana",), (), "Ana joined"),
        (("Ana", "Bo"), (), "Ana and Bo joined"),
        ((), ("Ines",), "Ines left"),
        ((), ("Ines", "Bo"), "Ines and Bo left"),
        (("Ana", "Ana"), ("Ana",), "Ana joined · Ana left"),
    ],
)
def test_comings_and_goings_are_one_line(
    came: tuple[str, ...], went: tuple[str, ...], text: str
) -> None:
    assert notice_text(NoticeEntry(NoticeKind.CAME, at=0, came=came, went=went)) == text


def test_many_are_two_names_and_a_number() -> None:
    notice = NoticeEntry(NoticeKind.CAME, at=0, came=("Priya", "Sam", "A", "B"), went=("Ines",))
    text = notice_text(notice)
    assert text.startswith("Priya, Sam and 2 other")
    assert text.endswith("joined · Ines left")


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_its_words(kind: NoticeKind) -> None:
    notice = NoticeEntry(kind, at=0, nick="9090", text="9091", came=("Ana",))
    assert notice_text(notice)


def test_a_busy_port_names_both_ports() -> None:
    text = notice_text(NoticeEntry(NoticeKind.PORT, at=0, nick="9090", text="9091"))
    assert text == "Port 9090 is busy, so this room uses 9091. The invite already says so."


def test_direction_controls_cannot_leave_a_name() -> None:
    assert one_line("evil\u202etxt\nlines") == "eviltxt lines"
    assert isolated("\u2069עומר") == "\u2068עומר\u2069"
    assert isolated("Ana") == "Ana"
    assert menu_text("R&D") == "R&&D"
