"""What is written to the files that are sent: a text of some lines."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.protocol import limits
from app.ui.chat.composer.box import ComposerBox
from app.ui.chat.composer.edit import ComposerEdit
from app.ui.texts import locale, tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import PlainLabel

COUNT_FROM = limits.MAX_CAPTION - 200
"""Characters from which the count is shown."""

_LEAST = 44


class CaptionBox(QWidget):
    """A border around the text, an emoji button, and near the limit a count under it.

    Signals:
        changed(): the text is another; the box may want another height.
        submitted(), escaped(): Enter, Escape was pressed.
        emoji_requested(): an emoji is to be chosen.
    """

    changed = pyqtSignal()
    submitted = pyqtSignal()
    escaped = pyqtSignal()
    emoji_requested = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._box = ComposerBox(theme, self)
        self.edit = ComposerEdit(theme, self._box)
        self.edit.setPlaceholderText(tr("Write something to it"))
        self.edit.setAccessibleName(tr("Caption"))
        self.emoji = IconButton(theme, Icon.EMOJI, tr("Insert an emoji"), parent=self._box)
        self._count = PlainLabel(theme, "", Step.CAPTION, Role.TEXT_FAINT, wrap=True, parent=self)
        self._count.hide()
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(14, 6, 6, 6)
        inside.setSpacing(8)
        inside.addWidget(self.edit, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self.emoji, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._box)
        column.addWidget(self._count)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.focus_changed.connect(self._on_focus_changed)
        self.edit.send_requested.connect(self.submitted)
        self.edit.escaped.connect(self.escaped)
        self.edit.emoji_requested.connect(self.emoji_requested)
        self.edit.paste_refused.connect(self._on_paste_refused)
        self.emoji.clicked.connect(self.emoji_requested)
        self.setFocusProxy(self.edit)
        self._fit()

    @property
    def text(self) -> str:
        """What is written."""
        return self.edit.toPlainText()

    @property
    def count(self) -> str:
        """What is said of the length."""
        return "" if self._count.isHidden() else self._count.full_text

    @property
    def is_too_long(self) -> bool:
        """Whether the text has no room in a message with files."""
        return len(self.text) > limits.MAX_CAPTION

    def insert(self, text: str) -> None:
        """Put something in where the cursor is, as if it had been typed."""
        self.edit.insertPlainText(text)
        self.edit.ensureCursorVisible()

    def set_text(self, text: str) -> None:
        """Put in what was written before."""
        self.edit.setPlainText(text)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)

    @pyqtSlot()
    def _on_text_changed(self) -> None:
        length, limit = len(self.text), limits.MAX_CAPTION
        number = locale().toString
        said = ""
        if length > limit:
            said = tr(
                "{count} of {limit}. Shorten it, or send it as a message of its own.",
                count=number(length),
                limit=number(limit),
            )
        elif length >= COUNT_FROM:
            said = tr("{count} of {limit}", count=number(length), limit=number(limit))
        self._say(said, wrong=length > limit)

    @pyqtSlot(str)
    def _on_paste_refused(self, _text: str) -> None:
        self._say(
            tr("That is too long for a caption. Send it as a message of its own."), wrong=True
        )

    def _say(self, said: str, *, wrong: bool) -> None:
        self._count.setText(said)
        self._count.set_role(Role.DANGER if wrong else Role.TEXT_FAINT)
        self._count.setVisible(bool(said))
        self.edit.setAccessibleDescription(said)
        self._box.wrong = wrong
        self._fit()
        self.changed.emit()

    @pyqtSlot()
    def _on_focus_changed(self) -> None:
        self._box.focused = self.edit.hasFocus()
        self._box.update()

    def _fit(self) -> None:
        self._box.setFixedHeight(max(_LEAST, self.edit.fit() + 22))
        self._box.update()
