"""What is pasted into the join card is understood, and shown before anything is joined."""

from __future__ import annotations

import pytest
from PyQt6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.security.invite import Address, Invite
from app.support.settings import SettingsFile
from app.ui.requests import JoinRequest
from app.ui.start.join_card import JoinCard
from app.ui.theme.theme import Theme
from tests.ui.hands import write

INVITE = Invite((Address("192.168.1.20", 9090),), bytes(range(32)), "Hack Night")


@pytest.fixture
def card(theme: Theme, settings: SettingsFile, qtbot: QtBot) -> JoinCard:
    settings.values.nickname = "Leo"
    card = JoinCard(theme, settings.values)
    qtbot.addWidget(card)
    card.show()
    return card


def paste(card: JoinCard, text: str) -> None:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText(text)
    card.paste.click()


def submitted(card: JoinCard, qtbot: QtBot) -> JoinRequest:
    with qtbot.waitSignal(card.requested) as requested:
        card.main.click()
    assert requested.args is not None
    request = requested.args[0]
    assert isinstance(request, JoinRequest)
    return request


def test_address_is_taken_out_of_what_is_pasted(card: JoinCard, qtbot: QtBot) -> None:
    paste(card, "join me at 192.168.0.12,\nporta 9091 ok?")
    assert card.target.text == "192.168.0.12:9091"
    assert submitted(card, qtbot).target == Address("192.168.0.12", 9091)


def test_invite_is_taken_out_of_what_is_pasted(card: JoinCard, qtbot: QtBot) -> None:
    paste(card, f"Come! {INVITE.link()}. See you")
    assert card.target.text == INVITE.link()
    assert submitted(card, qtbot).target == INVITE


def test_sentence_in_the_field_shows_where_it_leads(card: JoinCard, qtbot: QtBot) -> None:
    card.target.edit_text("come to 192.168.0.12:9091 ok?")
    assert not card.target.error
    assert card.invite.isVisible()
    assert "192.168.0.12:9091" in card.invite.label.full_text
    request = submitted(card, qtbot)
    assert (request.target, request.text) == (Address("192.168.0.12", 9091), "192.168.0.12:9091")


def test_plain_address_is_kept_as_it_was_typed(card: JoinCard, qtbot: QtBot) -> None:
    write(card.target.edit, "ana-pc")
    assert card.invite.isHidden()
    assert submitted(card, qtbot).text == "ana-pc"


def test_text_without_an_address_says_what_one_looks_like(card: JoinCard) -> None:
    paste(card, "see you at ten")
    assert card.target.text == "see you at ten"
    assert "192.168.1.20" in card.target.error
