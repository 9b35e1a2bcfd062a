"""Links are opened with Papo by a tick, and what came of it is said."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.system.link_handler import ENTRY, SystemLinkHandler
from app.system.programs import Question
from app.ui.settings.links_part import LinksPart
from app.ui.theme.theme import Theme
from tests.system.programs import SaidPrograms, said


def part_of(
    theme: Theme, qtbot: QtBot, folder: Path, programs: SaidPrograms, platform: str = "linux"
) -> LinksPart:
    handler = SystemLinkHandler(
        programs=programs, command=lambda: ["papo"], folder=folder, platform=platform
    )
    part = LinksPart(theme, handler=handler)
    handler.setParent(part)
    qtbot.addWidget(part)
    return part


def test_tick_asks_the_system_and_is_there_the_next_time(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    programs = SaidPrograms({Question.TAKE_LINKS: said("")})
    part = part_of(theme, qtbot, tmp_path, programs)
    assert not part.links.isChecked()
    part.links.click()
    programs.answer()
    assert part.said.isHidden()
    assert part_of(theme, qtbot, tmp_path, SaidPrograms()).links.isChecked()
    part.links.click()
    assert not (tmp_path / ENTRY).exists()


def test_system_that_will_ask_is_said_to(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    programs = SaidPrograms()
    part = part_of(theme, qtbot, tmp_path, programs)
    part.links.click()
    programs.answer()
    assert "may ask" in part.said.full_text


def test_refusal_takes_the_tick_back(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    part = part_of(theme, qtbot, tmp_path / "file", SaidPrograms())
    part.links.click()
    assert not part.links.isChecked()
    assert "could not be changed" in part.said.full_text


def test_system_that_cannot_be_asked_shows_nothing(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    assert part_of(theme, qtbot, tmp_path, SaidPrograms(), "darwin").isHidden()
