"""Emoji under messages: chips, keys, the menu and the bar."""

from __future__ import annotations

import msgspec
import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.protocol.errors import Refusal
from app.protocol.limits import MAX_REACTIONS
from app.protocol.messages import Edit, React, Rejected, RulesChanged
from app.session.timeline import NoticeEntry, NoticeKind, SendState
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.chat.timeline.react_menu import ReactMenu
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.remarking import act, answer, chip_point, chips, entry_of
from tests.ui.chat.rooms import Room, member

THUMB, HEART, FIRE = "👍", "❤️", "🔥"
MANY = [chr(0x1F600 + number) for number in range(MAX_REACTIONS)]


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(700, 400)
    panel.show()
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"), member(4, "Sam"))
    room.say("Priya", "hello")
    panel.view.settle()
    return panel


def wished(room: Room) -> list[tuple[int, str, bool]]:
    sent = [one for one in room.transport.sent if isinstance(one, React)]
    return [(one.seq, one.emoji, one.on) for one in sent]


def stand_at(panel: TimelinePanel, seq: int) -> None:
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_End)
    panel.view.choose_row(panel.model.row_of(seq))


def height(panel: TimelinePanel, seq: int) -> int:
    panel.view.settle()
    return panel.view.visualRect(panel.model.index(panel.model.row_of(seq))).height()


def menu_texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def react_menu(panel: TimelinePanel) -> ReactMenu:
    menu = panel.view.deeds.menu()
    return menu.findChildren(ReactMenu)[0]


def test_a_click_puts_an_emoji_there_and_another_takes_it_back(
    room: Room, panel: TimelinePanel
) -> None:
    act(room, "Sam", "react", 1, THUMB)
    panel.view.settle()
    port = panel.view._port()
    click(port, chip_point(panel, 1, THUMB))
    assert wished(room) == [(1, THUMB, True)]
    [reaction] = entry_of(panel, 1).reactions
    assert reaction.mine
    assert reaction.nicks == ("Sam", "Leo")
    panel.view.settle()
    click(port, chip_point(panel, 1, THUMB))
    assert wished(room)[-1] == (1, THUMB, False)
    selection = panel.view.selectionModel()
    assert selection is not None
    assert not selection.hasSelection(), "a chip is no row"


