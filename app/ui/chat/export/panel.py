"""Where one chooses what is exported, and as what."""

from __future__ import annotations

from enum import Enum

from PyQt6.QtCore import Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.session.transcript import Wanted
from app.ui.texts import tr
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import main_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

WIDTH = 400

_INDENT = 24


class Format(Enum):
    """What a transcript is written as; the value is the file's suffix."""

    HTML = "html"
    TEXT = "txt"
    JSON = "json"


class ExportPanel(QWidget):
    """The content of the popover.

    Signals:
        chosen(Format, Wanted): the person wants to say where to.
    """

    chosen = pyqtSignal(object, object)

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(2)
        self._title(tr("Export transcript"), Step.BODY)
        self._formats = QButtonGroup(self)
        self.formats = {
            Format.HTML: self._choice(
                self._formats, tr("Web page (HTML)"), tr("Looks like here; opens in any browser.")
            ),
            Format.TEXT: self._choice(
                self._formats, tr("Text"), tr("A line a message, for any editor.")
            ),
            Format.JSON: self._choice(
                self._formats, tr("Data (JSON)"), tr("Everything in order, for programs.")
            ),
        }
        self.formats[Format.HTML].setChecked(True)
        self._ranges = QButtonGroup(self)
        self.from_host: QRadioButton | None = None
        self.from_here: QRadioButton | None = None
        if session.transcripts.is_older_elsewhere:
            self._ask_how_far(online=session.is_online)
        self.private = CheckBox(theme, tr("Include my private messages"), self)
        column.addSpacing(10)
        column.addWidget(self.private, 0, Qt.AlignmentFlag.AlignLeading)
        self._explain(self.private, tr("They can then be read by whoever has the file."))
        column.addSpacing(12)
        self.save = main_button(theme, tr("Choose where to save…"), small=True, parent=self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save)
        column.addLayout(row)
        self.save.clicked.connect(self._on_save)
        self.setFocusProxy(self.formats[Format.HTML])

    @property
    def format(self) -> Format:
        """The format that is ticked."""
        return next(one for one, button in self.formats.items() if button.isChecked())

    @property
    def wanted(self) -> Wanted:
        """What is to be read."""
        from_host = self.from_host is not None and self.from_host.isChecked()
        return Wanted(from_host=from_host, private=self.private.isChecked())

    def choose(self, kind: Format, wanted: Wanted) -> None:
        """Tick what was chosen in another panel."""
        self.formats[kind].setChecked(True)
        self.private.setChecked(wanted.private)
        if self.from_here is not None and not wanted.from_host:
            self.from_here.setChecked(True)

    # --- parts ----------------------------------------------------------------------------------

    def _ask_how_far(self, *, online: bool) -> None:
        self._column.addSpacing(10)
        self._title(tr("How much"), Step.SMALL)
        why = tr("Older messages are fetched from the host.")
        offline = tr("This wants a connection to the host; there is none now.")
        self.from_host = self._choice(
            self._ranges, tr("Everything the host lets me see"), why if online else offline
        )
        self.from_here = self._choice(
            self._ranges,
            tr("What is on this computer"),
            tr("Without older messages that were not loaded yet."),
        )
        self.from_host.setEnabled(online)
        (self.from_host if online else self.from_here).setChecked(True)

    def _title(self, text: str, step: Step) -> None:
        bold = QFont.Weight.DemiBold
        role = Role.TEXT if step is Step.BODY else Role.TEXT_SECOND
        self._column.addWidget(PlainLabel(self._theme, text, step, role, weight=bold, parent=self))
        self._column.addSpacing(2)

    def _choice(self, group: QButtonGroup, text: str, why: str) -> QRadioButton:
        button = QRadioButton(text, self)
        button.setFont(self._theme.font(Step.BODY))
        group.addButton(button)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._explain(button, why)
        return button

    def _explain(self, control: QWidget, why: str) -> None:
        control.setAccessibleDescription(why)
        label = PlainLabel(self._theme, why, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        row = QHBoxLayout()
        row.setContentsMargins(_INDENT, 3, 0, 3)
        row.addWidget(label)
        self._column.addLayout(row)

    @pyqtSlot()
    def _on_save(self) -> None:
        self.chosen.emit(self.format, self.wanted)
