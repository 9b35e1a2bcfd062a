"""The full view: one picture after the other, by keys alone, whatever becomes of them meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.protocol.messages import Token
from app.session.files.transfer import FileFailure, Purpose, Stage
from app.session.files.transfers import Folders
from app.ui.files.message_files import MessageFiles
from app.ui.files.sentences import LocalProblem
from app.ui.files.viewer.loading import Phase
from app.ui.files.viewer.shown import ShownPicture
from app.ui.files.viewer.viewer import Viewer
from app.ui.sentences import sentence
from app.ui.theme.theme import Theme
from tests.ui.chat.rooms import NOON, Room
from tests.ui.files.pictures import (
    ManualDecoder,
    RecordingCarrier,
    RecordingDesktop,
    drawn,
    picture_ref,
    thumbnail,
)
from tests.ui.hands import click, double_click, press

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Show:
    """A window, and over it the full view of three pictures."""

    def __init__(self, room: Room, theme: Theme, window: QWidget, folder: Path) -> None:
        room.join()
        self.folder = folder
        self.transfers = room.session.transfers
        self.carrier = RecordingCarrier()
        self.transfers.use(self.carrier, Folders(folder / "saved", folder / "viewed"))
        room.session.receive(Token(token=bytes(16), max_file=2**34))
        self.desktop = RecordingDesktop()
        self.files = MessageFiles(room.session, window, self.desktop)
        self.pictures = [
            ShownPicture(picture_ref(f"{n}.png", 4000, 3000, 50_000), n + 1, "Priya", NOON * 1000)
            for n in range(3)
        ]
        self.decoder = ManualDecoder()
        self.viewer = Viewer(theme, window, self.files, lambda: self.pictures)
        self.viewer.loader._decoder = self.decoder
        self.viewer.open()

    def at(self, number: int) -> None:
        self.viewer.show_picture(self.pictures[number].key)

    @property
    def number(self) -> int:
        assert self.viewer.shown is not None
        return self.pictures.index(self.viewer.shown)

    def phase(self, number: int) -> Phase | None:
        return self.viewer.loader.phase(self.pictures[number].ref.hash)

    def arrive(self, number: int) -> None:
        """Let a picture's file come."""
        one = self.pictures[number].ref
        viewed = self.transfers.viewed(one.hash)
        assert viewed is not None
        viewed.path.parent.mkdir(exist_ok=True)
        viewed.path.write_bytes(bytes(one.size))
        self.transfers.note_done(viewed.id, viewed.path)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        press(self.viewer.focusWidget() or self.viewer.canvas, key, modifiers)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 700)
    behind = QPushButton("behind", window)
    layout = QVBoxLayout(window)
    layout.addWidget(behind)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    behind.setFocus()
    return window


@pytest.fixture
def show(room: Room, theme: Theme, window: QWidget, tmp_path: Path) -> Iterator[Show]:
    show = Show(room, theme, window, tmp_path)
    show.at(1)
    yield show
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def gone(viewer: Viewer) -> bool:
    return viewer.isHidden()


def test_the_file_is_fetched_then_decoded_elsewhere_then_shown(show: Show) -> None:
    assert show.phase(1) is Phase.FETCHING
    assert "Loading" in show.viewer.note.words.full_text
    show.arrive(1)
    assert show.phase(1) is Phase.DECODING
    (job,) = show.decoder.jobs
    assert job.box == (900, 700)
    show.decoder.finish(drawn(900, 675))
    assert show.phase(1) is Phase.SHOWN
    assert show.viewer.note.isHidden()


def test_the_thumbnail_stands_there_meanwhile(show: Show, qtbot: QtBot) -> None:
    with qtbot.waitSignal(show.files.thumbnails.ready):
        show.transfers.previews.note(show.pictures[1].ref.hash, thumbnail(drawn(800, 600)))
    qtbot.waitUntil(lambda: not show.viewer.canvas._picture.isNull())
    assert show.phase(1) is Phase.FETCHING


def test_progress_is_told(show: Show, room: Room) -> None:
    viewed = show.transfers.viewed(show.pictures[1].ref.hash)
    assert viewed is not None
    room.clock.advance(1)
    show.transfers.note_progress(viewed.id, 25_000)
    assert "50%" in show.viewer.note.words.full_text


