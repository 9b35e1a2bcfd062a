"""What a page that is made anew takes over from the one before it, so that nobody loses a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.start.start_page import StartCard

if TYPE_CHECKING:
    from app.ui.chat.chat_page import ChatPage
    from app.ui.start.start_page import StartPage


def carry_room(old: ChatPage, new: ChatPage) -> None:
    """Let `new`, a page of the same session, go on where `old` was: texts, place, panels."""
    new.timeline.model.set_first_unread(old.timeline.model.first_unread)
    new.composer.take_over(old.composer)
    new.composing.take_over(old.composing)
    new.search.field.edit.setText(old.search.field.edit.text())
    new.roster.field.edit.setText(old.roster.field.edit.text())
    new.files.take_over(old.files)
    new.side.want(old.side.wanted)
    new.exporting.take_over(old.exporting)
    new.attaching.take_over(old.attaching)
    new.timeline.view.return_to(old.timeline.view.place)
    if old.store_bar.isHidden():
        new.store_bar.hide()


def carry_start(old: StartPage, new: StartPage) -> None:
    """Let `new` go on where `old` was: all that is typed but for passwords, and who waits."""
    for before, after in (
        (old.host_card.room, new.host_card.room),
        (old.host_card.nickname, new.host_card.nickname),
        (old.join_card.nickname, new.join_card.nickname),
        (old.join_card.target, new.join_card.target),
    ):
        after.set_text(before.text)
        after.touched = before.touched
    new.join_card.set_target(old.join_card.target.text)
    options = old.host_card.options
    new.host_card.options.port.edit_text(options.port.text)
    for choice, other in zip(options.choices, new.host_card.options.choices, strict=True):
        other.setChecked(choice.isChecked())
    new.host_card.options.listed.setChecked(options.listed.isChecked())
    new.host_card.disclosure.setChecked(old.host_card.disclosure.isChecked())
    new.refresh()
    for card, one in ((StartCard.HOST, old.host_card), (StartCard.JOIN, old.join_card)):
        if one.busy:
            new.set_busy(card, True)
