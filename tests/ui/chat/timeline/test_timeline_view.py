"""The timeline as one uses it."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PyQt6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.protocol.messages import Fetch, Live, Page, Rejected, Said, Say
from app.session.taking_back import GRACE
from app.session.timeline import MessageEntry, NoticeEntry, NoticeKind, SendState
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room, member

# The offscreen platform neither raises nor grabs for a popup, and says so.
shows_popup = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    panel.set_watched(True)
    return panel


def fill(room: Room, count: int) -> None:
    for number in range(count):
        room.say("Priya", f"message {number}")


def settle(panel: TimelinePanel) -> None:
    panel.view.settle()


def copied() -> str:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


def bar_value(panel: TimelinePanel) -> tuple[int, int]:
    bar = panel.view.verticalScrollBar()
    assert bar is not None
    return bar.value(), bar.maximum()


def last_index_rect_bottom(panel: TimelinePanel) -> int:
    model = panel.model
    return panel.view.visualRect(model.index(model.rowCount() - 1)).bottom()


def scroll_to(panel: TimelinePanel, value: int) -> None:
    bar = panel.view.verticalScrollBar()
    assert bar is not None
    bar.setValue(value)
    settle(panel)


def test_it_stays_at_the_end_while_messages_come(room: Room, panel: TimelinePanel) -> None:
    fill(room, 60)
    settle(panel)
    value, maximum = bar_value(panel)
    assert value == maximum > 0
    assert panel.view.at_end
    assert not panel.jump.isVisible()


def test_reading_older_messages_is_not_disturbed(room: Room, panel: TimelinePanel) -> None:
    fill(room, 60)
    settle(panel)
    scroll_to(panel, 100)
    row = panel.view.first_row_in_sight()
    top = panel.view.visualRect(panel.model.index(row)).top()
    fill(room, 40)
    settle(panel)
    assert panel.view.first_row_in_sight() == row
    assert panel.view.visualRect(panel.model.index(row)).top() == top
    assert not panel.view.at_end
    assert panel.jump.isVisible()


def test_an_older_page_comes_in_without_a_jump(room: Room, panel: TimelinePanel) -> None:
    fill(room, 60)
    settle(panel)
    scroll_to(panel, 150)
    row = panel.view.first_row_in_sight()
    text = panel.model.data(panel.model.index(row))
    top = panel.view.visualRect(panel.model.index(row)).top()
    older = tuple(room.said("Sam", f"older {number}" * 20) for number in range(50))
    room.session.timeline.prepend(older, 2)
    settle(panel)
    row = panel.view.first_row_in_sight()
    assert panel.model.data(panel.model.index(row)) == text
    assert panel.view.visualRect(panel.model.index(row)).top() == top


def test_the_page_above_is_asked_for_near_the_top(qtbot: QtBot, room: Room, theme: Theme) -> None:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    room.join(last_seq=500)
    room.last_seq = 300
    said = tuple(room.said("Priya", "text") for _ in range(200))
    room.session.receive(Page(after=300, until=500, said=said))
    settle(panel)
    wished = [m for m in room.transport.sent if isinstance(m, Fetch) and m.newest]
    assert wished == []
    scroll_to(panel, 10)
    wished = [m for m in room.transport.sent if isinstance(m, Fetch) and m.newest]
    assert [fetch.until for fetch in wished] == [300]


def test_a_new_width_keeps_the_end(room: Room, panel: TimelinePanel) -> None:
    for _ in range(30):
        room.say("Priya", "some words that wrap at one width and not at another " * 4)
    settle(panel)
    for width in (300, 900, 450):
        panel.resize(width, 400)
        settle(panel)
        value, maximum = bar_value(panel)
        assert value == maximum
        assert last_index_rect_bottom(panel) < 400


def test_unread_messages_are_never_scrolled_past(room: Room, panel: TimelinePanel) -> None:
    fill(room, 10)
    panel.set_watched(False)
    fill(room, 80)
    settle(panel)
    row = panel.model.unread_row
    assert panel.model.data(panel.model.index(row)) == "message 0"
    assert panel.view.visualRect(panel.model.index(row)).top() >= 0
    assert not panel.view.at_end


def test_the_unread_line_stays_until_one_leaves(room: Room, panel: TimelinePanel) -> None:
    panel.set_watched(False)
    fill(room, 3)
    assert panel.model.unread_row >= 0
    panel.set_watched(True)
    room.session.set_watched(True)
    assert panel.model.unread_row >= 0
    room.session.set_watched(False)
    panel.set_watched(False)
    assert panel.model.unread_row == -1


def test_the_jump_button_counts_and_leads_to_the_end(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    fill(room, 60)
    settle(panel)
    scroll_to(panel, 0)
    room.session.set_watched(False)
    fill(room, 3)
    qtbot.waitUntil(lambda: panel.jump.accessibleName().count("3") == 1)
    click(panel.jump)
    assert panel.view.at_end
    assert not panel.jump.isVisible()


def test_several_messages_are_copied_by_keyboard(room: Room, panel: TimelinePanel) -> None:
    fill(room, 5)
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = copied().splitlines()
    assert [line.split("] ")[1] for line in lines] == ["Priya: message 3", "Priya: message 4"]


def test_arrow_keys_move_by_message(room: Room, panel: TimelinePanel) -> None:
    fill(room, 5)
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    last = panel.model.rowCount() - 1
    press(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == last - 1
    press(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0


def failed(room: Room, text: str) -> bytes:
    room.session.send(text)
    cid = [m for m in room.transport.sent if isinstance(m, Say)][-1].cid
    room.session.receive(Rejected(code="not-permitted", cid=cid))
    return cid


def test_a_failed_message_is_tried_again_by_keyboard(room: Room, panel: TimelinePanel) -> None:
    failed(room, "again")
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    press(view, Qt.Key.Key_Return)
    entry = panel.model.entry(panel.model.rowCount() - 1)
    assert isinstance(entry, MessageEntry)
    assert entry.state is SendState.SENDING
    room.session.receive(Rejected(code="not-permitted", cid=entry.cid))
    before = panel.model.rowCount()
    press(view, Qt.Key.Key_Delete)
    room.clock.advance(GRACE)
    assert panel.model.rowCount() == before - 1


def test_the_links_under_a_failed_message_work(room: Room, panel: TimelinePanel) -> None:
    failed(room, "again")
    settle(panel)
    view = panel.view
    row = panel.model.rowCount() - 1
    rect = view.visualRect(panel.model.index(row))
    delegate = view._delegate
    found: dict[object, QPoint] = {}
    for y in range(rect.top(), rect.bottom(), 2):
        for x in range(0, 300, 3):
            link = delegate.link_at(row, rect, QPoint(x, y))
            if link is not None:
                found.setdefault(link, QPoint(x, y))
    assert {str(link) for link in found} == {"Link.TRY_AGAIN", "Link.DELETE"}
    delete = next(point for link, point in found.items() if str(link) == "Link.DELETE")
    viewport = view.viewport()
    assert viewport is not None
    click(viewport, pos=delete)
    room.clock.advance(GRACE)
    assert panel.model.rowCount() == row


def test_the_menu_offers_what_the_message_can_do(room: Room, panel: TimelinePanel) -> None:
    fill(room, 1)
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, Qt.Key.Key_End)
    view.selectAll()
    texts = [a.text() for a in view.deeds.menu().actions() if a.text()]
    assert texts == ["Reply", "React", "Copy", "Copy text", "Message Priya privately…"]
    failed(room, "no")
    view.selectAll()
    texts = [a.text() for a in view.deeds.menu().actions() if a.text()]
    assert texts == ["Copy", "Copy text", "Try again", "Delete"]


def test_an_empty_room_of_ones_own_offers_the_invite(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    room.session.hosted_here = True
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    room.join(member(2, "Leo", "host"), role="host")
    assert panel.empty.isVisible()
    assert panel.empty.sentence == "Your room is open. Send the invite to bring people in."
    assert panel.copy_invite.isVisible()
    room.join(member(2, "Leo", "host"), member(3, "Priya"), role="host")
    assert panel.empty.sentence == "Nothing has been said here yet. Say hello."
    assert not panel.copy_invite.isVisible()
    fill(room, 1)
    assert not panel.empty.isVisible()


HOSTILE = [
    "<img src=file:///etc/passwd>",
    "x" * 5000,
    "\n" * 4999 + "x",
    "Z" + "\u0301" * 4999,
    "\u202e" * 2500 + "abc",
    "🙂" * 5000,
    "👩‍👩‍👧‍👦" * 700,
    ("مرحبا\nabc\n") * 500,
    "\x00\x01\x1b[31m",
    "\t" * 4000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_disturbs_the_timeline(
    qtbot: QtBot, room: Room, panel: TimelinePanel, text: str
) -> None:
    fill(room, 3)
    room.say("Priya", text[:5000])
    index = panel.model.index(panel.model.rowCount() - 1)
    qtbot.waitUntil(lambda: panel.view._heights.is_exact(index.row()))
    picture = panel.grab()
    assert not picture.isNull()
    assert panel.model.data(index) == text[:5000]


def test_a_burst_keeps_every_row_in_place(room: Room, panel: TimelinePanel) -> None:
    said: list[Said] = [room.said("Priya", f"burst {number}") for number in range(1000)]
    for message in said:
        room.session.receive(Live(said=(message,)))
    settle(panel)
    assert len(panel.view._heights) == panel.model.rowCount()
    value, maximum = bar_value(panel)
    assert value == maximum


def test_the_bar_over_a_message_is_reached_by_tab(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    with qtbot.waitActive(panel):
        panel.activateWindow()
    fill(room, 2)
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_Up)
    bar = panel.view._bar.bar
    assert bar.isVisible()
    press(panel.view, Qt.Key.Key_Tab)
    assert bar.has_keyboard()
    press(panel.focusWidget(), Qt.Key.Key_Space)
    assert copied().endswith("] Priya: message 0")
    panel.copy_invite.setFocus()
    panel.view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not bar.has_keyboard()


def test_a_theme_that_changes_measures_everything_again(
    room: Room, panel: TimelinePanel, theme: Theme
) -> None:
    fill(room, 30)
    settle(panel)
    theme.changed.emit()
    value, maximum = bar_value(panel)
    assert value == maximum > 0


def menu_of(panel: TimelinePanel, reason: QContextMenuEvent.Reason, at: QPoint) -> QMenu | None:
    viewport = panel.view.viewport()
    assert viewport is not None
    event = QContextMenuEvent(reason, at, viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, event)
    menus = [menu for menu in panel.view.findChildren(QMenu) if menu.isVisible()]
    return menus[0] if menus else None


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def middle_of(panel: TimelinePanel, row: int) -> QPoint:
    return panel.view.visualRect(panel.model.index(row)).center()


@shows_popup
def test_the_context_menu_copies_by_mouse_and_by_keyboard(room: Room, panel: TimelinePanel) -> None:
    fill(room, 2)
    settle(panel)
    last = panel.model.rowCount() - 1
    menu = menu_of(panel, QContextMenuEvent.Reason.Mouse, middle_of(panel, last))
    assert menu is not None
    trigger(menu, "Copy text")
    assert copied() == "message 1"
    menu = menu_of(panel, QContextMenuEvent.Reason.Keyboard, QPoint(0, 0))
    assert menu is not None
    trigger(menu, "Copy")
    assert copied().endswith("] Priya: message 1")


def test_a_notice_has_no_menu(room: Room, panel: TimelinePanel) -> None:
    room.session.timeline.add_notice(NoticeEntry(NoticeKind.CLOSED, at=0))
    settle(panel)
    last = panel.model.rowCount() - 1
    assert menu_of(panel, QContextMenuEvent.Reason.Mouse, middle_of(panel, last)) is None


@shows_popup
def test_the_menu_deletes_what_was_not_sent(room: Room, panel: TimelinePanel) -> None:
    failed(room, "no")
    settle(panel)
    last = panel.model.rowCount() - 1
    menu = menu_of(panel, QContextMenuEvent.Reason.Mouse, middle_of(panel, last))
    assert menu is not None
    trigger(menu, "Delete")
    room.clock.advance(GRACE)
    assert panel.model.rowCount() == last


def hover(panel: TimelinePanel, at: QPoint) -> None:
    viewport = panel.view.viewport()
    assert viewport is not None
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(viewport.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def test_hovering_offers_the_bar_and_says_why_it_failed(room: Room, panel: TimelinePanel) -> None:
    failed(room, "no")
    settle(panel)
    last = panel.model.rowCount() - 1
    hover(panel, middle_of(panel, last))
    bar = panel.view._bar.bar
    assert bar.isVisible()
    viewport = panel.view.viewport()
    assert viewport is not None
    assert "Ask the host" in viewport.toolTip()
    click(bar._retry)
    entry = panel.model.entry(last)
    assert isinstance(entry, MessageEntry)
    assert entry.state is SendState.SENDING
    room.session.receive(Rejected(code="not-permitted", cid=entry.cid))
    click(bar._discard)
    room.clock.advance(GRACE)
    assert panel.model.rowCount() == last
    fill(room, 1)
    settle(panel)
    hover(panel, middle_of(panel, panel.model.rowCount() - 1))
    click(bar._copy)
    assert copied().endswith("Priya: message 0")
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert not bar.isVisible()


def test_shift_click_selects_a_run(room: Room, panel: TimelinePanel) -> None:
    fill(room, 5)
    settle(panel)
    viewport = panel.view.viewport()
    assert viewport is not None
    last = panel.model.rowCount() - 1
    click(viewport, middle_of(panel, last - 2))
    assert [index.row() for index in panel.view.selectedIndexes()] == [last - 2]
    click(viewport, middle_of(panel, last), Qt.KeyboardModifier.ShiftModifier)
    rows = sorted(index.row() for index in panel.view.selectedIndexes())
    assert rows == [last - 2, last - 1, last]
    press(panel.view, Qt.Key.Key_Escape)
    assert panel.view.selectedIndexes() == []


def test_page_keys_move_by_a_screen(room: Room, panel: TimelinePanel) -> None:
    fill(room, 80)
    settle(panel)
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_End)
    last = panel.view.currentIndex().row()
    press(panel.view, Qt.Key.Key_PageUp)
    above = panel.view.currentIndex().row()
    assert 3 < last - above < 40
    rect = panel.view.visualRect(panel.view.currentIndex())
    assert rect.top() >= 0
    assert rect.bottom() <= 400
    press(panel.view, Qt.Key.Key_PageDown)
    assert panel.view.currentIndex().row() > above
