"""Formatted messages in the timeline, as one sees and uses them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QImage, QMouseEvent
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Came, Live, Renamed, Roster, Said, Went
from app.ui.chat.timeline.formatted_block import FormattedBlock
from app.ui.chat.timeline.layout import Columns
from app.ui.chat.timeline.link_panel import LinkPanel
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.formatting.blocks import CodeBlock, Link
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room, device, member
from tests.ui.opened import Opened, caught

CODE = "```python\ndef greet(name):\n    return 'hi'\n```"


# The offscreen platform does not raise a tooltip, and says so.
shows_popup = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    with caught(qapp) as catcher:
        yield catcher


@pytest.fixture
def panel(qtbot: QtBot, room: Room, theme: Theme) -> TimelinePanel:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    panel.show()
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    panel.set_watched(True)
    return panel


def last(panel: TimelinePanel) -> int:
    return panel.model.rowCount() - 1


def corner(panel: TimelinePanel, row: int) -> QPoint:
    """Return where the text of a row begins, in the viewport."""
    panel.view.settle()
    rect = panel.view.visualRect(panel.model.index(row))
    layout = panel.view._delegate.layouts.row(panel.model.row(row), rect.width())
    return rect.topLeft() + QPoint(Columns.at(rect.width()).text, layout.text)


def block(panel: TimelinePanel, row: int = -1) -> FormattedBlock | None:
    row = last(panel) if row < 0 else row
    width = panel.view._port().width()
    return panel.view._delegate.layouts.row(panel.model.row(row), width).formatted


def formatted(panel: TimelinePanel, row: int = -1) -> FormattedBlock:
    found = block(panel, row)
    assert found is not None
    while not found.complete:
        found = block(panel, row)
        assert found is not None
    # What is in sight is set anew in a moment; here it is at once.
    panel.view.measure_again()
    panel.view.settle()
    return found


def place_of_link(panel: TimelinePanel) -> QPoint:
    """Return a point of the viewport at which the last row's first link stands."""
    found = formatted(panel)
    for y in range(0, int(found.height), 3):
        for x in range(0, 400, 3):
            if found.link_at(QPointF(x, y)) is not None:
                return corner(panel, last(panel)) + QPoint(x, y)
    raise AssertionError("no link")


def move(panel: TimelinePanel, at: QPoint) -> None:
    port = panel.view._port()
    where = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, port.mapToGlobal(where), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(port, event)


def copied() -> str:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


def picture(panel: TimelinePanel) -> QImage:
    panel.view.settle()
    return panel.view._port().grab().toImage()


def colours(image: QImage, x: int) -> set[str]:
    return {image.pixelColor(x, y).name() for y in range(image.height())}


def asked(panel: TimelinePanel) -> LinkPanel | None:
    return panel.asking.findChild(LinkPanel) if panel.asking is not None else None


def menu_texts(panel: TimelinePanel) -> list[str]:
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_End)
    return [one.text() for one in panel.view.deeds.menu().actions() if one.text()]


def choose(panel: TimelinePanel, text: str) -> None:
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_End)
    actions = panel.view.deeds.menu().actions()
    next(one for one in actions if one.text() == text).trigger()


# --- what is laid out ---------------------------------------------------------------------------


def test_words_alone_are_set_as_before(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "hello, 3 * 4 = 12 <b>no markup</b>")
    assert block(panel) is None


