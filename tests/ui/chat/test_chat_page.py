"""The whole page, as one uses it."""

from __future__ import annotations

from typing import cast

import pytest
from msgspec import structs
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.protocol.errors import Refusal
from app.protocol.messages import HistoryName, Rejected, RoleName, Say, SetTopic, TopicChanged
from app.session.connection import Connection, Phase, SharedAddress, Sharing, Verified
from app.session.store_file import StoreProblem
from app.session.transport import FoundMessages
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.copy_button import CopyIconButton
from app.ui.chat.header.history_panel import HistoryPanel
from app.ui.chat.header.topic_panel import TopicPanel
from app.ui.theme.theme import Theme
from app.ui.widgets.buttons import IconButton
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, member

SHARING = Sharing(
    addresses=(
        SharedAddress("192.168.1.20:9090", "wifi", "lab-mesh"),
        SharedAddress("10.0.4.7:9090", "ethernet"),
    ),
    invite="papo://192.168.1.20:9090/?fp=abc",
    fingerprint=bytes(range(32)),
)


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.session.verified = Verified.INVITE
    room.session.set_sharing(SHARING)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"), topic="Finals")
    page.set_active(True)
    return page


def copied() -> str:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


def texts(widget: QWidget) -> str:
    labels = cast("list[QLabel]", widget.findChildren(QLabel))
    return "\n".join(label.text() for label in labels)


def test_what_one_writes_is_sent(room: Room, page: ChatPage) -> None:
    page.focus_composer()
    write(page.composer.edit, "Hello")
    press(page.composer.edit, Qt.Key.Key_Return)
    assert [m.text for m in room.transport.sent if isinstance(m, Say)] == ["Hello"]
    assert page.composer.edit.toPlainText() == ""


def test_a_refused_text_stays(room: Room, page: ChatPage) -> None:
    write(page.composer.edit, "Hello")
    room.session.receive(Rejected(code="too-slow"))
    assert page.composer.edit.toPlainText() == "Hello"
    assert page.composer.line.note


def test_the_header_names_the_room(room: Room, page: ChatPage) -> None:
    assert page.header.name.full_text == "Robotics Lab"
    assert page.header.line.full_text.endswith("· Finals")
    assert page.header.chip.text() == "Verified by invite"
    room.session.receive(TopicChanged(topic="<b>bold</b>", by="Marina"))
    assert page.header.line.full_text.endswith("· <b>bold</b>")


@pytest.mark.parametrize(
    ("verified", "text"),
    [
        (Verified.OWN, "Your room"),
        (Verified.SEEN_BEFORE, "Seen before"),
        (Verified.FIRST_USE, "Host not verified"),
    ],
)
def test_the_chip_says_how_far_the_host_is_known(
    room: Room, page: ChatPage, verified: Verified, text: str
) -> None:
    room.session.verified = verified
    room.session.connection_changed.emit()
    assert page.header.chip.text() == text


def test_offline_one_can_go_on_writing(room: Room, page: ChatPage) -> None:
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=8))
    assert page.header.chip.text() == "Reconnecting…"
    assert page.banner.isVisible()
    for text in ("one", "two"):
        write(page.composer.edit, text)
        press(page.composer.edit, Qt.Key.Key_Return)
    assert page.composer.line.note.startswith("2 message")
    room.join()
    assert page.composer.line.note == ""
    assert not page.banner.isVisible()


def test_the_newest_messages_are_read_while_one_looks(room: Room, page: ChatPage) -> None:
    room.say("Priya", "one")
    assert room.session.unread == 0
    page.set_active(False)
    room.say("Priya", "two")
    assert room.session.unread == 1
    page.set_active(True)
    assert room.session.unread == 0


def test_messages_below_the_edge_stay_unread(room: Room, page: ChatPage) -> None:
    for number in range(80):
        room.say("Priya", f"message {number}")
    page.timeline.view.settle()
    bar = page.timeline.view.verticalScrollBar()
    assert bar is not None
    bar.setValue(0)
    room.say("Priya", "new")
    assert room.session.unread == 1
    bar.setValue(bar.maximum())
    assert room.session.unread == 0


def test_the_roster_gives_way_in_a_narrow_window(qtbot: QtBot, page: ChatPage) -> None:
    assert page.roster.isVisible()
    wide = page.timeline.width()
    assert wide == 916 - page.roster.width()
    page.resize(420, 700)
    assert not page.roster.isVisible()
    click(page.header.people)
    assert page.roster.isVisible()
    assert page.timeline.width() == 420
    page.resize(916, 700)
    qtbot.waitUntil(lambda: page.timeline.width() == wide)


