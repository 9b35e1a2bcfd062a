"""The sharing dialog, as one uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QObject, QPoint, Qt
from PyQt6.QtGui import QGuiApplication, QImage
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrinter
from PyQt6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.session.connection import Connection, Phase, SharedAddress, Sharing
from app.session.listing import Listing
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.copy_button import CopyIconButton
from app.ui.share.guest_page import GuestPageRow
from app.ui.share.link_field import LinkField
from app.ui.share.offer import offer_of
from app.ui.share.poster import poster_of, steps
from app.ui.share.projector import Projector
from app.ui.share.qr_view import QrView
from app.ui.share.share_dialog import ShareDialog
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room

MARKUP = "<img src=file:///etc/passwd><b>&amp;"


def opened(qtbot: QtBot, page: ChatPage) -> ShareDialog:
    dialog = page.popovers.share
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def by_shortcut(qtbot: QtBot, page: ChatPage) -> ShareDialog:
    press(page.composer.edit, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    return opened(qtbot, page)


def copied() -> str:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    return clipboard.text()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_it_opens_by_the_button_and_gives_the_keyboard_back(qtbot: QtBot, page: ChatPage) -> None:
    page.header.invite.setFocus(Qt.FocusReason.TabFocusReason)
    press(page.header.invite, Qt.Key.Key_Return)
    dialog = opened(qtbot, page)
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    assert QGuiApplication.focusObject() is dialog.page.copy, "Enter copies at once"
    press(dialog, Qt.Key.Key_Escape)
    assert page.popovers.share is None
    qtbot.waitUntil(page.header.invite.hasFocus)


def test_it_opens_by_the_shortcut_and_done_closes_it(qtbot: QtBot, page: ChatPage) -> None:
    page.focus_composer()
    dialog = by_shortcut(qtbot, page)
    click(dialog.done_button)
    assert page.popovers.share is None
    qtbot.waitUntil(page.composer.edit.hasFocus)
    by_shortcut(qtbot, page)


def test_a_second_wish_opens_no_second_dialog(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    page.roster.invite_requested.emit()
    assert page.popovers.share is dialog
    assert len(page.findChildren(ShareDialog)) == 1


def test_the_guest_page_stands_there_while_browsers_are_let_in(
    qtbot: QtBot, page: ChatPage, room: Room, sharing: Sharing
) -> None:
    dialog = by_shortcut(qtbot, page)
    assert not dialog.page.findChildren(GuestPageRow)
    room.session.receive(m.RulesChanged(browser_guests=True, by="Marina"))
    row = dialog.page.findChild(GuestPageRow)
    assert row is not None
    click(row.copy)
    assert copied() == f"http://{sharing.addresses[0].text}/"
    assert row.field.accessibleName() == "For phones and browsers"
    poster = poster_of(offer_of(room.session), None, dialog.font())
    assert poster.address == copied()
    assert "browser" in steps(browsers=poster.browsers)[1]


def test_everything_is_copied_from_it(qtbot: QtBot, page: ChatPage, sharing: Sharing) -> None:
    dialog = by_shortcut(qtbot, page)
    copy = dialog.page.copy
    assert copy is not None
    press(copy, Qt.Key.Key_Return)
    assert copied() == sharing.invite
    assert copy.text() == "Copied"
    buttons = {b.accessibleName(): b for b in dialog.findChildren(CopyIconButton)}
    click(buttons["Copy 10.0.4.7:9090"])
    assert copied() == "10.0.4.7:9090"
    click(buttons["Copy the fingerprint"])
    assert len(copied().splitlines()[0].split()) == 8
    shown = texts(dialog)
    assert "Best" in shown
    assert shown.index("192.168.1.20:9090") < shown.index("10.0.4.7:9090")


def test_tab_goes_everywhere_in_the_order_of_reading(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    dialog.done_button.setFocus()
    visited: list[QObject | None] = []
    for _ in range(20):
        press(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
        visited.append(QGuiApplication.focusObject())
        if visited[-1] is dialog.done_button:
            break
    stops = dialog.findChildren(QAbstractButton)
    expected = {w for w in stops if w.isVisible() and w.isEnabled()}
    assert {w for w in visited if isinstance(w, QAbstractButton)} == expected
    assert visited[:3] == [dialog.page.full_screen, dialog.page.field, dialog.page.copy]
    assert visited[-3:] == [dialog.save_button, dialog.print_button, dialog.done_button]


def test_everything_has_a_name(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton):
            assert widget.accessibleName() or widget.text()
        elif isinstance(widget, LinkField | QLineEdit | QrView):
            assert widget.accessibleName()


def top_left(dialog: ShareDialog, widget: QWidget | None) -> QPoint:
    assert widget is not None
    return widget.mapTo(dialog, QPoint(0, 0))


def test_wide_the_code_stands_beside_the_link(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    code, link = dialog.findChild(QrView), dialog.page.field
    assert top_left(dialog, link).x() > top_left(dialog, code).x() + 200


@pytest.mark.parametrize("width", [420, 330])
def test_narrow_the_code_stands_on_top(qtbot: QtBot, page: ChatPage, width: int) -> None:
    page.resize(width, 600)
    dialog = by_shortcut(qtbot, page)
    assert dialog.width() <= width
    code, link = dialog.findChild(QrView), dialog.page.field
    assert top_left(dialog, link).y() > top_left(dialog, code).y() + 200
    assert dialog.page.minimumSizeHint().width() <= dialog.width(), "nothing is cut at the side"
    for widget in (dialog.save_button, dialog.print_button, dialog.done_button):
        assert dialog.rect().contains(widget.geometry())
        assert widget.width() >= widget.sizeHint().width()
    dialog.resize(720, 600)
    qtbot.waitUntil(lambda: top_left(dialog, link).x() > top_left(dialog, code).x() + 200)


def test_it_follows_a_room_that_closes(qtbot: QtBot, room: Room, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.ROOM_CLOSED))
    sentence = "The host closed this room, so nobody can join it now."
    assert sentence in texts(dialog)
    assert dialog.page.copy is None
    assert dialog.save_button.isHidden()
    assert dialog.print_button.isHidden()
    press(dialog, Qt.Key.Key_Escape)
    assert not page.header.invite.isEnabled()
    assert sentence in page.header.invite.toolTip()
    menu = [action.text() for action in page.header.more_menu().actions()]
    assert "Copy invite" not in menu
    page.popovers.open_invite()
    assert page.popovers.share is None
    room.join()
    assert page.header.invite.isEnabled()
    assert "Ctrl+I" in page.header.invite.toolTip()


def test_without_an_invite_it_says_what_to_do_and_goes_on_by_itself(
    qtbot: QtBot, room: Room, page: ChatPage, sharing: Sharing
) -> None:
    room.session.address = ""
    room.session.set_sharing(Sharing())
    dialog = by_shortcut(qtbot, page)
    assert "There is nothing to share yet. The invite comes with the connection." in texts(dialog)
    assert QGuiApplication.focusObject() is dialog.done_button
    room.session.set_sharing(sharing)
    assert dialog.page.copy is not None
    assert dialog.findChild(QrView) is not None
    assert dialog.save_button.isVisible()


def test_it_goes_with_its_page(qtbot: QtBot, page: ChatPage) -> None:
    by_shortcut(qtbot, page)
    page.hide()
    assert page.popovers.share is None


# --- full screen --------------------------------------------------------------------------------


def projected(qtbot: QtBot, dialog: ShareDialog) -> Projector:
    button = dialog.page.full_screen
    assert button is not None
    button.setFocus()
    press(button, Qt.Key.Key_Return)
    projector = dialog.projector
    assert projector is not None
    qtbot.waitUntil(projector.isActiveWindow)
    return projector


def test_full_screen_shows_everything_and_closes_by_escape(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    projector = projected(qtbot, dialog)
    assert projector.isFullScreen()
    assert projector.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert projector.accessibleName() == "Robotics Lab"
    assert "192.168.1.20:9090" in projector.accessibleDescription()
    press(projector, Qt.Key.Key_Escape)
    assert dialog.projector is None
    assert page.popovers.share is dialog, "only the full screen goes"
    assert dialog.page.full_screen is not None
    qtbot.waitUntil(dialog.page.full_screen.hasFocus)


def test_full_screen_closes_by_a_click(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    click(projected(qtbot, dialog))
    assert dialog.projector is None


def test_full_screen_is_scanned_from_every_screen(
    qtbot: QtBot,
    page: ChatPage,
    sharing: Sharing,
    tmp_path: Path,
    scan: Callable[[Path], str],
) -> None:
    projector = projected(qtbot, by_shortcut(qtbot, page))
    for width, height in ((1920, 1080), (1024, 768), (800, 1280)):
        projector.resize(width, height)
        picture = tmp_path / f"{width}.png"
        projector.grab().save(str(picture))
        assert scan(picture) == sharing.invite
        assert QImage(str(picture)).pixelColor(2, 2).lightness() > 240, "light in every theme"


def test_full_screen_ends_when_the_room_does(qtbot: QtBot, room: Room, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    projected(qtbot, dialog)
    room.session.set_connection(Connection(Phase.STOPPED, problem=Refusal.ROOM_CLOSED))
    assert dialog.projector is None


# --- saving and printing ------------------------------------------------------------------------


def test_the_picture_is_saved_and_that_is_said(
    qtbot: QtBot, page: ChatPage, sharing: Sharing, tmp_path: Path, scan: Callable[[Path], str]
) -> None:
    dialog = by_shortcut(qtbot, page)
    click(dialog.save_button)
    chooser = dialog.saver.dialog
    assert chooser is not None
    assert chooser.isVisible()
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile("lab.png")
    with qtbot.waitSignal(dialog.saver.saved):
        chooser.accept()
    assert dialog.told.isVisible()
    assert dialog.told.text == "Saved as lab.png."
    assert scan(tmp_path / "lab.png") == sharing.invite


def test_replacing_is_asked_in_the_dialog(qtbot: QtBot, page: ChatPage, tmp_path: Path) -> None:
    path = tmp_path / "lab.png"
    path.write_bytes(b"holiday")
    dialog = by_shortcut(qtbot, page)
    click(dialog.save_button)
    chooser = dialog.saver.dialog
    assert chooser is not None
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile("lab.png")
    chooser.accept()
    assert dialog.problem.isVisible()
    assert "lab.png is there already." in dialog.problem.text
    assert path.read_bytes() == b"holiday"
    press(dialog.problem.button, Qt.Key.Key_Return)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert not dialog.problem.isVisible()
    assert dialog.told.isVisible()


def pdf_of(dialog: ShareDialog, path: Path) -> QPdfDocument:
    click(dialog.print_button)
    chooser = dialog.printer.dialog
    assert chooser is not None
    assert chooser.isVisible()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    assert dialog.printer.print_on(printer)
    chooser.reject()
    document = QPdfDocument(dialog)
    document.load(str(path))
    return document


def test_one_page_is_printed_and_can_be_scanned(
    qtbot: QtBot, page: ChatPage, sharing: Sharing, tmp_path: Path, scan: Callable[[Path], str]
) -> None:
    dialog = by_shortcut(qtbot, page)
    document = pdf_of(dialog, tmp_path / "page.pdf")
    assert document.pageCount() == 1
    text = document.getAllText(0).text()
    for part in ("Robotics Lab", "192.168.1.20:9090", "Join a room", "nickname"):
        assert part in text
    picture = tmp_path / "page.png"
    document.render(0, (document.pagePointSize(0) * 2).toSize()).save(str(picture))
    assert scan(picture) == sharing.invite


def test_a_printer_that_takes_nothing_is_said(qtbot: QtBot, page: ChatPage) -> None:
    dialog = by_shortcut(qtbot, page)
    dialog.printer.failed.emit()
    assert dialog.problem.isVisible()
    assert "Check the printer" in dialog.problem.text


# --- what a peer may be called ------------------------------------------------------------------


@pytest.mark.parametrize("name", [MARKUP[:60], "evil\u202egnp.exe", "A" * 64, "שלום 123"])
def test_a_hostile_name_is_plain_everywhere(
    qtbot: QtBot, room: Room, page: ChatPage, tmp_path: Path, name: str
) -> None:
    room.join(name=name)
    room.session.set_sharing(
        Sharing((SharedAddress(MARKUP, "wifi", MARKUP),), MARKUP, bytes(range(32)))
    )
    dialog = by_shortcut(qtbot, page)
    for label in dialog.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()
    for widget in dialog.findChildren(QWidget):
        assert "<img" not in widget.toolTip()
    projected(qtbot, dialog).close()
    document = pdf_of(dialog, tmp_path / "page.pdf")
    printed = document.getAllText(0).text()
    assert "\u202e" not in printed
    if name.startswith("<img"):
        assert "<img src=file" in printed
        assert "<img src=file:///etc/passwd><b>&amp;" in " ".join(texts(dialog))


def test_the_host_alone_chooses_whether_others_nearby_see_the_room(
    qtbot: QtBot, page: ChatPage, room: Room
) -> None:
    page.focus_composer()
    dialog = by_shortcut(qtbot, page)
    assert not dialog.listing.isVisible()
    click(dialog.done_button)
    qtbot.waitUntil(page.composer.edit.hasFocus)
    listing = room.session.listing = Listing("Lab", room.session)
    listing.set_listed(True)
    box = by_shortcut(qtbot, page).listing
    assert box.isChecked()
    press(box, Qt.Key.Key_Space)
    assert not listing.listed
    listing.set_listed(True)
    assert box.isChecked()


def test_the_host_lets_browsers_in_where_the_invite_is_shown(
    qtbot: QtBot, page: ChatPage, room: Room
) -> None:
    page.focus_composer()
    dialog = by_shortcut(qtbot, page)
    assert not dialog.guests.isVisible()
    click(dialog.done_button)
    qtbot.waitUntil(page.composer.edit.hasFocus)
    room.join(role="host")
    room.session.receive(m.RulesChanged(text_guests=True))
    dialog = by_shortcut(qtbot, page)
    assert not dialog.guests.isChecked()
    press(dialog.guests, Qt.Key.Key_Space)
    assert room.transport.sent[-1] == m.SetGuests(browser=True, text=True)
    room.session.receive(m.RulesChanged(browser_guests=True, text_guests=True))
    assert dialog.page.findChild(GuestPageRow) is not None
    # Somebody else who may, on another computer, took it back.
    count = len(room.transport.sent)
    room.session.receive(m.RulesChanged(text_guests=True))
    assert not dialog.guests.isChecked()
    assert len(room.transport.sent) == count
