"""`Preferences`: what the person chose of looks and habits, in force at once and remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator, pyqtSignal

from app.ui.notifications.choices import NotifyChoices
from app.ui.texts import LANGUAGES, locale, set_language, system_language
from app.ui.theme import motion
from app.ui.theme.theme import Scheme

if TYPE_CHECKING:
    from app.support.settings import Settings, SettingsFile
    from app.ui.theme.theme import Theme

TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)
"""Percent of the system's size."""


class Preferences(QObject):
    """Carries out each choice, and saves it. Owns neither the theme nor the file.

    Signals:
        texts_changed(): the language or the size of texts is another; make what shows texts anew.
        messages_look_changed(): messages stand otherwise now, or comings and goings are told or not.
        colour_changed(int): another colour is to stand for the person, -1 for the one by itself.
        rename_requested(str): go by that nickname in the rooms that are open, too.
        away_after_changed(int): minutes without use after which one is away, 0 for never.
        downloads_changed(object): files that are fetched go into that folder, a Path, from now on.
        not_saved(object): the choice holds, but could not be written; the OSError.
    """

    texts_changed = pyqtSignal()
    messages_look_changed = pyqtSignal()
    colour_changed = pyqtSignal(int)
    rename_requested = pyqtSignal(str)
    away_after_changed = pyqtSignal(int)
    downloads_changed = pyqtSignal(object)
    not_saved = pyqtSignal(object)

    def __init__(self, theme: Theme, file: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._file = file
        self._qt_texts: QTranslator | None = None
        self.device = b""
        """This computer's device, which gives the colour that comes by itself; empty: not told."""
        self.usual_downloads = file.folder / "downloads"
        """Where fetched files go unless another folder was chosen."""
        self.notify = NotifyChoices(file.values, self._save, self)

    @property
    def values(self) -> Settings:
        """All that is remembered; to be changed by the methods here."""
        return self._file.values

    @property
    def language(self) -> str:
        """The language chosen, or nothing for the system's."""
        return self.values.language if self.values.language in LANGUAGES else ""

    def apply(self) -> None:
        """Bring all choices into force: at the start, before there is anything to see."""
        values = self.values
        self._theme.set_scheme(Scheme(values.scheme))
        self._theme.set_text_size(values.text_size)
        motion.set_reduced(values.reduced_motion)
        # The command line speaks the system's language already.
        if self.language:
            set_language(self.language)
        self._load_qt_texts()

    def set_scheme(self, scheme: Scheme) -> None:
        """Be light, dark, or as the system is."""
        self.values.scheme = scheme.value
        self._theme.set_scheme(scheme)
        self._save()

    def set_text_size(self, percent: int) -> None:
        """Show texts that large, in percent of the system's size, 90 to 200."""
        if percent == self.values.text_size:
            return
        self.values.text_size = percent
        self._theme.set_text_size(percent)
        self._save()
        self.texts_changed.emit()

    def set_language(self, language: str) -> None:
        """Speak one of `LANGUAGES`, or with nothing the system's."""
        if language == self.values.language:
            return
        self.values.language = language
        set_language(self.language or system_language())
        self._load_qt_texts()
        self._save()
        self.texts_changed.emit()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Let nothing move, or only what the system lets move."""
        self.values.reduced_motion = reduced
        motion.set_reduced(reduced)
        self._save()

    def set_compact(self, compact: bool) -> None:
        """Let messages stand close together, without pictures of who wrote them; or comfortably."""
        if compact != self.values.compact:
            self.values.compact = compact
            self._save()
            self.messages_look_changed.emit()

    def set_comings_shown(self, shown: bool) -> None:
        """Tell in every room who came and went, or do not."""
        if shown != self.values.comings_shown:
            self.values.comings_shown = shown
            self._save()
            self.messages_look_changed.emit()

    def set_nickname(self, nickname: str) -> None:
        """Offer this nickname for the next rooms; it can be one."""
        if nickname != self.values.nickname:
            self.values.nickname = nickname
            self._save()

    def set_colour(self, colour: int) -> None:
        """Let that colour for people stand for oneself; -1: the one that comes by itself."""
        if colour != self.values.colour:
            self.values.colour = colour
            self._save()
            self.colour_changed.emit(colour)

    def set_away_after(self, minutes: int) -> None:
        """Be away after so many minutes without use; 0 for never."""
        self.values.away_after = minutes
        self._save()
        self.away_after_changed.emit(minutes)

    @property
    def downloads(self) -> Path:
        """Where files go that are fetched without saying where."""
        return Path(self.values.downloads) if self.values.downloads else self.usual_downloads

    def set_downloads(self, folder: Path | None) -> None:
        """Let fetched files go into `folder`, which can be written to; None: into the usual one."""
        chosen = "" if folder is None else str(folder)
        if chosen != self.values.downloads:
            self.values.downloads = chosen
            self._save()
            self.downloads_changed.emit(self.downloads)

    def _load_qt_texts(self) -> None:
        # What Qt itself says, such as in the menu of a text field.
        if self._qt_texts is not None:
            QCoreApplication.removeTranslator(self._qt_texts)
        self._qt_texts = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt_texts.load(locale(), "qtbase", "_", folder):
            QCoreApplication.installTranslator(self._qt_texts)

    def _save(self) -> None:
        try:
            self._file.save()
        except OSError as error:
            self.not_saved.emit(error)
