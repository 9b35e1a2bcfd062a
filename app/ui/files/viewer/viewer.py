"""The full view: one picture of a room after the other, as large as the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PyQt6 import sip
from PyQt6.QtCore import QEvent, QSize, Qt, QTimer, pyqtSlot
from PyQt6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from app.ui.chat.copy_button import SAID_FOR
from app.ui.chat.names import isolated
from app.ui.files.moving import MovingPicture, may_move
from app.ui.files.states import percent
from app.ui.files.viewer.bar import HEIGHT, ViewerBar, ViewerNote
from app.ui.files.viewer.button import SIZE, ViewerButton, on_dark
from app.ui.files.viewer.canvas import PictureCanvas
from app.ui.files.viewer.keys import deed_of
from app.ui.files.viewer.loading import Phase, PictureLoader
from app.ui.overlay import Overlay
from app.ui.sentences import sentence
from app.ui.texts import tr
from app.ui.theme import motion
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from app.ui.files.message_files import MessageFiles
    from app.ui.files.viewer.shown import ShownPicture
    from app.ui.theme.theme import Theme

_BACKDROP = 0.96
_ROOMY = 640
"""Pixels of the window's width from which there are buttons to zoom."""
_PREFETCHED = 16 * 1024 * 1024
"""Bytes of a neighbour that is fetched before anybody asks for it."""
_THUMBNAIL = QSize(320, 320)