def test_a_click_in_the_header_leaves_the_keyboard_in_the_composer(page: ChatPage) -> None:
    page.focus_composer()
    click(page.header.chip)
    focused = QGuiApplication.focusObject()
    assert not isinstance(focused, QAbstractButton), "a click shows no focus ring"
    press(focused, Qt.Key.Key_Escape)
    assert page.popovers.current is None
    assert page.composer.edit.hasFocus()
    page.header.chip.setFocus(Qt.FocusReason.TabFocusReason)
    press(page.header.chip, Qt.Key.Key_Space)
    for _ in range(3):
        focused = QGuiApplication.focusObject()
        assert isinstance(focused, CopyIconButton), "a key goes on within"
        press(focused, Qt.Key.Key_Tab)
    press(QGuiApplication.focusObject(), Qt.Key.Key_Escape)
    assert page.header.chip.hasFocus()


def test_the_chip_shows_the_words(page: ChatPage) -> None:
    click(page.header.chip)
    assert page.popovers.current is not None
    assert "Room fingerprint" in texts(page.popovers.current)
    click(page.popovers.current)
    assert page.popovers.current is None


@pytest.mark.parametrize("role", ["host", "moderator"])
def test_the_host_and_moderators_edit_the_topic(room: Room, page: ChatPage, role: RoleName) -> None:
    room.join(member(2, "Leo", role), role=role)
    menu = page.header.more_menu()
    actions = {action.text(): action for action in menu.actions()}
    assert "Edit topic…" in actions
    assert ("What newcomers see…" in actions) is (role == "host")
    actions["Edit topic…"].trigger()
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(TopicPanel)
    assert panel is not None
    panel.field.edit.clear()
    write(panel.field.edit, "New topic")
    press(panel.field.edit, Qt.Key.Key_Return)
    assert SetTopic(topic="New topic") in room.transport.sent
    assert page.popovers.current is None


def test_leaving_is_asked_of_the_owner(qtbot: QtBot, room: Room, page: ChatPage) -> None:
    actions = {action.text(): action for action in page.header.more_menu().actions()}
    with qtbot.waitSignal(page.leave_requested) as left:
        actions["Leave room"].trigger()
    assert left.args == [room.session]
    actions["Copy address"].trigger()
    assert copied() == "192.168.1.20:9090"


def test_a_draft_comes_back_and_is_kept(
    qtbot: QtBot, room: Room, theme: Theme, page: ChatPage
) -> None:
    write(page.composer.edit, "ab")
    assert room.session.take("draft") == [("a",), ("ab",)]
    assert room.session.take("typing") == [(True,), (True,)]
    press(page.composer.edit, Qt.Key.Key_Return)
    assert room.session.take("draft") == [("",)]
    assert room.session.take("typing") == [(False,)]
    room.session.kept_draft = "half a <b>thought"
    again = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(again)
    assert again.composer.edit.toPlainText() == "half a <b>thought"
    assert room.session.take("draft") == []


def test_who_writes_is_told_while_connected(room: Room, page: ChatPage) -> None:
    room.session.others_typing = (3,)
    room.session.typing_changed.emit()
    assert page.composer.line.note == "Priya is typing…"
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=8))
    assert page.composer.line.note == ""
    room.session.set_connection(Connection(Phase.ONLINE))
    room.session.slowed.emit(3.0)
    assert page.composer.line.note.startswith("You write faster than this room allows.")


def test_the_host_chooses_what_newcomers_see(room: Room, page: ChatPage) -> None:
    assert "What newcomers see…" not in {a.text() for a in page.header.more_menu().actions()}
    room.join(member(2, "Leo", "host"), role="host", history="last", history_count=30)
    assert page.header.line.accessibleDescription().startswith("Newcomers see the last 30")
    actions = {action.text(): action for action in page.header.more_menu().actions()}
    page.header.more.setFocus()
    actions["What newcomers see…"].trigger()
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(HistoryPanel)
    assert panel is not None
    focused = page.focusWidget()
    assert focused is panel.choices["last"]
    press(focused, Qt.Key.Key_Up)
    press(page.focusWidget(), Qt.Key.Key_Escape)
    assert room.session.take("history") == [("joined", 0)]
    assert page.popovers.current is None


