"""The check of the connection over the window: step by step, as it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6 import sip
from PyQt6.QtCore import Qt, QTimer, pyqtSlot
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.session.checking import Check, Finding
from app.ui.chat.copy_button import CopyButton
from app.ui.chat.names import isolated
from app.ui.doctor.desk import CheckDesk
from app.ui.doctor.finding_row import FindingRow
from app.ui.doctor.words import report, summary
from app.ui.overlay import Overlay
from app.ui.screen_reader import ReaderQuestion, Voice
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.type import Step
from app.ui.widgets.beside import Beside
from app.ui.widgets.buttons import IconButton, plain_button
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.doctor.desk import CheckWish, Doctor
    from app.ui.theme.theme import Theme

_EDGE = 20
_LEAST = 420


class CheckPanel(Overlay):
    """Runs one check for as long as it is open; it can be copied, and made again."""

    from_top = 40
    widest = 600

    def __init__(self, theme: Theme, host: QWidget, wish: CheckWish, doctor: Doctor) -> None:
        super().__init__(theme, host)
        self._wish = wish
        self._doctor = doctor
        self._about = doctor.about(wish)
        self._check: Check | None = None
        title = tr("Check of the connection")
        self.setAccessibleName(title)
        self.close_button = IconButton(
            theme, Icon.CLOSE, tr("Close"), shortcut="Esc", parent=self.card
        )
        about = isolated(self._about) or tr("This computer, for others who join")
        self.line = PlainLabel(
            theme, about, Step.SMALL, Role.TEXT_SECOND, elide=True, parent=self.card
        )
        self.state = PlainLabel(theme, "", Step.BODY, wrap=True, parent=self.card)
        self.state.setContentsMargins(_EDGE, 10, _EDGE, 10)
        self.copy = CopyButton(theme, "plain", tr("Copy report"), parent=self.card)
        self.again = plain_button(theme, tr("Check again"), icon=Icon.REFRESH, parent=self.card)
        self.area = QScrollArea(self.card)
        self.area.setAccessibleName(tr("What was found"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget(self.area)
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.area.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        port = self.area.viewport()
        if port is not None:
            port.setAutoFillBackground(False)
        self._lay_out(PlainLabel(theme, title, Step.TITLE, parent=self.card))
        self._reader = ReaderQuestion(self)
        self._reader.answered.connect(self._on_reader_answered)
        self.close_button.clicked.connect(self._on_close)
        self.again.clicked.connect(self._on_again)
        self.closed.connect(self._on_closed)
        self._begin()

    def _lay_out(self, title: PlainLabel) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, 12, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self.line)
        head.addLayout(words, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        buttons = Beside(8, self.card)
        buttons.add(self.copy)
        buttons.add(self.again)
        foot = QHBoxLayout()
        foot.setContentsMargins(_EDGE, 10, _EDGE, 4)
        foot.addWidget(buttons)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 14, 1, 10)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addWidget(self._line())
        column.addWidget(self.area, 1)
        column.addWidget(self._line())
        column.addLayout(foot)

    def _line(self) -> QFrame:
        line = QFrame(self.card)
        line.setProperty("surface", Role.LINE.value)
        line.setFixedHeight(1)
        return line

    def first(self) -> QWidget:
        """Begin where the arrow keys scroll."""
        return self.area

    def wanted_height(self) -> int:
        """Return room for what was found so far, and not too little: steps come one by one."""
        edges = self.card.sizeHint().height() - self.area.sizeHint().height()
        width = self.card.width() - 2
        return max(_LEAST, edges + self._rows.totalHeightForWidth(width))

    def most_height(self) -> int:
        """Return all the room that there is: the top is to stay where it is."""
        return self.height()

    # --- the check ------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._drop()
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        self._rows.addStretch(1)
        self.state.setText(tr("Checking…"))
        self.copy.set_text_to_copy("")
        self.again.setEnabled(False)
        check = self._doctor.check(self._wish)
        # Whatever becomes of this panel, nothing of a check may be gone in the middle of it.
        check.setParent(CheckDesk.of_application())
        check.found.connect(self._on_found)
        check.finished.connect(self._on_finished)
        self._check = check
        check.start()

    def _drop(self) -> None:
        check, self._check = self._check, None
        if check is not None and not sip.isdeleted(check):
            check.stop()
            check.deleteLater()

    @pyqtSlot(Finding)
    def _on_found(self, finding: Finding) -> None:
        row = FindingRow(self._theme, finding, self._inside)
        self._rows.insertWidget(self._rows.count() - 1, row)
        row.show()
        self.place()

    @pyqtSlot()
    def _on_finished(self) -> None:
        if self._check is None:
            return
        findings = self._check.findings
        self.state.setText(summary(findings, hosting=not self._about))
        about = self._about or tr("This computer, for others who join")
        self.copy.set_text_to_copy(report(findings, about))
        self.again.setEnabled(True)
        self._reader.ask()
        # From within its own signal it is not to be deleted.
        QTimer.singleShot(0, self._on_over)

    @pyqtSlot()
    def _on_over(self) -> None:
        if self.again.isEnabled():
            self._drop()

    @pyqtSlot(bool)
    def _on_reader_answered(self, there: bool) -> None:
        if there:
            Voice.of_application().say(self.state.full_text)

    @pyqtSlot()
    def _on_again(self) -> None:
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begin()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.close_overlay()

    @pyqtSlot()
    def _on_closed(self) -> None:
        self._drop()
