"""What may be opened is decided by the file itself; nothing else is ever handed to a program."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QObject
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.protocol.attachments import FileRef
from app.protocol.messages import Token
from app.session.files.transfer import LocalFile, Stage
from app.session.files.transfers import Folders
from app.ui.files.actions import FileActions
from app.ui.files.sentences import LocalProblem
from app.ui.sentences import sentence
from tests.ui.chat.rooms import Room
from tests.ui.files.pictures import (
    RecordingCarrier,
    RecordingDesktop,
    drawn,
    encoded,
    file_ref,
    picture_ref,
)

PNG = encoded(drawn(8, 6))
PDF = b"%PDF-1.7\n%\xe2\xe3\n"
SCRIPT = b"#!/bin/sh\nrm -rf ~\n"
DESKTOP = b"[Desktop Entry]\nType=Application\nExec=sh -c id\n"


class Bench:
    """One room's actions on a desktop that only remembers."""

    def __init__(self, room: Room, folder: Path, parent: QObject) -> None:
        room.join()
        self.room = room
        self.folder = folder
        self.carrier = RecordingCarrier()
        self.transfers = room.session.transfers
        self.transfers.use(self.carrier, Folders(folder / "saved", folder / "viewed"))
        room.session.receive(Token(token=bytes(16), max_file=2**34))
        self.desktop = RecordingDesktop()
        self.actions = FileActions(self.transfers, parent, self.desktop)
        self.said: list[str] = []
        self.actions.said.connect(self._on_said)

    def _on_said(self, text: str) -> None:
        self.said.append(text)

    def saved(self, name: str, data: bytes) -> FileRef:
        """Have a file fetched that is called so on this computer."""
        ref = file_ref(name, len(data))
        transfer = self.transfers.save(ref)
        path = self.folder / name
        path.write_bytes(data)
        self.transfers.note_done(transfer.id, path)
        return ref

    def sent(self, name: str, data: bytes) -> FileRef:
        """Have a file of one's own sent."""
        path = self.folder / name
        path.write_bytes(data)
        self.room.session.send_files([LocalFile(path)], "")
        (upload,) = self.transfers.of_message(self.room.session.timeline.pending[-1].cid)
        ref = file_ref(name, len(data))
        self.transfers.note_hash(upload.id, ref.hash)
        self.transfers.note_done(upload.id)
        return ref


@pytest.fixture
def bench(room: Room, tmp_path: Path) -> Bench:
    return Bench(room, tmp_path, room.session)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("minutes.pdf", PDF),
        ("map.png", PNG),
        ("notes.txt", b"bring chargers\n"),
        ("Übung – Überblick.png", PNG),
    ],
)
def test_what_is_what_it_is_called_is_opened(bench: Bench, name: str, data: bytes) -> None:
    ref = bench.saved(name, data)
    assert bench.actions.is_safe(ref)
    assert bench.actions.open(ref)
    assert bench.desktop.opened == [(bench.folder / name).resolve()]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report.pdf", DESKTOP),
        ("report.pdf", b"MZ\x90\x00"),
        ("holiday.png", SCRIPT),
        ("holiday.png", b"\x7fELF\x02\x01"),
        ("holiday.png.exe", PNG),
        ("holiday.desktop", PNG),
        ("holiday.scr", PNG),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("letter.docm", b"PK\x03\x04"),
        ("link.url", b"[InternetShortcut]\nURL=file:///etc/passwd\n"),
        ("things.zip", b"PK\x03\x04"),
        ("noextension", PNG),
        ("empty.pdf", b""),
    ],
)
def test_anything_else_is_only_shown_in_its_folder(bench: Bench, name: str, data: bytes) -> None:
    # A host may say what it likes.
    ref = bench.saved(name, data)
    lie = FileRef(hash=ref.hash, name="safe.png", size=ref.size, media="image/png")
    assert not bench.actions.is_safe(lie)
    assert not bench.actions.open(lie)
    assert bench.desktop.opened == []
    assert bench.said == [sentence(LocalProblem.UNSAFE)]
    assert bench.actions.show_in_folder(lie)
    assert bench.desktop.shown == [(bench.folder / name).resolve()]


def test_a_file_that_was_changed_since_it_was_looked_at_is_looked_at_again(bench: Bench) -> None:
    ref = bench.saved("report.pdf", PDF)
    assert bench.actions.is_safe(ref)
    (bench.folder / "report.pdf").write_bytes(b"MZ".ljust(len(PDF)))
    assert not bench.actions.open(ref)
    assert bench.desktop.opened == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_what_it_leads_to(bench: Bench) -> None:
    ref = bench.saved("report.pdf", PDF)
    (bench.folder / "report.pdf").rename(bench.folder / "report.sh")
    (bench.folder / "report.pdf").symlink_to(bench.folder / "report.sh")
    assert not bench.actions.open(ref)
    assert bench.desktop.opened == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such permission")
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_not_there(bench: Bench, make: Callable[[Path], None]) -> None:
    ref = bench.saved("report.pdf", PDF)
    (bench.folder / "report.pdf").unlink()
    make(bench.folder / "report.pdf")
    assert not bench.actions.open(ref)
    assert bench.said == [sentence(LocalProblem.MISSING)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such permission")
def test_what_was_fetched_can_never_be_run(bench: Bench) -> None:
    ref = bench.saved("report.pdf", PDF)
    path = bench.folder / "report.pdf"
    path.chmod(0o755)
    assert bench.actions.open(ref)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such permission")
def test_ones_own_file_stays_as_it_is(bench: Bench) -> None:
    ref = bench.sent("report.pdf", PDF)
    path = bench.folder / "report.pdf"
    path.chmod(0o755)
    assert bench.actions.open(ref)
    assert stat.S_IMODE(path.stat().st_mode) == 0o755


def test_a_file_that_was_moved_away_is_told_and_can_be_fetched_again(bench: Bench) -> None:
    ref = bench.saved("report.pdf", PDF)
    (bench.folder / "report.pdf").unlink()
    assert not bench.actions.show_in_folder(ref)
    assert bench.said == [sentence(LocalProblem.MISSING)]
    assert bench.transfers.of_file(ref.hash) is None
    bench.actions.download(ref)
    again = bench.transfers.of_file(ref.hash)
    assert again is not None
    assert again.stage is Stage.MOVING


def test_a_file_is_fetched_once(bench: Bench) -> None:
    ref = file_ref("film.mp4", 1000)
    bench.actions.download(ref)
    bench.actions.download(ref)
    assert len(bench.transfers.all) == 1


def test_without_a_program_for_it_the_folder_is_named(bench: Bench) -> None:
    bench.desktop.works = False
    ref = bench.saved("report.pdf", PDF)
    assert not bench.actions.open(ref)
    assert not bench.actions.show_in_folder(ref)
    assert bench.said == [
        sentence(LocalProblem.NO_PROGRAM),
        sentence(LocalProblem.NO_FOLDER),
    ]


def test_saving_elsewhere_asks_where(bench: Bench, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ref = picture_ref("map.png")
    bench.actions.save_as(ref, window)
    dialog = bench.actions.dialog
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    target = bench.folder / "elsewhere.png"
    dialog.fileSelected.emit(str(target))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    assert bench.actions.dialog is None
    saved = bench.transfers.of_file(ref.hash)
    assert saved is not None
    assert saved.path == target


def test_a_name_is_copied_as_it_is(bench: Bench) -> None:
    bench.actions.copy_name(file_ref("<b>a&b</b>.pdf", 1))
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == "<b>a&b</b>.pdf"
