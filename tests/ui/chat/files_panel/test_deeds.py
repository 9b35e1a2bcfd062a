"""What is done with the files of the panel: the same as with those in the timeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.protocol import messages as m
from app.protocol.attachments import FileRef
from app.session.files.transfers import Folders
from app.ui.chat.chat_page import ChatPage
from app.ui.files.wishes import FileWish
from tests.ui.chat.files_panel.shelves import choose, tell
from tests.ui.chat.rooms import NOON, Room, device
from tests.ui.files.pictures import RecordingCarrier, RecordingDesktop, file_ref, picture_ref

PDF = b"%PDF-1.7\n%\xe2\xe3\n"
SCRIPT = b"#!/bin/sh\nrm -rf ~\n"


class Shelf:
    """A panel with three files, of which none is here yet, on a desktop that only remembers."""

    def __init__(self, room: Room, page: ChatPage, folder: Path) -> None:
        self.page = page
        self.panel = page.files
        self.folder = folder
        self.transfers = room.session.transfers
        self.transfers.use(RecordingCarrier(), Folders(folder / "saved", folder / "viewed"))
        room.session.receive(m.Token(token=bytes(32)))
        self.desktop = RecordingDesktop()
        page.timeline.model.files.actions.desktop = self.desktop
        page.side.show_files(True)
        self.report = file_ref("report.pdf", len(PDF), "application/pdf")
        self.old, self.new = picture_ref("old.png"), picture_ref("new.jpg")
        shelf = ((3, self.new), (2, self.report), (1, self.old))
        tell(room, tuple(_line(seq, ref) for seq, ref in shelf))

    def row(self, ref: FileRef) -> int:
        return [file.ref for file in self.panel.model.files].index(ref)

    def have(self, ref: FileRef, data: bytes) -> Path:
        """Have a file fetched."""
        path = self.folder / ref.name
        path.write_bytes(data)
        self.transfers.note_done(self.transfers.save(ref).id, path)
        return path

    def offered(self, ref: FileRef) -> list[str]:
        return [a.text() for a in self.panel.menu_for(self.row(ref)).actions()]


def _line(seq: int, ref: FileRef) -> m.FileLine:
    return m.FileLine(seq=seq, at=int(NOON * 1000), nick="Bia", device=device("Bia"), files=(ref,))


@pytest.fixture
def shelf(room: Room, page: ChatPage, tmp_path: Path) -> Shelf:
    return Shelf(room, page, tmp_path)


def test_a_file_that_is_elsewhere_can_be_saved_and_no_more(shelf: Shelf) -> None:
    offered = shelf.offered(shelf.report)
    assert "Save as…" in offered
    assert not {"Open", "Show in folder"} & set(offered)


def test_a_safe_file_that_is_here_is_opened_and_shown(shelf: Shelf) -> None:
    path = shelf.have(shelf.report, PDF)
    row = shelf.row(shelf.report)
    choose(shelf.panel.menu_for(row), "Open")
    choose(shelf.panel.menu_for(row), "Show in folder")
    assert (shelf.desktop.opened, shelf.desktop.shown) == ([path], [path])


def test_a_script_that_is_called_a_document_is_never_offered_to_be_opened(shelf: Shelf) -> None:
    shelf.have(shelf.report, SCRIPT[: len(PDF)].ljust(len(PDF), b"#"))
    assert {"Open", "Show in folder"} & set(shelf.offered(shelf.report)) == {"Show in folder"}
    shelf.panel.activated.emit(shelf.report, 2)
    assert shelf.desktop.opened == []


def test_entering_a_safe_file_that_is_here_opens_it(shelf: Shelf) -> None:
    path = shelf.have(shelf.report, PDF)
    shelf.panel.activated.emit(shelf.report, 2)
    assert shelf.desktop.opened == [path]


def test_entering_a_picture_shows_it_among_those_of_the_list(shelf: Shelf) -> None:
    files = shelf.page.timeline.view.files
    shelf.panel.activated.emit(shelf.new, 3)
    assert files.viewer is not None
    assert files.viewer.shown is not None
    assert files.viewer.shown.ref == shelf.new
    files.viewer.step(-1)
    assert files.viewer.shown.ref == shelf.old
    files.viewer.close_overlay()


def test_wishes_reach_the_same_actions_as_in_the_timeline(shelf: Shelf) -> None:
    path = shelf.have(shelf.report, PDF)
    shelf.panel.wished.emit(FileWish.SHOW.value, shelf.report, 2)
    assert shelf.desktop.shown == [path]
