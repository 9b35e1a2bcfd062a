"""Sending files as a person does: choose, drop or paste, look, write something, send."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
)
from PyQt6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.protocol import limits
from app.protocol.messages import RulesChanged, Token
from app.session.connection import Connection, Phase
from app.session.timeline import MessageEntry
from app.ui.carrying import carry_room
from app.ui.chat.attaching import parcel as parcels
from app.ui.chat.attaching.attaching import Attaching
from app.ui.chat.attaching.sheet import AttachSheet
from app.ui.chat.chat_page import ChatPage
from app.ui.theme.theme import Theme
from tests.ui.chat.attaching.work import JPEG, PNG, ManualPictures, look
from tests.ui.chat.hands import click, press, write
from tests.ui.chat.rooms import Room, device

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def sheet_of(page: ChatPage) -> AttachSheet:
    sheet = page.attaching.sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def lines_of(page: ChatPage) -> list[str]:
    return [row.text for row in sheet_of(page).list.rows.values()]


def pending(room: Room) -> list[MessageEntry]:
    return [entry for entry in room.session.timeline.pending if entry.files]


def names(entry: MessageEntry) -> list[str]:
    return [one.name for one in entry.files]


def send(qtbot: QtBot, page: ChatPage) -> None:
    with qtbot.waitSignal(page.attaching.sent):
        press(sheet_of(page).caption.edit, Qt.Key.Key_Return)


def offer(*paths: Path) -> QMimeData:
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return source


def paste(widget: QWidget, source: QMimeData) -> None:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.setMimeData(source)
    widget.setFocus()
    press(widget, Qt.Key.Key_V, CONTROL)


def text_file(folder: Path, name: str, text: str = "hello") -> Path:
    path = folder / name
    path.write_text(text)
    return path


# --- choosing -------------------------------------------------------------------------------------


def test_files_are_chosen_looked_at_and_sent_with_a_caption(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    press(page.composer.edit, Qt.Key.Key_O, CONTROL)
    dialog = page.attaching.choosing.dialog
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    chosen = [text_file(files, "a.txt"), text_file(files, "b.txt", "x" * 3000)]
    dialog.filesSelected.emit([str(path) for path in chosen])
    dialog.reject()
    assert len(lines_of(page)) == 2
    assert lines_of(page)[1] == "2.9 KB"
    assert not pending(room), "nothing is sent before the person said so"
    sheet = sheet_of(page)
    assert sheet.caption.edit.hasFocus()
    write(sheet.caption.edit, "two")
    press(sheet.caption.edit, Qt.Key.Key_Return, SHIFT)
    write(sheet.caption.edit, "texts")
    send(qtbot, page)
    (entry,) = pending(room)
    assert names(entry) == ["a.txt", "b.txt"]
    assert entry.text == "two\ntexts"
    assert page.attaching.sheet is None
    assert page.focusWidget() is page.composer.edit
    assert [one.path for one in room.session.transfers.of_message(entry.cid)] == chosen
    assert all(path.exists() for path in chosen)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_paper_clip_offers_files_and_a_folder(page: ChatPage) -> None:
    button = page.composer.attach
    assert button.isEnabled()
    click(button)
    menu = button.menu_shown
    assert menu.isVisible()
    button.folder.trigger()
    menu.close()
    dialog = page.attaching.choosing.dialog
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.reject()


def test_more_is_added_and_some_is_removed(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    one, two = text_file(files, "1.txt"), text_file(files, "2.txt")
    page.attaching.add([one])
    page.attaching.add([two, one])
    sheet = sheet_of(page)
    assert len(sheet.list.rows) == 2, "what is chosen twice is sent once"
    first = next(iter(sheet.list.rows.values()))
    assert first.remove.accessibleName() == "Remove 1.txt"
    click(first.remove)
    sheet.caption.edit.setFocus()
    send(qtbot, page)
    assert names(pending(room)[0]) == ["2.txt"]


def test_removing_the_last_one_closes_the_sheet(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, "1.txt")])
    click(next(iter(sheet_of(page).list.rows.values())).remove)
    assert page.attaching.sheet is None
    assert page.attaching.parcel is None


def test_an_empty_file_is_fine(qtbot: QtBot, page: ChatPage, room: Room, files: Path) -> None:
    page.attaching.add([text_file(files, "empty.txt", "")])
    assert lines_of(page) == ["Empty"]
    send(qtbot, page)
    assert pending(room)[0].files[0].size == 0


def test_more_than_a_message_holds_is_said_and_goes_as_several(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    page.attaching.add([text_file(files, f"{number:02}.txt") for number in range(23)])
    assert "3 messages" in sheet_of(page)._notes.full_text
    write(sheet_of(page).caption.edit, "all of them")
    send(qtbot, page)
    sent = pending(room)
    assert [len(entry.files) for entry in sent] == [10, 10, 3]
    assert [entry.text for entry in sent] == ["all of them", "", ""]
    assert [name for entry in sent for name in names(entry)] == [f"{n:02}.txt" for n in range(23)]


def test_what_is_too_much_at_once_is_left_out_and_said(
    page: ChatPage, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "MOST_ITEMS", 2)
    page.attaching.add([text_file(files, f"{number}.txt") for number in range(5)])
    assert len(sheet_of(page).list.rows) == 2
    assert "not taken" in sheet_of(page)._notes.full_text


def test_hostile_names_are_shown_clean(page: ChatPage, files: Path) -> None:
    hostile = ["a\nb.txt", "\u202egnp.exe", "ü" * 120 + ".txt", "<img src=x>.txt", "..."]
    paths = [text_file(files, name) for name in hostile]
    page.attaching.add(paths)
    shown = [row._label.full_text for row in sheet_of(page).list.rows.values()]
    assert shown[:2] == ["a b.txt", "gnp.exe"]
    assert all("\n" not in name and "\u202e" not in name for name in shown)
    assert shown[4] == "file"
    titles = sheet_of(page)._title
    assert titles.textFormat() is Qt.TextFormat.PlainText


# --- what keeps it from being sent ----------------------------------------------------------------


def test_a_file_that_vanishes_meanwhile_is_said_and_nothing_is_sent(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    stays, goes = text_file(files, "stays.txt"), text_file(files, "goes.txt")
    page.attaching.add([stays, goes])
    write(sheet_of(page).caption.edit, "both")
    goes.unlink()
    sheet = sheet_of(page)
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet._problem.isVisible)
    assert not pending(room)
    assert lines_of(page)[1].startswith("It is not there any more.")
    goes.write_text("again")
    send(qtbot, page)
    assert names(pending(room)[0]) == ["stays.txt", "goes.txt"]
    assert pending(room)[0].text == "both"


def test_what_is_no_file_is_said(page: ChatPage, files: Path) -> None:
    page.attaching.add([files / "nothing", Path("/dev/null")])
    assert lines_of(page) == [
        "It is not there any more. Remove it, or put it back.",
        "That is no file that can be sent. Remove it.",
    ]


def test_a_file_that_the_room_does_not_take_is_said(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    room.session.transfers.take_token(Token(token=b"t" * 32, max_file=2048))
    page.attaching.add([text_file(files, "large.txt", "x" * 3000)])
    assert lines_of(page) == ["Too large: this room takes files of up to 2 KB. Remove it."]
    sheet = sheet_of(page)
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet._problem.isVisible)
    assert not pending(room)


def test_a_caption_that_is_too_long_is_not_sent(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    caption = sheet_of(page).caption
    caption.insert("x" * (limits.MAX_CAPTION - 100))
    assert "1,900 of 2,000" in caption.count
    caption.insert("x" * 101)
    press(caption.edit, Qt.Key.Key_Return)
    assert not page.attaching._preparing
    assert not sheet_of(page).foot.send.isEnabled()
    press(caption.edit, Qt.Key.Key_Backspace)
    assert sheet_of(page).foot.send.isEnabled()


def test_whoever_may_not_write_cannot_attach(page: ChatPage, room: Room, files: Path) -> None:
    room.session.receive(RulesChanged(hosts_only=True, by="Marina"))
    assert not page.composer.attach.isEnabled()
    page.attaching.add([text_file(files, "a.txt")])
    assert page.attaching.sheet is None


def test_in_private_and_while_editing_it_is_said_why_not(page: ChatPage, room: Room) -> None:
    attach = page.composer.attach
    page.composer.set_private(device("Marina"), "Marina")
    assert not attach.isEnabled()
    assert "cannot be sent privately yet" in attach.accessibleDescription()
    page.composer.set_private(b"")
    assert attach.isEnabled()
    assert attach.accessibleDescription() == "Ctrl+O"
    page.composer.begin_edit(1, "text")
    assert "editing" in attach.accessibleDescription()
    page.composer.end_edit()
    assert attach.isEnabled()
    room.session.set_connection(Connection(Phase.STOPPED, problem="room-closed"))
    assert not attach.isEnabled()


def test_losing_the_right_to_write_meanwhile_keeps_what_was_chosen(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    room.session.receive(RulesChanged(hosts_only=True, by="Marina"))
    sheet = sheet_of(page)
    press(sheet.caption.edit, Qt.Key.Key_Return)
    assert "Only the host" in sheet._problem.full_text
    room.session.receive(RulesChanged(hosts_only=False, by="Marina"))
    send(qtbot, page)
    assert names(pending(room)[0]) == ["a.txt"]


def test_what_did_not_go_stays_and_is_said(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, outgoing: Path
) -> None:
    paths = [text_file(files, f"{number:02}.txt") for number in range(10)]
    folder = files / "Photos"
    folder.mkdir()
    text_file(folder, "a.txt")
    page.attaching.add([*paths, folder])
    sheet = sheet_of(page)
    write(sheet.caption.edit, "all")

    def mute() -> None:
        room.session.receive(RulesChanged(hosts_only=True, by="Marina"))

    # Between the first message and the second, the host lets nobody write any more.
    room.session.timeline.inserted.connect(mute)
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet._problem.isVisible)
    room.session.timeline.inserted.disconnect(mute)
    assert sheet._problem.full_text.startswith("Not everything was sent. Only the host")
    assert [len(entry.files) for entry in pending(room)] == [10]
    assert len(sheet.list.rows) == 1
    assert sheet.caption.text == ""
    assert list(outgoing.iterdir()) == [], "the archive is made again when it is sent"
    room.session.receive(RulesChanged(hosts_only=False, by="Marina"))
    send(qtbot, page)
    assert [names(entry) for entry in pending(room)][1:] == [["Photos.zip"]]


# --- putting it away ------------------------------------------------------------------------------


def test_escape_puts_it_away_unasked_where_nothing_was_written(
    page: ChatPage, room: Room, files: Path
) -> None:
    path = text_file(files, "a.txt")
    page.attaching.add([path])
    press(sheet_of(page).caption.edit, Qt.Key.Key_Escape)
    assert page.attaching.sheet is None
    assert not pending(room)
    assert path.exists()
    assert page.focusWidget() is page.composer.edit


def test_escape_asks_where_something_was_written(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    sheet = sheet_of(page)
    write(sheet.caption.edit, "look")
    press(sheet.caption.edit, Qt.Key.Key_Escape)
    assert sheet.question.isVisible()
    assert sheet.question.keep.hasFocus()
    press(sheet.question.keep, Qt.Key.Key_Return)
    assert sheet.caption.edit.hasFocus()
    assert sheet.caption.text == "look"
    press(sheet.caption.edit, Qt.Key.Key_Escape)
    click(sheet.question.drop)
    assert page.attaching.sheet is None


def test_a_click_beside_the_sheet_asks_before_anything_is_lost(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    sheet = sheet_of(page)
    click(sheet, QPoint(2, 2))
    assert sheet.question.isVisible()
    assert sheet.question.keep.hasFocus()
    assert "chose" in sheet.question.keep.accessibleDescription()
    click(sheet.question.keep)
    assert sheet.foot.isVisible()
    click(sheet, QPoint(2, 2))
    click(sheet.question.drop)
    assert page.attaching.sheet is None


def test_a_complaint_goes_with_what_it_was_about(qtbot: QtBot, page: ChatPage, files: Path) -> None:
    kept, lost = text_file(files, "a.txt"), text_file(files, "b.txt")
    page.attaching.add([kept, lost])
    sheet = sheet_of(page)
    lost.unlink()
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet._problem.isVisible)
    assert sheet._problem.full_text.startswith("Nothing was sent.")
    marked = next(row for row in sheet.list.rows.values() if row.accessibleName().startswith("b"))
    click(marked.remove)
    assert sheet._problem.isHidden()


def test_a_long_name_is_cut_in_its_middle(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, f"{'holiday ' * 25}.txt.exe")])
    (row,) = sheet_of(page).list.rows.values()
    assert row._label.full_text.startswith("holiday holiday")
    assert row._label.text() != row._label.full_text
    assert row._label.text().endswith(".exe")


@pytest.fixture
def large(theme: Theme) -> Iterator[None]:
    theme.set_text_size(200)
    yield
    theme.set_text_size(100)


@pytest.mark.usefixtures("large")
def test_no_button_is_cut_where_there_is_little_room(page: ChatPage, files: Path) -> None:
    page.resize(360, 640)
    page.attaching.add([text_file(files, "a.txt")])
    sheet = sheet_of(page)
    foot = sheet.foot
    for button in (foot.add, foot.cancel, foot.send):
        assert button.width() >= button.sizeHint().width()
        assert foot.rect().contains(button.geometry())
        assert button.text() or button.accessibleName()
    write(sheet.caption.edit, "look")
    press(sheet.caption.edit, Qt.Key.Key_Escape)
    for button in (sheet.question.keep, sheet.question.drop):
        assert button.width() >= button.sizeHint().width()
        assert sheet.question.rect().contains(button.geometry())


def test_the_keyboard_stays_on_the_sheet(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    page.focus_composer()
    assert sheet_of(page).caption.edit.hasFocus()


# --- answering ------------------------------------------------------------------------------------


def test_files_answer_the_message_that_one_answers(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path
) -> None:
    room.say("Marina", "Where is the map?")
    page.composing.answering.begin(1)
    page.attaching.add([text_file(files, f"{number}.txt") for number in range(11)])
    assert "Marina" in sheet_of(page)._answer.full_text
    send(qtbot, page)
    assert [entry.reply_to for entry in pending(room)] == [1, 0]
    assert page.composing.answering.number == 0


# --- dropping -------------------------------------------------------------------------------------

PLACE = QPoint(300, 300)


def drag(target: QWidget, source: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(
        PLACE,
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        source,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(target, event)
    return event


def drop(target: QWidget, source: QMimeData) -> QDropEvent:
    event = QDropEvent(
        QPointF(PLACE),
        Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
        source,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(target, event)
    return event


def test_files_are_dropped_anywhere_on_the_page(page: ChatPage, files: Path) -> None:
    source = offer(text_file(files, "a.txt"), text_file(files, "b.txt"))
    assert drag(page, source).isAccepted()
    veil = page.attaching.veil
    assert veil.isVisible()
    assert veil.text == "Drop to send to Robotics Lab"
    drag(veil, source)
    dropped = drop(veil, source)
    assert dropped.isAccepted()
    assert dropped.dropAction() is Qt.DropAction.CopyAction, "whoever offers it keeps it"
    assert not veil.isVisible()
    assert len(sheet_of(page).list.rows) == 2


def test_the_box_leaves_dropped_files_to_the_page_and_keeps_texts(
    page: ChatPage, files: Path
) -> None:
    port = page.composer.edit.viewport()
    assert port is not None
    # The veil comes from an ancestor: the event walks up from the box.
    source = offer(text_file(files, "a.txt"))
    drag(port, source)
    assert page.attaching.veil.isVisible()
    drag(page.attaching.veil, source)
    QApplication.sendEvent(page.attaching.veil, QDragLeaveEvent())
    assert not page.attaching.veil.isVisible()
    text = QMimeData()
    text.setText("only words")
    assert drag(port, text).isAccepted()
    assert not page.attaching.veil.isVisible()
    drop(port, text)
    assert page.composer.edit.toPlainText() == "only words"
    assert page.attaching.sheet is None


def test_a_drag_that_goes_before_the_veil_was_reached_takes_it_along(
    qtbot: QtBot, page: ChatPage, files: Path
) -> None:
    drag(page, offer(text_file(files, "a.txt")))
    QApplication.sendEvent(page, QDragLeaveEvent())
    qtbot.waitUntil(lambda: not page.attaching.veil.isVisible())


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "file://evil/share/a.txt", "ftp://x/y", "data:,x"]
)
def test_addresses_are_no_files(page: ChatPage, address: str) -> None:
    source = QMimeData()
    source.setUrls([QUrl(address)])
    drag(page, source)
    assert not page.attaching.veil.isVisible()
    drop(page, source)
    assert page.attaching.sheet is None


def test_where_nothing_can_be_sent_a_drop_says_why(page: ChatPage, room: Room, files: Path) -> None:
    room.session.receive(RulesChanged(hosts_only=True, by="Marina"))
    source = offer(text_file(files, "a.txt"))
    event = drag(page, source)
    assert event.dropAction() is Qt.DropAction.IgnoreAction
    veil = page.attaching.veil
    assert veil.text.startswith("Only the host")
    assert not drop(veil, source).isAccepted()
    assert page.attaching.sheet is None


def test_more_is_dropped_on_the_sheet(page: ChatPage, files: Path) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    source = offer(text_file(files, "b.txt"))
    port = sheet_of(page).caption.edit.viewport()
    assert port is not None
    drag(port, source)
    drop(page.attaching.veil, source)
    assert len(sheet_of(page).list.rows) == 2


# --- pasting --------------------------------------------------------------------------------------


def test_files_are_pasted(page: ChatPage, files: Path) -> None:
    paste(page.composer.edit, offer(text_file(files, "a.txt")))
    assert len(lines_of(page)) == 1
    paste(sheet_of(page).caption.edit, offer(text_file(files, "b.txt")))
    assert len(lines_of(page)) == 2
    paste(sheet_of(page).foot.cancel, offer(text_file(files, "c.txt")))
    assert len(lines_of(page)) == 3
    assert page.composer.edit.toPlainText() == ""


def test_a_text_is_pasted_as_a_text(page: ChatPage) -> None:
    source = QMimeData()
    source.setText("file:///etc/passwd")
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    # A spreadsheet offers its cells as a picture, too.
    source.setImageData(image)
    paste(page.composer.edit, source)
    assert page.composer.edit.toPlainText() == "file:///etc/passwd"
    assert page.attaching.sheet is None


def test_a_picture_is_pasted_renamed_and_sent(
    qtbot: QtBot, page: ChatPage, room: Room, outgoing: Path, pictures: ManualPictures
) -> None:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    source = QMimeData()
    source.setImageData(image)
    paste(page.composer.edit, source)
    (made,) = outgoing.iterdir()
    assert made.read_bytes().startswith(PNG)
    row = next(iter(sheet_of(page).list.rows.values()))
    assert row.name is not None
    assert row.name.text().startswith("picture-2026-03-06-")
    assert row.name.text().endswith(".png")
    row.name.setFocus()
    row.name.setText("../my\u202e map")
    pictures.finish()
    with qtbot.waitSignal(page.attaching.sent):
        press(row.name, Qt.Key.Key_Return)
    (entry,) = pending(room)
    assert names(entry) == ["my map.png"]
    (upload,) = room.session.transfers.of_message(entry.cid)
    assert (upload.path, upload.temporary) == (made, True)
    assert made.exists()


def test_the_bytes_of_a_pasted_png_are_kept(page: ChatPage, outgoing: Path) -> None:
    source = QMimeData()
    source.setData("image/png", PNG + b"as it came")
    paste(page.composer.edit, source)
    (made,) = outgoing.iterdir()
    assert made.read_bytes() == PNG + b"as it came"


def test_a_pasted_picture_that_is_not_sent_is_deleted(page: ChatPage, outgoing: Path) -> None:
    source = QMimeData()
    source.setData("image/png", PNG + b"as it came")
    paste(page.composer.edit, source)
    press(sheet_of(page).caption.edit, Qt.Key.Key_Escape)
    assert list(outgoing.iterdir()) == []


def test_where_no_file_can_be_made_it_is_said(page: ChatPage, outgoing: Path) -> None:
    outgoing.write_text("in the way")
    source = QMimeData()
    source.setData("image/png", PNG)
    paste(page.composer.edit, source)
    assert page.attaching.sheet is None
    assert "could not keep" in page.composer.line.note


def test_a_long_text_is_offered_as_a_file(
    qtbot: QtBot, page: ChatPage, room: Room, outgoing: Path
) -> None:
    line = page.composer.line
    page.composer.edit.setPlainText("x" * limits.MAX_TEXT)
    assert not line.file.isVisible()
    text = "é\n" * 3000
    page.composer.edit.setPlainText(text)
    assert line.file.isVisible()
    click(line.file)
    assert "text file" in sheet_of(page)._notes.full_text
    press(sheet_of(page).caption.edit, Qt.Key.Key_Escape)
    assert page.composer.edit.toPlainText() == text, "what was written stays until it is sent"
    click(line.file)
    send(qtbot, page)
    (made,) = outgoing.iterdir()
    assert made.read_text() == text
    assert names(pending(room)[0])[0].startswith("text-2026-03-06-")
    assert page.composer.edit.toPlainText() == ""


def test_a_pasted_text_that_no_message_holds_goes_straight_to_the_sheet(page: ChatPage) -> None:
    page.composer.edit.setPlainText("what I was writing")
    source = QMimeData()
    source.setText("line\n" * 50_000)
    paste(page.composer.edit, source)
    assert page.composer.edit.toPlainText() == "what I was writing"
    assert len(lines_of(page)) == 1
    assert "text file" in sheet_of(page)._notes.full_text


def test_a_long_text_for_one_alone_is_not_offered_as_a_file(page: ChatPage) -> None:
    page.composer.set_private(device("Marina"), "Marina")
    page.composer.edit.setPlainText("x" * 6000)
    assert not page.composer.line.file.isVisible()
    source = QMimeData()
    source.setText("line\n" * 50_000)
    paste(page.composer.edit, source)
    assert page.attaching.sheet is None
    assert "room for" in page.composer.line.note


# --- folders --------------------------------------------------------------------------------------


def test_a_folder_is_counted_packed_and_sent(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, outgoing: Path
) -> None:
    folder = files / "Photos"
    folder.mkdir()
    for number in range(23):
        text_file(folder, f"{number}.txt", "x" * 1024)
    (folder / "elsewhere").symlink_to(files)
    page.attaching.add([folder])
    qtbot.waitUntil(lambda: "23 KB" in lines_of(page)[0])
    assert "Left out:" in lines_of(page)[0]
    assert "“Photos”" in sheet_of(page)._title.full_text
    send(qtbot, page)
    (entry,) = pending(room)
    assert names(entry) == ["Photos.zip"]
    (upload,) = room.session.transfers.of_message(entry.cid)
    assert upload.temporary
    assert upload.path.parent == outgoing
    with zipfile.ZipFile(upload.path) as whole:
        assert whole.testzip() is None
        assert len([one for one in whole.namelist() if one.endswith(".txt")]) == 23


def test_packing_is_cancelled_and_leaves_nothing(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, outgoing: Path
) -> None:
    folder = files / "Photos"
    folder.mkdir()
    with (folder / "large.bin").open("wb") as file:
        file.truncate(200 << 20)
    page.attaching.add([folder])
    sheet = sheet_of(page)
    write(sheet.caption.edit, "wait")
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Photos.zip" in sheet.work.text)
    assert sheet.work.stop.hasFocus()
    press(sheet.work.stop, Qt.Key.Key_Escape)
    assert list(outgoing.iterdir()) == []
    assert not pending(room)
    assert sheet.isVisible()
    assert sheet.caption.text == "wait"
    assert sheet.caption.edit.hasFocus()


def test_an_empty_folder_is_not_sent(qtbot: QtBot, page: ChatPage, files: Path) -> None:
    (files / "Photos").mkdir()
    page.attaching.add([files / "Photos"])
    qtbot.waitUntil(lambda: lines_of(page) == ["There is no file in this folder. Remove it."])


# --- pictures -------------------------------------------------------------------------------------


def picture(folder: Path, name: str, size: int = 4000) -> Path:
    path = folder / name
    path.write_bytes(JPEG + b"p" * (size - len(JPEG)))
    return path


def test_where_pictures_were_taken_is_removed_and_said(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, pictures: ManualPictures
) -> None:
    there, here = picture(files, "there.jpg"), picture(files, "here.jpg")
    pictures.looks = {"there.jpg": look(800, 600, located=True), "here.jpg": look(640, 480)}
    page.attaching.add([there, here])
    sheet = sheet_of(page)
    assert not sheet.location.isVisible()
    pictures.finish()
    assert sheet.location.isVisible()
    assert not sheet.location.isChecked()
    assert "is removed" in sheet._location_line.full_text
    assert not sheet.shrink.isVisible(), "neither is too large for a screen"
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "clean there.jpg" in pictures.asked)
    with qtbot.waitSignal(page.attaching.sent):
        pictures.finish()
    (entry,) = pending(room)
    first, second = room.session.transfers.of_message(entry.cid)
    assert first.path.read_bytes() == b"cleaned"
    assert first.name == "there.jpg"
    assert first.temporary
    assert second.path == here, "nothing else is touched"


def test_the_location_is_kept_where_that_is_wanted(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, pictures: ManualPictures
) -> None:
    path = picture(files, "there.jpg")
    pictures.looks = {"there.jpg": look(800, 600, located=True)}
    page.attaching.add([path])
    pictures.finish()
    sheet = sheet_of(page)
    click(sheet.location, QPoint(8, sheet.location.height() // 2))
    assert sheet.location.isChecked()
    send(qtbot, page)
    assert room.session.transfers.of_message(pending(room)[0].cid)[0].path == path


def test_a_location_that_cannot_be_removed_is_not_sent(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, pictures: ManualPictures
) -> None:
    pictures.looks = {"there.jpg": look(800, 600, located=True)}
    pictures.cleans = False
    page.attaching.add([picture(files, "there.jpg")])
    pictures.finish()
    sheet = sheet_of(page)
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(pictures.jobs))
    pictures.finish()
    assert not pending(room)
    assert "location could not be removed" in lines_of(page)[0]


def test_a_picture_that_cannot_be_looked_at_may_have_a_location_and_is_cleaned(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, pictures: ManualPictures
) -> None:
    # Of 50 megapixels, for instance: nothing decodes it here, and a phone has made it.
    pictures.looks = {"huge.jpg": None}
    page.attaching.add([picture(files, "huge.jpg")])
    pictures.finish()
    sheet = sheet_of(page)
    assert sheet.location.isVisible()
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "clean huge.jpg" in pictures.asked)
    with qtbot.waitSignal(page.attaching.sent):
        pictures.finish()
    upload = room.session.transfers.of_message(pending(room)[0].cid)[0]
    assert upload.path.read_bytes() == b"cleaned"


def test_sending_waits_until_it_is_known_whether_there_is_a_location(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, pictures: ManualPictures
) -> None:
    pictures.looks = {"there.jpg": look(800, 600, located=True)}
    page.attaching.add([picture(files, "there.jpg")])
    press(sheet_of(page).caption.edit, Qt.Key.Key_Return)
    assert not pending(room)
    with qtbot.waitSignal(page.attaching.sent):
        pictures.finish()
        qtbot.waitUntil(lambda: "clean there.jpg" in pictures.asked)
        pictures.finish()
    upload = room.session.transfers.of_message(pending(room)[0].cid)[0]
    assert upload.path.read_bytes() == b"cleaned"


def test_large_pictures_are_made_smaller_where_that_is_wanted(
    qtbot: QtBot, page: ChatPage, room: Room, files: Path, pictures: ManualPictures
) -> None:
    pictures.looks = {"large.jpg": look(4000, 3000, located=True)}
    large = picture(files, "large.jpg", 40_000)
    page.attaching.add([large])
    pictures.finish()
    sheet = sheet_of(page)
    assert sheet.shrink.isVisible()
    assert not sheet.shrink.isChecked()
    click(sheet.shrink, QPoint(8, sheet.shrink.height() // 2))
    assert "Trying" in sheet._shrink_line.full_text
    pictures.finish()
    assert sheet._shrink_line.full_text == "39 KB → 1 KB"
    assert lines_of(page) == ["1 KB · 2,560 × 1,280 pixels"]
    assert not sheet.location.isVisible(), "what is made anew says nothing of the place"
    send(qtbot, page)
    (upload,) = room.session.transfers.of_message(pending(room)[0].cid)
    assert upload.path.read_bytes() == b"s" * 1000
    assert upload.name == "large.jpg"
    assert large.exists()


@pytest.mark.parametrize("resized", [0, 90_000])
def test_what_would_not_get_smaller_goes_as_it_is(
    qtbot: QtBot,
    page: ChatPage,
    room: Room,
    files: Path,
    outgoing: Path,
    pictures: ManualPictures,
    resized: int,
) -> None:
    pictures.looks = {"large.jpg": look(4000, 3000)}
    pictures.resized = resized
    large = picture(files, "large.jpg", 40_000)
    page.attaching.add([large])
    pictures.finish()
    sheet_of(page).shrink.setChecked(True)
    pictures.finish()
    assert "as they are" in sheet_of(page)._shrink_line.full_text
    send(qtbot, page)
    assert room.session.transfers.of_message(pending(room)[0].cid)[0].path == large
    assert list(outgoing.iterdir()) == []


def test_a_moving_picture_is_not_made_smaller(
    page: ChatPage, files: Path, pictures: ManualPictures
) -> None:
    pictures.looks = {"large.jpg": look(4000, 3000, animated=True)}
    page.attaching.add([picture(files, "large.jpg")])
    pictures.finish()
    assert not sheet_of(page).shrink.isVisible()


# --- another language -----------------------------------------------------------------------------


def other_page(
    qtbot: QtBot, room: Room, theme: Theme, page: ChatPage, pictures: ManualPictures
) -> ChatPage:
    """Return a page of the room that goes on where `page` was, as after a change of language."""
    other = ChatPage(room.session, theme, room.clock, settings=page._settings, pictures=pictures)
    qtbot.addWidget(other)
    other.resize(page.size())
    carry_room(page, other)
    page.hide()
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    return other


def test_what_is_chosen_survives_a_change_of_language(
    qtbot: QtBot,
    page: ChatPage,
    room: Room,
    theme: Theme,
    files: Path,
    pictures: ManualPictures,
) -> None:
    page.attaching.add([text_file(files, "a.txt")])
    write(sheet_of(page).caption.edit, "halfway")
    other = other_page(qtbot, room, theme, page, pictures)
    assert page.attaching.parcel is None
    assert sheet_of(other).caption.text == "halfway"
    send(qtbot, other)
    (entry,) = pending(room)
    assert (names(entry), entry.text) == (["a.txt"], "halfway")


def test_packing_goes_on_through_a_change_of_language(
    qtbot: QtBot,
    page: ChatPage,
    room: Room,
    theme: Theme,
    files: Path,
    pictures: ManualPictures,
) -> None:
    folder = files / "Photos"
    folder.mkdir()
    with (folder / "large.txt").open("wb") as file:
        file.truncate(20 << 20)
    page.attaching.add([folder])
    sheet = sheet_of(page)
    press(sheet.caption.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Photos.zip" in sheet.work.text)
    other = other_page(qtbot, room, theme, page, pictures)
    going: Attaching = other.attaching
    assert sheet_of(other).work.isVisible()
    with qtbot.waitSignal(going.sent):
        pass
    assert names(pending(room)[0]) == ["Photos.zip"]


def test_the_shortcut_is_the_one_that_the_sheet_of_keys_shows(page: ChatPage) -> None:
    assert page.composer.attach.toolTip()
    assert QKeySequence("Ctrl+O") in page.attaching._action.shortcuts()
