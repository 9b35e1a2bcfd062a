"""Another language or size is shown everywhere at once, and nobody loses a place or a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PyQt6.QtWidgets import QApplication

from app.protocol.messages import Live, Said
from app.ui.files.viewer.viewer import Viewer
from app.ui.start.start_page import StartCard
from app.ui.widgets.info_bar import InfoBar
from tests.ui.chat.rooms import device
from tests.ui.files.pictures import picture_ref, with_files
from tests.ui.hands import press, write
from tests.ui.settings.rooms import open_room, settings_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.session.room_session import RoomSession
    from app.ui.chat.chat_page import ChatPage
    from app.ui.main_window import MainWindow
    from app.ui.settings.preferences import Preferences
    from tests.ui.chat.rooms import ManualClock


def page_of(window: MainWindow, session: RoomSession) -> ChatPage:
    page = window._pages[session]
    assert hasattr(page, "composer")
    return page


def settle() -> None:
    """Let what was replaced go, as the event loop would."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_language_changes_in_the_open_window(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=3)
    window.show_session(lab)
    preferences.set_language("pt_BR")
    settle()
    assert window.current_session is lab
    page = page_of(window, lab)
    assert page.isVisible()
    assert page.composer.edit.accessibleName() == "Mensagem"
    assert page._active
    assert window._rail.view.accessibleName() == "Salas"
    window.show_start()
    assert window.start_page.host_card.main.text() == "Hospedar sala"
    preferences.set_language("en")
    assert window.start_page.isVisible()
    assert window.start_page.host_card.main.text() == "Host room"


def test_a_picture_that_fills_the_window_closes_with_the_old_texts(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=3)
    window.show_session(lab)
    at, who = int(clock.now() * 1000), device("Ana")
    said = Said(seq=4, author=1, nick="Ana", device=who, at=at, cid=b"4" * 16, text="")
    lab.receive(Live(said=(with_files(said, picture_ref("map.png")),)))
    view = page_of(window, lab).timeline.view
    view.files.view((4, picture_ref("map.png").hash))
    viewer = view.files.viewer
    assert viewer is not None
    assert viewer.isVisible()
    preferences.set_language("pt_BR")
    settle()
    assert all(overlay.isHidden() for overlay in window.findChildren(Viewer))
    page_of(window, lab).timeline.view.files.view((4, picture_ref("map.png").hash))
    (again,) = (one for one in window.findChildren(Viewer) if one.isVisible())
    press(again.canvas, Qt.Key.Key_Escape)
    assert again.isHidden()
    preferences.set_language("en")


def test_choosing_a_language_leaves_the_keyboard_on_the_choice(window: MainWindow) -> None:
    window.show_settings()
    settings_of(window).language.buttons["pt_BR"].setFocus()
    press(settings_of(window).language.buttons["pt_BR"], Qt.Key.Key_Space)
    settle()
    page = settings_of(window)
    assert page.isVisible()
    assert QApplication.focusWidget() is page.language.buttons["pt_BR"]
    assert page.language.choice == "pt_BR"
    press(page, Qt.Key.Key_Escape)
    assert window.start_page.isVisible()


def test_an_edit_and_what_is_answered_stay_and_the_draft_is_what_is_kept(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock, lines=3)
    mine = Said(
        seq=4,
        author=2,
        nick="Leo",
        device=device("Leo"),
        at=int(clock.now() * 1000),
        cid=b"4" * 16,
        text="helo",
    )
    lab.receive(Live(said=(mine,)))
    window.show_session(lab)
    page = page_of(window, lab)
    page.timeline.view.deeds.reply_requested.emit(2)
    write(page.composer.edit, "a draft")
    page.timeline.view.deeds.edit_requested.emit(4)
    write(page.composer.edit, "!")
    preferences.set_language("pt_BR")
    settle()
    window.show_start()
    window.show_session(lab)
    composer = page_of(window, lab).composer
    assert (composer.editing, composer.edit.toPlainText()) == (4, "helo!")
    assert composer.edit_bar.isVisible()
    assert lab.draft == "a draft"
    press(composer.edit, Qt.Key.Key_Return)
    entry = lab.quoted(4)
    assert entry is not None
    assert entry.edit is not None
    assert entry.edit.text == "helo!"
    assert composer.edit.toPlainText() == "a draft"
    assert composer.answer_bar.isVisible()
    press(composer.edit, Qt.Key.Key_Return)
    assert [(e.text, e.reply_to) for e in lab.timeline.pending] == [("a draft", 2)]


