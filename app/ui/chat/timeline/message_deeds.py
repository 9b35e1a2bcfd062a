"""What can be done with the messages that are selected, or with the one that has the keyboard."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QAbstractItemView, QMenu

from app.session.timeline import MessageEntry, SendState
from app.ui.chat.copy_button import copy
from app.ui.chat.names import menu_text
from app.ui.chat.rows.view import selected_rows
from app.ui.chat.timeline.copying import copied_lines
from app.ui.chat.timeline.foot import Link
from app.ui.chat.timeline.gone import held_as
from app.ui.chat.timeline.link_panel import shortened
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.react_menu import ReactMenu
from app.ui.formatting.blocks import CodeBlock, Formatted, Paragraph
from app.ui.formatting.blocks import Link as TextLink
from app.ui.formatting.markdown import parse
from app.ui.texts import tr

_MOST_LINKS = 4
"""Links, and code blocks, of one message that its menu names."""
_SHOWN = 48
"""Characters of each."""


class MessageDeeds(QObject):
    """Knows what `view` means by its selection. Owned by the view.

    Signals:
        retry_requested(bytes), discard_requested(bytes): what to do with the message of that cid.
        delete_requested(object): take the message of that number away from everyone.
        undo_requested(object): keep the message of that number, or that cid, after all.
        private_requested(bytes, str): write to that device alone; its nickname.
        reply_requested(object), edit_requested(object): write an answer to the message of that
            number, or another text for it.
        react_requested(object, str, bool): put that emoji to the message of that number, or take
            one's own back.
        picker_requested(object): let one choose an emoji for the message of that number.
        jump_requested(object, object): from the message of one number go to that of another.
        edit_retry_requested(bytes), edit_discard_requested(bytes): what to do with that edit.
        follow_requested(object): open that link of a message, or copy that code block.
    """

    retry_requested = pyqtSignal(bytes)
    discard_requested = pyqtSignal(bytes)
    delete_requested = pyqtSignal(object)
    undo_requested = pyqtSignal(object)
    private_requested = pyqtSignal(bytes, str)
    reply_requested = pyqtSignal(object)
    edit_requested = pyqtSignal(object)
    react_requested = pyqtSignal(object, str, bool)
    picker_requested = pyqtSignal(object)
    jump_requested = pyqtSignal(object, object)
    edit_retry_requested = pyqtSignal(bytes)
    edit_discard_requested = pyqtSignal(bytes)
    follow_requested = pyqtSignal(object)

    def __init__(self, model: TimelineModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._rows = model
        self._view = view

    # --- which ones -----------------------------------------------------------------------------

    def _meant_rows(self) -> list[int]:
        rows = selected_rows(self._view)
        current = self._view.currentIndex()
        return rows or ([current.row()] if current.isValid() else [])

    @property
    def meant(self) -> list[MessageEntry]:
        """The selected messages, or the one that has the keyboard."""
        entries = [self._rows.entry(row) for row in self._meant_rows()]
        return [entry for entry in entries if isinstance(entry, MessageEntry)]

    @property
    def failed(self) -> list[MessageEntry]:
        """Those of them that were not sent."""
        failed = [entry for entry in self.meant if entry.state is SendState.FAILED]
        return [entry for entry in failed if entry not in self._rows.gone]

    @property
    def unsaved(self) -> list[MessageEntry]:
        """Those of them with another text that was not saved."""
        return [
            entry for entry in self.meant if _is_unsaved(entry) and entry not in self._rows.gone
        ]

    @property
    def _one(self) -> MessageEntry | None:
        meant = self.meant
        return meant[0] if len(meant) == 1 else None

    @property
    def to_answer(self) -> MessageEntry | None:
        """The one selected message, where one may answer it and put emoji to it."""
        one = self._one
        return one if one is not None and self._rows.remarks.may_answer(one) else None

    @property
    def editable(self) -> MessageEntry | None:
        """The one selected message, where one may give it another text."""
        one = self._one
        return one if one is not None and self._rows.remarks.may_edit(one) else None

    @property
    def answering(self) -> MessageEntry | None:
        """The one selected message, where it answers another."""
        one = self._one
        return one if one is not None and self._rows.remarks.quote(one) else None

    @property
    def deletable(self) -> MessageEntry | None:
        """The one selected message, where one may take it away from everyone."""
        meant = self.meant
        return meant[0] if len(meant) == 1 and self._rows.may_delete(meant[0]) else None

    @property
    def answerable(self) -> MessageEntry | None:
        """The one selected message, where one may write to the other one of it alone."""
        meant = self.meant
        if len(meant) != 1 or not self._rows.may_answer_privately(meant[0]):
            return None
        return meant[0]

    # --- doing it -------------------------------------------------------------------------------

    @pyqtSlot()
    def copy_lines(self) -> None:
        """Copy the messages, one line each: [14:12] Priya: text."""
        _copy(copied_lines(self._rows, self._meant_rows()))

    @pyqtSlot()
    def copy_texts(self) -> None:
        """Copy what the messages say, and nothing else."""
        shown = [entry for entry in self.meant if entry not in self._rows.gone]
        _copy("\n".join(entry.text for entry in shown if entry.text))

    @pyqtSlot()
    def retry(self) -> None:
        """Send once more what was not sent."""
        for entry in self.failed:
            self.retry_requested.emit(entry.cid)
        for entry in self.unsaved:
            self.follow(Link.TRY_AGAIN, entry)

    @pyqtSlot()
    def discard(self) -> None:
        """Give up what was not sent."""
        for entry in self.failed:
            self.discard_requested.emit(entry.cid)
        for entry in self.unsaved:
            self.follow(Link.DISCARD, entry)

    @pyqtSlot()
    def reply(self) -> None:
        """Answer the message."""
        entry = self.to_answer
        if entry is not None:
            self.reply_requested.emit(entry.seq)

    @pyqtSlot()
    def edit(self) -> None:
        """Give the message another text."""
        entry = self.editable
        if entry is not None:
            self.edit_requested.emit(entry.seq)

    @pyqtSlot()
    def react(self) -> None:
        """Choose an emoji for the message."""
        entry = self.to_answer
        if entry is not None:
            self.picker_requested.emit(entry.seq)

    @pyqtSlot()
    def go_to_answered(self) -> None:
        """Show the message that this one answers."""
        entry = self.answering
        if entry is not None:
            self.jump_requested.emit(entry.seq, entry.reply_to)

    def use_chip(self, entry: MessageEntry, emoji: str) -> None:
        """Put an emoji to a message or take one's own back; with none, let one choose."""
        if not self._rows.remarks.may_answer(entry):
            return
        if emoji:
            # The menu may have been open for a while.
            row = self._rows.row_of(entry.seq)
            now = self._rows.entry(row) if row >= 0 else entry
            on = isinstance(now, MessageEntry) and not self._rows.remarks.has(now, emoji)
            self.react_requested.emit(entry.seq, emoji, on)
        else:
            self.picker_requested.emit(entry.seq)

    @pyqtSlot()
    def delete(self) -> None:
        """Take the message away from everyone, unless that is undone in time."""
        entry = self.deletable
        if entry is not None:
            self.delete_requested.emit(entry.seq)
            self._view.scrollTo(self._view.currentIndex())

    def undo(self) -> bool:
        """Keep what was deleted just now: the meant one, else the latest; tell if there was one."""
        meant = [entry for entry in self.meant if entry in self._rows.gone]
        for entry in meant:
            self.undo_requested.emit(held_as(entry))
        return bool(meant) or self._rows.gone.undo_latest()

    @property
    def is_gone(self) -> bool:
        """Whether one of those meant was deleted just now."""
        return any(entry in self._rows.gone for entry in self.meant)

    @pyqtSlot()
    def write_privately(self) -> None:
        """Write to the author alone, or to the other one of a private message."""
        entry = self.answerable
        if entry is not None and entry.private_with:
            self.private_requested.emit(entry.private_with, entry.private_nick)
        elif entry is not None:
            self.private_requested.emit(entry.device, entry.nick)

    def follow(self, link: Link, entry: MessageEntry) -> None:
        """Do what was clicked under a message."""
        if entry.edit is not None and link is Link.TRY_AGAIN:
            self.edit_retry_requested.emit(entry.edit.cid)
        elif entry.edit is not None and link is Link.DISCARD:
            self.edit_discard_requested.emit(entry.edit.cid)
        elif link is Link.TRY_AGAIN:
            self.retry_requested.emit(entry.cid)
        elif link is Link.DELETE:
            self.discard_requested.emit(entry.cid)
        else:
            self.undo_requested.emit(held_as(entry))

    @pyqtSlot()
    def toggle_as_typed(self) -> None:
        """Show the one message as it was typed, or formatted again."""
        rows, meant = self._meant_rows(), self.meant
        if len(rows) == 1 and meant:
            self._rows.show_as_typed(rows[0], not self._rows.is_as_typed(meant[0]))

    @pyqtSlot()
    def _on_undo(self) -> None:
        self.undo()

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        chosen = action.data()
        if isinstance(chosen, str):
            copy(chosen)
        elif isinstance(chosen, TextLink | CodeBlock):
            self.follow_requested.emit(chosen)

    def menu(self, pointed: TextLink | CodeBlock | None = None) -> QMenu:
        """Return the menu of all that can be done; it goes when it closes.

        With `pointed` it offers that link or code alone, of all that the message has.
        """
        menu = QMenu(self._view)
        menu.triggered.connect(self._on_triggered)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.is_gone:
            _add(menu, tr("Undo")).triggered.connect(self._on_undo)
        self._offer_answering(menu)
        if any(entry.text and entry not in self._rows.gone for entry in self.meant):
            _add(menu, tr("Copy")).triggered.connect(self.copy_lines)
            _add(menu, tr("Copy text")).triggered.connect(self.copy_texts)
        self._offer_parts(menu, pointed)
        answerable = self.answerable
        if answerable is not None:
            name = menu_text(answerable.private_nick or answerable.nick)
            text = tr("Message {name} privately…", name=name)
            _add(menu, text).triggered.connect(self.write_privately)
        if self.failed:
            menu.addSeparator()
            _add(menu, tr("Try again")).triggered.connect(self.retry)
            _add(menu, tr("Delete")).triggered.connect(self.discard)
        elif self.unsaved:
            menu.addSeparator()
            _add(menu, tr("Try again")).triggered.connect(self.retry)
            _add(menu, tr("Discard the edit")).triggered.connect(self.discard)
        if self.deletable and not self.failed:
            menu.addSeparator()
            _add(menu, tr("Delete for everyone")).triggered.connect(self.delete)
        return menu

    def _offer_answering(self, menu: QMenu) -> None:
        entry = self.to_answer
        if entry is not None:
            _add(menu, tr("Reply")).triggered.connect(self.reply)
            menu.addMenu(ReactMenu(entry, self, menu))
        if self.editable:
            _add(menu, tr("Edit")).triggered.connect(self.edit)
        if self.answering:
            _add(menu, tr("Go to the answered message")).triggered.connect(self.go_to_answered)
        if not menu.isEmpty():
            menu.addSeparator()

    def _offer_parts(self, menu: QMenu, pointed: TextLink | CodeBlock | None) -> None:
        meant = self.meant
        if len(meant) != 1 or not self._rows.is_formatted(meant[0]):
            return
        formatted = parse(meant[0].text)
        typed = self._rows.is_as_typed(meant[0])
        text = tr("View formatted") if typed else tr("View as typed")
        _add(menu, text).triggered.connect(self.toggle_as_typed)
        codes = [leaf for leaf in formatted.leaves() if isinstance(leaf, CodeBlock)]
        links = _links(formatted)
        if pointed is not None:
            codes = [one for one in codes if one == pointed]
            links = [one for one in links if one == pointed]
        for code in codes[:_MOST_LINKS]:
            _add(menu, _numbered(tr("Copy code"), code, codes)).setData(code)
        if links:
            menu.addSeparator()
        for link in links[:_MOST_LINKS]:
            shown = menu_text(shortened(link.target, _SHOWN))
            if not link.target.startswith("papo:"):
                _add(menu, tr("Open {link}", link=shown)).setData(link)
            _add(menu, tr("Copy {link}", link=shown)).setData(link.target.removeprefix("mailto:"))
        if links:
            menu.addSeparator()


def _is_unsaved(entry: MessageEntry) -> bool:
    return entry.edit is not None and entry.edit.state is SendState.FAILED


def _links(formatted: Formatted) -> list[TextLink]:
    """Return the links of a message, each once."""
    spans = (
        span for leaf in formatted.leaves() if isinstance(leaf, Paragraph) for span in leaf.spans
    )
    return list(dict.fromkeys(span.link for span in spans if span.link is not None))


def _numbered(text: str, one: CodeBlock, among: list[CodeBlock]) -> str:
    if len(among) == 1:
        return text
    first = one.text.strip().split("\n", 1)[0]
    return f"{text}: {menu_text(shortened(first, _SHOWN))}"


def _add(menu: QMenu, text: str) -> QAction:
    return cast("QAction", menu.addAction(text))


def _copy(text: str) -> None:
    if text:
        copy(text)
