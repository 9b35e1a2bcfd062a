"""Becoming somebody new: deliberate, and not while rooms are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt

from app.security.invite import Address, Invite
from app.support.settings import RecentRoom, SettingsFile
from app.ui.start.identity_panel import IdentityPanel
from app.ui.start.start_page import StartCard, StartPage
from tests.ui.hands import click, press
from tests.ui.still_clock import NOON, StillClock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> StartPage:
    page = StartPage(theme, settings, StillClock())
    qtbot.addWidget(page)
    page.resize(800, 700)
    with qtbot.waitActive(page):
        page.show()
    return page


def opened(page: StartPage) -> IdentityPanel:
    click(page.top.identity)
    assert page.identity is not None
    return page.identity


def test_a_reset_takes_two_steps_by_keys(qtbot: QtBot, page: StartPage) -> None:
    page.top.identity.setFocus()
    press(page.top.identity, Qt.Key.Key_Return)
    panel = page.identity
    assert panel is not None
    assert panel.reset.hasFocus()
    with qtbot.assertNotEmitted(page.identity_reset_requested):
        press(panel.reset, Qt.Key.Key_Return)
        # The same key pressed once more keeps the identity.
        assert panel.keep.hasFocus()
        assert panel.confirm.isVisible()
    press(panel.keep, Qt.Key.Key_Tab)
    assert panel.confirm.hasFocus()
    with qtbot.waitSignal(page.identity_reset_requested, timeout=1000):
        press(panel.confirm, Qt.Key.Key_Return)
    assert page.identity is None


def test_who_thinks_better_of_it_keeps_the_identity(qtbot: QtBot, page: StartPage) -> None:
    panel = opened(page)
    click(panel.reset)
    with qtbot.assertNotEmitted(page.identity_reset_requested):
        click(panel.keep)
    assert page.identity is None
    assert opened(page).reset.isVisible()


@pytest.mark.parametrize("busy", [False, True])
def test_not_while_rooms_are_open(page: StartPage, busy: bool) -> None:
    if busy:
        page.set_busy(StartCard.JOIN, True)
    else:
        page.top.set_rooms(open_rooms=True, rail_shown=True)
    panel = opened(page)
    assert not panel.reset.isEnabled()
    assert panel.note.isVisible()
    assert "Leave all rooms first." in panel.reset.accessibleDescription()


def test_a_forgotten_host_leaves_no_invite_behind(page: StartPage, settings: SettingsFile) -> None:
    old = Invite((Address("10.0.0.4", 9090),), b"f" * 32, "Lab").link()
    other = Invite((Address("10.0.0.5", 9090),), b"g" * 32, "Home").link()
    settings.values.target = old
    settings.values.recent = [
        RecentRoom(name="Lab", at=NOON, target=old),
        RecentRoom(name="Home", at=NOON, target=other),
        RecentRoom(name="Mine", at=NOON, hosted=True),
    ]
    page.offer_to_join("10.0.0.4:9090", "Leo", instead_of=b"f" * 32)
    assert [room.name for room in settings.values.recent] == ["Home", "Mine"]
    assert settings.values.target == "10.0.0.4:9090"
    assert page.join_card.target.text == "10.0.0.4:9090"
    assert page.join_card.nickname.text == "Leo"
    assert page.join_card.main.hasFocus()
