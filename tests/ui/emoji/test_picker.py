"""The panel to choose an emoji from, as a person uses it: in its popover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PyQt6.QtCore import QPoint, Qt, pyqtBoundSignal
from PyQt6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from app.ui.chat.popover import Popover
from app.ui.emoji.picker import WIDTH, EmojiPicker
from app.ui.emoji.sections import Section
from app.ui.texts import set_language
from app.ui.theme.theme import Scheme
from tests.helpers.clock import ManualClock
from tests.ui.hands import click, press, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

RECENTS = ("😂", "👍🏽", "🔥")


def _told(signal: pyqtBoundSignal) -> list[Any]:
    told: list[Any] = []
    signal.connect(told.append)
    return told


class Opened:
    """A picker in a popover over a page."""

    def __init__(self, theme: Theme, qtbot: QtBot, width: int = 480) -> None:
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.page.resize(width, 640)
        self.anchor = QPushButton(self.page)
        self.anchor.setGeometry(width - 100, 10, 32, 32)
        self.picker = EmojiPicker(theme, ManualClock(), recents=RECENTS, parent=self.page)
        self.popover = Popover(self.picker, self.anchor, WIDTH, self.page)
        self.page.show()
        with qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.popover.open()

    @property
    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def cell(self, text: str) -> int:
        model = self.picker.model
        return next(c for c in range(model.rowCount()) if model.text(c) == text)


@pytest.fixture
def opened(theme: Theme, qtbot: QtBot) -> Opened:
    return Opened(theme, qtbot)


def test_the_keyboard_begins_in_the_search_and_enter_picks_the_first(opened: Opened) -> None:
    picked = _told(opened.picker.picked)
    assert opened.focus is opened.picker.search.edit
    press(opened.focus, Qt.Key.Key_Return)
    assert picked == []
    write(opened.focus, "thumbsu")
    press(opened.focus, Qt.Key.Key_Return)
    assert picked == ["👍"]


def test_search_is_in_the_readers_language_and_in_english(theme: Theme, qtbot: QtBot) -> None:
    set_language("pt_BR")
    opened = Opened(theme, qtbot)
    picked = _told(opened.picker.picked)
    for words in ("coração", "joinha", "fire_engine"):
        opened.picker.search.edit.clear()
        opened.picker.search.edit.insert(words)
        press(opened.focus, Qt.Key.Key_Return)
    assert picked == ["❤️", "👍", "🚒"]


def test_down_leads_into_the_grid_up_and_typing_back(opened: Opened) -> None:
    edit, grid = opened.picker.search.edit, opened.picker.grid
    press(edit, Qt.Key.Key_Down)
    assert grid.hasFocus()
    press(grid, Qt.Key.Key_Up)
    assert edit.hasFocus()
    press(edit, Qt.Key.Key_Down)
    write(grid, "c")
    write(opened.focus, "at")
    assert edit.text() == "cat"
    press(edit, Qt.Key.Key_Down)
    press(grid, Qt.Key.Key_Backspace)
    assert edit.text() == "ca"


def test_tab_goes_round_and_takes_the_categories_as_one(opened: Opened) -> None:
    stops = []
    for _ in range(4):
        stops.append(opened.focus)
        press(opened.focus, Qt.Key.Key_Tab)
    picker = opened.picker
    assert stops == [
        picker.search.edit,
        picker.tone_button,
        picker.categories.buttons[0],
        picker.grid,
    ]
    assert opened.focus is picker.search.edit


def test_arrows_go_from_category_to_category(opened: Opened) -> None:
    buttons = opened.picker.categories.buttons
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(opened.focus, Qt.Key.Key_Right)
    press(opened.focus, Qt.Key.Key_Right)
    assert opened.focus is buttons[2]
    assert [button.isChecked() for button in buttons].index(True) == 2
    press(opened.focus, Qt.Key.Key_Tab)
    press(opened.focus, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert opened.focus is buttons[2]
    press(opened.focus, Qt.Key.Key_End)
    assert opened.focus is buttons[-1]


def test_the_category_in_sight_is_marked(opened: Opened) -> None:
    strip = opened.picker.categories
    marked = [button.isChecked() for button in strip.buttons]
    assert marked.index(True) == 0
    opened.picker.grid.show_section(Section.FOOD)
    assert strip.buttons[1 + Section.FOOD].isChecked()
    assert sum(button.isChecked() for button in strip.buttons) == 1
    write(opened.focus, "cat")
    assert not any(button.isChecked() for button in strip.buttons)


def test_a_category_ends_the_search(opened: Opened) -> None:
    write(opened.focus, "cat")
    opened.picker.categories.buttons[2].click()
    assert opened.picker.search.edit.text() == ""
    assert opened.picker.categories.buttons[2].isChecked()


def test_nothing_found_says_so_and_offers_to_clear(opened: Opened) -> None:
    height = opened.picker.height()
    write(opened.focus, "xyzzyq")
    assert "xyzzyq" in opened.picker.nothing.sentence
    assert opened.picker.nothing.isVisible()
    assert not opened.picker.grid.isVisible()
    assert opened.picker.height() == height
    clear = opened.picker.nothing.findChild(QAbstractButton)
    assert clear is not None
    click(clear)
    assert opened.picker.grid.isVisible()
    assert opened.focus is opened.picker.search.edit


def test_the_line_below_says_where_one_is(opened: Opened) -> None:
    write(opened.focus, "fire_engine")
    assert opened.picker.preview.name == "fire engine"
    assert opened.picker.preview.code == "fire_engine"


# --- skin tones ---------------------------------------------------------------------------------


def test_the_button_chooses_the_tone_of_all(opened: Opened) -> None:
    changed = _told(opened.picker.tone_changed)
    picked = _told(opened.picker.picked)
    click(opened.picker.tone_button)
    press(opened.focus, Qt.Key.Key_Right)
    press(opened.focus, Qt.Key.Key_Right)
    press(opened.focus, Qt.Key.Key_Return)
    assert changed == [2]
    assert picked == []
    assert opened.cell("👋🏼")
    assert "Medium-light" in opened.picker.tone_button.accessibleName()
    assert not opened.picker.tones.isVisible()


def test_a_tone_chosen_at_an_emoji_picks_it_and_is_remembered(opened: Opened) -> None:
    changed = _told(opened.picker.tone_changed)
    picked = _told(opened.picker.picked)
    write(opened.focus, "wave")
    opened.picker.grid.tones_requested.emit(opened.cell("👋"))
    assert opened.picker.tones.isVisible()
    press(opened.focus, Qt.Key.Key_End)
    press(opened.focus, Qt.Key.Key_Space)
    assert picked == ["👋🏿"]
    assert changed == [5]


def test_what_has_no_tones_offers_none(opened: Opened) -> None:
    opened.picker.grid.tones_requested.emit(opened.cell("🔥"))
    assert not opened.picker.tones.isVisible()


def test_escape_closes_the_tones_first_and_then_the_panel(opened: Opened) -> None:
    closed: list[bool] = []
    opened.popover.closed.connect(lambda: closed.append(True))
    press(opened.focus, Qt.Key.Key_Down)
    opened.picker.grid.tones_requested.emit(1)
    press(opened.focus, Qt.Key.Key_Escape)
    assert not opened.picker.tones.isVisible()
    assert opened.focus is opened.picker.grid
    assert closed == []
    press(opened.focus, Qt.Key.Key_Escape)
    assert len(closed) == 1


def test_the_tones_go_when_the_keyboard_goes_elsewhere(opened: Opened) -> None:
    click(opened.picker.tone_button)
    opened.picker.search.edit.setFocus()
    assert not opened.picker.tones.isVisible()
    assert opened.focus is opened.picker.search.edit


# --- for everyone -------------------------------------------------------------------------------


def test_everything_that_takes_the_keyboard_has_a_name(opened: Opened) -> None:
    tab = Qt.FocusPolicy.TabFocus
    click(opened.picker.tone_button)
    stops = [w for w in opened.picker.findChildren(QWidget) if w.focusPolicy() & tab]
    assert len(stops) >= 5
    assert [w for w in stops if isinstance(w, QWidget) and w.isVisible() and not _named(w)] == []
    assert all(map(_named, opened.picker.findChildren(QAbstractButton)))


def _named(widget: QWidget) -> bool:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return bool(widget.accessibleName() or text)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_it_fits_into_the_narrowest_window_in_both_themes(
    theme: Theme, qtbot: QtBot, scheme: Scheme
) -> None:
    theme.set_scheme(scheme)
    opened = Opened(theme, qtbot, 360)
    picker = opened.picker
    assert picker.width() <= 344
    last = picker.categories.buttons[-1]
    assert picker.rect().contains(last.mapTo(picker, QPoint(last.width() - 1, 0)))
    assert not picker.grab().isNull()
    bar = picker.grid.horizontalScrollBar()
    assert bar is not None
    assert bar.maximum() == 0


def test_the_theme_may_change_while_it_is_open(theme: Theme, opened: Opened) -> None:
    theme.set_scheme(Scheme.LIGHT)
    light = opened.picker.grid.grab().toImage().pixel(2, 2)
    theme.set_scheme(Scheme.DARK)
    assert opened.picker.grid.grab().toImage().pixel(2, 2) != light