def test_what_is_written_stays_each_with_whom_it_is_for(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab, family = open_room(window, clock), open_room(window, clock, "Family")
    window.show_session(lab)
    write(page_of(window, lab).composer.edit, "to everyone")
    page_of(window, lab).composer.set_private(device("Ana"), "Ana")
    write(page_of(window, lab).composer.edit, "to Ana")
    press(page_of(window, lab).composer.edit, Qt.Key.Key_Left)
    write(page_of(window, family).composer.edit, "dinner")
    preferences.set_text_size(125)
    settle()
    composer = page_of(window, lab).composer
    assert composer.edit.toPlainText() == "to Ana"
    assert composer.edit.textCursor().position() == len("to An")
    assert (composer.private, composer.private_nick) == (device("Ana"), "Ana")
    composer.set_private(b"")
    assert composer.edit.toPlainText() == "to everyone"
    assert page_of(window, family).composer.edit.toPlainText() == "dinner"
    assert lab.draft == "to everyone"


def test_the_timeline_stays_where_it_was_read(
    window: MainWindow, preferences: Preferences, clock: ManualClock, qtbot: QtBot
) -> None:
    lab = open_room(window, clock, lines=120)
    window.show_session(lab)
    view = page_of(window, lab).timeline.view
    qtbot.waitUntil(lambda: view.at_end, timeout=2000)
    view.show_row(60)
    before = view.place
    row = view.indexAt(QPoint(5, 5)).row()
    preferences.set_language("pt_BR")
    view = page_of(window, lab).timeline.view
    assert not view.at_end
    assert view.place == before
    assert view.indexAt(QPoint(5, 5)).row() == row
    preferences.set_text_size(150)
    settle()
    assert page_of(window, lab).timeline.view.place == before


def test_a_timeline_at_its_end_stays_there(
    window: MainWindow, preferences: Preferences, clock: ManualClock, qtbot: QtBot
) -> None:
    lab = open_room(window, clock, lines=120)
    window.show_session(lab)
    window.show_settings()
    preferences.set_text_size(200)
    press(settings_of(window), Qt.Key.Key_Escape)
    view = page_of(window, lab).timeline.view
    qtbot.waitUntil(lambda: view.at_end, timeout=2000)
    bar = view.verticalScrollBar()
    assert bar is not None
    assert bar.value() == bar.maximum() > 0


def test_whom_one_looks_for_stays(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock)
    window.show_session(lab)
    page_of(window, lab).roster.field.edit.setText("leo")
    preferences.set_language("pt_BR")
    settle()
    roster = page_of(window, lab).roster
    assert roster.field.edit.text() == "leo"
    assert roster.model.people == 1


def test_panels_search_and_away_stay(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab, family = open_room(window, clock), open_room(window, clock, "Family")
    window.show_session(lab)
    page_of(window, lab).side.show_search(True)
    page_of(window, lab).search.field.edit.setText("robot")
    window.show_session(family)
    page_of(window, family).side.show_roster(False)
    window._rail.identity.click()
    preferences.set_language("pt_BR")
    settle()
    assert not page_of(window, family).roster.isVisible()
    assert (lab.away, family.away, window._rail.identity.state) == (True, True, "Ausente")
    window.show_session(lab)
    assert page_of(window, lab).search.isVisible()
    assert page_of(window, lab).search.field.edit.text() == "robot"
    window._rail.identity.click()
    assert not lab.away


def test_rooms_stand_in_the_same_order_and_are_told_apart(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    names = ["Lab", "Family", "Chess"]
    sessions = [open_room(window, clock, name) for name in names]
    window.show_session(sessions[1])
    preferences.set_language("pt_BR")
    settle()
    assert [s.info.name for s in window._rail.model.sessions] == names
    assert window._rail.current is sessions[1]
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.current_session is sessions[2]
    window.remove_session(sessions[2])
    assert len(window._pages) == 2


def test_the_start_page_keeps_what_is_typed_and_who_waits(
    window: MainWindow, preferences: Preferences
) -> None:
    start = window.start_page
    write(start.host_card.room.edit, "Lab 2")
    start.host_card.options.port.edit_text("9099")
    start.host_card.options.choices[1].setChecked(True)
    write(start.join_card.target.edit, "192.168.1.20")
    start.set_busy(StartCard.JOIN, True)
    preferences.set_language("pt_BR")
    settle()
    start = window.start_page
    assert start.host_card.room.text == "Lab 2"
    assert start.host_card.options.port.text == "9099"
    assert start.host_card.options.history == "joined"
    assert "9099" in start.host_card.summary.full_text
    assert start.join_card.target.text == "192.168.1.20"
    assert start.join_card.busy


def test_notices_stay_until_they_are_closed_and_keys_work_once(
    window: MainWindow, preferences: Preferences, clock: ManualClock, qtbot: QtBot
) -> None:
    window.show_notice("A damaged file was set aside.")
    lab = open_room(window, clock)
    window.show_session(lab)
    preferences.set_language("pt_BR")
    settle()
    (bar,) = [b for b in window.findChildren(InfoBar) if b.text.startswith("A damaged")]
    assert bar.isVisible()
    press(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert settings_of(window).isVisible()
    press(settings_of(window), Qt.Key.Key_Escape)
    with qtbot.waitSignal(window.leave_requested, timeout=1000):
        press(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)


def test_a_page_of_settings_left_behind_does_no_harm(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock)
    window.show_settings()
    window.show_session(lab)
    preferences.set_language("pt_BR")
    settle()
    window.show_settings()
    assert settings_of(window).isVisible()
    window.show_session(lab)
    assert window.current_session is lab


def test_a_narrow_window_stays_one(
    window: MainWindow, preferences: Preferences, clock: ManualClock
) -> None:
    lab = open_room(window, clock)
    window.resize(420, 700)
    window.show_session(lab)
    window._drawer.open()
    preferences.set_language("pt_BR")
    settle()
    assert not window._rail.isVisible()
    assert page_of(window, lab).width() == 420
    assert page_of(window, lab).header.menu.isVisible()
