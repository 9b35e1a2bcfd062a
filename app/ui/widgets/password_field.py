"""A field for a password: hidden unless asked for, never remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import Field
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.theme.theme import Theme

_HINTS = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText


class PasswordField(Field):
    """A field whose text is dots until its eye is pressed. Whoever used the password clears it."""

    def __init__(
        self,
        theme: Theme,
        caption: str,
        *,
        remark: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, caption, remark=remark, placeholder=placeholder, parent=parent)
        self.eye = IconButton(theme, Icon.EYE, "", size=18, parent=self)
        self.eye.setCheckable(True)
        # Small enough that its focus ring stays within the line.
        self.eye.setFixedSize(26, 26)
        self.set_trailing(self.eye)
        self._caps_lock = PlainLabel(
            theme, tr("Caps Lock is on."), Step.SMALL, Role.WARN, parent=self
        )
        self._caps_lock.setContentsMargins(0, 4, 0, 0)
        self._caps_lock.hide()
        self.set_note(self._caps_lock)
        QWidget.setTabOrder(self.edit, self.eye)
        self.edit.installEventFilter(self)
        self.eye.toggled.connect(self._on_eye_toggled)
        self._on_eye_toggled(False)

    @property
    def warns_of_caps_lock(self) -> bool:
        """Whether it says that Caps Lock is on."""
        return not self._caps_lock.isHidden()

    def clear(self) -> None:
        """Forget what was typed, and be as at first; the line's undo forgets it too."""
        self.set_text("")
        self.set_error("")
        self.eye.setChecked(False)
        self._caps_lock.hide()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Notice Caps Lock by what the keys give: Qt cannot be asked for it."""
        if event is not None and event.type() == QEvent.Type.FocusOut:
            self._caps_lock.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self._caps_lock.hide()
            elif len(text) == 1 and text.lower() != text.upper():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._caps_lock.setVisible(text.isupper() != shift)
        return super().eventFilter(watched, event)

    @pyqtSlot(bool)
    def _on_eye_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)
        # The mode sets hints of its own; shown or not, no keyboard is to learn the word.
        self.edit.setInputMethodHints(self.edit.inputMethodHints() | _HINTS)
        self.eye.set_icon(Icon.EYE_OFF if shown else Icon.EYE)
        self.eye.set_name(tr("Hide the password") if shown else tr("Show the password"))
