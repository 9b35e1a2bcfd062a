"""Rooms nearby on the start page: shown, followed, joined, and never more than a hint."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton

from app.security.invite import Address
from app.security.trust import How, KnownRooms
from app.session.nearby import NearbyOffer, NearbyRoom, NearbyState, Standing, compared
from app.support.settings import RecentRoom, SettingsFile
from app.ui.requests import JoinRequest
from app.ui.start.nearby_list import MOST
from app.ui.start.nearby_rooms import NearbyRooms
from app.ui.start.start_page import StartCard, StartPage
from app.ui.widgets.labels import PlainLabel
from tests.ui.hands import click, press
from tests.ui.still_clock import NOON, StillClock

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

MARK = b"f" * 8
FINGERPRINT = b"f" * 32


def room(name: str = "Lab", **more: object) -> NearbyRoom:
    base = NearbyRoom(
        key=name.lower(),
        name=name,
        host="Marina",
        computer="lab-desk",
        members=12,
        locked=False,
        mark=MARK,
        addresses=(Address("192.168.1.20", 9090), Address("fe80::1%eth0", 9090)),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def look(*rooms: NearbyRoom | NearbyOffer, state: NearbyState = NearbyState.LOOKING) -> NearbyRooms:
    nearby = NearbyRooms()
    show(nearby, *rooms, state=state)
    return nearby


def show(
    nearby: NearbyRooms,
    *rooms: NearbyRoom | NearbyOffer,
    state: NearbyState = NearbyState.LOOKING,
) -> None:
    nearby.show(state, [r if isinstance(r, NearbyOffer) else NearbyOffer(r) for r in rooms])


def shown(qtbot: QtBot, theme: Theme, settings: SettingsFile, nearby: NearbyRooms) -> StartPage:
    settings.values.nickname = "Leo"
    page = StartPage(theme, settings, StillClock(), nearby=nearby)
    nearby.setParent(page)
    qtbot.addWidget(page)
    page.resize(1180, 760)
    with qtbot.waitActive(page):
        page.show()
    return page


def buttons(page: StartPage) -> dict[str, QPushButton]:
    return {
        one.accessibleName(): one
        for one in page.nearby.findChildren(QPushButton)
        if one.isVisibleTo(page)
    }


def texts(page: StartPage) -> str:
    labels = page.nearby.findChildren(QLabel)
    return "\n".join(
        f"{label.text()}|{label.accessibleName()}" for label in labels if label.isVisibleTo(page)
    )


def test_a_room_says_what_it_is_and_one_click_joins_it(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings, look(room(locked=True)))
    assert "Lab" in texts(page)
    assert "Marina on lab-desk · 12" in texts(page)
    said = buttons(page)["Join Lab"].accessibleDescription()
    assert said.startswith("Marina on lab-desk")
    assert "Asks for a password" in said
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        click(buttons(page)["Join Lab"])
    target = "192.168.1.20:9090"
    also = (Address("fe80::1%eth0", 9090),)
    assert wish.args == [JoinRequest(Address("192.168.1.20", 9090), "Leo", target, also=also)]


def test_the_keyboard_joins_too(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> None:
    page = shown(qtbot, theme, settings, look(room()))
    page.nearby.again.setFocus()
    press(page.nearby.again, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is buttons(page)["Join Lab"]
    with qtbot.waitSignal(page.join_requested, timeout=1000):
        press(focus, Qt.Key.Key_Return)


def test_a_known_room_is_held_to_what_is_known(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings, look(NearbyOffer(room(), Standing.KNOWN, FINGERPRINT)))
    assert "Known host" in texts(page)
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        click(buttons(page)["Join Lab"])
    request = wish.args[0]
    assert isinstance(request, JoinRequest)
    assert request.expected == FINGERPRINT
    # Somewhere else that the person types nobody is held to anything.
    page.join_card.set_target("192.168.1.21")
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        click(page.join_card.main)
    assert wish.args[0].expected == b""
    assert wish.args[0].also == ()


def test_another_room_at_a_known_address_is_to_be_reviewed(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings, look(NearbyOffer(room(), Standing.CHANGED)))
    assert "Fingerprint changed" in texts(page)
    assert list(buttons(page)) == ["Review Lab"]


def test_rooms_come_go_and_change_in_their_places(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    nearby = look(room("Lab"))
    page = shown(qtbot, theme, settings, nearby)
    lab = buttons(page)["Join Lab"]
    lab.setFocus()
    show(nearby, room("Abc"), room("Lab", members=13, key="lab"))
    # What comes stands below: a click is never for another room than the one aimed at.
    assert list(buttons(page)) == ["Join Lab", "Join Abc"]
    assert buttons(page)["Join Lab"] is lab
    assert lab.hasFocus()
    assert "13" in texts(page)
    show(nearby, room("Abc"))
    assert list(buttons(page)) == ["Join Abc"]
    assert page.nearby.again.hasFocus()
    show(nearby)
    assert buttons(page) == {}
    assert "No rooms nearby yet" in texts(page)


@pytest.mark.parametrize(
    ("state", "word"), [(NearbyState.NO_NETWORK, "on no network"), (NearbyState.BLOCKED, "5353")]
)
def test_what_is_in_the_way_is_said(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, state: NearbyState, word: str
) -> None:
    page = shown(qtbot, theme, settings, look(state=state))
    assert word in texts(page)
    assert "Looking" not in texts(page)


def test_a_flood_is_shown_in_part_and_counted(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings, look(*(room(f"R{number}") for number in range(200))))
    assert len(buttons(page)) == MOST
    assert f"{200 - MOST} more" in texts(page)


def test_names_are_shown_as_they_are(qtbot: QtBot, theme: Theme, settings: SettingsFile) -> None:
    name = "<img src=file:///x> & <b>"
    page = shown(qtbot, theme, settings, look(room(name, host="<i>", computer="<u>")))
    assert name in texts(page)
    assert "<i> on <u>" in texts(page)
    for label in page.nearby.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or label.pixmap()


def test_somebody_looks_while_the_page_is_there(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    nearby = NearbyRooms()
    page = shown(qtbot, theme, settings, nearby)
    assert not page.nearby.isVisible()
    wanted = [nearby.is_wanted]
    with qtbot.waitSignal(nearby.wanted, timeout=1000):
        page.hide()
    wanted.append(nearby.is_wanted)
    page.show()
    wanted.append(nearby.is_wanted)
    # Made anew, the new page is there before the old one goes.
    other = StartPage(theme, settings, StillClock(), nearby=nearby)
    qtbot.addWidget(other)
    other.show()
    page.hide()
    wanted.append(nearby.is_wanted)
    assert wanted == [True, False, True, True]
    with qtbot.waitSignal(nearby.look_again_requested, timeout=1000):
        click(other.nearby.again)


def test_while_a_card_waits_no_room_can_be_chosen(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings, look(room()))
    page.set_busy(StartCard.JOIN, True)
    assert not buttons(page)["Join Lab"].isEnabled()


def test_it_stands_beside_the_recent_rooms_and_above_them_where_it_is_narrow(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    settings.add_recent(RecentRoom(name="Chess", at=NOON, hosted=True))
    page = shown(qtbot, theme, settings, look(room()))
    qtbot.waitUntil(
        lambda: page.nearby.y() == page.recent.y() and page.nearby.x() < page.recent.x()
    )
    page.resize(500, 760)
    qtbot.waitUntil(lambda: page.nearby.y() < page.recent.y())
    assert page.nearby.width() <= page.width()


@pytest.mark.parametrize("percent", [100, 200])
def test_no_room_makes_a_narrow_page_wider_than_it_is(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, percent: int, request: pytest.FixtureRequest
) -> None:
    theme.set_text_size(percent)
    request.addfinalizer(partial(theme.set_text_size, 100))
    long = "A room with a name that is longer than most"
    offers = [NearbyOffer(room(f"{long} {one}", locked=True), one) for one in Standing]
    page = shown(qtbot, theme, settings, look(*offers))
    page.resize(420, 760)
    port = page._scroll.viewport()
    inside = page._scroll.widget()
    assert port is not None
    assert inside is not None
    qtbot.waitUntil(lambda: port.width() <= 420 and inside.width() == port.width())
    for label in page.nearby.findChildren(PlainLabel):
        if label.full_text.startswith(long):
            assert label.width() >= 100


def test_what_is_known_is_found_by_the_key_that_was_shown_or_by_address(tmp_path: Path) -> None:
    known = KnownRooms(tmp_path / "known.json")
    assert compared(room(), known).standing is Standing.NEW
    met = Address("fe80::1%eth0", 9090)
    known.remember(met, b"g" * 32, "Other", How.INVITE, NOON)
    changed = compared(room(), known)
    assert (changed.standing, changed.ways) == (Standing.CHANGED, (met,))
    known.remember(Address("10.0.0.1", 9090), FINGERPRINT, "Lab", How.FIRST_USE, NOON)
    claimed = NearbyOffer(room(), Standing.CLAIMED, FINGERPRINT)
    assert compared(room(), known) == claimed
    assert compared(room(), known, FINGERPRINT) == replace(claimed, standing=Standing.KNOWN)
    assert compared(room(), known, b"e" * 32) == replace(claimed, standing=Standing.CHANGED)
    assert compared(room(mark=b""), known).standing is Standing.CHANGED


@pytest.mark.parametrize("name", ["Lab 204", "lab 204", "L\u0430b 204", "Lab  2O4", "Lab\u00a0204"])
def test_a_stranger_that_is_called_as_a_known_room_is_told_from_it(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, tmp_path: Path, name: str
) -> None:
    known = KnownRooms(tmp_path / "known.json")
    known.remember(Address("10.0.0.1", 9090), FINGERPRINT, "Lab 204", How.INVITE, NOON)
    offer = compared(room(name, mark=b"e" * 8), known, b"e" * 32)
    assert (offer.standing, offer.expected) == (Standing.NAMESAKE, b"")
    page = shown(qtbot, theme, settings, look(offer))
    assert "Another host" in texts(page)
    (button,) = buttons(page).values()
    assert "Another host" in button.accessibleDescription()


def test_a_room_is_not_called_known_by_what_it_says_alone(
    qtbot: QtBot, theme: Theme, settings: SettingsFile
) -> None:
    page = shown(qtbot, theme, settings, look(NearbyOffer(room(), Standing.CLAIMED, FINGERPRINT)))
    assert "Known host" not in texts(page)
    (button,) = buttons(page).values()
    assert "Known host" not in button.accessibleDescription()
    with qtbot.waitSignal(page.join_requested, timeout=1000) as wish:
        click(button)
    assert wish.args[0].expected == FINGERPRINT


def test_whether_others_see_a_room_is_remembered_for_it(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, tmp_path: Path
) -> None:
    page = shown(qtbot, theme, settings, NearbyRooms())
    card = page.host_card
    card.room.set_text("Secret")
    card.disclosure.setChecked(True)
    click(card.options.listed)
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        click(card.main)
    assert not wish.args[0].listed
    card.room.set_text("Other")
    assert card.options.listed.isChecked()
    again = SettingsFile(tmp_path / "settings.json")
    assert again.values.unlisted == ["Secret"]
    page = shown(qtbot, theme, again, NearbyRooms())
    page.host_card.room.set_text("Secret")
    assert not page.host_card.options.listed.isChecked()
    page.host_card.options.listed.setChecked(True)
    with qtbot.waitSignal(page.host_requested, timeout=1000) as wish:
        click(page.host_card.main)
    assert wish.args[0].listed
    assert again.values.unlisted == []
