"""What is kept on this computer is told, and deleted after a second, deliberate step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication

from app.session.store import RoomStore
from tests.ui.hands import click, press
from tests.ui.settings.rooms import keep, open_room, replica, settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.main_window import MainWindow
    from tests.ui.chat.rooms import ManualClock


def test_nothing_kept_says_so(window: MainWindow) -> None:
    window.show_settings()
    assert settings_of(window).kept.nothing.isVisible()


def test_deleting_takes_two_steps_and_leaves_the_others(window: MainWindow, tmp_path: Path) -> None:
    lab, family = keep(tmp_path, "Lab"), keep(tmp_path, "Family")
    window.show_settings()
    rows = settings_of(window).kept.rows
    row = next(r for r in rows if "Lab" in r.ask.accessibleName())
    press(row.ask, Qt.Key.Key_Return)
    assert lab.exists()
    # The same key again must not delete.
    assert QApplication.focusWidget() is row.keep
    press(row.keep, Qt.Key.Key_Return)
    assert not row.confirm.isVisible()
    assert QApplication.focusWidget() is row.ask
    press(row.ask, Qt.Key.Key_Return)
    click(row.confirm)
    assert not lab.exists()
    assert family.exists()
    left = settings_of(window).kept.rows
    assert ["Family" in r.ask.accessibleName() for r in left] == [True]
    assert QApplication.focusWidget() is left[0].ask


def test_an_open_room_stays_open_and_keeps_nothing_more(
    window: MainWindow, clock: ManualClock, tmp_path: Path
) -> None:
    lab = open_room(window, clock, lines=3, kept_in=tmp_path)
    clock.advance(0)
    window.show_settings()
    (row,) = settings_of(window).kept.rows
    click(row.ask)
    assert "stays open" in row.question.full_text
    click(row.confirm)
    assert not replica(tmp_path, "Lab").exists()
    assert not lab.is_kept
    assert settings_of(window).kept.rows == []
    lab.set_draft("more")
    clock.advance(10)
    assert not replica(tmp_path, "Lab").exists()
    window.show_session(lab)
    assert len(lab.timeline) >= 3


def test_a_room_in_use_elsewhere_says_what_to_do(window: MainWindow, tmp_path: Path) -> None:
    path = keep(tmp_path, "Lab")
    other = RoomStore(path)
    window.show_settings()
    (row,) = settings_of(window).kept.rows
    click(row.ask)
    click(row.confirm)
    assert row.problem == "This room is in use now. Leave it, then try again."
    assert path.exists()
    other.close()
    click(row.confirm)
    assert not path.exists()


def test_hosted_histories_are_told_apart(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "rooms" / "ab").mkdir(parents=True)
    (tmp_path / "rooms" / "ab" / "log.db").write_bytes(b"x" * 2048)
    assert settings_of_kept(window) == 2048


def settings_of_kept(window: MainWindow) -> int:
    window.show_settings()
    return settings_of(window)._kept.hosted_bytes
