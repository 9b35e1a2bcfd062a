"""Lines that begin with a slash: done, or refused, and never sent as a text by accident."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.protocol.errors import Refusal
from app.protocol.messages import Mute, Rejected, Remove, Rename, RoleName, Say, SetTopic
from app.session.connection import Connection, Phase
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.composer.slash import slash_of, unescaped
from app.ui.chat.people.removal_panel import RemovalPanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    enter(room, page, "member")
    return page


def enter(room: Room, page: ChatPage, role: RoleName) -> None:
    room.join(
        member(1, "Marina", "host" if role != "host" else "member"),
        member(2, "Leo", role),
        member(3, "Ana Maria"),
        member(4, "Ana"),
        role=role,
    )
    page.set_active(True)
    page.composer.edit.setFocus()
    room.transport.sent.clear()


def say(page: ChatPage, text: str) -> None:
    write(page.composer.edit, text)
    press(page.composer.edit, ENTER)


def text_of(page: ChatPage) -> str:
    return page.composer.edit.toPlainText()


def names(page: ChatPage) -> list[str]:
    return [offer.insert for offer in page.completion.offered]


def wishes(room: Room, kind: type) -> list[object]:
    return [message for message in room.transport.sent if isinstance(message, kind)]


def test_what_a_slash_means() -> None:
    assert slash_of("hello /nick") is None
    assert slash_of("//nick") is None
    assert slash_of("  //x") is None
    assert slash_of("/Nick  Ana B ") == ("nick", "Ana B")
    assert slash_of("  /nick x") == ("nick", "x")
    assert slash_of("/") == ("", "")
    assert slash_of("/ nick") == ("", "nick")
    assert unescaped("//nick") == "/nick"
    assert unescaped("a //b") == "a //b"


@pytest.mark.parametrize("text", ["/quit", "/", "/ nick x", "  /usr/bin", "/nickname x", "/QUIT"])
def test_an_unknown_command_is_never_sent(room: Room, page: ChatPage, text: str) -> None:
    say(page, text)
    assert text_of(page) == text
    assert wishes(room, Say) == []
    assert "type //" in page.composer.line.note


def test_two_slashes_send_one(room: Room, page: ChatPage) -> None:
    say(page, "//nick is a command")
    assert [m.text for m in room.transport.sent if isinstance(m, Say)] == ["/nick is a command"]


def test_only_what_one_may_do_is_offered(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "/")
    assert names(page) == ["/nick", "/msg", "/away", "/export", "/help"]
    page.composer.clear()
    enter(room, page, "host")
    write(page.composer.edit, "/")
    assert names(page) == [
        "/nick",
        "/msg",
        "/away",
        "/topic",
        "/mute",
        "/kick",
        "/ban",
        "/export",
        "/help",
    ]
    assert all(offer.detail for offer in page.completion.offered)
    room.session.away = True
    write(page.composer.edit, "b")
    assert names(page) == ["/back", "/ban"]


def test_a_command_stands_at_the_beginning_alone(page: ChatPage) -> None:
    write(page.composer.edit, "and /ni")
    assert names(page) == []
    page.composer.clear()
    write(page.composer.edit, "a")
    press(page.composer.edit, ENTER, Qt.KeyboardModifier.ShiftModifier)
    write(page.composer.edit, "/ni")
    assert names(page) == []


def test_a_command_is_completed_and_then_the_name(room: Room, page: ChatPage) -> None:
    edit = page.composer.edit
    write(edit, "/ms")
    press(edit, DOWN)
    press(edit, ENTER)
    assert text_of(page) == "/msg "
    assert names(page) == ["Ana", "Ana Maria", "Marina"]
    write(edit, "mar")
    press(edit, DOWN)
    press(edit, Qt.Key.Key_Tab)
    assert text_of(page) == "/msg Ana Maria "
    press(edit, ENTER)
    assert page.composer.private == device("Ana Maria")
    assert text_of(page) == ""
    assert wishes(room, Say) == []


def test_another_nickname(room: Room, page: ChatPage) -> None:
    say(page, "/nick Leonor")
    assert [m.nick for m in room.transport.sent if isinstance(m, Rename)] == ["Leonor"]
    assert text_of(page) == ""
    room.session.receive(Rejected(code=Refusal.NICKNAME_TAKEN))
    assert "Leonor" in page.composer.line.note
    say(page, "/nick " + "x" * 40)
    assert len(wishes(room, Rename)) == 1
    assert "too long" in page.composer.line.note


@pytest.mark.parametrize("text", ["/nick", "/msg ", "/topic", "/kick"])
def test_what_is_missing_is_said(room: Room, page: ChatPage, text: str) -> None:
    enter(room, page, "host")
    say(page, text)
    assert text_of(page) == text
    assert text.strip() in page.composer.line.note
    assert room.transport.sent == []


def test_the_topic_for_those_who_may(room: Room, page: ChatPage) -> None:
    say(page, "/topic robots")
    assert wishes(room, SetTopic) == []
    assert "role" in page.composer.line.note
    page.composer.clear()
    enter(room, page, "moderator")
    say(page, "/topic robots")
    assert [m.topic for m in room.transport.sent if isinstance(m, SetTopic)] == ["robots"]
    say(page, "/topic " + "x" * 300)
    assert len(wishes(room, SetTopic)) == 1
    assert "topic" in page.composer.line.note


def test_away_and_back_are_for_all_rooms(qtbot: QtBot, page: ChatPage) -> None:
    with qtbot.waitSignal(page.away_requested) as away:
        say(page, "/away")
    assert away.args == [True]
    with qtbot.waitSignal(page.away_requested) as back:
        say(page, "/back")
    assert back.args == [False]
    assert text_of(page) == ""


def test_a_private_text_after_the_name_waits_to_be_sent(room: Room, page: ChatPage) -> None:
    say(page, "/msg ana maria see you")
    assert page.composer.private == device("Ana Maria")
    assert text_of(page) == "see you"
    assert wishes(room, Say) == []
    assert room.session.take("draft")[-1] == ("",)
    page.composer.clear()
    say(page, "/msg @Marina")
    assert page.composer.private == device("Marina")


def test_what_is_typed_as_a_command_is_no_draft_and_no_sign_of_life(
    room: Room, page: ChatPage
) -> None:
    write(page.composer.edit, "/msg Ana secret")
    assert {wish[0] for wish in room.session.take("draft")} == {""}
    assert room.session.take("typing") == []


def test_after_the_name_a_text_is_completed_like_any_other(page: ChatPage) -> None:
    write(page.composer.edit, "/msg ana maria so :rocke")
    assert page.completion.offered[0].insert == "🚀"
    write(page.composer.edit, " @mari")
    assert names(page) == ["@Ana Maria", "@Marina"]


def test_nobody_is_called_that(room: Room, page: ChatPage) -> None:
    enter(room, page, "host")
    for text in ("/msg Bob hello", "/kick Ana and more", "/msg Leo x"):
        page.composer.clear()
        say(page, text)
        assert text_of(page) == text
        assert page.composer.private == b""
        assert page.composer.line.note
    assert room.transport.sent == []


def test_moderating_asks_where_it_asks(room: Room, page: ChatPage) -> None:
    enter(room, page, "host")
    say(page, "/mute Ana")
    assert [(m.member, m.muted) for m in room.transport.sent if isinstance(m, Mute)] == [(4, True)]
    for text, ban in (("/kick ana maria", False), ("/ban Ana Maria", True)):
        say(page, text)
        current = page.popovers.current
        assert current is not None
        panel = current.findChild(RemovalPanel)
        assert panel is not None
        assert wishes(room, Remove) == [], "it asks first"
        panel.confirm.click()
        assert [m.ban for m in room.transport.sent if isinstance(m, Remove)] == [ban]
        room.transport.sent.clear()
        page.composer.edit.setFocus()


def test_nobody_moderates_the_host(room: Room, page: ChatPage) -> None:
    enter(room, page, "moderator")
    say(page, "/kick Marina")
    assert page.popovers.current is None
    assert "role" in page.composer.line.note


def test_help_shows_all_commands(page: ChatPage) -> None:
    say(page, "/help")
    assert text_of(page) == "/"
    assert "/help" in names(page)


def test_without_a_connection_only_what_needs_none(room: Room, page: ChatPage) -> None:
    room.session.set_connection(Connection(Phase.WAITING))
    write(page.composer.edit, "/")
    assert names(page) == ["/msg", "/away", "/export", "/help"]
    page.composer.clear()
    say(page, "/nick Leonor")
    assert text_of(page) == "/nick Leonor"
    assert "connection" in page.composer.line.note
    assert room.transport.sent == []


def test_in_private_nothing_typed_goes_to_everyone(room: Room, page: ChatPage) -> None:
    enter(room, page, "host")
    page.composing.write_privately(device("Ana"), "Ana")
    write(page.composer.edit, "/")
    assert names(page) == ["/msg", "/away", "/mute", "/kick", "/ban", "/export", "/help"]
    page.composer.clear()
    before = len(room.session.timeline)
    for text in ("/topic our secret", "/nick our secret", "/our secret"):
        say(page, text)
        assert text_of(page) == text
        assert page.composer.line.note
        page.composer.clear()
    assert room.transport.sent == []
    assert len(room.session.timeline) == before, "nor was it sent to the one"
    say(page, "//x")
    assert len(room.session.timeline) == before + 1


def test_a_barred_member_runs_no_command(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "/nick Leonor")
    room.session.muted = True
    room.session.info = replace(room.session.info)
    room.session.info_changed.emit()
    press(page.composer.edit, ENTER)
    assert room.transport.sent == []
