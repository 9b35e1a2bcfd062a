"""What opens at a row of the roster: the menu, the card, and the panels that these lead to."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QObject, QPoint, QRect, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QWidget

from app.protocol.messages import Member
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.ui.chat.header.page_popovers import PagePopovers
from app.ui.chat.people import member_card, rename_panel
from app.ui.chat.people.member_card import MemberCard
from app.ui.chat.people.member_deeds import TALK, Deed, deed_text, deeds_for, may_write_privately
from app.ui.chat.people.removal_panel import RemovalPanel
from app.ui.chat.people.rename_panel import RenamePanel
from app.ui.chat.people.roster_panel import RosterPanel
from app.ui.chat.timeline.view import TimelineView
from app.ui.texts import tr
from app.ui.theme.theme import Theme

NOBODY = -2
"""The number of somebody who is not in the room: no member has it."""


class MemberPopovers(QObject):
    """Opens what is asked for about somebody, and does what is chosen there.

    Signals:
        mention_requested(str): the person wants to name whoever has that nickname.
        private_requested(bytes, str): the person wants to write to that device alone; its nickname.
    """

    mention_requested = pyqtSignal(str)
    private_requested = pyqtSignal(bytes, str)

    def __init__(
        self,
        session: RoomSession,
        theme: Theme,
        roster: RosterPanel,
        popovers: PagePopovers,
        view: TimelineView,
    ) -> None:
        super().__init__(popovers)
        self._session = session
        self._theme = theme
        self._roster = roster
        self._popovers = popovers
        self._about = -1
        self._gone: Member | None = None
        """Whom the card is about, where they are not in the room any more."""
        self._view = view
        view.authors.asked.connect(self.open_author)
        roster.view.chosen.connect(self._on_row_chosen)
        roster.view.menu_requested.connect(self._on_menu_requested)

    # --- what may be asked for ------------------------------------------------------------------

    def open_card(self, number: int, anchor: QWidget, at: QRect | None = None) -> None:
        """Show who the member of that number is."""
        member = self._session.roster.get(number)
        if member is None:
            return
        self._about = number
        self._gone = None
        self._open_card(member, anchor, at)

    def _open_card(self, member: Member, anchor: QWidget, at: QRect | None) -> None:
        card = MemberCard(self._session, member, self._theme)
        card.chosen.connect(self._on_deed_chosen)
        self._popovers.open_panel(card, anchor, member_card.WIDTH, at)

    @pyqtSlot(MessageEntry, QRect)
    def open_author(self, entry: MessageEntry, at: QRect) -> None:
        """Show who wrote a message, here or not any more; `at` is where, in the timeline's view."""
        view = self._view
        member = self._session.roster.get(entry.author)
        if member is None or member.device != entry.device:
            found = (one for one in self._session.roster if one.device == entry.device)
            member = next(found, None)
        if member is not None:
            self.open_card(member.number, view, at)
            return
        self._about = NOBODY
        self._gone = Member(number=NOBODY, nick=entry.nick, device=entry.device)
        self._open_card(self._gone, view, at)

    def open_card_of(self, device: bytes, anchor: QWidget) -> None:
        """Show who somebody with that device is, where one is in the room."""
        members = (m.number for m in self._session.roster if m.device == device)
        self.open_card(next(members, -1), anchor, anchor.rect())

    def reach(self, number: int) -> None:
        """Let one write to a member alone, or where that cannot be see who it is."""
        member = self._session.roster.get(number)
        if member is not None and may_write_privately(self._session, member.device):
            self.do(number, Deed.WRITE)
        else:
            self.open_card(number, self._popovers.usual_anchor)

    def open_rename(self, anchor: QWidget, at: QRect | None = None) -> None:
        """Let one choose another nickname."""
        if not self._session.is_online:
            return
        panel = RenamePanel(self._session, self._theme)
        panel.done.connect(self._popovers.close_current)
        self._popovers.open_panel(panel, anchor, rename_panel.WIDTH, at)

    def do(self, number: int, deed: Deed) -> None:
        """Do with a member what was chosen elsewhere, or ask first where it asks."""
        self._about = number
        self._gone = None
        self._do(deed)

    @property
    def is_renaming(self) -> bool:
        """Whether a nickname is being chosen, so that a refusal of one is told there."""
        current = self._popovers.current
        return current is not None and current.findChild(RenamePanel) is not None

    def menu_for(self, number: int) -> QMenu | None:
        """Return the menu of what can be done with a member; it goes when it closes."""
        member = self._session.roster.get(number)
        if member is None:
            return None
        self._about = number
        self._gone = None
        menu = QMenu(self._roster.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _add(menu, tr("Who this is"))
        deeds = deeds_for(self._session, member)
        for deed in deeds:
            if deed not in TALK and deeds.index(deed) == len(TALK.intersection(deeds)):
                menu.addSeparator()
            action = _add(menu, deed_text(deed))
            action.setData(deed)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    # --- parts ----------------------------------------------------------------------------------

    def _number_at(self, row: int) -> int:
        member = self._roster.model.row(row).member
        return -1 if member is None else member.number

    def _place(self) -> tuple[QWidget, QRect | None]:
        """Return where a panel about the member at hand opens: the row, or the button above."""
        row = self._roster.model.row_of(self._about)
        if row < 0 or not self._roster.isVisible():
            return self._popovers.usual_anchor, None
        return self._roster.view, self._roster.view.place_of(row)

    @pyqtSlot(int)
    def _on_row_chosen(self, row: int) -> None:
        number = self._number_at(row)
        self.open_card(number, self._roster.view, self._roster.view.place_of(row))

    @pyqtSlot(int, QPoint)
    def _on_menu_requested(self, row: int, at: QPoint) -> None:
        menu = self.menu_for(self._number_at(row))
        if menu is not None:
            menu.popup(at)

    @pyqtSlot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        deed = action.data()
        if isinstance(deed, Deed):
            self._do(deed)
        else:
            anchor, at = self._place()
            self.open_card(self._about, anchor, at)

    @pyqtSlot(Deed)
    def _on_deed_chosen(self, deed: Deed) -> None:
        self._popovers.close()
        self._do(deed)

    def _do(self, deed: Deed) -> None:
        member = self._gone or self._session.roster.get(self._about)
        # It may have changed since it was offered.
        if member is None or deed not in deeds_for(self._session, member):
            return
        moderation = self._session.moderation
        if deed is Deed.MENTION:
            self.mention_requested.emit(member.nick)
        elif deed is Deed.WRITE:
            self.private_requested.emit(member.device, member.nick)
        elif deed is Deed.RENAME:
            self.open_rename(*self._place())
        elif deed in {Deed.MUTE, Deed.UNMUTE}:
            moderation.mute(member.number, deed is Deed.MUTE)
        elif deed in {Deed.MODERATOR, Deed.MEMBER}:
            moderation.set_role(member.number, "moderator" if deed is Deed.MODERATOR else "member")
        else:
            self._open_removal(member, ban=deed is Deed.BAN)

    def _open_removal(self, member: Member, *, ban: bool) -> None:
        address = self._session.roster.address_of(member.number)
        panel = RemovalPanel(member, self._theme, ban=ban, address=address)
        panel.removal_requested.connect(self._on_banned if ban else self._on_removed)
        panel.declined.connect(self._popovers.close_current)
        anchor, at = self._place()
        self._popovers.open_panel(panel, anchor, panel.usual_width, at)

    @pyqtSlot(int, bool)
    def _on_removed(self, number: int, _address: bool) -> None:
        self._popovers.close()
        self._session.moderation.remove(number)

    @pyqtSlot(int, bool)
    def _on_banned(self, number: int, address: bool) -> None:
        self._popovers.close()
        self._session.moderation.remove(number, ban=True, address=address)


def _add(menu: QMenu, text: str) -> QAction:
    return cast("QAction", menu.addAction(text))
