"""Searching the room."""

from __future__ import annotations

import msgspec
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.protocol.messages import Said
from app.session.transport import FoundMessages
from app.ui.chat.search.model import SearchModel
from app.ui.chat.search.panel import PAUSE, SearchPanel
from app.ui.theme.theme import Scheme, Theme
from app.ui.widgets.buttons import Button
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.rooms import Room


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> SearchPanel:
    room.join()
    panel = SearchPanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    panel.open()
    return panel


def search(room: Room, panel: SearchPanel, text: str) -> None:
    panel.field.edit.setText(text)
    room.clock.advance(PAUSE)


def lines(room: Room, *seqs: int) -> tuple[Said, ...]:
    made = []
    for seq in seqs:
        room.last_seq = seq - 1
        made.append(room.said("Priya", f"the <b>motor</b> {seq}"))
    return tuple(made)


def answer(room: Room, query: str, *seqs: int, more: bool = False, here: bool = False) -> None:
    found = FoundMessages(query=query, said=lines(room, *seqs), more=more, from_replica=here)
    room.session.found.emit(found)


def shown(panel: SearchPanel) -> list[int]:
    return [panel.model.said(row).seq for row in range(panel.model.rowCount())]


def test_it_asks_once_one_pauses(room: Room, panel: SearchPanel) -> None:
    write(panel.field.edit, " mo")
    room.clock.advance(PAUSE - 0.01)
    write(panel.field.edit, "t")
    room.clock.advance(PAUSE - 0.01)
    assert room.session.take("search") == []
    room.clock.advance(0.02)
    assert room.session.take("search") == [("mot", 0)]
    assert panel.note == "Searching…"
    write(panel.field.edit, " ")
    room.clock.advance(1)
    assert room.session.take("search") == []


def test_enter_does_not_wait(room: Room, panel: SearchPanel) -> None:
    write(panel.field.edit, "motor")
    press(panel.field.edit, Qt.Key.Key_Return)
    assert room.session.take("search") == [("motor", 0)]
    room.clock.advance(1)
    assert room.session.take("search") == []


def test_an_answer_to_an_older_question_is_not_shown(room: Room, panel: SearchPanel) -> None:
    search(room, panel, "mo")
    search(room, panel, "motor")
    answer(room, "mo", 9, 8)
    assert shown(panel) == []
    answer(room, "motor", 7)
    assert shown(panel) == [7]
    answer(room, "motor", 6)
    assert shown(panel) == [7]


def test_older_results_join_at_the_end(room: Room, panel: SearchPanel) -> None:
    tester = QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.model
    )
    assert tester.parent() is panel.model
    search(room, panel, "motor")
    assert panel.older.isHidden()
    answer(room, "motor", 9, 8, more=True)
    assert panel.older.isVisible()
    room.session.take("search")
    click(panel.older)
    assert room.session.take("search") == [("motor", 8)]
    assert not panel.older.isEnabled()
    answer(room, "motor", 8, 5, 3)
    assert shown(panel) == [9, 8, 5, 3]
    assert panel.older.isHidden()


def test_nothing_found_offers_to_clear(room: Room, panel: SearchPanel) -> None:
    search(room, panel, "<b>zzz")
    answer(room, "<b>zzz")
    assert panel.nothing.isVisible()
    assert panel.nothing.sentence == "Nothing found for “<b>zzz”."
    clear = panel.nothing.findChild(Button)
    assert clear is not None
    click(clear)
    assert panel.field.edit.text() == ""
    assert panel.field.edit.hasFocus()
    assert panel.nothing.isHidden()


def test_what_only_this_computer_knows_is_said_to_be_so(room: Room, panel: SearchPanel) -> None:
    search(room, panel, "motor")
    answer(room, "motor", 3, here=True)
    assert panel.note == "Searched on this computer only"
    search(room, panel, "motors")
    answer(room, "motors", 3)
    assert panel.note == ""


def test_the_keyboard_goes_all_the_way(qtbot: QtBot, room: Room, panel: SearchPanel) -> None:
    write(panel.field.edit, "motor")
    room.clock.advance(PAUSE)
    answer(room, "motor", 9, 8, 7)
    press(panel.field.edit, Qt.Key.Key_Down)
    assert panel.view.hasFocus()
    press(panel.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.chosen) as chosen:
        press(panel.view, Qt.Key.Key_Return)
    assert chosen.args == [8]
    press(panel.view, Qt.Key.Key_Up)
    press(panel.view, Qt.Key.Key_Up)
    assert panel.field.edit.hasFocus()
    with qtbot.waitSignal(panel.chosen) as chosen:
        press(panel.field.edit, Qt.Key.Key_Return)
    assert chosen.args == [9]
    with qtbot.waitSignal(panel.close_requested):
        press(panel.field.edit, Qt.Key.Key_Escape)
    press(panel.field.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.close_requested):
        press(panel.view, Qt.Key.Key_Escape)


def test_another_search_begins_at_its_first_result(room: Room, panel: SearchPanel) -> None:
    search(room, panel, "motor")
    answer(room, "motor", 9, 8)
    press(panel.field.edit, Qt.Key.Key_Down)
    press(panel.view, Qt.Key.Key_Down)
    search(room, panel, "motors")
    answer(room, "motors", 5, 4)
    assert panel.view.currentIndex().row() == 0


def test_a_click_chooses(qtbot: QtBot, room: Room, panel: SearchPanel) -> None:
    search(room, panel, "motor")
    answer(room, "motor", 9, 8)
    panel.view.settle()
    port = panel.view.viewport()
    assert port is not None
    place = panel.view.visualRect(panel.model.index(1)).center()
    with qtbot.waitSignal(panel.chosen) as chosen:
        click(port, place)
    assert chosen.args == [8]


def test_a_result_is_read_out(room: Room) -> None:
    model = SearchModel(room.clock, room.session)
    model.show("motor", lines(room, 4))
    spoken = str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("Priya, ")
    assert spoken.endswith(": the <b>motor</b> 4")
    old = room.said("Ana", "old", at=-3 * 86_400)
    assert model.time_of(old).split()[0] == "Tue"


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_results_can_be_painted(
    room: Room, panel: SearchPanel, theme: Theme, scheme: Scheme, direction: Qt.LayoutDirection
) -> None:
    theme.set_scheme(scheme)
    panel.setLayoutDirection(direction)
    said = (
        room.said("<img src=x>", "motor " * 100),
        room.said("עומר", "המנוע motor 🙂" * 40),
        room.said("Ana", "motor"),
    )
    search(room, panel, "motor")
    room.session.found.emit(FoundMessages("motor", said, more=True, from_replica=True))
    press(panel.field.edit, Qt.Key.Key_Down)
    assert not panel.grab().isNull()


def test_a_shown_result_follows_an_edit(room: Room, panel: SearchPanel) -> None:
    search(room, panel, "motor")
    answer(room, "motor", 9, 5)
    line = msgspec.structs.replace(room.said("Priya", "the **left** motor"), kind="edit", about=5)
    overtaken = msgspec.structs.replace(room.said("Priya", ""), kind="edit", about=9)
    room.session.confirmed.emit((line, overtaken))
    texts = [panel.model.said(row).text for row in range(panel.model.rowCount())]
    assert texts == ["the <b>motor</b> 9", "the **left** motor"]
    assert "left" in str(panel.model.data(panel.model.index(1), Qt.ItemDataRole.AccessibleTextRole))
