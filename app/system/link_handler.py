"""Lets the system open papo:// links with this Papo, when the person asks for it, and takes it back.

Linux: a desktop entry of the person's own (freedesktop.org, Desktop Entry and MIME Applications
specifications), made the default by xdg-mime. Windows: a key of the person's own in the registry. macOS
goes by the program's bundle, where there is one, and needs nothing here. Nothing is changed for other
people of the computer, and no rights are needed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QSettings, QStandardPaths, QTimer, pyqtSignal, pyqtSlot

from app.security.invite import SCHEME
from app.support.files import write_atomically
from app.support.resources import resource
from app.system.programs import Answer, Programs, Question, SystemPrograms

ENTRY: str = "papo-links.desktop"
"""Not `papo.desktop`: a person's entry of that name would hide the one that an installed Papo has."""

_WINDOWS_CLASS = rf"HKEY_CURRENT_USER\Software\Classes\{SCHEME}"
_RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")


def own_command() -> list[str]:
    """Return the program and words that start this Papo anew."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    started = Path(sys.argv[0])
    if started.name in {"papo", "papo.exe", "papo-window", "papo-window.exe"}:
        return [str(started.absolute())]
    beside = Path(__file__).resolve().parents[2] / "main.py"
    return [sys.executable, str(beside)] if beside.is_file() else [sys.executable, "-m", "app"]


class SystemLinkHandler(QObject):
    """This computer's handler of links.

    Signals:
        settled(bool): after `turn`, whether the system now opens links with this Papo by itself; where
            it does not, the system asks the person which program to take.
    """

    settled = pyqtSignal(bool)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        programs: Programs | None = None,
        command: Callable[[], list[str]] = own_command,
        folder: Path | None = None,
        platform: str = sys.platform,
        windows_class: str = _WINDOWS_CLASS,
    ) -> None:
        """`folder`: where the person's desktop entries are; the rest is for tests as well."""
        super().__init__(parent)
        place = QStandardPaths.StandardLocation.ApplicationsLocation
        self._folder = folder or Path(QStandardPaths.writableLocation(place))
        self._programs = programs or SystemPrograms(self)
        self._command = command
        self._platform = platform
        self._windows_class = windows_class

    @property
    def is_possible(self) -> bool:
        """Whether the system can be asked at all."""
        return self._platform in {"linux", "win32"}

    def is_on(self) -> bool:
        """Tell whether the system was asked to open links with this program."""
        if self._platform == "win32":
            return bool(self._registry("shell/open/command").value("Default"))
        try:
            return (self._folder / ENTRY).read_text("utf-8") == self._entry()
        except (OSError, UnicodeDecodeError):
            return False

    def turn(self, *, on: bool) -> None:
        """Ask the system for it, or take that back; raises OSError where it refuses."""
        if self._platform == "win32":
            self._turn_windows(on=on)
        elif on:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / ENTRY, self._entry().encode(), private=False)
            self._programs.ask(Question.TAKE_LINKS, self._on_taken)
            return
        else:
            (self._folder / ENTRY).unlink(missing_ok=True)
        QTimer.singleShot(0, self._on_settled)

    def _on_taken(self, answer: Answer) -> None:
        self.settled.emit(answer.well)

    @pyqtSlot()
    def _on_settled(self) -> None:
        self.settled.emit(self.is_on())

    def _entry(self) -> str:
        command = " ".join(_quoted(word) for word in self._command())
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Papo",
            f"Exec={command} %u",
            f"Icon={resource('icons', 'papo.svg')}",
            f"MimeType=x-scheme-handler/{SCHEME};",
            "Terminal=false",
            "NoDisplay=true",
            "StartupWMClass=papo",
        )
        return "\n".join(lines) + "\n"

    def _registry(self, below: str = "") -> QSettings:
        settings = QSettings(self._windows_class, QSettings.Format.NativeFormat)
        if below:
            settings.beginGroup(below)
        return settings

    def _turn_windows(self, *, on: bool) -> None:
        if not on:
            settings = self._registry()
            settings.clear()
            settings.sync()
            return
        settings = self._registry()
        settings.setValue("Default", f"URL:{SCHEME}")
        settings.setValue("URL Protocol", "")
        command = " ".join(f'"{word}"' for word in self._command())
        # Through a group: QSettings takes a slash in a key for one, and a backslash for none.
        settings.beginGroup("shell/open/command")
        settings.setValue("Default", f'{command} "%1"')
        settings.endGroup()
        settings.sync()
        if settings.status() is not QSettings.Status.NoError:
            raise PermissionError(self._windows_class)


def _quoted(word: str) -> str:
    """Return one word of an Exec line (Desktop Entry Specification, "The Exec key")."""
    word = word.replace("%", "%%")
    if word and not _RESERVED & set(word):
        return word
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, "\\" + sign)
    # The value of a key is itself escaped once more.
    return '"' + word.replace("\\", "\\\\") + '"'