def test_the_last_chip_asks_for_another_emoji(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    act(room, "Sam", "react", 1, THUMB)
    panel.view.settle()
    with qtbot.waitSignal(panel.view.deeds.picker_requested) as asked:
        click(panel.view._port(), chip_point(panel, 1, ""))
    assert asked.args == [1]


def test_hovering_a_chip_tells_who(room: Room, panel: TimelinePanel) -> None:
    for nick in ("Sam", "Marina", "<b>Zoe</b>"):
        act(room, nick, "react", 1, THUMB)
    panel.view.settle()
    panel.view._hover(chip_point(panel, 1, THUMB))
    tip = panel.view._port().toolTip()
    assert "Sam, Marina, &lt;b&gt;Zoe&lt;/b&gt;" in tip
    assert panel.view._port().cursor().shape() == Qt.CursorShape.PointingHandCursor


def test_of_many_some_are_named_and_the_rest_counted(room: Room, panel: TimelinePanel) -> None:
    for number in range(25):
        act(room, f"n{number}", "react", 1, THUMB)
    panel.view.settle()
    panel.view._hover(chip_point(panel, 1, THUMB))
    tip = panel.view._port().toolTip()
    assert "n19 and 5 other" in tip
    assert "n20" not in tip


def test_chips_wrap_and_the_row_grows_with_them(room: Room, panel: TimelinePanel) -> None:
    bare = height(panel, 1)
    act(room, "Sam", "react", 1, MANY[0])
    one_line = height(panel, 1)
    assert one_line > bare
    for emoji in MANY[1:]:
        act(room, "Sam", "react", 1, emoji)
    panel.resize(360, 400)
    shown = [chip for chip in chips(panel, 1) if chip.reaction]
    assert len(shown) == MAX_REACTIONS
    width = panel.view.columns.text_width
    assert all(chip.place.right() <= width for chip in shown)
    lines = {chip.place.top() for chip in shown}
    assert len(lines) > 1
    assert height(panel, 1) > one_line
    for one in shown:
        assert sum(one.place.intersects(other.place) for other in shown) == 1
    assert not panel.grab().isNull()


def test_a_height_is_guessed_about_right(room: Room, panel: TimelinePanel) -> None:
    seq = answer(room, "Sam", "yes", 1)
    for emoji in MANY:
        act(room, "Sam", "react", seq, emoji)
    row, port = panel.model.row_of(seq), panel.view._port().width()
    delegate = panel.view._delegate
    assert abs(delegate.guess(row, port) - delegate.measure(row, port)) <= 40


def test_a_burst_is_measured_once(room: Room, panel: TimelinePanel) -> None:
    lines = [
        msgspec.structs.replace(room.said(f"n{n}", THUMB, number=10 + n), kind="react", about=1)
        for n in range(1000)
    ]
    changes: list[int] = []
    panel.model.dataChanged.connect(lambda *_: changes.append(1))
    room.session.timeline.take_acts(lines)
    assert len(changes) == 1
    assert len(entry_of(panel, 1).reactions[0].nicks) == 1000
    assert chips(panel, 1)[0].count == "999+"


def test_a_reader_hears_of_reactions_and_edits(room: Room, panel: TimelinePanel) -> None:
    act(room, "Priya", "edit", 1, "hello, all")
    act(room, "Sam", "react", 1, FIRE)
    act(room, "Sam", "react", 1, THUMB)
    room.session.react(1, THUMB, on=True)
    line = panel.model.spoken(panel.model.row_of(1))
    assert "hello, all (edited)" in line
    assert f"Reactions: {FIRE} 1; {THUMB} 2, with yours" in line


def test_keys_reply_edit_and_react(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", "mine", number=2)
    deeds = panel.view.deeds
    stand_at(panel, 1)
    with qtbot.waitSignal(deeds.reply_requested) as told:
        press(panel.view, Qt.Key.Key_R)
    assert told.args == [1]
    with qtbot.waitSignal(deeds.picker_requested) as told:
        press(panel.view, Qt.Key.Key_A)
    assert told.args == [1]
    with qtbot.assertNotEmitted(deeds.edit_requested):
        press(panel.view, Qt.Key.Key_E)
    stand_at(panel, 2)
    with qtbot.waitSignal(deeds.edit_requested) as told:
        press(panel.view, Qt.Key.Key_E)
    assert told.args == [2]
    assert panel.view.currentIndex().row() == panel.model.row_of(2), "letters look for nothing"


def test_the_menu_offers_what_stands_there_and_the_quick_ones(
    room: Room, panel: TimelinePanel
) -> None:
    act(room, "Sam", "react", 1, FIRE)
    act(room, "Sam", "react", 1, THUMB)
    room.session.react(1, THUMB, on=True)
    stand_at(panel, 1)
    menu = react_menu(panel)
    texts = menu_texts(menu)
    assert texts == [f"{FIRE}  Sam", f"{THUMB}  Sam, Leo", HEART, "😂", "More…"]
    checked = [action.isChecked() for action in menu.actions() if action.isCheckable()]
    assert checked == [False, True, False, False]
    menu.actions()[1].trigger()
    assert wished(room)[-1] == (1, THUMB, False)
    menu = react_menu(panel)
    next(action for action in menu.actions() if action.text() == HEART).trigger()
    assert wished(room)[-1] == (1, HEART, True)


def test_the_bar_reacts_replies_and_edits(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    room.say("Leo", "mine", number=2)
    stand_at(panel, 2)
    bar = panel.view._bar.bar
    assert bar.isVisible()
    click(bar._quick[0])
    assert wished(room) == [(2, THUMB, True)]
    for button, signal in (
        (bar._reply, panel.view.deeds.reply_requested),
        (bar._edit, panel.view.deeds.edit_requested),
        (bar._react, panel.view.deeds.picker_requested),
    ):
        with qtbot.waitSignal(signal) as told:
            click(button)
        assert told.args == [2]
    stand_at(panel, 1)
    assert not bar._edit.isVisible()


def test_the_bar_is_one_stop_and_arrows_go_through_it(qtbot: QtBot, panel: TimelinePanel) -> None:
    with qtbot.waitActive(panel):
        panel.activateWindow()
    stand_at(panel, 1)
    bar = panel.view._bar.bar
    press(panel.view, Qt.Key.Key_Tab)
    assert bar._copy.hasFocus()
    press(bar._copy, Qt.Key.Key_Left)
    assert bar._reply.hasFocus()
    press(bar._reply, Qt.Key.Key_Right)
    press(bar._copy, Qt.Key.Key_Tab)
    assert not bar.has_keyboard()


def test_a_narrow_bar_leaves_the_rest_to_the_menu(panel: TimelinePanel) -> None:
    panel.resize(360, 400)
    stand_at(panel, 1)
    bar = panel.view._bar.bar
    shown = [button for button in bar._buttons if button.isVisible()]
    assert shown == [bar._react, bar._reply, bar._more]


def test_who_may_not_write_may_not_react_either(room: Room, panel: TimelinePanel) -> None:
    act(room, "Sam", "react", 1, THUMB)
    panel.view.settle()
    room.session.receive(RulesChanged(locked=False, hosts_only=True, by="Marina"))
    assert room.session.may_write == Refusal.HOSTS_ONLY
    click(panel.view._port(), chip_point(panel, 1, THUMB))
    stand_at(panel, 1)
    for key in (Qt.Key.Key_R, Qt.Key.Key_A):
        press(panel.view, key)
    assert wished(room) == []
    assert "Reply" not in menu_texts(panel.view.deeds.menu())
    assert not panel.view._bar.bar._react.isVisible()


def test_what_is_deleted_pending_or_private_offers_nothing(
    room: Room, panel: TimelinePanel
) -> None:
    remarks = panel.model.remarks
    assert remarks.may_answer(entry_of(panel, 1))
    room.session.send("on its way")
    pending = panel.model.entry(panel.model.rowCount() - 1)
    assert not remarks.may_answer(pending)
    act(room, "Priya", "delete", 1)
    assert not remarks.may_answer(entry_of(panel, 1))
    assert not remarks.may_answer(NoticeEntry(NoticeKind.CAME, at=0))


def test_a_refused_reaction_is_told(qtbot: QtBot, room: Room, panel: TimelinePanel) -> None:
    for emoji in MANY:
        act(room, "Sam", "react", 1, emoji)
    with qtbot.waitSignal(room.session.refused) as told:
        panel.view.deeds.react_requested.emit(1, THUMB, True)
    assert told.args == [Refusal.TOO_MANY_EMOJI.value, b""]


def edited(room: Room, panel: TimelinePanel, text: str) -> int:
    room.say("Leo", "mine", number=2)
    seq = room.last_seq
    assert room.session.edit(seq, text) is None
    panel.view.settle()
    return seq


def refuse_edit(room: Room) -> None:
    edits = [one for one in room.transport.sent if isinstance(one, Edit)]
    room.session.receive(Rejected(code="not-permitted", cid=edits[-1].cid))


def test_an_edit_on_its_way_is_shown_with_the_clock(room: Room, panel: TimelinePanel) -> None:
    seq = edited(room, panel, "mine, better")
    row = panel.model.row_of(seq)
    assert panel.model.data(panel.model.index(row)) == "mine, better"
    assert "(sending)" in panel.model.spoken(row)
    assert panel.model.copied(row).endswith("mine, better")
    assert not panel.grab().isNull()


def test_an_edit_that_failed_can_be_tried_again_and_discarded(
    room: Room, panel: TimelinePanel
) -> None:
    seq = edited(room, panel, "mine, better")
    refuse_edit(room)
    panel.view.settle()
    row = panel.model.row_of(seq)
    assert panel.model.data(panel.model.index(row)) == "mine, better"
    assert "edit not saved: Your role" in panel.model.spoken(row)
    layouts = panel.view._delegate.layouts
    parts = layouts.row(panel.model.row(row), panel.view._port().width()).parts
    assert parts is not None
    words = [part.text for part in parts.parts]
    assert words[:4] == ["Edit not saved.", "Try again", "·", "Discard"]
    assert words[4].startswith("Your role")
    stand_at(panel, seq)
    press(panel.view, Qt.Key.Key_Return)
    pending = entry_of(panel, seq).edit
    assert pending is not None
    assert pending.state is SendState.SENDING
    refuse_edit(room)
    press(panel.view, Qt.Key.Key_Delete)
    assert entry_of(panel, seq).edit is None
    assert panel.model.data(panel.model.index(row)) == "mine"
    assert not entry_of(panel, seq).deleted


def test_edited_stands_behind_the_text_or_below(room: Room, panel: TimelinePanel) -> None:
    act(room, "Priya", "edit", 1, "short")
    before = height(panel, 1)
    row = panel.model.row_of(1)

    def mark_top() -> float:
        layout = panel.view._delegate.layouts.row(panel.model.row(row), panel.view._port().width())
        assert layout.remarks.edited is not None
        return layout.remarks.edited.place.top() - layout.text

    assert 0 <= mark_top() < panel.view._delegate.layouts.line
    act(room, "Priya", "edit", 1, "```\ncode\n```")
    assert height(panel, 1) > before
    assert mark_top() > panel.view._delegate.layouts.line
    panel.view._hover(QPoint(-1, -1))


@pytest.mark.parametrize("compact", [False, True])
def test_whoever_says_nothing_new_leaves_rows_as_they_were(
    room: Room, panel: TimelinePanel, compact: bool
) -> None:
    panel.set_look(compact=compact, comings_shown=True)
    before = height(panel, 1)
    act(room, "Sam", "react", 1, THUMB)
    assert height(panel, 1) > before
    act(room, "Sam", "unreact", 1, THUMB)
    assert height(panel, 1) == before