@pytest.mark.parametrize(
    ("history", "text"),
    [
        ("joined", "Newcomers see what is said from when they join."),
        ("last", "Newcomers see the last 30"),
    ],
)
def test_joining_tells_what_newcomers_see_once(
    qtbot: QtBot, room: Room, theme: Theme, history: HistoryName, text: str
) -> None:
    page = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(page)
    room.join(history=history, history_count=30)
    room.join(history=history, history_count=30)
    model = page.timeline.model
    shown = [str(model.data(model.index(row))) for row in range(model.rowCount())]
    assert text in shown[0]
    assert sum(text in line for line in shown) == 1
    assert text in model.spoken(0)
    assert text in model.row(0).notice


def test_a_room_that_keeps_nothing_says_so(qtbot: QtBot, room: Room, theme: Theme) -> None:
    page = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(page)
    page.show()
    room.join(history="none")
    assert page.timeline.empty.isVisible()
    assert page.timeline.empty.sentence == (
        "This room keeps no history. You see what is said from now on."
    )


def test_a_full_disk_here_is_told_once(room: Room, page: ChatPage) -> None:
    assert page.store_bar.isHidden()
    room.session.store_failed.emit(StoreProblem.FULL)
    assert page.store_bar.text == (
        "This computer’s disk is full, so this room is not kept here for now. The chat goes on."
    )
    assert page.store_bar.isVisible()
    close = page.store_bar.findChild(IconButton)
    assert close is not None
    click(close)
    room.session.store_failed.emit(StoreProblem.FULL)
    assert page.store_bar.isHidden()


def test_a_full_disk_of_the_host_is_told_under_the_message(room: Room, page: ChatPage) -> None:
    room.session.send("one")
    cid = room.session.timeline.pending[0].cid
    room.session.receive(Rejected(code=Refusal.NOT_SAVED, cid=cid))
    model = page.timeline.model
    spoken = model.spoken(model.rowCount() - 1)
    assert "the disk of Marina’s computer is full" in spoken
    room.session.hosted_here = True
    assert "the disk of this computer is full" in model.spoken(model.rowCount() - 1)


@pytest.mark.parametrize("phase", [Phase.CONNECTING, Phase.WAITING])
def test_what_was_kept_is_shown_while_there_is_no_connection(
    qtbot: QtBot, room: Room, theme: Theme, phase: Phase
) -> None:
    room.session.set_connection(Connection(phase))
    page = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(page)
    page.resize(916, 700)
    page.show()
    assert page.trust.isVisible()
    assert not page.header.search.isVisible()
    room.session.timeline.confirm((room.said("Priya", "kept"),), 2)
    assert not page.trust.isVisible()
    assert page.timeline.isVisible()
    assert page.banner.text.startswith("No connection to the host’s computer.")
    assert page.header.chip.text() == "Reconnecting…"
    assert page.header.search.isVisible()
    again = ChatPage(room.session, theme, room.clock)
    qtbot.addWidget(again)
    assert not again.trust.is_needed
    assert again.banner.text


