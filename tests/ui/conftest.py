"""A theme, settings in a folder of their own, and a clock that stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.support.settings import SettingsFile
from app.ui.theme.theme import Theme
from tests.ui.still_clock import StillClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PyQt6.QtWidgets import QApplication


@pytest.fixture
def theme(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theme]:
    monkeypatch.delenv("PAPO_SCHEME", raising=False)
    theme = Theme(qapp)
    yield theme
    theme.deleteLater()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def still_clock() -> StillClock:
    return StillClock()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains of every window that has a smallest size."""
    for item in items:
        if "ui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))
