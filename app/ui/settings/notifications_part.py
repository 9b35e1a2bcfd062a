"""The settings of notifications: which, how, when not, and a way to try them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import Qt, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.ui.notifications.choices import FOR_GOOD
from app.ui.notifications.quiet import QuietMenu, quiet_sentence
from app.ui.notifications.room_menu import level_texts
from app.ui.settings.parts import Choices, Section, Setting
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.support.clock import Clock
    from app.support.settings import NotifyLevel
    from app.ui.notifications.choices import NotifyChoices
    from app.ui.theme.theme import Theme


class NotificationsPart(Section):
    """A section of the page; in force, and remembered, at once."""

    def __init__(
        self, theme: Theme, choices: NotifyChoices, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, tr("Notifications"), parent)
        self._choices = choices
        self._clock = clock
        self._add_levels()
        self._add_looks()
        self._add_quiet()
        self._add_test()
        choices.changed.connect(self._on_choices_changed)
        choices.tested.connect(self._on_tested)
        self._on_choices_changed()

    def _add_levels(self) -> None:
        self.level = Choices(
            self._theme,
            "notify",
            tr("Tell me of"),
            tuple(level_texts().items()),
            self._choices.values.notify,
            hint=tr(
                "Only while you look at something else. Private messages count as mentions. Each "
                "room can have its own choice, in the menu at its top."
            ),
            parent=self,
        )
        self.add(self.level)
        self.level.chosen.connect(self._on_level_chosen)

    def _add_looks(self) -> None:
        looks = Setting(self._theme, tr("Sound and text"), parent=self)
        self.sound = CheckBox(self._theme, tr("Play a sound"), self)
        self.sound.setObjectName("notify-sound")
        self.sound.setChecked(self._choices.values.sound)
        self.text = CheckBox(self._theme, tr("Show what was said"), self)
        self.text.setObjectName("notify-text")
        self.text.setChecked(self._choices.values.notify_text)
        self.text.setAccessibleDescription(
            tr("In private messages, too. Your desktop may keep a list of what it showed.")
        )
        for box in (self.sound, self.text):
            looks.column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeading)
        looks.column.addWidget(
            PlainLabel(
                self._theme,
                self.text.accessibleDescription(),
                Step.SMALL,
                Role.TEXT_SECOND,
                wrap=True,
                parent=self,
            )
        )
        self.add(looks)
        self.sound.toggled.connect(self._choices.set_sound)
        self.text.toggled.connect(self._choices.set_text)

    def _add_quiet(self) -> None:
        quiet = Setting(
            self._theme,
            tr("Do not disturb"),
            tr(
                "Nothing is announced, whatever it is. The number on Papo’s icon counts only what "
                "is for you."
            ),
            self,
        )
        self.state = PlainLabel(self._theme, "", Step.BODY, wrap=True, parent=self)
        self.quiet = plain_button(self._theme, tr("Turn on…"), icon=Icon.BELL_OFF, parent=self)
        self.quiet.setAccessibleName(tr("Do not disturb"))
        self.quiet.setObjectName("quiet")
        self.end_quiet = plain_button(self._theme, tr("Turn off"), parent=self)
        self.end_quiet.setObjectName("end-quiet")
        self.end_quiet.setAccessibleName(tr("Turn off do not disturb"))
        quiet.column.addSpacing(4)
        quiet.column.addWidget(self.state)
        quiet.column.addWidget(self.quiet, 0, Qt.AlignmentFlag.AlignLeading)
        quiet.column.addWidget(self.end_quiet, 0, Qt.AlignmentFlag.AlignLeading)
        self.add(quiet)
        self.quiet.clicked.connect(self._on_quiet)
        self.end_quiet.clicked.connect(self._on_quiet_ended)

    def _add_test(self) -> None:
        test = Setting(self._theme, tr("Try notifications out"), parent=self)
        self.test = plain_button(self._theme, tr("Send a test"), icon=Icon.BELL, parent=self)
        self.test.setObjectName("notify-test")
        self.answer = PlainLabel(
            self._theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self
        )
        self.answer.hide()
        test.column.addSpacing(4)
        test.column.addWidget(self.test, 0, Qt.AlignmentFlag.AlignLeading)
        test.column.addWidget(self.answer)
        self.add(test)
        self.test.clicked.connect(self._choices.test_requested)

    @pyqtSlot()
    def _on_choices_changed(self) -> None:
        until = self._choices.values.quiet_until
        state = quiet_sentence(until, self._clock.now())
        if until == FOR_GOOD:
            state = tr("It is on until you turn it off.")
        self.state.setText(state)
        self.state.setVisible(bool(state))
        self.end_quiet.setAccessibleDescription(state)
        before, after = (self.quiet, self.end_quiet) if state else (self.end_quiet, self.quiet)
        held = before.hasFocus()
        after.show()
        if held:
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        before.hide()

    @pyqtSlot(str)
    def _on_level_chosen(self, code: str) -> None:
        self._choices.set_level(cast("NotifyLevel", code))

    @pyqtSlot()
    def _on_quiet(self) -> None:
        menu = QuietMenu(self._choices, self._clock, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.quiet.mapToGlobal(self.quiet.rect().bottomLeft()))

    @pyqtSlot()
    def _on_quiet_ended(self) -> None:
        self._choices.set_quiet_until(0)

    @pyqtSlot(str)
    def _on_tested(self, sentence: str) -> None:
        self.answer.setText(sentence)
        self.test.setAccessibleDescription(sentence)
        self.answer.show()
