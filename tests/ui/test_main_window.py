"""The window: which page is shown, what the keys do, how it gives way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QPoint, QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.protocol.messages import Joined, Live, Said
from app.session.room_session import RoomSession
from app.support.settings import SettingsFile
from app.ui.main_window import MainWindow
from app.ui.rail.rail import Rail
from app.ui.requests import HostRequest
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.info_bar import InfoBar
from tests.ui.hands import click, press
from tests.ui.still_clock import NOON, StillClock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.support.clock import Clock
    from app.ui.theme.theme import Theme


class StubPage(QWidget):
    """Stands for `ChatPage`: remembers what the window told it."""

    leave_requested = pyqtSignal(RoomSession)
    forget_requested = pyqtSignal(object, bool)
    menu_requested = pyqtSignal()
    away_requested = pyqtSignal(bool)

    def __init__(
        self,
        session: RoomSession,
        _theme: Theme,
        _clock: Clock,
        *,
        settings: SettingsFile,
        pictures: object,
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.pictures = pictures
        self.active = False
        self.looked = False
        self.menu = (False, 0)
        self.composer = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.composer)

    def refresh_look(self) -> None:
        self.looked = self.settings.values.compact

    def follow_notify(self, *_told: object) -> None:
        """A header would show it."""

    def set_menu_button(self, visible: bool, count: int) -> None:
        self.menu = (visible, count)

    def set_active(self, active: bool) -> None:
        self.active = active

    @pyqtSlot()
    def end(self) -> None:
        self.active = False

    def ask_to_leave(self) -> None:
        self.leave_requested.emit(self.session)

    def focus_composer(self) -> None:
        self.composer.setFocus()


@pytest.fixture(autouse=True)
def _stub_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.chat.chat_page.ChatPage", StubPage)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> MainWindow:
    window = MainWindow(theme, settings, StillClock())
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def session_in(window: MainWindow, name: str, *, hosted: bool = False) -> RoomSession:
    session = RoomSession("Leo", StillClock(), room_name=name, parent=window)
    session.hosted_here = hosted
    session.receive(
        Joined(member=1, room=name, topic="", role="member", history="all", last_seq=0, members=2)
    )
    window.add_session(session)
    return session


def say(session: RoomSession) -> None:
    seq = len(session.timeline)
    line = Said(
        seq=seq,
        author=2,
        nick="Ana",
        device=b"d" * 32,
        at=int(NOON * 1000),
        cid=seq.to_bytes(16, "big"),
        text="hello",
    )
    session.receive(Live(said=(line,)))


def page_of(window: MainWindow, session: RoomSession) -> StubPage:
    return next(page for page in window.findChildren(StubPage) if page.session is session)


def active(window: MainWindow) -> list[RoomSession]:
    return [page.session for page in window.findChildren(StubPage) if page.active]


def test_it_opens_with_the_start_page_alone(window: MainWindow) -> None:
    assert window.size() == QSize(1180, 760)
    assert window.minimumSize() == QSize(360, 480)
    assert window.windowTitle() == "Papo"
    assert window.start_page.isVisible()
    assert window.start_page.width() == 1180
    assert window.current_session is None


def test_a_room_brings_the_rail_and_its_name_in_the_title(window: MainWindow) -> None:
    lab = session_in(window, "Robotics Lab")
    window.show_session(lab)
    assert window.windowTitle() == "Robotics Lab – Papo"
    assert window.current_session is lab
    page = page_of(window, lab)
    assert page.isVisible()
    assert page.width() == 1180 - 264
    assert QApplication.focusWidget() is page.composer


def test_a_rooms_name_cannot_play_with_the_title(window: MainWindow) -> None:
    window.show_session(session_in(window, "[*] <b>"))
    assert window.windowTitle() == "[*][*] <b> – Papo"


def test_only_the_room_that_a_person_sees_is_active(qtbot: QtBot, window: MainWindow) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.show_session(lab)
    assert [page_of(window, s).active for s in (lab, family)] == [True, False]
    window.show_session(family)
    assert [page_of(window, s).active for s in (lab, family)] == [False, True]
    window.show_start()
    assert [page_of(window, s).active for s in (lab, family)] == [False, False]
    window.show_session(lab)
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert active(window) == []
    with qtbot.waitActive(window):
        window.activateWindow()
    assert active(window) == [lab]


def test_keys_open_the_start_page_and_go_back(window: MainWindow) -> None:
    lab = session_in(window, "Lab")
    window.show_session(lab)
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.current_session is None
    assert window.start_page.isVisible()
    focus = QApplication.focusWidget()
    assert focus is window.start_page.host_card.room.edit
    press(focus, Qt.Key.Key_Escape)
    assert window.current_session is lab


def test_escape_on_the_start_page_without_rooms_does_nothing(
    window: MainWindow,
) -> None:
    press(window.start_page.host_card.room.edit, Qt.Key.Key_Escape)
    assert window.start_page.isVisible()


def test_alt_arrows_switch_rooms(window: MainWindow) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.show_session(lab)
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.current_session is family
    press(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.current_session is lab


def test_leaving_is_asked_for_and_not_done(qtbot: QtBot, window: MainWindow) -> None:
    lab = session_in(window, "Lab")
    with qtbot.assertNotEmitted(window.leave_requested):
        press(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    window.show_session(lab)
    with qtbot.waitSignal(window.leave_requested, timeout=1000) as wish:
        press(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert wish.args == [lab]
    with qtbot.waitSignal(window.leave_requested, timeout=1000) as wish:
        page_of(window, lab).leave_requested.emit(lab)
    assert wish.args == [lab]
    assert window.current_session is lab


def test_away_holds_in_every_room_and_in_those_to_come(window: MainWindow) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.show_session(lab)
    rail = window.findChildren(Rail)[0]
    press(rail.identity, Qt.Key.Key_Space)
    late = session_in(window, "Late")
    assert [s.away for s in (lab, family, late)] == [True, True, True]
    press(rail.identity, Qt.Key.Key_Space)
    assert [s.away for s in (lab, family, late)] == [False, False, False]


def test_a_room_that_is_removed_gives_way_to_its_neighbour_then_to_the_start_page(
    window: MainWindow,
) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.show_session(lab)
    window.remove_session(lab)
    assert window.current_session is family
    window.remove_session(family)
    window.remove_session(family)
    assert window.start_page.isVisible()
    assert window.start_page.width() == window.width()


def test_removing_another_room_leaves_the_shown_one(window: MainWindow) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.show_session(lab)
    window.remove_session(family)
    assert window.current_session is lab


@pytest.mark.parametrize(("width", "rail"), [(1180, 264), (959, 64), (640, 64), (639, 0)])
def test_the_rail_gives_way(window: MainWindow, width: int, rail: int) -> None:
    lab = session_in(window, "Lab")
    window.show_session(lab)
    window.resize(width, 700)
    assert page_of(window, lab).width() == width - rail
    assert page_of(window, lab).menu[0] == (rail == 0)


def test_a_narrow_windows_menu_counts_what_is_unread_elsewhere(window: MainWindow) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.resize(400, 700)
    window.show_session(lab)
    for _ in range(3):
        say(family)
    say(lab)
    assert page_of(window, lab).menu == (True, 3)
    window.show_start()
    assert "4" in window.start_page.top.menu.accessibleDescription()


def test_a_narrow_windows_rail_slides_over_and_away_again(window: MainWindow) -> None:
    lab, family = session_in(window, "Lab"), session_in(window, "Family")
    window.resize(400, 700)
    window.show_session(lab)
    rail = window.findChildren(Rail)[0]
    assert not rail.isVisible()
    page_of(window, lab).menu_requested.emit()
    assert rail.isVisible()
    assert rail.height() == 700
    assert not page_of(window, lab).active
    focus = QApplication.focusWidget()
    assert focus is rail.view
    press(focus, Qt.Key.Key_Escape)
    assert not rail.isVisible()
    assert page_of(window, lab).active
    assert QApplication.focusWidget() is page_of(window, lab).composer
    page_of(window, lab).menu_requested.emit()
    rail.session_chosen.emit(family)
    assert not rail.isVisible()
    assert window.current_session is family
    page_of(window, family).menu_requested.emit()
    veil = window.childAt(QPoint(350, 300))
    assert veil is not None
    click(veil)
    assert not rail.isVisible()
    page_of(window, family).menu_requested.emit()
    window.resize(1180, 760)
    assert rail.isVisible()
    assert page_of(window, family).width() == 1180 - 264
    assert page_of(window, family).active


def test_wishes_of_the_start_page_are_passed_on(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.host_requested, timeout=1000):
        window.start_page.host_requested.emit(HostRequest("Lab", "Leo", 9090))
    with qtbot.waitSignal(window.cancel_requested, timeout=1000):
        window.start_page.cancel_requested.emit()


def test_a_notice_stays_until_it_is_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.show_notice("A damaged <b>file</b> was set aside.")
    bar = window.findChildren(InfoBar)[0]
    assert bar.text == "A damaged <b>file</b> was set aside."
    assert bar.isVisible()
    with qtbot.waitSignal(bar.destroyed, timeout=1000):
        click(bar.findChildren(IconButton)[0])
    assert window.findChildren(InfoBar) == []


def test_closing_remembers_where_the_window_was(
    qtbot: QtBot, window: MainWindow, theme: Theme, tmp_path: Path
) -> None:
    window.resize(700, 560)
    with qtbot.waitSignal(window.closed, timeout=1000):
        press(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    again = MainWindow(theme, SettingsFile(tmp_path / "settings.json"), StillClock())
    qtbot.addWidget(again)
    assert again.size() == QSize(700, 560)


def test_rubbish_for_a_geometry_is_no_harm(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.values.window_geometry = b"rubbish"
    window = MainWindow(theme, settings, StillClock())
    qtbot.addWidget(window)
    assert window.size() == QSize(1180, 760)
