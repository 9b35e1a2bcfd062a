"""Sending files from a room's page: choosing, dropping, pasting, the sheet, and off they go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PyQt6.QtCore import QMimeData, QObject, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QWidget

from app.protocol.errors import Refusal
from app.session.connection import Phase
from app.session.files.transfer import FileFailure
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.ui.chat.about import about
from app.ui.chat.attaching.choosing import Choosing
from app.ui.chat.attaching.drop_veil import DropVeil
from app.ui.chat.attaching.offered import has_picture, local_files, write_picture
from app.ui.chat.attaching.parcel import Parcel
from app.ui.chat.attaching.picture_work import PictureWork
from app.ui.chat.attaching.preparing import Preparing, Ready
from app.ui.chat.attaching.sending import send_all
from app.ui.chat.attaching.sheet import AttachSheet
from app.ui.chat.attaching.words import trouble_sentence
from app.ui.chat.composer.answering import Answering
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.emoji import ComposerEmoji
from app.ui.chat.composer.purpose import Purpose
from app.ui.chat.header.page_popovers import PagePopovers
from app.ui.chat.names import isolated
from app.ui.sentences import sentence
from app.ui.shortcuts import Command, sequences
from app.ui.texts import tr
from app.ui.theme.theme import Theme


class Attaching(QObject):
    """Owned by the page. Has one parcel at a time, and the sheet that shows it.

    Signals:
        sent(): files were sent; their message is the last one of the room.
    """

    sent = pyqtSignal()

    def __init__(
        self,
        session: RoomSession,
        composer: Composer,
        theme: Theme,
        clock: Clock,
        *,
        answering: Answering,
        popovers: PagePopovers,
        emoji: ComposerEmoji,
        outgoing: Path,
        pictures: PictureWork | None,
        page: QWidget,
    ) -> None:
        """`outgoing`: where files may be made; `pictures`: without it, pictures are but files."""
        super().__init__(page)
        self._session = session
        self._composer = composer
        self._answering = answering
        self._popovers = popovers
        self._emoji = emoji
        self._theme = theme
        self._clock = clock
        self._outgoing = outgoing
        self._pictures = pictures
        self._page = page
        self._preparing: Preparing | None = None
        self._takes_text = False
        """What is in the box is in the parcel, and goes from the box when that is sent."""
        self.parcel: Parcel | None = None
        self.sheet: AttachSheet | None = None
        self.choosing = Choosing(page)
        self.veil = DropVeil(theme, page)
        self._action = QAction(tr("Attach files"), page)
        self._action.setShortcuts(sequences(Command.ATTACH))
        page.addAction(self._action)
        self._connect()
        self._show_whether_barred()

    def _connect(self) -> None:
        self._action.triggered.connect(self.choose_files)
        composer, session = self._composer, self._session
        composer.attach.files_requested.connect(self.choose_files)
        composer.attach.folder_requested.connect(self.choose_folder)
        composer.edit.files_offered.connect(self.take)
        composer.file_requested.connect(self._on_file_requested)
        composer.private_changed.connect(self._show_whether_barred)
        composer.editing_changed.connect(self._show_whether_barred)
        session.connection_changed.connect(self._show_whether_barred)
        session.info_changed.connect(self._show_whether_barred)
        session.roster.reset.connect(self._show_whether_barred)
        session.roster.changed.connect(self._on_member_changed)
        self.choosing.chosen.connect(self._on_chosen)
        self.veil.entered.connect(self._on_drag_entered)
        self.veil.dropped.connect(self._on_dropped_here)

    # --- whether one may ------------------------------------------------------------------------

    @property
    def why_not(self) -> str:
        """Why no files can be sent now, as a sentence; empty where they can."""
        session, composer = self._session, self._composer
        if session.connection.phase is Phase.STOPPED:
            return tr("You are no longer in this room")
        refusal = session.may_write
        if refusal is not None:
            return sentence(refusal, **about(session))
        if composer.purpose is Purpose.WHISPER:
            return tr("Files cannot be sent privately yet. Write to everyone to attach one.")
        if composer.editing:
            return tr("You are editing a message. Finish that first, then attach files.")
        # While one is at the door there is no room to send to.
        if not composer.isVisibleTo(self._page):
            return tr("You are not in this room yet.")
        return ""

    @pyqtSlot()
    def _show_whether_barred(self) -> None:
        at_the_door = not self._composer.isVisibleTo(self._page)
        self._composer.attach.bar("" if at_the_door else self.why_not)

    @pyqtSlot(tuple)
    def _on_member_changed(self, _who: tuple[object, ...]) -> None:
        self._show_whether_barred()

    # --- choosing -------------------------------------------------------------------------------

    @pyqtSlot()
    def choose_files(self) -> None:
        """Let the person choose files, as many as they like."""
        if self._may_choose:
            self.choosing.ask_for_files()

    @pyqtSlot()
    def choose_folder(self) -> None:
        """Let the person choose a folder, which is sent as one archive."""
        if self._may_choose:
            self.choosing.ask_for_folder()

    @property
    def _may_choose(self) -> bool:
        return not self.why_not and self._preparing is None

    @pyqtSlot(list)
    def _on_chosen(self, names: list[str]) -> None:
        self.add([Path(name) for name in names])

    def add(self, paths: list[Path]) -> None:
        """Put files and folders on the sheet; it opens where it is not open."""
        if not self.why_not and paths:
            self._open_parcel().add(paths)
            self._show_sheet()

    @pyqtSlot(object)
    def take(self, source: QMimeData) -> None:
        """Put what was pasted, or dropped, on the sheet."""
        reason = self.why_not
        if reason:
            self._composer.refuse(reason)
            return
        paths = local_files(source)
        if paths:
            self.add(paths)
        elif has_picture(source):
            self._make(
                tr("picture-{time}.png", time=self._time()),
                lambda path: write_picture(source, path),
            )

    @pyqtSlot(str)
    def _on_file_requested(self, text: str) -> None:
        """Offer a text that is too long for a message as a file."""
        reason = self.why_not
        if reason:
            self._composer.refuse(reason)
            return
        data = text.encode("utf-8", "replace")
        self._make(tr("text-{time}.txt", time=self._time()), lambda path: _write_new(path, data))
        if self.parcel is not None:
            self._takes_text = self._takes_text or text == self._composer.edit.toPlainText()
            self.parcel.note_text()

    def _make(self, name: str, write: Callable[[Path], bool]) -> None:
        parcel = self._open_parcel()
        path: Path | None = None
        try:
            path = parcel.new_path(name)
            written = write(path)
        except OSError as error:
            self._composer.refuse(
                tr(
                    "Papo could not keep that for sending ({reason}). Free some space on the disk, "
                    "then try again.",
                    reason=error.strerror or error,
                )
            )
            written = False
        if written and path is not None:
            parcel.add_made(path, name)
            self._show_sheet()
            return
        if path is not None:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        if not parcel.items:
            self.put_away()

    def _time(self) -> str:
        return datetime.fromtimestamp(self._clock.now()).astimezone().strftime("%Y-%m-%d-%H%M%S")

    # --- dropping -------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_drag_entered(self) -> None:
        reason = self.why_not
        room = isolated(self._session.info.name) or tr("this room")
        self.veil.say(reason or tr("Drop to send to {room}", room=room), takes=not reason)

    @pyqtSlot(object)
    def _on_dropped_here(self, source: QMimeData) -> None:
        self.take(source)
        if self.sheet is not None:
            self._page.activateWindow()

    # --- the sheet ------------------------------------------------------------------------------

    def take_over(self, other: Attaching) -> None:
        """Go on with what was chosen on another page of the same room."""
        self.choosing.folder = other.choosing.folder
        parcel, preparing, sheet = other.parcel, other._preparing, other.sheet
        if parcel is None:
            return
        self._takes_text = other._takes_text
        other.parcel = other._preparing = other.sheet = None
        if sheet is not None:
            # It goes with its page; what it tells on the way is not for anybody any more.
            sheet.blockSignals(True)
        parcel.setParent(self)
        self.parcel = parcel
        if preparing is not None:
            preparing.ready.disconnect(other._on_ready)
            preparing.failed.disconnect(other._on_failed)
            self._follow(preparing)
        self._show_sheet()

    def _open_parcel(self) -> Parcel:
        if self.parcel is None:
            self.parcel = Parcel(self._outgoing, self._pictures, self)
        self.parcel.most = self._session.transfers.max_file
        return self.parcel

    def _show_sheet(self) -> None:
        parcel = self.parcel
        if parcel is None:
            return
        if self.sheet is None:
            self._popovers.close()
            sheet = AttachSheet(parcel, self._session.info.name, self._theme, self._page)
            sheet.send_requested.connect(self._on_send)
            sheet.stop_requested.connect(self._on_stop)
            sheet.dropped.connect(self.put_away)
            sheet.files_requested.connect(self.choose_files)
            sheet.folder_requested.connect(self.choose_folder)
            sheet.offered.connect(self.take)
            sheet.emoji_requested.connect(self._on_emoji)
            self.sheet = sheet
            sheet.follow(self._preparing)
            sheet.open()
        self.sheet.show_answer(self._composer.answer_bar.title)

    @pyqtSlot()
    def put_away(self) -> None:
        """Forget what was chosen, with all that was made of it."""
        parcel, self.parcel = self.parcel, None
        self._takes_text = False
        self._stop_preparing()
        if parcel is not None:
            parcel.discard()
            parcel.deleteLater()
        self._close_sheet()

    def _close_sheet(self) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.leave()
            if self._composer.isVisible():
                self._composer.edit.setFocus()

    @pyqtSlot()
    def _on_emoji(self) -> None:
        # It is big, and not everybody opens it.
        from app.ui.emoji.picker import WIDTH, EmojiPicker  # noqa: PLC0415

        sheet = self.sheet
        if sheet is None:
            return
        values = self._emoji.values
        picker = EmojiPicker(
            self._theme, self._clock, recents=tuple(values.emoji_recents), tone=values.emoji_tone
        )
        picker.picked.connect(self._on_emoji_picked)
        self._popovers.open_panel(picker, sheet.caption.emoji, WIDTH)

    @pyqtSlot(str)
    def _on_emoji_picked(self, emoji: str) -> None:
        if self.sheet is not None:
            self.sheet.caption.insert(emoji)
            self._emoji.note_used(emoji)

    # --- sending --------------------------------------------------------------------------------

    @pyqtSlot()
    def _on_send(self) -> None:
        parcel, sheet = self.parcel, self.sheet
        if parcel is None or sheet is None or self._preparing is not None:
            return
        reason = self.why_not
        if reason:
            sheet.show_problem(reason)
            return
        parcel.most = self._session.transfers.max_file
        preparing = Preparing(parcel)
        self._follow(preparing)
        sheet.follow(preparing)
        preparing.start()

    def _follow(self, preparing: Preparing) -> None:
        self._preparing = preparing
        preparing.ready.connect(self._on_ready)
        preparing.failed.connect(self._on_failed)

    def _stop_preparing(self) -> None:
        preparing, self._preparing = self._preparing, None
        if preparing is not None:
            preparing.cancel()
            preparing.deleteLater()

    @pyqtSlot()
    def _on_stop(self) -> None:
        self._stop_preparing()
        if self.sheet is not None:
            self.sheet.follow(None)

    @pyqtSlot()
    def _on_failed(self) -> None:
        self._on_stop()
        if self.sheet is not None:
            said = tr("Look at what is marked, then send again.")
            self.sheet.show_problem(f"{tr('Nothing was sent.')} {said}")

    @pyqtSlot(list)
    def _on_ready(self, ready: list[Ready]) -> None:
        self._stop_preparing()
        parcel = self.parcel
        if parcel is None:
            return
        sent, refusal = send_all(self._session, parcel, ready, self._answering.number)
        if sent:
            self._answering.end()
        if refusal is not None:
            self._complain(refusal, some=sent > 0)
            return
        if self._takes_text:
            self._composer.clear()
        self.put_away()
        self.sent.emit()

    def _complain(self, refusal: Refusal | FileFailure, *, some: bool) -> None:
        parcel, sheet = self.parcel, self.sheet
        if parcel is None or sheet is None:
            return
        parcel.check()
        sheet.follow(None)
        sheet.caption.set_text(parcel.caption)
        sheet.show_answer(self._composer.answer_bar.title)
        if isinstance(refusal, Refusal):
            said = sentence(refusal, **about(self._session))
        elif parcel.is_sendable:
            said = trouble_sentence(refusal.value, parcel.most)
        else:
            said = tr("Look at what is marked, then send again.")
        before = tr("Not everything was sent.") if some else tr("Nothing was sent.")
        sheet.show_problem(f"{before} {said}")


def _write_new(path: Path, data: bytes) -> bool:
    with path.open("xb") as file:
        file.write(data)
    return True
