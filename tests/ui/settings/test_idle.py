"""Away by itself: after the minutes set without a key or a click, and back with the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent, QWindow

from app.ui.settings.idle import IdleWatch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PyQt6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.ui.chat.rooms import ManualClock

TEN = 600.0


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWindow]:
    assert qapp is not None
    window = QWindow()
    yield window
    window.destroy()
    window.deleteLater()


@pytest.fixture
def idle(clock: ManualClock, window: QWindow) -> IdleWatch:
    watch = IdleWatch(clock, window)
    watch.follow(window)
    watch.set_minutes(10)
    return watch


def key(window: QWindow, kind: QEvent.Type) -> None:
    event = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(window, event)


def move(window: QWindow) -> None:
    none = Qt.MouseButton.NoButton
    at = QPointF(5, 5)
    modifiers = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, modifiers)
    QCoreApplication.sendEvent(window, event)


def test_idle_after_the_minutes_set_and_not_before(
    qtbot: QtBot, idle: IdleWatch, clock: ManualClock
) -> None:
    clock.advance(TEN - 1)
    assert not idle.idle
    with qtbot.waitSignal(idle.idle_changed, timeout=1000) as told:
        clock.advance(1)
    assert told.args == [True]


def test_each_key_and_move_begins_the_wait_anew(
    idle: IdleWatch, clock: ManualClock, window: QWindow
) -> None:
    clock.advance(TEN - 10)
    key(window, QEvent.Type.KeyPress)
    clock.advance(TEN - 10)
    move(window)
    clock.advance(TEN - 1)
    assert not idle.idle
    clock.advance(1)
    assert idle.idle


def test_back_with_the_next_move_and_idle_again_later(
    qtbot: QtBot, idle: IdleWatch, clock: ManualClock, window: QWindow
) -> None:
    clock.advance(TEN)
    with qtbot.waitSignal(idle.idle_changed, timeout=1000) as told:
        move(window)
        clock.advance(0)
    assert told.args == [False]
    clock.advance(TEN)
    assert idle.idle


def test_what_the_key_does_is_done_before_one_is_back(
    idle: IdleWatch, clock: ManualClock, window: QWindow
) -> None:
    clock.advance(TEN)
    key(window, QEvent.Type.KeyPress)
    clock.advance(0)
    assert idle.idle
    key(window, QEvent.Type.KeyRelease)
    assert idle.idle
    clock.advance(0)
    assert not idle.idle


def test_never_is_never(idle: IdleWatch, clock: ManualClock) -> None:
    idle.set_minutes(0)
    clock.advance(100 * TEN)
    assert not idle.idle


def test_another_choice_while_idle_brings_one_back(idle: IdleWatch, clock: ManualClock) -> None:
    clock.advance(TEN)
    idle.set_minutes(30)
    assert not idle.idle
    clock.advance(TEN)
    assert not idle.idle
    clock.advance(2 * TEN)
    assert idle.idle


def test_it_follows_the_window_that_has_the_keyboard(
    idle: IdleWatch, clock: ManualClock, window: QWindow
) -> None:
    other = QWindow()
    idle.follow(other)
    idle.follow(None)
    clock.advance(TEN - 1)
    move(window)
    clock.advance(1)
    was_idle = idle.idle
    move(other)
    clock.advance(0)
    assert (was_idle, idle.idle) == (True, False)
    other.deleteLater()
