"""Who wrote a message: by the name, by the picture, by the menu."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.protocol.messages import Changed, Presence, Went
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.people.member_card import MemberCard
from app.ui.chat.people.member_deeds import Deed
from app.ui.chat.timeline.layout import Columns
from app.ui.theme.theme import Theme
from app.ui.widgets.labels import PlainLabel
from tests.ui.chat.hands import click
from tests.ui.chat.pages import shown_page
from tests.ui.chat.rooms import Room, device, member


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    room.say("Priya", "Good morning")
    return shown_page(qtbot, room, theme)


def last_row(page: ChatPage) -> int:
    return page.timeline.model.rowCount() - 1


def head_of(page: ChatPage) -> tuple[QPoint, QPoint]:
    """Return where the picture and the name of the last message stand."""
    view = page.timeline.view
    rect = view.visualRect(page.timeline.model.index(last_row(page)))
    layouts = view._delegate.layouts
    layout = layouts.row(page.timeline.model.row(last_row(page)), rect.width())
    columns: Columns = layouts.columns(rect.width())
    top = rect.top() + layout.head + layouts.head_height // 2
    return QPoint(columns.margin + 8, top), QPoint(columns.text + 6, top)


def card(page: ChatPage) -> MemberCard | None:
    current = page.popovers.current
    return None if current is None else current.findChild(MemberCard)


def told(page: ChatPage) -> str:
    found = card(page)
    assert found is not None
    return "\n".join(label.full_text for label in found.findChildren(PlainLabel))


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("compact", [False, True])
def test_a_click_on_picture_or_name_shows_who_it_is(
    page: ChatPage, place: int, compact: bool
) -> None:
    page.timeline.set_look(compact=compact, comings_shown=True)
    at = head_of(page)[place]
    viewport = page.timeline.view.viewport()
    assert viewport is not None
    click(viewport, at)
    if compact and place == 0:
        assert card(page) is None, "the time is nobody"
        return
    assert "Priya" in told(page)
    assert page.popovers.current is not None


def test_a_click_on_the_words_shows_nobody(page: ChatPage) -> None:
    viewport = page.timeline.view.viewport()
    assert viewport is not None
    view = page.timeline.view
    rect = view.visualRect(page.timeline.model.index(last_row(page)))
    click(viewport, QPoint(head_of(page)[1].x(), rect.bottom() - 6))
    assert card(page) is None
    click(viewport, QPoint(rect.right() - 40, head_of(page)[1].y()))
    assert card(page) is None


def test_the_menu_asks_who_wrote_it(page: ChatPage) -> None:
    view = page.timeline.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    menu = QMenu(view)
    menu.addAction("Copy")
    menu.addSeparator()
    menu.addAction("Delete")
    view.authors.offer(menu, view.deeds.meant)
    assert [one.text() for one in menu.actions()] == ["Copy", "Who is Priya?", "", "Delete"]
    menu.actions()[1].trigger()
    assert "Priya" in told(page)


def test_somebody_who_left_can_still_be_looked_at(room: Room, page: ChatPage) -> None:
    room.session.receive(Presence(changes=(Went(number=3, nick="Priya", at=0),)))
    room.session.roster.fill([member(1, "Marina", "host"), member(2, "Leo")])
    click_name(page, row=row_of(page, "Good morning"))
    assert "Not in the room now" in told(page)
    found = card(page)
    assert found is not None
    assert list(found.buttons) == [Deed.WRITE]
    click(found.buttons[Deed.WRITE])
    assert page.composer.private == device("Priya")


def row_of(page: ChatPage, text: str) -> int:
    model = page.timeline.model
    rows = [n for n in range(model.rowCount()) if getattr(model.entry(n), "text", "") == text]
    return rows[0]


def click_name(page: ChatPage, row: int) -> None:
    view, viewport = page.timeline.view, page.timeline.view.viewport()
    assert viewport is not None
    view.settle()
    view.grab()
    rect = view.visualRect(page.timeline.model.index(row))
    layouts = view._delegate.layouts
    layout = layouts.row(page.timeline.model.row(row), rect.width())
    left = layouts.columns(rect.width()).text
    click(viewport, QPoint(left + 6, rect.top() + layout.head + layouts.head_height // 2))


def test_mention_puts_the_name_where_one_writes(page: ChatPage) -> None:
    page.composer.edit.setPlainText("Thanks 👍")
    page.composer.edit.moveCursor(page.composer.edit.textCursor().MoveOperation.End)
    click_name(page, last_row(page))
    found = card(page)
    assert found is not None
    click(found.buttons[Deed.MENTION])
    assert page.composer.edit.toPlainText() == "Thanks 👍 @Priya "
    assert page.composer.edit.hasFocus()
    assert card(page) is None


def test_colour_of_a_message_follows_its_author(room: Room, page: ChatPage, theme: Theme) -> None:
    def ink() -> set[str]:
        image = page.timeline.view.grab().toImage()
        at = head_of(page)[1]
        return {
            image.pixelColor(at.x() + x, at.y() + y).name()
            for x in range(-6, 40)
            for y in range(-8, 8)
        }

    taken = [theme.person(key).ink for key in (device("Priya"), device("Marina"))]
    number = next(n for n in range(8) if theme.person(b"", n).ink not in taken)
    wanted = theme.person(b"", number).ink.name()
    assert wanted not in ink()
    room.session.receive(Presence(changes=(Changed(number=3, colour=number),)))
    assert wanted in ink()
    room.session.receive(Presence(changes=(Went(number=3, nick="Priya", at=0),)))
    assert room.session.colour_of(device("Priya")) == number
