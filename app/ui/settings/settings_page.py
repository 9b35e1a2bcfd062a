"""The page of settings: what is chosen is in force, and remembered, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPoint, Qt, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.chat.copy_button import CopyIconButton
from app.ui.chat.popover import Popover
from app.ui.settings.downloads_part import DownloadsPart
from app.ui.settings.kept_list import KeptList
from app.ui.settings.links_part import LinksPart
from app.ui.settings.messages import MessagesSection
from app.ui.settings.notifications_part import NotificationsPart
from app.ui.settings.own_look_part import OwnLookPart
from app.ui.settings.parts import Choices, Section, Setting
from app.ui.settings.text_size import TextSize
from app.ui.start import identity_panel
from app.ui.start.identity_panel import IdentityPanel
from app.ui.texts import LANGUAGES, locale, system_language, tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Scheme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton, plain_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from PyQt6.QtGui import QKeyEvent, QResizeEvent

    from app.support.clock import Clock
    from app.ui.settings.kept import Kept
    from app.ui.settings.preferences import Preferences
    from app.ui.theme.theme import Theme

WIDEST = 640

AWAY_AFTER = (0, 5, 10, 30)
"""Minutes; 0 for never."""

_NAMES = {"en": "English", "pt_BR": "Português"}
"""Each language by its own name: who looks for theirs cannot read the others."""


class SettingsPage(QFrame):
    """All settings in sections. Made anew each time it is shown, and when texts change.

    Signals:
        back_requested(): the person wants to go back to where they came from.
        shortcuts_requested(): the person wants to see all keys.
        identity_reset_requested(): become somebody new; asked twice already.
    """

    back_requested = pyqtSignal()
    shortcuts_requested = pyqtSignal()
    identity_reset_requested = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        kept: Kept,
        clock: Clock,
        *,
        rooms_open: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self._kept = kept
        self._rooms_open = rooms_open
        self._popover: Popover | None = None
        self._held: tuple[QWidget, int] | None = None
        self.identity: IdentityPanel | None = None
        self.setProperty("surface", Role.SURFACE_SIDE.value)
        self.setAccessibleName(tr("Settings"))
        self.back = IconButton(theme, Icon.LEFT, tr("Back"), shortcut="Esc", parent=self)
        self.back.setObjectName("back")
        self._scroll = QScrollArea(self)
        inside = QWidget(self._scroll)
        self._column = QVBoxLayout()
        self._column.setSpacing(28)
        self._column.setContentsMargins(0, 12, 0, 32)
        self._add_looks()
        self.messages = MessagesSection(theme, preferences, self)
        self._column.addWidget(self.messages)
        self._add_language()
        self._add_habits()
        self.notifications = NotificationsPart(theme, preferences.notify, clock, self)
        self._column.addWidget(self.notifications)
        self._add_identity()
        self._add_kept(clock.now())
        self._column.addStretch(1)
        self._lay_out(inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _lay_out(self, inside: QWidget) -> None:
        content = QWidget(inside)
        content.setMaximumWidth(WIDEST)
        content.setLayout(self._column)
        self._margins = QHBoxLayout(inside)
        self._margins.addStretch(1)
        self._margins.addWidget(content, 1000)
        self._margins.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        bar = self._scroll.verticalScrollBar()
        if bar is not None:
            bar.rangeChanged.connect(self._on_range_changed)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 12)
        top.setSpacing(10)
        top.addWidget(self.back)
        top.addWidget(PlainLabel(self._theme, tr("Settings"), Step.TITLE, parent=self), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self._scroll, 1)
        self.shortcuts = IconButton(
            self._theme, Icon.HELP, tr("Keyboard shortcuts"), shortcut="F1", parent=self
        )
        top.addWidget(self.shortcuts)
        self.back.clicked.connect(self.back_requested)
        self.shortcuts.clicked.connect(self.shortcuts_requested)

    def _section(self, title: str) -> Section:
        section = Section(self._theme, title, self)
        self._column.addWidget(section)
        return section

    # --- the sections ---------------------------------------------------------------------------

    def _add_looks(self) -> None:
        theme, values = self._theme, self._preferences.values
        section = self._section(tr("Appearance"))
        self.scheme = Choices(
            theme,
            "scheme",
            tr("Theme"),
            (
                (Scheme.SYSTEM.value, tr("System")),
                (Scheme.LIGHT.value, tr("Light")),
                (Scheme.DARK.value, tr("Dark")),
            ),
            values.scheme,
            parent=self,
        )
        self.text_size = TextSize(theme, values.text_size, self)
        motion = Setting(
            theme,
            tr("Motion"),
            tr("Where your system asks for less motion, Papo already keeps still."),
            self,
        )
        self.still = CheckBox(theme, tr("Never move anything"), self)
        self.still.setObjectName("still")
        self.still.setChecked(values.reduced_motion)
        motion.column.addWidget(self.still, 0, Qt.AlignmentFlag.AlignLeading)
        for setting in (self.scheme, self.text_size, motion):
            section.add(setting)
        self.scheme.chosen.connect(self._on_scheme_chosen)
        self.text_size.chosen.connect(self._preferences.set_text_size)
        self.still.toggled.connect(self._preferences.set_reduced_motion)

    def _add_language(self) -> None:
        own = _NAMES.get(system_language(), system_language())
        section = self._section(tr("Language"))
        self.language = Choices(
            self._theme,
            "language",
            tr("Papo speaks"),
            (
                ("system", tr("System ({language})", language=own)),
                *((code, _NAMES.get(code, code)) for code in LANGUAGES),
            ),
            self._preferences.language or "system",
            parent=self,
        )
        section.add(self.language)
        self.language.chosen.connect(self._on_language_chosen)

    def _add_habits(self) -> None:
        now = self._preferences.values.away_after
        section = self._section(tr("Away"))
        self.away = Choices(
            self._theme,
            "away",
            tr("Show me as away by itself"),
            [
                (str(m), tr("After %n minute(s)", n=m) if m else tr("Never"))
                for m in sorted({*AWAY_AFTER, now})
            ],
            str(now),
            hint=tr(
                "When you have not used Papo for that long. With the next key or move of the mouse "
                "you are back."
            ),
            parent=self,
        )
        section.add(self.away)
        self.away.chosen.connect(self._on_away_chosen)

    def _add_identity(self) -> None:
        section = self._section(tr("You"))
        self.own_look = OwnLookPart(
            self._theme, self._preferences, rooms_open=self._rooms_open, parent=self
        )
        section.add(self.own_look)
        setting = Setting(
            self._theme,
            tr("Your identity"),
            tr("The secret key by which rooms know this computer."),
            self,
        )
        self.open_identity = plain_button(
            self._theme, tr("Show or reset…"), icon=Icon.FINGERPRINT, parent=self
        )
        self.open_identity.setObjectName("identity")
        self.open_identity.setAccessibleDescription(tr("Your identity"))
        setting.column.addSpacing(4)
        setting.column.addWidget(self.open_identity, 0, Qt.AlignmentFlag.AlignLeading)
        section.add(setting)
        self.links = LinksPart(self._theme, self)
        section.add(self.links)
        self.open_identity.clicked.connect(self._on_identity)

    def _add_kept(self, now: float) -> None:
        theme, path = self._theme, str(self._kept.path)
        section = self._section(tr("On this computer"))
        self.downloads = DownloadsPart(theme, self._preferences, self)
        section.add(self.downloads)
        folder = Setting(
            theme,
            tr("Folder"),
            tr("All that Papo keeps lies here, but for the files that you saved."),
            self,
        )
        self.path = QLineEdit(path, self)
        self.path.setObjectName("path")
        self.path.setReadOnly(True)
        self.path.setCursorPosition(0)
        self.path.setFont(theme.font(Step.BODY))
        self.path.setAccessibleName(tr("Folder"))
        self.copy_path = CopyIconButton(theme, tr("Copy the folder’s path"), path, self)
        self.copy_path.setObjectName("copy-path")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.copy_path)
        folder.column.addSpacing(4)
        folder.column.addLayout(row)
        section.add(folder)
        hosted = self._kept.hosted_bytes
        rooms = Setting(
            theme,
            tr("Rooms that you have been in"),
            tr(
                "Rooms that you host keep their history for everybody besides: {size} in all.",
                size=locale().formattedDataSize(
                    hosted, 1, locale().DataSizeFormat.DataSizeTraditionalFormat
                ),
            )
            if hosted
            else "",
            self,
        )
        self.kept = KeptList(theme, self._kept, now, self)
        rooms.column.addWidget(self.kept)
        section.add(rooms)

    # --- the place, kept through a remake -------------------------------------------------------

    def focus_first(self) -> None:
        """Give the keyboard to the choice of the theme."""
        self.scheme.buttons[self.scheme.choice or "system"].setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    @property
    def place(self) -> tuple[str, int]:
        """The control that has the keyboard, by name, and how far down it stands."""
        window = self.window()
        widget = window.focusWidget() if window is not None else None
        if widget is None or not self.isAncestorOf(widget) or not widget.objectName():
            return ("", 0)
        return (widget.objectName(), self._y(widget))

    def return_to(self, place: tuple[str, int]) -> None:
        """Give the keyboard to that control, and let it stand where it stood."""
        name, y = place
        widget = self.findChild(QWidget, name) if name else None
        if widget is None:
            self.focus_first()
            return
        if not widget.isEnabled() or widget.isHidden():
            # The step of the text's size that came to its end.
            other = self.text_size.smaller if name != "text-smaller" else self.text_size.larger
            widget = other
        self._held = (widget, y)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_range_changed()
        QTimer.singleShot(0, self._let_go)

    def _y(self, widget: QWidget) -> int:
        port = self._scroll.viewport()
        return widget.mapTo(port, QPoint(0, 0)).y() if port is not None else 0

    @pyqtSlot()
    def _on_range_changed(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if self._held is not None and bar is not None:
            widget, y = self._held
            bar.setValue(bar.value() + self._y(widget) - y)

    @pyqtSlot()
    def _let_go(self) -> None:
        self._on_range_changed()
        self._held = None

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_scheme_chosen(self, code: str) -> None:
        self._preferences.set_scheme(Scheme(code))

    @pyqtSlot(str)
    def _on_language_chosen(self, code: str) -> None:
        self._preferences.set_language("" if code == "system" else code)

    @pyqtSlot(str)
    def _on_away_chosen(self, code: str) -> None:
        self._preferences.set_away_after(int(code))

    @pyqtSlot()
    def _on_identity(self) -> None:
        panel = IdentityPanel(self._theme, rooms_open=self._rooms_open)
        anchor = self.open_identity
        self._popover = Popover(panel, anchor, identity_panel.WIDTH, self, at=anchor.rect())
        panel.declined.connect(self._popover.close_popover)
        panel.reset_requested.connect(self._on_reset)
        self._popover.closed.connect(self._on_identity_closed)
        self.identity = panel
        self._popover.open()

    @pyqtSlot()
    def _on_reset(self) -> None:
        if self._popover is not None:
            self._popover.close_popover()
        self.identity_reset_requested.emit()

    @pyqtSlot()
    def _on_identity_closed(self) -> None:
        self._popover = self.identity = None

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = self._scroll.widget()
        held = self._held is not None
        if new is not None and inside is not None and inside.isAncestorOf(new) and not held:
            self._scroll.ensureWidgetVisible(new, 0, 40)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave less free at the sides where there is little room."""
        super().resizeEvent(event)
        margin = 24 if self.width() >= 560 else 16
        self._margins.setContentsMargins(margin, 0, margin, 0)
        if self._popover is not None:
            self._popover.follow()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Escape close the panel, or go back."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            # A panel in which nothing can be pressed has not taken the keyboard.
            if self._popover is not None:
                self._popover.close_popover()
            else:
                self.back_requested.emit()
            return
        super().keyPressEvent(event)
