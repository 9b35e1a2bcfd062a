"""A text that is too long for one message, as several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import Say
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.composer.parts import MOST_PARTS, parts_of
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member


def _bare(text: str) -> str:
    return "".join(text.split())


@given(st.text(alphabet=st.sampled_from("ab \n🙂👍🏽é"), max_size=1_500))
def test_nothing_but_space_is_lost(text: str) -> None:
    parts = parts_of(text, 200)
    assert all(0 < len(part) <= 200 and part.strip() for part in parts)
    assert _bare("".join(parts)) == _bare(text)


@given(st.text(alphabet=st.sampled_from("ab\n`~ "), max_size=1_500))
def test_no_part_is_too_long_whatever_the_fences(text: str) -> None:
    assert all(0 < len(part) <= 200 for part in parts_of(text, 200))


def test_it_is_cut_between_paragraphs_then_lines_then_words() -> None:
    text = "\n\n".join(["word " * 20 + "end"] * 4)
    assert parts_of(text, 300)[0].endswith("end")
    lines = "\n".join(["word " * 10 + "end"] * 10)
    assert all(part.endswith("end") for part in parts_of(lines, 200))
    assert all(part.endswith("word") for part in parts_of("word " * 200, 203)[:-1])
    assert parts_of("x" * 400, 240) == ["x" * 200, "x" * 200]


def test_a_sign_of_several_characters_is_not_torn() -> None:
    hand = "👍🏽"
    parts = parts_of("x" + hand * 200, 160)
    assert all(part.count("👍") == part.count("🏽") for part in parts)


def test_a_block_of_code_is_closed_and_opened_again() -> None:
    text = "```python\n" + "print(1)\n" * 40 + "```\nafter"
    parts = parts_of(text, 200)
    assert len(parts) > 2
    assert all(part.startswith("```python\n") for part in parts)
    assert all(part.endswith("\n```") for part in parts[:-1])
    assert parts[-1].endswith("after")


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    page.set_active(True)
    page.composer.edit.setFocus()
    return page


def paste(page: ChatPage, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    page.composer.edit.insertFromMimeData(data)


def said_to_all(room: Room) -> list[str]:
    return [m.text for m in room.transport.sent if isinstance(m, Say)]


def test_a_long_paste_is_kept_and_may_go_as_several(room: Room, page: ChatPage) -> None:
    text = "word " * 2_400
    paste(page, text)
    edit, parts = page.composer.edit, page.composer.line.parts
    assert edit.toPlainText() == text
    assert "in parts" in page.composer.line.note
    assert parts.isVisible()
    assert parts.text().startswith("Send as 3 message")
    press(edit, Qt.Key.Key_Return)
    assert said_to_all(room) == [], "Enter does not decide it"
    edit.undo()
    assert edit.toPlainText() == ""
    edit.redo()
    click(parts)
    assert len(said_to_all(room)) == 3
    assert all(len(one) <= limits.MAX_TEXT for one in said_to_all(room))
    assert edit.toPlainText() == ""
    assert not parts.isVisible()


def test_what_is_refused_midway_stays_with_what_follows(
    room: Room, page: ChatPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def send(text: str, *, reply_to: int) -> Refusal | None:
        assert reply_to == 0
        sent.append(text)
        return Refusal.HOSTS_ONLY if len(sent) == 2 else None

    monkeypatch.setattr(room.session, "send", send)
    paste(page, "\n".join(["word " * 900 + str(n) for n in range(3)]))
    click(page.composer.line.parts)
    assert [text[-1] for text in sent] == ["0", "1"]
    kept = page.composer.edit.toPlainText()
    assert "0" not in kept
    assert kept.endswith("2")
    assert page.composer.line.note


def test_in_private_the_parts_go_to_the_one(room: Room, page: ChatPage) -> None:
    page.composing.write_privately(device("Priya"), "Priya")
    paste(page, "word " * 1_200)
    before = len(room.session.timeline)
    click(page.composer.line.parts)
    assert said_to_all(room) == []
    assert len(room.session.timeline) == before + 2


def test_a_book_or_a_command_is_not_offered_in_parts(page: ChatPage) -> None:
    paste(page, "x" * (MOST_PARTS * limits.MAX_TEXT + 1))
    assert not page.composer.line.parts.isVisible()
    page.composer.clear()
    paste(page, "/topic " + "x" * limits.MAX_TEXT)
    assert not page.composer.line.parts.isVisible()
