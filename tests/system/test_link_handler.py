"""Links are opened with Papo only where the person asked for it, by an entry that is well-formed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PyQt6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.system.link_handler import ENTRY, SystemLinkHandler
from app.system.programs import Question
from tests.system.programs import SaidPrograms, said

COMMAND = ["/opt/my papo/bin/papo", "--x=$HOME", "100%"]


def handler(folder: Path, programs: SaidPrograms, platform: str = "linux") -> SystemLinkHandler:
    return SystemLinkHandler(
        programs=programs,
        command=lambda: COMMAND,
        folder=folder / "applications",
        platform=platform,
        windows_class=str(folder / "class"),
    )


def test_nothing_is_written_before_the_person_asks(tmp_path: Path) -> None:
    programs = SaidPrograms()
    assert not handler(tmp_path, programs).is_on()
    assert list(tmp_path.iterdir()) == []
    assert programs.asked == []


def test_entry_is_written_and_made_the_default_and_taken_back(tmp_path: Path, qtbot: QtBot) -> None:
    programs = SaidPrograms({Question.TAKE_LINKS: said("")})
    links = handler(tmp_path, programs)
    links.turn(on=True)
    assert [question for question, _told in programs.asked] == [Question.TAKE_LINKS]
    with qtbot.waitSignal(links.settled) as settled:
        programs.answer()
    assert settled.args == [True]
    assert links.is_on()
    lines = (tmp_path / "applications" / ENTRY).read_text().splitlines()
    assert "MimeType=x-scheme-handler/papo;" in lines
    (line,) = (one for one in lines if one.startswith("Exec="))
    assert line.endswith(" %u")
    # The value of a key is escaped, and then quoted as a shell would; a per cent sign is doubled.
    quoted = line.removeprefix("Exec=").replace("\\\\", "\\")
    printed = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {quoted}"], capture_output=True, check=True
    )
    words = printed.stdout.decode().splitlines()
    assert words == [*(word.replace("%", "%%") for word in COMMAND), "%u"]
    with qtbot.waitSignal(links.settled):
        links.turn(on=False)
    assert not links.is_on()
    links.turn(on=False)


def test_system_without_xdg_mime_asks_the_person_itself(tmp_path: Path, qtbot: QtBot) -> None:
    programs = SaidPrograms()
    links = handler(tmp_path, programs)
    links.turn(on=True)
    with qtbot.waitSignal(links.settled) as settled:
        programs.answer()
    assert settled.args == [False]
    assert links.is_on()


def test_entry_of_another_papo_is_not_this_one(tmp_path: Path) -> None:
    links = handler(tmp_path, SaidPrograms())
    links.turn(on=True)
    other = SystemLinkHandler(
        programs=SaidPrograms(), command=lambda: ["papo"], folder=tmp_path / "applications"
    )
    assert not other.is_on()


def test_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "applications").write_text("in the way")
    with pytest.raises(OSError, match="applications"):
        handler(tmp_path, SaidPrograms()).turn(on=True)


def test_windows_has_it_in_the_registry(tmp_path: Path, qtbot: QtBot) -> None:
    links = handler(tmp_path, SaidPrograms(), "win32")
    with qtbot.waitSignal(links.settled) as settled:
        links.turn(on=True)
    assert settled.args == [True]
    registry = QSettings(str(tmp_path / "class"), QSettings.Format.NativeFormat)
    assert registry.value("Default") == "URL:papo"
    assert registry.contains("URL Protocol")
    assert registry.value("shell/open/command/Default").endswith(' "%1"')
    with qtbot.waitSignal(links.settled):
        links.turn(on=False)
    assert not links.is_on()


def test_entry_passes_the_systems_own_check(tmp_path: Path) -> None:
    check = shutil.which("desktop-file-validate")
    if check is None:
        pytest.skip("desktop-file-validate is not installed")
    links = handler(tmp_path, SaidPrograms())
    links.turn(on=True)
    path = tmp_path / "applications" / ENTRY
    done = subprocess.run([check, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
