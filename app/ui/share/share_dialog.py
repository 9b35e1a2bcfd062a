"""The sharing dialog: everything with which others get in."""

from __future__ import annotations

from itertools import pairwise

from PyQt6.QtCore import QEvent, QObject, QSize, Qt, pyqtSlot
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QDialog,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.session.room_session import RoomSession
from app.ui.chat.names import isolated
from app.ui.doctor.desk import CheckDesk, CheckWish
from app.ui.share.guests_box import GuestsBox
from app.ui.share.listing_box import ListingBox
from app.ui.share.offer import offer_of
from app.ui.share.poster import Poster, poster_of
from app.ui.share.printing import PosterPrinter
from app.ui.share.projector import Projector
from app.ui.share.qr import qr_code
from app.ui.share.saving import PictureSaver
from app.ui.share.share_page import SharePage
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.buttons import plain_button, text_button
from app.ui.widgets.info_bar import InfoBar

WIDTH = 720
"""Device-independent pixels, where the window has as many."""

NARROW_UNDER = 600

_TAB = Qt.FocusPolicy.TabFocus
_LEAST = QSize(320, 320)


class ShareDialog(QDialog):
    """Shows how others join `session`'s room, and follows it while it is open.

    Modal to its window alone, and never blocking: `open()` it. It deletes itself.
    """

    def __init__(self, session: RoomSession, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._theme = theme
        self._host = page
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", Role.SURFACE_RAISED.value)
        self.setWindowTitle(tr("Invite people"))
        self.setMinimumSize(_LEAST)
        self.setSizeGripEnabled(False)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told = InfoBar(theme, "info", icon=Icon.CHECK, closable=True, parent=self)
        self.problem = InfoBar(theme, "warn", closable=True, parent=self)
        self.save_button = text_button(theme, tr("Save QR as picture…"), parent=self)
        self.print_button = text_button(theme, tr("Print…"), parent=self)
        self.check_button = text_button(theme, tr("Check the connection"), parent=self)
        self.check_button.setVisible(session.hosted_here)
        self.done_button = plain_button(theme, tr("Done"), parent=self)
        self.listing = ListingBox(theme, session.listing, self)
        self.guests = GuestsBox(session, theme, self)
        self.projector: Projector | None = None
        self.saver = PictureSaver(self)
        self.printer = PosterPrinter(self)
        self._lay_out()
        self._connect()
        self._offer = offer_of(session)
        self._fill()
        page.installEventFilter(self)

    def open(self) -> None:
        """Show it over its window, as large as its content and the window allow."""
        self._take_size()
        super().open()
        self._focus_first()

    @property
    def page(self) -> SharePage:
        """What is shown now."""
        return self._page

    def _lay_out(self) -> None:
        line = QFrame(self)
        line.setProperty("surface", Role.LINE.value)
        line.setFixedHeight(1)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(4)
        self._foot.addWidget(self.save_button)
        self._foot.addWidget(self.print_button)
        self._foot.addWidget(self.check_button)
        self._foot.addStretch(1)
        self.done_button.setMinimumWidth(88)
        self._foot.addWidget(self.done_button)
        for bar in (self.told, self.problem):
            bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self.told)
        column.addWidget(self.problem)
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(8)
        self._boxes.addWidget(self.guests, 0, Qt.AlignmentFlag.AlignLeading)
        self._boxes.addWidget(self.listing, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(line)
        column.addLayout(self._boxes)
        column.addLayout(self._foot)

    def _connect(self) -> None:
        self.done_button.clicked.connect(self.accept)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.check_button.clicked.connect(self._on_check)
        self.saver.saved.connect(self._on_saved)
        self.saver.taken.connect(self._on_taken)
        self.saver.failed.connect(self._on_failed)
        self.problem.button_clicked.connect(self._on_replace)
        self.printer.failed.connect(self._on_print_failed)
        self._session.info_changed.connect(self._on_session_changed)
        self._session.connection_changed.connect(self._on_session_changed)

    # --- what is shown --------------------------------------------------------------------------

    def _fill(self) -> None:
        offer = self._offer
        self._code = qr_code(offer.scanned)
        # A scroll area paints the window's colour behind what it holds; the dialog is the ground.
        self._page = SharePage(offer, self._code, self._theme)
        self._page.full_screen_requested.connect(self._on_full_screen)
        self._area.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        port = self._area.viewport()
        if port is not None:
            port.setAutoFillBackground(False)
        self._arrange(self.width())
        self.save_button.setVisible(self._code is not None)
        self.print_button.setVisible(self._code is not None)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Go through the page, then what was told of it, then the foot, in the order of reading."""
        stops = [w for w in self._page.findChildren(QWidget) if w.focusPolicy() & _TAB]
        stops += [w for bar in (self.told, self.problem) for w in bar.findChildren(QAbstractButton)]
        stops += [self.guests, self.listing]
        stops += [self.save_button, self.print_button, self.check_button, self.done_button]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _focus_first(self) -> None:
        first = self._page.copy or self.done_button
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take_size(self) -> None:
        window = self._host.window() or self._host
        width = max(_LEAST.width(), min(WIDTH, window.width()))
        self._arrange(width)
        layout = self._page.layout()
        height = self._page.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(width)
        height += self._foot.sizeHint().height() + 1
        height += self._boxes.sizeHint().height()
        screen = window.screen()
        most = max(window.height(), 480)
        if screen is not None:
            most = min(most, round(screen.availableGeometry().height() * 0.94))
        self.resize(width, max(_LEAST.height(), min(height, most)))

    def _arrange(self, width: int) -> None:
        narrow = width < NARROW_UNDER
        self._page.set_narrow(narrow)
        foot = (self.save_button, self.print_button, self.check_button, self.done_button)
        buttons = [button for button in foot if not button.isHidden()]
        direction = QBoxLayout.Direction
        fits = sum(button.sizeHint().width() for button in buttons) + 4 * 4 + 24 <= width
        self._foot.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
        # The texts of text buttons, not their grounds, stand under what is above.
        side = 16 if narrow else 24
        shown = not (self.guests.isHidden() and self.listing.isHidden())
        self._boxes.setContentsMargins(side, 14 if shown else 0, side, 0)
        self._foot.setContentsMargins(side - 10 if fits else side, 12, side, 14)

    def _poster(self) -> Poster:
        return poster_of(self._offer, self._code, self._theme.font(Step.BODY))

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """Put everything in one column where there is no room for two."""
        super().resizeEvent(a0)
        self._arrange(self.width())

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Go with the page: another room must not seem to be this one."""
        if (
            watched is self._host
            and event is not None
            and event.type() == QEvent.Type.Hide
            and not event.spontaneous()
        ):
            self.close()
        return super().eventFilter(watched, event)

    # --- what happens ---------------------------------------------------------------------------

    @pyqtSlot()
    def _on_session_changed(self) -> None:
        offer = offer_of(self._session)
        if offer == self._offer:
            return
        self._offer = offer
        within = self._page.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._fill()
        if within:
            self._focus_first()
        if self.projector is not None:
            if self._code is None:
                self.projector.close()
            else:
                self.projector.set_poster(self._poster())

    @pyqtSlot()
    def _on_full_screen(self) -> None:
        self.projector = Projector(self._poster(), self)
        self.projector.closed.connect(self._on_projector_closed)
        screen = self.screen()
        if screen is not None:
            self.projector.setGeometry(screen.geometry())
        self.projector.showFullScreen()
        self.projector.activateWindow()
        self.projector.setFocus()

    @pyqtSlot()
    def _on_projector_closed(self) -> None:
        self.projector = None
        self.activateWindow()

    @pyqtSlot()
    def _on_save(self) -> None:
        self.told.hide()
        self.problem.hide()
        if self._code is not None:
            self.saver.ask(self._code, self._offer.room)

    @pyqtSlot(str)
    def _on_saved(self, name: str) -> None:
        self.problem.hide()
        self.told.set_text(tr("Saved as {file}.", file=isolated(name)))
        self.told.show()

    @pyqtSlot(str)
    def _on_taken(self, name: str) -> None:
        self._complain(
            tr("{file} is there already.", file=isolated(name)),
            tr("Replace it, or save under another name."),
        )
        self.problem.set_button(tr("Replace"))

    @pyqtSlot(str)
    def _on_failed(self, sentence: str) -> None:
        self._complain(sentence)

    @pyqtSlot()
    def _on_replace(self) -> None:
        self.saver.replace()

    @pyqtSlot()
    def _on_print(self) -> None:
        self.told.hide()
        self.problem.hide()
        self.printer.ask(self._poster())

    @pyqtSlot()
    def _on_check(self) -> None:
        self.accept()
        CheckDesk.of_application().ask(CheckWish(session=self._session))

    @pyqtSlot()
    def _on_print_failed(self) -> None:
        self._complain(
            tr("Nothing was printed."), tr("Check the printer, or print into a PDF file.")
        )

    def _complain(self, bold: str, second: str = "") -> None:
        self.told.hide()
        self.problem.set_button("")
        self.problem.set_text(bold, second)
        self.problem.show()
