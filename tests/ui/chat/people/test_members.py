"""Who somebody is, and what one may do with them: from the roster, by mouse and by keys."""

from __future__ import annotations

from typing import cast

import pytest
from msgspec import structs
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QContextMenuEvent
from PyQt6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.protocol.messages import (
    AnyMessage,
    Changed,
    Located,
    Member,
    Mute,
    Presence,
    Rejected,
    Remove,
    Rename,
    Renamed,
    RoleName,
    SetRole,
)
from app.security.fingerprint import as_words
from app.session.connection import Connection, Phase
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.people.member_card import MemberCard
from app.ui.chat.people.member_deeds import Deed, deeds_for
from app.ui.chat.people.removal_panel import RemovalPanel
from app.ui.chat.people.rename_panel import RenamePanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

# The offscreen platform neither raises nor grabs for a popup, and says so.
shows_popup = pytest.mark.qt_log_ignore("This plugin does not support")

PEOPLE = (member(3, "Priya"), member(4, "Tom", "moderator"))


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join(member(2, "Leo", "host"), *PEOPLE, role="host")
    page.set_active(True)
    return page


def texts(widget: QWidget) -> str:
    labels = cast("list[QLabel]", widget.findChildren(QLabel))
    return "\n".join(label.text() for label in labels)


def stand_at(page: ChatPage, number: int) -> None:
    """Lead the keyboard to somebody's row."""
    view = page.roster.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_Home)
    for _ in range(20):
        if view.currentIndex().row() == page.roster.model.row_of(number):
            return
        press(view, Qt.Key.Key_Down)
    raise AssertionError(number)


def card_of(page: ChatPage) -> MemberCard:
    assert page.popovers.current is not None
    card = page.popovers.current.findChild(MemberCard)
    assert card is not None
    return card


def offered(
    room: Room, me: RoleName, other: RoleName, *, muted: bool = False, online: bool = True
) -> list[Deed]:
    host = () if "host" in {me, other} else (member(1, "Marina", "host"),)
    them = structs.replace(member(3, "Priya", other), muted=muted)
    room.join(*host, member(2, "Leo", me), them, role=me)
    if not online:
        room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=9))
    return deeds_for(room.session, them)


def last_wish(room: Room) -> AnyMessage:
    return room.transport.sent[-1]


def is_open(page: ChatPage) -> bool:
    return page.popovers.current is not None


KEEPING_ORDER = [Deed.MUTE, Deed.REMOVE, Deed.BAN]


@pytest.mark.parametrize(
    ("me", "other", "deeds"),
    [
        ("member", "member", []),
        ("member", "host", []),
        ("moderator", "member", KEEPING_ORDER),
        ("moderator", "moderator", []),
        ("moderator", "host", []),
        ("host", "member", [Deed.MODERATOR, *KEEPING_ORDER]),
        ("host", "moderator", [Deed.MEMBER, *KEEPING_ORDER]),
    ],
)
def test_only_what_the_host_would_allow_is_offered(
    room: Room, me: RoleName, other: RoleName, deeds: list[Deed]
) -> None:
    assert offered(room, me, other) == [Deed.WRITE, Deed.MENTION, *deeds]


def test_a_muted_member_can_be_let_write_again(room: Room) -> None:
    assert Deed.UNMUTE in offered(room, "host", "member", muted=True)
    assert Deed.MUTE not in offered(room, "host", "member", muted=True)


def test_offline_only_what_can_wait_is_offered(room: Room) -> None:
    assert offered(room, "host", "member", online=False) == [Deed.WRITE, Deed.MENTION]
    me = room.session.roster.get(2)
    assert me is not None
    assert deeds_for(room.session, me) == []


def test_whoever_is_muted_is_not_offered_to_write(room: Room) -> None:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    room.session.receive(Presence(changes=(Changed(number=2, muted=True),)))
    assert deeds_for(room.session, member(3, "Priya")) == []


