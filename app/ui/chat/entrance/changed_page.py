"""The hard stop: another host than the one on record, and the deliberate way back."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal, pyqtSlot
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QBoxLayout, QWidget

from app.session.room_session import RoomSession
from app.ui.chat.about import about, has_been_in
from app.ui.chat.entrance.entrance import EntrancePage
from app.ui.chat.fingerprint_words import FingerprintWords
from app.ui.chat.names import isolated
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import danger_button, main_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

_STACKED = 330


class ChangedPage(EntrancePage):
    """Another fingerprint than the one on record. There is no way on from here, on purpose.

    Signals:
        forget_chosen(): the person may want to forget the room; nothing is forgotten yet.
    """

    forget_chosen = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        host = str(about(session)["host"] or tr("the host"))
        super().__init__(
            session,
            theme,
            parent,
            icon=Icon.SHIELD_ALERT,
            role=Role.DANGER,
            title=tr("This may not be the same room"),
            text=tr(
                "This room’s fingerprint changed. Nothing was sent. "
                "Check with {host} before you go on.",
                host=host,
            ),
        )
        connection = session.connection
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        self.expected = FingerprintWords(
            theme, connection.expected or b"", tr("Before"), columns=2, parent=self
        )
        self.found = FingerprintWords(
            theme,
            connection.fingerprint or b"",
            tr("Now"),
            columns=2,
            role=Role.DANGER,
            parent=self,
        )
        for words in (self.expected, self.found):
            self._pair.addWidget(words, 1)
            words.setVisible(bool(words.words))
        self.column.addLayout(self._pair)
        note = tr(
            "It may be a new computer, or somebody in between. "
            "If the host moved the room, ask for a new invite."
        )
        self.add_note(note)
        self.leave = main_button(theme, tr("Leave"), parent=self)
        self.leave.clicked.connect(self._on_leave)
        self.add_buttons(self.leave)
        self.forget = self.add_text_button(tr("Forget this room…"))
        self.forget.clicked.connect(self.forget_chosen)
        self.setFocusProxy(self.leave)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Put the words below each other where there is no room side by side."""
        way = QBoxLayout.Direction
        stacked = self.width() < _STACKED
        self._pair.setDirection(way.TopToBottom if stacked else way.LeftToRight)
        super().resizeEvent(event)


class ForgetPage(EntrancePage):
    """The second step of forgetting a room whose host changed: what is lost, what is kept.

    Signals:
        forget_requested(bool): forget the fingerprint on record; with True, delete what this
            computer kept of the room too.
        back_requested(): rather not.
    """

    forget_requested = pyqtSignal(bool)
    back_requested = pyqtSignal()

    def __init__(self, session: RoomSession, theme: Theme, parent: QWidget | None = None) -> None:
        room = isolated(session.info.name) or isolated(session.address) or tr("this room")
        host = str(about(session)["host"] or tr("the host"))
        super().__init__(
            session,
            theme,
            parent,
            icon=Icon.SHIELD_ALERT,
            role=Role.DANGER,
            title=tr("Forget {room}?", room=room),
            text=tr(
                "Do it only if {host} told you, in person or by phone, that the room moved or "
                "began anew. If you are not sure, go back.",
                host=host,
            ),
        )
        self.facts = PlainLabel(theme, "", Step.BODY, wrap=True, parent=self)
        self.column.addWidget(self.facts)
        self.delete = CheckBox(theme, tr("Delete what this computer kept of the room, too"), self)
        self.delete.setVisible(has_been_in(session))
        self.column.addSpacing(12)
        self.column.addWidget(self.delete)
        self.back = self.leave_button(tr("Go back"))
        self.forget = danger_button(theme, tr("Forget this room"), parent=self)
        self.forget.setMinimumHeight(40)
        self.add_buttons(self.back, self.forget)
        self.setFocusProxy(self.back)
        self.delete.toggled.connect(self._on_delete_toggled)
        self.forget.clicked.connect(self._on_forget)
        self._on_delete_toggled(False)

    def give_up(self) -> None:
        """Go back to the page before."""
        self.back_requested.emit()

    @pyqtSlot(bool)
    def _on_delete_toggled(self, delete: bool) -> None:
        lost = tr(
            "Papo forgets the fingerprint that it trusted here. You join as if for the first time, "
            "and can compare the new words with the host."
        )
        if not has_been_in(self.session):
            self.facts.setText(lost)
            return
        if delete:
            rest = tr(
                "What was said, your draft, and messages that were not sent yet are deleted from "
                "this computer for good."
            )
        else:
            rest = tr(
                "What was said, your draft, and messages that were not sent yet stay on this "
                "computer. They come back only with an invite to the old room."
            )
        self.facts.setText(f"{lost}\n\n{rest}")

    @pyqtSlot()
    def _on_forget(self) -> None:
        self.forget.setEnabled(False)
        self.forget_requested.emit(self.delete.isChecked())
