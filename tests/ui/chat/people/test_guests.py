"""Guests in the window: their badge, what one may do with them, and the host's tick."""

from __future__ import annotations

import msgspec
import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.protocol.messages import (
    Ban,
    Bans,
    GuestKind,
    Member,
    RoleName,
    RulesChanged,
    Said,
    SetGuests,
)
from app.session.connection import SharedAddress, Sharing
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.header.guests_panel import GuestsPanel
from app.ui.chat.header.rule_marks import rules_of
from app.ui.chat.people.guests import guest_sentence, guest_word
from app.ui.chat.people.member_card import MemberCard
from app.ui.chat.people.member_deeds import Deed, deeds_for, may_write_privately
from app.ui.chat.people.removal_panel import RemovalPanel
from app.ui.theme.theme import Theme
from app.ui.widgets.chip import Chip
from app.ui.widgets.labels import PlainLabel
from tests.ui.chat.hands import press
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member

KINDS: list[GuestKind] = ["browser", "text"]


def guest(number: int, nick: str, kind: GuestKind) -> Member:
    return Member(number=number, nick=nick, device=device(nick), guest=kind)


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    be(room, "host")
    page.set_active(True)
    return page


def be(room: Room, role: RoleName) -> None:
    others = (member(5, "Priya"), guest(3, "Bia", "text"), guest(4, "João", "browser"))
    room.join(member(2, "Leo", role), *others, role=role)


@pytest.mark.parametrize(("number", "badge"), [(3, "Text guest"), (4, "Browser guest"), (5, "")])
def test_roster_says_who_is_a_guest(page: ChatPage, number: int, badge: str) -> None:
    model = page.roster.model
    shown = model.row(model.row_of(number))
    assert [note for note in shown.notes if "guest" in note] == ([badge] if badge else [])
    assert ("guest" in model.spoken(model.row_of(number))) is bool(badge)


def test_messages_of_guests_keep_their_badge_when_they_are_gone(room: Room, page: ChatPage) -> None:
    said = Said(seq=1, author=3, at=0, cid=bytes(16), text="oi", nick="Bia", device=device("Bia"))
    room.session.timeline.confirm((said,), 2)
    model = page.timeline.model
    rows = [model.row(row) for row in range(model.rowCount())]
    assert [row.tag for row in rows if row.text == "oi"] == ["Text guest"]
    room.session.roster.fill([])
    rows = [model.row(row) for row in range(model.rowCount())]
    assert [row.tag for row in rows if row.text == "oi"] == ["Text guest"]


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", KINDS)
def test_nobody_writes_privately_to_a_guest_or_makes_one_a_moderator(
    room: Room, kind: GuestKind
) -> None:
    number = 3 if kind == "text" else 4
    who = room.session.roster.get(number)
    assert who is not None
    assert not may_write_privately(room.session, who.device)
    assert deeds_for(room.session, who) == [Deed.MENTION, Deed.MUTE, Deed.REMOVE, Deed.BAN]
    priya = room.session.roster.get(5)
    assert priya is not None
    assert {Deed.WRITE, Deed.MODERATOR} <= set(deeds_for(room.session, priya))


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("kind", KINDS)
def test_card_of_a_guest_says_what_that_means_and_shows_no_words(
    qtbot: QtBot, room: Room, theme: Theme, kind: GuestKind
) -> None:
    who = room.session.roster.get(3 if kind == "text" else 4)
    assert who is not None
    card = MemberCard(room.session, who, theme)
    qtbot.addWidget(card)
    assert guest_word(kind) in [chip.text for chip in card.findChildren(Chip)]
    told = [label.full_text for label in card.findChildren(PlainLabel)]
    assert guest_sentence(kind) in told
    assert "Device words" not in told


def test_ban_of_a_guest_says_what_it_is_worth(qtbot: QtBot, theme: Theme) -> None:
    worth: dict[GuestKind, str] = {
        "text": "with all text guests from that address",
        "browser": "Another browser",
    }
    for kind, part in worth.items():
        panel = RemovalPanel(guest(3, "Bia", kind), theme, ban=True)
        qtbot.addWidget(panel)
        assert any(part in label.full_text for label in panel.findChildren(PlainLabel))


def test_list_of_bans_says_whom_else_a_guest_s_holds_for(room: Room, page: ChatPage) -> None:
    ban = Ban(number=1, nick="Bia", device=device("Bia"), at=0, by="Leo", address="192.168.1.9")
    room.session.receive(Bans(bans=(msgspec.structs.replace(ban, guest="text"),)))
    told = [lift.accessibleDescription() for lift in page.moderation.bans.buttons.values()]
    assert len(told) == 1
    assert "text guests from" in told[0]


def test_everyone_is_told_that_guests_are_let_in(room: Room, page: ChatPage) -> None:
    room.session.receive(RulesChanged(text_guests=True, by="Marina"))
    assert [rule.short for rule in rules_of(room.session)] == ["Text guests"]
    assert page.header.rules.shown == ["Text guests"]
    assert "can be read by others" in page.roster.rules.text
    notices = [page.timeline.model.row(row).notice for row in range(page.timeline.model.rowCount())]
    assert any("lets plain-text programs in" in notice for notice in notices)
    room.session.receive(RulesChanged(browser_guests=True, by="Marina"))
    assert page.header.rules.shown == ["Browser guests"]


def test_host_alone_is_offered_to_let_guests_in(room: Room, page: ChatPage) -> None:
    def offered() -> bool:
        return "Guests…" in [action.text() for action in page.header.more_menu().actions()]

    assert offered()
    roles: tuple[RoleName, ...] = ("moderator", "member")
    for role in roles:
        be(room, role)
        assert not offered()


def test_tick_is_in_force_at_once_and_follows_the_room(room: Room, page: ChatPage) -> None:
    address = SharedAddress(text="192.168.1.20:9090", kind="ethernet")
    room.session.set_sharing(Sharing(addresses=(address,), invite="papo://x"))
    page.header.more.setFocus()
    actions = {action.text(): action for action in page.header.more_menu().actions()}
    actions["Guests…"].trigger()
    assert page.popovers.current is not None
    panel = page.popovers.current.findChild(GuestsPanel)
    assert panel is not None
    assert page.focusWidget() is panel.browser
    assert not panel.how.isVisible()
    press(panel.text, Qt.Key.Key_Space)
    assert room.transport.sent[-1] == SetGuests(text=True)
    room.session.receive(RulesChanged(text_guests=True, by="Marina"))
    assert panel.how.isVisible()
    assert panel.how.full_text == "They type: nc 192.168.1.20 9090"
    press(panel.text, Qt.Key.Key_Space)
    assert room.transport.sent[-1] == SetGuests()
    room.session.receive(RulesChanged(by="Marina"))
    assert not panel.text.isChecked()
    assert not panel.how.isVisible()