def test_the_same_device_under_another_nickname_is_oneself(room: Room) -> None:
    room.join(member(2, "Leo", "host"), role="host")
    other = Member(number=9, nick="Leo at home", device=device("Leo"))
    assert deeds_for(room.session, other) == []


def test_enter_shows_who_somebody_is_and_escape_comes_back(room: Room, page: ChatPage) -> None:
    room.session.receive(Located(addresses={3: "192.168.1.31"}))
    stand_at(page, 3)
    press(page.roster.view, Qt.Key.Key_Return)
    told = texts(card_of(page))
    assert "Priya" in told
    assert "Connected from 192.168.1.31" in told
    assert "The host carries it and cannot read it" in told
    for word in as_words(device("Priya")):
        assert word in told
    press(page.focusWidget(), Qt.Key.Key_Escape)
    assert not is_open(page)
    assert page.roster.view.hasFocus()


def test_a_click_shows_who_somebody_is(page: ChatPage) -> None:
    view = page.roster.view
    port = view.viewport()
    assert port is not None
    row = page.roster.model.row_of(4)
    click(port, view.visualRect(page.roster.model.index(row)).center())
    assert "Moderator" in texts(card_of(page))
    page.popovers.close()
    click(port, view.visualRect(page.roster.model.index(0)).center())
    assert not is_open(page), "a section's name is nobody"


def test_the_card_stays_within_a_small_window(qtbot: QtBot, page: ChatPage) -> None:
    page.resize(420, 480)
    click(page.header.people)
    stand_at(page, 3)
    press(page.roster.view, Qt.Key.Key_Return)
    assert page.popovers.current is not None
    panel = page.popovers.current._panel
    qtbot.waitUntil(lambda: page.rect().contains(panel.geometry()))


def menu_at(page: ChatPage, reason: QContextMenuEvent.Reason, at: QPoint) -> QMenu | None:
    port = page.roster.view.viewport()
    assert port is not None
    QApplication.sendEvent(port, QContextMenuEvent(reason, at, port.mapToGlobal(at)))
    menus = [menu for menu in page.roster.view.findChildren(QMenu) if menu.isVisible()]
    return menus[0] if menus else None


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


