"""The room's rules, the bans that hold, and what was done: in the menu, the header, the side."""

from __future__ import annotations

from typing import get_args

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.protocol.errors import Refusal
from app.protocol.messages import (
    Act,
    Acts,
    Ban,
    Bans,
    FetchActs,
    FetchBans,
    RoleName,
    RulesChanged,
    SetRules,
    Unban,
)
from app.protocol.messages.moderating import Deed
from app.session.connection import Connection, Phase
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.people.acts import act_text
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import NOON, Room, device, member

DEEDS: tuple[Deed, ...] = get_args(Deed)


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    be(room, "host")
    page.set_active(True)
    return page


def be(room: Room, role: RoleName) -> None:
    host = () if role == "host" else (member(1, "Marina", "host"),)
    room.join(*host, member(2, "Leo", role), member(3, "Priya"), role=role)


def menu_texts(page: ChatPage) -> list[str]:
    return [action.text() for action in page.header.more_menu().actions() if action.text()]


def choose(page: ChatPage, text: str) -> None:
    next(a for a in page.header.more_menu().actions() if a.text() == text).trigger()


def ban(number: int, nick: str, address: str = "") -> Ban:
    at = (NOON - 60) * 1000
    return Ban(number=number, nick=nick, device=device(nick), at=at, by="Leo", address=address)


def act(number: int, deed: Deed = "muted", nick: str = "Priya") -> Act:
    return Act(number=number, at=(NOON - 60) * 1000, by="Leo", deed=deed, nick=nick)


ORDER = {"Lock room", "Only hosts may write", "Bans and what was done…"}


@pytest.mark.parametrize(
    ("role", "offered"), [("host", True), ("moderator", True), ("member", False)]
)
def test_moderators_alone_are_offered_to_keep_order(
    room: Room, page: ChatPage, role: RoleName, offered: bool
) -> None:
    be(room, role)
    assert (set(menu_texts(page)) & ORDER == ORDER) is offered
    assert "Change nickname…" in menu_texts(page)
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=9))
    assert not set(menu_texts(page)) & {*ORDER, "Change nickname…"}


def test_the_menu_changes_one_rule_and_leaves_the_other(room: Room, page: ChatPage) -> None:
    choose(page, "Lock room")
    assert room.transport.sent[-1] == SetRules(locked=True, hosts_only=False)
    room.session.receive(RulesChanged(locked=True, by="Leo"))
    choose(page, "Only hosts may write")
    assert room.transport.sent[-1] == SetRules(locked=True, hosts_only=True)
    room.session.receive(RulesChanged(locked=True, hosts_only=True, by="Leo"))
    choose(page, "Unlock room")
    assert room.transport.sent[-1] == SetRules(locked=False, hosts_only=True)
    choose(page, "Everyone may write")
    assert room.transport.sent[-1] == SetRules(locked=True, hosts_only=False)


def test_the_rules_that_hold_are_in_sight_for_everyone(room: Room, page: ChatPage) -> None:
    be(room, "member")
    assert not page.header.rules.isVisible()
    assert not page.roster.rules.isVisible()
    room.session.receive(RulesChanged(locked=True, hosts_only=True, by="Marina"))
    assert page.header.rules.shown == ["Locked", "Only hosts write"]
    assert page.header.rules.isVisible()
    assert page.roster.rules.text.splitlines() == [
        "Locked: only people who have been here before get in.",
        "Only the host and moderators may write at the moment.",
    ]
    marks = page.header.rules.findChildren(
        QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
    )
    assert all(mark.accessibleName() and mark.toolTip() for mark in marks)
    room.session.receive(RulesChanged(hosts_only=True, by="Marina"))
    assert page.header.rules.shown == ["Only hosts write"]
    room.session.receive(RulesChanged(by="Marina"))
    assert not page.header.rules.isVisible()
    assert page.roster.rules.text == ""


def test_in_a_narrow_window_the_rules_are_icons(qtbot: QtBot, room: Room, page: ChatPage) -> None:
    room.session.receive(RulesChanged(locked=True, by="Leo"))
    page.resize(1000, 700)
    wide = page.header.rules.width()
    page.resize(420, 700)
    qtbot.waitUntil(lambda: 0 < page.header.rules.width() < wide)


