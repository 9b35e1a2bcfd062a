"""The sheet on which one sees what is about to be sent, before anything is."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QMimeData, QObject, Qt, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.attaching.caption_box import CaptionBox
from app.ui.chat.attaching.foot import ChoiceFoot, QuestionFoot, WorkFoot
from app.ui.chat.attaching.item_list import LEAST, ItemList
from app.ui.chat.attaching.offered import is_for_sending
from app.ui.chat.attaching.parcel import Parcel
from app.ui.chat.attaching.preparing import Preparing
from app.ui.chat.attaching.words import location_line, notes, shrink_line, title
from app.ui.chat.names import isolated, one_line
from app.ui.chat.popover import Popover
from app.ui.files.sizes import human_size
from app.ui.overlay import Overlay
from app.ui.texts import locale, tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.labels import PlainLabel

_EDGE = 20
_BESIDE_ROWS = 4  # the border of the card, and its margin, on both sides


class AttachSheet(Overlay):
    """Shows a parcel over the page `host`. Owns neither the parcel nor what prepares it.

    It stays when something else gets the keyboard: what was chosen is not lost by a click elsewhere.

    Signals:
        send_requested(): the parcel is to be sent.
        dropped(): it is to be put away; the sheet has gone.
        stop_requested(): it is not to be sent now; the sheet stays.
        files_requested(), folder_requested(): more is to be chosen.
        offered(object): this `QMimeData` was pasted.
        emoji_requested(): an emoji for the caption is to be chosen.
    """

    send_requested = pyqtSignal()
    dropped = pyqtSignal()
    stop_requested = pyqtSignal()
    files_requested = pyqtSignal()
    folder_requested = pyqtSignal()
    offered = pyqtSignal(object)
    emoji_requested = pyqtSignal()

    from_top = 40

    def __init__(self, parcel: Parcel, room: str, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host)
        self._parcel = parcel
        self._room = room
        self._preparing: Preparing | None = None
        self._title = PlainLabel(theme, "", Step.TITLE, wrap=True, parent=self.card)
        self._answer = PlainLabel(
            theme, "", Step.SMALL, Role.ACCENT_TEXT, elide=True, parent=self.card
        )
        self._answer.hide()
        self.close_button = IconButton(
            theme, Icon.CLOSE, tr("Close"), shortcut="Esc", parent=self.card
        )
        self.list = ItemList(parcel, theme, self.card)
        self._notes = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self)
        self.shrink = CheckBox(theme, tr("Make large pictures smaller"), self.card)
        self._shrink_line = self._second()
        self.location = CheckBox(theme, tr("Keep the location"), self.card)
        self._location_line = self._second()
        self._problem = PlainLabel(theme, "", Step.SMALL, Role.DANGER, wrap=True, parent=self)
        self._problem.hide()
        self._total = PlainLabel(theme, "", Step.SMALL, Role.TEXT_SECOND, parent=self.card)
        self.caption = CaptionBox(theme, self.card)
        self.foot = ChoiceFoot(theme, self.card)
        self.work = WorkFoot(theme, self.card)
        self.question = QuestionFoot(theme, self.card)
        self.work.hide()
        self.question.hide()
        self._lay_out()
        self.card.installEventFilter(self)
        self._connect()
        self.caption.set_text(parcel.caption)
        self._show()

    def _second(self) -> PlainLabel:
        return PlainLabel(
            self._theme, "", Step.SMALL, Role.TEXT_SECOND, wrap=True, parent=self.card
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, 12, 0)
        head.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._answer)
        head.addLayout(titles, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        lower = QVBoxLayout()
        lower.setContentsMargins(_EDGE, 0, _EDGE, 0)
        lower.setSpacing(0)
        for label in (self._total, self._notes):
            label.setContentsMargins(0, 0, 0, 4)
            lower.addWidget(label)
        for box, line in (
            (self.shrink, self._shrink_line),
            (self.location, self._location_line),
        ):
            # Only as wide as it is: the ring around it stands between its neighbours.
            lower.addWidget(box, 0, Qt.AlignmentFlag.AlignLeading)
            line.setContentsMargins(24, 2, 0, 4)
            lower.addWidget(line)
        lower.addSpacing(10)
        lower.addWidget(self.caption)
        lower.addWidget(self._problem)
        lower.addSpacing(12)
        for foot in (self.foot, self.work, self.question):
            lower.addWidget(foot)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 14, 1, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(lower)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._on_close)
        self.list.resized.connect(self._on_resized)
        self.list.emptied.connect(self._on_emptied)
        self.list.submitted.connect(self._on_send)
        self.shrink.toggled.connect(self._on_shrink)
        self.location.toggled.connect(self._on_location)
        self.caption.changed.connect(self._on_caption_changed)
        self.caption.submitted.connect(self._on_send)
        self.caption.escaped.connect(self._on_close)
        self.caption.emoji_requested.connect(self.emoji_requested)
        self.caption.edit.files_offered.connect(self._on_offered)
        self.foot.send.clicked.connect(self._on_send)
        self.foot.cancel.clicked.connect(self._on_close)
        self.foot.add_files.triggered.connect(self.files_requested)
        self.foot.add_folder.triggered.connect(self.folder_requested)
        self.work.stop.clicked.connect(self._on_stop)
        self.question.kept.connect(self._on_kept)
        self.question.dropped.connect(self._on_dropped)
        self._parcel.changed.connect(self._on_parcel_changed)

    # --- what the page says ---------------------------------------------------------------------

    def show_answer(self, text: str) -> None:
        """Say which message is answered; an empty text says nothing."""
        self._answer.setText(text)
        self._answer.setVisible(bool(text))
        self.place()

    def show_problem(self, sentence: str) -> None:
        """Say why nothing was sent, or not all."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.place()

    def follow(self, preparing: Preparing | None) -> None:
        """Show how far that is, in place of what can be done; None: nothing is being done."""
        had_keyboard = self.work.stop.hasFocus()
        self._preparing = preparing
        working = preparing is not None
        self.work.setVisible(working)
        self.question.hide()
        self.foot.setVisible(not working)
        for part in (self.list, self.caption, self.shrink, self.location, self.close_button):
            part.setEnabled(not working)
        if preparing is not None:
            self.show_problem("")
            preparing.progressed.connect(self._on_progressed)
            self._on_progressed()
            self.work.stop.setFocus()
        elif had_keyboard or self.focusWidget() is None:
            self.caption.edit.setFocus()
        self._show()

    # --- an overlay that stays ------------------------------------------------------------------

    def first(self) -> QWidget:
        """Begin in the caption."""
        return self.work.stop if self._preparing is not None else self.caption.edit

    def wanted_height(self) -> int:
        """Return how high everything is together, at the card's width."""
        layout = self.card.layout()
        if layout is None:
            return self.card.sizeHint().height()
        width = self.card.width()
        others = layout.totalHeightForWidth(width) - LEAST
        return others + max(LEAST, self.list.height_at(width - _BESIDE_ROWS))

    @pyqtSlot()
    def close_overlay(self) -> None:
        """Put the parcel away; ask first where something was written, or work is under way."""
        if self._preparing is not None:
            self.stop_requested.emit()
        elif self.question.isVisible():
            self._on_kept()
        elif self._parcel.caption.strip():
            self._ask()
        else:
            self._on_dropped()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Ask, after a click beside the card: one that missed must not lose what was chosen."""
        if event is None or self.card.geometry().contains(event.position().toPoint()):
            return
        if self._preparing is None and self._parcel.items:
            self._ask()
        else:
            self.close_overlay()

    def _ask(self) -> None:
        self.question.ask(written=bool(self._parcel.caption.strip()))
        self.foot.hide()
        self.question.show()
        self.question.keep.setFocus(Qt.FocusReason.PopupFocusReason)
        self.place()

    def leave(self) -> None:
        """Go: the parcel is sent, or shown elsewhere."""
        self._go(give_back=True)

    @pyqtSlot("QWidget*", "QWidget*")
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep the keyboard from what lies under the sheet; elsewhere it may go."""
        if new is None or new is self or self.isAncestorOf(new) or not self.isVisible():
            return
        at: QWidget | None = new
        while at is not None and at is not self._host:
            if isinstance(at, Popover | Overlay):
                return
            at = at.parentWidget()
        if at is self._host and new is not self._host and new.window() is self.window():
            self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Grow and shrink with what is on the card, too."""
        if watched is self.card and event is not None and event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Take what is pasted where the keyboard is on a button, too."""
        if event is not None and event.matches(QKeySequence.StandardKey.Paste):
            clipboard = QGuiApplication.clipboard()
            source = clipboard.mimeData() if clipboard is not None else None
            if source is not None and is_for_sending(source):
                self.offered.emit(source)
                return
        super().keyPressEvent(event)

    # --- what happens ---------------------------------------------------------------------------

    @pyqtSlot()
    def _on_parcel_changed(self) -> None:
        if self._parcel.is_sendable and self._problem.full_text:
            self.show_problem("")
        self._show()

    def _show(self) -> None:
        parcel = self._parcel
        self._title.setText(title(parcel, one_line(self._room)))
        self.setAccessibleName(self._title.full_text)
        shrink, location = shrink_line(parcel), location_line(parcel)
        self.shrink.setChecked(parcel.shrinks)
        self.location.setChecked(parcel.keeps_location)
        for box, line, text in (
            (self.shrink, self._shrink_line, shrink),
            (self.location, self._location_line, location),
        ):
            box.setVisible(bool(text))
            box.setAccessibleDescription(text)
            line.setVisible(bool(text))
            line.setText(text)
        several = len(parcel.items) > 1
        self._total.setVisible(several)
        if several:
            self._total.setText(
                tr(
                    "{files}, {size} in all",
                    files=tr("%n file(s)", n=len(parcel.items)),
                    size=human_size(parcel.size),
                )
            )
        said = notes(parcel)
        self._notes.setText(said)
        self._notes.setVisible(bool(said))
        self.foot.send.setEnabled(bool(parcel.items) and not self.caption.is_too_long)
        self.place()

    @pyqtSlot()
    def _on_resized(self) -> None:
        self.place()

    @pyqtSlot()
    def _on_emptied(self) -> None:
        if self._parcel.caption.strip():
            self.foot.add.setFocus()
        else:
            self._on_dropped()

    @pyqtSlot()
    def _on_caption_changed(self) -> None:
        self._parcel.caption = self.caption.text
        self.foot.send.setEnabled(bool(self._parcel.items) and not self.caption.is_too_long)
        self.place()

    @pyqtSlot()
    def _on_send(self) -> None:
        self.list.commit()
        if self.foot.send.isEnabled() and self._preparing is None:
            self.send_requested.emit()

    @pyqtSlot()
    def _on_close(self) -> None:
        self.close_overlay()

    @pyqtSlot()
    def _on_stop(self) -> None:
        self.stop_requested.emit()

    @pyqtSlot()
    def _on_kept(self) -> None:
        self.question.hide()
        self.foot.show()
        self.caption.edit.setFocus()
        self.place()

    @pyqtSlot()
    def _on_dropped(self) -> None:
        self._go(give_back=True)
        self.dropped.emit()

    @pyqtSlot(bool)
    def _on_shrink(self, on: bool) -> None:
        if on != self._parcel.shrinks:
            self._parcel.set_shrinks(on)

    @pyqtSlot(bool)
    def _on_location(self, on: bool) -> None:
        if on != self._parcel.keeps_location:
            self._parcel.set_keeps_location(on)

    @pyqtSlot(object)
    def _on_offered(self, source: QMimeData) -> None:
        self.offered.emit(source)

    @pyqtSlot()
    def _on_progressed(self) -> None:
        preparing = self._preparing
        if preparing is None:
            return
        if preparing.name:
            percent = locale().toString(int(preparing.part * 100))
            said = tr(
                "Packing “{file}”… {percent} %", file=isolated(preparing.name), percent=percent
            )
        else:
            said = tr("Getting ready…")
        self.work.say(said, preparing.part if preparing.name else None)
