"""Roster, search, files, what moderators read: one at a time, beside the timeline or over it."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QRect, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from app.ui.chat.files_panel.panel import FilesPanel
from app.ui.chat.people.moderation_panel import ModerationPanel
from app.ui.chat.people.roster_panel import RosterPanel
from app.ui.chat.search.panel import SearchPanel


class SidePanels(QObject):
    """Knows which panel is wanted, and gives it its place. Owned by the page, as the panels are.

    The roster, once closed over a narrow page, stays open beside a wide one; the search, the files,
    or what moderators read, take its place while one is at it.

    Signals:
        changed(): another panel is wanted; the page arranges anew.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        roster: RosterPanel,
        search: SearchPanel,
        moderation: ModerationPanel,
        files: FilesPanel,
        *,
        body: QHBoxLayout,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._body = body
        self._roster = roster
        self._search = search
        self._moderation = moderation
        self._files = files
        self._roster_beside = True
        self._roster_over = False
        self._wide = True
        self.searching = False
        self.moderating = False
        self.listing = False

    @property
    def shown(self) -> QWidget | None:
        """The panel that is wanted now."""
        if self.searching:
            return self._search
        if self.moderating:
            return self._moderation
        if self.listing:
            return self._files
        wanted = self._roster_beside if self._wide else self._roster_over
        return self._roster if wanted else None

    @property
    def wanted(self) -> tuple[bool, ...]:
        """Which panels are wanted: roster beside and over, search, moderation, files."""
        roster = (self._roster_beside, self._roster_over)
        return (*roster, self.searching, self.moderating, self.listing)

    def want(self, wanted: tuple[bool, ...]) -> None:
        """Show what was `wanted` in another page of the room; the keyboard stays where it is."""
        self._roster_beside, self._roster_over, *others = wanted
        self.searching, self.moderating, self.listing = others
        if self.moderating:
            self._moderation.fit()
        self.changed.emit()

    def show_roster(self, shown: bool) -> None:
        """Show the members, or hide them."""
        self.searching = self.moderating = self.listing = False
        if self._wide:
            self._roster_beside = shown
        else:
            self._roster_over = shown
        self.changed.emit()
        if shown and not self._wide:
            self._roster.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_search(self, shown: bool) -> None:
        """Show the search and give it the keyboard, or hide it."""
        self.searching = shown
        if shown:
            self._roster_over = self.moderating = self.listing = False
        self.changed.emit()
        if shown:
            self._search.open()

    def show_moderation(self, shown: bool) -> None:
        """Show the bans and what was done, and give them the keyboard; or hide them."""
        self.moderating = shown
        if shown:
            self._roster_over = self.searching = self.listing = False
            self._moderation.fit()
        self.changed.emit()
        if shown:
            self._moderation.open()

    def show_files(self, shown: bool) -> None:
        """Show the files and give them the keyboard, or hide them."""
        self.listing = shown
        if shown:
            self._roster_over = self.searching = self.moderating = False
        self.changed.emit()
        if shown:
            self._files.open()

    def arrange(self, place: QRect, *, wide: bool, allowed: bool) -> None:
        """Put the wanted panel beside the timeline, or over it at the end of `place`."""
        self._wide = wide
        shown = self.shown if allowed else None
        self._files.set_open(shown is self._files)
        for panel in (self._roster, self._search, self._moderation, self._files):
            inside = self._body.indexOf(panel) >= 0
            if wide and not inside:
                self._body.addWidget(panel)
            elif inside and not wide:
                self._body.removeWidget(panel)
            if not wide:
                self._lay_over(panel, place)
            panel.set_floating(not wide)
            panel.setVisible(panel is shown)

    def _lay_over(self, panel: QWidget, place: QRect) -> None:
        width = min(panel.maximumWidth(), place.width())
        rtl = self._page.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = place.left() if rtl else place.right() + 1 - width
        panel.setGeometry(left, place.top(), width, place.height())
        panel.raise_()