def test_a_saved_picture_is_not_fetched_again(
    room: Room, theme: Theme, window: QWidget, tmp_path: Path
) -> None:
    show = Show(room, theme, window, tmp_path)
    ref = show.pictures[0].ref
    saved = show.transfers.save(ref)
    path = tmp_path / "0.png"
    path.write_bytes(bytes(ref.size))
    show.transfers.note_done(saved.id, path)
    show.at(0)
    assert show.transfers.viewed(ref.hash) is None
    assert [job.path for job in show.decoder.jobs] == [path.resolve()]
    show.press(Qt.Key.Key_F)
    assert show.desktop.shown == [path.resolve()]


def test_more_pixels_are_wanted_from_near(show: Show) -> None:
    show.arrive(1)
    show.decoder.finish(drawn(900, 675))
    show.press(Qt.Key.Key_1)
    assert show.decoder.jobs[-1].box == (4000, 3000)
    show.decoder.finish(drawn(4000, 3000))
    count = len(show.decoder.jobs)
    show.press(Qt.Key.Key_Plus)
    assert len(show.decoder.jobs) == count


def test_arrows_lead_to_the_others(show: Show) -> None:
    show.press(Qt.Key.Key_Right)
    assert show.number == 2
    assert show.viewer.bar.position.full_text == "3 of 3"
    assert show.viewer.next.isHidden()
    show.press(Qt.Key.Key_Right)
    assert show.number == 2
    show.press(Qt.Key.Key_Left)
    show.press(Qt.Key.Key_Left)
    assert show.number == 0
    assert show.viewer.previous.isHidden()
    show.press(Qt.Key.Key_End)
    assert show.number == 2
    show.press(Qt.Key.Key_Home)
    assert show.number == 0


def test_the_neighbours_are_brought_once_this_one_is_here(show: Show) -> None:
    assert (show.phase(0), show.phase(2)) == (None, None)
    show.arrive(1)
    show.decoder.finish(drawn(900, 675))
    assert (show.phase(0), show.phase(2)) == (Phase.FETCHING, Phase.FETCHING)
    show.press(Qt.Key.Key_Right)
    show.arrive(2)
    show.decoder.finish(drawn(900, 675))
    assert show.phase(0) is None


def test_it_follows_what_comes_and_goes(show: Show) -> None:
    new = ShownPicture(picture_ref("new.png"), 9, "Tom", NOON * 1000)
    show.pictures.append(new)
    show.press(Qt.Key.Key_End)
    assert show.viewer.shown == new
    show.pictures.remove(new)
    show.press(Qt.Key.Key_Left)
    assert show.number == 2


def test_zoom_by_keys(show: Show) -> None:
    canvas = show.viewer.canvas
    fitted = canvas.percent
    show.press(Qt.Key.Key_Plus)
    assert canvas.percent > fitted
    assert show.viewer.bar.zoom.full_text == f"{canvas.percent}%"
    show.press(Qt.Key.Key_0)
    assert canvas.is_fitted
    show.press(Qt.Key.Key_1)
    before = canvas.place.topLeft()
    show.press(Qt.Key.Key_Left, SHIFT)
    assert canvas.place.left() > before.x()
    assert show.number == 1


def test_escape_closes_and_gives_the_keyboard_back(show: Show, window: QWidget) -> None:
    assert show.viewer.canvas.hasFocus()
    show.press(Qt.Key.Key_Escape)
    assert gone(show.viewer)
    (behind,) = window.findChildren(QPushButton)
    assert behind.hasFocus()


def test_a_click_beside_the_picture_closes(show: Show) -> None:
    click(show.viewer.canvas, QPoint(3, 690))
    assert gone(show.viewer)


def test_tab_goes_round_within_it_and_every_button_says_what_it_is(show: Show) -> None:
    seen: list[QWidget | None] = []
    for _ in range(30):
        show.press(Qt.Key.Key_Tab)
        now = show.viewer.focusWidget()
        if now in seen:
            break
        seen.append(now)
    buttons = [one for one in show.viewer.findChildren(QAbstractButton) if one.isVisible()]
    reached = {one for one in seen if isinstance(one, QAbstractButton)}
    assert {one for one in buttons if one.isEnabled()} == reached
    assert all(one.accessibleName() for one in buttons)


