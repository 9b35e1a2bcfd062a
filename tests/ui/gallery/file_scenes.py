"""Scenes with files and pictures: a room in which each is in another state."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from app.protocol.attachments import FileRef
from app.protocol.messages import Live, Said, Token
from app.session.files.transfer import FileFailure, LocalFile
from app.session.files.transfers import Folders
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.ui.chat.chat_page import ChatPage
from app.ui.files.viewer.decoding import Decoding
from tests.ui.chat.rooms import NOON, device
from tests.ui.files.pictures import (
    RecordingCarrier,
    drawn,
    encoded,
    file_ref,
    picture_ref,
    thumbnail,
    with_files,
)
from tests.ui.gallery.scenes import Scene, Stage, turn


class _Instantly:
    """Decodes our own pictures at once."""

    def decode(self, path: Path, width: int, height: int, done: object) -> _Instantly:
        image = QImage(str(path), "png") if path.exists() else None
        assert callable(done)
        if image is not None and not image.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            if image.width() > width or image.height() > height:
                image = image.scaled(width, height, keep, smooth)
        done(image)
        return self

    def cancel(self) -> None:
        """Do nothing: it is over."""


@dataclass
class _Filled:
    """A room with files, and the numbers of the messages that scenes show."""

    page: ChatPage
    session: RoomSession
    seqs: dict[str, int]

    def show(self, name: str) -> None:
        """Scroll to one of these messages."""
        panel = self.page.timeline
        panel.view.show_row(panel.model.row_of(self.seqs[name]))

    def entry(self, name: str) -> MessageEntry:
        """Return one of these messages."""
        model = self.page.timeline.model
        entry = model.entry(model.row_of(self.seqs[name]))
        assert isinstance(entry, MessageEntry)
        return entry


class _Saying:
    """Says one thing after the other in a room."""

    def __init__(self, session: RoomSession) -> None:
        self._session = session
        self.seqs: dict[str, int] = {}

    def __call__(
        self, name: str, nick: str, *files: FileRef, caption: str = "", about: int = 0
    ) -> int:
        seq = self.seqs[name] = len(self.seqs) + 1
        said = Said(
            seq=seq,
            author={"Marina": 1, "Leo": 2, "Priya": 3, "Yusuf": 4}[nick],
            nick=nick,
            device=device(nick),
            at=(NOON + 400 * seq) * 1000,
            cid=seq.to_bytes(16, "big"),
            text=caption,
            about=about,
        )
        if files:
            said = with_files(said, *files, caption=caption)
        self._session.receive(Live(said=(said,)))
        return seq


def _picture(session: RoomSession, ref: FileRef, number: int) -> FileRef:
    session.transfers.previews.note(ref.hash, thumbnail(drawn(ref.width, ref.height, number)))
    return ref


def _file(path: Path, head: bytes, size: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(head)
    with path.open("r+b") as file:
        file.truncate(size)
    return path


def _album(session: RoomSession) -> list[FileRef]:
    sizes = ((1200, 1000), (1500, 800), (900, 900), (800, 1300), (1600, 1000))
    return [
        _picture(session, picture_ref(f"field-{n}.png", *size), n) for n, size in enumerate(sizes)
    ]


def fill(stage: Stage) -> _Filled:
    """Open a room that has files in every state; it goes when the stage is tidied."""
    session = stage.open_for_now("Robotics Lab")
    stage.window.show_session(session)
    turn()
    page = next(one for one in stage.window.findChildren(ChatPage) if one.session is session)
    folder = Path(tempfile.mkdtemp(dir=stage.folder))
    Decoding.of_application().decoder = _Instantly()
    session.transfers.use(RecordingCarrier(), Folders(folder / "saved", folder / "viewed"))
    session.receive(Token(token=bytes(16), max_file=2**34))
    say = _Saying(session)
    words = "Here’s the map, and the arm drawing with the new bracket."
    map_ = _picture(session, picture_ref("arena-map.png", 1400, 1000), 0)
    first = say("map", "Priya", map_, caption=words)
    album = _album(session)
    say("album", "Marina", *album)
    say("tall", "Yusuf", _picture(session, picture_ref("tall.png", 300, 2400), 3))
    say("small", "Yusuf", _picture(session, picture_ref("spark.gif", 48, 48), 1), caption="tiny")
    say("not-here", "Yusuf", picture_ref("on-its-way.jpg", 800, 500))
    say("answer", "Leo", caption="Which bracket is that?", about=first)
    report = file_ref("minutes-2026.pdf", 4_400_000, "application/pdf")
    tool = file_ref("setup-wizard.exe", 80_000_000)
    table = file_ref(
        "a-rather-long-name-for-the-list-of-everything-that-we-bring-to-the-final.xlsx",
        120_000,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    say("cards", "Marina", report, tool, table, caption="The *papers*, and a program:")
    _fetch(stage, session, say)
    for ref, head in ((report, b"%PDF-1.7\n"), (tool, b"MZ")):
        saved = session.transfers.save(ref)
        session.transfers.note_done(saved.id, _file(folder / ref.name, head, ref.size))
    _send(stage, session, folder)
    for number, ref in enumerate(album):
        view = session.transfers.view(ref)
        data = encoded(drawn(ref.width, ref.height, number))
        session.transfers.note_done(view.id, _file(view.path, data, ref.size))
    for _ in range(4):
        turn()
    return _Filled(page, session, say.seqs)


def _fetch(stage: Stage, session: RoomSession, say: _Saying) -> None:
    film = file_ref("run-2.mp4", 84_000_000, "video/mp4")
    song = file_ref("song.flac", 31_000_000, "audio/flac")
    lost = file_ref("backup.zip", 900_000_000, "application/zip")
    say("fetching", "Priya", film, song, lost, file_ref("data.bin", 52_000_000))
    transfers = session.transfers
    moving = transfers.save(film)
    for done in (0, 6_000_000, 13_000_000, 20_500_000):
        transfers.note_progress(moving.id, done)
        stage.clock.advance(0.8)
    paused = transfers.save(song)
    transfers.note_progress(paused.id, 12_000_000)
    transfers.pause(paused.id)
    transfers.note_failed(transfers.save(lost).id, FileFailure.NO_SPACE)


def _send(stage: Stage, session: RoomSession, folder: Path) -> None:
    mine = _file(folder / "slides-for-saturday.odp", b"PK\x03\x04", 9_000_000)
    transfers = session.transfers
    session.send_files([LocalFile(mine)], "Almost done")
    (sent,) = transfers.of_message(session.timeline.pending[-1].cid)
    transfers.note_hash(sent.id, "ab" * 32)
    for done in (0, 1_000_000, 3_100_000):
        transfers.note_progress(sent.id, done)
        stage.clock.advance(0.8)
    session.send_files([LocalFile(mine)], "")
    (refused,) = transfers.of_message(session.timeline.pending[-1].cid)
    transfers.note_failed(refused.id, FileFailure.ROOM_FULL)


def _scene(name: str) -> Scene:
    def show(stage: Stage) -> QWidget:
        fill(stage).show(name)
        return stage.window

    return show


def sending(stage: Stage) -> QWidget:
    fill(stage).page.timeline.view.scroll_to_end()
    return stage.window


def compact_files(stage: Stage) -> QWidget:
    filled = fill(stage)
    stage.preferences.set_compact(True)
    turn()
    filled.show("cards")
    return stage.window


def file_menu(stage: Stage) -> QWidget:
    filled = fill(stage)
    view = filled.page.timeline.view
    view.setFocus()
    view.show_message(filled.page.timeline.model.row_of(filled.seqs["cards"]))
    turn()
    menu = view.deeds.menu(None)
    view.files.offer(menu, view.currentIndex().row(), None)
    menu.popup(stage.window.mapToGlobal(stage.window.rect().center()))
    return menu


def _view(stage: Stage, name: str, number: int = 0) -> _Filled:
    filled = fill(stage)
    filled.page.timeline.view.files.view_picture(filled.entry(name), number)
    turn()
    return filled


def viewer(stage: Stage) -> QWidget:
    _view(stage, "album", 2)
    return stage.window


def viewer_near(stage: Stage) -> QWidget:
    full = _view(stage, "album", 1).page.timeline.view.files.viewer
    assert full is not None
    full.canvas.zoom_to(1.5)
    return stage.window


def viewer_fetching(stage: Stage) -> QWidget:
    filled = _view(stage, "map")
    viewed = filled.session.transfers.viewed(filled.entry("map").files[0].hash)
    assert viewed is not None
    stage.clock.advance(1)
    filled.session.transfers.note_progress(viewed.id, viewed.size // 3)
    return stage.window


def viewer_failed(stage: Stage) -> QWidget:
    filled = _view(stage, "tall")
    viewed = filled.session.transfers.viewed(filled.entry("tall").files[0].hash)
    assert viewed is not None
    filled.session.transfers.note_failed(viewed.id, FileFailure.NOT_THERE)
    return stage.window


FILE_SCENES: dict[str, Scene] = {
    "pictures": _scene("map"),
    "album": _scene("album"),
    "pictures-odd": _scene("not-here"),
    "cards": _scene("cards"),
    "files-moving": _scene("fetching"),
    "files-sending": sending,
    "files-compact": compact_files,
    "file-menu": file_menu,
    "viewer": viewer,
    "viewer-near": viewer_near,
    "viewer-fetching": viewer_fetching,
    "viewer-failed": viewer_failed,
}