def test_markup_is_not_shown_and_the_words_are(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "some **bold** words\n> a quote\n- one\n- two")
    model = panel.model
    assert formatted(panel).complete
    spoken = model.data(model.index(last(panel)), Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(spoken, str)
    assert spoken.endswith("some bold words\n> a quote\n• one\n• two")


def test_copying_copies_what_was_typed(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "some **bold** words")
    panel.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel.view, Qt.Key.Key_End)
    press(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied().endswith("Priya: some **bold** words")


def test_a_row_is_shown_as_typed_and_formatted_again(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "- one\n\n- two\n> and **three**")
    panel.view.settle()
    before = panel.view.visualRect(panel.model.index(last(panel))).height()
    choose(panel, "View as typed")
    panel.view.settle()
    assert block(panel) is None
    assert "**three**" in panel.model.spoken(last(panel))
    assert panel.view.visualRect(panel.model.index(last(panel))).height() != before
    choose(panel, "View formatted")
    panel.view.settle()
    assert formatted(panel).complete
    assert panel.view.visualRect(panel.model.index(last(panel))).height() == before


def test_a_plain_message_is_not_offered_as_typed(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "words")
    assert "View as typed" not in menu_texts(panel)


def test_few_emoji_alone_are_big(room: Room, panel: TimelinePanel) -> None:
    heights = []
    for text in ("words", "🙂🎉", "🙂🎉 words"):
        room.say("Priya", text)
        panel.view.settle()
        heights.append(panel.view.visualRect(panel.model.index(last(panel))).height())
    assert heights[1] > heights[2] + 10


def test_a_quote_has_its_bar_on_the_side_where_its_words_begin(
    room: Room, panel: TimelinePanel, theme: Theme
) -> None:
    bar = theme.colour(Role.OUTLINE).name()
    room.say("Priya", "> quoted")
    start = corner(panel, last(panel)).x() + 1
    assert bar in colours(picture(panel), start)
    room.say("Priya", "> مرحبا")
    image = picture(panel)
    y = corner(panel, last(panel)).y() + 8
    end = corner(panel, last(panel)).x() + Columns.at(panel.view._port().width()).text_width - 2
    assert image.pixelColor(end, y).name() == bar
    assert image.pixelColor(start, y).name() != bar


def test_a_quote_within_a_quote_has_two_bars(
    room: Room, panel: TimelinePanel, theme: Theme
) -> None:
    room.say("Priya", "> > twice")
    start = corner(panel, last(panel))
    image = picture(panel)
    line = [image.pixelColor(start.x() + x, start.y() + 6).name() for x in range(26)]
    runs = sum(
        one == theme.colour(Role.OUTLINE).name() != before
        for before, one in zip(["", *line], line, strict=False)
    )
    assert runs == 2


def test_code_stands_on_its_ground_in_the_colours_of_the_theme(
    room: Room, panel: TimelinePanel, theme: Theme
) -> None:
    room.say("Priya", CODE)
    assert formatted(panel).complete
    image = picture(panel)
    start = corner(panel, last(panel))
    ground = image.pixelColor(start + QPoint(20, 4))
    assert ground == theme.colour(Role.SURFACE_SUNKEN)
    seen = {
        image.pixelColor(x, y).name()
        for x in range(start.x() + 10, start.x() + 60)
        for y in range(start.y() + 4, start.y() + 26)
    }
    keyword = theme.colour(Role.CODE_KEYWORD)
    assert any(_near(QColor(one), keyword) for one in seen)


def _near(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) < 40 for a, b in pairs)