def test_ctrl_f_searches_and_escape_comes_back(room: Room, page: ChatPage) -> None:
    for number in range(60):
        room.say("Priya", f"motor {number}")
    page.focus_composer()
    press(page.composer.edit, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.isVisible()
    assert not page.roster.isVisible()
    assert page.header.search.isChecked()
    assert page.search.field.edit.hasFocus()
    write(page.search.field.edit, "motor")
    room.clock.advance(1)
    said = room.said("Priya", "motor 5")
    found = (structs.replace(said, seq=6),)
    room.session.found.emit(FoundMessages("motor", found))
    press(page.search.field.edit, Qt.Key.Key_Return)
    assert page.timeline.view._delegate.marked == 6
    assert page.search.isVisible()
    press(page.search.field.edit, Qt.Key.Key_Escape)
    assert not page.search.isVisible()
    assert page.roster.isVisible()
    assert page.composer.edit.hasFocus()
    click(page.header.search)
    assert page.search.field.edit.selectedText() == "motor"
    click(page.header.people)
    assert page.roster.isVisible()
    assert not page.header.search.isChecked()


def test_in_a_narrow_window_a_result_uncovers_the_timeline(room: Room, page: ChatPage) -> None:
    room.say("Priya", "motor")
    page.resize(420, 700)
    assert page.header.invite.isHidden()
    assert "Invite people…" in {a.text() for a in page.header.more_menu().actions()}
    click(page.header.search)
    assert page.search.isVisible()
    assert page.timeline.width() == 420
    page.search.chosen.emit(1)
    assert not page.search.isVisible()
    assert page.timeline.view.hasFocus()


def test_a_message_too_far_back_is_said_to_be_so(room: Room, page: ChatPage) -> None:
    room.say("Priya", "motor")
    room.session.older_answers = []
    click(page.header.search)
    page.search.chosen.emit(2**40)
    assert page.search.note == "That message is too far back to be shown from here."


def test_a_room_with_people_in_it_is_not_closed_unasked(
    qtbot: QtBot, room: Room, page: ChatPage
) -> None:
    room.session.hosted_here = True
    room.join(member(2, "Leo", "host"), member(3, "Ana"), member(4, "Bo"), role="host")
    page.header.more.setFocus()
    with qtbot.assertNotEmitted(page.leave_requested):
        page.ask_to_leave()
        panel = page.popovers.current
        assert panel is not None
        assert "Close this room? 2 " in texts(panel)
        focused = page.focusWidget()
        assert isinstance(focused, QAbstractButton)
        assert focused.text() == "Keep it open"
        press(focused, Qt.Key.Key_Return)
    assert page.popovers.current is None
    page.ask_to_leave()
    press(page.focusWidget(), Qt.Key.Key_Tab)
    focused = page.focusWidget()
    assert isinstance(focused, QAbstractButton)
    assert focused.text() == "Close room"
    with qtbot.waitSignal(page.leave_requested):
        press(focused, Qt.Key.Key_Space)


def test_a_room_without_others_closes_at_once(qtbot: QtBot, room: Room, page: ChatPage) -> None:
    room.session.hosted_here = True
    room.join(member(2, "Leo", "host"), role="host")
    with qtbot.waitSignal(page.leave_requested):
        page.ask_to_leave()


def test_the_menu_button_counts(qtbot: QtBot, page: ChatPage) -> None:
    page.set_menu_button(True, 20)
    assert page.header.menu.isVisible()
    assert "20" in page.header.menu.accessibleName()
    with qtbot.waitSignal(page.menu_requested):
        click(page.header.menu)


def test_trust_comes_before_the_timeline(room: Room, page: ChatPage) -> None:
    room.session.set_connection(
        Connection(Phase.CHANGED, fingerprint=bytes(32), expected=bytes(range(32)))
    )
    assert page.trust.isVisible()
    assert not page.timeline.isVisible()
    assert not page.composer.isVisible()
    assert not page.roster.isVisible()


def test_everything_that_takes_the_keyboard_has_a_name(page: ChatPage) -> None:
    click(page.header.invite)
    for widget in page.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QAbstractItemView | QTextEdit):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if widget.isVisible():
            assert widget.accessibleName() or text, widget


MARKUP = "<img src=file:///etc/passwd><b>&amp;"


def test_markup_from_others_is_shown_as_it_is(room: Room, page: ChatPage) -> None:
    room.join(member(1, MARKUP, "host"), member(2, "Leo"), topic=MARKUP, name=MARKUP[:60])
    room.session.address = MARKUP
    room.session.receive(TopicChanged(topic=MARKUP, by=MARKUP))
    room.say(MARKUP, MARKUP)
    room.session.set_sharing(
        Sharing((SharedAddress(MARKUP, "wifi", MARKUP),), MARKUP, bytes(range(32)))
    )
    for phase in (Phase.WAITING, Phase.NICKNAME, Phase.ASKING, Phase.CHANGED, Phase.ONLINE):
        room.session.set_connection(
            Connection(phase, problem=MARKUP, fingerprint=bytes(32), expected=bytes(32))
        )
        page.grab()
        for label in page.findChildren(QLabel):
            assert label.textFormat() == Qt.TextFormat.PlainText
        for widget in page.findChildren(QWidget):
            assert "<img" not in widget.toolTip()
            assert "<b>" not in widget.toolTip()
    click(page.header.invite)
    assert page.popovers.share is not None
    for label in page.popovers.share.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert page.header.line.full_text.endswith(MARKUP)
    model = page.timeline.model
    assert model.data(model.index(model.rowCount() - 1)) == MARKUP
    assert page.roster.model.row(1).title == MARKUP