def test_what_cannot_be_fetched_says_so_and_is_tried_again(show: Show) -> None:
    viewed = show.transfers.viewed(show.pictures[1].ref.hash)
    assert viewed is not None
    show.transfers.note_failed(viewed.id, FileFailure.NO_SPACE)
    assert show.viewer.note.words.full_text == sentence(FileFailure.NO_SPACE)
    show.viewer.note.retry.click()
    again = show.transfers.viewed(show.pictures[1].ref.hash)
    assert again is not None
    assert again.stage is Stage.MOVING
    assert show.viewer.note.retry.isHidden()


def test_what_cannot_be_decoded_says_so_and_offers_to_save(show: Show) -> None:
    show.arrive(1)
    show.decoder.finish(None)
    assert show.viewer.note.words.full_text == sentence(LocalProblem.NO_PICTURE)
    assert show.viewer.note.save.isVisible()


def test_the_whole_picture_is_copied_once_it_is_here(show: Show) -> None:
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    clipboard.clear()
    show.press(Qt.Key.Key_C, CTRL)
    show.arrive(1)
    assert clipboard.image().isNull()
    while show.decoder.jobs:
        job = show.decoder.jobs[0]
        show.decoder.finish(drawn(*job.box) if job.box == (4000, 3000) else drawn(900, 675))
    assert clipboard.image().width() == 4000


def test_save_asks_where(show: Show, qtbot: QtBot, tmp_path: Path) -> None:
    show.press(Qt.Key.Key_S, CTRL)
    dialog = show.files.actions.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "there.png"))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    saved = show.transfers.of_file(show.pictures[1].ref.hash)
    assert saved is not None
    assert (saved.purpose, saved.path) == (Purpose.SAVE, tmp_path / "there.png")
    assert not gone(show.viewer)


def test_it_goes_with_what_it_was_opened_from(show: Show) -> None:
    opener = QObject()
    opener.destroyed.connect(show.viewer.drop)
    opener.deleteLater()
    QCoreApplication.sendPostedEvents(opener, QEvent.Type.DeferredDelete.value)
    assert gone(show.viewer)


def test_nothing_is_asked_of_the_disk_for_what_was_passed_by(show: Show) -> None:
    show.press(Qt.Key.Key_End)
    show.press(Qt.Key.Key_Home)
    assert show.transfers.viewed(show.pictures[2].ref.hash) is None


def test_a_picture_that_came_twice_holds_nobody_up(show: Show) -> None:
    show.pictures.insert(1, show.pictures[1])
    show.press(Qt.Key.Key_Right)
    assert show.viewer.shown == show.pictures[3]
    assert show.viewer.bar.position.full_text == "3 of 3"


def test_two_clicks_open_it_once_and_zoom_later(show: Show) -> None:
    canvas = show.viewer.canvas
    middle = canvas.rect().center()
    double_click(canvas, middle)
    assert canvas.is_fitted
    click(canvas, middle)
    double_click(canvas, middle)
    assert not canvas.is_fitted


def delete(room: Room, number: int) -> None:
    """Let the message of that picture be deleted by somebody."""
    for one in range(room.last_seq + 1, number + 2):
        room.say("Priya", str(one))
    room.delete(number + 1, by="Priya")


def test_a_picture_that_is_deleted_is_looked_at_no_more(show: Show, room: Room) -> None:
    delete(room, 1)
    assert show.number == 2
    assert show.viewer.note.words.full_text == "That picture was deleted."
    del show.pictures[1]
    show.press(Qt.Key.Key_Left)
    assert show.number == 0
    assert show.viewer.next.isVisible()


def test_the_view_goes_with_the_last_picture_there_is(show: Show, room: Room) -> None:
    del show.pictures[2], show.pictures[0]
    delete(room, 1)
    assert gone(show.viewer)


def test_the_count_follows_what_is_deleted_elsewhere(show: Show, room: Room) -> None:
    first = show.pictures.pop(0)
    assert show.viewer.bar.position.full_text == "2 of 3"
    delete(room, first.seq - 1)
    assert show.viewer.bar.position.full_text == "1 of 2"
    assert show.number == 0
