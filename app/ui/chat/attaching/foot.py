"""The lowest part of the sheet: what can be done, how far it is, or a question."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, pyqtSignal
from PyQt6.QtGui import QAction, QFont, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, main_button, plain_button, text_button
from app.ui.widgets.labels import PlainLabel, plain_tooltip

_LINE = 4


class _Line(QWidget):
    """How much is done, for the eye; the sentence above says it too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._part = 0.0
        self.setFixedHeight(_LINE)

    def set_part(self, part: float) -> None:
        self._part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour(Role.CONTROL_PRESSED))
        painter.setBrush(self._theme.colour(Role.CONTROL_PRESSED))
        painter.drawRoundedRect(QRectF(self.rect()), _LINE / 2, _LINE / 2)
        width = self.width() * self._part
        left = self.width() - width if self.isRightToLeft() else 0.0
        painter.setPen(self._theme.colour(Role.ACCENT))
        painter.setBrush(self._theme.colour(Role.ACCENT))
        if width >= _LINE:
            painter.drawRoundedRect(QRectF(left, 0, width, _LINE), _LINE / 2, _LINE / 2)
        painter.end()


class ChoiceFoot(QWidget):
    """Add more, cancel, send."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.add = text_button(theme, tr("Add"), icon=Icon.PLUS, parent=self)
        self.add.setAccessibleName(tr("Add more"))
        menu = QMenu(self.add)
        self.add_files = QAction(tr("Files…"), menu)
        self.add_folder = QAction(tr("Folder…"), menu)
        menu.addActions([self.add_files, self.add_folder])
        self.add.setMenu(menu)
        self.cancel = plain_button(theme, tr("Cancel"), parent=self)
        self.send = main_button(theme, tr("Send"), icon=Icon.SEND, small=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        self._words = {button: button.text() for button in (self.add, self.send)}
        self._roomy = row.sizeHint().width()
        for button in self._words:
            button.setAccessibleName(button.accessibleName() or button.text())

    def minimumSizeHint(self) -> QSize:
        """Return room for the icons and what has none; the words go where they have no room."""
        icons = self.send.sizeHint().height() * len(self._words)
        least = min(self._roomy, icons + self.cancel.sizeHint().width() + 16)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show words beside the icons, where there is room."""
        super().resizeEvent(event)
        for button, words in self._words.items():
            shown = words if self.width() >= self._roomy else ""
            if button.text() != shown:
                button.setText(shown)
                button.setToolTip("" if shown else plain_tooltip(button.accessibleName()))


class WorkFoot(QWidget):
    """How far the work before sending is, and a way out of it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._sentence = PlainLabel(theme, "", Step.BODY, Role.TEXT_SECOND, elide=True, parent=self)
        self._line = _Line(theme, self)
        self.stop = plain_button(theme, tr("Cancel"), parent=self)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._sentence)
        texts.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self.stop)

    @property
    def text(self) -> str:
        """What is being done."""
        return self._sentence.full_text

    def say(self, sentence: str, part: float | None) -> None:
        """Say what is being done, and show `part` of 1 as done; None: that is not known."""
        self._sentence.setText(sentence)
        self._line.setVisible(part is not None)
        self._line.set_part(part or 0.0)
        self.stop.setAccessibleDescription(sentence)


class QuestionFoot(QWidget):
    """Whether what was chosen and written is to be put away.

    Signals:
        kept(), dropped(): no, yes.
    """

    kept = pyqtSignal()
    dropped = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = PlainLabel(
            theme, "", Step.BODY, weight=QFont.Weight.DemiBold, wrap=True, parent=self
        )
        self.keep = plain_button(theme, tr("Go on"), parent=self)
        self.drop = danger_button(theme, tr("Send nothing"), parent=self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._row.addWidget(self.keep)
        self._row.addWidget(self.drop)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(8)
        self._both.addWidget(self._label, 1)
        self._both.addLayout(self._row)
        self.keep.clicked.connect(self.kept)
        self.drop.clicked.connect(self.dropped)
        self.ask(written=True)

    def minimumSizeHint(self) -> QSize:
        """Return room for one button: all goes above each other where there is none for more."""
        widest = max(self.keep.sizeHint().width(), self.drop.sizeHint().width())
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the question and the buttons beside or above each other."""
        super().resizeEvent(event)
        buttons = self.keep.sizeHint().width() + self.drop.sizeHint().width() + 2 * 8
        way = QBoxLayout.Direction
        beside = self.width() >= 2 * buttons
        self._both.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._row.setDirection(way.LeftToRight if self.width() >= buttons else way.TopToBottom)

    def ask(self, *, written: bool) -> None:
        """Ask, whether something was written or files were chosen alone."""
        question = (
            tr("Send nothing, and lose what you wrote?")
            if written
            else tr("Send nothing, and lose what you chose?")
        )
        self._label.setText(question)
        # Read out with the question, and the harmless one is where the keyboard begins.
        self.keep.setAccessibleDescription(question)
