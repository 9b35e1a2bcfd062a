"""The panel to choose an emoji for a message."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSlot

from app.support.clock import Clock
from app.ui.chat.composer.emoji import ComposerEmoji
from app.ui.chat.header.page_popovers import PagePopovers
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.theme.theme import Theme

_INSET = 40
"""Pixels at the right of a row that its bar leaves free."""


class Reacting(QObject):
    """Opens the panel at the message, puts what is chosen there to it, and closes again.

    What was used lately and the skin tone are those of `emoji`.
    """

    def __init__(
        self,
        timeline: TimelinePanel,
        popovers: PagePopovers,
        emoji: ComposerEmoji,
        theme: Theme,
        clock: Clock,
        *,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._popovers = popovers
        self._emoji = emoji
        self._theme = theme
        self._clock = clock
        self._seq = 0
        timeline.view.deeds.picker_requested.connect(self.open)

    @pyqtSlot(object)
    def open(self, seq: int) -> None:
        """Show the panel for the message of that number, with the keyboard in its search."""
        # It is big, and not everybody opens it.
        from app.ui.emoji.picker import WIDTH, EmojiPicker  # noqa: PLC0415

        view = self._timeline.view
        row = self._timeline.model.row_of(seq)
        if row < 0:
            return
        self._seq = seq
        view.choose_row(row)
        view.setFocus()
        values = self._emoji.values
        picker = EmojiPicker(
            self._theme, self._clock, recents=tuple(values.emoji_recents), tone=values.emoji_tone
        )
        picker.picked.connect(self._on_picked)
        picker.tone_changed.connect(self._on_tone_changed)
        place = view.visualRect(self._timeline.model.index(row))
        # Under the bar of the row, so that most of what is reacted to stays in sight.
        place.setRight(place.right() - _INSET)
        place.setLeft(max(view.columns.text, place.right() - WIDTH))
        self._popovers.open_panel(picker, view, WIDTH, place)

    @pyqtSlot(str)
    def _on_picked(self, emoji: str) -> None:
        seq, self._seq = self._seq, 0
        if seq:
            self._popovers.close()
            self._emoji.note_used(emoji)
            self._timeline.view.deeds.react_requested.emit(seq, emoji, True)

    @pyqtSlot(int)
    def _on_tone_changed(self, tone: int) -> None:
        self._emoji.values.emoji_tone = tone
