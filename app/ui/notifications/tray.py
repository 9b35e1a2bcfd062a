"""`Tray`: Papo's mark among the desktop's small icons, where there is a place for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QObject, QPointF, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction, QIcon, QPainter, QPixmap
from PyQt6.QtWidgets import QMenu, QSystemTrayIcon

from app.ui.notifications.deciding import is_quiet
from app.ui.notifications.quiet import QuietMenu, quiet_sentence
from app.ui.texts import tr
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.support.clock import Clock
    from app.ui.notifications.choices import NotifyChoices
    from app.ui.theme.theme import Theme

_SIZES = (16, 22, 24, 32, 48, 64)


class Tray(QObject):
    """The icon, with a dot while something waits, and its menu. The window never hides in it.

    Signals:
        opened(): the person wants to see the window.
        message_opened(int): the person clicked the message of that key.
        quit_requested(): the person wants to end Papo.
    """

    opened = pyqtSignal()
    message_opened = pyqtSignal(int)
    quit_requested = pyqtSignal()

    def __init__(
        self, theme: Theme, choices: NotifyChoices, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices = choices
        self._clock = clock
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._dotted = False
        self._latest: int | None = None
        self._removed = False
        theme.changed.connect(self.refresh)
        choices.changed.connect(self.refresh)

    @property
    def is_shown(self) -> bool:
        """Whether there is an icon."""
        return self._icon is not None

    @property
    def menu(self) -> QMenu | None:
        """The icon's menu, while there is an icon."""
        return self._menu

    def look_for_place(self) -> None:
        """Put the icon up if the desktop has a place for it; nobody tells when one comes."""
        if self._icon is not None or self._removed:
            return
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        self._icon = QSystemTrayIcon(self)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self._on_message_clicked)
        self.refresh()
        self._icon.show()

    def set_dotted(self, dotted: bool) -> None:
        """Show a dot, or none."""
        if dotted != self._dotted:
            self._dotted = dotted
            self._show_icon()

    def show_message(self, key: int, title: str, body: str) -> bool:
        """Show plain text beside the icon; return whether there is one that can."""
        if self._icon is None or not QSystemTrayIcon.supportsMessages():
            return False
        self._latest = key
        self._icon.showMessage(title, body, self._icon.icon())
        return True

    def remove(self) -> None:
        """Take the icon away, for good."""
        self._removed = True
        icon, self._icon = self._icon, None
        if icon is not None:
            icon.hide()
            icon.deleteLater()
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    @pyqtSlot()
    def refresh(self) -> None:
        """Take up the colours, choices and texts of now."""
        if self._icon is None:
            return
        self._show_icon()
        before, self._menu = self._menu, QMenu()
        values = self._choices.values
        self._add(tr("Open Papo")).triggered.connect(self._on_open)
        self._menu.addSeparator()
        if is_quiet(values.quiet_until, self._clock.now()):
            self._add(quiet_sentence(values.quiet_until, self._clock.now())).setEnabled(False)
            self._add(tr("Turn off do not disturb")).triggered.connect(self._on_quiet_ended)
        else:
            self._menu.addMenu(QuietMenu(self._choices, self._clock, self._menu))
        self._menu.addSeparator()
        self._add(tr("Quit")).triggered.connect(self._on_quit)
        self._icon.setContextMenu(self._menu)
        if before is not None:
            before.deleteLater()

    def _add(self, text: str) -> QAction:
        assert self._menu is not None
        return cast("QAction", self._menu.addAction(text))

    def _show_icon(self) -> None:
        if self._icon is None:
            return
        icon = QIcon()
        for size in _SIZES:
            pixmap = self._theme.logo(size)
            if self._dotted:
                self._put_dot(pixmap)
            icon.addPixmap(pixmap)
        self._icon.setIcon(icon)

    def _put_dot(self, pixmap: QPixmap) -> None:
        size = float(pixmap.width())
        radius = size * 0.21
        place = QPointF(size - radius, radius)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.drawEllipse(place, radius * 1.3, radius * 1.3)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(self._theme.colour(Role.DANGER))
        painter.drawEllipse(place, radius, radius)
        painter.end()

    @pyqtSlot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()

    @pyqtSlot()
    def _on_message_clicked(self) -> None:
        if self._latest is not None:
            self.message_opened.emit(self._latest)

    @pyqtSlot()
    def _on_open(self) -> None:
        self.opened.emit()

    @pyqtSlot()
    def _on_quit(self) -> None:
        self.quit_requested.emit()

    @pyqtSlot()
    def _on_quiet_ended(self) -> None:
        self._choices.set_quiet_until(0)
