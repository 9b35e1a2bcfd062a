"""The pages that stand before a room: each one question, or one wait."""

from __future__ import annotations

from itertools import pairwise

from PyQt6.QtCore import QSize, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.protocol.errors import Refusal
from app.session.connection import Phase, Problem
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.ui.chat.about import about
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.chat.header.connection_banner import Countdown, CountsDown
from app.ui.chat.names import isolated
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.motion import moves
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import Button, main_button, plain_button, text_button
from app.ui.widgets.fields import Field
from app.ui.widgets.labels import PlainLabel, plain_tooltip
from app.ui.widgets.pictures import IconLabel

_WIDTH = 560


class EntrancePage(CountsDown):
    """An icon, a title, a sentence, what is asked, and buttons.

    Signals:
        leave_requested(): the person gives up.
    """

    leave_requested = pyqtSignal()

    def __init__(
        self,
        session: RoomSession,
        theme: Theme,
        parent: QWidget | None,
        *,
        icon: Icon,
        role: Role,
        title: str,
        text: str = "",
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = theme
        self.setMaximumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(
            IconLabel(theme, icon, role, 40, self), 0, Qt.AlignmentFlag.AlignHCenter
        )
        self.column.addSpacing(14)
        self.title = PlainLabel(theme, title, Step.TITLE, wrap=True, parent=self)
        self.text = PlainLabel(theme, text, Step.BODY, Role.TEXT_SECOND, wrap=True, parent=self)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.column.addWidget(label)
            self.column.addSpacing(8)
        self.text.setVisible(bool(text))
        self.column.addSpacing(12)

    def sizeHint(self) -> QSize:
        """Be as wide as may be."""
        return QSize(_WIDTH, self.column.totalHeightForWidth(_WIDTH))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Be as high as the wrapped sentences need."""
        super().resizeEvent(event)
        self.setMinimumHeight(self.column.totalHeightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Let Escape give up."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def give_up(self) -> None:
        """Do what Escape does: leave, unless the page has a nearer way back."""
        self.leave_requested.emit()

    def add_note(self, text: str) -> PlainLabel:
        """Put a small sentence in the middle under what is there."""
        note = PlainLabel(self.theme, text, Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column.addSpacing(12)
        self.column.addWidget(note)
        return note

    def add_text_button(self, text: str, icon: Icon | None = None) -> Button:
        """Put a button that is only its text in the middle under what is there."""
        button = text_button(self.theme, text, icon=icon, parent=self)
        self.column.addSpacing(10)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def add_buttons(self, *buttons: Button) -> None:
        """Put buttons under it, the main one last."""
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        # Tab follows the eye, whichever was made first.
        for before, after in pairwise(buttons):
            self.setTabOrder(before, after)
        self.column.addSpacing(20)
        self.column.addLayout(row)

    def leave_button(self, text: str) -> Button:
        """Return a plain button that gives up."""
        button = plain_button(self.theme, text, parent=self)
        button.setMinimumHeight(40)
        button.clicked.connect(self._on_leave)
        return button

    @pyqtSlot()
    def _on_leave(self) -> None:
        self.give_up()


class AskingPage(EntrancePage):
    """A first contact: nobody vouches for the host, so the person decides.

    Signals:
        password_chosen(): the person knows the room's password, which checks the host.
    """

    password_chosen = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            theme,
            parent,
            icon=Icon.SHIELD_ALERT,
            role=Role.WARN,
            title=tr("You have not met this host before"),
            text=tr(
                # A host that was tried by password has heard of this computer's key.
                "The connection is encrypted, but nobody has vouched for the computer at "
                "{address} yet. Ask the host to read these words to you. Nothing that you typed "
                "was sent so far.",
                address=isolated(session.address) or tr("that address"),
            ),
        )
        words = FingerprintWords(
            theme,
            session.connection.fingerprint or b"",
            tr("Room fingerprint"),
            hint=tr("Both sides read it aloud. Same words, same room."),
            parent=self,
        )
        self.column.addWidget(words)
        self.password = self.add_text_button(tr("I have the room’s password instead"), Icon.LOCK)
        self.password.setToolTip(plain_tooltip(tr("The right password checks the host for you.")))
        self.join = main_button(theme, tr("Join anyway"), parent=self)
        self.leave = self.leave_button(tr("Leave"))
        self.add_buttons(self.leave, self.join)
        # A key pressed too early must not decide for a host that nobody checked.
        self.setFocusProxy(self.leave)
        self.join.clicked.connect(self._on_join)
        self.password.clicked.connect(self.password_chosen)

    @pyqtSlot()
    def _on_join(self) -> None:
        self.join.setEnabled(False)
        self.password.setEnabled(False)
        self.session.accept_host()


class NicknamePage(EntrancePage):
    """The host refused the nickname: another one."""

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        problem = session.connection.problem or Refusal.NICKNAME_TAKEN
        super().__init__(
            session,
            theme,
            parent,
            icon=Icon.PEOPLE,
            role=Role.TEXT_FAINT,
            title=tr("Choose another nickname"),
            text=sentence(problem, **about(session)),
        )
        self.field = Field(theme, tr("Your nickname"), text=session.nickname, parent=self)
        self.field.edit.selectAll()
        self.column.addWidget(self.field)
        self.join = main_button(theme, tr("Join"), parent=self)
        self.add_buttons(self.leave_button(tr("Cancel")), self.join)
        self.join.clicked.connect(self._on_join)
        self.field.submitted.connect(self._on_join)
        self.setFocusProxy(self.field)

    @pyqtSlot()
    def _on_join(self) -> None:
        nickname = self.field.text.strip()
        if not nickname:
            self.field.set_error(sentence(Refusal.NICKNAME_EMPTY))
            return
        self.session.ask_nickname(nickname)


class ConnectingPage(EntrancePage):
    """On the way in: calm, with a way out."""

    def __init__(
        self, session: RoomSession, theme: Theme, clock: Clock, parent: QWidget | None = None
    ) -> None:
        connection = session.connection
        waiting = connection.phase is Phase.WAITING
        address = isolated(session.address or session.info.name)
        title = tr("Connecting to {address}…", address=address) if address else tr("Connecting…")
        if waiting:
            title = tr("No connection yet")
        super().__init__(
            session,
            theme,
            parent,
            icon=Icon.WIFI_OFF if waiting else Icon.LINK,
            role=Role.TEXT_FAINT,
            title=title,
            text=sentence(connection.problem, **about(session)) if connection.problem else "",
        )
        self._line = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, parent=self)
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.countdown = Countdown(session, clock)
        if waiting:
            self.column.addWidget(self._line)
            self.update_countdown()
            self.countdown.start(self)
            again = main_button(theme, tr("Try now"), parent=self)
            again.clicked.connect(self._on_try)
            self.add_buttons(self.leave_button(tr("Cancel")), again)
        else:
            self._line.hide()
            bar = QProgressBar(self)
            bar.setRange(0, 0 if moves(self) else 1)
            bar.setTextVisible(False)
            bar.setFixedSize(220, 4)
            bar.setAccessibleName(title)
            self.column.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
            self.add_buttons(self.leave_button(tr("Cancel")))

    def update_countdown(self) -> None:
        """Show the number that is true now."""
        self._line.setText(self.countdown.sentence)

    def stop_counting(self) -> None:
        """Let the number be; the page goes."""
        self.countdown.stop()

    @pyqtSlot()
    def _on_try(self) -> None:
        self.session.try_now()


class StoppedPage(EntrancePage):
    """It ended before it began, and says why."""

    def __init__(
        self,
        session: RoomSession,
        theme: Theme,
        text: str,
        parent: QWidget | None = None,
        *,
        can_try_again: bool,
    ) -> None:
        # A host that does not prove itself is no broken cable.
        doubtful = session.connection.problem == Problem.PASSWORD_NOT_ASKED
        super().__init__(
            session,
            theme,
            parent,
            icon=Icon.SHIELD_ALERT if doubtful else Icon.WIFI_OFF,
            role=Role.WARN if doubtful else Role.TEXT_FAINT,
            title=(
                tr("This host did not ask for the password")
                if doubtful
                else tr("You are not in this room")
            ),
            text=text,
        )
        leave = self.leave_button(tr("Leave"))
        if can_try_again:
            again = main_button(theme, tr("Try again"), parent=self)
            again.clicked.connect(self._on_try)
            self.add_buttons(leave, again)
            self.setFocusProxy(leave if doubtful else again)
        else:
            self.add_buttons(leave)
            self.setFocusProxy(leave)

    @pyqtSlot()
    def _on_try(self) -> None:
        self.session.try_now()