def test_bans_are_asked_for_and_lifted_by_keys(room: Room, page: ChatPage) -> None:
    choose(page, "Bans and what was done…")
    panel = page.moderation
    assert panel.isVisible()
    assert not page.roster.isVisible()
    assert panel.bans_tab.hasFocus()
    assert room.transport.sent[-1] == FetchBans()
    room.session.receive(Bans(bans=(ban(7, "Rita", "10.0.0.9"), ban(5, "Sam"))))
    told = "\n".join(label.text() for label in panel.bans.findChildren(QLabel))
    assert "Rita" in told
    assert "also the address 10.0.0.9" in told
    lift = panel.bans.buttons[7]
    assert lift.accessibleName() == "Lift the ban of Rita"
    press(panel.bans_tab, Qt.Key.Key_Tab)
    assert lift.hasFocus()
    press(lift, Qt.Key.Key_Return)
    press(lift, Qt.Key.Key_Return)
    assert [m for m in room.transport.sent if isinstance(m, Unban)] == [Unban(ban=7)]
    room.session.receive(Bans(bans=(ban(5, "Sam"),)))
    assert list(panel.bans.buttons) == [5]
    room.session.receive(Bans(bans=()))
    assert panel.empty.isVisible()
    assert panel.empty.sentence == "Nobody is banned from this room."
    press(page.focusWidget(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert page.roster.isVisible()
    assert page.composer.edit.hasFocus()


def test_what_was_done_is_read_and_older_ones_are_loaded(room: Room, page: ChatPage) -> None:
    choose(page, "Bans and what was done…")
    room.session.receive(Bans(bans=()))
    panel = page.moderation
    press(panel.bans_tab, Qt.Key.Key_Right)
    assert panel.acts_tab.isChecked()
    assert room.transport.sent[-1] == FetchActs()
    room.session.receive(Acts(acts=(act(9), act(8, "locked", "")), more=True))
    assert panel.acts.isVisible()
    model = panel.model
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("Leo muted Priya, ")
    assert model.data(model.index(1)) == "Leo locked the room"
    click(panel.older)
    assert room.transport.sent[-1] == FetchActs(before=8)
    room.session.receive(Acts(acts=(act(7, "banned"),), more=False))
    assert [model.act(row).number for row in range(model.rowCount())] == [9, 8, 7]
    assert not panel.older.isVisible()
    panel.acts.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.acts, Qt.Key.Key_End)
    assert panel.acts.currentIndex().row() == 2
    assert not page.grab().isNull()


def test_what_others_are_called_is_never_markup(room: Room, page: ChatPage) -> None:
    markup = "<b>x</b>&amp;\u202e"
    choose(page, "Bans and what was done…")
    room.session.receive(Bans(bans=(ban(1, markup, markup),)))
    told = "\n".join(label.text() for label in page.moderation.bans.findChildren(QLabel))
    assert "<b>x</b>&amp;" in told
    assert "\u202e" not in told
    for label in page.moderation.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    click(page.moderation.acts_tab)
    room.session.receive(Acts(acts=(act(1, "banned", markup),)))
    assert "<b>x</b>&amp;" in str(page.moderation.model.data(page.moderation.model.index(0)))
    assert not page.grab().isNull()


def test_nothing_done_yet_says_so(room: Room, page: ChatPage) -> None:
    choose(page, "Bans and what was done…")
    click(page.moderation.acts_tab)
    room.session.receive(Acts(acts=()))
    assert page.moderation.empty.sentence == "Nothing was done here yet."
    assert page.moderation.empty.isVisible()


def test_the_panels_at_the_side_take_turns(page: ChatPage) -> None:
    choose(page, "Bans and what was done…")
    click(page.header.search)
    assert page.search.isVisible()
    assert not page.moderation.isVisible()
    choose(page, "Bans and what was done…")
    assert page.moderation.isVisible()
    assert not page.search.isVisible()
    assert not page.header.search.isChecked()
    click(page.header.people)
    assert page.roster.isVisible()
    assert not page.moderation.isVisible()


def test_the_keyboard_is_in_the_box_when_the_room_opens_before_its_window(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = ChatPage(room.session, theme, room.clock, window)
    page.focus_composer()
    be(room, "host")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    assert page.composer.edit.hasFocus()


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_has_its_words(deed: Deed) -> None:
    line = act_text(act(1, deed, "<b>Priya"))
    assert line.startswith("Leo ")
    assert "{" not in line


def test_a_message_deleted_by_its_author_names_nobody_else() -> None:
    assert act_text(act(1, "deleted", "")) == "Leo deleted a message"


def test_a_closed_room_offers_no_address(room: Room, page: ChatPage) -> None:
    assert "Copy address" in menu_texts(page)
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.ROOM_CLOSED))
    assert "Copy address" not in menu_texts(page)


def test_a_room_that_was_closed_is_no_alarm(room: Room, page: ChatPage) -> None:
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.ROOM_CLOSED))
    assert page.banner.closed.isVisible()
    assert not page.banner.stopped.isVisible()
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.BANNED))
    assert page.banner.stopped.isVisible()
    assert page.banner.stopped.button.isHidden(), "trying again does not help"
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.REMOVED))
    assert not page.banner.stopped.button.isHidden()
