"""Files and pictures in the rows of the timeline: where they stand, how they stand, what one does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QPoint, QRectF, Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.pictures.limits import MAX_SOURCE
from app.protocol.attachments import FileRef
from app.protocol.messages import Live, Token
from app.session.connection import Connection, Phase
from app.session.files.transfer import FileFailure, LocalFile, Stage
from app.session.files.transfers import Folders
from app.session.timeline import MessageEntry
from app.ui.chat.timeline.files.layout import (
    CARD_WIDTH,
    WIDEST_PICTURE,
    FileSpot,
    album,
    buttons,
    rows_of,
)
from app.ui.chat.timeline.message_text import brief
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.files.states import Deed, Step, deed_name
from app.ui.theme.theme import Theme
from tests.ui.chat.hands import click, press
from tests.ui.chat.rooms import Room
from tests.ui.files.pictures import (
    RecordingCarrier,
    RecordingDesktop,
    drawn,
    file_ref,
    picture_ref,
    thumbnail,
    with_files,
)

REPORT = file_ref("report.pdf", 4_000_000, "application/pdf")
FILM = file_ref("film.mp4", 80_000_000, "video/mp4")
MAP = picture_ref("map.png", 1600, 1200)
GIF = picture_ref("spark.gif", 100, 80, 40_000)


class Desk:
    """A room with files in a timeline, and what happens to them."""

    def __init__(self, room: Room, panel: TimelinePanel, folder: Path) -> None:
        self.room, self.panel, self.folder = room, panel, folder
        self.view, self.model = panel.view, panel.model
        self.files = panel.model.files
        self.transfers = room.session.transfers
        self.carrier = RecordingCarrier()
        self.transfers.use(self.carrier, Folders(folder / "saved", folder / "viewed"))
        room.session.receive(Token(token=bytes(16), max_file=2**34))
        self.desktop = RecordingDesktop()
        self.files.actions.desktop = self.desktop

    def say(self, *files: FileRef, caption: str = "", nick: str = "Priya") -> int:
        said = with_files(self.room.said(nick, ""), *files, caption=caption)
        self.room.session.receive(Live(said=(said,)))
        self.view.settle()
        return said.seq

    def entry(self, row: int = -1) -> MessageEntry:
        row = row if row >= 0 else self.model.rowCount() - 1
        entry = self.model.entry(row)
        assert isinstance(entry, MessageEntry)
        return entry

    def place(self, number: int = 0, row: int = -1) -> QRectF:
        """Return where a file stands in the viewport."""
        row = row if row >= 0 else self.model.rowCount() - 1
        rect = self.view.visualRect(self.model.index(row, 0))
        return QRectF(self.view._delegate.file_place(row, rect, number))

    def button(self, deed: Deed, number: int = 0, row: int = -1) -> QPoint:
        """Return where the button of a card stands."""
        state = self.files.state(self.entry(row), number)
        found = buttons(self.place(number, row), state.deeds)
        return next(place for place, one in found if one is deed).center().toPoint()

    def click(self, at: QPoint) -> None:
        port = self.view.viewport()
        assert port is not None
        click(port, at)

    def height(self, row: int = -1) -> int:
        row = row if row >= 0 else self.model.rowCount() - 1
        return self.view.visualRect(self.model.index(row, 0)).height()

    def spoken(self, row: int = -1) -> str:
        return self.model.spoken(row if row >= 0 else self.model.rowCount() - 1)

    def arrived(self, ref: FileRef, data: bytes) -> Path:
        """Let a file that is being fetched be there."""
        transfer = self.transfers.of_file(ref.hash)
        assert transfer is not None
        path = self.folder / ref.name
        with path.open("wb") as file:
            file.write(data)
            file.truncate(ref.size)
        self.transfers.note_done(transfer.id, path)
        return path


@pytest.fixture
def desk(qtbot: QtBot, room: Room, theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    panel.resize(760, 700)
    panel.show()
    room.join()
    yield Desk(room, panel, tmp_path)
    viewer = panel.view.files.viewer
    if viewer is not None:
        viewer.close_overlay()


# --- where they stand -------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(1, 60_000), st.integers(1, 60_000)).map(
            lambda size: picture_ref("a.png", *size)
        ),
        min_size=1,
        max_size=10,
    ),
    st.floats(80, 700),
)
def test_pictures_stand_apart_within_their_column(pictures: list[FileRef], width: float) -> None:
    places = album(pictures, width)
    assert len(places) == len(pictures)
    for number, place in enumerate(places):
        assert place.left() >= 0
        assert place.right() <= width + 1
        assert 20 <= place.height() <= WIDEST_PICTURE + 1
        assert not any(place.intersects(other) for other in places[number + 1 :])


@given(st.integers(2, 10))
def test_rows_of_an_album_have_two_or_three(count: int) -> None:
    rows = rows_of(count)
    assert sum(rows) == count
    assert set(rows) <= {2, 3}
    assert rows == sorted(rows)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1600, 1200), (320, 240)),
        ((1200, 1600), (240, 320)),
        ((200, 100), (200, 100)),
        ((20, 20), (72, 72)),
        ((100, 10_000), (72, 320)),
        ((10_000, 100), (320, 72)),
    ],
)
def test_one_picture_has_its_own_shape(size: tuple[int, int], expected: tuple[int, int]) -> None:
    (place,) = album([picture_ref("a.png", *size)], 660)
    assert (place.width(), place.height()) == expected


def test_nothing_jumps_when_a_picture_comes(desk: Desk, qtbot: QtBot) -> None:
    desk.say(MAP, caption="the map")
    before = desk.height()
    assert (desk.place().width(), desk.place().height()) == (320, 240)
    with qtbot.waitSignal(desk.files.thumbnails.ready):
        desk.transfers.previews.note(MAP.hash, thumbnail(drawn(1600, 1200)))
    desk.view.settle()
    assert desk.height() == before


def test_a_picture_without_a_thumbnail_is_a_card(desk: Desk) -> None:
    desk.say(picture_ref("bomb.png", 0, 0))
    assert desk.place().width() == CARD_WIDTH


def test_a_picture_too_large_to_be_decoded_is_a_card_whatever_its_host_says(desk: Desk) -> None:
    desk.say(picture_ref("endless.png", size=MAX_SOURCE + 1))
    assert desk.place().width() == CARD_WIDTH


def test_pictures_come_first_then_a_card_for_each_other_file(desk: Desk) -> None:
    desk.say(REPORT, MAP, FILM)
    places = [desk.place(number) for number in range(3)]
    assert places[1].bottom() < places[0].top() < places[0].bottom() < places[2].top()


@pytest.mark.parametrize("files", [[REPORT], [MAP], [REPORT, MAP, GIF, FILM], [MAP] * 10])
@pytest.mark.parametrize("caption", ["", "words"])
@pytest.mark.parametrize("compact", [False, True])
def test_a_row_is_as_high_as_it_was_guessed(
    desk: Desk, files: list[FileRef], caption: str, *, compact: bool
) -> None:
    desk.view.set_compact(compact)
    desk.say(*files, caption=caption)
    row = desk.model.rowCount() - 1
    guess = desk.view._delegate.guess(row, desk.view.columns.right + 16)
    assert abs(guess - desk.height()) < 60


def test_a_message_of_files_alone_has_no_empty_line(desk: Desk) -> None:
    desk.say(REPORT, caption="words")
    with_words = desk.height()
    desk.say(REPORT)
    assert desk.height() < with_words


def test_a_card_keeps_its_height_whatever_happens(desk: Desk) -> None:
    desk.say(REPORT)
    heights = {desk.height()}
    desk.click(desk.button(Deed.DOWNLOAD))
    transfer = desk.transfers.of_file(REPORT.hash)
    assert transfer is not None
    heights.add(desk.height())
    desk.transfers.note_failed(transfer.id, FileFailure.NO_SPACE)
    desk.view.settle()
    assert heights | {desk.height()} == heights
    assert len(heights) == 1


# --- how they stand ---------------------------------------------------------------------------------


def test_a_file_is_fetched_paused_and_goes_on(desk: Desk) -> None:
    desk.say(FILM)
    assert desk.files.state(desk.entry(), 0).step is Step.AWAY
    desk.click(desk.button(Deed.DOWNLOAD))
    transfer = desk.transfers.of_file(FILM.hash)
    assert transfer is not None
    for done in (0, 8_000_000, 16_000_000):
        desk.transfers.note_progress(transfer.id, done)
        desk.room.clock.advance(1)
    state = desk.files.state(desk.entry(), 0)
    assert (state.step, state.fraction) == (Step.MOVING, 0.2)
    assert state.line == "15.3 MB of 76.3 MB · 7.6 MB/s · 8 s left"
    desk.click(desk.button(Deed.PAUSE))
    assert desk.files.state(desk.entry(), 0).step is Step.PAUSED
    desk.click(desk.button(Deed.RESUME))
    assert desk.files.state(desk.entry(), 0).step is Step.MOVING
    desk.click(desk.button(Deed.CANCEL))
    assert desk.files.state(desk.entry(), 0).step is Step.AWAY


def test_a_file_that_is_here_is_opened_or_shown(desk: Desk) -> None:
    desk.say(REPORT)
    desk.click(desk.button(Deed.DOWNLOAD))
    path = desk.arrived(REPORT, b"%PDF-1.7\n")
    desk.click(desk.button(Deed.OPEN))
    assert desk.desktop.opened == [path.resolve()]
    desk.click(desk.button(Deed.SHOW))
    assert desk.desktop.shown == [path.resolve()]


def test_a_program_that_is_called_a_report_is_only_shown(desk: Desk) -> None:
    desk.say(REPORT)
    desk.click(desk.button(Deed.DOWNLOAD))
    path = desk.arrived(REPORT, b"MZ")
    state = desk.files.state(desk.entry(), 0)
    assert state.deeds == (Deed.SHOW,)
    assert "only in its folder" in state.hint
    desk.click(desk.place().center().toPoint())
    assert desk.desktop.opened == []
    assert desk.desktop.shown == [path.resolve()]


def test_what_failed_says_why_and_is_tried_again(desk: Desk) -> None:
    desk.say(REPORT)
    desk.click(desk.button(Deed.DOWNLOAD))
    transfer = desk.transfers.of_file(REPORT.hash)
    assert transfer is not None
    desk.transfers.note_failed(transfer.id, FileFailure.NO_SPACE)
    state = desk.files.state(desk.entry(), 0)
    assert state.step is Step.FAILED
    assert "disk of this computer is full" in state.line
    desk.click(desk.button(Deed.RETRY))
    assert desk.files.state(desk.entry(), 0).step is Step.MOVING


def test_ones_own_file_shows_how_far_it_is(desk: Desk) -> None:
    path = desk.folder / "slides.pdf"
    path.write_bytes(b"%PDF-1.7\n".ljust(1000))
    desk.room.session.send_files([LocalFile(path)], "here")
    desk.view.settle()
    entry = desk.entry()
    (upload,) = desk.transfers.of_message(entry.cid)
    desk.transfers.note_hash(upload.id, "ab" * 32)
    desk.transfers.note_progress(upload.id, 500)
    assert desk.files.state(entry, 0).fraction == 0.5
    desk.click(desk.button(Deed.CANCEL))
    assert desk.transfers.of_message(entry.cid) == ()
    assert desk.room.session.timeline.pending == ()


def test_ones_own_file_that_failed_says_why_once(desk: Desk) -> None:
    path = desk.folder / "slides.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    desk.room.session.send_files([LocalFile(path)], "")
    (upload,) = desk.transfers.of_message(desk.entry().cid)
    desk.transfers.note_failed(upload.id, FileFailure.ROOM_FULL)
    row = desk.model.row(desk.model.rowCount() - 1)
    assert row.why == ""
    assert "no space left for files" in desk.files.state(desk.entry(), 0).line
    desk.view.settle()
    desk.click(desk.button(Deed.RETRY))
    assert desk.transfers.of_message(desk.entry().cid)[0].stage is not Stage.FAILED


def test_offline_a_file_waits_for_the_connection(desk: Desk) -> None:
    desk.say(REPORT)
    desk.click(desk.button(Deed.DOWNLOAD))
    desk.room.session.set_connection(Connection(Phase.WAITING, problem="lost"))
    assert desk.files.state(desk.entry(), 0).line == "Waits for the connection"


# --- what one hears and what hovering tells ---------------------------------------------------------


def test_a_screen_reader_hears_of_files_and_how_they_stand(desk: Desk) -> None:
    desk.say(REPORT, MAP, caption="**both**")
    assert ": 2 files. File, report.pdf, 3.8 MB · Document. Picture, map.png, " in desk.spoken()
    assert desk.spoken().endswith(". both")
    desk.click(desk.button(Deed.DOWNLOAD))
    transfer = desk.transfers.of_file(REPORT.hash)
    assert transfer is not None
    desk.transfers.note_progress(transfer.id, 2_000_000)
    assert "report.pdf, 1.9 MB of 3.8 MB, 50%" in desk.spoken()


def test_hovering_tells_name_and_what_a_button_does(desk: Desk) -> None:
    desk.say(MAP, REPORT)
    row, cid = desk.model.rowCount() - 1, desk.entry().cid
    tip = desk.view.files.tip(FileSpot(cid, 0), row)
    assert tip == "map.png\n2.3 MB"
    assert desk.view.files.tip(FileSpot(cid, 1, Deed.DOWNLOAD), row) == deed_name(Deed.DOWNLOAD)
    port = desk.view.viewport()
    assert port is not None
    for at, shape in (
        (desk.place(0).center().toPoint(), Qt.CursorShape.PointingHandCursor),
        (desk.button(Deed.DOWNLOAD, 1), Qt.CursorShape.PointingHandCursor),
    ):
        desk.view._hover(at)
        assert port.cursor().shape() == shape


def test_a_line_to_paste_names_the_files(desk: Desk) -> None:
    desk.say(REPORT, caption="look")
    assert desk.model.copied(desk.model.rowCount() - 1).endswith("Priya: look\nFiles: report.pdf")


# --- by keyboard and from the menu ------------------------------------------------------------------


def test_enter_does_the_first_thing(desk: Desk) -> None:
    desk.say(REPORT)
    desk.view.setFocus()
    desk.view.choose_row(desk.model.rowCount() - 1)
    press(desk.view, Qt.Key.Key_Return)
    assert desk.transfers.of_file(REPORT.hash) is not None


def test_enter_on_pictures_shows_the_first(desk: Desk) -> None:
    desk.say(REPORT, MAP)
    desk.view.choose_row(desk.model.rowCount() - 1)
    press(desk.view, Qt.Key.Key_Return)
    viewer = desk.view.files.viewer
    assert viewer is not None
    assert viewer.shown is not None
    assert viewer.shown.ref == MAP


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_space_opens_the_menu_of_the_files(desk: Desk) -> None:
    desk.say(REPORT, MAP)
    desk.view.choose_row(desk.model.rowCount() - 1)
    press(desk.view, Qt.Key.Key_Space)
    (menu,) = (one for one in desk.view.findChildren(QMenu) if one.isVisible())
    assert [action.text() for action in menu.actions()] == ["report.pdf", "map.png"]
    parts = [action.menu() for action in menu.actions()]
    assert parts[0] is not None
    assert parts[1] is not None
    assert _texts(parts[0]) == ["Download", "Save as…", "Copy name"]
    assert _texts(parts[1]) == ["View picture", "Download", "Save as…", "Copy picture", "Copy name"]
    menu.close()


def test_the_menu_over_a_file_has_that_file_alone(desk: Desk) -> None:
    desk.say(REPORT, FILM, caption="two")
    row = desk.model.rowCount() - 1
    desk.view.choose_row(row)
    menu = QMenu(desk.view)
    menu.addAction("Reply")
    desk.view.files.offer(menu, row, desk.place(1).center().toPoint())
    assert _texts(menu) == ["Download", "Save as…", "Copy name", "", "Reply"]
    action = next(one for one in menu.actions() if one.text() == "Download")
    action.trigger()
    assert desk.transfers.of_file(FILM.hash) is not None
    next(one for one in menu.actions() if one.text() == "Copy name").trigger()
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "film.mp4"


def test_a_menu_of_a_message_that_went_does_nothing(desk: Desk) -> None:
    seq = desk.say(REPORT)
    menu = QMenu(desk.view)
    desk.view.choose_row(desk.model.rowCount() - 1)
    desk.view.files.offer(menu, desk.model.rowCount() - 1, None)
    desk.room.delete(seq, by="Priya")
    next(one for one in menu.actions() if one.text() == "Download").trigger()
    assert desk.transfers.of_file(REPORT.hash) is None


def test_a_deleted_message_has_no_files(desk: Desk) -> None:
    seq = desk.say(REPORT, MAP)
    before = desk.height()
    desk.room.delete(seq, by="Priya")
    desk.view.settle()
    assert desk.height() < before
    assert not desk.place().isValid()


def _texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


# --- gifs -------------------------------------------------------------------------------------------


def test_a_gif_is_fetched_once_it_is_pointed_at_for_a_moment(desk: Desk, qtbot: QtBot) -> None:
    desk.say(GIF)
    desk.view._hover(desk.place().center().toPoint())
    assert desk.transfers.viewed(GIF.hash) is None
    with qtbot.waitSignal(desk.transfers.added):
        pass
    assert desk.transfers.viewed(GIF.hash) is not None
    desk.view._hover(QPoint(-1, -1))
    assert not desk.view.files.playing.plays


# --- words elsewhere --------------------------------------------------------------------------------


def test_a_quote_names_what_it_answers(desk: Desk) -> None:
    seq = desk.say(MAP)
    said = desk.room.said("Marina", "which one?")
    desk.room.session.receive(Live(said=(msgspec.structs.replace(said, about=seq),)))
    quote = desk.model.row(desk.model.rowCount() - 1).quote
    assert quote is not None
    assert (quote.text, quote.kind) == ("Picture", "picture")


def test_what_came_with_files_is_not_edited(desk: Desk) -> None:
    said = with_files(desk.room.said("Leo", "", number=2), REPORT, caption="mine")
    desk.room.session.receive(Live(said=(said,)))
    entry = desk.entry()
    assert entry.mine
    assert desk.model.remarks.may_answer(entry)
    assert not desk.model.remarks.may_edit(entry)


def test_in_one_line_a_message_is_its_files_then_its_caption(desk: Desk) -> None:
    desk.say(MAP, caption="the map")
    assert brief(desk.entry()) == "Picture: the map"
    desk.say(REPORT, FILM)
    assert brief(desk.entry()) == "report.pdf and 1 more"
    desk.room.say("Priya", "words")
    assert brief(desk.entry()) == "words"
