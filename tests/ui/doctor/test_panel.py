"""The check over the window: steps as they come, a report to copy, again, and an end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.security.invite import Address
from app.session.checking import Check, Finding, Step, Verdict
from app.session.room_session import RoomSession
from app.support.settings import SettingsFile
from app.ui.doctor.desk import CheckDesk, CheckWish
from app.ui.doctor.finding_row import FindingRow
from app.ui.doctor.panel import CheckPanel
from app.ui.main_window import MainWindow
from app.ui.shortcuts import Command
from app.ui.start.start_page import StartCard
from app.ui.theme.theme import Theme
from tests.ui.gallery.scenes import trigger
from tests.ui.hands import press
from tests.ui.still_clock import StillClock


class ToldCheck(Check):
    """A check that finds what a test tells."""

    def __init__(self) -> None:
        super().__init__()
        self.started = self.stopped = False

    def start(self) -> None:
        self.started = True

    def stop(self) -> None:
        self.stopped = True


class ToldDoctor:
    def __init__(self) -> None:
        self.checks: list[ToldCheck] = []
        self.wishes: list[CheckWish] = []

    def check(self, wish: CheckWish) -> Check:
        self.wishes.append(wish)
        self.checks.append(ToldCheck())
        return self.checks[-1]

    def about(self, wish: CheckWish) -> str:
        return str(wish.target or "")


@pytest.fixture
def doctor(qapp: QApplication) -> Iterator[ToldDoctor]:
    assert qapp is not None
    desk = CheckDesk.of_application()
    before, desk.doctor = desk.doctor, ToldDoctor()
    yield desk.doctor
    desk.doctor = before


@pytest.fixture
def window(
    theme: Theme,
    settings: SettingsFile,
    still_clock: StillClock,
    qtbot: QtBot,
    doctor: ToldDoctor,
) -> MainWindow:
    assert doctor is not None
    window = MainWindow(theme, settings, still_clock)
    qtbot.addWidget(window)
    window.show()
    return window


def panel_of(window: QWidget) -> CheckPanel:
    (panel,) = (one for one in window.findChildren(CheckPanel) if one.isVisible())
    return panel


def test_steps_come_one_by_one_and_end_in_a_report(
    window: MainWindow, doctor: ToldDoctor, qtbot: QtBot
) -> None:
    trigger(window, Command.CHECK)
    panel = panel_of(window)
    (check,) = doctor.checks
    assert check.started
    assert not panel.copy.isEnabled()
    check.tell(Step.NETWORK, Verdict.GOOD, "one-network", interfaces="wlan0")
    command = "sudo ufw allow 9090/tcp"
    check.tell(Step.FIREWALL, Verdict.BAD, "shut", name="ufw", port="9090", command=command)
    assert len(panel.findChildren(FindingRow)) == 2
    assert [one.text() for one in panel.findChildren(QLineEdit)] == [command]
    check.finished.emit()
    assert "in the way" in panel.state.full_text
    panel.copy.click()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert command in clipboard.text()
    assert "wlan0" in clipboard.text()
    qtbot.waitUntil(lambda: check.stopped)


def test_check_can_be_made_again_and_begins_anew(window: MainWindow, doctor: ToldDoctor) -> None:
    trigger(window, Command.CHECK)
    panel = panel_of(window)
    doctor.checks[0].tell(Step.VPN, Verdict.GOOD, "off")
    doctor.checks[0].finished.emit()
    panel.again.click()
    assert len(doctor.checks) == 2
    assert not [one for one in panel.findChildren(FindingRow) if one.isVisible()]
    assert not panel.again.isEnabled()


def test_closing_it_ends_the_check(window: MainWindow, doctor: ToldDoctor) -> None:
    trigger(window, Command.CHECK)
    panel = panel_of(window)
    press(panel.area, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert doctor.checks[0].stopped


def test_failed_join_offers_the_check_of_that_address(
    window: MainWindow, doctor: ToldDoctor
) -> None:
    card = window.start_page.join_card
    assert card.check.isHidden()
    card.set_target("join me at 192.168.0.12:9091 ok?")
    window.start_page.show_problem(StartCard.JOIN, "No answer.")
    assert card.check.isVisible()
    card.check.click()
    assert doctor.wishes == [CheckWish(target=Address("192.168.0.12", 9091))]
    assert panel_of(window).line.full_text == "192.168.0.12:9091"


def test_check_goes_away_with_the_problem(window: MainWindow) -> None:
    card = window.start_page.join_card
    card.set_target("192.168.0.12")
    window.start_page.show_problem(StartCard.JOIN, "No answer.")
    press(card.target.edit, Qt.Key.Key_1)
    assert card.check.isHidden()


def test_finding_is_read_out_as_a_whole(theme: Theme, qtbot: QtBot) -> None:
    finding = Finding(Step.VPN, Verdict.DOUBTFUL, "on", {"interfaces": "tun0"})
    row = FindingRow(theme, finding)
    qtbot.addWidget(row)
    assert "Perhaps" in row.accessibleName()
    assert "tun0" in row.accessibleName()


def test_rooms_menu_checks_that_room(window: MainWindow, doctor: ToldDoctor) -> None:
    session = RoomSession("Leo", StillClock(), room_name="Lab", parent=window)
    window.add_session(session)
    window.show_session(session)
    page = next(iter(window._pages.values()))
    menu: QMenu = page.header.more_menu()
    (action,) = (one for one in menu.actions() if one.text().startswith("Check the connection"))
    action.trigger()
    assert doctor.wishes == [CheckWish(session=session)]
