"""What says that the room is locked, or that only some may write: in the header and the roster."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import Qt, pyqtSlot
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel, plain_tooltip
from app.ui.widgets.pictures import IconLabel


@dataclass(frozen=True)
class Rule:
    """One rule that holds now: a word or two, and the sentence that explains them."""

    icon: Icon
    short: str
    sentence: str


def rules_of(session: RoomSession) -> list[Rule]:
    """Return the rules that hold in a room beyond the usual ones."""
    found = []
    if session.info.locked:
        sentence = tr("Locked: only people who have been here before get in.")
        found.append(Rule(Icon.DOOR, tr("Locked"), sentence))
    if session.info.hosts_only:
        sentence = tr("Only the host and moderators may write at the moment.")
        found.append(Rule(Icon.MUTE, tr("Only hosts write"), sentence))
    if session.info.browser_guests:
        sentence = tr("Guests by browser are let in. What they see travels less protected.")
        found.append(Rule(Icon.GLOBE, tr("Browser guests"), sentence))
    if session.info.text_guests:
        sentence = tr(
            "Guests by plain text are let in. What they see, and so all that is said here, can be "
            "read by others on their network."
        )
        found.append(Rule(Icon.TERMINAL, tr("Text guests"), sentence))
    return found


class _Mark(QFrame):
    """A chip in the header: an icon and a word; the icon alone where there is no room."""

    def __init__(self, rule: Rule, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("chip", "neutral")
        self._word = PlainLabel(
            theme,
            rule.short,
            Step.CAPTION,
            Role.TEXT_SECOND,
            weight=QFont.Weight.Medium,
            parent=self,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.setSpacing(4)
        row.addWidget(IconLabel(theme, rule.icon, Role.TEXT_SECOND, 14, self))
        row.addWidget(self._word)
        self.setAccessibleName(rule.sentence)
        self.setToolTip(plain_tooltip(rule.sentence))

    def set_compact(self, compact: bool) -> None:
        self._word.setVisible(not compact)


class RuleMarks(QWidget):
    """The chips of all rules that hold, side by side; nothing where none does."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._rules: list[Rule] = []
        self._marks: list[_Mark] = []
        self._compact = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        session.info_changed.connect(self._on_info_changed)
        self._on_info_changed()

    @property
    def shown(self) -> list[str]:
        """The words of the rules that are shown."""
        return [rule.short for rule in self._rules]

    def set_compact(self, compact: bool) -> None:
        """Show the icons alone, or the words too."""
        self._compact = compact
        for mark in self._marks:
            mark.set_compact(compact)

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        rules = rules_of(self._session)
        if rules == self._rules:
            self.setVisible(bool(rules))
            return
        self._rules = rules
        for mark in self._marks:
            self._row.removeWidget(mark)
            mark.hide()
            mark.deleteLater()
        self._marks = [_Mark(rule, self._theme, self) for rule in rules]
        for mark in self._marks:
            mark.set_compact(self._compact)
            self._row.addWidget(mark)
            mark.show()
        self.setVisible(bool(rules))


class RuleLines(QWidget):
    """The sentences of all rules that hold, under the roster's title; nothing where none does."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._rules: list[Rule] = []
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 12, 6)
        self._column.setSpacing(4)
        session.info_changed.connect(self._on_info_changed)
        self._on_info_changed()

    @property
    def text(self) -> str:
        """All that is said, or nothing."""
        return "\n".join(rule.sentence for rule in self._rules)

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        rules = rules_of(self._session)
        if rules != self._rules:
            self._rules = rules
            for line in self._lines:
                self._column.removeWidget(line)
                line.hide()
                line.deleteLater()
            self._lines = [self._line(rule) for rule in rules]
        self.setVisible(bool(rules))

    def _line(self, rule: Rule) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel(self._theme, rule.icon, Role.TEXT_SECOND, 14, line), 0, top)
        label = PlainLabel(
            self._theme, rule.sentence, Step.CAPTION, Role.TEXT_SECOND, wrap=True, parent=line
        )
        row.addWidget(label, 1)
        self._column.addWidget(line)
        line.show()
        return line
