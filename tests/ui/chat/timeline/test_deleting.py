"""A message that is taken away from everyone, and what is left of one."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Changed, Delete, Live, Presence, Said
from app.session.connection import Connection, Phase
from app.session.transport import FoundMessages
from app.ui.chat.search.panel import SearchPanel
from app.ui.chat.timeline.foot import Link
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room, device, member

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


def test_ones_own_message_is_deleted_by_keys_in_two_steps(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    last = panel.model.rowCount() - 1
    assert "delete for everyone?" in panel.model.spoken(last)
    assert deletes(room) == []
    press(panel.view, Qt.Key.Key_Escape)
    assert "delete for everyone?" not in panel.model.spoken(last)
    press(panel.view, Qt.Key.Key_Return)
    assert deletes(room) == []
    press(panel.view, Qt.Key.Key_Delete)
    press(panel.view, Qt.Key.Key_Return)
    assert deletes(room) == [1]
    assert panel.model.asking_seq == 0


def test_enter_in_another_row_deletes_nothing(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", "one", number=2)
    room.say("Leo", "two", number=2)
    stand_at_last(panel)
    press(panel.view, Qt.Key.Key_Delete)
    press(panel.view, Qt.Key.Key_Up)
    press(panel.view, Qt.Key.Key_Return)
    assert deletes(room) == []
    assert panel.model.asking_seq == 0


def test_others_messages_are_the_moderators_to_delete(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", SECRET)
    stand_at_last(panel)
    assert "Delete…" not in menu_texts(panel)
    press(panel.view, Qt.Key.Key_Delete)
    assert panel.model.asking_seq == 0
    room.session.receive(Presence(changes=(Changed(number=2, role="moderator"),)))
    assert "Delete…" in menu_texts(panel)
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=9))
    assert "Delete…" not in menu_texts(panel)


def test_the_links_under_the_question_work(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    panel.view.settle()
    last = panel.model.rowCount() - 1

    def link(wanted: Link) -> QPoint:
        rect = panel.view.visualRect(panel.model.index(last))
        points = (
            QPoint(x, y) for y in range(rect.top(), rect.bottom(), 2) for x in range(0, 500, 3)
        )
        delegate = panel.view._delegate
        return next(p for p in points if delegate.link_at(last, rect, p) is wanted)

    port = panel.view.viewport()
    assert port is not None
    panel.model.ask(1)
    panel.view.settle()
    click(port, link(Link.KEEP))
    assert panel.model.asking_seq == 0
    assert deletes(room) == []
    panel.model.ask(1)
    panel.view.settle()
    click(port, link(Link.DELETE_FOR_ALL))
    assert deletes(room) == [1]


def test_the_bar_over_a_message_asks_too(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    panel.view.settle()
    stand_at_last(panel)
    bar = panel.view._bar
    assert bar._discard.isVisible()
    click(bar._discard)
    assert panel.model.asking_seq == 1
    assert deletes(room) == []
    assert not bar.isVisible()
    press(panel.view, Qt.Key.Key_Return)
    assert deletes(room) == [1]


def test_the_question_makes_room_for_itself(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    panel.view.settle()
    index = panel.model.index(panel.model.rowCount() - 1)
    before = panel.view.visualRect(index).height()
    panel.model.ask(1)
    panel.view.settle()
    assert panel.view.visualRect(index).height() > before
    panel.resize(170, 400)
    panel.view.settle()
    foot = panel.view._delegate.layouts.row(panel.model.row(index.row()), 170).parts
    assert foot is not None
    assert len({part.place.top() for part in foot.parts}) > 1, "what has no room goes below"


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
    assert not panel.view._bar.isVisible()


def test_who_deletes_ones_own_is_not_named(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", SECRET)
    deleted(room, 1, "Priya", 3)
    assert panel.model.data(panel.model.index(panel.model.row_of(1))) == "Message deleted"


def test_a_question_ends_when_another_was_quicker(room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", SECRET, number=2)
    panel.model.ask(1)
    deleted(room, 1, "Marina", 1)
    assert panel.model.asking_seq == 0


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
