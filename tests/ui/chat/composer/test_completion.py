"""What a word may become: offered while one writes, and put in only when it was chosen."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, QMimeData, QPoint, Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Say
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.composer.completion_list import CompletionList
from app.ui.chat.composer.completion_offers import MOST
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

DOWN, UP, TAB, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Return
ESCAPE, LEFT = Qt.Key.Key_Escape, Qt.Key.Key_Left


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join(
        member(1, "Marina", "host"),
        member(2, "Leo"),
        member(3, "Márcio Dias"),
        member(4, "Ana Maria"),
        member(5, "Priya"),
    )
    page.set_active(True)
    page.composer.edit.setFocus()
    return page


def text_of(page: ChatPage) -> str:
    return page.composer.edit.toPlainText()


def texts(page: ChatPage) -> list[str]:
    return [offer.text for offer in page.completion.offered]


def said_to_all(room: Room) -> list[str]:
    return [m.text for m in room.transport.sent if isinstance(m, Say)]


def test_people_are_found_by_any_word_whatever_case_and_accent(page: ChatPage) -> None:
    write(page.composer.edit, "hi @mar")
    assert texts(page) == ["Ana Maria", "Márcio Dias", "Marina"]
    write(page.composer.edit, "c")
    assert texts(page) == ["Márcio Dias"]
    write(page.composer.edit, "k")
    assert texts(page) == []


def test_who_spoke_last_comes_first_and_one_is_not_offered_oneself(
    room: Room, page: ChatPage
) -> None:
    room.say("Priya", "one", number=5)
    room.say("Marina", "two", number=1)
    room.say("Leo", "three", number=2)
    write(page.composer.edit, "@")
    assert texts(page) == ["Marina", "Priya", "Ana Maria", "Márcio Dias"]


def test_nothing_is_put_in_unless_it_was_chosen(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "@mar")
    assert page.completion.is_open
    press(page.composer.edit, ENTER)
    assert said_to_all(room) == ["@mar"]
    assert not page.completion.is_open


def test_tab_is_not_trapped(page: ChatPage) -> None:
    write(page.composer.edit, "@mar")
    press(page.composer.edit, TAB)
    assert not page.composer.edit.hasFocus()
    assert text_of(page) == "@mar"
    assert not page.completion.is_open


@pytest.mark.parametrize("key", [ENTER, TAB])
def test_up_and_down_choose_and_enter_or_tab_put_in(
    room: Room, page: ChatPage, key: Qt.Key
) -> None:
    write(page.composer.edit, "hi @mar")
    press(page.composer.edit, DOWN)
    assert page.completion.popup.row == 0
    press(page.composer.edit, UP)
    assert page.completion.popup.row == 2
    press(page.composer.edit, DOWN)
    press(page.composer.edit, DOWN)
    press(page.composer.edit, key)
    assert text_of(page) == "hi @Márcio Dias "
    assert page.composer.edit.hasFocus()
    assert said_to_all(room) == []
    assert not page.completion.is_open


def test_up_begins_at_the_last(page: ChatPage) -> None:
    write(page.composer.edit, "@mar")
    press(page.composer.edit, UP)
    assert page.completion.popup.row == 2


def test_typing_on_takes_the_choice_back(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "@ma")
    press(page.composer.edit, DOWN)
    write(page.composer.edit, "r")
    assert page.completion.popup.row == -1
    press(page.composer.edit, ENTER)
    assert said_to_all(room) == ["@mar"]


def test_escape_closes_and_it_stays_closed_for_that_word_alone(page: ChatPage) -> None:
    write(page.composer.edit, "@ma")
    press(page.composer.edit, ESCAPE)
    assert not page.completion.is_open
    write(page.composer.edit, "r")
    assert not page.completion.is_open
    write(page.composer.edit, " @p")
    assert texts(page) == ["Priya"]


def test_one_undo_takes_it_back(page: ChatPage) -> None:
    write(page.composer.edit, "@pri")
    press(page.composer.edit, DOWN)
    press(page.composer.edit, ENTER)
    assert text_of(page) == "@Priya "
    page.composer.edit.undo()
    assert text_of(page) == "@pri"


def test_in_the_middle_of_a_text_no_second_space_comes(page: ChatPage) -> None:
    edit = page.composer.edit
    edit.insertPlainText("🙂  there")
    for _ in " there":
        press(edit, LEFT)
    write(edit, "@pri")
    press(edit, DOWN)
    press(edit, ENTER)
    write(edit, "!")
    assert text_of(page) == "🙂 @Priya !there"


def test_a_click_puts_in_and_leaves_the_keyboard(qtbot: QtBot, page: ChatPage) -> None:
    write(page.composer.edit, "@mar")
    view = page.completion.popup.view
    qtbot.waitUntil(view.isVisible)
    model = view.model()
    assert model is not None
    place = view.visualRect(model.index(2, 0)).center()
    port = view.viewport()
    assert port is not None
    click(port, QPoint(place))
    assert text_of(page) == "@Marina "
    assert page.composer.edit.hasFocus()


def test_an_address_and_a_time_are_no_question(page: ChatPage) -> None:
    for text in ("me@mar", "10:30", "http:", "a/he", "x :) "):
        page.composer.edit.clear()
        write(page.composer.edit, text)
        assert not page.completion.is_open, text


def test_emoji_by_their_codes(page: ChatPage) -> None:
    write(page.composer.edit, "so :thum")
    assert ":thumbs_up:" in texts(page) or "👍" in [o.emoji for o in page.completion.offered]
    assert len(texts(page)) <= MOST
    press(page.composer.edit, DOWN)
    chosen = page.completion.offered[0].emoji
    press(page.composer.edit, TAB)
    assert text_of(page) == f"so {chosen}"
    assert page.emoji.values.emoji_recents == [chosen]


def test_a_whole_code_is_offered_and_not_replaced(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, ":heart:")
    assert text_of(page) == ":heart:"
    assert [offer.emoji for offer in page.completion.offered] == ["❤️"]
    press(page.composer.edit, ENTER)
    assert said_to_all(room) == [":heart:"]


def test_emoji_come_in_the_skin_tone_that_was_chosen(page: ChatPage) -> None:
    page.emoji.values.emoji_tone = 3
    write(page.composer.edit, ":+1")
    assert page.completion.offered[0].emoji == "👍🏽"
    page.emoji.values.emoji_tone = 99
    write(page.composer.edit, ":")
    assert page.completion.offered[0].emoji == "👍"


def test_an_input_method_is_left_alone(page: ChatPage) -> None:
    edit = page.composer.edit
    write(edit, "@ma")
    assert page.completion.is_open
    QApplication.sendEvent(edit, QInputMethodEvent("に", []))
    press(edit, DOWN)
    assert page.completion.popup.row == -1
    done = QInputMethodEvent()
    done.setCommitString("r")
    QApplication.sendEvent(edit, done)
    assert texts(page) == ["Ana Maria", "Márcio Dias", "Marina"]


def test_a_text_that_is_put_back_asks_nothing(page: ChatPage) -> None:
    page.composer.restore("@mar")
    assert not page.completion.is_open
    press(page.composer.edit, LEFT)
    assert not page.completion.is_open


def test_moving_out_of_the_word_closes(page: ChatPage) -> None:
    write(page.composer.edit, "so @mar")
    press(page.composer.edit, Qt.Key.Key_Home)
    assert not page.completion.is_open


def test_it_stands_over_the_composer_within_the_page(page: ChatPage) -> None:
    for width, height in ((916, 700), (420, 500), (420, 300)):
        page.composer.edit.clear()
        page.resize(width, height)
        write(page.composer.edit, "@")
        popup, composer = page.completion.popup, page.composer.geometry()
        assert page.rect().contains(popup.geometry())
        assert popup.geometry().bottom() <= composer.top() + 8
        assert not popup.isWindow()


def test_it_follows_the_composer(page: ChatPage) -> None:
    write(page.composer.edit, "@")
    before = page.completion.popup.geometry().bottom()
    page.resize(916, 600)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert page.completion.popup.geometry().bottom() == before - 100


def test_at_most_eight_people_are_offered(room: Room, page: ChatPage) -> None:
    room.join(member(2, "Leo"), *(member(10 + n, f"Guest {n:02}") for n in range(30)))
    write(page.composer.edit, "@gue")
    assert len(texts(page)) == 8


def test_it_is_told_to_those_who_hear(page: ChatPage) -> None:
    edit = page.composer.edit
    write(edit, "@mar")
    popup = page.findChild(CompletionList)
    assert popup is not None
    assert popup.view.accessibleName() == "Suggestions"
    index = popup.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Ana Maria"
    assert edit.accessibleDescription().startswith("3 suggestion")
    press(edit, DOWN)
    assert edit.accessibleDescription() == "Ana Maria"
    press(edit, ESCAPE)
    assert edit.accessibleDescription() == ""
    for _ in "@mar":
        press(edit, Qt.Key.Key_Backspace)
    write(edit, ":+1")
    index = popup.model.index(0, 0)
    assert "👍" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_it_works_in_private_and_escape_goes_one_step_at_a_time(room: Room, page: ChatPage) -> None:
    edit = page.composer.edit
    page.composing.write_privately(device("Priya"), "Priya")
    write(edit, "@mar")
    assert len(texts(page)) == 3
    press(edit, ESCAPE)
    assert not page.completion.is_open
    assert page.composer.private == device("Priya")
    press(edit, ESCAPE)
    assert page.composer.private == b""
    assert said_to_all(room) == []


def test_a_paste_asks_too_but_is_never_replaced(page: ChatPage) -> None:
    data = QMimeData()
    data.setText("@pri")
    page.composer.edit.insertFromMimeData(data)
    assert texts(page) == ["Priya"]
    assert text_of(page) == "@pri"