def test_a_long_formatted_message_is_set_a_part_at_a_time(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    room.say("Priya", "\n".join(f"- item **{number}** of many" for number in range(150)))
    begun = block(panel)
    assert begun is not None
    assert not begun.complete
    row = last(panel)
    qtbot.waitUntil(lambda: panel.view._heights.is_exact(row))
    assert formatted(panel).complete


HOSTILE = [
    "> " * 2_000,
    "- " * 2_000,
    "```python\n" + "\n" * 4_900 + "```",
    "**" + "🙂" * 1_500 + "**",
    "> مرحبا\n> abc\n" * 200,
    "[a](http://a.com) " * 250,
    "`" * 5_000,
    ">",
    "- ",
    "```\n```",
    "@Priya " * 700,
    "https://a.com/" + "a" * 1_900,
    "\u202e**bold**\u2066",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [300, 900])
def test_no_formatting_disturbs_the_timeline(
    qtbot: QtBot, room: Room, panel: TimelinePanel, text: str, width: int
) -> None:
    panel.resize(width, 400)
    room.say("Priya", text[:5_000])
    row = last(panel)
    qtbot.waitUntil(lambda: panel.view._heights.is_exact(row))
    assert not panel.grab().isNull()
    # Every place can be pointed at.
    for y in range(0, panel.height(), 40):
        for x in range(0, width, 60):
            move(panel, QPoint(x, y))


# --- mentions -----------------------------------------------------------------------------------


def test_whoever_mentions_me_colours_the_row(
    room: Room, panel: TimelinePanel, theme: Theme
) -> None:
    bar = theme.colour(Role.MENTION_BAR).name()
    room.say("Priya", "hello @Marina")
    assert not formatted(panel).mentions_me
    assert bar not in colours(picture(panel), 1)
    room.say("Priya", "hello @leo!")
    assert formatted(panel).mentions_me
    assert bar in colours(picture(panel), 1)


def test_one_is_mentioned_also_where_the_roster_does_not_tell(
    qtbot: QtBot, room: Room, theme: Theme
) -> None:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.show()
    room.join(member(1, "Marina", "host"))
    room.say("Priya", "hello @Leo")
    assert formatted(panel).mentions_me


def test_a_mention_of_nobody_is_words(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "hello @Nobody")
    assert block(panel) is None


def test_who_comes_goes_and_is_renamed_can_be_mentioned(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", "hello @Tom and @Tina")
    row = last(panel)
    roster = room.session.roster
    roster.apply([Came(at=0, member=member(9, "Tom"))])
    assert block(panel, row) is not None
    roster.apply([Renamed(at=0, number=9, before="Tom", nick="Tina")])
    assert block(panel, row) is not None
    roster.apply([Went(at=0, number=9, nick="Tina", reason="left")])
    assert block(panel, row) is None


def test_a_large_roster_is_taken_a_part_at_a_time(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    room.say("Priya", "hello @member399")
    row = last(panel)
    everyone = tuple(member(number, f"member{number}") for number in range(10, 400))
    room.session.receive(Roster(members=everyone))
    assert block(panel, row) is None
    qtbot.waitUntil(lambda: block(panel, row) is not None)


# --- links --------------------------------------------------------------------------------------


def test_a_link_says_where_it_leads_and_is_opened_by_a_click(
    room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    room.say("Priya", "see [the page](https://example.com/a?b=1) there")
    at = place_of_link(panel)
    move(panel, at)
    port = panel.view._port()
    assert "Leads to https://example" in port.toolTip().replace("\u200b", "")
    assert port.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert opened.urls == []
    click(port, pos=at)
    assert opened.urls == ["https://example.com/a?b=1"]


def test_a_click_beside_the_link_opens_nothing(
    room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    room.say("Priya", "see https://example.com there")
    click(panel.view._port(), pos=corner(panel, last(panel)) + QPoint(2, 8))
    at = place_of_link(panel)
    click(panel.view._port(), pos=at, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert opened.urls == []


def test_a_link_that_deceives_asks_first(room: Room, panel: TimelinePanel, opened: Opened) -> None:
    room.say("Priya", "[https://bank.com](https://evil.example/x)")
    at = place_of_link(panel)
    port = panel.view._port()
    move(panel, at)
    assert "Careful: this leads to \nhttps://evil.example/x" in port.toolTip()
    click(port, pos=at)
    asking = asked(panel)
    assert asking is not None
    assert asking.target.full_text.replace("\u200b", "") == "https://evil.example/x"
    assert asking.target.accessibleName() == "https://evil.example/x"
    click(asking.keep)
    assert asked(panel) is None
    click(port, pos=at)
    again = asked(panel)
    assert again is not None
    assert opened.urls == []
    click(again.confirm)
    assert opened.urls == ["https://evil.example/x"]
    assert asked(panel) is None


def test_the_end_of_a_host_is_never_left_out(
    room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    host = "bank.com." + "a." * 110 + "evil.example"
    room.say("Priya", f"[https://bank.com](https://{host}/{'x' * 900})")
    at = place_of_link(panel)
    move(panel, at)
    assert f"{host}/" in panel.view._port().toolTip().replace("\u200b", "")
    assert any(f"Open https://{host}/…" == text for text in menu_texts(panel))
    click(panel.view._port(), pos=at)
    asking = asked(panel)
    assert asking is not None
    assert f"//{host}/" in asking.target.full_text.replace("\u200b", "")
    assert opened.urls == []


def test_a_row_that_was_forgotten_is_set_to_its_end_again(
    qtbot: QtBot, room: Room, panel: TimelinePanel
) -> None:
    room.say("Priya", "\n".join(f"- item **{number}** of many" for number in range(150)))
    row = last(panel)
    view = panel.view
    qtbot.waitUntil(lambda: view._heights.is_exact(row) and not view._go_on.isActive())
    QApplication.sendPostedEvents()
    panel.view._delegate.layouts._rows.clear()
    panel.view._port().repaint()
    rows = panel.view._delegate.layouts._rows

    def whole() -> bool:
        return any(one.formatted and one.block.complete for one in rows.values())

    assert not whole()
    qtbot.waitUntil(whole)


def test_the_keyboard_begins_where_nothing_is_opened(
    qtbot: QtBot, room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    with qtbot.waitActive(panel):
        panel.activateWindow()
    room.say("Priya", "[https://bank.com](https://evil.example/x)")
    choose(panel, "Open https://evil.example/x")
    asking = asked(panel)
    assert asking is not None
    assert asking.keep.hasFocus()
    press(asking.keep, Qt.Key.Key_Return)
    assert asked(panel) is None
    assert panel.view.hasFocus()
    choose(panel, "Open https://evil.example/x")
    press(panel.focusWidget(), Qt.Key.Key_Escape)
    assert asked(panel) is None
    assert opened.urls == []


@shows_popup
def test_an_invite_is_copied_and_never_opened(
    room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    invite = "papo://192.168.1.20:9090/abc"
    room.say("Priya", f"join {invite}")
    click(panel.view._port(), pos=place_of_link(panel))
    assert copied() == invite
    assert opened.urls == []
    assert not any(text.startswith("Open") for text in menu_texts(panel))


def test_links_are_opened_and_copied_by_keyboard(
    room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    room.say("Priya", "https://a.com/x&y and mailto:tom@example.org")
    choose(panel, "Open https://a.com/x&&y")
    choose(panel, "Open mailto:tom@example.org")
    assert opened.urls == ["https://a.com/x&y", "mailto:tom@example.org"]
    choose(panel, "Copy https://a.com/x&&y")
    assert copied() == "https://a.com/x&y"


def test_a_link_in_the_second_direction_of_a_text_is_found(
    room: Room, panel: TimelinePanel, opened: Opened
) -> None:
    room.say("Priya", "🙂 abc\nمرحبا\n🙂 see https://example.com")
    click(panel.view._port(), pos=place_of_link(panel))
    assert opened.urls == ["https://example.com"]


# --- code ---------------------------------------------------------------------------------------


def test_code_is_copied_by_its_button_and_by_the_menu(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", f"look:\n{CODE}")
    place, code = next(iter(formatted(panel).buttons()))
    at = corner(panel, last(panel)) + place.center().toPoint()
    move(panel, at)
    assert "Copy code" in panel.view._port().toolTip()
    click(panel.view._port(), pos=at)
    assert copied() == code.text == "def greet(name):\n    return 'hi'"
    assert "Copied" in panel.view._port().toolTip()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setText("other")
    choose(panel, "Copy code")
    assert copied() == code.text


def test_the_bar_over_a_message_leaves_the_button_of_code_free(
    room: Room, panel: TimelinePanel
) -> None:
    panel.resize(420, 400)
    room.say("Priya", "first")
    room.say("Priya", CODE)
    place, _ = next(iter(formatted(panel).buttons()))
    button = place.translated(QPointF(corner(panel, last(panel)))).toAlignedRect()
    move(panel, button.center())
    bar = panel.view._bar.bar
    assert bar.isVisible()
    assert not bar.geometry().intersects(button)


def test_a_deleted_message_has_nothing_left_of_its_formatting(
    room: Room, panel: TimelinePanel
) -> None:
    room.say("Priya", "see **https://example.com**")
    assert block(panel) is not None
    about = room.last_seq
    room.last_seq += 1
    gone = Said(
        seq=room.last_seq, author=1, at=0, cid=b"x" * 16, text="", nick="Marina",
        device=device("Marina"), kind="delete", about=about,
    )  # fmt: skip
    room.session.receive(Live(said=(gone,)))
    assert block(panel) is None
    assert "View as typed" not in menu_texts(panel)


def test_links_and_code_are_what_the_hands_find(room: Room, panel: TimelinePanel) -> None:
    room.say("Priya", f"https://example.com\n{CODE}")
    found = formatted(panel)
    places = [QPointF(x, y) for x in range(0, 560, 4) for y in range(0, int(found.height), 4)]
    kinds = {type(one) for at in places if (one := found.code_at(at) or found.link_at(at))}
    assert kinds == {Link, CodeBlock}