@shows_popup
def test_the_menu_mutes_and_makes_moderators(room: Room, page: ChatPage) -> None:
    stand_at(page, 3)
    menu = menu_at(page, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    assert menu is not None
    choose(menu, "Mute")
    assert last_wish(room) == Mute(member=3, muted=True)
    row = page.roster.model.row_of(4)
    at = page.roster.view.visualRect(page.roster.model.index(row)).center()
    menu = menu_at(page, QContextMenuEvent.Reason.Mouse, at)
    assert menu is not None
    choose(menu, "Take back moderator")
    assert last_wish(room) == SetRole(member=4, role="member")
    assert menu_at(page, QContextMenuEvent.Reason.Mouse, QPoint(5, 3)) is None


@shows_popup
def test_shift_and_f10_open_the_menu_of_the_row_that_has_the_keyboard(page: ChatPage) -> None:
    stand_at(page, 3)
    press(page.roster.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    (menu,) = [menu for menu in page.roster.view.findChildren(QMenu) if menu.isVisible()]
    assert "Ban…" in {action.text() for action in menu.actions()}
    menu.close()


@shows_popup
def test_somebody_is_removed_after_a_second_step(room: Room, page: ChatPage) -> None:
    stand_at(page, 3)
    menu = menu_at(page, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    assert menu is not None
    before = list(room.transport.sent)
    choose(menu, "Remove from room…")
    assert room.transport.sent == before
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(RemovalPanel)
    assert panel is not None
    assert not panel.address.isVisible()
    press(panel.keep, Qt.Key.Key_Return)
    assert not is_open(page)
    assert room.transport.sent == before
    menu = menu_at(page, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    assert menu is not None
    choose(menu, "Remove from room…")
    press(page.focusWidget(), Qt.Key.Key_Tab)
    press(page.focusWidget(), Qt.Key.Key_Return)
    assert last_wish(room) == Remove(member=3)


def test_a_ban_says_what_it_does_and_takes_the_address_along(room: Room, page: ChatPage) -> None:
    room.session.receive(Located(addresses={3: "192.168.1.31"}))
    stand_at(page, 3)
    press(page.roster.view, Qt.Key.Key_Return)
    click(card_of(page).buttons[Deed.BAN])
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(RemovalPanel)
    assert panel is not None
    assert "cannot come back, under any nickname" in texts(panel)
    assert panel.address.text().endswith("192.168.1.31")
    panel.address.setFocus()
    press(panel.address, Qt.Key.Key_Space)
    click(panel.confirm)
    assert last_wish(room) == Remove(member=3, ban=True, address=True)


def test_what_is_not_allowed_any_more_is_not_done(room: Room, page: ChatPage) -> None:
    stand_at(page, 3)
    press(page.roster.view, Qt.Key.Key_Return)
    card = card_of(page)
    room.session.receive(Presence(changes=(Changed(number=2, role="member"),)))
    before = list(room.transport.sent)
    click(card.buttons[Deed.MUTE])
    assert room.transport.sent == before


def rename_panel(page: ChatPage) -> RenamePanel:
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(RenamePanel)
    assert panel is not None
    return panel


def test_one_is_renamed_by_keys(room: Room, page: ChatPage) -> None:
    stand_at(page, 2)
    press(page.roster.view, Qt.Key.Key_Return)
    click(card_of(page).buttons[Deed.RENAME])
    panel = rename_panel(page)
    assert panel.field.edit.selectedText() == "Leo"
    write(panel.field.edit, "Leonardo")
    press(panel.field.edit, Qt.Key.Key_Return)
    assert last_wish(room) == Rename(nick="Leonardo")
    assert is_open(page), "the host has not said yes"
    room.session.receive(
        Presence(changes=(Renamed(number=2, nick="Leonardo", before="Leo", at=0),))
    )
    assert not is_open(page)
    assert page.roster.model.row(1).title == "Leonardo"


def test_a_taken_nickname_is_told_at_the_field(room: Room, page: ChatPage) -> None:
    page.header.rename_requested.emit()
    panel = rename_panel(page)
    write(panel.field.edit, "Priya")
    press(panel.field.edit, Qt.Key.Key_Return)
    room.session.receive(Rejected(code="nickname-taken"))
    assert panel.field.error == "“Priya” is taken in this room. Choose another nickname."
    assert page.composer.line.note == ""
    write(panel.field.edit, "2")
    assert panel.field.error == ""


@pytest.mark.parametrize(("text", "error"), [("", "Choose a nickname"), ("x" * 33, "too long")])
def test_what_cannot_be_a_nickname_is_not_asked_for(
    room: Room, page: ChatPage, text: str, error: str
) -> None:
    page.header.rename_requested.emit()
    panel = rename_panel(page)
    panel.field.edit.setText(text)
    before = list(room.transport.sent)
    click(panel.save)
    assert error in panel.field.error
    assert room.transport.sent == before


MARKUP = "<b>x</b>&amp;"


def test_a_nickname_is_never_markup(room: Room, page: ChatPage) -> None:
    room.join(member(2, "Leo", "host"), member(3, MARKUP), role="host")
    room.session.receive(Located(addresses={3: MARKUP}))
    stand_at(page, 3)
    press(page.roster.view, Qt.Key.Key_Return)
    card = card_of(page)
    assert MARKUP in texts(card)
    for label in card.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    click(card.buttons[Deed.BAN])
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(RemovalPanel)
    assert panel is not None
    for label in panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert MARKUP.replace("&", "&&") in panel.address.text(), "an & names no shortcut"