class Viewer(Overlay):
    """Covers `host`, the window. `source` gives the pictures there are, in order, whenever asked.

    Deletes itself when closed, and gives the keyboard back.
    """

    def __init__(
        self,
        theme: Theme,
        host: QWidget,
        files: MessageFiles,
        source: Callable[[], Sequence[ShownPicture]],
    ) -> None:
        super().__init__(theme, host)
        self._files = files
        self._source = source
        self._now: ShownPicture | None = None
        self._copying = ""
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(SAID_FOR)
        self._said.timeout.connect(self._on_said)
        self.loader = PictureLoader(files.transfers, files.actions, self)
        self._moving = MovingPicture(self)
        self.setAccessibleName(tr("Picture"))
        self.card.setProperty("card", False)
        self.canvas = PictureCanvas(self.card)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas.margins = (HEIGHT, 20)
        self._make_parts()
        self._connect()

    def _make_parts(self) -> None:
        theme, card = self._theme, self.card
        self.bar = ViewerBar(theme, card)
        left, right = QKeySequence(Qt.Key.Key_Left), QKeySequence(Qt.Key.Key_Right)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        self.previous = ViewerButton(theme, Icon.LEFT, tr("Previous picture"), left, parent=card)
        self.next = ViewerButton(theme, Icon.RIGHT, tr("Next picture"), right, parent=card)
        self.note = ViewerNote(theme, card)
        # The keyboard goes from the picture to the bar, then to what stands beside the picture.
        order = (
            self.canvas,
            *self.bar.buttons,
            self.previous,
            self.next,
            self.note.retry,
            self.note.save,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.canvas.zoomed.connect(self._on_zoomed)
        self.canvas.outside_clicked.connect(self.close_overlay)
        self.bar.zoom_out.clicked.connect(self.canvas.zoom_out)
        self.bar.zoom_in.clicked.connect(self.canvas.zoom_in)
        self.bar.fit.clicked.connect(self.canvas.fit)
        self.bar.copy.clicked.connect(self.copy_picture)
        self.bar.save.clicked.connect(self.save_as)
        self.note.save.clicked.connect(self.save_as)
        self.bar.folder.clicked.connect(self.show_in_folder)
        self.bar.close_button.clicked.connect(self.close_overlay)
        self.previous.clicked.connect(self._on_previous)
        self.next.clicked.connect(self._on_next)
        self.note.retry.clicked.connect(self._on_retry)
        self.loader.changed.connect(self._on_changed)
        self._moving.moved.connect(self._on_moved)
        self._files.thumbnails.ready.connect(self._on_thumbnail)
        self._files.changed.connect(self._on_files_changed)
        self._files.deleted.connect(self._on_deleted)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def shown(self) -> ShownPicture | None:
        """The picture that is looked at."""
        return self._now

    def show_picture(self, key: tuple[int, str]) -> None:
        """Show the picture of that message with that hash; the last one where it is not there."""
        pictures = self._pictures()
        if not pictures:
            self.close_overlay()
            return
        self._show(next((one for one in pictures if one.key == key), pictures[-1]))

    def step(self, by: int) -> None:
        """Show the picture that is so many further, as far as there are any."""
        pictures = self._pictures()
        place = self._place(pictures)
        if pictures and place >= 0:
            self._show(pictures[max(0, min(place + by, len(pictures) - 1))])
        elif pictures:
            # It was deleted meanwhile.
            self._show(pictures[-1])

    def _pictures(self) -> list[ShownPicture]:
        """Return the pictures there are now; one that came twice with a message is shown once."""
        return list({one.key: one for one in self._source()}.values())

    def _place(self, pictures: Sequence[ShownPicture]) -> int:
        key = self._now.key if self._now is not None else None
        return next((n for n, one in enumerate(pictures) if one.key == key), -1)

    def _show(self, one: ShownPicture) -> None:
        if self._now is not None and one.key == self._now.key:
            return
        self._now = one
        self._copying = ""
        self._moving.stop()
        self.bar.title.setText(isolated(one.ref.name))
        self.canvas.show_picture(QSize(one.ref.width, one.ref.height))
        self.bar.detail.setText(one.detail)
        self.canvas.setAccessibleName(one.words)
        self._show_place()
        image = self.loader.image(one.ref.hash)
        if image is not None:
            self.canvas.set_image(image)
        else:
            self._on_thumbnail(one.ref.hash)
        self._want()
        self._show_note()
        self._play()
        self._prefetch()

    def _show_place(self) -> None:
        pictures = self._pictures()
        place = self._place(pictures)
        self.bar.position.setText(
            tr("{number} of {count}", number=place + 1, count=len(pictures)) if place >= 0 else ""
        )
        for button, there in (
            (self.previous, place > 0),
            (self.next, 0 <= place < len(pictures) - 1),
        ):
            if not there and button.hasFocus():
                self.canvas.setFocus()
            button.setVisible(there)
        self._show_folder()

    def _show_folder(self) -> None:
        here = self._now is not None and self._files.actions.local(self._now.ref) is not None
        if not here and self.bar.folder.hasFocus():
            self.canvas.setFocus()
        self.bar.folder.setEnabled(here)

    def _show_note(self) -> None:
        if self._now is None:
            return
        digest = self._now.ref.hash
        phase = self.loader.phase(digest)
        failed = phase is Phase.FAILED
        text = ""
        if failed:
            text = sentence(self.loader.failure(digest))
        elif phase is Phase.FETCHING:
            part = self.loader.fraction(digest)
            text = tr("Loading… {percent}", percent=percent(part)) if part else tr("Loading…")
        elif phase is Phase.DECODING:
            text = tr("Loading…")
        self.note.say(text, failed=failed)
        self._place_parts()

    def _want(self) -> None:
        if self._now is not None:
            self.loader.want(self._now.ref, self._box())

    def _room(self) -> QSize:
        return (self.size().toSizeF() * self.devicePixelRatioF()).toSize()

    def _box(self) -> QSize:
        fitted = self.canvas.is_fitted
        return self._room() if fitted else self._room().expandedTo(self.canvas.pixels())

    def _prefetch(self) -> None:
        """Bring the pictures beside this one, once it is here, and forget those further off."""
        if self._now is None:
            return
        pictures = self._pictures()
        place = self._place(pictures)
        near = [n for n in (place + 1, place - 1) if 0 <= n < len(pictures)] if place >= 0 else []
        self.loader.keep([self._now.ref.hash, *(pictures[n].ref.hash for n in near)])
        if self.loader.phase(self._now.ref.hash) is not Phase.SHOWN:
            return
        for number in near:
            if pictures[number].ref.size <= _PREFETCHED:
                self.loader.want(pictures[number].ref, self._room())

    def _play(self) -> None:
        """Let a small gif move, once it is here."""
        one = self._now
        if one is None or not may_move(one.ref) or not motion.moves(self):
            return
        path = self.loader.path(one.ref.hash)
        if path is not None and self._moving.frame is None:
            self._moving.play(path)

    # --- what is told ---------------------------------------------------------------------------

    @pyqtSlot(str)
    def _on_changed(self, digest: str) -> None:
        if self._now is None or digest != self._now.ref.hash:
            return
        image = self.loader.image(digest)
        if image is not None and self._moving.frame is None:
            self.canvas.set_image(image)
        self._show_note()
        if self.loader.phase(digest) is Phase.SHOWN:
            self._finish_copying()
            self._play()
            self._prefetch()

    @pyqtSlot(str)
    def _on_thumbnail(self, digest: str) -> None:
        if self._now is None or digest != self._now.ref.hash:
            return
        if self.loader.image(digest) is None:
            small = self._files.thumbnails.pixmap(digest, _THUMBNAIL)
            if small is not None:
                self.canvas.set_pixmap(small)

    @pyqtSlot()
    def _on_moved(self) -> None:
        frame = self._moving.frame
        if frame is not None:
            self.canvas.set_pixmap(frame)

    @pyqtSlot()
    def _on_files_changed(self) -> None:
        self._show_folder()

    @pyqtSlot(frozenset)
    def _on_deleted(self, gone: frozenset[int]) -> None:
        """Go on to a neighbour, or away, when the picture that is looked at was deleted."""
        now = self._now
        if now is None or now.seq not in gone:
            self._show_place()
            return
        left = [one for one in self._pictures() if one.seq not in gone]
        if not left:
            self.close_overlay()
            return
        self._show(next((one for one in left if one.seq > now.seq), left[-1]))
        self._say(tr("That picture was deleted."))

    @pyqtSlot()
    def _on_zoomed(self) -> None:
        self.bar.zoom.setText(percent(self.canvas.percent / 100))
        if self._now is not None and not self.isHidden():
            self._want()

    # --- what the person does -------------------------------------------------------------------

    @pyqtSlot()
    def _on_previous(self) -> None:
        self.step(-1)

    @pyqtSlot()
    def _on_next(self) -> None:
        self.step(1)

    @pyqtSlot()
    def _on_retry(self) -> None:
        if self._now is not None:
            self.canvas.setFocus()
            self.loader.retry(self._now.ref)

    @pyqtSlot()
    def save_as(self) -> None:
        """Let the person choose where the file is saved."""
        if self._now is not None:
            self._files.actions.save_as(self._now.ref, self)

    @pyqtSlot()
    def show_in_folder(self) -> None:
        """Show the file in its folder, where it was saved."""
        if self._now is not None and self.bar.folder.isEnabled():
            self._files.actions.show_in_folder(self._now.ref)

    @pyqtSlot()
    def copy_picture(self) -> None:
        """Copy the picture as large as it is, as soon as it is here."""
        if self._now is None:
            return
        ref = self._now.ref
        self._copying = ref.hash
        self.loader.want(ref, QSize(ref.width, ref.height))
        self._finish_copying()

    def _finish_copying(self) -> None:
        if self._now is None or self._copying != self._now.ref.hash:
            return
        image = self.loader.image(self._copying)
        if image is None or self.loader.is_coming(self._copying):
            return
        self._copying = ""
        self._files.actions.copy_picture(image)
        self._say(tr("Picture copied"))

    def _say(self, text: str) -> None:
        self.note.say(text)
        self._place_parts()
        self._said.start()

    @pyqtSlot()
    def _on_said(self) -> None:
        self._show_note()

    # --- the keyboard ---------------------------------------------------------------------------

    def event(self, event: QEvent | None) -> bool:
        """Take the viewer's keys before the window's."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and deed_of(self, event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Do what a key is for."""
        deed = deed_of(self, event) if event is not None else None
        if deed is not None:
            deed()
        elif event is not None:
            # Nothing behind it is to hear of it.
            event.accept()

    # --- the overlay ----------------------------------------------------------------------------

    def first(self) -> QWidget:
        """Return what gets the keyboard."""
        return self.canvas

    def place(self) -> None:
        """Fill the window."""
        self.setGeometry(self._host.rect())
        self.card.setGeometry(self.rect())
        self.canvas.setGeometry(self.card.rect())
        self._place_parts()
        if self._now is not None:
            self._want()

    def _place_parts(self) -> None:
        width, height = self.card.width(), self.card.height()
        self.bar.set_roomy(width >= _ROOMY)
        self.bar.setGeometry(0, 0, width, max(HEIGHT, self.bar.sizeHint().height()))
        self.canvas.margins = (self.bar.height(), 20)
        middle = (height - SIZE) // 2
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        first, last = (self.next, self.previous) if rtl else (self.previous, self.next)
        first.setGeometry(12, middle, SIZE, SIZE)
        last.setGeometry(width - 12 - SIZE, middle, SIZE, SIZE)
        self.note.place(width, height - 24)
        for widget in (self.bar, self.previous, self.next, self.note):
            widget.raise_()

    @pyqtSlot()
    def drop(self) -> None:
        """Go at once, for what it was opened from has gone; nobody is there to get the keyboard."""
        if not sip.isdeleted(self):
            self._go(give_back=False)

    def mousePressEvent(self, _event: QMouseEvent | None) -> None:
        """The canvas tells what a click beside the picture is."""

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """Paint the dark ground, in both themes."""
        ground = on_dark(Role.SURFACE_SIDE)
        ground.setAlphaF(_BACKDROP)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()
