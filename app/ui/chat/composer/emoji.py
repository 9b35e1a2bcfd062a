"""The panel of emoji at the box to write in, and what is remembered of those that were used."""

from __future__ import annotations

import contextlib

from PyQt6.QtCore import QObject, pyqtSlot

from app.support.clock import Clock
from app.support.settings import Settings, SettingsFile
from app.ui.chat.composer.composer import Composer
from app.ui.chat.header.page_popovers import PagePopovers
from app.ui.emoji.names import with_recent
from app.ui.theme.theme import Theme


class ComposerEmoji(QObject):
    """Opens the panel over a `Composer`, and puts in what is chosen there; it stays open for more.

    Without a file, what was used lately is remembered for as long as this lives.
    """

    def __init__(
        self,
        composer: Composer,
        popovers: PagePopovers,
        theme: Theme,
        clock: Clock,
        *,
        settings: SettingsFile | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._composer = composer
        self._popovers = popovers
        self._theme = theme
        self._clock = clock
        self._file = settings
        self.values = Settings() if settings is None else settings.values
        self._changed = False
        composer.emoji_requested.connect(self.open)

    @pyqtSlot()
    def open(self) -> None:
        """Show the panel, with the keyboard in its search."""
        # It is big, and not everybody opens it.
        from app.ui.emoji.picker import WIDTH, EmojiPicker  # noqa: PLC0415

        values = self.values
        picker = EmojiPicker(
            self._theme, self._clock, recents=tuple(values.emoji_recents), tone=values.emoji_tone
        )
        picker.picked.connect(self._on_picked)
        picker.tone_changed.connect(self._on_tone_changed)
        self._popovers.open_panel(picker, self._composer.emoji, WIDTH)
        popover = self._popovers.current
        if popover is not None:
            popover.closed.connect(self._on_closed)

    @pyqtSlot(str)
    def note_used(self, emoji: str) -> None:
        """Remember that an emoji was used just now."""
        self.values.emoji_recents = list(with_recent(self.values.emoji_recents, emoji))
        self._changed = True

    @pyqtSlot(str)
    def _on_picked(self, emoji: str) -> None:
        self._composer.insert(emoji)
        self.note_used(emoji)

    @pyqtSlot(int)
    def _on_tone_changed(self, tone: int) -> None:
        self.values.emoji_tone = tone
        self._changed = True

    @pyqtSlot()
    def _on_closed(self) -> None:
        if self._composer.isVisible():
            self._composer.edit.setFocus()
        if self._changed and self._file is not None:
            self._changed = False
            # The window tells of a disk that refuses when it saves everything; these can wait.
            with contextlib.suppress(OSError):
                self._file.save()
