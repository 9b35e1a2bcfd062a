"""What is written in a room's page: to everyone, or to one person alone."""

from __future__ import annotations

from PyQt6.QtCore import QObject, Qt, pyqtSlot
from PyQt6.QtWidgets import QWidget

from app.protocol.errors import Refusal
from app.protocol.messages import Member
from app.session.connection import Phase
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, Span
from app.ui.chat.about import about
from app.ui.chat.composer.answering import Answering
from app.ui.chat.composer.commands import Commands
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.editing import Editing
from app.ui.chat.composer.slash import unescaped
from app.ui.chat.composer.typing_text import typing_text
from app.ui.chat.names import isolated, one_line
from app.ui.chat.people.member_deeds import may_write_privately
from app.ui.chat.people.member_popovers import MemberPopovers
from app.ui.chat.people.rename_panel import NICKNAME_REFUSALS
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.sentences import sentence
from app.ui.texts import tr


class Composing(QObject):
    """Lets a `Composer` follow its session, and sends what is written there.

    One stays with whom one writes to after sending; only the person changes that.
    """

    def __init__(
        self,
        session: RoomSession,
        composer: Composer,
        timeline: TimelinePanel,
        members: MemberPopovers,
        *,
        commands: Commands,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._composer = composer
        self._timeline = timeline
        self._members = members
        self._commands = commands
        self._took_keyboard = False
        self.answering = Answering(session, composer, self)
        self.editing = Editing(session, composer, self)
        composer.restore(session.draft)
        composer.send_requested.connect(self._on_send)
        composer.parts_requested.connect(self._on_send_parts)
        composer.draft_changed.connect(self._on_draft_changed)
        composer.typing_changed.connect(self._on_own_typing)
        composer.private_changed.connect(self._on_private_changed)
        composer.private_bar.words_requested.connect(self._on_words)
        members.private_requested.connect(self.write_privately)
        members.mention_requested.connect(self.mention)
        timeline.view.deeds.private_requested.connect(self.write_privately)
        timeline.view.deeds.reply_requested.connect(self.answering.begin)
        timeline.view.deeds.edit_requested.connect(self.editing.begin)
        session.info_changed.connect(self._on_info_changed)
        session.connection_changed.connect(self._on_connection_changed)
        session.refused.connect(self._on_refused)
        session.slowed.connect(self._on_slowed)
        session.typing_changed.connect(self._on_typing_changed)
        session.roster.reset.connect(self._on_roster_reset)
        session.roster.came.connect(self._on_roster_changed)
        session.roster.went.connect(self._on_roster_changed)
        session.roster.changed.connect(self._on_roster_changed)
        session.timeline.inserted.connect(self._on_timeline_changed)
        session.timeline.removed.connect(self._on_timeline_changed)
        session.timeline.changed.connect(self._on_timeline_changed)
        self._on_connection_changed()

    @pyqtSlot(bytes, str)
    def write_privately(self, device: bytes, nick: str) -> None:
        """Write to that device alone from now on, and give the box the keyboard."""
        if may_write_privately(self._session, device):
            self._composer.set_private(device, nick)
            self._composer.edit.setFocus()

    @pyqtSlot(str)
    def mention(self, nick: str) -> None:
        """Put somebody's name where the cursor is, and give the box the keyboard."""
        cursor = self._composer.edit.textCursor()
        cursor.setPosition(cursor.selectionStart())
        moved = cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor)
        # Qt's line and paragraph separators are spaces too.
        apart = " " if moved and not cursor.selectedText().isspace() else ""
        self._composer.insert(f"{apart}@{nick} ")
        self._composer.edit.setFocus()

    def take_over(self, other: Composing) -> None:
        """Go on where another page of the session was; the texts are the composers' to hand on."""
        self.answering.take_over(other.answering)
        self.editing.take_over(other.editing)

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_send(self, text: str) -> None:
        if self._commands.run(text):
            return
        refusal = self._send(unescaped(text))
        if refusal is not None:
            self._composer.refuse(sentence(refusal, **about(self._session)))
            return
        self._composer.clear()
        self._timeline.view.scroll_to_end()

    @pyqtSlot(list)
    def _on_send_parts(self, parts: list[str]) -> None:
        for sent, part in enumerate(parts):
            # Only the first stands where two slashes can be.
            refusal = self._send(part if sent else unescaped(part))
            if refusal is not None:
                if sent:
                    self._composer.replace("\n\n".join(parts[sent:]))
                self._composer.refuse(sentence(refusal, **about(self._session)))
                return
        self._composer.clear()
        self._timeline.view.scroll_to_end()

    def _send(self, text: str) -> Refusal | None:
        private = self._composer.private
        if private:
            return self._session.whispers.send(private, self._composer.private_nick, text)
        refusal = self._session.send(text, reply_to=self.answering.number)
        if refusal is None:
            self.answering.end()
        return refusal

    @pyqtSlot(str)
    def _on_draft_changed(self, text: str) -> None:
        self._session.set_draft(text)

    @pyqtSlot(bool)
    def _on_own_typing(self, active: bool) -> None:
        self._session.set_typing(active)

    @pyqtSlot()
    def _on_words(self) -> None:
        bar = self._composer.private_bar
        self._members.open_card_of(self._composer.private, bar)

    # --- what the session tells -----------------------------------------------------------------

    @pyqtSlot()
    def _on_info_changed(self) -> None:
        self._composer.set_room(one_line(self._session.info.name))
        self._show_whether_barred()

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        self._composer.set_closed(self._session.connection.phase is Phase.STOPPED)
        self._on_info_changed()
        self._on_typing_changed()
        self._show_waiting()

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        # A message says so itself, under its text; a nickname has its own page or panel.
        if cid or self._session.connection.phase is not Phase.ONLINE:
            return
        if self.editing.explains(code):
            return
        if not (code in NICKNAME_REFUSALS and self._members.is_renaming):
            told = about(self._session)
            if code in NICKNAME_REFUSALS and self._commands.asked_nick:
                told["nick"] = isolated(self._commands.asked_nick)
            self._composer.refuse(sentence(code, **told))

    @pyqtSlot(float)
    def _on_slowed(self, seconds: float) -> None:
        self._composer.slow_down(seconds)

    @pyqtSlot()
    def _on_typing_changed(self) -> None:
        online = self._session.connection.phase is Phase.ONLINE
        self._composer.set_typing(typing_text(self._session) if online else "")

    @pyqtSlot()
    def _on_roster_reset(self) -> None:
        self._on_typing_changed()
        self._show_whether_barred()
        self._show_private()

    @pyqtSlot(tuple)
    def _on_roster_changed(self, _who: tuple[object, ...]) -> None:
        self._show_whether_barred()
        self._show_private()

    @pyqtSlot(Span)
    def _on_timeline_changed(self, _span: Span) -> None:
        if self._session.connection.phase is not Phase.ONLINE:
            self._show_waiting()
        if self._composer.private and self._composer.private_bar.note:
            self._show_private()

    @pyqtSlot()
    def _on_private_changed(self) -> None:
        self._show_private()

    # --- parts ----------------------------------------------------------------------------------

    def _show_whether_barred(self) -> None:
        session = self._session
        refusal = session.may_write if session.connection.phase is not Phase.STOPPED else None
        edit, view = self._composer.edit, self._timeline.view
        if refusal is None:
            self._composer.set_barred("")
            if self._took_keyboard and _holds_keyboard(view):
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._took_keyboard = False
            return
        # The box goes, and the keyboard with it: to where one can go on reading.
        if _holds_keyboard(edit):
            self._took_keyboard = True
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._composer.set_barred(sentence(refusal, **about(session)))

    def _show_private(self) -> None:
        device = self._composer.private
        if not device:
            return
        member = self._member(device)
        if member is not None:
            self._composer.set_private_nick(member.nick)
        name = isolated(self._composer.private_nick)
        note = ""
        if member is None and self._session.info.history == "none":
            note = tr(
                "{name} is not here now. This room keeps nothing, so it cannot arrive.", name=name
            )
        elif member is None:
            note = tr("{name} is not here now, and gets it on coming back.", name=name)
        elif not self._have_written(device):
            note = tr(
                "First time? Compare device words with {name}, aloud, so that nobody stands between.",
                name=name,
            )
        self._composer.private_bar.set_note(note, words=member is not None)

    def _member(self, device: bytes) -> Member | None:
        return next((m for m in self._session.roster if m.device == device), None)

    def _have_written(self, device: bytes) -> bool:
        """Tell whether anything private with that device is in sight or above."""
        return any(
            isinstance(entry, MessageEntry) and entry.private_with == device
            for entry in reversed(list(self._session.timeline))
        )

    def _show_waiting(self) -> None:
        waits = self._session.connection.phase in {Phase.WAITING, Phase.CONNECTING}
        count = self._timeline.model.count_on_their_way() if waits else 0
        self._composer.set_waiting(count, offline=waits)


def _holds_keyboard(widget: QWidget) -> bool:
    """Tell whether `widget` has the keyboard, or gets it with the window."""
    window = widget.window()
    return window is not None and window.focusWidget() is widget
