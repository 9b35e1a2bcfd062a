"""A message that is taken away from everyone, and what is left of one."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Changed, Delete, Leave, Live, Presence, Rejected, Said
from app.session.connection import Connection, Phase
from app.session.taking_back import GRACE
from app.session.timeline import MessageEntry, SendState
from app.session.transport import FoundMessages
from app.ui.chat.search.panel import SearchPanel
from app.ui.chat.timeline.foot import Link
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.chat.timeline.undo_beat import UndoBeat
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room, device, member
from tests.ui.timers import ticks

SECRET = "something that one regrets"  # noqa: S105 - a message


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(600, 400)
    panel.show()
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    panel.set_watched(True)
    return panel


def stand_at_last(panel: TimelinePanel) -> None:
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_End)


def menu_texts(panel: TimelinePanel) -> list[str]:
    return [action.text() for action in panel.view.deeds.menu().actions() if action.text()]


def deletes(room: Room) -> list[int]:
    return [m.seq for m in room.transport.sent if isinstance(m, Delete)]


def deleted(room: Room, seq: int, by: str, number: int) -> None:
    """Let the host tell that somebody deleted a message."""
    room.last_seq += 1
    cid = room.last_seq.to_bytes(16, "big")
    said = Said(
        seq=room.last_seq, author=number, at=0, cid=cid, text="", nick=by, device=device(by),
        kind="delete", about=seq,
    )  # fmt: skip
    room.session.receive(Live(said=(said,)))


def last_row(panel: TimelinePanel) -> int:
    return panel.model.rowCount() - 1


def last_is_gone(panel: TimelinePanel) -> bool:
    return panel.model.row(last_row(panel)).gone


def point_of(panel: TimelinePanel, row: int, wanted: Link) -> QPoint:
    rect = panel.view.visualRect(panel.model.index(row))
    points = (QPoint(x, y) for y in range(rect.top(), rect.bottom(), 2) for x in range(0, 500, 3))
    delegate = panel.view._delegate
    return next(p for p in points if delegate.link_at(row, rect, p) is wanted)


def test_ones_own_message_is_gone_at_once_and_deleted_a_while_later(
    room: Room, panel: TimelinePanel
) -> None:
    room.say("Leo", SECRET, number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    last = last_row(panel)
    index = panel.model.index(last)
    assert panel.model.data(index) == "Deleted."
    assert SECRET not in panel.model.spoken(last)
    assert "Enter or Ctrl+Z undoes" in panel.model.spoken(last)
    assert panel.model.copied(last) == ""
    assert "Copy" not in menu_texts(panel)
    assert not panel.view._bar.bar.isVisible()
    room.clock.advance(GRACE - 0.1)
    assert deletes(room) == []
    room.clock.advance(0.2)
    assert deletes(room) == [1]
    press(panel.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert deletes(room) == [1], "too late"


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_a_key_brings_it_back(
    room: Room, panel: TimelinePanel, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    room.say("Leo", SECRET, number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    assert last_is_gone(panel)
    press(panel.view, key, modifiers)
    assert not last_is_gone(panel)
    assert panel.model.data(panel.model.index(last_row(panel))) == SECRET
    room.clock.advance(2 * GRACE)
    assert deletes(room) == []


def test_ctrl_z_takes_back_the_latest_wherever_the_keyboard_is(
    room: Room, panel: TimelinePanel
) -> None:
    for text in ("one", "two", "three"):
        room.say("Leo", text, number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    press(panel.view, Qt.Key.Key_Up)
    press(panel.view, Qt.Key.Key_Delete)
    press(panel.view, Qt.Key.Key_Up)
    press(panel.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    gone = [panel.model.row(panel.model.row_of(seq)).gone for seq in (1, 2, 3)]
    assert gone == [False, False, True]
    press(panel.view, Qt.Key.Key_Return)
    assert panel.model.row(panel.model.row_of(3)).gone, "Enter in another row undoes nothing"
    room.clock.advance(2 * GRACE)
    assert deletes(room) == [3]


def test_others_messages_are_the_moderators_to_delete(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", SECRET)
    stand_at_last(panel)
    assert "Delete for everyone" not in menu_texts(panel)
    press(panel.view, Qt.Key.Key_Delete)
    assert not last_is_gone(panel)
    room.session.receive(Presence(changes=(Changed(number=2, role="moderator"),)))
    assert "Delete for everyone" in menu_texts(panel)
    press(panel.view, Qt.Key.Key_Delete)
    assert last_is_gone(panel)
    press(panel.view, Qt.Key.Key_Return)
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=9))
    assert "Delete for everyone" not in menu_texts(panel)


def test_undo_in_the_row_is_clicked(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    panel.view.settle()
    port = panel.view.viewport()
    assert port is not None
    click(port, point_of(panel, last_row(panel), Link.UNDO))
    assert not last_is_gone(panel)
    room.clock.advance(2 * GRACE)
    assert deletes(room) == []


def test_the_bar_over_a_message_deletes_and_enter_undoes(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    panel.view.settle()
    stand_at_last(panel)
    bar = panel.view._bar.bar
    assert bar._discard.isVisible()
    click(bar._discard)
    assert last_is_gone(panel)
    assert not bar.isVisible()
    press(panel.view, Qt.Key.Key_Return)
    assert not last_is_gone(panel)


def test_leaving_deletes_at_once(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    room.session.leave()
    kinds = [type(one) for one in room.transport.sent]
    assert kinds.index(Delete) < kinds.index(Leave)
    room.clock.advance(2 * GRACE)
    assert deletes(room) == [1]


def test_what_could_not_be_sent_comes_back_with_its_text(room: Room, panel: TimelinePanel) -> None:
    room.session.send(SECRET)
    cid = room.session.timeline.pending[0].cid
    room.session.receive(Rejected(code="not-permitted", cid=cid))
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    assert panel.model.data(panel.model.index(last_row(panel))) == "Removed."
    assert "not sent" not in panel.model.spoken(last_row(panel))
    press(panel.view, Qt.Key.Key_Return)
    assert panel.model.data(panel.model.index(last_row(panel))) == SECRET
    assert room.session.timeline.pending[0].state is SendState.FAILED
    before = panel.model.rowCount()
    press(panel.view, Qt.Key.Key_Delete)
    room.clock.advance(GRACE)
    assert panel.model.rowCount() == before - 1
    assert room.session.timeline.pending == ()


def test_closing_gives_up_what_could_not_be_sent(room: Room) -> None:
    room.join()
    room.session.send(SECRET)
    cid = room.session.timeline.pending[0].cid
    room.session.receive(Rejected(code="not-permitted", cid=cid))
    room.session.taking_back.hold(cid)
    room.session.close()
    assert room.session.timeline.pending == ()


def test_time_is_seen_to_run_out_only_while_there_is_any(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    beat = panel.view.findChild(UndoBeat)
    assert beat is not None
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    assert ticks(beat)
    entry = panel.model.entry(last_row(panel))
    assert isinstance(entry, MessageEntry)
    assert panel.model.gone.left(entry) == 1
    room.clock.advance(GRACE / 2)
    assert panel.model.gone.left(entry) == pytest.approx(0.5)
    room.clock.advance(GRACE)
    assert not ticks(beat)


def test_nothing_is_left_of_a_deleted_message(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", SECRET)
    panel.view.settle()
    panel.grab()
    row = panel.model.row_of(1)
    deleted(room, 1, "Marina", 1)
    index = panel.model.index(row)
    assert panel.model.data(index) == "Deleted by Marina"
    assert SECRET not in panel.model.spoken(row)
    assert "Deleted by Marina" in panel.model.spoken(row)
    assert panel.model.row(row).text == "Deleted by Marina"
    assert panel.model.copied(row) == ""
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText("before")
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_Home)
    while panel.view.currentIndex().row() < row:
        press(panel.view, Qt.Key.Key_Down)
    press(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "before"
    assert "Copy" not in menu_texts(panel)
    assert not panel.view._bar.bar.isVisible()


def test_who_deletes_ones_own_is_not_named(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", SECRET)
    deleted(room, 1, "Priya", 3)
    assert panel.model.data(panel.model.index(panel.model.row_of(1))) == "Message deleted"


def test_nothing_is_asked_for_when_another_was_quicker(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    room.session.taking_back.hold(1)
    deleted(room, 1, "Marina", 1)
    assert panel.model.data(panel.model.index(panel.model.row_of(1))) == "Deleted by Marina"
    room.clock.advance(2 * GRACE)
    assert deletes(room) == []


def test_a_search_forgets_what_was_deleted(qtbot: QtBot, room: Room, theme: Theme) -> None:
    search = SearchPanel(room.session, theme, room.clock)
    qtbot.addWidget(search)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    one, two = room.said("Priya", "motor one"), room.said("Priya", "motor two")
    room.session.receive(Live(said=(one, two)))
    search.field.edit.setText("motor")
    search._on_edited("motor")
    room.clock.advance(1)
    room.session.found.emit(FoundMessages("motor", (two, one)))
    assert search.model.rowCount() == 2
    deleted(room, 1, "Marina", 1)
    assert [search.model.said(row).text for row in range(search.model.rowCount())] == ["motor two"]


def test_a_message_of_one_line_goes_and_comes_back_without_a_jump(
    room: Room, panel: TimelinePanel
) -> None:
    room.say("Leo", SECRET, number=2)
    room.say("Leo", "two", number=2)
    panel.view.settle()
    rows = [panel.model.row_of(seq) for seq in (1, 2)]
    before = [panel.view.visualRect(panel.model.index(row)) for row in rows]
    for seq in (1, 2):
        room.session.taking_back.hold(seq)
    panel.view.settle()
    assert [panel.view.visualRect(panel.model.index(row)) for row in rows] == before
    panel.resize(170, 400)
    panel.view.settle()
    foot = panel.view._delegate.layouts.row(panel.model.row(rows[1]), 170).parts
    assert foot is not None
    assert {part.link for part in foot.parts} == {None, Link.UNDO}, "there is room even so"
