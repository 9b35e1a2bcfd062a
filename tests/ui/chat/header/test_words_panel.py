"""How far the host is known: the chip, and what is under it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.security.fingerprint import as_words
from app.session.connection import Connection, Phase, Sharing, Verified
from app.ui.chat.header.trust_chip import look_of
from app.ui.chat.header.words_panel import WordsPanel
from app.ui.theme.icons import Icon
from app.ui.theme.theme import Theme
from app.ui.widgets.labels import PlainLabel
from tests.ui.chat.rooms import Room

PRINT = bytes(range(32))


def shown(qtbot: QtBot, room: Room, theme: Theme) -> str:
    panel = WordsPanel(room.session, theme)
    qtbot.addWidget(panel)
    return "\n".join(label.full_text for label in panel.findChildren(PlainLabel))


@pytest.mark.parametrize(
    ("verified", "chip", "icon", "words"),
    [
        (Verified.OWN, "Your room", Icon.HOST, "You host this room."),
        (Verified.INVITE, "Verified by invite", Icon.SHIELD_CHECK, "The invite carried"),
        (Verified.PASSWORD, "Verified by password", Icon.SHIELD_CHECK, "without either side"),
        (Verified.SEEN_BEFORE, "Seen before", Icon.SHIELD_CHECK, "earlier visits"),
        (Verified.FIRST_USE, "Host not verified", Icon.SHIELD_ALERT, "nobody vouched"),
    ],
)
def test_each_way_of_knowing_the_host_has_its_chip_and_its_sentence(
    qtbot: QtBot,
    room: Room,
    theme: Theme,
    verified: Verified,
    chip: str,
    icon: Icon,
    words: str,
) -> None:
    room.join()
    room.session.verified = verified
    room.session.set_sharing(Sharing(fingerprint=PRINT))
    look = look_of(room.session)
    assert look is not None
    assert (look.text, look.icon) == (chip, icon)
    text = shown(qtbot, room, theme)
    assert chip in text
    assert words in text
    assert all(word in text for word in as_words(PRINT))


@pytest.mark.parametrize("verified", [Verified.FIRST_USE, Verified.SEEN_BEFORE])
def test_where_nobody_compared_it_is_told_with_whom_to_compare(
    qtbot: QtBot, room: Room, theme: Theme, verified: Verified
) -> None:
    room.join()
    room.session.verified = verified
    text = shown(qtbot, room, theme)
    assert "open Invite and read the words there" in text
    assert "Marina" in text


def test_trust_is_told_even_while_the_chip_tells_of_the_connection(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    room.join()
    room.session.verified = Verified.FIRST_USE
    room.session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=5.0))
    look = look_of(room.session)
    assert look is not None
    assert look.text == "Reconnecting…"
    assert "Host not verified" in shown(qtbot, room, theme)


@pytest.mark.parametrize("phase", [Phase.ASKING, Phase.CHANGED, Phase.PASSWORD])
def test_no_chip_contradicts_the_page(room: Room, phase: Phase) -> None:
    room.join()
    room.session.verified = Verified.INVITE
    room.session.set_connection(Connection(phase, fingerprint=PRINT, expected=PRINT))
    assert look_of(room.session) is None
