"""A walk through all windows: every control says what it is, and the keyboard gets to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from app.ui.chat.composer.completion_list import CompletionList
from app.ui.switcher.offer_list import OfferList
from app.ui.texts import set_language
from app.ui.theme.theme import Theme
from tests.ui.gallery.every import SCENES
from tests.ui.gallery.scenes import Stage, turn

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


@pytest.fixture(scope="module")
def stage(qapp: QApplication) -> Iterator[Stage]:
    set_language("en")
    theme = Theme(qapp)
    theme.apply()
    stage = Stage(qapp, theme)
    yield stage
    stage.window.close()
    stage.window.deleteLater()
    turn()


def _controls(widget: QWidget) -> Iterator[QWidget]:
    for one in (widget, *widget.findChildren(QWidget)):
        # A scroll bar is named by what it scrolls.
        if isinstance(one, _CONTROLS) and not isinstance(one, QScrollBar) and one.isVisible():
            yield one


def _nameless(control: QWidget) -> bool:
    said = control.accessibleName()
    if isinstance(control, QAbstractButton):
        said = said or control.text()
    return not said.strip()


def _reachable(control: QWidget) -> bool:
    """Tell whether Tab gets to it, or to one beside it, from where the arrows do."""
    parent = control.parentWidget()
    if parent is None or isinstance(parent, CompletionList) or isinstance(control, OfferList):
        # These lists are walked through by the arrows, from the box that one writes in.
        return True
    kind = QAbstractButton if isinstance(control, QAbstractButton) else type(control)
    beside = parent.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return any(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in (control, *beside))


def _place(control: QWidget) -> str:
    parents = []
    at: QWidget | None = control
    while at is not None:
        parents.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(parents)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")
def test_every_control_has_a_name_and_a_way_by_keyboard(stage: Stage, scene: str) -> None:
    try:
        shown = SCENES[scene](stage)
        turn()
        found = list(_controls(shown))
        assert found or isinstance(shown, QMenu)
        assert [_place(one) for one in found if _nameless(one)] == []
        assert [_place(one) for one in found if one.isEnabled() and not _reachable(one)] == []
        if isinstance(shown, QMenu):
            names = [action.text() for action in shown.actions() if not action.isSeparator()]
            assert names
            assert all(names)
        if isinstance(shown, QDialog):
            assert shown.windowTitle()
    finally:
        stage.tidy()
